from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.utils import timezone

from accounts.models import Role
from expresso.api import stream, tokens
from expresso.api.models import ApiKey, Scope, SignIn
from expresso.api.throttle import SocketThrottle
from expresso.asgi import application
from orders import lifecycle
from orders.models import Order, OrderEvent
from orders.tests import factory
from stations.models import Event, Station

pytestmark = pytest.mark.django_db(transaction=True)
opened: list[WebsocketCommunicator] = []


@pytest_asyncio.fixture(autouse=True)
async def _close() -> AsyncIterator[None]:
    yield
    for socket in opened:
        await socket.disconnect()
    opened.clear()


def connected(event: Event, *protocols: str, since: str = "") -> WebsocketCommunicator:
    socket = WebsocketCommunicator(
        application, f"/ws/api/v1/events/{event.slug}/{since}", subprotocols=list(protocols) or None
    )
    opened.append(socket)
    return socket


async def heard(socket: WebsocketCommunicator, kind: str) -> Any:
    """Return the next message of this type. Messages of other types are skipped."""
    async with asyncio.timeout(8):
        while (message := json.loads(await socket.receive_from(timeout=8)))["type"] != kind:
            pass
    return message


async def close_code(socket: WebsocketCommunicator) -> int:
    return int((await socket.receive_output(timeout=8))["code"])


@sync_to_async
def a_cafe() -> Station:
    return factory.cafe()


@sync_to_async
def token_of(role: str = Role.BARISTA) -> str:
    return tokens.sign_in(factory.user(f"someone-{role}", role)).access


order_at = sync_to_async(factory.order)


@sync_to_async
def start(order: Any) -> None:
    lifecycle.start(order, by=None)


async def test_a_program_gets_the_state_and_then_every_change() -> None:
    bar = await a_cafe()
    order = await order_at(bar)
    socket = connected(bar.event, "expresso.v1", f"bearer.{await token_of()}")

    accepted, protocol = await socket.connect(timeout=5)
    state = await heard(socket, "state")
    await start(order)
    fact = await heard(socket, "fact")

    assert (accepted, protocol) == (True, "expresso.v1")
    assert [each["code"] for each in state["orders"]] == ["A01"]
    assert (fact["kind"], fact["order"]["status"]) == ("start", "making")
    assert fact["seq"] > state["seq"]


async def test_a_program_resumes_after_what_it_has_seen() -> None:
    bar = await a_cafe()
    order = await order_at(bar)
    token = await token_of()
    first = connected(bar.event, f"bearer.{token}")
    await first.connect(timeout=5)
    seen = (await heard(first, "state"))["seq"]
    await first.disconnect()
    opened.clear()
    await start(order)

    again = connected(bar.event, f"bearer.{token}", since=f"?since={seen}")
    await again.connect(timeout=5)

    assert (await heard(again, "fact"))["kind"] == "start"


@sync_to_async
def write_fact(order: Order, number: int) -> None:
    OrderEvent.objects.create(pk=number, order=order, verb="tick", status=order.status)


async def test_a_change_is_told_though_it_is_committed_after_one_with_a_higher_number() -> None:
    bar = await a_cafe()
    order = await order_at(bar)
    newest = (await OrderEvent.objects.alatest("pk")).pk
    await write_fact(order, newest + 20)
    socket = connected(bar.event, f"bearer.{await token_of()}")
    await socket.connect(timeout=5)
    state = await heard(socket, "state")

    await write_fact(order, newest + 10)

    fact = await heard(socket, "fact")
    assert (state["seq"], fact["seq"], fact["kind"]) == (newest + 20, newest + 10, "tick")


async def test_a_change_is_told_while_a_program_gets_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, told = stream.StreamConsumer.tell, asyncio.Event()

    async def slowly(self: stream.StreamConsumer, message: dict[str, Any]) -> None:
        await at_once(self, message)
        if message["type"] == "state":
            told.set()
            await asyncio.sleep(1)

    bar = await a_cafe()
    order = await order_at(bar)
    token = await token_of()
    first, second = connected(bar.event, f"bearer.{token}"), connected(bar.event, f"bearer.{token}")
    await first.connect(timeout=5)
    await heard(first, "state")
    monkeypatch.setattr(stream.StreamConsumer, "tell", slowly)
    await second.connect(timeout=5)
    await told.wait()

    await start(order)

    assert (await heard(first, "fact"))["kind"] == "start"
    assert (await heard(second, "fact"))["kind"] == "start"


async def test_a_token_may_come_as_the_first_message() -> None:
    bar = await a_cafe()
    socket = connected(bar.event)
    await socket.connect(timeout=5)

    await socket.send_to(json.dumps({"token": await token_of()}))

    assert (await heard(socket, "state"))["orders"] == []


@pytest.mark.parametrize("message", ["{", "[]", '{"token": null}', '{"token": "x"}'])
async def test_a_first_message_without_a_good_token_closes_the_socket(message: str) -> None:
    socket = connected((await a_cafe()).event)
    await socket.connect(timeout=5)

    await socket.send_to(message)

    assert await close_code(socket) == 4401


async def test_a_role_that_sees_no_board_sees_no_stream() -> None:
    socket = connected((await a_cafe()).event, f"bearer.{await token_of(Role.DISPLAY)}")
    await socket.connect(timeout=5)

    assert await close_code(socket) == 4403


async def test_another_events_key_finds_no_stream() -> None:
    @sync_to_async
    def key_of(event: Event) -> str:
        row = ApiKey(name="Robot", event=event, owner=factory.user("maya"), scopes=[Scope.READ])
        secret = row.renew()
        row.save()
        return secret

    bar, other = await a_cafe(), await a_cafe()
    key = await key_of(bar.event)
    own, foreign = connected(bar.event, f"bearer.{key}"), connected(other.event, f"bearer.{key}")
    await own.connect(timeout=5)
    await foreign.connect(timeout=5)

    assert (await heard(own, "state"))["orders"] == []
    assert await close_code(foreign) == 4404


async def test_signing_out_closes_the_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "CHECK_EVERY", 0.05)
    socket = connected((await a_cafe()).event, f"bearer.{await token_of()}")
    await socket.connect(timeout=5)
    await heard(socket, "state")

    await SignIn.objects.aupdate(ended_at=timezone.now())

    assert await close_code(socket) == 4401


async def test_too_many_new_sockets_are_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SocketThrottle.THROTTLE_RATES, "socket", "2/min")
    bar, token = await a_cafe(), await token_of()
    sockets = [connected(bar.event, f"bearer.{token}") for _ in range(3)]
    for socket in sockets:
        await socket.connect(timeout=5)

    told = json.loads(await sockets[2].receive_from(timeout=5))

    assert (await heard(sockets[1], "state"))["orders"] == []
    assert (told["status"], told["code"], 0 < told["retry_after"] <= 61) == (429, "throttled", True)
    assert await close_code(sockets[2]) == 4429
