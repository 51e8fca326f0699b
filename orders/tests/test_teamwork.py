"""Tests of several baristas at work, who take over orders, tick off single drinks, or move orders to other stations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from inventory.models import Stock
from orders import lifecycle
from orders.display.tickets import BATCH_REACH
from orders.live.boards import station_board
from orders.models import Order, OrderItem
from orders.refusals import CannotBeMade, TransitionError
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


def tap(order: Order, verb: str, *, by: str = "maya", **data: Any) -> str:
    client = Client()
    client.force_login(User.objects.filter(username=by).first() or factory.user(by))
    path = f"/stations/{order.station.slug}/orders/{order.pk}/{verb}/"
    return " ".join(client.post(path, data, headers={"HX-Request": "true"}).content.decode().split())


def test_the_ticket_says_who_makes_it_until_it_is_put_back() -> None:
    order = factory.order(factory.cafe())

    started = tap(order, "start", by="maya")
    taken = tap(order, "take_over", by="ben")
    undone = tap(order, "undo", by="ben")

    assert '<span class="maker">Maya</span>' in started
    assert '<span class="maker">Ben</span>' in taken
    assert '<span class="maker">' not in undone


def test_nobody_takes_over_what_is_theirs_or_what_nobody_makes() -> None:
    order = factory.order(factory.cafe())
    maya = factory.user("maya")

    with pytest.raises(TransitionError):
        lifecycle.take_over(order, by=maya)
    lifecycle.start(order, by=maya)
    with pytest.raises(TransitionError):
        lifecycle.take_over(order, by=maya)


def test_drinks_are_ticked_off_one_by_one_and_the_order_stays_in_the_making() -> None:
    order = factory.order(factory.cafe(), factory.item("Latte"), factory.item("Tea"))
    lifecycle.start(order, by=None)
    latte, tea = order.items.all()

    answer = tap(order, "tick", item=latte.pk)

    assert [item.made for item in order.items.all()] == [True, False]
    assert answer.count('class="line made"') == 1
    assert Order.objects.get(pk=order.pk).status == "making"
    tap(order, "untick", item=latte.pk)
    assert not OrderItem.objects.filter(made=True).exists()
    tap(order, "tick", item=tea.pk)
    lifecycle.undo(Order.objects.get(pk=order.pk), by=None)
    assert not OrderItem.objects.filter(made=True).exists()


@pytest.mark.parametrize("item", ["0", "nonsense", "999999"])
def test_a_tick_on_no_line_of_this_order_changes_nothing(item: str) -> None:
    order = factory.order(factory.cafe(), factory.item("Latte"), factory.item("Tea"))
    lifecycle.start(order, by=None)

    tap(order, "tick", item=item)

    assert Order.objects.get(pk=order.pk).version == order.version


def test_an_order_moves_to_a_station_that_can_make_it_with_its_stock() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    for bar in (bar_1, bar_2):
        factory.stock(bar, option="Oat", on_hand=1)
    order = factory.order(bar_1, factory.item("Latte", "Oat"))

    answer = tap(order, "move", to=bar_2.slug)

    assert f"{order.code} Sam is made at Bar 2 now." in answer
    assert Order.objects.get(pk=order.pk).station == bar_2
    assert [int(row.reserved) for row in Stock.objects.order_by("station__position")] == [0, 1]


def test_an_order_stays_where_it_is_when_the_other_station_cannot_make_it() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    factory.cannot_make(bar_2, drink="Latte")
    order = factory.order(bar_1)

    answer = tap(order, "move", to=bar_2.slug)

    assert f"{order.code} Sam cannot be made there: Latte." in answer
    assert Order.objects.get(pk=order.pk).station == bar_1


def test_an_order_for_later_moves_to_a_station_that_pauses_until_then() -> None:
    bar_1, now = factory.cafe(), timezone.now()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1, paused_until=now + dt.timedelta(minutes=30))
    order = factory.order(bar_1, at=bar_1, wanted_at=now + dt.timedelta(hours=1))

    tap(order, "move", to=bar_2.slug)

    assert Order.objects.get(pk=order.pk).station == bar_2


def test_an_order_does_not_move_to_another_event_or_nowhere() -> None:
    order = factory.order(factory.cafe())
    elsewhere = factory.cafe()

    for to in (elsewhere.slug, "nowhere", order.station.slug):
        tap(order, "move", to=to)

    assert Order.objects.get(pk=order.pk).version == order.version
    with pytest.raises(CannotBeMade):
        lifecycle.move(order, to=elsewhere, by=None)


def batches(station: Station) -> list[tuple[int, str, str, int]]:
    context = station_board(station).look().context()
    return [(batch.cups, batch.milk, batch.drinks, len(batch.startable)) for batch in context["batches"]]


def test_cups_with_one_milk_are_grouped_without_changing_the_queue() -> None:
    station = factory.cafe(max_open_orders=0)
    first = factory.order(station, factory.item("Latte", "Oat", quantity=2))
    factory.order(station, factory.item("Mocha", "Soy"))
    mixed = factory.order(station, factory.item("Mocha", "Oat"), factory.item("Tea"))
    last = factory.order(station, factory.item("Latte", "Oat"))

    assert batches(station) == [(4, "Oat", "3 latte, 1 mocha", 2)]

    client = Client()
    client.force_login(factory.user("maya"))
    pks = f"{first.pk},{last.pk},nonsense,"
    answer = client.post(f"/stations/{station.slug}/batch/", {"orders": pks}, headers={"HX-Request": "true"})

    assert "2 orders started." in answer.content.decode()
    assert [Order.objects.get(pk=order.pk).status for order in (first, mixed, last)] == ["making", "waiting", "making"]


def test_a_batch_is_of_what_waits_near_the_front_of_the_queue() -> None:
    station = factory.cafe(max_open_orders=0)
    making = factory.order(station, factory.item("Latte", "Oat", quantity=3))
    lifecycle.start(making, by=None)
    oats = [factory.order(station, factory.item("Latte", "Oat")) for _ in range(2)]
    for _ in range(BATCH_REACH - 2):
        factory.order(station, factory.item("Tea"))
    factory.order(station, factory.item("Latte", "Oat"))

    [batch] = station_board(station).look().context()["batches"]

    assert (batch.cups, batch.startable_cups) == (2, 2)
    assert batch.startable == tuple(order.pk for order in oats)


@pytest.mark.parametrize("vip", [True, False])
def test_a_vip_and_nobody_else_is_marked_on_the_ticket(vip: bool) -> None:
    station = factory.cafe()
    factory.order(station, customer=factory.customer("Rosa", vip=vip), name="Rosa")

    assert ('<span class="vip">VIP</span>' in station_board(station).frame(oob=False).html) == vip


def test_a_walk_in_is_made_where_it_was_taken() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)

    order = factory.order(bar_1, at=bar_2, channel="walk_in")

    assert order.station == bar_2
