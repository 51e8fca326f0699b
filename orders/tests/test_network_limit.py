"""Tests of the limit per network: one visitor cannot fill the queue, even with a browser that clears its cookies."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry
from orders import lifecycle, limits
from orders.models import Channel, Order
from orders.statuses import Status
from orders.tests import factory
from orders.tests.pages import order_latte, page_of, press, staff, words
from orders.tests.race import at_once
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar(monkeypatch: pytest.MonkeyPatch) -> Station:
    monkeypatch.setattr(limits, "CUPS_OF_NETWORK", 4)
    return factory.cafe()


def from_(address: str) -> Client:
    """Return a browser without cookies that has this network address."""
    return Client(REMOTE_ADDR=address)


def order(bar: Station, address: str = "192.0.2.1", cups: int = 2, **fields: Any) -> Any:
    return order_latte(from_(address), page_of(bar), quantity=str(cups), **fields)


def test_network_holds_no_more_drinks_waiting_than_its_share(bar: Station) -> None:
    order(bar)
    order(bar)

    refused = order(bar, cups=1)

    assert "More was ordered from this network than the bar can make." in words(refused)
    assert Order.objects.count() == 2


def test_drinks_are_counted_and_not_orders(bar: Station) -> None:
    order(bar, cups=3)

    assert "More was ordered from this network" in words(order(bar, cups=2))
    order(bar, cups=1)

    assert list(Order.objects.order_by("pk").values_list("cups", flat=True)) == [3, 1]


def test_ready_orders_count_until_they_are_collected(bar: Station) -> None:
    order(bar, cups=4)
    made = lifecycle.mark_ready(Order.objects.get(), by=None)

    assert "More was ordered from this network" in words(order(bar, cups=1))
    lifecycle.collect(made, by=None)
    order(bar, cups=1)

    assert Order.objects.count() == 2


def test_another_network_and_another_event_are_not_held_up(bar: Station) -> None:
    other = factory.cafe()
    order(bar, cups=4)

    order(bar, "192.0.2.2", cups=4)
    order(other, cups=4)

    assert Order.objects.count() == 3


def test_addresses_of_one_device_are_one_network(bar: Station) -> None:
    order(bar, "2001:db8::1", cups=3)
    order(bar, "2001:db8::2", cups=3)
    order(bar, "2001:db8:0:1::1", cups=3)

    assert Order.objects.count() == 2


def test_two_baristas_make_twice_as_much(bar: Station) -> None:
    Station.objects.update(baristas=2)

    for _ in range(5):
        order(bar)

    assert Order.objects.count() == 4


def test_changed_order_stays_within_the_share(bar: Station) -> None:
    order(bar, cups=4)
    client, mine = from_("192.0.2.9"), Order.objects.get()

    page = press(client, client.get(f"/orders/{mine.token}/change/"), "order", quantity="5")

    mine.refresh_from_db()
    assert ("More was ordered from this network" in words(page), mine.cups) == (True, 4)


@pytest.mark.django_db(transaction=True)
def test_orders_at_once_stay_within_the_share(bar: Station) -> None:
    at_once(*[lambda: order(bar) for _ in range(4)])

    assert Order.objects.count() == 2


def test_one_browser_holds_the_drinks_of_one_order(bar: Station) -> None:
    Event.objects.update(max_drinks_per_order=3)
    client = from_("192.0.2.1")
    order_latte(client, page_of(bar), quantity="2")

    refused = order_latte(client, page_of(bar), quantity="2")

    assert "You have 3 drinks under way already." in words(refused)
    assert Order.objects.count() == 1


def test_no_address_is_stored(bar: Station) -> None:
    order(bar, "192.0.2.77")

    assert "192" not in Order.objects.get().network


def test_order_sent_again_is_answered_as_before(bar: Station) -> None:
    client = from_("192.0.2.1")
    first = order_latte(client, page_of(bar), quantity="4")

    again = client.post(first.request["PATH_INFO"], first.wsgi_request.POST)

    assert again.headers["Location"] == first.headers["Location"]


# switching a page off, and many orders from one network -------------------------------------------


@pytest.mark.parametrize(("page", "path"), [("web", "/events/{}/"), ("kiosk", "/events/{}/kiosk/")])
def test_barista_switches_a_page_off_and_on(bar: Station, page: str, path: str) -> None:
    tablet, guest, address = staff(), staff("display"), path.format(bar.event.slug)
    before = guest.get(address, {"drink": "Latte"})

    tablet.post(f"/stations/{bar.slug}/pages/", {"step": f"off {page}"})

    assert "This page takes no orders right now." in words(guest.get(address))
    refused = press(guest, before, "order", **{"option Size": "Large", "name": "Sam"})
    assert "nothing was ordered" in words(refused)
    assert not Order.objects.exists()
    tablet.post(f"/stations/{bar.slug}/pages/", {"step": f"on {page}"})
    assert "This page takes no orders" not in words(guest.get(address))
    assert list(AuditEntry.objects.order_by("pk").values_list("act", flat=True)) == ["switched off", "switched on"]


def test_texts_and_walk_ins_are_taken_while_the_pages_are_off(bar: Station) -> None:
    Event.objects.update(web_orders=False, kiosk_orders=False)
    bar.event.refresh_from_db()

    factory.order(bar, channel=Channel.SMS)
    factory.order(bar, channel=Channel.WALK_IN)

    assert Order.objects.count() == 2


def test_heap_from_one_network_is_dropped_with_one_tap(bar: Station) -> None:
    for name in ("Ana", "Ben", "Cy"):
        order(bar, cups=1, name=name)
    order(bar, "192.0.2.2", cups=1, name="Dee")
    _kept, started, dropped, _other = Order.objects.order_by("pk")
    tablet, path = staff(), f"/stations/{bar.slug}/pages/"
    page = tablet.get(path)
    assert "3 orders, 3 drinks wait from one network" in words(page)
    assert "Dee" not in words(page)
    lifecycle.start(started, by=None)

    answer = tablet.post(path, {"step": "drop", "order": [started.pk, dropped.pk]}, follow=True)

    statuses = {order.name: order.status for order in Order.objects.all()}
    assert statuses == {
        "Ana": Status.WAITING,
        "Ben": Status.MAKING,
        "Cy": Status.CANCELLED,
        "Dee": Status.WAITING,
    }
    assert "1 order was dropped. All others were started meanwhile, or are over." in words(answer)


def test_board_warns_of_a_heap_from_one_network(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CUPS_OF_NETWORK", 30)
    order(bar, cups=8)
    board = f"/stations/{bar.slug}/"
    assert "from one network" not in words(staff().get(board))

    order(bar, cups=8)

    assert "16 drinks wait from one network." in words(staff("organizer").get(board))


def test_wall_shows_no_code_while_the_order_page_is_off(bar: Station) -> None:
    screen, wall = staff("display"), f"/events/{bar.event.slug}/wall/"
    assert "wall-qr" in screen.get(wall).text

    Event.objects.update(web_orders=False)

    assert "wall-qr" not in screen.get(wall).text


def test_orders_of_another_event_are_not_dropped(bar: Station) -> None:
    other = factory.cafe()
    order(other, cups=1)

    staff().post(f"/stations/{bar.slug}/pages/", {"step": "drop", "order": [Order.objects.get().pk]})

    assert Order.objects.get().status == Status.WAITING


@pytest.mark.parametrize("role", ["support", "display"])
def test_only_the_bar_switches_and_drops(bar: Station, role: str) -> None:
    answer = staff(role).post(f"/stations/{bar.slug}/pages/", {"step": "off web"})

    bar.event.refresh_from_db()
    assert (answer.status_code, bar.event.web_orders) == (403, True)
