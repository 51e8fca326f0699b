"""Tests of drinks and options that sell out or leave the menu while a customer chooses.

The page names these drinks and options, and does not place the order without them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inventory.models import Drink, Option, OptionGroup
from orders import lifecycle
from orders.models import Order
from orders.ordering import order_form
from orders.ordering.sent_twice import placed
from orders.refusals import CannotBeMade
from orders.requirements import items_of
from orders.tests import factory
from orders.tests.pages import chosen, order_latte, page_of, press, words
from stations.models import Event, Station
from tests.forms import fields_of

pytestmark = pytest.mark.django_db


def retire(option: Option) -> None:
    option.retired_at = timezone.now()
    option.save()


def test_what_is_sold_out_everywhere_cannot_be_chosen(bar: Station) -> None:
    factory.cannot_make(bar, option="Oat")
    factory.cannot_make(bar, drink="Mocha")
    client = Client()

    menu, latte = client.get(page_of(bar)).content.decode(), chosen(client, page_of(bar), "Latte").content.decode()

    assert re.search(r'value="Mocha"\s+disabled', menu)
    assert re.search(r'value="Oat"\s+disabled', latte)
    assert not re.search(r'value="Soy"\s+disabled', latte)


def test_what_another_station_still_has_can_be_chosen(bar: Station) -> None:
    factory.station(bar.event, "Bar 2")
    factory.cannot_make(bar, drink="Mocha")

    assert not re.search(r'value="Mocha"\s+disabled', Client().get(page_of(bar)).content.decode())


def test_last_oat_that_went_meanwhile_is_refused_with_what_there_is(bar: Station) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    factory.cannot_make(bar, option="Oat")

    answer = press(client, page, "order", **{"option Size": "Large", "option Milk": "Oat", "name": "Sam"})

    assert "Sold out just now: Oat. There is Full cream, Soy." in words(answer)
    assert fields_of(answer)["name"] == ["Sam"]


def test_drink_that_left_the_menu_is_said(bar: Station) -> None:
    client = Client()
    page = press(client, chosen(client, page_of(bar), "Latte"), "add", **{"option Size": "Small", "name": "Sam"})
    Drink.objects.get(name="Latte").delete()

    answer = press(client, page, "order")

    assert "“Latte” is not on the menu any more" in words(answer)
    assert "Tea" in words(press(client, answer, "remove 0"))


@pytest.mark.parametrize("step", ["order", "add"])
def test_option_that_left_the_menu_is_named_and_nothing_is_made_without_it(bar: Station, step: str) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    retire(Option.objects.get(name="Oat"))

    answer = press(client, page, step, **{"option Size": "Large", "option Milk": "Oat", "name": "Sam"})

    assert "“Oat” is not on the menu any more" in words(answer)
    assert not Order.objects.exists()
    press(client, answer, "order", **{"option Milk": "Soy"})
    assert items_of(Order.objects.get()) == (factory.item("Latte", "Large", "Soy"),)


def test_option_that_left_the_menu_is_not_forgotten_over_another_drink(bar: Station) -> None:
    client = Client()
    tea = press(client, chosen(client, page_of(bar), "Tea"), "add", **{"option Size": "Small", "name": "Sam"})
    latte = press(client, tea, "pick Latte")
    retire(Option.objects.get(name="Oat"))

    page = press(client, latte, "edit 0", **{"option Size": "Large", "option Milk": "Oat"})
    answer = press(client, page, "order")

    assert "“Oat” is not on the menu any more" in words(answer)
    assert not Order.objects.exists()


def test_change_of_an_order_says_what_left_the_menu_and_makes_nothing_else_of_it(bar: Station) -> None:
    client = Client()
    order_latte(client, page_of(bar))
    order = Order.objects.get()
    retire(Option.objects.get(name="Oat"))

    page = client.get(f"/orders/{order.token}/change/")
    answer = press(client, page, "order", name="Ana")

    assert ["“Oat” is not on the menu any more" in words(shown) for shown in (page, answer)] == [True, True]
    assert items_of(Order.objects.get()) == (factory.item("Latte", "Large", "Oat"),)


@pytest.mark.parametrize("of_latte", ["option", "group", "its place on the drink"])
def test_amount_of_what_left_the_menu_is_named(bar: Station, of_latte: str) -> None:
    latte = Drink.objects.get(name="Latte")
    syrup = OptionGroup.objects.create(event=bar.event, name="Syrup", choose="many", amounts=True, position=2)
    vanilla = Option.objects.create(group=syrup, name="Vanilla")
    latte.groups.add(syrup)
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    match of_latte:
        case "option":
            retire(vanilla)
        case "group":
            syrup.delete()
        case _:
            latte.groups.remove(syrup)
            latte.save()

    answer = press(client, page, "order", **{"option Size": None, "option Syrup Vanilla": "2"})

    assert "“Syrup Vanilla” is not on the menu any more" in words(answer)
    assert not Order.objects.exists()


def test_drink_in_hand_that_left_the_menu_is_named_and_the_rest_is_not_placed_without_it(bar: Station) -> None:
    client = Client()
    tea = press(client, chosen(client, page_of(bar), "Tea"), "add", **{"option Size": "Small", "name": "Sam"})
    page = press(client, tea, "pick Latte")
    Drink.objects.get(name="Latte").delete()

    answer = press(client, page, "order", **{"option Size": "Large", "quantity": "2"})

    assert "“Latte” is not on the menu any more" in words(answer)
    assert not Order.objects.exists()
    press(client, press(client, answer, "remove 1"), "order")
    assert items_of(Order.objects.get()) == (factory.item("Tea", "Small"),)


def test_order_that_was_taken_is_that_order_whatever_left_the_menu_since(bar: Station) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    said = {"option Size": "Large", "option Milk": "Oat", "name": "Sam"}
    press(client, page, "order", **said)
    Event.objects.update(paused_until=timezone.now() + dt.timedelta(hours=1))
    retire(Option.objects.get(name="Oat"))
    OptionGroup.objects.filter(name="Milk").update(default=Option.objects.get(name="Soy"))

    answer = press(client, page, "order", **said)

    assert answer.headers["Location"] == f"/orders/{Order.objects.get().token}/"


def test_order_refused_over_what_it_took_itself_a_moment_ago_is_that_order(
    bar: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    said = {"option Size": "Large", "option Milk": "Oat", "name": "Sam"}
    press(client, page, "order", **said)

    def last_oat(*_given: Any, **_fields: Any) -> Order:
        raise CannotBeMade(("Oat",))

    looks: list[str] = []

    def not_yet_at_first(key: str) -> Order | None:
        looks.append(key)
        return placed(key) if len(looks) > 1 else None

    monkeypatch.setattr(lifecycle, "place", last_oat)
    monkeypatch.setattr(order_form, "placed", not_yet_at_first)
    answer = press(client, page, "order", **said)

    assert answer.headers["Location"] == f"/orders/{Order.objects.get().token}/"
