"""Texts to all waiting customers: who gets one, how fast they are sent, and how they are stopped."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import AuditEntry, Customer, User
from orders import lifecycle
from orders.messaging.messages import NothingToSay
from orders.models import Order, OrderItem
from orders.tests import factory as rows
from sms import broadcasting, helping
from sms.models import Broadcast, Conversation, Delivery, OutboundMessage, Sender
from sms.tasks import deliver
from sms.tests import factory
from sms.tests.factory import FakeTwilio
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(bar: Station) -> User:
    return rows.user("boss", "organizer", bar.event)


def waiting(bar: Station, **fields: Any) -> Conversation:
    talk = factory.conversation(bar, **fields)
    factory.order(bar, talk)
    return talk


def send(bar: Station, by: User, kind: str = "delay", **fields: Any) -> Broadcast:
    return broadcasting.send_broadcast(bar.event, kind=kind, by=by, **{"key": "k"} | fields)[0]


def due() -> list[Any]:
    """Return the tasks that a worker would run now."""
    return [
        task
        for task in DBTaskResult.objects.order_by("pk")
        if task.run_after == get_date_max() or task.run_after <= timezone.now()
    ]


def told() -> list[Conversation]:
    return [text.talk for text in OutboundMessage.objects.filter(kind="broadcast").order_by("pk")]


def test_everybody_who_waits_is_told_once_and_nobody_else(bar: Station, boss: User) -> None:
    sam, ana = waiting(bar), waiting(bar)
    factory.order(bar, sam)
    lifecycle.start(Order.objects.filter(customer=ana.customer).get(), by=None)
    for ended in (lifecycle.cancel, lambda order: lifecycle.mark_ready(order, by=None)):
        ended(Order.objects.get(customer=waiting(bar).customer))
    later = waiting(bar)
    Order.objects.filter(customer=later.customer).update(held=True, wanted_at=timezone.now() + dt.timedelta(hours=9))
    stopped, blocked = waiting(bar, opted_out_at=timezone.now()), waiting(bar)
    helping.block(blocked, by=boss)
    OutboundMessage.objects.all().delete()
    other = rows.cafe()
    waiting(other)

    planned = broadcasting.plan(bar.event, kind="delay")
    send(bar, boss)
    send(bar, boss)

    assert told() == [sam, ana]
    assert (len(planned.letters), planned.left_out) == (2, 2)
    assert stopped not in told()
    assert AuditEntry.objects.filter(act="broadcast").count() == 1


def test_only_those_of_one_station_are_told(bar: Station, boss: User) -> None:
    here = waiting(bar)
    Station.objects.filter(pk=bar.pk).update(is_open=False)
    second = rows.station(bar.event, "Bar 2")
    waiting(second)

    send(bar, boss, station=bar)

    assert told() == [here]


def test_a_number_that_was_typed_on_a_page_gets_the_ready_text_alone(bar: Station, boss: User) -> None:
    talk = factory.conversation(bar)
    rows.order(bar, channel="web", ready_text_to=talk.customer)

    send(bar, boss)

    assert told() == []


@pytest.mark.once
@pytest.mark.parametrize("kind", ["delay", "break", "closing", "own"])
@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_every_kind_says_whose_order_it_is_in_the_customers_language_and_one_segment(
    bar: Station, kind: str, language: str
) -> None:
    bar.event.languages = ["en", "de", "es", "fr"]
    bar.event.save()
    talk = waiting(bar)
    Customer.objects.filter(pk=talk.customer_id).update(language=language)

    planned = broadcasting.plan(bar.event, kind=kind, text="The machine is back at 11.")

    [letter] = planned.letters
    assert letter.order.code in letter.text
    assert planned.segments == 1


def test_own_words_are_needed(bar: Station) -> None:
    with pytest.raises(NothingToSay):
        broadcasting.plan(bar.event, kind="own", text="  ")


def test_the_preview_counts_segments_and_what_they_cost(bar: Station) -> None:
    for _ in range(3):
        waiting(bar)

    planned = broadcasting.plan(bar.event, kind="own", text="x" * 160)

    # The order's code before the 160 characters makes each text two segments long, and there are three customers.
    assert planned.segments == 6
    assert planned.cost(Decimal("0.01")) == Decimal("0.06")
    # Two texts, i.e. four segments, are sent before the last text, at 0.7 segments a second.
    assert planned.takes.total_seconds() == pytest.approx(4 / 0.7)


def test_a_ready_text_does_not_wait_behind_a_broadcast(bar: Station, boss: User, fake_twilio: FakeTwilio) -> None:
    for _ in range(20):
        waiting(bar)
    send(bar, boss)
    ready = factory.ready_order(bar, factory.conversation(bar))
    text = OutboundMessage.objects.get(order=ready)

    for task in due():
        deliver.call(*task.args_kwargs["args"])
    deliver.call(text.pk)

    sender = Sender.objects.get(number=bar.event.sms_number)
    assert sender.free_at < timezone.now() + dt.timedelta(seconds=5)


def test_whoever_is_served_meanwhile_or_says_stop_is_not_told(
    bar: Station, boss: User, fake_twilio: FakeTwilio
) -> None:
    served, stopped = waiting(bar), waiting(bar)
    send(bar, boss)
    Order.objects.filter(customer=served.customer).update(status="collected", closed_at=timezone.now())
    Conversation.objects.filter(pk=stopped.pk).update(opted_out_at=timezone.now())

    for text in OutboundMessage.objects.all():
        deliver.call(text.pk)

    assert fake_twilio.sent == []


def test_stop_ends_it_also_for_a_text_that_a_worker_has_in_hand(
    bar: Station, boss: User, fake_twilio: FakeTwilio
) -> None:
    for _ in range(3):
        waiting(bar)
    broadcast = send(bar, boss)
    first, second, third = OutboundMessage.objects.order_by("pk")
    deliver.call(first.pk)
    OutboundMessage.objects.filter(pk=second.pk).update(status=Delivery.SENDING)

    assert broadcasting.stop(broadcast, by=boss) == 1
    assert broadcasting.stop(broadcast, by=boss) == 0
    # Simulate a worker that put the second text back into the queue, because its sending slot comes later.
    OutboundMessage.objects.filter(pk=second.pk).update(status=Delivery.QUEUED)
    deliver.call(second.pk)
    deliver.call(third.pk)

    assert len(fake_twilio.sent) == 1
    assert list(OutboundMessage.objects.order_by("pk").values_list("status", flat=True)[1:]) == ["expired", "expired"]


def test_500_waiting_are_texted_at_the_senders_pace_without_those_who_said_stop(bar: Station, boss: User) -> None:
    Sender.objects.create(number=bar.event.sms_number or "", segments_per_second=10)
    model = factory.order(bar, factory.conversation(bar))
    drink = model.items.get()
    people = Customer.objects.bulk_create(Customer(phone=f"+1555030{n:04}", name="Sam") for n in range(499))
    Conversation.objects.bulk_create(
        Conversation(event=bar.event, customer=each, opted_out_at=timezone.now() if n % 100 == 0 else None)
        for n, each in enumerate(people)
    )
    orders = Order.objects.bulk_create(
        Order(
            **{"event": bar.event, "station": bar, "customer": each, "channel": "sms", "code": f"{n:04}"},
            **{"cups": 1, "minutes": 2},
        )
        for n, each in enumerate(people)
    )
    OrderItem.objects.bulk_create(
        OrderItem(order=each, drink_id=drink.drink_id, drink_name="Latte", choices=[]) for each in orders
    )

    with patch("django.utils.timezone.now", return_value=timezone.now()):
        broadcast = send(bar, boss)

    assert broadcast.texts.count() == 495
    leaves = sorted(task.run_after for task in DBTaskResult.objects.exclude(run_after=get_date_max()))
    # The first text is sent at once. The number can send ten segments a second, of which a broadcast uses seven.
    assert len(leaves) == 494
    assert (leaves[-1] - leaves[0]).total_seconds() == pytest.approx(493 / 7, rel=0.01)
    assert broadcasting.stop(broadcast, by=boss) == 495
