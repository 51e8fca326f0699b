"""Unfinished orders of the day before. The board asks baristas about these orders when a shift starts, and a worker
closes the orders when the event opens."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from orders import lifecycle
from orders.models import Order
from orders.statuses import Status
from orders.tests import factory
from orders.upkeep.left_over import close_at_opening, left_over
from sms import rounds
from sms.models import OutboundMessage
from stations.models import Event, Station

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 6, day, hour, minute, tzinfo=BERLIN)


@pytest.fixture
def cafe(monkeypatch: pytest.MonkeyPatch) -> Station:
    """Create a station in Berlin that is open from 9:00 to 17:00, and set the time to 16:00."""
    now = at(1, 16)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return factory.cafe(time_zone="Europe/Berlin", opens_at=dt.time(9), closes_at=dt.time(17))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def goes_to(moment: dt.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return goes_to


def orders_of_last_night(cafe: Station) -> list[Order]:
    """Create one waiting order, one that is being made, and one that is ready."""
    guest = factory.customer()
    waiting, making, ready = (factory.order(cafe, factory.item("Latte", "Oat"), customer=guest) for _ in range(3))
    lifecycle.start(making, by=None)
    lifecycle.mark_ready(ready, by=None)
    return [waiting, making, ready]


def statuses(orders: list[Order]) -> list[str]:
    return [Order.objects.get(pk=order.pk).status for order in orders]


@pytest.mark.parametrize(
    ("now", "left"),
    [(at(1, 18), 0), (at(1, 23), 0), (at(2, 0, 30), 3), (at(2, 8), 3)],
    ids=["just closed", "late", "after midnight", "next morning"],
)
def test_what_stands_after_the_events_day_is_left_over(cafe: Station, clock: Any, now: dt.datetime, left: int) -> None:
    orders_of_last_night(cafe)

    clock(now)

    assert left_over(cafe.event, timezone.now()).count() == left


def test_late_order_of_an_event_without_hours_is_not_left_over_at_midnight(cafe: Station, clock: Any) -> None:
    Event.objects.update(opens_at=None, closes_at=None)
    clock(at(1, 23, 55))
    order = factory.order(Station.objects.get())

    clock(at(2, 0, 5))
    close_at_opening()

    assert statuses([order]) == [Status.WAITING]


def test_board_asks_at_the_start_of_the_shift_and_one_tap_closes_them(cafe: Station, clock: Any, maya: User) -> None:
    orders = orders_of_last_night(cafe)
    clock(at(2, 8))
    client = Client()
    client.force_login(maya)
    board = f"/stations/{cafe.slug}/"

    assert "3 orders from the day before still stand here" in " ".join(client.get(board).content.decode().split())

    client.post(f"{board}left-over/")

    assert statuses(orders) == [Status.CANCELLED, Status.CANCELLED, Status.NOT_COLLECTED]
    assert 'id="left-over"' not in client.get(board).content.decode()


def test_they_are_closed_when_the_event_opens_and_nobody_is_texted(cafe: Station, clock: Any) -> None:
    orders = orders_of_last_night(cafe)
    OutboundMessage.objects.all().delete()

    clock(at(2, 8, 59))
    close_at_opening()
    assert statuses(orders) == [Status.WAITING, Status.MAKING, Status.READY]

    clock(at(2, 9))
    close_at_opening()
    assert statuses(orders) == [Status.CANCELLED, Status.CANCELLED, Status.NOT_COLLECTED]
    assert not OutboundMessage.objects.exists()


def test_orders_of_an_event_that_is_over_are_closed_a_day_later(cafe: Station, clock: Any) -> None:
    Event.objects.update(last_day=dt.date(2026, 6, 1))
    orders = orders_of_last_night(cafe)

    clock(at(2, 12))
    close_at_opening()
    assert statuses(orders)[0] == Status.WAITING

    clock(at(2, 16, 1))
    close_at_opening()
    assert statuses(orders) == [Status.CANCELLED, Status.CANCELLED, Status.NOT_COLLECTED]


def test_closing_gives_the_stock_back_and_can_be_undone(cafe: Station, clock: Any, maya: User) -> None:
    stock = factory.stock(cafe, option="Oat", on_hand=5)
    order = factory.order(cafe, factory.item("Latte", "Oat"))
    clock(at(2, 9))

    close_at_opening()
    stock.refresh_from_db()
    assert stock.reserved == 0

    undone = lifecycle.undo(Order.objects.get(pk=order.pk), by=maya)
    assert undone.status == Status.WAITING


def test_workers_look_for_them_all_the_time() -> None:
    assert close_at_opening in rounds.FREQUENT


def test_todays_orders_stay(cafe: Station, clock: Any) -> None:
    clock(at(2, 9, 30))
    order = factory.order(cafe)

    clock(at(2, 16))
    close_at_opening()

    assert statuses([order]) == [Status.WAITING]
