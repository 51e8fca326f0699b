"""Tests of the stock that an order reserves, uses and releases, also when the order is changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest

from inventory import stock
from inventory.models import Stock
from orders import hints, lifecycle
from orders.items import Choice, Item
from orders.models import Order
from orders.refusals import CannotBeMade, TransitionError
from orders.requirements import items_of
from orders.routing import wait_of
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


def test_stock_is_promised_at_placing_used_at_making_and_free_again_after_a_cancellation() -> None:
    station = factory.cafe()
    oat = factory.stock(station, option="Oat", on_hand=10)

    def levels() -> tuple[int, int]:
        row = Stock.objects.get(pk=oat.pk)
        return int(row.on_hand), int(row.reserved)

    order = factory.order(station, factory.item("Latte", "Oat", quantity=3))
    assert levels() == (10, 3)
    lifecycle.cancel(order)
    assert levels() == (10, 0)
    lifecycle.undo(order, by=None)
    assert levels() == (10, 3)
    lifecycle.start(order, by=None)
    assert levels() == (7, 0)
    lifecycle.undo(order, by=None)
    assert levels() == (10, 3)
    lifecycle.mark_ready(order, by=None)
    assert levels() == (7, 0)
    lifecycle.cancel(order)
    assert levels() == (7, 0)


def test_a_default_takes_stock_too_and_a_qualifier_takes_its_share() -> None:
    station = factory.cafe()
    cream = factory.stock(station, option="Full cream", on_hand=10, per_cup=2)

    factory.order(station, factory.item("Latte"))
    factory.order(station, factory.item("Tea"))
    extra = Choice("Milk", "Full cream", "extra")
    factory.order(station, Item("Latte", 1, (extra,)))

    cream.refresh_from_db()
    assert cream.reserved == 5


def test_an_order_beyond_the_stock_is_refused_by_the_option_and_offers_what_there_is() -> None:
    station = factory.cafe()
    factory.stock(station, option="Oat", on_hand=1)
    factory.stock(station, option="Soy", on_hand=0)

    with pytest.raises(CannotBeMade) as refused:
        factory.order(station, factory.item("Latte", "Oat", quantity=2))

    assert (refused.value.missing, refused.value.instead) == (("Oat",), ("Full cream",))
    assert Stock.objects.get(ingredient__name="Oat milk").reserved == 0


def test_a_change_keeps_the_place_and_moves_the_promise() -> None:
    station = factory.cafe()
    oat, soy = (factory.stock(station, option=name, on_hand=1) for name in ("Oat", "Soy"))
    order = factory.order(station, factory.item("Latte", "Oat"))
    placed_at, code = order.placed_at, order.code

    lifecycle.change(order, items=[factory.item("Latte", "Soy")])

    order = Order.objects.get(pk=order.pk)
    assert (items_of(order), order.placed_at, order.code) == ((factory.item("Latte", "Soy"),), placed_at, code)
    oat.refresh_from_db()
    soy.refresh_from_db()
    assert (int(oat.reserved), int(soy.reserved)) == (0, 1)


def test_a_changed_order_is_told_the_place_that_it_keeps() -> None:
    station = factory.cafe(max_open_orders=0)
    factory.order(station, factory.item("Tea"))
    order = factory.order(station, factory.item("Tea"))
    for _ in range(5):
        factory.order(station, factory.item("Mocha"))

    told = lifecycle.change(order, items=[factory.item("Latte")]).wait

    assert told == wait_of(Order.objects.get(pk=order.pk))
    assert told.position == 2


def test_a_change_may_use_what_the_order_holds_already() -> None:
    station = factory.cafe()
    factory.stock(station, option="Oat", on_hand=1)
    order = factory.order(station, factory.item("Latte", "Oat"))

    lifecycle.change(order, items=[factory.item("Mocha", "Oat")])

    assert items_of(order) == (factory.item("Mocha", "Oat"),)


def test_a_refused_change_changes_nothing() -> None:
    station = factory.cafe()
    factory.stock(station, option="Oat", on_hand=1)
    order = factory.order(station, factory.item("Latte", "Oat"))
    version = order.version

    with pytest.raises(CannotBeMade):
        lifecycle.change(order, items=[factory.item("Latte", "Oat", quantity=2)])

    order = Order.objects.get(pk=order.pk)
    assert (items_of(order), order.version) == ((factory.item("Latte", "Oat"),), version)
    assert Stock.objects.get().reserved == 1


def test_nobody_changes_an_order_that_is_being_made() -> None:
    order = factory.order(factory.cafe())
    as_the_customer_sees_it = Order.objects.get(pk=order.pk)
    lifecycle.start(order, by=factory.user("maya"))

    with pytest.raises(TransitionError) as refused:
        lifecycle.change(as_the_customer_sees_it, items=[factory.item("Mocha")])

    assert (refused.value.status, refused.value.by) == ("making", "Maya")


def test_a_change_is_told_to_the_board_that_the_order_leaves_too(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    factory.cannot_make(bar_1, drink="Tea")
    order = factory.order(bar_1, factory.item("Latte"))
    told: set[str] = set()
    monkeypatch.setattr(hints.announcer, "hint", told.update)

    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.change(order, items=[factory.item("Tea")])

    assert {f"station.{bar_1.pk}", f"station.{bar_2.pk}"} <= told


def test_a_customers_change_goes_to_an_open_bar_when_the_orders_own_has_closed() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    order = factory.order(bar_1, factory.item("Latte"))
    Station.objects.filter(pk=bar_1.pk).update(is_open=False)

    assert lifecycle.change(Order.objects.get(pk=order.pk), items=[factory.item("Mocha")]).order.station == bar_2


def test_stock_that_was_taken_off_the_count_meanwhile_stops_no_change() -> None:
    bar_1 = factory.cafe()
    factory.stock(factory.station(bar_1.event, "Bar 2", position=1), option="Oat", on_hand=1)
    oat = factory.stock(bar_1, option="Oat", on_hand=1)
    order = factory.order(bar_1, factory.item("Latte", "Oat"))
    oat.delete()

    order = Order.objects.get(pk=order.pk)
    changed = lifecycle.change(order, items=[factory.item("Latte", "Oat", "Large")])

    assert changed.order.station == bar_1


def test_a_change_locks_together_what_it_gives_back_and_what_it_takes() -> None:
    station = factory.cafe()
    rows = {factory.stock(station, option=name, on_hand=5).ingredient_id for name in ("Oat", "Soy")}
    order = factory.order(station, factory.item("Latte", "Oat"))

    with patch("orders.routing.lock_levels", wraps=stock.lock_levels) as locked:
        lifecycle.change(order, items=[factory.item("Latte", "Soy")])

    assert rows <= locked.call_args.args[1]


def test_drinks_of_which_nothing_is_counted_are_changed_without_a_look_at_the_stock() -> None:
    station = factory.cafe()
    order = factory.order(station, factory.item("Latte"))

    with patch("orders.routing.lock_levels", wraps=stock.lock_levels) as locked:
        lifecycle.change(order, items=[factory.item("Mocha")])

    assert locked.call_count == 0


@pytest.mark.parametrize(("amount", "takes"), [(None, 1), (2, 2), (2.5, "2.5"), ("light", "0.5"), ("no", 0)])
def test_an_amount_takes_its_share_of_the_stock(amount: Any, takes: Any) -> None:
    station = factory.cafe()
    oat = factory.stock(station, option="Oat", on_hand=10)

    factory.order(station, Item("Latte", 1, (Choice("Milk", "Oat", amount),)))

    oat.refresh_from_db()
    assert oat.reserved == Decimal(takes)


def test_a_cup_without_milk_is_made_although_more_milk_is_promised_than_there_is() -> None:
    station = factory.cafe()
    cream = factory.stock(station, option="Full cream", on_hand=3)
    factory.order(station, factory.item("Latte", quantity=3))
    # The barista counts the stock again. There is less milk now than the first order has reserved.
    Stock.objects.filter(pk=cream.pk).update(on_hand=1)

    order = factory.order(station, Item("Latte", 1, (Choice("Milk", "Full cream", "no"),)))

    assert order.reserved == []


def test_stock_is_locked_before_it_is_given_back_or_used_and_not_again_when_it_was_just_found_free() -> None:
    station = factory.cafe()
    oat = factory.stock(station, option="Oat", on_hand=10)
    needs = {oat.ingredient_id: Decimal(1)}

    def locks(change: Any) -> int:
        with patch("inventory.stock.lock_levels", wraps=stock.lock_levels) as locked:
            change(station.pk, needs)
        return locked.call_count

    assert [locks(change) for change in (stock.reserve, stock.use, stock.put_back, stock.release)] == [0, 1, 1, 1]
