"""Labels by CloudPRNT: what is asked for by itself and by a tap, and what printers are told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from orders import lifecycle, printing, wishes
from orders.announce import announcer
from orders.boards import station_version
from orders.items import Item
from orders.models import LabelJob, Order, Status
from orders.refusals import NoPrinter
from orders.tests import factory
from orders.tests.test_lifecycle import at_once
from stations.models import Printer, Station

pytestmark = pytest.mark.django_db

CORE = "application/vnd.star.starprntcore"
OK = {"statusCode": "200%20OK", "printerMAC": "00:11:62:00:00:01"}


class Device:
    """A printer that does what the guide says."""

    def __init__(self, printer: Printer) -> None:
        self.at = f"/printers/{printer.key}/"
        self.client = Client(enforce_csrf_checks=True)

    def poll(self, **said: Any) -> dict[str, Any]:
        answer = self.client.post(self.at, OK | said, content_type="application/json")
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        return told

    def fetch(self, token: str, *, type: str = CORE, **headers: str) -> Any:
        return self.client.get(self.at, {"type": type, "token": token, "mac": OK["printerMAC"]}, headers=headers)

    def confirm(self, token: str, code: str = "200 OK") -> None:
        said = self.client.delete(self.at, query_params={"code": code, "token": token})
        assert said.status_code == 200

    def prints(self) -> str:
        """All there is, as text."""
        return "".join(self._jobs())

    def _jobs(self) -> Iterator[str]:
        while (told := self.poll())["jobReady"]:
            assert CORE in told["mediaTypes"]
            answer = self.fetch(told["jobToken"], **{"X-Star-Accept-Codepages": "utf8,std"})
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, CORE)
            self.confirm(told["jobToken"])
            yield answer.content.decode()


def a_printer(at: Station, **fields: Any) -> Printer:
    return Printer.objects.create(station=at, name="Labels", **fields)


def states(order: Order) -> list[str]:
    return list(LabelJob.objects.filter(order=order).order_by("pk").values_list("state", flat=True))


def fresh(order: Order) -> Order:
    return Order.objects.select_related("event", "station").get(pk=order.pk)


@pytest.fixture
def bar() -> Station:
    return factory.cafe(time_zone="Europe/Berlin")


@pytest.fixture
def maya() -> User:
    return factory.user("maya")


# What is asked for ---------------------------------------------------------------------------------------------------


def test_labels_are_made_with_the_start_and_printed_once(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar, factory.item("Latte", "Oat", quantity=2), factory.item("Tea"))
    assert states(order) == []

    lifecycle.start(order, by=maya)

    assert states(order) == ["waiting"]
    printed = device.prints()
    assert (printed.count(order.code), printed.count("Latte"), printed.count("Tea")) == (3, 2, 1)
    assert [f"{n}/3" in printed for n in (1, 2, 3)] == [True, True, True]
    assert device.prints() == ""
    assert states(order) == ["printed"]


def test_a_start_that_is_rolled_back_prints_nothing(bar: Station, maya: User) -> None:
    a_printer(bar)
    order = factory.order(bar)

    with transaction.atomic():
        lifecycle.start(order, by=maya)
        transaction.set_rollback(True)

    assert states(order) == []


def test_a_start_taken_back_and_made_again_prints_once(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar)

    lifecycle.start(order, by=maya)
    lifecycle.undo(order, by=maya)
    assert (states(order), device.prints()) == (["dropped"], "")
    lifecycle.start(order, by=maya)
    assert device.prints().count(order.code) == 1
    lifecycle.undo(order, by=maya)
    lifecycle.start(order, by=maya)

    assert device.prints() == ""


def test_another_drink_gets_another_label(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar, factory.item("Latte", "Oat"))
    lifecycle.start(order, by=maya)
    assert "Oat" in device.prints()

    lifecycle.undo(order, by=maya)
    lifecycle.change(order, items=[factory.item("Latte", "Soy")])
    lifecycle.start(order, by=maya)

    assert "Soy" in device.prints()


def wish(order: Order, *items: Item) -> Order:
    wishes.wish(order, items=items)
    return fresh(order)


def test_a_wish_that_is_granted_replaces_the_label_that_was_not_fetched(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar, factory.item("Latte", "Oat"))
    lifecycle.start(order, by=maya)

    wishes.accept(wish(order, factory.item("Latte", "Soy")), by=maya)

    printed = device.prints()
    assert (printed.count("Soy"), printed.count("Oat")) == (1, 0)
    lifecycle.rename(fresh(order), name="Kim", by=maya)
    assert "Kim" in device.prints()


def test_an_order_made_in_one_tap_gets_its_label_too(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar)

    lifecycle.mark_ready(order, by=maya)

    assert order.code in device.prints()


def test_an_order_that_is_over_before_it_was_fetched_prints_nothing(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar)
    lifecycle.start(order, by=maya)
    token = device.poll()["jobToken"]

    lifecycle.cancel(order, by=maya, reason="out of beans")

    assert device.fetch(token).status_code == 404
    device.confirm(token, "520 Download failed")
    assert (device.prints(), states(order)) == ("", ["dropped"])


def test_only_the_printer_that_prints_by_itself_does(bar: Station, maya: User) -> None:
    a_printer(bar, automatic=False)
    elsewhere = a_printer(factory.station(bar.event, "Bar 2"))
    order = factory.order(bar)

    lifecycle.start(order, by=maya)

    assert states(order) == []
    assert Device(elsewhere).poll() == {"jobReady": False}


def test_a_tap_prints_again_and_the_same_tap_once(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar)
    lifecycle.start(order, by=maya)
    device.prints()

    for _ in range(2):
        printing.ask(order, by=maya, key="one tap")

    assert device.prints().count(order.code) == 1
    printing.ask(order, by=maya, key="another")
    assert device.prints().count(order.code) == 1


def test_without_a_printer_a_tap_is_refused(bar: Station, maya: User) -> None:
    with pytest.raises(NoPrinter):
        printing.ask(factory.order(bar), by=maya, key="tap")


# What the printer is told --------------------------------------------------------------------------------------------


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
    [shown] = printing.printers_at(bar.pk, timezone.now())
    assert (shown.stands_out, shown.failed) == (True, ((order.code, "could not read the label"),))
    printing.ask(order, by=maya, key="again")
    assert [shown.stands_out for shown in printing.printers_at(bar.pk, timezone.now())] == [False]
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
        ({"type": CORE, "token": "\x00"}, 200),
        ({"type": f"{CORE}; charset=utf-8", "token": "unknown"}, 404),
        ({"type": CORE}, 200),
        ({"type": "text/plain"}, 200),
    ],
)
def test_a_fetch_that_makes_no_sense_is_answered(bar: Station, maya: User, query: dict[str, str], status: int) -> None:
    device = Device(a_printer(bar))
    lifecycle.start(factory.order(bar), by=maya)

    assert device.client.get(device.at, query).status_code == status
    assert device.client.delete(device.at, query_params={"token": "\x00", "code": "\x00"}).status_code == 200
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
    LabelJob.objects.filter(pk=old.pk).update(asked_at=timezone.now() - printing.KEEP - dt.timedelta(minutes=1))

    printing.forget()

    assert list(LabelJob.objects.all()) == [new]
    assert Order.objects.count() == 2


# What baristas see and tap -------------------------------------------------------------------------------------------


@pytest.fixture
def tablet(maya: User) -> Client:
    client = Client()
    client.force_login(maya, backend="django.contrib.auth.backends.ModelBackend")
    return client


def said_of_printers(tablet: Client, bar: Station) -> list[str]:
    board = tablet.get(f"/stations/{bar.slug}/").content.decode()
    [shown] = re.findall(r'<ul class="printers".*?</ul>', board, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in re.findall(r"<li.*?</li>", shown, re.DOTALL)]


def test_a_board_says_what_its_printer_wants_and_since_when(
    tablet: Client, bar: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device(a_printer(bar))
    now = timezone.now()
    time = f"{bar.event.local(now):%H:%M}"
    monkeypatch.setattr(timezone, "now", lambda: now)
    versions = [station_version(bar.pk)]
    assert said_of_printers(tablet, bar) == ["Labels: has not called yet."]

    device.poll()
    versions.append(station_version(bar.pk))
    assert said_of_printers(tablet, bar) == []
    device.poll(statusCode="410 Paper empty")
    versions.append(station_version(bar.pk))
    assert said_of_printers(tablet, bar) == [f"Labels: out of paper since {time}. Labels wait until it is back."]
    device.poll(statusCode="211 Paper low")
    assert said_of_printers(tablet, bar) == [f"Labels: paper runs low since {time}."]
    now += dt.timedelta(minutes=2)
    versions.append(station_version(bar.pk))
    assert said_of_printers(tablet, bar) == [f"Labels: not heard of since {time}. Labels wait until it is back."]
    assert len(set(versions)) == 4


def test_a_board_is_told_at_once_of_news_and_of_nothing_else(
    bar: Station, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    device = Device(a_printer(bar))
    hinted: list[str] = []
    monkeypatch.setattr(announcer, "hint", hinted.extend)

    with django_capture_on_commit_callbacks(execute=True):
        for code in ("200 OK", "200 OK", "410 Empty", "410 Empty", "200 OK"):
            device.poll(statusCode=code)

    assert hinted == [f"station.{bar.pk}"] * 3


def test_one_tap_prints_once_more_and_says_so(tablet: Client, bar: Station) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar, name="Sam")

    for _ in range(2):
        said = tablet.post(
            f"/stations/{bar.slug}/orders/{order.pk}/print/", headers={"HX-Request": "true", "Idempotency-Key": "tap"}
        )
        assert f"Labels of {order.code} Sam go to the printer." in said.content.decode()

    assert device.prints().count(order.code) == 1
    assert f"/stations/{bar.slug}/orders/0/print/" in tablet.get(f"/stations/{bar.slug}/").content.decode()
    assert Client().post(f"/stations/{bar.slug}/orders/{order.pk}/print/").status_code == 302
    assert states(order) == ["printed"]


def test_a_tap_without_a_printer_says_what_to_do(tablet: Client, bar: Station) -> None:
    said = tablet.post(f"/stations/{bar.slug}/orders/{factory.order(bar).pk}/print/", headers={"HX-Request": "true"})

    assert (said.status_code, said.headers["Act"]) == (200, "refused")
    assert "This bar has no label printer: print from the tablet, under More." in said.content.decode()


# At once -------------------------------------------------------------------------------------------------------------


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

        at_last: list[Any] = at_once(
            lambda token=token: device.fetch(token).status_code,
            lambda order=order: lifecycle.cancel(order, by=maya, reason="out of beans"),
        )

        answer, moved = at_last
        assert moved.status == Status.CANCELLED
        assert (answer, states(order)) in [(200, ["fetched"]), (404, ["dropped"]), (404, ["fetched"])]
        assert device.poll() == {"jobReady": False}


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_print_once() -> None:
    bar, maya, ben = factory.cafe(), factory.user("maya"), factory.user("ben")
    a_printer(bar)
    order = factory.order(bar)

    at_once(lambda: lifecycle.start(fresh(order), by=maya), lambda: lifecycle.start(fresh(order), by=ben))

    assert states(order) == ["waiting"]
