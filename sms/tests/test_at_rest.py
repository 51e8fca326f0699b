"""The database stores personal data encrypted, so a copy of the database reveals nothing about a day's attendees."""

from __future__ import annotations

import pytest

from accounts import encryption
from orders.tests import factory
from sms.tests import personal_day

pytestmark = pytest.mark.django_db


def test_no_number_name_or_word_of_an_attendee_is_readable_in_any_table(monkeypatch: pytest.MonkeyPatch) -> None:
    personal_day.happens(factory.cafe(ask_feedback=True))

    assert personal_day.traces() == {}


def test_the_day_leaves_every_trace_where_nothing_is_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "encrypt", lambda text: text)
    monkeypatch.setattr(encryption, "decrypt", lambda stored: stored)

    personal_day.happens(factory.cafe(ask_feedback=True))

    assert set(personal_day.traces()) == set(personal_day.TRACES)
