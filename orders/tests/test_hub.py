"""Tests of live boards with WebSocket consumers and the real channel layer.

They test hints, i.e. messages that a board has changed, and heartbeats."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import DatabaseError

from accounts.models import Role
from orders.hints import announcer
from orders.live import boards, hub
from orders.live.boards import station_board
from orders.live.frames import GATHER_FOR_CUSTOMERS, Board, Look
from orders.tests.sockets import cafe, move, order_at, socket_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("close_sockets")]


def tickets(text: str) -> list[tuple[str, str]]:
    """Return (id, status) of each ticket that is in the frame with its full HTML."""
    return re.findall(r'class="ticket"\s+id="order-(\d+)"\s+data-status="(\w+)"', text)


def named(text: str) -> set[str]:
    """Return the ids of all tickets in the frame, both full tickets and stubs (id and digest only)."""
    return set(re.findall(r'<li [^>]*?id="order-(\d+)"', text))


async def test_a_socket_gets_the_whole_board_at_once_and_then_every_change() -> None:
    station = await cafe()
    order = await order_at(station)
    socket = await socket_on(station)
    assert await socket.connect()

    first = await socket.text()
    await move(order, by=None)
    changed = await socket.until("ready")

    assert tickets(first) == [(str(order.pk), "waiting")]
    assert 'hx-swap-oob="morph"' in first
    assert tickets(changed) == [(str(order.pk), "ready")]


@pytest.mark.layer
async def test_process_that_joined_the_group_of_hints_long_ago_still_gets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The channel layer removes a process from the group that gets hints `group_expiry` seconds after it joined.

    The process must therefore join again from time to time."""
    monkeypatch.setattr(hub, "BEAT", 60)
    monkeypatch.setattr(hub, "JOIN_AGAIN", 0.1)
    layer: Any = get_channel_layer()
    monkeypatch.setattr(layer, "group_expiry", 1)
    station = await cafe()
    socket = await socket_on(station)
    assert await socket.connect()
    await socket.text()

    await asyncio.sleep(2.2)
    await order_at(station, name="Priya")

    assert await socket.until("Priya")


def test_a_process_that_died_is_soon_forgotten_and_one_that_lives_joins_before_that() -> None:
    # A process that died stays in the group until its membership expires. Until then, Redis stores hints that nobody
    # reads.
    assert 2 * hub.JOIN_AGAIN < settings.GROUP_EXPIRY <= 300


async def test_sockets_of_a_process_that_ends_are_told_to_come_back() -> None:
    station = await cafe()
    sockets = [await socket_on(station) for _ in range(3)]
    for socket in sockets:
        assert await socket.connect()
        await socket.text()

    seconds = hub.hub.send_away()

    assert [await socket.close_code() for socket in sockets] == [hub.COME_BACK] * 3
    assert 0 < seconds < 1


async def test_a_new_order_is_on_the_board_and_on_the_wall_by_its_hint_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BEAT", 60)
    station = await cafe()
    board, wall = await socket_on(station), await socket_on(station, role=Role.DISPLAY, wall=True)
    for socket in (board, wall):
        assert await socket.connect()
        await socket.text()

    order = await order_at(station, name="Priya")

    assert order.code in await board.until("Priya")
    assert order.code in await wall.until("Priya")


async def test_a_hint_that_was_lost_heals_with_the_next_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BEAT", 0.2)
    monkeypatch.setattr(announcer, "hint", lambda boards: None)
    station = await cafe()
    socket = await socket_on(station)
    await socket.connect()
    await socket.text()

    order = await order_at(station)

    assert tickets(await socket.until("ticket-head")) == [(str(order.pk), "waiting")]


async def test_a_heartbeat_without_a_change_is_only_a_pulse_with_the_boards_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hub, "BEAT", 0.1)
    socket = await socket_on(await cafe())
    await socket.connect()
    first = await socket.text()

    beat = await socket.text()

    assert 'id="board"' not in beat
    assert re.findall(r'data-version="([^"]+)"', first)[0] == re.findall(r'data-version="([^"]+)"', beat)[0]


async def test_a_page_that_connects_does_not_take_the_news_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BEAT", 30)
    monkeypatch.setattr(announcer, "hint", lambda boards: None)
    station = await cafe()
    first, second = await socket_on(station), await socket_on(station)
    await first.connect()
    await first.text()

    order = await order_at(station)
    await second.connect()

    assert tickets(await first.text()) == [(str(order.pk), "waiting")]


async def test_a_change_is_pushed_with_its_ticket_alone_and_a_new_socket_gets_them_all() -> None:
    station = await cafe(max_open_orders=0)
    orders = [await order_at(station, name=f"Guest {n}") for n in range(3)]
    socket, late = await socket_on(station), await socket_on(station)
    await socket.connect()
    await socket.text()

    await move(orders[1], by=None)
    changed = await socket.until("ready")
    await late.connect()

    pks = {str(order.pk) for order in orders}
    assert tickets(changed) == [(str(orders[1].pk), "ready")]
    assert named(changed) == pks
    assert {pk for pk, _ in tickets(await late.text())} == pks


async def test_a_change_reads_the_board_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BEAT", 30)
    read, look = list[int](), boards.station_look

    def noted(pk: int) -> Look:
        read.append(pk)
        return look(pk)

    monkeypatch.setattr(boards, "station_look", noted)
    station = await cafe()
    socket = await socket_on(station)
    await socket.connect()
    order = await order_at(station)
    await socket.until("ticket-head")
    read.clear()

    await move(order, by=None)
    await socket.until("ready")

    assert read == [station.pk]


async def test_a_page_that_shows_the_board_already_gets_a_pulse_alone() -> None:
    bar = await cafe()
    order = await order_at(bar)
    version = (await sync_to_async(station_board(bar).look)()).version
    current, outdated = await socket_on(bar, shows=version), await socket_on(bar, shows=f"{version}0")
    await current.connect()
    await outdated.connect()

    first, whole = await current.text(), await outdated.text()

    assert 'id="pulse"' in first
    assert order.code not in first
    assert order.code in whole
    await move(order, by=None)
    assert tickets(await current.until('id="board"')) == [(str(order.pk), "ready")]


async def test_pages_that_come_back_at_once_are_one_render(monkeypatch: pytest.MonkeyPatch) -> None:
    station = await cafe()
    sockets = [await socket_on(station) for _ in range(6)]
    renders: list[str] = []
    render = Board.frame

    def counted(self: Board, **given: Any) -> Any:
        renders.append(self.name)
        return render(self, **given)

    monkeypatch.setattr(Board, "frame", counted)
    await asyncio.gather(*(socket.connect() for socket in sockets))

    for socket in sockets:
        assert 'id="board"' in await socket.text()
    assert len(renders) == 1


async def test_no_heartbeat_goes_out_while_the_database_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BEAT", 0.1)
    socket = await socket_on(await cafe())
    await socket.connect()
    await socket.text()

    def down(self: Board) -> str:
        raise DatabaseError

    (board,) = hub.hub.boards.values()
    assert isinstance(board, hub.LiveBoard)
    object.__setattr__(board.board, "look", down)
    await asyncio.sleep(0.2)
    while not await socket.communicator.receive_nothing(timeout=0.3):
        await socket.text()

    assert await socket.communicator.receive_nothing(timeout=0.5)


async def test_many_changes_at_once_are_few_renders_and_the_last_one_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    station = await cafe(max_open_orders=0)
    sockets = [await socket_on(station) for _ in range(5)]
    for socket in sockets:
        await socket.connect()
        await socket.text()
    renders: list[str] = []
    render = Board.frame

    def counted(self: Board, **given: Any) -> Any:
        renders.append(self.name)
        return render(self, **given)

    monkeypatch.setattr(Board, "frame", counted)
    orders = await asyncio.gather(*(order_at(station, name=f"Guest {n}") for n in range(20)))

    for socket in sockets:
        async with asyncio.timeout(5):
            while len(named(await socket.text())) < len(orders):
                pass
    assert 1 <= len(renders) <= 20


async def test_a_wall_shows_the_orders_of_a_rush_in_few_renders(monkeypatch: pytest.MonkeyPatch) -> None:
    station = await cafe(max_open_orders=0)
    wall = await socket_on(station, role=Role.DISPLAY, wall=True)
    await wall.connect()
    await wall.text()
    renders: list[float] = []
    render = Board.frame

    def counted(self: Board, **given: Any) -> Any:
        renders.append(time.monotonic())
        return render(self, **given)

    monkeypatch.setattr(Board, "frame", counted)
    began = time.monotonic()
    for number in range(12):
        last = await order_at(station, name=f"Guest {number}")
        await asyncio.sleep(0.05)

    await wall.until(last.code)
    assert len(renders) <= (time.monotonic() - began) / GATHER_FOR_CUSTOMERS + 1
