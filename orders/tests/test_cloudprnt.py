"""Tests of Star CloudPRNT: the responses that a polling printer gets, and what Expresso stores from each poll."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from orders import lifecycle
from orders.models import LabelJob, Order
from orders.printing import jobs
from orders.statuses import Status
from orders.tests import factory
from orders.tests.printer import CORE, OK, Device, a_printer, fresh, states
from orders.tests.race import at_once
from stations.models import Printer, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe(time_zone="Europe/Berlin")


# responses to a printer ---------------------------------------------------------------------------


def test_a_job_repeats_until_it_is_confirmed(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    first, second = factory.order(bar), factory.order(bar)
    lifecycle.start(first, by=maya)
    lifecycle.start(second, by=maya)

    tokens = {device.poll()["jobToken"] for _ in range(2)}
    token = tokens.pop()
    assert not tokens
    assert device.fetch(token).content == device.fetch(token).content != b""
    assert device.poll()["jobToken"] == token
    assert device.poll(printingInProgress=True) == {"jobReady": False}

    device.confirm(token, "OK")
    device.confirm(token, "OK")
    assert device.poll()["jobToken"] != token
    assert device.fetch(token).status_code == 404
    assert (states(first), states(second)) == (["printed"], ["waiting"])


def test_out_of_paper_the_job_waits_for_the_next_roll(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar)
    lifecycle.start(order, by=maya)
    token = device.poll()["jobToken"]
    device.fetch(token)

    device.confirm(token, "410 Out of paper")

    assert device.poll(statusCode="410%20Out%20of%20paper") == {"jobReady": False}
    assert states(order) == ["waiting"]
    assert order.code in device.prints()


def test_what_the_printer_cannot_read_is_shown_and_not_tried_again(bar: Station, maya: User) -> None:
    printer = a_printer(bar)
    device = Device(printer)
    order = factory.order(bar)
    lifecycle.start(order, by=maya)
    token = device.poll()["jobToken"]
    device.fetch(token)

    device.confirm(token, "511 Media decoding error")

    assert device.prints() == ""
    [shown] = jobs.printers_at(bar.pk, timezone.now())
    assert (shown.stands_out, shown.failed) == (True, ((order.code, "could not read the label"),))
    jobs.request_labels(order, by=maya, key="again")
    assert [shown.stands_out for shown in jobs.printers_at(bar.pk, timezone.now())] == [False]
    assert order.code in device.prints()


def test_another_printers_token_is_nothing_to_this_one(bar: Station, maya: User) -> None:
    mine, other = Device(a_printer(bar)), Device(a_printer(factory.station(bar.event, "Bar 2")))
    order = factory.order(bar)
    lifecycle.start(order, by=maya)
    token = mine.poll()["jobToken"]

    assert other.fetch(token).status_code == 404
    other.confirm(token)
    assert states(order) == ["waiting"]


def test_a_wrong_key_is_no_address_and_a_new_one_closes_the_old(bar: Station) -> None:
    printer = a_printer(bar)
    device = Device(printer)
    Printer.objects.update(key="another")

    for answer in (device.client.post(device.at), device.client.get(device.at), device.client.delete(device.at)):
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe\x00", b"[" * 100_000, b"9" * 5000,
        b'{"statusCode": 200, "printerMAC": 7, "printingInProgress": "yes"}',
        b'{"statusCode": "\\u0000\\ud800 4", "printerMAC": "\\u0000"}',
        b'{"statusCode": "200 \\u0000\\ud800", "printerMAC": "' + b"x" * 9000 + b'"}',
        b'{"statusCode": {"a": [1]}, "printerMAC": null}',
    ],
)  # fmt: skip
def test_a_poll_that_makes_no_sense_is_answered(bar: Station, body: bytes) -> None:
    printer = a_printer(bar)

    answer = Client().post(f"/printers/{printer.key}/", body, content_type="application/json")

    assert (answer.status_code, answer.json()) == (200, {"jobReady": False})
    printer.refresh_from_db()
    assert (printer.mac, printer.heard_at is None) == ("", False)


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_address_works_as_it_is_typed(bar: Station, slash: str) -> None:
    answer = Client().post(f"/printers/{a_printer(bar).key}{slash}", OK, content_type="application/json")

    assert answer.json() == {"jobReady": False}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 200),
        ({"type": "image/png"}, 415),
        ({"type": CORE, "token": "\x1f"}, 200),
        ({"type": f"{CORE}; charset=utf-8", "token": "unknown"}, 404),
        ({"type": CORE}, 200),
        ({"type": "text/plain"}, 200),
    ],
)
def test_a_fetch_that_makes_no_sense_is_answered(bar: Station, maya: User, query: dict[str, str], status: int) -> None:
    device = Device(a_printer(bar))
    lifecycle.start(factory.order(bar), by=maya)

    assert device.client.get(device.at, query).status_code == status
    assert device.client.delete(device.at, query_params={"token": "\x1f", "code": "\x1f"}).status_code == 200
    assert device.client.put(device.at).status_code == 405


def test_a_poll_costs_two_statements_and_no_write(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    for _ in range(5):
        lifecycle.start(factory.order(bar), by=maya)
    device.poll()

    with CaptureQueriesContext(connection) as captured:
        assert device.poll()["jobReady"]

    assert [query["sql"].split()[0] for query in captured] == ["SELECT", "SELECT"]


def test_an_order_without_a_printer_costs_one_statement_more(bar: Station, maya: User) -> None:
    order = factory.order(bar)

    with CaptureQueriesContext(connection) as captured:
        lifecycle.start(order, by=maya)

    assert [q["sql"] for q in captured if "label" in q["sql"].lower()] == []
    assert len([q for q in captured if "stations_printer" in q["sql"]]) == 1


def test_jobs_are_forgotten_after_a_week_and_their_orders_stay(bar: Station, maya: User) -> None:
    a_printer(bar)
    for _ in range(2):
        lifecycle.start(factory.order(bar), by=maya)
    old, new = LabelJob.objects.order_by("pk")
    LabelJob.objects.filter(pk=old.pk).update(asked_at=timezone.now() - jobs.KEEP - dt.timedelta(minutes=1))

    jobs.delete_old_jobs()

    assert list(LabelJob.objects.all()) == [new]
    assert Order.objects.count() == 2


# requests at the same time ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_parallel_polls_and_fetches_are_given_one_job_and_settle_it_once() -> None:
    bar, maya = factory.cafe(), factory.user("maya")
    device = Device(a_printer(bar))
    order = factory.order(bar)
    lifecycle.start(order, by=maya)

    told: list[Any] = at_once(*[device.poll] * 4)
    token = told[0]["jobToken"]
    assert [each["jobToken"] for each in told] == [token] * 4
    fetched: list[Any] = at_once(*[lambda: device.fetch(token).content] * 4)
    assert len(set(fetched)) == 1
    assert order.code.encode() in fetched[0]
    assert at_once(*[lambda: device.confirm(token)] * 4) == [None] * 4

    assert (device.prints(), states(order)) == ("", ["printed"])


@pytest.mark.django_db(transaction=True)
def test_of_a_cancel_and_a_fetch_at_once_either_is_first_and_nothing_is_left_over() -> None:
    bar, maya = factory.cafe(), factory.user("maya")
    device = Device(a_printer(bar))
    for _ in range(5):
        order = factory.order(bar)
        lifecycle.start(order, by=maya)
        token = device.poll()["jobToken"]

        answer, moved = at_once(
            partial(device.fetch, token), partial(lifecycle.cancel, order, by=maya, reason="out of beans")
        )

        assert moved.status == Status.CANCELLED
        assert (answer.status_code, states(order)) in [(200, ["fetched"]), (404, ["dropped"]), (404, ["fetched"])]
        assert device.poll() == {"jobReady": False}


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_print_once() -> None:
    bar, maya, ben = factory.cafe(), factory.user("maya"), factory.user("ben")
    a_printer(bar)
    order = factory.order(bar)

    at_once(lambda: lifecycle.start(fresh(order), by=maya), lambda: lifecycle.start(fresh(order), by=ben))

    assert states(order) == ["waiting"]
