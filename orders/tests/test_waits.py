"""Tests of what a station learns from the waits of its orders, and of the waits that it quotes afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from orders.waits import Wait, corrected
from stations.models import Station

pytestmark = pytest.mark.django_db


def after(station: Station, *waits: tuple[float, float]) -> Station:
    """Let the station learn from the waits of orders, each given as (hands-on minutes, minutes waited). Return the
    station."""
    for hands_on, waited in waits:
        for column, value in corrected(station, hands_on, waited).items():
            setattr(station, column, value)
    return station


def made_in(order: Order, minutes: float) -> None:
    """Mark an order ready, as if it had been placed this many minutes ago."""
    order.placed_at -= dt.timedelta(minutes=minutes)
    Order.objects.filter(pk=order.pk).update(placed_at=order.placed_at)
    lifecycle.mark_ready(order, by=None)


def test_a_range_begins_before_the_estimate_and_reaches_further_behind_it() -> None:
    assert Wait.at(Station(), 20, position=3) == Wait(3, 17, 25)
    assert Wait.at(Station(), 0.5, position=1) == Wait(1, 0, 2)


def test_extra_minutes_move_the_whole_range() -> None:
    assert Wait.at(Station(extra_minutes=10), 5, position=1) == Wait(1, 13, 19)


def test_a_slow_bar_is_learnt_within_ten_orders() -> None:
    slow = after(Station(), *[(6, 10)] * 10)

    quoted = Wait.at(slow, 6, position=1)

    assert quoted.earliest <= 10 <= quoted.latest
    assert slow.pace == pytest.approx(10 / 6, rel=0.15)


def test_one_forgotten_tap_hardly_changes_what_is_quoted() -> None:
    station = after(Station(), *[(6, 6)] * 30)
    before = Wait.at(station, 10, position=1)

    forgotten = Wait.at(after(station, (6, 300)), 10, position=1)

    assert abs(forgotten.earliest - before.earliest) <= 1
    assert abs(forgotten.latest - before.latest) <= 1


def test_orders_that_come_late_widen_the_range_behind_and_quiet_ones_narrow_it_no_further_than_it_began() -> None:
    new = Station()
    wild = after(Station(), *[(6, 3), (6, 16)] * 20)
    calm = after(Station(), *[(6, 6)] * 200)

    assert wild.spread_late > 1.3 * new.spread_late
    assert (calm.spread_early, calm.spread_late) == (new.spread_early, new.spread_late)


@pytest.mark.parametrize("waited", [0.0, 10_000.0])
def test_what_is_learnt_stays_within_bounds(waited: float) -> None:
    station = after(Station(), *[(5, waited)] * 300)

    assert 0.5 <= station.pace <= 2.5
    assert max(station.spread_early, station.spread_late) <= 4


def test_the_station_learns_when_an_order_becomes_ready_and_quotes_so_to_the_next() -> None:
    station = factory.cafe()
    for _ in range(10):
        made_in(factory.order(station), minutes=5)
    station.refresh_from_db()

    order = factory.order(station)

    assert station.orders_learnt == 10
    assert order.quoted_to
    assert order.quoted_to - order.placed_at > dt.timedelta(minutes=5)


def test_the_quicker_of_two_bars_gets_the_order() -> None:
    slow = factory.cafe()
    quick = factory.station(slow.event, "Bar 2", position=1)
    for _ in range(4):
        made_in(factory.order(slow, at=slow), minutes=6)

    assert factory.order(slow).station == quick


def test_an_order_that_was_changed_or_moved_teaches_nothing() -> None:
    station = factory.cafe()
    other = factory.station(station.event, "Bar 2", position=1)
    changed, moved = factory.order(station), factory.order(station, at=station)

    lifecycle.change(changed, items=[factory.item("Tea")])
    lifecycle.move(moved, to=other, by=None)
    for order in (changed, moved):
        made_in(order, minutes=30)

    assert set(Station.objects.values_list("orders_learnt", flat=True)) == {0}


def test_an_order_teaches_once_when_it_is_ready_and_nothing_when_it_is_collected() -> None:
    made_in(factory.order(factory.cafe()), minutes=5)

    lifecycle.collect(Order.objects.get(), by=None)

    assert Station.objects.get().orders_learnt == 1


def test_learning_takes_one_statement_of_the_tap_on_ready() -> None:
    station = factory.cafe()
    order = factory.order(station)

    with CaptureQueriesContext(connection) as taken:
        lifecycle.mark_ready(order, by=None)

    assert sum("orders_learnt" in query["sql"] for query in taken) == 1


def test_a_rehearsal_teaches_nothing() -> None:
    station = factory.cafe()
    order = factory.order(station)
    order.practice = True

    made_in(order, minutes=30)

    assert Station.objects.get().orders_learnt == 0
