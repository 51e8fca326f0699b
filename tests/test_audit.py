"""The audit log records who did what at which event, with old and new values, and nothing about a customer."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Role, User
from expresso.api import tokens
from expresso.asgi import application
from inventory.models import Drink, Option
from orders import lifecycle
from orders.live.doorkeeper import NOT_ALLOWED
from orders.models import Order, OrderEvent
from orders.tests import factory
from orders.tests.pages import staff
from sms.models import Conversation, InboundMessage
from sms.tests.texting import known, text
from stations.models import Event, Station
from stations.pausing import slow_down
from tests.forms import act, send

pytestmark = pytest.mark.django_db
RIGHT = "a long enough one"


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


@pytest.fixture
def olivia(bar: Station) -> Client:
    """Return the browser of an organizer of this event."""
    client = Client()
    client.force_login(factory.user("olivia", Role.ORGANIZER, bar.event))
    return client


def last() -> tuple[str, str, str, int | None]:
    entry = AuditEntry.objects.latest("pk")
    return entry.by_name, entry.act, entry.subject, entry.event_id


def changes() -> Any:
    return AuditEntry.objects.latest("pk").details.get("changes")


def change_page(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


# Tests that entries have the old and new values


def test_a_changed_field_stands_there_from_to(bar: Station, olivia: Client) -> None:
    send(olivia, change_page(bar), baristas="3", extra_minutes="5")

    assert last() == ("olivia", "changed", "station Bar 1", bar.event_id)
    assert changes() == {"extra_minutes": [0, 5], "baristas": [1, 3]}


def test_a_role_stands_there_from_to(bar: Station, olivia: Client) -> None:
    maya = factory.user("maya", Role.BARISTA, bar.event)

    send(olivia, change_page(maya), **{"memberships-0-role": Role.SUPPORT})

    assert last()[:3] == ("olivia", "changed", "user maya")
    assert changes() == {f"membership maya · {bar.event}: role": ["barista", "support"]}


def test_a_role_that_is_taken_away_stands_there(bar: Station, olivia: Client) -> None:
    maya = factory.user("maya", Role.BARISTA, bar.event)

    send(olivia, change_page(bar.event), **{f"memberships-{place_of(olivia, bar.event, maya)}-DELETE": "on"})

    assert changes() == {f"membership maya · {bar.event}": [f"membership maya · {bar.event}", None]}


def place_of(client: Client, event: Event, user: User) -> int:
    formset = client.get(change_page(event)).context["inline_admin_formsets"][1].formset
    return [form.instance.user_id for form in formset.initial_forms].index(user.pk)


def test_a_related_row_stands_there_by_its_name(bar: Station, olivia: Client) -> None:
    milk = Option.objects.get(group__event=bar.event, name="Oat").group

    send(olivia, change_page(milk), default=str(Option.objects.get(group=milk, name="Oat").pk))

    assert changes() == {"default": ["Full cream", "Oat"]}


def test_what_a_person_is_called_is_left_out(bar: Station, olivia: Client) -> None:
    maya = factory.user("maya", Role.BARISTA, bar.event)

    send(olivia, change_page(maya), email="maya@example.org", first_name="Mayabel")

    assert changes() == {"first_name": ["…", "…"], "email": ["…", "…"]}


def test_a_new_password_is_left_out(bar: Station, olivia: Client) -> None:
    maya = factory.user("maya", Role.BARISTA, bar.event)
    page = reverse("admin:auth_user_password_change", args=[maya.pk])

    olivia.post(page, {"password1": "another long one", "password2": "another long one", "usable_password": "true"})

    assert last()[:3] == ("olivia", "changed", "user maya")
    assert "another" not in str(AuditEntry.objects.values())


def test_actions_of_lists_stand_there_from_to(bar: Station, olivia: Client) -> None:
    act(olivia, reverse("admin:stations_station_changelist"), "close_station", [bar])
    assert (last(), changes()) == (("olivia", "closed", "station Bar 1", bar.event_id), {"is_open": [True, False]})

    latte = Drink.objects.get(event=bar.event, name="Latte")
    act(olivia, reverse("admin:inventory_drink_changelist"), "retire", [latte])
    assert (last()[1:], changes()["retired_at"][0]) == (("retired", "drink Latte", bar.event_id), None)


def test_stock_and_pace_from_the_tablet_stand_there_from_to(bar: Station) -> None:
    row = factory.stock(bar, option="Oat", on_hand=9)
    client = staff()

    client.post(reverse("change-supplies", args=[bar.slug, "stock"]), {"stock": row.pk, "add": "-5"})
    assert (last()[:2], last()[3], changes()) == (
        ("barista-person", "adjusted"),
        bar.event_id,
        {"on_hand": ["9.00", "4.00"]},
    )

    slow_down(bar, minutes=10, by=User.objects.get())
    assert changes() == {"extra_minutes": [0, 10]}


# Tests of sign-ins, refused requests, read conversations, and opt-outs


def test_sign_ins_and_sign_outs_stand_there(bar: Station) -> None:
    factory.user("maya", Role.BARISTA, bar.event)
    client = Client()

    client.post(reverse("login"), {"username": "maya", "password": RIGHT})
    client.post(reverse("logout"))

    assert [(entry.by_name, entry.act) for entry in AuditEntry.objects.order_by("pk")] == [
        ("maya", "signed in"),
        ("maya", "signed out"),
    ]


def test_a_sign_in_by_the_api_stands_there(bar: Station) -> None:
    factory.user("maya", Role.BARISTA, bar.event)
    given = {"username": "maya", "password": RIGHT}

    Client().post("/api/v1/token/", given, "application/json")
    assert last()[:2] == ("maya", "signed in")

    Client().post("/api/v1/token/", given | {"password": "wrong"}, "application/json")
    assert last()[:2] == ("maya", "sign-in refused")


def test_wrong_passwords_stand_there_once_a_minute_and_unknown_names_never(bar: Station) -> None:
    User.objects.create(username="maya", password=make_password(RIGHT))

    for name in ("maya", "maya", "hunter2-typed-as-a-name"):
        Client().post(reverse("login"), {"username": name, "password": "guessed"})

    assert [(entry.act, entry.subject) for entry in AuditEntry.objects.all()] == [("sign-in refused", "user maya")]
    assert "hunter2" not in str(AuditEntry.objects.values())


def test_a_refused_page_and_a_refused_call_stand_there_once_a_minute(bar: Station) -> None:
    client = Client()
    client.force_login(factory.user("dora", Role.DISPLAY, bar.event))

    for _ in range(2):
        client.get(reverse("board", args=[bar.slug]))

    assert [(entry.by_name, entry.act, entry.subject) for entry in AuditEntry.objects.all()] == [
        ("dora", "refused", "page board")
    ]


@pytest.mark.django_db(transaction=True)
async def test_a_refused_socket_stands_there_once_a_minute() -> None:
    bar = await sync_to_async(factory.cafe)()
    dora = await sync_to_async(factory.user)("dora", Role.DISPLAY, bar.event)
    client = Client()
    await sync_to_async(client.force_login)(dora)
    headers = [(b"origin", b"http://testserver"), (b"host", b"testserver")]
    headers.append((b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode()))

    for _ in range(2):
        socket = WebsocketCommunicator(application, f"/ws/stations/{bar.slug}/", headers=headers)
        await socket.connect(timeout=5)
        assert (await socket.receive_output(timeout=5))["code"] == NOT_ALLOWED
        await socket.disconnect()

    entries = AuditEntry.objects.values_list("by_name", "act", "subject", "event")
    assert [entry async for entry in entries] == [("dora", "refused", "socket Station", bar.event_id)]


def test_what_is_taken_away_as_a_file_stands_there_however_it_is_taken(bar: Station, olivia: Client) -> None:
    headers = {"Authorization": f"Bearer {tokens.sign_in(User.objects.get()).access}"}
    event = bar.event

    call_command("import_menu", "--export", event=event.slug, stdout=StringIO())
    for address in ("menu/", "reports/totals/", "menu/"):
        assert Client().get(f"/api/v1/events/{event.slug}/{address}", headers=headers).status_code == 200
    assert olivia.get(reverse("report-file", args=[event.slug, "totals", "csv"])).status_code == 200

    rows = AuditEntry.objects.filter(act="exported", event=event).order_by("pk")
    assert [(row.by_name, row.subject, row.details.get("by_way_of")) for row in rows] == [
        ("", f"menu of {event}", "command"),
        ("olivia", f"menu of {event}", "API"),
        ("olivia", f"totals of {event}", "API"),
        ("olivia", f"totals of {event}", None),
    ]


def test_what_is_set_up_step_by_step_stands_there_from_to_with_its_event(bar: Station, olivia: Client) -> None:
    send(olivia, reverse("setup-step", args=[bar.event.slug, "basics"]), name="PyCon Berlin")
    assert last()[1:] == ("changed", "PyCon Berlin", bar.event_id)
    assert changes()["name"] == [bar.event.name, "PyCon Berlin"]

    send(olivia, reverse("setup-step", args=[bar.event.slug, "stations"]), **{f"{bar.slug}-baristas": "3"})
    assert (last()[1], last()[3], changes()) == ("changed", bar.event_id, {"baristas": [1, 3]})

    olivia.post(reverse("setup-step", args=[bar.event.slug, "staff"]), {"people": "Toni, barista"})
    assert AuditEntry.objects.filter(act="added", event=bar.event).exists()


def test_reading_a_conversation_stands_there_without_its_words(bar: Station, olivia: Client) -> None:
    text(bar.event, "a zebrafish please")
    talk, message = Conversation.objects.get(), InboundMessage.objects.get()

    olivia.get(change_page(talk))
    assert last() == ("olivia", "read", f"conversation {talk.pk}", bar.event_id)
    olivia.get(change_page(message))
    olivia.get(reverse("admin:sms_read_text"), {"event": bar.event.slug, "message": str(message.pk)})
    olivia.get(reverse("admin:sms_not_understood"), {"event": bar.event.slug})

    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["read"] * 4
    assert "zebrafish" not in str(AuditEntry.objects.values())


def test_an_opt_out_stands_there_once(bar: Station) -> None:
    talk = known(bar.event)

    for word in ("STOP", "STOP", "START"):
        text(bar.event, word, opt_out_type=word)

    entries = AuditEntry.objects.order_by("pk").values_list("act", "subject", "event")
    subject = f"conversation {talk.pk}"
    assert list(entries) == [("opted out", subject, bar.event_id), ("opted in", subject, bar.event_id)]


# Tests of who can see and find an entry


def test_an_organizer_sees_what_others_did_at_the_own_event_alone(bar: Station, olivia: Client) -> None:
    other = factory.cafe()
    ben = factory.user("ben", Role.BARISTA)
    slow_down(bar, minutes=5, by=ben)
    slow_down(other, minutes=5, by=ben)

    rows = olivia.get(reverse("admin:accounts_auditentry_changelist")).context["cl"].queryset

    assert [row.event_id for row in rows] == [bar.event_id]


@pytest.mark.parametrize("word", ["ben", "slowed", "Bar 1", "extra_minutes", "17"])
def test_the_audit_is_searched_by_who_what_and_value(bar: Station, olivia: Client, word: str) -> None:
    # Rename the event, because the factory's names have a number, and "Event 917" would also be found by "17".
    bar.event.name = "Fair"
    bar.event.save()
    slow_down(bar, minutes=17, by=factory.user("ben", Role.BARISTA))
    slow_down(factory.station(bar.event, "Two"), minutes=9, by=factory.user("lea", Role.BARISTA))

    page = olivia.get(reverse("admin:accounts_auditentry_changelist"), {"q": word})

    assert "extra_minutes: 0 → 17" in page.content.decode()
    assert word == "slowed" or word == "extra_minutes" or "→ 9" not in page.content.decode()


def test_the_audit_outlives_its_event_and_keeps_the_name_as_it_was(bar: Station) -> None:
    ben, empty = factory.user("ben", Role.BARISTA), factory.event()
    slow_down(factory.station(empty), minutes=5, by=ben)
    User.objects.filter(pk=ben.pk).update(username="benjamin")
    client = staff(factory.ADMIN)

    assert client.post(reverse("admin:stations_event_delete", args=[empty.pk]), {"post": "yes"}).status_code == 302

    entry = AuditEntry.objects.get(act="slowed down")
    assert entry.by_name == "ben"
    assert client.get(change_page(entry)).status_code == 200
    assert client.get(reverse("admin:accounts_auditentry_changelist")).status_code == 200


# Tests of OrderEvents, which record the changes of orders


def test_an_order_event_keeps_the_name_as_it_was(bar: Station) -> None:
    maya = factory.user("maya")
    order = lifecycle.start(factory.order(bar), by=maya)
    User.objects.filter(pk=maya.pk).update(first_name="Married")

    story = staff().get(reverse("detail", args=[bar.slug, order.pk])).context["story"]

    assert [each.by for each in story if each.text == "Started"] == ["Maya"]


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda rows: rows.update(verb="cancel"),
        lambda rows: rows.update(by=None),
        lambda rows: rows.update(by_name="Somebody"),
        lambda rows: rows.update(at="2020-01-01T00:00:00Z"),
        lambda rows: rows.delete(),
    ],
)
def test_the_database_refuses_to_rewrite_order_events(bar: Station, rewrite: Callable[[Any], Any]) -> None:
    lifecycle.start(factory.order(bar), by=factory.user("maya"))
    before = list(OrderEvent.objects.values())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rewrite(OrderEvent.objects.all())

    assert list(OrderEvent.objects.values()) == before


def test_who_moved_an_order_or_stands_in_the_audit_is_retired_and_never_deleted(bar: Station) -> None:
    maya = factory.user("maya")
    lifecycle.start(factory.order(bar), by=maya)

    with pytest.raises(DatabaseError):
        maya.delete()

    assert Order.objects.get().events.last().by == maya  # type: ignore[union-attr]
