"""Tests that a group of options counts as milk because of its role, whatever its name and language."""

from __future__ import annotations

import pytest
from django.test import Client

from inventory.importing import import_menu
from inventory.menu_file import read_menu
from inventory.snapshot import menu_of
from orders.display.tickets import batches, lines_of, ticket
from orders.items import Choice, Item
from orders.messaging.messages import Talk
from orders.models import Order
from orders.tests import factory
from orders.tests.pages import staff

pytestmark = pytest.mark.django_db

MENU = """
name: Café
drinks:
  - {name: Latte, category: Kaffee, options: [Sirup, %(group)s]}
option_groups:
  - name: Sirup
    options: [{name: Karamell}]
  - name: %(group)s
    role: milk
    default: Vollmilch
    options: [{name: Vollmilch}, {name: Hafer}, {name: Soja}, {name: Ohne Milch}]
"""
GROUPS = ["Milch", "Lait", "Plant milk", "Молоко"]


def latte(group: str, milk: str, quantity: int = 1) -> Item:
    return Item("Latte", quantity, (Choice("Sirup", "Karamell"), Choice(group, milk)))


def order_at_cafe(group: str, *items: Item) -> Order:
    station = factory.station(factory.event())
    import_menu(station.event, read_menu(MENU % {"group": group}))
    station.event.refresh_from_db()
    return factory.order(station, *items)


@pytest.mark.parametrize("group", GROUPS)
def test_a_milk_of_any_name_stands_first_as_a_chip(group: str) -> None:
    order = order_at_cafe(group, latte(group, "Hafer"))

    (line,) = lines_of(order, menu_of(order.event))

    assert [(each.text, each.milk_chip) for each in line.differences] == [("Hafer", "2"), ("Karamell", "")]


@pytest.mark.parametrize("group", GROUPS)
def test_cups_with_one_milk_of_any_name_are_a_batch(group: str) -> None:
    order = order_at_cafe(group, latte(group, "Hafer", 2), latte(group, "Soja"))

    (batch,) = batches([ticket(order, menu_of(order.event), Talk())])

    assert (batch.milk, batch.cups, batch.milk_chip) == ("Hafer", 2, "2")


@pytest.mark.parametrize("group", GROUPS)
def test_the_order_page_shows_milks_of_any_name_without_unfolding(client: Client, group: str) -> None:
    event = order_at_cafe(group, latte(group, "Hafer")).event

    page = client.get(f"/events/{event.slug}/?drink=Latte").text

    assert f"<legend>{group}</legend>" in page
    assert '<span class="milk" data-milk="without">Ohne Milch</span>' in page


@pytest.mark.parametrize("group", GROUPS)
def test_supplies_begin_with_milks_of_any_name(group: str) -> None:
    station = order_at_cafe(group, latte(group, "Hafer")).station

    page = staff().get(f"/stations/{station.slug}/supplies/").text

    assert page.index(f">{group}<") < page.index(">Kaffee<") < page.index(">Sirup<")


def test_a_group_that_is_only_called_milk_is_an_option_like_any_other() -> None:
    station = factory.station(factory.event())
    import_menu(station.event, read_menu((MENU % {"group": "Milk"}).replace("    role: milk\n", "")))
    station.event.refresh_from_db()
    order = factory.order(station, latte("Milk", "Hafer"))

    (line,) = lines_of(order, menu_of(order.event))

    assert [(each.text, each.is_milk) for each in line.differences] == [("Karamell", False), ("Hafer", False)]
