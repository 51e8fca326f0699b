"""Tests of placing orders: with drinks and options of the menu, or refused with alternatives that can be made."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from inventory.models import Option
from orders import lifecycle, models
from orders.items import Item
from orders.models import Channel, Order
from orders.refusals import CannotBeMade, EmptyOrder, EventClosed, NotOnMenu, TooManyDrinks, TooManyOrders, WindowFull
from orders.requirements import items_of
from orders.tests import factory
from stations.models import Event

pytestmark = pytest.mark.django_db


# placing an order ---------------------------------------------------------------------------------


def test_placing_writes_the_order_as_it_was_on_the_menu() -> None:
    station = factory.cafe()

    order = factory.order(station, factory.item("Latte", "Oat", "Large", quantity=2), factory.item("Tea"), name="Ana")

    order = Order.objects.get(pk=order.pk)
    assert (order.station, order.status, order.cups, order.minutes) == (station, "waiting", 3, Decimal("4.5"))
    assert items_of(order) == (factory.item("Latte", "Large", "Oat", quantity=2), factory.item("Tea"))
    assert order.quoted_from
    assert order.quoted_to
    assert order.placed_at < order.quoted_from < order.quoted_to
    assert [(e.verb, e.was, e.status) for e in order.events.all()] == [("place", "", "waiting")]


def test_an_order_without_a_name_goes_by_those_of_its_cups() -> None:
    station = factory.cafe()

    order = factory.order(station, factory.item(name="Ana"), factory.item(name="Ben"), factory.item(), name="")

    assert order.name == "Ana, Ben"


def test_codes_are_one_letter_and_two_digits_and_skip_one_that_still_stands() -> None:
    station = factory.cafe(max_open_orders=0)
    first = factory.order(station)
    Event.objects.filter(pk=station.event.pk).update(orders_taken=1683)

    after_the_last = factory.order(station)

    assert (first.code, after_the_last.code) == ("A01", "A02")


def test_the_next_free_code_is_found_by_one_statement(django_assert_num_queries: Any) -> None:
    station = factory.cafe(max_open_orders=0)
    factory.order(station)
    with django_assert_num_queries(9, exact=False) as one:
        factory.order(station)
    for _ in range(29):
        factory.order(station)
    Event.objects.filter(pk=station.event.pk).update(orders_taken=models.CODES)

    with django_assert_num_queries(len(one) + 2):
        order = factory.order(station)

    assert order.code == models.code_of(32)


def test_when_every_code_stands_on_a_shelf_an_order_is_refused_instead_of_searching_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(models, "CODES", 2)
    station = factory.cafe()
    for _ in range(2):
        factory.order(station)

    with pytest.raises(CannotBeMade):
        factory.order(station)


def test_saving_an_event_that_was_read_before_gives_no_code_twice() -> None:
    station = factory.cafe()
    stale = Event.objects.get(pk=station.event.pk)
    first = factory.order(station)

    stale.save()

    assert factory.order(station).code != first.code


@pytest.mark.parametrize(
    ("item", "word"),
    [
        (factory.item("Bagel"), "Bagel"),
        (factory.item("Latte", "Macadamia"), "Macadamia"),
        (factory.item("Tea", "Oat"), "Oat"),
        (factory.item("Latte", "Oat", "Soy"), "Soy"),
        (factory.item("Latte", quantity=0), "0"),
    ],
)
def test_what_is_not_on_the_menu_or_does_not_fit_is_refused_by_name(item: Item, word: str) -> None:
    station = factory.cafe()

    with pytest.raises(NotOnMenu) as refused:
        factory.order(station, item)

    assert refused.value.word == word
    assert Order.objects.count() == 0


def test_an_empty_order_is_refused() -> None:
    station = factory.cafe()

    with pytest.raises(EmptyOrder):
        lifecycle.place(station.event, items=(), channel=Channel.SMS)


# limits -------------------------------------------------------------------------------------------


def test_a_closed_event_says_when_it_opens() -> None:
    opens = (timezone.now() + dt.timedelta(hours=2)).replace(second=0, microsecond=0)
    station = factory.cafe(opens_at=opens.time(), closes_at=(opens + dt.timedelta(hours=1)).time())

    with pytest.raises(EventClosed) as refused:
        factory.order(station)

    assert (refused.value.opens, refused.value.paused) == (opens, False)


def test_a_paused_event_says_until_when() -> None:
    until = timezone.now() + dt.timedelta(minutes=10)
    station = factory.cafe(paused_until=until)

    with pytest.raises(EventClosed) as refused:
        factory.order(station)

    assert (refused.value.opens, refused.value.paused) == (until, True)


def test_too_many_drinks_are_refused_with_the_limit() -> None:
    station = factory.cafe(max_drinks_per_order=2)

    with pytest.raises(TooManyDrinks) as refused:
        factory.order(station, factory.item(quantity=3))

    assert refused.value.limit == 2


def test_a_customer_has_no_more_open_orders_than_the_event_allows() -> None:
    station, sam = factory.cafe(max_open_orders=1), factory.customer()
    first = factory.order(station, customer=sam)

    with pytest.raises(TooManyOrders):
        factory.order(station, customer=sam)
    factory.order(station, customer=factory.customer("Ana"))
    lifecycle.mark_ready(first, by=None)
    factory.order(station, customer=sam)

    assert Order.objects.of(sam).count() == 2


def test_drinks_within_the_window_are_capped_and_the_refusal_says_when_there_is_room() -> None:
    station = factory.cafe(max_drinks_per_window=3, window_minutes=15)
    first = factory.order(station, factory.item(quantity=2))

    with pytest.raises(WindowFull) as refused:
        factory.order(station, factory.item(quantity=2))

    assert refused.value.until == first.placed_at + dt.timedelta(minutes=15)


def test_a_change_cannot_slip_past_the_window() -> None:
    station = factory.cafe(max_drinks_per_window=3)
    order = factory.order(station)

    with pytest.raises(WindowFull):
        lifecycle.change(order, items=[factory.item(quantity=4 - 1), factory.item("Tea")])

    assert items_of(order) == (factory.item(),)


# statements and stored values of an order ---------------------------------------------------------


def test_placing_asks_the_database_few_times(django_assert_num_queries: object) -> None:
    station, sam = factory.cafe(), factory.customer()
    factory.stock(station, option="Oat", on_hand=9)
    factory.order(station, factory.item("Latte", "Oat"))

    # The statements: take the code and lock the event; read queues, limits and stock; reserve stock; insert the order
    # with its items and event (one statement on PostgreSQL, three on SQLite).
    with django_assert_num_queries(4 if connection.vendor == "postgresql" else 6):  # type: ignore[operator]
        factory.order(station, factory.item("Latte", "Oat"), customer=sam)


def test_an_option_off_the_menu_stays_on_old_orders() -> None:
    station = factory.cafe()
    order = factory.order(station, factory.item("Latte", "Oat"))

    Option.objects.filter(name="Oat").update(retired_at=timezone.now())

    assert items_of(Order.objects.get(pk=order.pk)) == (factory.item("Latte", "Oat"),)


def test_a_rehearsal_takes_no_stock_and_is_taken_before_the_event_opens() -> None:
    station = factory.cafe(paused_until=timezone.now() + dt.timedelta(minutes=10))
    oat = factory.stock(station, option="Oat", on_hand=5)

    factory.order(station, factory.item("Latte", "Oat"), practice=True)

    oat.refresh_from_db()
    assert (int(oat.on_hand), int(oat.reserved)) == (5, 0)


def test_the_history_names_who_took_an_order_at_the_bar() -> None:
    station, maya = factory.cafe(), factory.user("maya")

    taken, texted = factory.order(station, at=station, channel=Channel.WALK_IN, by=maya), factory.order(station)

    assert [order.events.get().by_name for order in (taken, texted)] == ["Maya", ""]
