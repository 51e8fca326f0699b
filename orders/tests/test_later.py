"""Tests of orders for later: they are held back, and released early enough to be ready at the wanted time."""

from __future__ import annotations

import datetime as dt

import pytest

from orders import lifecycle
from orders.live.boards import wall_look
from orders.models import Order, OrderEvent
from orders.refusals import CannotBeMade, ClosedThen, FullThen, TimePassed, TooFarAhead, TransitionError
from orders.routing import wait_of
from orders.statements import workload_of
from orders.statuses import Status
from orders.tests import factory
from orders.tests.later import at, on_board, soon
from orders.upkeep.rescheduling import release_due, release_order, want_at
from stations.models import Station

pytestmark = pytest.mark.django_db


def test_an_order_for_later_is_held_back_from_boards_walls_and_queue() -> None:
    station = factory.cafe()

    later = factory.order(station, wanted_at=soon())
    now = factory.order(station)

    assert on_board(station) == [now.pk]
    assert [order.pk for order in wall_look(station.event.pk, None).context()["preparing"]] == [now.pk]
    assert wait_of(now).position == 1
    assert workload_of(station.event).queues[0].orders_ahead == 1
    assert later.held


def test_it_is_promised_for_the_last_minutes_before_its_time() -> None:
    station = factory.cafe()
    wanted_at = soon(60)

    order = factory.order(station, wanted_at=wanted_at)

    assert order.quoted_from
    assert order.quoted_to
    assert abs(order.quoted_to - wanted_at) <= dt.timedelta(minutes=1)
    assert order.quoted_to - order.quoted_from == dt.timedelta(minutes=5)


def test_it_joins_the_queue_so_early_that_it_is_ready_then() -> None:
    station = factory.cafe()
    order = factory.order(station, wanted_at=soon(60))

    with at(soon(50)):
        release_due()
    assert on_board(station) == []
    with at(soon(56.5)):
        release_due()

    order.refresh_from_db()
    assert on_board(station) == [order.pk]
    assert not order.held
    # The order's age counts from its release. Otherwise the order would at once be the oldest ticket on the board.
    assert order.placed_at > soon(56)
    assert OrderEvent.objects.filter(order=order, verb="release").count() == 1


def test_behind_a_long_queue_it_is_released_earlier() -> None:
    station = factory.cafe()
    for _ in range(3):
        factory.order(station, factory.item("Mocha", quantity=3))
    order = factory.order(station, wanted_at=soon(60))

    with at(soon(30)):
        release_due()

    order.refresh_from_db()
    assert not order.held


def test_many_for_one_time_are_begun_earlier_than_one() -> None:
    station = factory.cafe()
    wanted_at = soon(60)
    for _ in range(4):
        factory.order(station, factory.item(quantity=3), wanted_at=wanted_at)

    with at(wanted_at - dt.timedelta(minutes=45)):
        release_due()
    assert on_board(station) == []
    with at(wanted_at - dt.timedelta(minutes=20)):
        release_due()

    assert on_board(station) == list(Order.objects.order_by("pk").values_list("pk", flat=True))


def test_an_order_that_is_wanted_sooner_than_it_can_be_made_joins_the_queue_at_once() -> None:
    station = factory.cafe()

    order = factory.order(station, wanted_at=soon(2))

    assert not order.held
    assert on_board(station) == [order.pk]


def test_a_second_worker_releases_nothing_twice() -> None:
    station = factory.cafe()
    order = factory.order(station, wanted_at=soon())
    release_order(Order.objects.get(pk=order.pk), hands_on=2)

    with pytest.raises(TransitionError):
        release_order(order, hands_on=2)


def test_its_stock_is_reserved_at_once_and_free_again_when_it_is_cancelled() -> None:
    station = factory.cafe()
    oat = factory.stock(station, option="Oat", on_hand=1)

    order = factory.order(station, factory.item("Latte", "Oat"), wanted_at=soon())
    oat.refresh_from_db()
    assert oat.reserved == 1
    lifecycle.cancel(order)

    oat.refresh_from_db()
    assert oat.reserved == 0


def test_an_undone_cancellation_holds_it_back_again() -> None:
    station = factory.cafe()
    order = factory.order(station, wanted_at=soon())
    lifecycle.cancel(order)

    lifecycle.undo(order, by=None)

    assert on_board(station) == []
    assert (order.status, order.held) == (Status.WAITING, True)


def test_a_barista_may_make_it_before_its_time() -> None:
    station = factory.cafe()
    order = factory.order(station, wanted_at=soon())

    lifecycle.start(order, by=None)

    assert on_board(station) == [order.pk]


def test_it_keeps_its_time_when_its_drinks_change() -> None:
    station = factory.cafe()
    order = factory.order(station, wanted_at=soon())

    lifecycle.change(order, items=[factory.item("Tea")])

    order.refresh_from_db()
    assert order.held
    assert order.quoted_to
    assert order.quoted_to > soon(58)


def test_its_time_can_be_changed_and_dropped() -> None:
    station = factory.cafe()
    order = factory.order(station, wanted_at=soon(60))

    want_at(order, wanted_at=soon(90))
    assert order.held
    want_at(order, wanted_at=None)

    order.refresh_from_db()
    assert (order.held, order.wanted_at) == (False, None)
    assert on_board(station) == [order.pk]
    want_at(order, wanted_at=soon(30))
    assert on_board(station) == []


def test_the_time_of_an_order_that_is_being_made_cannot_be_changed() -> None:
    order = factory.order(factory.cafe())
    lifecycle.start(order, by=None)

    with pytest.raises(TransitionError):
        want_at(order, wanted_at=soon())


def test_a_time_that_is_over_or_a_day_ahead_is_refused() -> None:
    station = factory.cafe()

    with pytest.raises(TimePassed):
        factory.order(station, wanted_at=soon(-5))
    with pytest.raises(TooFarAhead):
        factory.order(station, wanted_at=soon(25 * 60))


def test_it_is_taken_before_opening_for_a_time_within_the_hours_and_refused_outside() -> None:
    station = factory.cafe(time_zone="Europe/Berlin", opens_at=dt.time(8), closes_at=dt.time(18))
    midnight = dt.datetime(2026, 6, 1, 1, tzinfo=dt.UTC)

    with at(midnight):
        order = factory.order(station, wanted_at=dt.datetime(2026, 6, 1, 7, tzinfo=dt.UTC))
        with pytest.raises(ClosedThen) as refused:
            factory.order(station, wanted_at=dt.datetime(2026, 6, 1, 17, tzinfo=dt.UTC))

    assert order.held
    assert refused.value.wanted == dt.datetime(2026, 6, 1, 17, tzinfo=dt.UTC)


def test_a_pause_refuses_times_within_it_alone() -> None:
    station = factory.cafe()
    station.event.paused_until = soon(30)
    station.event.save()

    with pytest.raises(ClosedThen):
        factory.order(station, wanted_at=soon(20))
    assert factory.order(station, wanted_at=soon(60)).held


def test_drinks_for_later_count_in_the_window_of_their_time() -> None:
    station = factory.cafe(max_drinks_per_window=2, window_minutes=15)
    factory.order(station, factory.item(quantity=2), wanted_at=soon(60))

    with pytest.raises(FullThen):
        factory.order(station, wanted_at=soon(65))
    factory.order(station, factory.item(quantity=2))
    assert factory.order(station, wanted_at=soon(120)).held


def test_many_for_one_time_are_shared_among_the_bars() -> None:
    station = factory.cafe()
    factory.station(station.event, "Bar 2", position=1)
    wanted_at = soon(60)

    made_at = {factory.order(station, wanted_at=wanted_at).station_id for _ in range(4)}

    assert len(made_at) == 2


def test_a_bar_that_pauses_now_takes_an_order_for_a_time_after_its_pause() -> None:
    station = factory.cafe()
    station.paused_until = soon(30)
    station.save()

    assert factory.order(station, wanted_at=soon(60)).held
    with pytest.raises(CannotBeMade):
        factory.order(station)


@pytest.mark.parametrize(("busy", "held"), [("Bar 1", True), ("Bar 2", False)])
def test_the_queue_of_its_own_bar_decides_whether_it_joins_at_once(busy: str, held: bool) -> None:
    bar_1 = factory.cafe()
    factory.station(bar_1.event, "Bar 2", position=1)
    factory.cannot_make(bar_1, drink="Tea")
    at_work = Station.objects.get(name=busy)
    factory.order(bar_1, factory.item("Mocha", quantity=12), at=at_work, channel="walk_in")

    order = factory.order(bar_1, factory.item("Tea"), wanted_at=soon(20))

    assert (order.station.name, order.held) == ("Bar 2", held)


def test_once_it_has_joined_the_queue_its_wait_is_that_of_the_queue_also_when_it_is_changed() -> None:
    station = factory.cafe()
    order = factory.order(station, wanted_at=soon(60))
    release_order(order, hands_on=2)

    changed = lifecycle.change(Order.objects.get(pk=order.pk), items=[factory.item("Tea")])

    order = Order.objects.get(pk=order.pk)
    assert (order.held, changed.wait.position, wait_of(order)) == (False, 1, changed.wait)
    assert changed.wait.latest < 10
    assert on_board(station) == [order.pk]


def test_a_held_order_teaches_nothing_until_it_is_released() -> None:
    station = factory.cafe()
    order = factory.order(station, wanted_at=soon())

    lifecycle.mark_ready(order, by=None)

    station.refresh_from_db()
    assert station.orders_learnt == 0
