"""Every kind of text that Expresso starts has a complete row in `sms.text_kinds`. These tests fail for a new kind
without a row."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from orders.models import Message, Order, OrderEvent
from orders.statuses import OPEN, Status
from orders.steps import STEPS
from sms import delivery
from sms.models import Conversation
from sms.tests import factory
from sms.text_kinds import TEXT_KINDS, Kind
from stations.models import Station

VERBS = {*STEPS, "accept", "decline", "pay", "unpaid", "refund"}

each_kind = pytest.mark.parametrize("kind", Kind)


@each_kind
def test_every_kind_says_when_it_is_sent_and_how_long_it_is_worth_sending(kind: Kind) -> None:
    row = TEXT_KINDS[kind]

    assert row.verb is None or row.verb in VERBS
    assert row.lasts > dt.timedelta(0)


@pytest.mark.once
@pytest.mark.django_db
@each_kind
@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_every_kind_has_words_in_every_language(bar: Station, talk: Conversation, kind: Kind, language: str) -> None:
    words_of = TEXT_KINDS[kind].words
    if words_of is None:
        return
    order = factory.order(bar, talk)
    event = OrderEvent.objects.create(order=order, verb="message", was=order.status, status=order.status)
    Message.objects.create(order=order, event=event, text="See you at the bar")

    with override(language):
        words = words_of(order, event)

    assert "{" not in words
    assert words.strip()


@pytest.mark.django_db
@each_kind
@pytest.mark.parametrize("status", Status)
def test_no_text_leaves_once_it_stopped_being_true(
    bar: Station, talk: Conversation, kind: Kind, status: Status
) -> None:
    order = factory.order(bar, talk)
    text = factory.text(order, talk, kind=kind, created_at=timezone.now() - dt.timedelta(minutes=1))
    closed_at = None if status in OPEN else timezone.now()

    Order.objects.filter(pk=order.pk).update(status=status, closed_at=closed_at)
    text.refresh_from_db()

    expected = TEXT_KINDS[kind].true_while
    assert delivery.is_true(text) == (status in (OPEN if expected is None else expected))
