"""The API for changing single drinks and options of a menu."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from expresso.api.tests.conftest import Caller
from inventory.models import Drink, Option
from inventory.snapshot import menu_of
from orders.models import OrderItem
from orders.tests import factory
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


def names(event: Event) -> set[str]:
    return {drink.name for drink in menu_of(Event.objects.get(pk=event.pk)).menu.drinks}


def test_a_drink_is_added_with_its_groups_and_can_be_ordered(bar: Station, organizer: Caller, barista: Caller) -> None:
    body = {"name": "  Cortado ", "category": "Coffee", "minutes": "1.5", "option_groups": ["Milk"]}

    drink = organizer("POST", f"events/{bar.event.slug}/drinks/", body).json()

    assert (drink["name"], drink["minutes"], drink["option_groups"]) == ("Cortado", 1.5, ["Milk"])
    order = barista("POST", f"events/{bar.event.slug}/orders/", {"items": [{"drink": "Cortado"}], "name": "Sam"})
    assert order.status_code == 201


def test_a_drink_is_renamed_taken_off_and_put_back(bar: Station, organizer: Caller) -> None:
    latte = Drink.objects.get(event=bar.event, name="Latte")
    order = factory.order(bar)
    address = f"events/{bar.event.slug}/drinks/{latte.pk}/"

    assert organizer("PATCH", address, {"name": "Caffè latte"}).json()["name"] == "Caffè latte"
    assert "Caffè latte" in names(bar.event)
    assert organizer("PATCH", address, {"on_menu": False}).json()["retired_at"]
    assert "Caffè latte" not in names(bar.event)
    assert organizer("PATCH", address, {"on_menu": True}).json()["retired_at"] is None

    assert "Caffè latte" in names(bar.event)
    assert OrderItem.objects.get(order=order).drink_name == "Latte"
    assert AuditEntry.objects.filter(act="changed").count() == 3


def test_an_option_is_renamed(bar: Station, organizer: Caller) -> None:
    oat = Option.objects.get(group__event=bar.event, name="Oat")
    address = f"events/{bar.event.slug}/options/{oat.pk}/"

    assert organizer("PATCH", address, {"name": "Oat milk"}).json()["name"] == "Oat milk"
    assert organizer("GET", address).json()["name"] == "Oat milk"


@pytest.mark.parametrize("fault", [{"name": "Mocha"}, {"name": ""}, {"minutes": "0"}, {"minutes": "-1"}, {"price": 3}])
def test_a_change_that_cannot_be_is_refused_whole(bar: Station, organizer: Caller, fault: dict[str, object]) -> None:
    latte = Drink.objects.get(event=bar.event, name="Latte")

    answer = organizer("PATCH", f"events/{bar.event.slug}/drinks/{latte.pk}/", {"category": "New"} | fault)

    assert answer.status_code == 400
    latte.refresh_from_db()
    assert (latte.name, latte.category != "New") == ("Latte", True)


def test_a_drink_with_an_unknown_group_is_refused(bar: Station, organizer: Caller) -> None:
    body = {"name": "Cortado", "category": "Coffee", "option_groups": ["Sprinkles"]}

    answer = organizer("POST", f"events/{bar.event.slug}/drinks/", body)

    assert answer.status_code == 400
    assert "Sprinkles" in answer.json()["errors"][0]["detail"]
    assert not Drink.objects.filter(name="Cortado").exists()


def test_baristas_change_no_drink(bar: Station, barista: Caller) -> None:
    latte = Drink.objects.get(event=bar.event, name="Latte")

    assert barista("PATCH", f"events/{bar.event.slug}/drinks/{latte.pk}/", {"name": "X"}).status_code == 403


@pytest.mark.parametrize("name", ["\u202e", "[]", "…"])
def test_a_name_that_no_text_can_hold_is_refused(bar: Station, organizer: Caller, name: str) -> None:
    answer = organizer("POST", f"events/{bar.event.slug}/drinks/", {"name": name, "category": "Coffee"})

    assert answer.status_code == 400
    assert "has no letter and no digit" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("name", ["choc", "MOCHA", "Mokka"])
def test_a_word_of_another_drink_is_no_name(bar: Station, organizer: Caller, name: str) -> None:
    Drink.objects.filter(name="Mocha").update(aliases=["choc"], translations={"de": ["Mokka"]})
    tea = Drink.objects.get(name="Tea")
    drinks = f"events/{bar.event.slug}/drinks/"

    answers = [
        organizer("PATCH", f"{drinks}{tea.pk}/", {"name": name}),
        organizer("POST", drinks, {"name": name, "category": "Coffee"}),
    ]

    for answer in answers:
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/name")
        assert "already means Mocha" in answer.json()["errors"][0]["detail"]
    assert Drink.objects.count() == 3


def test_a_drink_whose_word_means_another_one_by_now_is_not_put_back(bar: Station, organizer: Caller) -> None:
    tea = f"events/{bar.event.slug}/drinks/{Drink.objects.get(name='Tea').pk}/"
    organizer("PATCH", tea, {"on_menu": False})
    Drink.objects.filter(name="Mocha").update(aliases=["tea"])

    answer = organizer("PATCH", tea, {"on_menu": True})

    assert (answer.status_code, Drink.objects.get(name="Tea").retired_at is None) == (400, False)
