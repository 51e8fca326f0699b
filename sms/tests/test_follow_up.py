"""Reminders for ready orders that nobody collects, and a "ready" that is undone before its text is sent."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from orders import lifecycle
from orders.models import Order
from orders.tests import factory as cafe
from orders.tests.race import at_once
from sms.follow_up import follow_up
from sms.models import Delivery, OutboundMessage
from sms.tests import factory

pytestmark = pytest.mark.django_db(transaction=True)


def texts(order: Order) -> list[tuple[str, str]]:
    return list(OutboundMessage.objects.filter(order=order).order_by("pk").values_list("kind", "status"))


def ready_for(minutes: int) -> Order:
    station = cafe.cafe()
    order = factory.order(station, factory.conversation(station))
    lifecycle.mark_ready(order, by=None)
    call_command("work", batch=True)
    Order.objects.filter(pk=order.pk).update(ready_at=timezone.now() - dt.timedelta(minutes=minutes))
    OutboundMessage.objects.update(created_at=timezone.now() - dt.timedelta(minutes=minutes))
    return Order.objects.get(pk=order.pk)


def test_a_tap_that_is_undone_within_the_grace_is_never_texted() -> None:
    station = cafe.cafe(ready_grace_seconds=10)
    order = factory.order(station, factory.conversation(station))

    lifecycle.mark_ready(order, by=None)
    call_command("work", batch=True)
    assert texts(order) == [("ready", Delivery.QUEUED)]
    lifecycle.undo(order, by=None)
    station.event.ready_grace_seconds = 0
    station.event.save()
    lifecycle.mark_ready(Order.objects.get(pk=order.pk), by=None)
    call_command("work", batch=True)

    assert texts(order)[1:] == [("ready", Delivery.DELIVERED)]


def test_after_five_minutes_there_is_one_reminder_whatever_restarts() -> None:
    order = ready_for(minutes=6)

    for _ in range(3):
        call_command("work", batch=True)

    assert [kind for kind, _ in texts(order)] == ["ready", "reminder"]
    body = OutboundMessage.objects.get(kind="reminder").body
    assert order.code in body
    assert order.station.name in body


def test_several_workers_at_once_remind_once_and_put_aside_once() -> None:
    reminded, aside = ready_for(minutes=6), ready_for(minutes=21)

    at_once(*[follow_up] * 4)

    assert [kind for kind, _ in texts(reminded)].count("reminder") == 1
    assert aside.events.filter(verb="not_collected").count() == 1
    assert Order.objects.get(pk=aside.pk).status == "not_collected"


def test_before_its_time_nothing_happens() -> None:
    order = ready_for(minutes=4)

    follow_up()

    assert texts(order) == [("ready", Delivery.DELIVERED)]
    assert Order.objects.get(pk=order.pk).status == "ready"


@pytest.mark.parametrize("minutes", [6, 21])
def test_an_event_may_switch_both_off(minutes: int) -> None:
    order = ready_for(minutes)
    order.event.remind_after_minutes = order.event.put_aside_after_minutes = 0
    order.event.save()

    follow_up()

    assert len(texts(order)) == 1
    assert Order.objects.get(pk=order.pk).status == "ready"


def test_what_was_ready_undone_and_ready_again_is_reminded_of_anew() -> None:
    order = ready_for(minutes=6)
    follow_up()
    lifecycle.undo(order, by=None)
    lifecycle.mark_ready(order, by=None)
    Order.objects.filter(pk=order.pk).update(ready_at=timezone.now() - dt.timedelta(minutes=6))
    OutboundMessage.objects.update(created_at=timezone.now() - dt.timedelta(minutes=7))

    follow_up()

    assert [kind for kind, _ in texts(order)].count("reminder") == 2


def test_whoever_ordered_without_a_phone_is_not_reminded_but_put_aside() -> None:
    order = cafe.order(cafe.cafe(), channel="walk_in")
    lifecycle.mark_ready(order, by=None)
    Order.objects.update(ready_at=timezone.now() - dt.timedelta(minutes=21))

    follow_up()

    assert texts(order) == []
    assert Order.objects.get(pk=order.pk).status == "not_collected"
