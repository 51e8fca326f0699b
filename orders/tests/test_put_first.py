"""Tests of orders that a barista puts first: on the board, in the waits of all orders, and when this is undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from accounts.models import User
from orders import lifecycle
from orders.live.boards import station_look
from orders.live.tracking import standing_of, standings
from orders.models import Order
from orders.refusals import TransitionError
from orders.routing import wait_of
from orders.tests import factory
from orders.tests.test_teamwork import tap
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe(max_open_orders=0)


@pytest.fixture
def maya() -> User:
    return factory.user("maya")


def waiting_at(bar: Station) -> list[str]:
    [(_key, _label, tickets), *_] = station_look(bar.pk).context()["columns"]
    return [ticket.code for ticket in tickets]


def test_what_is_put_first_last_stands_first_and_the_others_keep_their_turn(bar: Station, maya: User) -> None:
    a, b, c, d = (factory.order(bar) for _ in range(4))

    lifecycle.put_first(c, by=maya)
    lifecycle.put_first(d, by=maya)
    put = waiting_at(bar)
    lifecycle.put_in_turn(d, by=maya)

    assert put == [d.code, c.code, a.code, b.code]
    assert waiting_at(bar) == [c.code, a.code, b.code, d.code]
    assert [event.verb for event in d.events.all()] == ["place", "first", "in_turn"]


@pytest.mark.parametrize("verb", [lifecycle.put_first, lifecycle.put_in_turn])
def test_what_is_being_made_is_put_nowhere(bar: Station, maya: User, verb: Callable[..., Order]) -> None:
    order = lifecycle.start(factory.order(bar), by=maya)

    with pytest.raises(TransitionError):
        verb(order, by=maya)

    assert [event.verb for event in order.events.all()] == ["place", "start"]


def test_a_tap_that_is_sent_twice_puts_it_first_once(bar: Station, maya: User) -> None:
    orders = [factory.order(bar) for _ in range(2)]

    for order in (*orders, orders[0]):
        lifecycle.put_first(Order.objects.get(pk=order.pk), by=maya, key="tap")

    assert waiting_at(bar) == [orders[1].code, orders[0].code]
    assert orders[0].events.filter(verb="first").count() == 1


def test_those_who_are_overtaken_read_so_on_their_pages(bar: Station, maya: User) -> None:
    orders = [factory.order(bar) for _ in range(3)]

    lifecycle.put_first(orders[2], by=maya)

    together = standings(bar.event_id)
    assert [together[order.pk].ahead for order in orders] == [1, 2, 0]
    assert together == {order.pk: standing_of(order) for order in Order.objects.all()}


def test_a_change_is_quoted_by_those_who_are_really_ahead(bar: Station, maya: User) -> None:
    orders = [factory.order(bar) for _ in range(5)]
    first = lifecycle.put_first(orders[4], by=maya)
    lifecycle.put_first(orders[3], by=maya)

    changed = lifecycle.change(first, items=[factory.item("Mocha")], by=None)
    overtaken = lifecycle.change(orders[0], items=[factory.item("Mocha")], by=None)

    for quoted in (changed, overtaken):
        assert quoted.wait == wait_of(Order.objects.get(pk=quoted.order.pk))
    # `changed` has one order ahead of it, and `overtaken` has two.
    assert [quoted.wait.position for quoted in (changed, overtaken)] == [2, 3]


def test_a_tap_says_so_offers_to_take_it_back_and_does_nothing_twice(bar: Station, maya: User) -> None:
    factory.order(bar)
    order = factory.order(bar)

    first = tap(order, "first")
    back = tap(order, "in_turn")

    assert f"{order.code} {order.name} is first now." in first
    assert re.search(rf'id="order-{order.pk}"[^>]* data-first', first)
    assert f"orders/{order.pk}/in_turn/" in first[first.index('id="said"') :]
    assert f"{order.code} {order.name} is back in turn." in back
    assert not re.search(rf'id="order-{order.pk}"[^>]* data-first', back)


def test_what_somebody_has_started_or_moved_is_first_nowhere(bar: Station, maya: User) -> None:
    order, started = factory.order(bar), factory.order(bar)
    there = factory.station(bar.event, "Bar 2")
    lifecycle.put_first(order, by=maya)
    stale = Order.objects.get(pk=started.pk)
    lifecycle.start(started, by=maya)

    lifecycle.move(order, to=there, by=maya)

    with pytest.raises(TransitionError):
        lifecycle.put_first(stale, by=maya)
    assert Order.objects.get(pk=order.pk).first_at is None


def test_the_head_counts_what_was_made_today_and_how_long_it_took_lately(bar: Station, maya: User) -> None:
    client = Client()
    client.force_login(maya)
    empty = client.get(f"/stations/{bar.slug}/").content.decode()
    for minutes in (4, 8):
        order = factory.order(bar, factory.item(quantity=2))
        lifecycle.mark_ready(order, by=maya)
        Order.objects.filter(pk=order.pk).update(placed_at=F("placed_at") - timedelta(minutes=minutes))
    Order.objects.filter(pk=factory.order(bar).pk).update(practice=True)

    shown = " ".join(client.get(f"/stations/{bar.slug}/").content.decode().split())

    assert "made today" not in empty
    assert "<strong>4</strong> made today" in shown
    assert "<strong>6 min</strong> wait lately" in shown
