"""Tests that drinks get the usual names that customers text in place of a menu's own names."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role
from expresso.setup.usual_names import with_usual_names
from inventory.models import Drink
from inventory.snapshot import menu_of
from orders.parser import read
from orders.tests import factory
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


@pytest.fixture
def client(bar: Station) -> Client:
    client = Client()
    client.force_login(factory.user("olga", Role.ORGANIZER, bar.event), "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_menu_from_a_sheet_understands_what_people_usually_call_its_drinks(client: Client, bar: Station) -> None:
    rows = (
        "Drink,Category,Milk",
        'Cappuccino,Coffee,"Whole*, Oat"',
        "Flat white,Coffee",
        "Americano,Coffee",
        "Latte macchiato,Coffee",
    )
    sheet = "\n".join(rows)
    upload = SimpleUploadedFile("menu.csv", sheet.encode())

    client.post(f"/events/{bar.event.slug}/setup/menu/", {"upload": "1", "file": upload, "stay": "1"})

    menu = menu_of(Event.objects.get(pk=bar.event.pk)).menu
    texts = (
        ("a cap with oat milk", "Cappuccino"),
        ("flattie", "Flat white"),
        ("long black", "Americano"),
        ("white coffee", "Flat white"),
        ("latte macchiato", "Latte macchiato"),
        ("einen Verlängerten bitte", "Americano"),
        ("un capuchino", "Cappuccino"),
        ("un allongé", "Americano"),
    )
    assert [(text, item.drink) for text, _ in texts for item in read(text, menu).items] == [*texts]
    assert str(read("a cap with oat milk", menu).items[0].choices[0].option) == "Oat"


def test_usual_names_are_added_to_a_menu_that_was_typed_by_hand_and_change_nothing_else(
    client: Client, bar: Station
) -> None:
    Drink.objects.create(event=bar.event, name="Flat white", category="Coffee", aliases=["number one"])
    Drink.objects.create(event=bar.event, name="Cuppa", category="Soup")
    path = f"/events/{bar.event.slug}/setup/menu/"
    before = menu_of(Event.objects.get(pk=bar.event.pk)).menu

    client.post(path, {"usual-names": "1"})

    event = Event.objects.get(pk=bar.event.pk)
    menu = menu_of(event).menu
    assert menu.drink_by_name["Flat white"].aliases[:2] == ("number one", "flattie")
    # On this menu Cuppa is a soup. So "cuppa" does not become a name of the tea.
    assert "cuppa" not in menu.drink_by_name["Tea"].aliases
    assert menu.drink_by_name["Latte"].translations["de"] == ("Latte", "Milchkaffee", "caffè latte")
    assert [(d.name, d.category, d.groups, d.minutes) for d in menu.drinks] == [
        (d.name, d.category, d.groups, d.minutes) for d in before.drinks
    ]
    assert event.menu_name == bar.event.menu_name
    assert "Usual names: nothing changed." in client.post(path, {"usual-names": "1"}, follow=True).content.decode()


def test_the_admin_gives_usual_names_to_ones_own_events(client: Client, bar: Station) -> None:
    foreign = factory.cafe(name="Elsewhere").event
    act = {"action": "give_usual_names", "_selected_action": [bar.event.pk, foreign.pk]}

    said = client.post("/admin/stations/event/", act, follow=True).content.decode()

    assert "cafe latte" in {word.casefold() for word in Drink.objects.get(event=bar.event, name="Latte").aliases}
    assert not any(Drink.objects.filter(event=foreign).values_list("translations__de", flat=True))
    assert f"{bar.event}: " in said
    assert str(foreign) not in said


def test_usual_names_leave_the_template_menu_as_it_is(client: Client, bar: Station) -> None:
    client.post(f"/events/{bar.event.slug}/setup/menu/", {"template": "1"})
    menu = menu_of(Event.objects.get(pk=bar.event.pk)).menu

    assert with_usual_names(menu) == menu
