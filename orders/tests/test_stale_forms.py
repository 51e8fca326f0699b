"""Tests that a form for changing an order is refused if the order was changed since the form was opened."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from inventory.models import Option
from orders import lifecycle
from orders.items import Item
from orders.models import Order
from orders.requirements import items_of
from orders.tests import factory
from orders.tests.pages import press, staff, words
from orders.upkeep.rescheduling import want_at
from stations.models import Station

pytestmark = pytest.mark.django_db

SAID = "The order changed meanwhile. Look at it again."


def form_of(who: str, bar: Station, order: Order) -> tuple[Client, str]:
    if who == "barista":
        return staff(), f"/stations/{bar.slug}/orders/{order.pk}/edit/"
    return Client(), f"/orders/{order.token}/change/"


def as_it_is(order: Order) -> tuple[str, tuple[Item, ...]]:
    now = Order.objects.get(pk=order.pk)
    return now.name, items_of(now)


@pytest.mark.parametrize("who", ["barista", "customer"])
def test_a_name_put_right_does_not_undo_the_milk_that_was_changed_meanwhile(bar: Station, who: str) -> None:
    order = factory.order(bar, factory.item("Latte", "Large"), name="Sam")
    client, address = form_of(who, bar, order)
    opened = client.get(address)
    soy = factory.item("Latte", "Large", "Soy", note="lactose intolerant")
    lifecycle.change(Order.objects.get(), items=(soy,))

    refused = press(client, opened, "order", name="Samira")

    assert SAID in words(refused)
    assert as_it_is(order) == ("Sam", (soy,))

    # The page after the refusal shows the order as it is now, so the same change is accepted when it is sent again.
    press(client, refused, "order", name="Samira")

    assert as_it_is(order) == ("Samira", (soy,))


def test_a_name_or_a_time_that_was_changed_meanwhile_is_kept_too(bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte", "Large"), name="Sam")
    client, address = form_of("barista", bar, order)

    opened = client.get(address)
    lifecycle.rename(Order.objects.get(), name="Samira")
    assert SAID in words(press(client, opened, "order", quantity="2"))

    opened, then = client.get(address), timezone.now() + dt.timedelta(hours=3)
    want_at(Order.objects.get(), wanted_at=then)
    assert SAID in words(press(client, opened, "order", quantity="2"))

    now = Order.objects.get()
    assert (now.name, now.cups, now.wanted_at) == ("Samira", 1, then)


@pytest.mark.parametrize("who", ["barista", "customer"])
def test_a_change_that_is_sent_twice_is_no_conflict(bar: Station, who: str) -> None:
    order = factory.order(bar, factory.item("Latte", "Large"), name="Sam")
    client, address = form_of(who, bar, order)
    opened = client.get(address)

    answers = [press(client, opened, "order", **{"option Milk": "Soy"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert as_it_is(order) == ("Sam", (factory.item("Latte", "Large", "Soy"),))


def test_a_renamed_option_is_no_change_of_the_order(bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte", "Large", "Oat"), name="Sam")
    client, address = form_of("barista", bar, order)
    opened = client.get(address)
    oat = Option.objects.get(name="Oat")
    oat.name = "Oat drink"
    oat.save()

    answer = press(client, opened, "order", name="Samira")

    assert SAID not in words(answer)
