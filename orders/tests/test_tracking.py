"""Tests of an order's own page over its WebSocket: the order's token opens it, and many followers cost little."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from orders import lifecycle
from orders.live import consumers, followers, tracking
from orders.live.tracking import standing_of, standings
from orders.messaging.messages import write
from orders.messaging.texting import ToSay
from orders.models import Order
from orders.tests import factory
from orders.tests.sockets import Socket, cafe, move, order_at
from stations.models import Station

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("close_sockets")]

start = sync_to_async(lifecycle.start)


@sync_to_async
def socket_of(token: str) -> Socket:
    return Socket(f"/ws/orders/{token}/en/", role=None)


def shown(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def busy(bar: Station) -> list[Order]:
    """Create orders that are waiting, being made and ready, at two stations. Return them in the sequence of placing."""
    other = factory.station(bar.event, "Bar 2", baristas=2, extra_minutes=5)
    orders = [factory.order(bar, factory.item(quantity=n % 3 + 1), at=(bar, other)[n % 2]) for n in range(8)]
    for order in (orders[0], orders[4], orders[5]):
        lifecycle.start(order, by=None)
    lifecycle.mark_ready(orders[1], by=None)
    return orders


def test_all_orders_of_an_event_stand_as_each_of_them_alone_does() -> None:
    bar = factory.cafe(max_open_orders=0)
    orders = [Order.objects.select_related("event", "station").get(pk=order.pk) for order in busy(bar)]

    together = standings(bar.event.pk)

    assert together == {order.pk: standing_of(order) for order in orders}
    assert {standing.ahead for standing in together.values()} >= {None, 1, 2}


@pytest.mark.parametrize("count", [1, 20])
def test_any_number_of_orders_is_counted_in_two_statements(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    bar = factory.cafe(max_open_orders=0)
    for _ in range(count):
        factory.order(bar)

    with django_assert_num_queries(2):
        assert len(standings(bar.event.pk)) == count


async def test_order_is_followed_to_its_end_by_whoever_has_the_token() -> None:
    bar = await cafe()
    order = await order_at(bar, name="Priya")
    socket = await socket_of(order.token)
    assert await socket.connect()
    version = re.findall(r'data-version="(\d+)"', await socket.text())

    await move(order, by=None)
    ready = await socket.until("Ready at Bar 1")
    await sync_to_async(lifecycle.collect)(order, by=None)
    over = await socket.until("Collected")

    assert int(version[0]) < int(re.findall(r'data-version="(\d+)"', ready)[0])
    assert 'hx-swap-oob="morph"' in ready
    assert "Priya" in shown(ready)
    # A fragment that is sent over the socket has no form, because it cannot have a valid CSRF token.
    assert "csrf" not in ready + over


async def test_token_of_no_order_is_told_by_the_close_code() -> None:
    socket = await socket_of("nothing")

    assert await socket.connect()

    assert await socket.close_code() == consumers.NO_SUCH_BOARD


async def test_others_doings_are_one_line_with_the_next_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers.Crowd, "beat", 0.3)
    bar = await cafe(max_open_orders=0)
    first, mine = await order_at(bar), await order_at(bar)
    socket = await socket_of(mine.token)
    await socket.connect()
    assert "1 order before yours" in shown(await socket.until('id="ahead"'))

    await sync_to_async(lifecycle.cancel)(first, by=None)
    news = await socket.until("You are next at Bar 1.")

    assert 'id="tracking"' not in news


async def test_thousands_of_pages_cost_a_render_for_the_one_order_that_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    bar = await cafe(max_open_orders=0)
    orders = [await order_at(bar) for _ in range(6)]
    sockets = [await socket_of(order.token) for order in orders for _ in range(2)]
    for socket in sockets:
        await socket.connect()
        await socket.text()
    renders: list[int] = []
    looks: list[int] = []
    render, look = tracking.page_of, tracking.standings

    def counted_render(pk: int, languages: set[str]) -> Any:
        renders.append(pk)
        return render(pk, languages)

    def counted_look(event: int) -> Any:
        looks.append(event)
        return look(event)

    monkeypatch.setattr(followers, "page_of", counted_render)
    monkeypatch.setattr(followers, "standings", counted_look)
    await asyncio.gather(*(start(order, by=None) for order in orders[:1]))
    for socket in sockets[:2]:
        await socket.until("Being made")

    assert renders == [orders[0].pk]
    assert set(looks) == {bar.event.pk}
    assert len(looks) <= 3


async def test_page_behind_its_order_learns_so_from_the_version_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "page_of", None)
    bar = await cafe()
    order = await order_at(bar)
    await start(order, by=None)
    page = await sync_to_async(lambda: Client().get(f"/orders/{order.token}/").content.decode())()
    socket = await socket_of(order.token)
    await socket.connect()

    greeting = await socket.text()

    assert 'id="tracking"' not in greeting
    assert re.findall(r'data-version="(\d+)"', greeting) == re.findall(
        r'id="tracking"\s.*?data-version="(\d+)"', page, re.S
    )


async def test_what_the_bar_wrote_stands_on_the_page_at_once() -> None:
    bar = await cafe()
    order = await order_at(bar, channel="web")
    socket = await socket_of(order.token)
    await socket.connect()
    await socket.text()
    maya = await sync_to_async(factory.user)("maya", Role.BARISTA)

    await sync_to_async(write)(order, ToSay(text="Your name again, please?"), by=maya)

    assert "Your name again, please?" in shown(await socket.until("Your name again"))
