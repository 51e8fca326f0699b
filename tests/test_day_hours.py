"""Opening hours of single days: the form that sets them, and how pages, texts, the API, plans and workers apply
them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Role
from expresso.api import tokens
from expresso.planner.day import curve_of
from expresso.planner.models import EventPlan
from expresso.setup import copying
from expresso.setup.readiness import Check, checks_of
from orders import lifecycle
from orders.models import Channel, Order
from orders.refusals import ClosedThen
from orders.statuses import Status
from orders.tests import factory
from orders.upkeep.left_over import close_at_opening
from sms.tests.texting import text as text_of
from stations.models import Event, Shift, Station

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, WEDNESDAY = (dt.date(2026, 6, day) for day in (1, 2, 3))
OWN: dict[str, Any] = {"2026-06-02": ["10:00", "14:00"], "2026-06-03": None}


@pytest.fixture
def bar() -> Station:
    """Return a station in Berlin whose event lasts from Monday to Thursday. The hours are 9 to 17; on Tuesday 10 to 14;
    on Wednesday it is closed."""
    hours = {"opens_at": dt.time(9), "closes_at": dt.time(17), "day_hours": OWN}
    days = {"first_day": MONDAY, "last_day": MONDAY + dt.timedelta(days=3)}
    return factory.cafe(name="Fair", time_zone="Europe/Berlin", languages=["en", "de", "es", "fr"], **days, **hours)


@pytest.fixture
def client(bar: Station) -> Client:
    client = Client()
    client.force_login(factory.user("olga", Role.ORGANIZER, bar.event), "django.contrib.auth.backends.ModelBackend")
    return client


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    now = dt.datetime.fromisoformat(f"2026-06-{moment}+02:00")
    monkeypatch.setattr(timezone, "now", lambda: now)


def basics(**fields: Any) -> dict[str, Any]:
    """Return the form fields of the set-up page, with three days in its table of hours."""
    rows = {f"day_hours-2026-06-0{day}-{end}": "" for day in (1, 2, 3) for end in ("opens", "closes")}
    return {
        "name": "Fair", "time_zone": "Europe/Berlin", "first_day": "2026-06-01", "last_day": "2026-06-03",
        "opens_at": "09:00", "closes_at": "17:00", "languages": ["en"], "stay": "1",
    } | rows | fields  # fmt: skip


def test_the_set_up_gives_a_day_its_own_hours_and_closes_another(bar: Station, client: Client) -> None:
    page = reverse("setup-step", args=[bar.event.slug, "basics"])
    typed = {
        "day_hours-2026-06-01-opens": "18:00",
        "day_hours-2026-06-01-closes": "01:00",
        "day_hours-2026-06-02-closed": "on",
    }

    assert client.post(page, basics(**typed)).status_code == 302

    assert Event.objects.get().day_hours == {"2026-06-01": ["18:00", "01:00"], "2026-06-02": None}
    changes = AuditEntry.objects.latest("pk").details["changes"]
    assert changes["day_hours"] == [OWN, {"2026-06-01": ["18:00", "01:00"], "2026-06-02": None}]
    shown = client.get(page).content.decode()
    assert "2 days with other hours" in shown
    assert 'value="18:00"' in shown


def test_half_a_pair_of_times_is_refused_and_what_was_typed_stays(bar: Station, client: Client) -> None:
    page = reverse("setup-step", args=[bar.event.slug, "basics"])

    answer = client.post(page, basics(**{"day_hours-2026-06-01-opens": "18:00"}))

    assert answer.status_code == 400
    assert "2026-06-01: give an opening and a closing time" in answer.content.decode()
    assert 'value="18:00"' in answer.content.decode()
    assert Event.objects.get().day_hours == OWN


def test_a_form_without_the_table_leaves_the_hours_of_days_alone(bar: Station, client: Client) -> None:
    posted = {name: value for name, value in basics().items() if not name.startswith("day_hours")}

    client.post(reverse("setup-step", args=[bar.event.slug, "basics"]), posted | {"last_day": "2026-06-02"})

    assert Event.objects.get().day_hours == {"2026-06-02": ["10:00", "14:00"]}


def test_a_copy_has_the_hours_of_the_same_days_later(bar: Station) -> None:
    copy = Event(name="Next year", time_zone="Europe/Berlin", first_day=dt.date(2027, 5, 31), last_day=TUESDAY)
    copy.last_day = copy.first_day + dt.timedelta(days=1) if copy.first_day else None
    copy = copying.create(copy, by=factory.user("boss", factory.ADMIN))

    copying.copy_into(copy, bar.event, by=factory.user("ben", factory.ADMIN))

    assert Event.objects.get(pk=copy.pk).day_hours == {"2027-06-01": ["10:00", "14:00"]}


def call(user: Any, method: str, path: str, content: Any = None) -> Any:
    return Client().generic(
        method, f"/api/v1/{path}", json.dumps(content), "application/json",
        headers={"Authorization": f"Bearer {tokens.sign_in(user).access}"},
    )  # fmt: skip


def test_the_api_reads_and_replaces_hours(bar: Station) -> None:
    olga, path = factory.user("olga", Role.ORGANIZER, bar.event), f"events/{bar.event.slug}/"
    read = call(olga, "GET", path).json()["day_hours"]
    assert read == [
        {"day": "2026-06-02", "opens_at": "10:00:00", "closes_at": "14:00:00"},
        {"day": "2026-06-03", "opens_at": None, "closes_at": None},
    ]

    asked = {"opens_at": "08:00", "closes_at": "16:00", "day_hours": [read[1], {**read[0], "day": "2026-07-01"}]}
    answer = call(olga, "PUT", f"{path}hours/", asked)

    assert (answer.status_code, answer.json()["day_hours"]) == (200, [read[1]])
    event = Event.objects.get()
    assert (event.opens_at, event.closes_at, event.day_hours) == (dt.time(8), dt.time(16), {"2026-06-03": None})
    assert AuditEntry.objects.filter(act="changed", event=event.pk).exists()


@pytest.mark.parametrize(
    "given",
    [
        {"closes_at": None},
        {"opens_at": "13:18:50.231"},
        {"opens_at": "08:00Z"},
        {"day_hours": [{"day": "2026-06-02", "opens_at": "10:00", "closes_at": None}]},
        {"day_hours": [{"day": "2026-06-02", "opens_at": None, "closes_at": None}] * 2},
        {"day_hours": [{"day": "0001-01-01", "opens_at": None, "closes_at": None}]},
    ],
)
def test_the_api_refuses_hours_that_cannot_be(bar: Station, given: dict[str, Any]) -> None:
    olga = factory.user("olga", Role.ORGANIZER, bar.event)
    asked = {"opens_at": "08:00", "closes_at": "16:00", "day_hours": []} | given

    answer = call(olga, "PUT", f"events/{bar.event.slug}/hours/", asked)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert Event.objects.get().day_hours == OWN


def test_a_barista_sets_no_hours(bar: Station) -> None:
    maya = factory.user("maya", Role.BARISTA, bar.event)
    asked = {"opens_at": "08:00", "closes_at": "16:00", "day_hours": []}

    assert call(maya, "PUT", f"events/{bar.event.slug}/hours/", asked).status_code == 403


@pytest.mark.parametrize(
    ("now", "text", "reply"),
    [
        ("02T09:30", "latte", "We're closed right now. Order again from 10:00, please."),
        ("02T15:00", "latte", "We're closed right now. Order again from 09:00 on 04.06., please."),
        ("02T15:00", "Hallo, einen Latte bitte", "Wir haben gerade zu. Ab 09:00 am 04.06. geht Bestellen wieder."),
        ("02T15:00", "Hola, un latte por favor", "Ahora hemos cerrado. Puedes pedir otra vez desde: 09:00 (04.06.)."),
        ("02T15:00", "Bonjour, un latte s'il vous plaît", "Dès 09:00 le 04.06. vous pourrez commander."),
        ("02T11:00", "when do you close?", "14:00"),
    ],
)
def test_texts_are_answered_by_the_hours_of_the_day(
    bar: Station, monkeypatch: pytest.MonkeyPatch, now: str, text: str, reply: str
) -> None:
    at(monkeypatch, now)

    assert reply in text_of(bar.event, text)


def test_an_order_for_later_is_taken_within_the_hours_of_its_day(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "01T16:00")
    wanted = dt.datetime.fromisoformat("2026-06-02T09:30+02:00")

    with pytest.raises(ClosedThen) as refused:
        lifecycle.place(bar.event, items=[factory.item()], channel=Channel.WEB, name="Sam", wanted_at=wanted)

    assert refused.value.opens == dt.datetime.fromisoformat("2026-06-02T10:00+02:00")


def test_the_order_page_says_when_the_next_open_day_begins(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "03T12:00")

    shown = Client().get(reverse("order", args=[bar.event.slug])).content.decode()

    assert "09:00" in shown
    assert "17:00" not in shown


def test_what_is_left_is_closed_when_the_next_open_day_begins(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "02T13:00")
    order = factory.order(bar)
    at(monkeypatch, "03T10:00")
    close_at_opening()
    assert Order.objects.get(pk=order.pk).status == Status.WAITING

    at(monkeypatch, "04T09:00")
    close_at_opening()

    assert Order.objects.get(pk=order.pk).status == Status.CANCELLED


def planned(bar: Station, *breaks: str) -> EventPlan:
    plan = EventPlan.objects.create(event=bar.event, attendees=100, between_share=0)
    for each in breaks:
        starts = dt.datetime.fromisoformat(f"2026-06-{each}+02:00")
        plan.breaks.create(starts_at=starts, ends_at=starts + dt.timedelta(hours=1), share=50)
    return plan


def test_the_planner_counts_drinks_within_the_hours_of_the_day_alone(bar: Station) -> None:
    plan = planned(bar, "02T09:30", "02T12:00", "02T15:00", "03T12:00")

    curve = curve_of(plan, TUESDAY)

    assert curve is not None
    # The day has three breaks of an hour. The bar is open from 10 to 14, so only half of the first break and the whole
    # second break count.
    assert [(rush.starts, rush.minutes, rush.cups) for rush in curve.demand.rushes] == [(0, 30, 25), (120, 60, 50)]
    assert (curve.begins, curve.demand.minutes) == (dt.datetime.fromisoformat("2026-06-02T10:00+02:00"), 240)
    assert curve_of(plan, WEDNESDAY) is None


def test_the_plan_says_which_break_nobody_can_order_in(bar: Station, client: Client) -> None:
    planned(bar, "02T12:00", "02T15:00", "03T12:00")
    page = reverse("plan", args=[bar.event.slug])

    assert client.get(page, {"day": "2026-06-02"}).content.decode().count("Outside the day’s hours") == 1
    assert "Nobody can order in the breaks of Wed 3 Jun" in client.get(page, {"day": "2026-06-03"}).content.decode()


def check(event: Event, title: str) -> Check:
    return next(check for check in checks_of(Event.objects.get(pk=event.pk)) if check.title == title)


def test_is_everything_ready_asks_for_a_shift_in_the_hours_of_each_day(
    bar: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "01T08:00")
    maya = factory.user("maya", at=bar.event)
    for day, begins, ends in ((1, 9, 17), (2, 10, 13), (4, 9, 17)):
        starts_at, ends_at = (dt.datetime(2026, 6, day, hour - 2, tzinfo=dt.UTC) for hour in (begins, ends))
        Shift.objects.create(station=bar, user=maya, starts_at=starts_at, ends_at=ends_at)

    assert check(bar.event, "Shifts").found == "Nobody is down for 1 of the hours, first on 2 Jun at 13:00."
    assert "09:00 to 17:00; 2 Jun 10:00 to 14:00; 3 Jun closed" in check(bar.event, "Days").found
