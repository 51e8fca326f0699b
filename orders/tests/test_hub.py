"""Boards over real sockets' consumers and the real channel layer: hints, heartbeats, and who may connect."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from expresso.asgi import application
from orders import lifecycle
from orders.hints import announcer
from orders.live import consumers, doorkeeper, hub
from orders.live.frames import Board
from orders.models import Order
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db(transaction=True)


class Socket:
    """A browser's socket: the cookie of a signed-in user, an Origin, and what was received."""

    def __init__(self, path: str, *, role: str | None, origin: str = "http://testserver") -> None:
        headers = [(b"origin", origin.encode()), (b"host", b"testserver")]
        if role:
            client = Client()
            client.force_login(factory.user(f"{role}-{len(opened)}", role))
            headers.append((b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode()))
        self.communicator = WebsocketCommunicator(application, path, headers=headers)
        opened.append(self)

    async def connect(self) -> bool:
        connected, _ = await self.communicator.connect(timeout=5)
        return bool(connected)

    async def text(self) -> str:
        return str(await self.communicator.receive_from(timeout=5))

    async def until(self, words: str) -> str:
        """The first text with these words in it."""
        async with asyncio.timeout(5):
            while words not in (text := await self.text()):
                pass
        return text

    async def close_code(self) -> int:
        closed = await self.communicator.receive_output(timeout=5)
        return int(closed["code"])


opened: list[Socket] = []


@pytest_asyncio.fixture(autouse=True)
async def _close_sockets() -> AsyncIterator[None]:
    yield
    for socket in opened:
        await socket.communicator.disconnect()
    opened.clear()


@sync_to_async
def socket_on(station: Station, *, role: str | None = Role.BARISTA, wall: bool = False, **options: Any) -> Socket:
    path = f"/ws/events/{station.event.slug}/wall/" if wall else f"/ws/stations/{station.slug}/"
    return Socket(path, role=role, **options)


cafe = sync_to_async(factory.cafe)
order_at = sync_to_async(factory.order)
move = sync_to_async(lifecycle.mark_ready)


def tickets(text: str) -> list[tuple[str, str]]:
    """Those that stand in it whole."""
    return re.findall(r'class="ticket"\s+id="order-(\d+)"\s+data-status="(\w+)"', text)


def named(text: str) -> set[str]:
    """Those that stand in it, whole or as a stub."""
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
    """The layer forgets who joined earlier than its group_expiry."""
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


@pytest.mark.parametrize(
    ("role", "wall", "code"),
    [
        (None, False, doorkeeper.SIGN_IN_AGAIN),
        (None, True, doorkeeper.SIGN_IN_AGAIN),
        (Role.DISPLAY, False, doorkeeper.NOT_ALLOWED),
    ],
)
async def test_who_may_not_see_a_board_is_told_by_the_close_code_and_shown_nothing(
    role: str | None, wall: bool, code: int
) -> None:
    station = await cafe()
    await order_at(station)
    socket = await socket_on(station, role=role, wall=wall)

    assert await socket.connect()

    assert await socket.close_code() == code


async def test_a_board_that_is_none_is_told_by_the_close_code() -> None:
    station = await cafe()
    socket = await socket_on(Station(slug="nowhere", event=station.event))

    assert await socket.connect()

    assert await socket.close_code() == consumers.NO_SUCH_BOARD


async def test_another_sites_page_is_not_let_in() -> None:
    socket = await socket_on(await cafe(), origin="https://elsewhere.example")

    assert not await socket.connect()


async def test_a_user_who_was_switched_off_is_not_let_back_in() -> None:
    station = await cafe()
    socket = await socket_on(station)
    await sync_to_async(lambda: User.objects.update(is_active=False))()

    await socket.connect()

    assert await socket.close_code() in {doorkeeper.SIGN_IN_AGAIN, doorkeeper.NOT_ALLOWED}


async def test_a_socket_ends_by_itself_so_that_the_page_is_asked_again_who_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(consumers, "LIFETIME", 0.1)
    socket = await socket_on(await cafe())
    assert await socket.connect()
    await socket.text()

    assert await socket.close_code() == hub.COME_BACK


async def test_what_is_sent_over_the_socket_does_nothing() -> None:
    station = await cafe()
    order = await order_at(station)
    socket = await socket_on(station)
    await socket.connect()
    await socket.text()

    await socket.communicator.send_to(text_data=f'{{"verb": "start", "order": {order.pk}}}')
    await socket.until('id="pulse"')

    assert (await Order.objects.aget(pk=order.pk)).status == "waiting"


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


async def test_pages_that_come_back_at_once_are_one_render(monkeypatch: pytest.MonkeyPatch) -> None:
    station = await cafe()
    sockets = [await socket_on(station) for _ in range(6)]
    renders: list[str] = []
    render = Board.frame

    def counted(self: Board, *, oob: bool) -> Any:
        renders.append(self.name)
        return render(self, oob=oob)

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
    object.__setattr__(board.board, "version", down)
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

    def counted(self: Board, *, oob: bool) -> Any:
        renders.append(self.name)
        return render(self, oob=oob)

    monkeypatch.setattr(Board, "frame", counted)
    orders = await asyncio.gather(*(order_at(station, name=f"Guest {n}") for n in range(20)))

    for socket in sockets:
        async with asyncio.timeout(5):
            while len(named(await socket.text())) < len(orders):
                pass
    assert 1 <= len(renders) <= 20


def signs_out(user: User, session: str) -> None:
    Session.objects.filter(pk=session).delete()


def is_let_go(user: User, session: str) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def gets_a_new_password(user: User, session: str) -> None:
    user.set_password("another long enough one")
    user.save()


def leaves_the_event(user: User, session: str) -> None:
    user.memberships.all().delete()


def becomes_a_display(user: User, session: str) -> None:
    user.memberships.update(role=Role.DISPLAY)


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (signs_out, doorkeeper.SIGN_IN_AGAIN),
        (is_let_go, doorkeeper.SIGN_IN_AGAIN),
        (gets_a_new_password, doorkeeper.SIGN_IN_AGAIN),
        (leaves_the_event, doorkeeper.NOT_ALLOWED),
        (becomes_a_display, doorkeeper.NOT_ALLOWED),
    ],
)
async def test_a_socket_is_closed_soon_after_its_reader_lost_the_right(happens: Any, code: int) -> None:
    station = await cafe()
    socket = await socket_on(station)
    assert await socket.connect()
    await socket.text()
    user, session = await User.objects.aget(), await Session.objects.aget()

    await sync_to_async(happens)(user, session.pk)

    async with asyncio.timeout(5):
        while (message := await socket.communicator.receive_output(timeout=5))["type"] != "websocket.close":
            pass
    assert message["code"] == code


async def test_a_check_of_all_sockets_takes_three_statements_and_leaves_the_others_open() -> None:
    station = await cafe()
    sockets = [await socket_on(station, role=role, wall=role == Role.DISPLAY) for role in (Role.BARISTA, Role.DISPLAY)]
    for socket in sockets:
        await socket.connect()
        await socket.text()
    admissions = set(doorkeeper.doorkeeper._screens.values())

    def check() -> tuple[int, dict[Any, int]]:
        with CaptureQueriesContext(connection) as captured:
            found = doorkeeper.refusals(admissions)
        return len(captured), found

    assert len(admissions) == 2
    assert await sync_to_async(check)() == (3, {})
