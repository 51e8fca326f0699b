"""Tests of the planner's page: typed, pasted and uploaded programmes, and the baristas and supplies that follow."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Role
from expresso.planner.day import PlannedDay, planned_day
from expresso.planner.keeping import shares_at
from expresso.planner.mix import usual_mix
from expresso.planner.models import EventPlan
from expresso.planner.programme import read_file
from inventory.models import Drink, Ingredient, Option, Use
from inventory.snapshot import menu_of
from orders.models import Order
from orders.tests import factory
from stations.models import Event, Station

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2030, 6, 3)
ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//x//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;TZID=Europe/Berlin:20300603T103000\r
DTEND;TZID=Europe/Berlin:20300603T110000\r
SUMMARY:Coffee break\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART:20300603T070000Z\r
DURATION:PT1H\r
SUMMARY:Keynote\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
DTSTART;VALUE=DATE:20300603\r
SUMMARY:Lunch at the lake\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture
def bar() -> Station:
    bar = factory.cafe(time_zone="Europe/Berlin", first_day=MONDAY, last_day=MONDAY)
    factory.station(bar.event, "Bar 2")
    return bar


def form(bar: Station, *rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the data that the planner's form posts.

    The data has usual values and these rows of breaks. `fields` replace usual values."""
    given: dict[str, Any] = {
        "attendees": 200,
        "wait": 6,
        "morning_share": 85,
        "afternoon_share": 45,
        "between_share": 2,
    }
    mix = usual_mix(menu_of(bar.event).menu)
    drinks = Drink.objects.filter(event=bar.event)
    given |= {f"drink-{drink.pk}": mix.drinks[drink.name] for drink in drinks}
    options = Option.objects.filter(group__event=bar.event, group__role="milk").select_related("group")
    given |= {f"option-{each.pk}": mix.options[each.group.name, each.name] for each in options}
    given |= {"break-TOTAL_FORMS": len(rows), "break-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        given |= {f"break-{number}-{name}": value for name, value in row.items()}
    return given | fields


def page(bar: Station) -> str:
    return reverse("plan", args=[bar.event.slug])


def breaks(bar: Station) -> list[tuple[str, str, str, int | None]]:
    rows = EventPlan.objects.get(event=bar.event).breaks.all()
    return [(each.name, f"{each.starts_at:%d %H:%M}", f"{each.ends_at:%d %H:%M}", each.share) for each in rows]


def test_typed_rows_are_kept_in_the_events_time_and_the_page_says_what_follows(bar: Station, boss: Client) -> None:
    tea = {"day": "2030-06-03", "starts": "10:30", "ends": "11:00", "name": "Morning tea", "share": ""}
    empty = {"day": "2030-06-03", "starts": "", "ends": "", "name": "", "share": ""}

    assert boss.post(page(bar), form(bar, tea, empty)).status_code == 302

    assert breaks(bar) == [("Morning tea", "03 08:30", "03 09:00", None)]
    answer = boss.get(page(bar))
    planned: PlannedDay = answer.context["planned"]
    assert planned.cups == round(200 * 0.85 + 200 * 0.02 * 1.5)
    assert (planned.busiest.label, planned.busiest.needed > 5) == ("10:30", True)
    assert (planned.busiest.as_planned.p95 or 99) <= 6
    assert (planned.busiest.as_set.p95 or 0) > 30
    assert f"{planned.busiest.needed} baristas at 10:30" in answer.content.decode()
    assert AuditEntry.objects.filter(subject="plan", event=bar.event_id).exists()


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("10:30-11:00 Morning tea", [("Morning tea", "03 08:30", "03 09:00", None)]),
        (
            "date,start,end,name,share\n2030-06-04,15:00,15:30,\"Cake, tea\",40%\n16:00-17:00 Bar",
            [("Cake tea", "04 13:00", "04 13:30", 40), ("Bar", "04 14:00", "04 15:00", None)],
        ),
        ("3.6.2030;9.30 – 10.15;Kaffee", [("Kaffee", "03 07:30", "03 08:15", None)]),
        ("2030-06-03T10:30:00\t2030-06-03T11:00:00\tTea", [("Tea", "03 08:30", "03 09:00", None)]),
        ("3:00 pm Afternoon tea", [("Afternoon tea", "03 13:00", "03 13:30", None)]),
    ],
)  # fmt: skip
def test_pasted_lines_are_read_as_people_write_them(bar: Station, boss: Client, lines: str, found: Any) -> None:
    boss.post(page(bar), form(bar, lines=lines))

    assert breaks(bar) == found


def test_of_an_uploaded_calendar_the_breaks_are_taken_once(bar: Station, boss: Client) -> None:
    for _ in range(2):
        row = [
            {"day": "2030-06-03", "starts": "10:30", "ends": "11:00", "name": each[0], "share": ""}
            for each in (breaks(bar) if EventPlan.objects.exists() else ())
        ]
        boss.post(page(bar), form(bar, *row, file=SimpleUploadedFile("programme.ics", ICS)))

    assert breaks(bar) == [("Coffee break", "03 08:30", "03 09:00", None)]


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_break_of_a_calendar_is_known_in_every_language(language: str) -> None:
    lunch = {"en": "Lunch", "de": "Mittagessen", "es": "Almuerzo", "fr": "Déjeuner"}[language]

    found = read_file(ICS.replace(b"Keynote", lunch.encode()), zone=ZoneInfo("UTC"), day=MONDAY)

    assert lunch in {each.name for each in found}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"lines": "25:00 Tea"}, "Line 1: there is no time 25:00."),
        ({"lines": "10:00 Tea\n2030-13-01 10:00 Tea"}, "Line 2: there is no day 2030-13-01."),
        ({"lines": "11:00-10:00 Tea"}, "Line 1: the break ends before it begins."),
        ({"lines": "Tea"}, "No times were found."),
        ({"lines": "\n".join(f"{n % 24}:00 Tea {n}" for n in range(70))}, "Keep only the breaks, at most 60."),
        ({"file": SimpleUploadedFile("x.ics", b"BEGIN:VCALENDAR\r\nDTSTART:x")}, "This calendar cannot be read."),
        ({"attendees": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_kept(
    bar: Station, boss: Client, fields: dict[str, Any], sentence: str
) -> None:
    answer = boss.post(page(bar), form(bar, **fields))

    assert (answer.status_code, EventPlan.objects.exists()) == (400, False)
    assert sentence in answer.content.decode()


def test_a_row_that_ends_before_it_begins_is_refused(bar: Station, boss: Client) -> None:
    row = {"day": "2030-06-03", "starts": "10:30", "ends": "10:30", "name": "", "share": ""}

    assert "The break ends before it begins." in boss.post(page(bar), form(bar, row)).content.decode()


@pytest.mark.parametrize("lines", ["", "2026-03-29 02:50-03:10 Tea"])
def test_a_break_while_clocks_are_put_forward_is_refused_in_words(bar: Station, boss: Client, lines: str) -> None:
    Event.objects.update(time_zone="Europe/Berlin")
    row = {"day": "2026-03-29", "starts": "02:50", "ends": "03:10", "name": "Tea", "share": ""}

    answer = boss.post(page(bar), form(bar, *([] if lines else [row]), lines=lines))

    assert (answer.status_code, EventPlan.objects.exists()) == (400, False)
    assert "clocks are put forward then" in answer.content.decode()


def plan(bar: Station, *, attendees: int = 100, hour: int = 8, **fields: Any) -> EventPlan:
    made = EventPlan.objects.create(event=bar.event, attendees=attendees, **fields)
    starts = dt.datetime(2030, 6, 3, hour, tzinfo=dt.UTC)
    made.breaks.create(name="Tea", starts_at=starts, ends_at=starts + dt.timedelta(minutes=30))
    return made


def test_what_to_buy_is_what_the_cups_take(bar: Station) -> None:
    stock = factory.stock(bar, option="Oat", on_hand=3, per_cup=2)
    beans = Ingredient.objects.create(event=bar.event, name="Beans", unit="g")
    Use.objects.create(ingredient=beans, drink=Drink.objects.get(event=bar.event, name="Latte"), amount=20)
    latte, mocha = (Drink.objects.get(event=bar.event, name=name) for name in ("Latte", "Mocha"))
    oat, soy = (Option.objects.get(group__event=bar.event, name=name) for name in ("Oat", "Soy"))
    bar.event.refresh_from_db()
    made = plan(
        bar,
        between_share=0,
        morning_share=100,
        drinks={str(latte.pk): 3, str(mocha.pk): 1},
        options={str(oat.pk): 25, str(soy.pk): 75},
    )

    planned = planned_day(made, MONDAY)

    # A hundred drinks are planned. 75 of them are lattes with 20 g of beans each: 1500 g. 25 have oat milk, of which a
    # cup uses two units: 50. Soy milk is no ingredient of this event. A reserve of ten per cent is bought, too, so 50
    # units and 3 on hand give 50 + 5 - 3 = 52 to buy.
    assert planned is not None
    found = {each.name: (each.needed, each.on_hand, each.to_buy) for each in planned.supplies}
    assert found == {"Beans": (1500, 0, 1650), stock.ingredient.name: (50, 3, 52)}


def test_a_drink_takes_the_menus_minutes_at_the_pace_that_was_learnt(bar: Station) -> None:
    made = plan(bar, drinks={str(Drink.objects.get(event=bar.event, name="Latte").pk): 1})
    assert planned_day(made, MONDAY).making == 2.0  # type: ignore[union-attr]

    Station.objects.filter(pk=bar.pk).update(pace=1.2, orders_learnt=30)
    assert planned_day(made, MONDAY).making == pytest.approx(2.4)  # type: ignore[union-attr]

    made.minutes_per_drink = Decimal("1.5")
    assert planned_day(made, MONDAY).making == 1.5  # type: ignore[union-attr]


def test_figures_of_another_event_are_taken_over(bar: Station, boss: Client) -> None:
    before = factory.cafe(max_open_orders=0)
    factory.user("boss2", Role.ORGANIZER, before.event)
    earlier = EventPlan.objects.create(event=before.event, attendees=10, between_share=0)
    starts = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
    earlier.breaks.create(starts_at=starts, ends_at=starts + dt.timedelta(minutes=30))
    order = factory.order(before, factory.item("Latte", "Oat", quantity=3), factory.item("Tea"))
    Order.objects.filter(pk=order.pk).update(placed_at=starts + dt.timedelta(minutes=5))
    act = reverse("plan-act", args=[bar.event.slug, "take-over"])
    made = plan(bar)

    # An organizer cannot copy figures of an event at which they have no role.
    assert boss.post(act, {"source": before.event.slug}).status_code == 404
    boss.logout()
    boss.force_login(factory.user("root", factory.ADMIN), "django.contrib.auth.backends.ModelBackend")
    assert boss.post(act, {"source": before.event.slug}).status_code == 302

    made.refresh_from_db()
    names = menu_of(bar.event).menu.names
    assert {names.drinks[int(pk)]: n for pk, n in made.drinks.items()} == {"Latte": 3, "Tea": 1}
    assert {names.options[int(pk)]: n for pk, n in made.options.items()} == {("Milk", "Oat"): 3}
    # Ten attendees ordered four drinks in the morning, so the share of mornings is 40 %. The share of afternoons
    # keeps its default.
    assert (made.taken_from, made.morning_share, made.afternoon_share) == (before.event, 40, 45)
    assert shares_at(bar.event) is None


def test_one_tap_shares_the_planned_baristas_among_the_open_stations(bar: Station, boss: Client) -> None:
    plan(bar)
    act = reverse("plan-act", args=[bar.event.slug, "set-baristas"])

    boss.post(act, {"baristas": "7"})
    assert list(bar.event.stations.values_list("baristas", flat=True)) == [4, 3]

    for odd in ("", "0", "x", "99999"):
        boss.post(act, {"baristas": odd})
    assert list(bar.event.stations.values_list("baristas", flat=True)) == [4, 3]


def test_an_event_without_a_menu_is_told_to_make_one(bar: Station, boss: Client) -> None:
    plan(bar)
    for drink in Drink.objects.filter(event=bar.event):
        drink.delete()

    assert "Add drinks first." in boss.get(page(bar)).content.decode()
