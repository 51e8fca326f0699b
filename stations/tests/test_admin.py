from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import AuditEntry, Membership, Role, User
from stations import features
from stations.models import Event, Printer, Shift, Station
from tests.forms import act, fields_of, send, submit

pytestmark = pytest.mark.django_db

EVENTS = "admin:stations_event_changelist"
STATIONS = "admin:stations_station_changelist"
FIRST_STATION = {"stations-TOTAL_FORMS": "1", "stations-0-name": "Bar 1", "stations-0-slug": "ep-bar-1"}


@pytest.fixture
def organizer(client: Client, bar: Station) -> User:
    user = User.objects.create(username="olivia")
    Membership.objects.create(user=user, event=bar.event, role=Role.ORGANIZER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def bar() -> Station:
    event = Event.objects.create(name="Pycon", slug="pycon")
    return Station.objects.create(event=event, name="Bar 1", slug="bar-1")


def acts() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", "subject"))


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_an_event_is_set_up_with_its_stations_on_one_page(client: Client, organizer: User) -> None:
    first = FIRST_STATION | {"stations-0-position": "0", "stations-0-is_open": "on", "stations-0-baristas": "2"}

    send(
        client,
        reverse("admin:stations_event_add"),
        name="EuroPython",
        slug="europython",
        time_zone="Europe/Berlin",
        sms_number="+1 (555) 555-0123",
        countries="de, at",
        **first,
    )

    event = Event.objects.get(slug="europython")
    assert event.countries == ["DE", "AT"]
    assert (event.slug, event.time_zone, event.sms_number, event.whatsapp_number) == (
        "europython",
        "Europe/Berlin",
        "+15555550123",
        None,
    )
    assert list(event.stations.values_list("name", "slug", "baristas", "is_open")) == [("Bar 1", "ep-bar-1", 2, True)]
    assert acts() == [("added", "event EuroPython")]
    # The user who creates an event becomes its organizer.
    assert organizer.memberships.get(event=event).role == Role.ORGANIZER


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sms_number", "0555 1234"),
        ("countries", "DE, XX"),
        ("time_zone", "Mars/Base"),
        ("closes_at", "18:00"),
        ("last_day", "2000-01-01"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    client: Client, organizer: User, bar: Station, field: str, value: str
) -> None:
    page = reverse("admin:stations_event_change", args=[bar.event_id])
    Event.objects.update(first_day="2026-01-01")

    answer = send(client, page, **{"name": "Changed", field: value})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert Event.objects.get().name == "Pycon"


def test_saving_an_old_page_keeps_the_counters(client: Client, organizer: User, bar: Station) -> None:
    page = reverse("admin:stations_event_change", args=[bar.event_id])
    shown = fields_of(client.get(page))
    Event.objects.update(orders_taken=41, menu_version=7)

    submit(client, page, shown, name="Pycon 2")

    event = Event.objects.get()
    assert (event.name, event.orders_taken, event.menu_version) == ("Pycon 2", 41, 7)


@pytest.mark.parametrize(("address", "model"), [(EVENTS, Event), (STATIONS, Station)])
def test_pausing_for_15_minutes_and_resuming(
    client: Client, organizer: User, bar: Station, address: str, model: type[Event] | type[Station]
) -> None:
    row: Any = model.objects.get()

    act(client, reverse(address), "pause", [row])

    row.refresh_from_db()
    assert timedelta(minutes=14) < row.paused_until - timezone.now() <= timedelta(minutes=15)

    act(client, reverse(address), "resume", [row])

    row.refresh_from_db()
    assert row.paused_until is None
    kind = model._meta.verbose_name
    assert acts() == [("paused", f"{kind} {row}"), ("resumed", f"{kind} {row}")]


def test_closing_and_opening_a_station(client: Client, organizer: User, bar: Station) -> None:
    closed = act(client, reverse(STATIONS), "close_station", [bar])

    bar.refresh_from_db()
    assert (bar.is_open, messages_of(closed)) == (False, ["Now closed; its open orders can still be made."])

    act(client, reverse(STATIONS), "open_station", [bar])

    bar.refresh_from_db()
    assert bar.is_open
    assert acts() == [("closed", "station Bar 1"), ("opened", "station Bar 1")]


@pytest.mark.parametrize(("elsewhere", "hour"), [("", 8), ("Europe/Berlin", 8), ("Europe/Lisbon", 10)])
def test_hours_are_typed_as_they_are_where_all_events_are_else_in_utc(
    client: Client, organizer: User, bar: Station, elsewhere: str, hour: int
) -> None:
    Event.objects.update(time_zone="Europe/Berlin")
    if elsewhere:
        Event.objects.create(name="Fair", slug="fair", time_zone=elsewhere)
    page = reverse("admin:stations_event_change", args=[bar.event.pk])

    send(client, page, paused_until="2026-05-01T10:00")

    paused_until = Event.objects.get(slug="pycon").paused_until
    assert paused_until == datetime(2026, 5, 1, hour, tzinfo=UTC)
    shown = client.get(page)
    assert fields_of(shown)["paused_until"] == ["2026-05-01T10:00:00"]
    assert f"Times in {'UTC' if hour == 10 else 'Europe/Berlin'}" in shown.content.decode()


def test_a_shift_names_its_station_with_the_event(client: Client, organizer: User, bar: Station) -> None:
    page = client.get(reverse("admin:stations_shift_add"))

    assert "Bar 1 · Pycon" in page.content.decode()


def test_a_shift_is_added_with_its_station(client: Client, organizer: User, bar: Station) -> None:
    send(
        client,
        reverse("admin:stations_station_change", args=[bar.pk]),
        **{
            "shifts-TOTAL_FORMS": "1",
            "shifts-0-user": str(organizer.pk),
            "shifts-0-starts_at": "2026-05-01T08:00",
        },
    )

    shift = Shift.objects.get()
    assert (shift.user, shift.station, shift.ends_at) == (organizer, bar, None)


@pytest.mark.parametrize(
    ("ticked", "first", "kept"),
    [
        (["en", "de"], "de", ["de", "en"]),
        (["de"], "de", ["de"]),
        ([], "en", ["en"]),
        (["de"], "en", ["en"]),
        (["en", "xx"], "en", ["en"]),
    ],
)
def test_languages_are_ticked_and_one_of_them_comes_first(
    client: Client, organizer: User, bar: Station, settings: Settings, ticked: list[str], first: str, kept: list[str]
) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]

    page = reverse("admin:stations_event_change", args=[bar.event.pk])
    send(client, page, languages=ticked, first_language=first)

    assert Event.objects.get().languages == kept


PRINTERS = "admin:stations_printer_changelist"


def test_a_printer_is_set_up_by_typing_its_address_into_it(
    client: Client, organizer: User, bar: Station, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://coffee.example.org"
    send(client, reverse("admin:stations_printer_add"), station=bar.pk, name="Labels", automatic="on", paper="58")

    printer = Printer.objects.get()
    page = client.get(reverse("admin:stations_printer_change", args=[printer.pk])).content.decode()
    assert f"https://coffee.example.org/printers/{printer.key}/" in page
    assert "has not called yet" in page
    Client().post(f"/printers/{printer.key}/", {"statusCode": "410 Empty"}, content_type="application/json")
    assert "out of paper" in client.get(reverse(PRINTERS)).content.decode()


def test_a_printers_address_is_shown_to_managers_alone_and_never_kept_in_the_audit(
    client: Client, organizer: User, bar: Station
) -> None:
    printer = Printer.objects.create(station=bar, name="Labels")
    old = printer.key

    act(client, reverse(PRINTERS), "new_address", [printer])

    printer.refresh_from_db()
    assert printer.key != old
    assert Client().post(f"/printers/{old}/").status_code == 404
    assert acts() == [("gave a new address", "printer Labels")]
    barista = User.objects.create(username="ben")
    Membership.objects.create(user=barista, event=bar.event, role=Role.BARISTA)
    client.force_login(barista, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:stations_printer_change", args=[printer.pk]))
    assert (page.status_code, printer.key in page.content.decode()) != (200, True)


def test_a_second_printer_by_itself_is_refused_in_words(client: Client, organizer: User, bar: Station) -> None:
    Printer.objects.create(station=bar, name="Left")

    page = send(client, reverse("admin:stations_printer_add"), station=bar.pk, name="Right", automatic="on")

    assert "Another printer of this station is automatic already." in page.content.decode()
    assert Printer.objects.count() == 1


def test_features_are_switched_at_the_event_and_the_audit_names_them(
    client: Client, organizer: User, bar: Station
) -> None:
    send(client, reverse("admin:stations_event_change", args=[bar.event.pk]), features=[])

    assert not features.has_feature(Event.objects.get(), features.ORDER_FOR_LATER)
    assert AuditEntry.objects.get().details["changes"] == {"features": [["order_for_later", "prediction"], []]}


def test_an_rcs_sender_may_be_pasted_as_twilio_shows_it(client: Client, organizer: User, bar: Station) -> None:
    send(client, reverse("admin:stations_event_change", args=[bar.event_id]), rcs_agent="rcs:brewed_agent ")

    assert Event.objects.get().rcs_agent == "brewed_agent"


def test_a_page_that_stayed_open_gives_nobody_an_old_role_or_shift_back(
    client: Client, organizer: User, bar: Station
) -> None:
    ben = User.objects.create(username="ben")
    role = Membership.objects.create(user=ben, event=bar.event, role=Role.BARISTA)
    Shift.objects.create(station=bar, user=ben, starts_at=timezone.now())
    event_page = reverse("admin:stations_event_change", args=[bar.event_id])
    bar_page = reverse("admin:stations_station_change", args=[bar.pk])
    shown_event, shown_bar = fields_of(client.get(event_page)), fields_of(client.get(bar_page))
    Membership.objects.filter(pk=role.pk).update(role=Role.SUPPORT)
    Shift.objects.update(ends_at=timezone.now() + timedelta(hours=4))

    submit(client, event_page, shown_event, message="Keynote at ten")
    submit(client, bar_page, shown_bar, extra_minutes=5)

    role.refresh_from_db()
    assert (role.role, Event.objects.get().message) == (Role.SUPPORT, "Keynote at ten")
    assert Shift.objects.get().ends_at is not None
    assert Station.objects.get().extra_minutes == 5
