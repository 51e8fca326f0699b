"""Tests of orders that are taken at the kiosk and at the bar, and of changing them there."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import Role
from orders import lifecycle
from orders.models import Channel, Order
from orders.requirements import items_of
from orders.tests import factory
from orders.tests.pages import chosen, order_latte, press, staff, words
from stations.models import Station

pytestmark = pytest.mark.django_db


# orders at the kiosk ------------------------------------------------------------------------------


def test_kiosk_takes_an_order_says_its_code_once_and_is_fresh_again(bar: Station) -> None:
    client = staff(Role.DISPLAY)
    address = f"/events/{bar.event.slug}/kiosk/"

    answer = order_latte(client, address, name="Ana")
    done, after = client.get(answer.headers["Location"]), client.get(address)

    order = Order.objects.get()
    assert (order.channel, order.name) == (Channel.KIOSK, "Ana")
    assert order.code in words(done)
    assert done.content.decode().count('class="cup"') == 1
    assert bar.event.name in words(done)
    assert order.code not in words(after)
    assert "Ana" not in after.content.decode()
    # The browser must not store the form. With "Back" it would show a used form, whose key belongs to the order before.
    assert "no-store" in chosen(client, address, "Latte").headers["Cache-Control"]


@pytest.mark.parametrize("who", [None, "nobody"])
def test_kiosk_is_opened_by_staff(bar: Station, who: str | None) -> None:
    client = Client()

    assert client.get(f"/events/{bar.event.slug}/kiosk/").status_code == 302


# walk-ins and changes at the bar ------------------------------------------------------------------


def test_walk_in_is_made_where_it_was_taken_without_a_name(bar: Station) -> None:
    other = factory.station(bar.event, "Bar 2")
    factory.order(other)
    client = staff()

    answer = order_latte(client, f"/stations/{other.slug}/new/", name="")

    order = Order.objects.latest("pk")
    assert answer.headers["Location"] == f"/stations/{other.slug}/"
    assert (order.channel, order.station, order.name) == (Channel.WALK_IN, other, "")
    assert order.events.get().by is not None
    assert f"{order.code} waits at Bar 2." in words(client.get(f"/stations/{other.slug}/"))


def test_walk_in_is_offered_what_its_own_station_has(bar: Station) -> None:
    factory.station(bar.event, "Bar 2")
    factory.cannot_make(bar, drink="Mocha")

    page = staff().get(f"/stations/{bar.slug}/new/").content.decode()

    assert re.search(r'value="Mocha"\s+disabled', page)


def test_barista_edits_a_waiting_order(bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte", "Large"), factory.item("Tea", "Small"))
    client = staff()
    page = client.get(f"/stations/{bar.slug}/orders/{order.pk}/edit/")

    page = press(client, press(client, page, "edit 0"), "add", **{"option Milk": "Oat"})
    press(client, page, "order", name="Bo")

    order.refresh_from_db()
    assert order.name == "Bo"
    assert set(items_of(Order.objects.get())) == {factory.item("Tea", "Small"), factory.item("Latte", "Large", "Oat")}
    assert order.events.latest("pk").by is not None


def test_order_that_is_being_made_is_not_edited(bar: Station) -> None:
    order = lifecycle.start(factory.order(bar), by=None)
    client = staff()

    page = client.get(f"/stations/{bar.slug}/orders/{order.pk}/edit/", follow=True)

    assert "It is being made already" in words(page)


@pytest.mark.parametrize(("role", "status"), [(Role.BARISTA, 200), (Role.SUPPORT, 403), (Role.DISPLAY, 403)])
def test_only_who_works_a_board_takes_and_edits_orders_there(bar: Station, role: str, status: int) -> None:
    order = factory.order(bar)
    client = staff(role)

    for address in (f"/stations/{bar.slug}/new/", f"/stations/{bar.slug}/orders/{order.pk}/edit/"):
        assert client.get(address).status_code == status
        assert Client().get(address).status_code == 302


def test_order_of_another_event_is_not_edited(bar: Station) -> None:
    elsewhere = factory.order(factory.cafe())

    assert staff().get(f"/stations/{bar.slug}/orders/{elsewhere.pk}/edit/").status_code == 404
