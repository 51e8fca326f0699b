from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest
from django.contrib.auth import get_user
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import Membership, Role, User
from expresso import demo
from expresso.demo.supplies import SUPPLIES
from inventory.importing import export_menu
from inventory.menu_file import read_menu
from inventory.models import CannotMake, Drink, Option, Stock, Use
from inventory.snapshot import menu_of
from orders import lifecycle
from orders.items import Choice, Item
from orders.models import Channel
from stations.models import Event, Shift, Station

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_var(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_a_fresh_installation_gets_an_event_that_takes_orders() -> None:
    assert demo.load() is True

    event = Event.objects.get(slug="demo")
    assert event.is_open()
    assert (event.sms_number, event.whatsapp_number) == ("+15555550100", "+15555550101")
    assert [station.slug for station in event.stations.all()] == ["bar-1", "bar-2"]
    assert all(station.takes_orders() for station in event.stations.all())
    assert export_menu(event) == read_menu((Path(demo.__file__).parent / "menu.yaml").read_text())
    assert {str(row) for row in CannotMake.objects.all()} == {"Bar 2: no Filter coffee", "Bar 2: no Cold brew"}
    assert {str(shift) for shift in Shift.objects.all()} == {"maya · Bar 1", "ben · Bar 2"}


def test_an_order_takes_from_the_demo_stock() -> None:
    demo.load()
    event = Event.objects.get(slug="demo")
    latte = Item("Latte", choices=(Choice("Size", "Large"), Choice("Milk", "Oat")))

    lifecycle.start(lifecycle.place(event, items=[latte], channel=Channel.SMS).order, by=None)

    gone = {
        row.ingredient.name: supply.on_hand - row.on_hand
        for row in Stock.objects.filter(station__slug="bar-1").select_related("ingredient")
        for supply in SUPPLIES
        if supply.name == row.ingredient.name and supply.on_hand > row.on_hand
    }
    assert gone == {"Beans": 18, "Oat milk": 150, "Large cups": 1}


def test_every_drink_of_the_demo_uses_something() -> None:
    demo.load()
    snapshot = menu_of(Event.objects.get(slug="demo"))

    assert set(snapshot.drink_uses) == set(snapshot.drink_ids)
    assert Use.objects.count() == sum(len(s.drinks) + len(s.options) for s in SUPPLIES)


def test_everybody_can_sign_in_with_the_printed_password(client: Client) -> None:
    demo.load()

    logins = demo.logins()

    assert [(login.username, login.role) for login in logins] == [(name, role) for name, _, role in demo.STAFF]
    for one in logins:
        client.post("/accounts/login/", {"username": one.username, "password": one.password})
        assert get_user(client).username == one.username
    assert User.objects.get(username="admin").is_superuser
    assert User.objects.filter(is_superuser=True).count() == 1


def test_the_passwords_are_for_the_owner_of_the_folder_alone() -> None:
    demo.load()

    assert stat.S_IMODE(demo.logins_file().stat().st_mode) == 0o600


def test_a_second_run_changes_nothing_that_people_edited() -> None:
    demo.load()
    Event.objects.filter(slug="demo").update(name="Ours", sms_number="+15555550199")
    Station.objects.filter(slug="bar-2").delete()
    Drink.objects.filter(name="Latte").update(minutes=9)
    Option.objects.get(name="Oat").delete()
    maya = User.objects.get(username="maya")
    Membership.objects.filter(user=maya).update(role=Role.ORGANIZER)
    maya.set_password("something of her own")
    maya.save()
    before = (
        list(Event.objects.values()),
        list(Drink.objects.values()),
        list(User.objects.values()),
        demo.logins_file().read_text(),
    )

    assert demo.load() is False

    after = (
        list(Event.objects.values()),
        list(Drink.objects.values()),
        list(User.objects.values()),
        demo.logins_file().read_text(),
    )
    assert after == before
    assert Station.objects.count() == 1
    assert not Option.objects.filter(name="Oat").exists()


def test_a_changed_password_is_not_printed_any_more() -> None:
    demo.load()
    maya = User.objects.get(username="maya")
    maya.set_password("something of her own")
    maya.save()

    assert "maya" not in [login.username for login in demo.logins()]


def test_a_password_that_was_only_hashed_anew_is_still_printed() -> None:
    demo.load()
    password = next(login.password for login in demo.logins() if login.username == "maya")
    maya = User.objects.get(username="maya")
    maya.set_password(password)
    maya.save()

    assert password in [login.password for login in demo.logins()]


def test_it_finds_room_beside_events_that_are_there() -> None:
    other = Event.objects.create(name="Other", slug="other", sms_number=demo.SMS_NUMBER)
    Station.objects.create(event=other, name="Bar 1", slug="bar-1")

    demo.load()

    event = Event.objects.get(slug="demo")
    assert event.sms_number is None
    assert [station.slug for station in event.stations.all()] == ["demo-bar-1", "bar-2"]


def test_with_a_twilio_account_the_demo_answers_on_the_real_number(settings: Settings) -> None:
    settings.TWILIO_NUMBER = "+15005550006"

    demo.load()

    assert Event.objects.get(slug="demo").sms_number == "+15005550006"


def test_the_command_prints_logins_for_people_and_for_programs() -> None:
    people, programs = io.StringIO(), io.StringIO()

    call_command("demo", stdout=people)
    call_command("demo", "--json", stdout=programs)

    read = json.loads(programs.getvalue())
    assert read["event"] == "demo"
    assert [(one["username"], one["role"]) for one in read["logins"]] == [(name, role) for name, _, role in demo.STAFF]
    assert all(one["password"] in people.getvalue() for one in read["logins"])
