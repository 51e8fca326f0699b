from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from expresso.tests.plans import plans_of
from orders import lifecycle
from orders.models import LabelJob, Order, OrderEvent
from orders.statuses import Status
from orders.tests import factory
from stations.models import Printer, Station
from tests.forms import act, fields_of

pytestmark = pytest.mark.django_db

ORDERS = "admin:orders_order_changelist"


@pytest.fixture
def organizer(client: Client, bar: Station) -> User:
    user = factory.user("olivia", Role.ORGANIZER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_no_page_edits_adds_or_deletes_an_order(client: Client, organizer: User, bar: Station) -> None:
    order = factory.order(bar)
    before = list(Order.objects.values())

    change = reverse("admin:orders_order_change", args=[order.pk])
    delete = reverse("admin:orders_order_delete", args=[order.pk])
    answers = [
        client.post(change, {"status": Status.COLLECTED, "name": "Eve"}),
        client.post(delete, {"post": "yes"}),
        client.get(reverse("admin:orders_order_add")),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "delete_selected" not in client.get(reverse(ORDERS)).content.decode()
    assert list(Order.objects.values()) == before


@pytest.mark.parametrize(("typed", "found"), [("a01", 1), ("A01", 1), ("A0", 0), ("A02", 0)])
def test_an_order_is_found_by_its_whole_code(
    client: Client, organizer: User, bar: Station, typed: str, found: int
) -> None:
    assert factory.order(bar).code == "A01"

    listed = client.get(reverse(ORDERS), {"q": typed})

    assert listed.context["cl"].result_count == found


def test_a_code_is_looked_for_without_decrypting_a_name(client: Client, organizer: User, bar: Station) -> None:
    order = factory.order(bar, name="A02")
    factory.order(bar, name="Kim")

    def search(typed: str) -> tuple[list[str], bool]:
        with CaptureQueriesContext(connection) as captured:
            listed = client.get(reverse(ORDERS), {"q": typed})
        read_names = any("stored_0" in query["sql"] for query in captured)
        return [row.name for row in listed.context["cl"].result_list], read_names

    assert search(order.code) == (["A02"], False)
    assert search("A02") == (["Kim"], False)
    assert search("kim") == (["Kim"], True)
    assert search("a02 kim") == (["Kim"], True)
    assert search("a01 kim") == ([], True)


def test_orders_to_call_are_listed_by_an_index_that_holds_no_others(
    client: Client, organizer: User, bar: Station
) -> None:
    factory.order(bar)

    assert "order_to_call" in plans_of(lambda: client.get(reverse(ORDERS), {"call_name__exact": "1"}))


def test_an_orders_page_shows_what_was_ordered_and_what_happened(client: Client, organizer: User, bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte", "Large", "Oat", quantity=2, note="no lid"))
    lifecycle.start(order, by=factory.user("maya"))

    page = client.get(reverse("admin:orders_order_change", args=[order.pk])).content.decode()

    assert all(word in page for word in ("Latte", "Large, Oat", "no lid", "start", "Maya"))
    assert order.token not in page


def test_cancelling_goes_through_the_lifecycle_with_the_reason(client: Client, organizer: User, bar: Station) -> None:
    stock = factory.stock(bar, option="Oat", on_hand=10)
    order = factory.order(bar, factory.item("Latte", "Oat"))

    answer = act(client, reverse(ORDERS), "cancel", [order], reason="out of beans")

    order.refresh_from_db()
    stock.refresh_from_db()
    happened = OrderEvent.objects.latest("pk")
    assert order.status == Status.CANCELLED
    assert (happened.verb, happened.by, happened.reason) == ("cancel", organizer, "out of beans")
    assert stock.reserved == 0
    assert messages_of(answer) == ["1 order moved."]


def test_what_changed_since_the_list_was_opened_is_not_cancelled(client: Client, organizer: User, bar: Station) -> None:
    order, other = factory.order(bar), factory.order(bar)
    opened = fields_of(client.get(reverse(ORDERS)))["opened_at"][0]
    lifecycle.mark_ready(order, by=None)

    answer = act(client, reverse(ORDERS), "cancel", [order, other], reason="out of beans", opened_at=opened)

    assert [Order.objects.get(pk=each.pk).status for each in (order, other)] == [Status.READY, Status.CANCELLED]
    assert messages_of(answer) == ["1 order moved.", f"Left as they are: {order.code} (Ready)."]


def test_cancelling_needs_a_reason(client: Client, organizer: User, bar: Station) -> None:
    order = factory.order(bar)

    answer = act(client, reverse(ORDERS), "cancel", [order], reason="  ")

    order.refresh_from_db()
    assert order.status == Status.WAITING
    assert messages_of(answer) == ["Write the reason beside the action; the customer reads it."]


@pytest.mark.parametrize(
    ("action", "status"), [("collected", Status.COLLECTED), ("not_collected", Status.NOT_COLLECTED)]
)
def test_ready_orders_are_closed_and_others_are_named(
    client: Client, organizer: User, bar: Station, action: str, status: Status
) -> None:
    ready = lifecycle.mark_ready(factory.order(bar), by=None)
    waiting = factory.order(bar)

    answer = act(client, reverse(ORDERS), action, [ready, waiting])

    ready.refresh_from_db()
    waiting.refresh_from_db()
    assert (ready.status, waiting.status) == (status, Status.WAITING)
    assert messages_of(answer) == ["1 order moved.", f"Left as they are: {waiting.code} (Waiting)."]


def test_what_happened_to_an_order_is_read_only(client: Client, organizer: User, bar: Station) -> None:
    factory.order(bar)
    event = OrderEvent.objects.get()

    page = reverse("admin:orders_orderevent_change", args=[event.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"status": Status.READY}).status_code == 403


def test_a_printer_is_deleted_with_what_it_printed_and_nothing_else(
    client: Client, organizer: User, bar: Station
) -> None:
    order = factory.order(bar)
    printer = Printer.objects.create(station=order.station, name="Labels")
    LabelJob.objects.create(order=order, printer=printer, key="tap")

    client.post(reverse("admin:stations_printer_delete", args=[printer.pk]), {"post": "yes"})

    assert (Printer.objects.count(), LabelJob.objects.count(), Order.objects.count()) == (0, 0, 1)
