"""Tests of changes that a customer requests while a barista is already making the order."""

from __future__ import annotations

import pytest
from django.test import Client

from inventory.models import Stock
from orders import lifecycle
from orders.items import Item
from orders.messaging import change_requests
from orders.models import Order
from orders.refusals import NotOnMenu, TransitionError
from orders.requirements import items_of
from orders.tests import factory
from orders.tests.pages import staff, words

pytestmark = pytest.mark.django_db


def in_the_making(*items: Item) -> Order:
    order = factory.order(factory.cafe(), *items)
    return lifecycle.start(order, by=factory.user("maya"))


def test_an_accepted_wish_is_what_is_made_and_what_was_used_is_counted_anew() -> None:
    station = factory.cafe()
    oat, soy = (factory.stock(station, option=name, on_hand=5) for name in ("Oat", "Soy"))
    order = factory.order(station, factory.item("Latte", "Oat"))
    lifecycle.start(order, by=None)

    change_requests.wish(order, items=[factory.item("Mocha", "Soy", quantity=2)])
    change_requests.accept(order, by=None)

    order = Order.objects.get(pk=order.pk)
    assert (order.status, order.cups, order.wish) == ("making", 2, None)
    assert items_of(order) == (factory.item("Mocha", "Soy", quantity=2),)
    levels = {row.pk: (int(row.on_hand), int(row.reserved)) for row in Stock.objects.all()}
    assert levels == {oat.pk: (5, 0), soy.pk: (3, 0)}


def test_an_accepted_wish_is_what_the_order_in_hand_holds() -> None:
    made = in_the_making(factory.item("Latte"))
    order = Order.objects.prefetch_related("items").get(pk=made.pk)
    change_requests.wish(order, items=[factory.item("Mocha")])

    change_requests.accept(order, by=None)

    assert items_of(order) == (factory.item("Mocha"),)


def test_a_declined_wish_leaves_the_order_as_it_was() -> None:
    order = in_the_making()

    change_requests.wish(order, items=[factory.item("Mocha")])
    change_requests.decline(order, by=None)

    order = Order.objects.get(pk=order.pk)
    assert (items_of(order), order.wish) == ((factory.item(),), None)
    assert [event.verb for event in order.events.all()][-2:] == ["wish", "decline"]


def test_an_accepted_wish_to_drop_it_cancels() -> None:
    order = in_the_making()

    change_requests.wish(order, items=[])
    change_requests.accept(order, by=None)

    assert Order.objects.get(pk=order.pk).status == "cancelled"


@pytest.mark.parametrize("status", ["waiting", "ready"])
def test_only_what_is_being_made_takes_a_wish(status: str) -> None:
    order = factory.order(factory.cafe())
    if status == "ready":
        lifecycle.mark_ready(order, by=None)

    with pytest.raises(TransitionError):
        change_requests.wish(order, items=[])


def test_a_wish_for_what_is_not_on_the_menu_is_refused() -> None:
    order = in_the_making()

    with pytest.raises(NotOnMenu):
        change_requests.wish(order, items=[factory.item("Bagel")])

    assert Order.objects.get(pk=order.pk).wish is None


def test_a_wish_that_nobody_answered_ends_with_the_making() -> None:
    order = in_the_making()
    change_requests.wish(order, items=[])

    lifecycle.mark_ready(order, by=None)

    order = Order.objects.get(pk=order.pk)
    assert order.wish is None
    with pytest.raises(TransitionError):
        change_requests.accept(order, by=None)


def test_the_barista_sees_the_wish_and_answers_with_one_tap() -> None:
    order = in_the_making(factory.item("Latte"))
    change_requests.wish(order, items=[factory.item("Latte", "Oat")])
    client = Client()
    client.force_login(factory.user("ben"))
    board = f"/stations/{order.station.slug}/"

    page = client.get(board).content.decode()
    answer = client.post(f"{board}orders/{order.pk}/accept/", headers={"HX-Request": "true"}).content.decode()
    again = client.post(f"{board}orders/{order.pk}/accept/", headers={"HX-Request": "true"}).content.decode()

    assert "Would rather have" in page
    assert f"{order.code} Sam is made as wished." in answer
    assert "Would rather have" not in answer
    assert f"The wish for {order.code} Sam was already answered." in again


def test_a_barista_who_accepts_more_than_there_is_reads_what_is_short() -> None:
    station = factory.cafe()
    factory.stock(station, option="Oat", on_hand=1)
    factory.stock(station, option="Soy", on_hand=2)
    client = staff()
    said = []
    for wish in (factory.item("Mocha", "Soy", quantity=3), factory.item("Mocha", "Oat")):
        order = lifecycle.start(factory.order(station, factory.item("Latte", "Oat")), by=None)
        change_requests.wish(order, items=[wish])
        answer = client.post(f"/stations/{station.slug}/orders/{order.pk}/accept/", headers={"HX-Request": "true"})
        assert Order.objects.get(pk=order.pk).wish is None
        said.append("There is not enough for it any more: Soy milk." in words(answer))
        said.append("not enough" in words(answer))

    # The second order has already reserved oat milk, and its change needs no more. So nothing is missing.
    assert said == [True, True, False, False]
