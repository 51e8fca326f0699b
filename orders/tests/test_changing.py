"""Stock is promised, used and released with an order; a change moves the promise."""

from __future__ import annotations

import pytest

from inventory.models import Stock
from orders import lifecycle
from orders.items import Choice, Item
from orders.models import Order
from orders.refusals import CannotBeMade, TransitionError
from orders.requirements import items_of
from orders.routing import wait_of
from orders.tests import factory

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
