"""Tests of an order's own page, on which the customer changes or cancels the order."""

from __future__ import annotations

import pytest
from django.test import Client

from orders import lifecycle
from orders.messaging import change_requests
from orders.models import Order
from orders.requirements import items_of
from orders.statuses import Status
from orders.tests import factory
from orders.tests.pages import press, words
from stations.models import Station

pytestmark = pytest.mark.django_db


def test_customer_changes_drinks_and_name_while_it_waits(bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte", "Large"))
    client = Client()

    answer = press(
        client, client.get(f"/orders/{order.token}/change/"), "order", **{"option Milk": "Soy", "name": "Samira"}
    )

    order = Order.objects.get()
    assert answer.headers["Location"] == f"/orders/{order.token}/"
    assert (order.name, items_of(order)) == ("Samira", (factory.item("Latte", "Large", "Soy"),))


def test_saving_without_a_change_changes_nothing(bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte", "Large"))
    client = Client()

    press(client, client.get(f"/orders/{order.token}/change/"), "order")

    assert [event.verb for event in order.events.all()] == ["place"]


def test_change_of_what_is_being_made_asks_the_barista_who_may_decline(bar: Station) -> None:
    order = lifecycle.start(factory.order(bar, factory.item("Latte", "Large")), by=None)
    client = Client()

    page = client.get(f"/orders/{order.token}/change/")
    press(client, page, "order", **{"option Milk": "Soy"})

    order.refresh_from_db()
    assert change_requests.wished(order) == (factory.item("Latte", "Large", "Soy"),)
    assert "The barista answers in a moment" in words(client.get(f"/orders/{order.token}/"))
    change_requests.decline(order, by=None)
    assert "too far along to change" in words(client.get(f"/orders/{order.token}/"))


def test_change_that_the_barista_overtook_becomes_a_wish(bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte", "Large"))
    client = Client()
    page = client.get(f"/orders/{order.token}/change/")
    lifecycle.start(Order.objects.get(), by=None)

    press(client, page, "order", **{"option Milk": "Soy"})

    assert change_requests.wished(Order.objects.get()) == (factory.item("Latte", "Large", "Soy"),)


def test_customer_drops_what_waits(bar: Station) -> None:
    order = factory.order(bar)

    page = Client().post(f"/orders/{order.token}/drop/", follow=True)

    assert Order.objects.get().status == Status.CANCELLED
    assert "Cancelled" in words(page)


def test_customer_asks_to_drop_what_is_being_made(bar: Station) -> None:
    order = lifecycle.start(factory.order(bar), by=None)

    page = Client().post(f"/orders/{order.token}/drop/", follow=True)

    assert (Order.objects.get().status, change_requests.wished(Order.objects.get())) == (Status.MAKING, ())
    assert "You asked to drop it" in words(page)


@pytest.mark.parametrize("act", ["change", "drop"])
def test_ready_order_is_neither_changed_nor_dropped_and_says_why(bar: Station, act: str) -> None:
    order = lifecycle.mark_ready(factory.order(bar), by=None)

    page = Client().post(f"/orders/{order.token}/{act}/", {"step": "order"}, follow=True)

    assert Order.objects.get().status == Status.READY
    assert "It is ready already, so nothing was changed." in words(page)


def test_order_is_found_by_its_token_alone(bar: Station) -> None:
    order = factory.order(bar)
    client = Client()

    answers = [client.get(f"/orders/{name}/").status_code for name in (order.token, str(order.pk), order.code, "x")]

    assert answers == [200, 404, 404, 404]
    assert client.post("/orders/x/drop/").status_code == 404
