"""Tests that a form that was open for a while saves only the fields that the user changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import CheckConstraint, UniqueConstraint
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.backoffice import ViewOnly
from accounts.models import Customer, User
from inventory.models import CannotMake, Drink, Ingredient, Stock, Use
from stations.models import Event, Printer, Shift, Station
from tests.forms import fields_of, submit

pytestmark = pytest.mark.django_db

SOON = timezone.now() + dt.timedelta(hours=1)


@pytest.fixture
def organizer(client: Client) -> User:
    user = User.objects.create(username="olivia", is_superuser=True, is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def bar() -> Station:
    event = Event.objects.create(name="Pycon", slug="pycon")
    return Station.objects.create(event=event, name="Bar 1", slug="bar-1")


def address(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def save(client: Client, page: Any, **changes: Any) -> Any:
    """Submit the form with the values that the page showed when it was opened, except for these changes."""
    return submit(client, page.request["PATH_INFO"], fields_of(page), **changes)


def faults(page: Any) -> dict[str, list[str]]:
    return dict(page.context["adminform"].form.errors)


def test_saving_another_field_keeps_a_pause_and_a_closed_station(client: Client, organizer: User, bar: Station) -> None:
    page = client.get(address(bar.event))
    Event.objects.update(paused_until=SOON, web_orders=False)
    Station.objects.update(is_open=False)

    save(client, page, message="Keynote at ten")

    event, station = Event.objects.get(), Station.objects.get()
    assert (event.message, event.paused_until, event.web_orders) == ("Keynote at ten", SOON, False)
    assert not station.is_open


def test_a_change_on_a_value_that_changed_meanwhile_is_asked_about_once(
    client: Client, organizer: User, bar: Station
) -> None:
    page = client.get(address(bar.event))
    Event.objects.update(message="Lunch at one")

    refused = save(client, page, message="Keynote at ten")

    assert faults(refused) == {
        "message": ["Somebody changed this meanwhile; it is now: Lunch at one. Save once more to overwrite it."]
    }
    assert Event.objects.get().message == "Lunch at one"
    save(client, refused)
    assert Event.objects.get().message == "Keynote at ten"


def test_the_same_change_by_two_people_is_no_conflict(client: Client, organizer: User, bar: Station) -> None:
    page = client.get(address(bar.event))
    Event.objects.update(message="Lunch at one")

    save(client, page, message="Lunch at one", name="PyCon")

    assert Event.objects.get().name == "PyCon"


@pytest.mark.parametrize("kind", ["station", "stock", "customer", "user"])
def test_every_live_row_keeps_what_changed_meanwhile(client: Client, organizer: User, bar: Station, kind: str) -> None:
    milk = Ingredient.objects.create(event=bar.event, name="Oat milk", unit="ml")
    cases: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
        "station": (bar, {"paused_until": SOON, "is_open": False}, {"name": "Bar A"}),
        "stock": (Stock(station=bar, ingredient=milk, on_hand=10), {"on_hand": 5}, {"low_at": 1}),
        "customer": (Customer(name="Ana", phone="+15550200001"), {"name": "Anna"}, {"vip": "on"}),
        "user": (User(username="maya"), {"is_active": False}, {"first_name": "Maya"}),
    }
    row, meanwhile, mine = cases[kind]
    row.save()
    page = client.get(address(row))
    type(row)._default_manager.filter(pk=row.pk).update(**meanwhile)

    answer = save(client, page, **mine)

    assert answer.status_code == 302
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in meanwhile} == meanwhile
    name, value = next(iter(mine.items()))
    now = getattr(row, f"{name}_id", getattr(row, name))
    assert now in (value, True) if value == "on" else now == value


def test_a_station_is_never_moved_to_another_event(client: Client, organizer: User, bar: Station) -> None:
    other = Event.objects.create(name="Other", slug="other")

    save(client, client.get(address(bar)), event=other.pk, name="Bar A")

    bar.refresh_from_db()
    assert (bar.event.name, bar.name) == ("Pycon", "Bar A")


def test_a_recipe_and_what_cannot_be_made_stay_with_their_drink_and_station(
    client: Client, organizer: User, bar: Station
) -> None:
    latte = Drink.objects.create(event=bar.event, name="Latte", category="Coffee")
    tea = Drink.objects.create(event=bar.event, name="Tea", category="Tea")
    milk, leaves = (Ingredient.objects.create(event=bar.event, name=name, unit="g") for name in ("Milk", "Leaves"))
    use = Use.objects.create(ingredient=milk, drink=latte, amount=200)
    gap = CannotMake.objects.create(station=bar, drink=latte)
    other = Station.objects.create(event=bar.event, name="Bar 2", slug="bar-2")

    save(client, client.get(address(use)), ingredient=leaves.pk, drink=tea.pk, amount="150")
    save(client, client.get(address(gap)), station=other.pk, drink=tea.pk)

    use.refresh_from_db()
    gap.refresh_from_db()
    assert (use.ingredient, use.drink, int(use.amount)) == (milk, latte, 150)
    assert (gap.station, gap.drink) == (bar, latte)


def test_a_printer_and_a_shift_move_within_their_event_only(client: Client, organizer: User, bar: Station) -> None:
    beside = Station.objects.create(event=bar.event, name="Bar 2", slug="bar-2")
    elsewhere = Station.objects.create(event=Event.objects.create(name="Other", slug="other"), name="Far", slug="far")
    printer = Printer.objects.create(station=bar, name="Star")
    shift = Shift.objects.create(station=bar, user=organizer, starts_at=timezone.now())

    for row in (printer, shift):
        refused = save(client, client.get(address(row)), station=elsewhere.pk)
        assert list(faults(refused)) == ["station"]
        assert save(client, client.get(address(row)), station=beside.pk).status_code == 302

    printer.refresh_from_db()
    shift.refresh_from_db()
    assert (printer.station, shift.station) == (beside, beside)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"max_drinks_per_order": 0}, "max_drinks_per_order", "from 1 to 100"),
        ({"warn_after_minutes": 8, "late_after_minutes": 5}, "late_after_minutes", "Red comes after amber"),
        ({"remind_after_minutes": 9, "put_aside_after_minutes": 5}, "put_aside_after_minutes", "after its reminder"),
        ({"window_minutes": -2}, "window_minutes", "from 1 to 1440"),
        ({"warn_after_minutes": 70000}, "warn_after_minutes", "from 1 to 120"),
        ({"pay_within_minutes": "NaN"}, "pay_within_minutes", "from 1 to 1440"),
        ({"paused_until": "9999-12-31T23:59:59"}, "paused_until", "a year from 2000 to 2199"),
        ({"last_day": "0026-05-01"}, "last_day", "a year from 2000 to 2199"),
        ({"erase_at": "0206-05-01T09:00:00"}, "erase_at", "a year from 2000 to 2199"),
        ({"window_minutes": 0}, "window_minutes", "from 1 to 1440"),
    ],
)
def test_settings_of_an_event_that_make_no_sense_are_refused(
    client: Client, organizer: User, bar: Station, changes: dict[str, int], field: str, said: str
) -> None:
    refused = save(client, client.get(address(bar.event)), **changes)

    assert list(faults(refused)) == [field]
    assert said in faults(refused)[field][0]


def test_never_to_remind_and_never_to_put_aside_are_taken(client: Client, organizer: User, bar: Station) -> None:
    save(client, client.get(address(bar.event)), remind_after_minutes=9, put_aside_after_minutes=0)

    assert Event.objects.get().put_aside_after_minutes == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"extra_minutes": 40000},
        {"baristas": 0},
        {"baristas": 5000},
        {"position": 2**40},
        {"paused_until": "9999-12-31T23:59:59"},
    ],
)
def test_settings_of_a_station_that_make_no_sense_are_refused(
    client: Client, organizer: User, bar: Station, changes: dict[str, int]
) -> None:
    refused = save(client, client.get(address(bar)), **changes)

    assert list(faults(refused)) == list(changes)


def test_a_barista_too_few_is_told_the_least(client: Client, organizer: User, bar: Station) -> None:
    refused = save(client, client.get(address(bar)), baristas=-2)

    assert faults(refused)["baristas"] == ["Write a whole number from 1 to 50."]


def test_no_rule_of_an_admin_form_shows_the_name_of_a_constraint() -> None:
    editable = {model for model, page in admin.site._registry.items() if not isinstance(page, ViewOnly)}
    rules = [
        rule
        for model in apps.get_models()
        if model in editable and model._meta.app_label in {"accounts", "inventory", "sms", "stations"}
        for rule in model._meta.constraints
    ]

    unworded = [
        rule.name
        for rule in rules
        if isinstance(rule, CheckConstraint) or (isinstance(rule, UniqueConstraint) and rule.condition is not None)
        if rule.violation_error_message == rule.default_violation_error_message
    ]
    assert unworded == []
