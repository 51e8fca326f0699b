"""Tests of how an organizer sets up an event in guided steps."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, Membership, Role, User
from expresso.setup import copying
from expresso.setup.spreadsheet import read_sheet
from expresso.tests.plans import plans_of
from inventory.models import CannotMake, Drink, Option, OptionGroup, Stock
from inventory.snapshot import menu_of
from orders import lifecycle
from orders.models import Order
from orders.statuses import Status
from orders.tests import factory
from stations.models import Event, Station
from tests.forms import fields_of, send, submit

pytestmark = pytest.mark.django_db
BASICS = {
    "name": "Café Fair",
    "time_zone": "Europe/Berlin",
    "first_day": "2026-12-01",
    "last_day": "2026-12-02",
    "opens_at": "08:00",
    "closes_at": "18:00",
    "languages": ["en", "de"],
}


def make(client: Client, **fields: Any) -> Event:
    client.post("/setup/new/", BASICS | {"start_from": "template"} | fields)
    return Event.objects.get(name="Café Fair")


def test_a_new_event_has_its_days_the_template_menu_and_its_maker_as_organizer(client: Client, olga: User) -> None:
    event = make(client)

    assert (event.slug, event.time_zone, event.languages) == ("cafe-fair", "Europe/Berlin", ["en", "de"])
    assert Membership.objects.get(event=event).user == olga
    assert "Latte" in menu_of(event).menu.drink_by_name
    assert event.menu_name == ""


def test_two_events_of_one_name_have_different_addresses(client: Client) -> None:
    make(client)
    client.post("/setup/new/", BASICS | {"start_from": "empty"})

    assert sorted(Event.objects.filter(name="Café Fair").values_list("slug", flat=True)) == ["cafe-fair", "cafe-fair-2"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "This field is required."),
        ("time_zone", "Berlin", "Berlin is no time zone"),
        ("last_day", "2026-11-01", "The last day is before the first day."),
        ("closes_at", "", "Give both the opening and the closing time, or neither."),
        ("start_from", "12345", "Select a valid choice."),
    ],
)
def test_a_faulty_field_says_what_to_do_and_makes_nothing(client: Client, field: str, typed: str, said: str) -> None:
    answer = client.post("/setup/new/", BASICS | {"start_from": "template", field: typed})

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not Event.objects.filter(first_day="2026-12-01").exists()


def test_a_copy_has_menu_stations_recipes_stock_and_staff_but_no_orders_and_no_number(
    client: Client, bar: Station
) -> None:
    factory.cannot_make(bar, drink="Mocha")
    factory.stock(bar, option="Oat", on_hand=7)
    factory.order(bar)
    maya = factory.user("maya", at=bar.event)

    event = make(client, start_from=str(bar.event.pk))

    [station] = event.stations.all()
    assert (station.name, station.slug != bar.slug) == ("Bar 1", True)
    assert {drink.name for drink in menu_of(event).menu.drinks} == {"Latte", "Mocha", "Tea"}
    assert [gap.drink.event for gap in CannotMake.objects.filter(station=station) if gap.drink] == [event]
    assert Stock.objects.get(station=station).on_hand == 7
    assert menu_of(event).option_uses[("Milk", "Oat")]
    assert (event.orders.count(), event.sms_number) == (0, None)
    assert event.memberships.get(user=maya).role == Role.BARISTA


def test_an_event_of_somebody_else_cannot_be_copied(client: Client) -> None:
    foreign = factory.cafe(name="Foreign").event

    answer = client.post("/setup/new/", BASICS | {"start_from": str(foreign.pk)})
    page = client.get(f"/setup/new/?from={foreign.slug}").content.decode()

    assert answer.status_code == 400
    assert "Foreign" not in page
    own = make(client)
    answer = client.post(f"/events/{own.slug}/setup/menu/", {"copy": "1", "source": foreign.slug})
    assert answer.status_code == 404


def test_stations_are_added_renamed_told_what_they_can_make_and_duplicated(client: Client, bar: Station) -> None:
    path = f"/events/{bar.event.slug}/setup/stations/"
    latte, mocha, tea = (Drink.objects.get(event=bar.event, name=name).pk for name in ("Latte", "Mocha", "Tea"))
    row = {f"{bar.slug}-name": "Left bar", f"{bar.slug}-baristas": "2", f"{bar.slug}-drinks": [latte, tea]}

    Station.objects.filter(pk=bar.pk).update(pace=2.0, spread_late=3.0, orders_learnt=99)
    client.post(path, row | {"names": "Bar 2\nBar 3\nBar 2", "duplicate": bar.slug, "stay": "1"})

    # A copied station does not copy the learned pace, because other people will work there.
    copy = Station.objects.get(name="Left bar (2)")
    assert (copy.pace, copy.spread_late, copy.orders_learnt) == (1.0, 0.9, 0)
    assert sorted(bar.event.stations.values_list("name", "baristas")) == [
        ("Bar 2", 1), ("Bar 3", 1), ("Left bar", 2), ("Left bar (2)", 2),
    ]  # fmt: skip
    assert sorted(CannotMake.objects.values_list("station__name", "drink")) == [
        ("Left bar", mocha), ("Left bar (2)", mocha),
    ]  # fmt: skip
    client.post(path, row | {f"{bar.slug}-drinks": [latte, mocha, tea]} | _rest(bar.event, bar))
    assert not CannotMake.objects.filter(station=bar).exists()


def _rest(event: Event, but: Station) -> dict[str, Any]:
    drinks = list(Drink.objects.filter(event=event).values_list("pk", flat=True))
    return {
        key: value
        for station in event.stations.exclude(pk=but.pk)
        for key, value in (
            (f"{station.slug}-name", station.name),
            (f"{station.slug}-baristas", "1"),
            (f"{station.slug}-drinks", drinks),
        )
    }


def test_a_pasted_list_makes_accounts_whose_passwords_are_shown_once(client: Client, bar: Station) -> None:
    path = f"/events/{bar.event.slug}/setup/staff/"
    factory.user("maya", at=factory.event())

    answer = client.post(path, {"people": "Maya\n\nBen Ito, support\nWall; display"})

    cards = answer.context["cards"]
    assert [(card.name, card.role, card.username) for card in cards] == [
        ("Maya", "Barista", "maya2"), ("Ben Ito", "Support", "ben-ito"), ("Wall", "Display", "wall"),
    ]  # fmt: skip
    assert all(User.objects.get(username=card.username).check_password(card.password) for card in cards)
    assert "no-store" in answer.headers["Cache-Control"]
    assert cards[0].password not in client.get(path).content.decode()
    assert cards[0].password not in str([entry.details for entry in AuditEntry.objects.all()])


def test_a_list_with_faults_names_each_line_and_adds_nobody(client: Client, bar: Station) -> None:
    path = f"/events/{bar.event.slug}/setup/staff/"

    page = client.post(path, {"people": f"Maya\nBen, king\n{'x' * 41}"}).content.decode()

    assert "Line 2: “king” is no role." in page
    assert "Line 3: give a name of at most 40 characters." in page
    assert not User.objects.filter(username="maya").exists()


CSV = "Drink;Category;Minutes;Milk;Size\nLatte;Coffee;1,5;Whole*, Oat;Small, Large\nTea;Tea;;;Small, Large\n"


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for line in CSV.splitlines():
        book.active.append(line.replace("1,5", "1.5").split(";"))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(("name", "content"), [("menu.csv", CSV.encode()), ("menu.xlsx", as_xlsx())])
def test_a_spreadsheet_becomes_the_menu(client: Client, name: str, content: bytes) -> None:
    event = make(client, start_from="empty")

    client.post(f"/events/{event.slug}/setup/menu/", {"upload": "1", "file": SimpleUploadedFile(name, content)})

    event.refresh_from_db()
    menu = menu_of(event).menu
    latte = menu.drink_by_name["Latte"]
    assert (latte.category, latte.minutes, latte.groups) == ("Coffee", 1.5, ("Milk", "Size"))
    assert menu.drink_by_name["Tea"].groups == ("Size",)
    assert [option.name for option in menu.group_by_name["Milk"].options] == ["Whole", "Oat"]
    assert menu.default_option(latte, menu.group_by_name["Milk"]) == "Whole"
    assert menu.group_by_name["Milk"].role == "milk"


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_milk_of_a_spreadsheet_is_known_in_every_language(language: str) -> None:
    milk = {"en": "Milk", "de": "Milch", "es": "Leche", "fr": "Lait"}[language]

    menu = read_sheet(f"drink,{milk}\nLatte,Oat\n".encode(), title="Menu")

    assert menu.group_by_name[milk].role == "milk"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("menu.csv", b"", "The submitted file is empty."),
        ("menu.csv", b"\n", "The sheet is empty."),
        ("menu.csv", b"Name,Price\nLatte,3\n", "one of them “Drink”"),
        ("menu.csv", b"Drink\n", "There is no drink"),
        ("menu.csv", b"Drink,Category\n,Coffee\n", "Row 2: the drink has no name."),
        ("menu.csv", b"Drink,Minutes\nLatte,soon\n", "soon"),
        ("menu.xlsx", b"PK nonsense", "This is no XLSX workbook."),
        ("menu.yaml", b"drinks: 5", "line 1"),
        ("menu.csv", b"Drink\n" + b"Latte\n" * 502, "at most 500"),
    ],
)
def test_a_faulty_menu_file_changes_nothing_and_says_why(
    client: Client, bar: Station, name: str, content: bytes, said: str
) -> None:
    answer = client.post(
        f"/events/{bar.event.slug}/setup/menu/", {"upload": "1", "file": SimpleUploadedFile(name, content)}
    )

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert Drink.objects.filter(event=bar.event, retired_at=None).count() == 3


def test_numbers_and_look_are_saved_and_a_taken_number_is_refused(client: Client, bar: Station) -> None:
    path = f"/events/{bar.event.slug}/setup"
    taken = factory.event().sms_number

    refused = client.post(f"{path}/numbers/", {"sms_number": taken}).content.decode()
    client.post(f"{path}/numbers/", {"sms_number": "+15550109999", "whatsapp_number": ""})
    client.post(f"{path}/branding/", {"colour": "#5b2a86", "message": "Hello"})

    bar.event.refresh_from_db()
    assert "already exists" in refused
    assert (bar.event.sms_number, bar.event.whatsapp_number) == ("+15550109999", None)
    assert (bar.event.colour, bar.event.message) == ("#5b2a86", "Hello")


@pytest.mark.parametrize("page", ["/events/{slug}/setup/numbers/", "/admin/stations/event/{pk}/change/"])
def test_a_number_may_be_written_as_people_do_and_is_never_cut_off(client: Client, bar: Station, page: str) -> None:
    path = page.format(slug=bar.event.slug, pk=bar.event.pk)
    Event.objects.filter(pk=bar.event.pk).update(sms_number="+447700900123")

    shown = client.get(path).content.decode()
    client.post(f"/events/{bar.event.slug}/setup/numbers/", {"sms_number": "+1 (555) 010-9999"})

    [field] = re.findall(r'<input[^>]*name="sms_number"[^>]*>', shown)
    assert 'value="+44 7700 900123"' in field
    assert "maxlength" not in field
    bar.event.refresh_from_db()
    assert bar.event.sms_number == "+15550109999"


def test_an_archived_event_takes_no_orders_gives_its_number_free_and_can_be_restored(
    client: Client, bar: Station
) -> None:
    path = f"/events/{bar.event.slug}/setup/do"

    client.post(f"{path}/archive/")

    event = Event.objects.get(pk=bar.event.pk)
    assert (event.is_open(), event.sms_number) == (False, None)
    home = client.get("/").content.decode()
    assert (f"/events/{event.slug}/wall/" in home, f"/events/{event.slug}/setup/" in home) == (False, True)
    client.post(f"{path}/restore/")
    assert Event.objects.get(pk=event.pk).is_open()
    assert client.post(f"{path}/explode/").status_code == 404
    assert client.get(f"{path}/archive/").status_code == 405


def test_the_set_up_page_finds_orders_of_a_rehearsal_by_an_index(client: Client, bar: Station) -> None:
    factory.order(bar, practice=True)

    assert "order_of_rehearsal" in plans_of(lambda: client.get(f"/events/{bar.event.slug}/setup/"))


def test_an_event_with_open_orders_is_not_archived_and_says_which(client: Client, bar: Station) -> None:
    path = f"/events/{bar.event.slug}/setup/do/archive/"
    Event.objects.filter(pk=bar.event.pk).update(rcs_agent="brewed_agent")
    waiting = factory.order(bar)
    later = factory.order(bar, wanted_at=timezone.now() + dt.timedelta(hours=3))
    factory.order(bar, practice=True)

    refused = client.post(path, follow=True)

    assert f"these orders are still open: {waiting.code}, {later.code}" in refused.content.decode()
    assert Event.objects.get(pk=bar.event.pk).archived_at is None

    lifecycle.cancel(Order.objects.get(pk=later.pk), by=None)
    # Make the waiting order two days old. Such an order does not prevent archiving any more.
    Order.objects.filter(pk=waiting.pk).update(placed_at=timezone.now() - dt.timedelta(days=2))
    client.post(path)

    event = Event.objects.get(pk=bar.event.pk)
    assert (event.archived_at is not None, event.sms_number, event.rcs_agent) == (True, None, None)
    assert Order.objects.get(pk=waiting.pk).status == Status.CANCELLED


def test_every_setting_of_an_event_is_copied_or_known_to_be_its_own() -> None:
    own = {
        *("id", "name", "slug", "time_zone", "languages", "sms_number", "whatsapp_number", "rcs_agent"),
        *(
            "first_day",
            "last_day",
            "opens_at",
            "closes_at",
            "day_hours",
            "paused_until",
            "rehearsal_until",
            "archived_at",
        ),
        *("erase_at", "orders_taken", "menu_version", "category_names"),
    }

    assert {field.name for field in Event._meta.concrete_fields} - set(copying.COPIED) - own == set()


def test_every_step_and_the_overview_open_for_an_event_with_nothing(client: Client) -> None:
    event = make(client, start_from="empty", first_day="", last_day="", opens_at="", closes_at="")
    found = {}
    for rest in ("", "basics/", "menu/", "stations/", "staff/", "numbers/", "branding/", "ready/"):
        found[rest] = client.get(f"/events/{event.slug}/setup/{rest}").status_code

    assert set(found.values()) == {200}
    assert client.get(f"/events/{event.slug}/setup/nothing/").status_code == 404
    assert not OptionGroup.objects.filter(event=event).exists()
    assert not Option.objects.filter(group__event=event).exists()


def test_two_stations_exchange_their_names_and_none_takes_anothers(client: Client, bar: Station) -> None:
    second = factory.station(bar.event, "Bar 2")
    address = f"/events/{bar.event.slug}/setup/stations/"
    first, other = f"{bar.slug}-name", f"{second.slug}-name"

    refused = send(client, address, **{first: "Bar 2"})

    assert refused.status_code == 400
    assert "Another station of this event has this name." in refused.content.decode()

    send(client, address, **{first: "Bar 2", other: "Bar 1"})

    bar.refresh_from_db()
    second.refresh_from_db()
    assert (bar.name, second.name) == ("Bar 2", "Bar 1")


def test_a_step_that_stayed_open_undoes_nothing_that_was_changed_meanwhile(client: Client, bar: Station) -> None:
    setup = f"/events/{bar.event.slug}/setup"
    basics, stations = client.get(f"{setup}/basics/"), client.get(f"{setup}/stations/")
    Event.objects.update(name="Renamed", closes_at="23:00", opens_at="08:00", languages=["de", "en"])
    Station.objects.update(baristas=4)
    factory.cannot_make(bar, drink="Mocha")

    submit(client, f"{setup}/basics/", fields_of(basics), last_day="2030-05-01")
    submit(client, f"{setup}/stations/", fields_of(stations), **{f"{bar.slug}-name": "Front bar"})

    event, station = Event.objects.get(pk=bar.event_id), Station.objects.get(pk=bar.pk)
    assert (event.name, str(event.closes_at), event.languages) == ("Renamed", "23:00:00", ["de", "en"])
    assert (str(event.last_day), station.name, station.baristas) == ("2030-05-01", "Front bar", 4)
    assert station.cannot_make.count() == 1

    conflict = submit(client, f"{setup}/basics/", fields_of(basics), name="Mine")

    assert "Somebody changed this meanwhile; it is now: Renamed." in conflict.content.decode()
