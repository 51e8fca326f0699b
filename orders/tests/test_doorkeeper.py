"""Tests of who is allowed to open a socket, and whose open sockets are closed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from orders.live import consumers, doorkeeper, hub
from orders.models import Order
from orders.tests.sockets import cafe, order_at, socket_on
from stations.models import Station

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("close_sockets")]


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
