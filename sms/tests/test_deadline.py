"""A worker that was frozen sends no text after its deadline, even over a connection that is already open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from sms import delivery, twilio
from sms.carriers import Accepted, NotProcessed
from sms.models import Conversation, Delivery
from sms.tests import factory
from sms.tests.factory import FakeTwilio
from sms.tests.sending import fresh, work, work_later
from stations.models import Station
from tests.carrier import Carrier, carrier

SOON = dt.timedelta(seconds=20)


@pytest.fixture
def real_carrier(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Carrier]:
    """Run a fake of Twilio's API, which the worker reaches through a proxy and TLS, and configure the worker for it."""
    with carrier(tmp_path) as running:
        running.answers.set()
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        settings.SIMULATOR = False
        settings.TWILIO_ACCOUNT_SID = running.environment["TWILIO_ACCOUNT_SID"]
        settings.TWILIO_AUTH_TOKEN = running.environment["TWILIO_AUTH_TOKEN"]
        twilio.client.cache_clear()
        yield running
        twilio.client.cache_clear()


def send(*, before: dt.datetime) -> Accepted:
    return twilio.send(
        to="+15550200001",
        sender="+15550100001",
        carrier="sms",
        body="Ready",
        callback="http://testserver/sms/status",
        valid_for=dt.timedelta(minutes=10),
        before=before,
    )


def test_request_is_not_sent_after_its_deadline(real_carrier: Carrier) -> None:
    send(before=timezone.now() + SOON)
    # The later requests reuse the connection that the first request opened.
    with pytest.raises(NotProcessed):
        send(before=timezone.now() - SOON)
    send(before=timezone.now() + SOON)

    assert [taken["body"] for taken in real_carrier.taken] == ["Ready", "Ready"]


@pytest.mark.django_db
def test_worker_that_was_frozen_after_its_claim_leaves_the_text_to_whoever_took_over(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.ready_order(bar, talk)
    deadlines: list[dt.datetime | None] = []
    real = twilio.send

    def frozen(**text: object) -> Accepted:
        """Act as a frozen worker: another worker takes the text over and sends it before this worker wakes up."""
        monkeypatch.setattr(twilio, "send", real)
        talk.outbound.update(claimed_at=timezone.now() - delivery.CLAIM_HOLDS - SOON)
        work()
        # Run tasks that are due later, too: the text waits until its number is allowed to send again.
        work_later(seconds=5)
        deadlines.append(text["before"])  # type: ignore[arg-type]
        raise NotProcessed

    monkeypatch.setattr(twilio, "send", frozen)
    work()

    text = talk.outbound.get()
    assert [method for method, _ in fake_twilio.asked] == ["GET", "POST"]
    assert (text.status, text.attempts) == (Delivery.SENT, 2)
    assert deadlines[0] is not None
    assert deadlines[0] < timezone.now() + delivery.CLAIM_HOLDS
    assert fresh(text).sid
