"""Tests of stock and recipes in the admin, where orders can change the stock while a page is open."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inventory.models import Drink, Ingredient, Option, Stock, Use
from inventory.snapshot import menu_of
from stations.models import Event, Station
from tests.forms import fields_of, send, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]


def change(row: Any) -> str:
    return reverse(f"admin:inventory_{row._meta.model_name}_change", args=[row.pk])


def errors_of(answer: Any) -> str:
    assert answer.status_code == 200
    forms = [answer.context["adminform"].form, *(f for s in answer.context["inline_admin_formsets"] for f in s.formset)]
    lines = [form.errors.as_text() for form in forms]
    lines += [str(s.formset.non_form_errors().as_text()) for s in answer.context["inline_admin_formsets"]]
    return "\n".join(filter(None, lines))


@pytest.fixture
def beans(event: Event) -> Stock:
    ingredient = Ingredient.objects.create(event=event, name="Beans", unit="g")
    return Stock.objects.create(station=Station.objects.get(), ingredient=ingredient, on_hand=1000)


def make_a_coffee(stock: Stock) -> None:
    Stock.objects.filter(pk=stock.pk).update(on_hand=F("on_hand") - 18, reserved=F("reserved") + 18)


def levels(stock: Stock) -> tuple[float, ...]:
    stock.refresh_from_db()
    return float(stock.on_hand), float(stock.reserved), float(stock.low_at)


@pytest.mark.parametrize("page", ["stock", "list", "ingredient"])
def test_saving_the_warning_level_keeps_what_orders_used_meanwhile(client: Client, beans: Stock, page: str) -> None:
    save_after_a_coffee(client, beans, page, low_at="100")

    assert levels(beans) == (982, 18, 100)


@pytest.mark.parametrize("page", ["stock", "list", "ingredient"])
def test_a_recount_keeps_what_is_promised(client: Client, beans: Stock, page: str) -> None:
    save_after_a_coffee(client, beans, page, on_hand="5000")

    assert levels(beans) == (5000, 18, 0)


def save_after_a_coffee(client: Client, beans: Stock, page: str, **typed: str) -> None:
    """Open a page with the stock, then let a customer order a coffee, and save the page with the typed values."""
    address, prefix = {
        "stock": (change(beans), ""),
        "list": (reverse("admin:inventory_stock_changelist"), "form-0-"),
        "ingredient": (change(beans.ingredient), "stock-0-"),
    }[page]
    shown = fields_of(client.get(address))
    make_a_coffee(beans)
    fields = {f"{prefix}{name}": value for name, value in typed.items()}
    submit(client, address, shown, **fields | {"action": None} | ({"_save": "Save"} if page == "list" else {}))


def recipe(*rows: tuple[Ingredient, str]) -> dict[str, Any]:
    """Return the form fields for these (ingredient, amount) rows, for a drink or an option that has no recipe yet."""
    fields: dict[str, Any] = {"uses-TOTAL_FORMS": str(len(rows))}
    for number, (ingredient, amount) in enumerate(rows):
        fields |= {f"uses-{number}-ingredient": ingredient.pk, f"uses-{number}-amount": amount}
    return fields


@pytest.mark.parametrize("of", [Drink, Option])
def test_an_ingredient_stands_in_a_recipe_once(client: Client, event: Event, of: type[Drink | Option]) -> None:
    made = of.objects.get(name="Latte" if of is Drink else "Oat")
    beans, milk = (Ingredient.objects.create(event=event, name=name, unit="g") for name in ("Beans", "Milk"))

    twice = send(client, change(made), **recipe((beans, "18"), (milk, "200"), (beans, "9")))

    assert "Beans is in this recipe already. Give its whole amount in one row." in errors_of(twice)
    assert not Use.objects.exists()
    send(client, change(made), **recipe((beans, "27"), (milk, "200")))
    beans_row = Use.objects.get(ingredient=beans)
    moved = send(client, change(made), **{"uses-0-DELETE": "on", "uses-2-ingredient": beans.pk, "uses-2-amount": "18"})
    assert moved.status_code == 302, errors_of(moved)
    assert not Use.objects.filter(pk=beans_row.pk).exists()


def test_an_ingredient_is_added_to_a_recipe_once_on_its_own_page_too(client: Client, event: Event) -> None:
    latte, oat = Drink.objects.get(name="Latte"), Option.objects.get(name="Oat")
    beans = Ingredient.objects.create(event=event, name="Beans", unit="g")
    page = reverse("admin:inventory_use_add")

    send(client, page, ingredient=beans.pk, drink=latte.pk, amount="18")
    twice = send(client, page, ingredient=beans.pk, drink=latte.pk, amount="9")
    send(client, page, ingredient=beans.pk, option=oat.pk, amount="9")
    send(client, change(Use.objects.get(drink=latte)), amount="20")

    assert "Beans is in this recipe already. Give its whole amount in one row." in errors_of(twice)
    assert [use.amount for use in Use.objects.order_by("pk")] == [20, 9]


def test_stock_is_added_with_its_ingredient(client: Client, event: Event) -> None:
    bar = Station.objects.get()
    row = {"stock-TOTAL_FORMS": "1", "stock-0-station": bar.pk, "stock-0-on_hand": "500", "stock-0-low_at": "50"}

    send(client, reverse("admin:inventory_ingredient_add"), event=event.pk, name="Beans", unit="g", **row)

    assert str(Stock.objects.get()) == "Beans · Bar 1"
    assert menu_of(Event.objects.get()).counted == {bar.pk: frozenset({Ingredient.objects.get().pk})}


@pytest.mark.parametrize("act_on", [Stock.save, Stock.delete])
def test_the_event_is_locked_before_the_stock_as_by_an_order(beans: Stock, act_on: Any) -> None:
    with CaptureQueriesContext(connection) as asked:
        act_on(beans)

    writes = [query["sql"] for query in asked if query["sql"].startswith(("UPDATE", "DELETE"))]
    assert [sql.split('"')[1] for sql in writes] == ["stations_event", "inventory_stock"]
