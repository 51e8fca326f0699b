"""Tests of labels that are printed when an order is started or by a tap, and of the printer's state on the board."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from orders import lifecycle
from orders.hints import announcer
from orders.items import Item
from orders.live.boards import station_look
from orders.messaging import change_requests
from orders.models import Order
from orders.printing import jobs
from orders.refusals import NoPrinter
from orders.tests import factory
from orders.tests.printer import Device, a_printer, fresh, states
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe(time_zone="Europe/Berlin")


# labels that are printed --------------------------------------------------------------------------


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


def test_labels_of_drinks_that_were_changed_are_void_until_the_order_is_over(
    tablet: Client, bar: Station, maya: User
) -> None:
    device = Device(a_printer(bar))
    order = lifecycle.start(factory.order(bar), by=maya)
    device.prints()
    assert "are void" not in board(tablet, bar)
    before = station_look(bar.pk).version

    lifecycle.undo(order, by=maya)
    lifecycle.change(order, items=[factory.item("Latte", "Soy")])

    shown = board(tablet, bar)
    assert "Labels printed before are void" in shown
    assert f"orders/{order.pk}/print/" in shown.partition("are void")[2].partition("</section>")[0]
    lifecycle.start(order, by=maya)
    shown = board(tablet, bar)
    assert "Labels printed before are void" in shown
    assert f"orders/{order.pk}/print/" not in shown.partition("are void")[2].partition("</section>")[0]
    assert station_look(bar.pk).version != before
    lifecycle.mark_ready(order, by=maya)
    assert "are void" not in board(tablet, bar)


def board(tablet: Client, bar: Station) -> str:
    return tablet.get(f"/stations/{bar.slug}/", headers={"HX-Request": "true"}).content.decode()


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
    change_requests.wish(order, items=items)
    return fresh(order)


def test_a_wish_that_is_granted_replaces_the_label_that_was_not_fetched(bar: Station, maya: User) -> None:
    device = Device(a_printer(bar))
    order = factory.order(bar, factory.item("Latte", "Oat"))
    lifecycle.start(order, by=maya)

    change_requests.accept(wish(order, factory.item("Latte", "Soy")), by=maya)

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
        jobs.request_labels(order, by=maya, key="one tap")

    assert device.prints().count(order.code) == 1
    jobs.request_labels(order, by=maya, key="another")
    assert device.prints().count(order.code) == 1


def test_without_a_printer_a_tap_is_refused(bar: Station, maya: User) -> None:
    with pytest.raises(NoPrinter):
        jobs.request_labels(factory.order(bar), by=maya, key="tap")


# printers on the board ----------------------------------------------------------------------------


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
    versions = [station_look(bar.pk).version]
    assert said_of_printers(tablet, bar) == ["Labels: has not called yet."]

    device.poll()
    versions.append(station_look(bar.pk).version)
    assert said_of_printers(tablet, bar) == []
    device.poll(statusCode="410 Paper empty")
    versions.append(station_look(bar.pk).version)
    assert said_of_printers(tablet, bar) == [f"Labels: out of paper since {time}. Labels wait until it is back."]
    device.poll(statusCode="211 Paper low")
    assert said_of_printers(tablet, bar) == [f"Labels: paper runs low since {time}."]
    now += dt.timedelta(minutes=2)
    versions.append(station_look(bar.pk).version)
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
