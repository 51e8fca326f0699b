"""A WebSocket for tests, as a signed-in browser opens it for a station's board or an event's wall display."""

from __future__ import annotations

import asyncio
from typing import Any

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.test import Client

from accounts.models import Role
from expresso.asgi import application
from orders import lifecycle
from orders.tests import factory
from stations.models import Station


class Socket:
    """A WebSocket as a browser opens it, with an Origin header and the session cookie of a signed-in user."""

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
        """Return the next message that contains these words, and skip all messages before it."""
        async with asyncio.timeout(5):
            while words not in (text := await self.text()):
                pass
        return text

    async def close_code(self) -> int:
        closed = await self.communicator.receive_output(timeout=5)
        return int(closed["code"])


opened: list[Socket] = []


@sync_to_async
def socket_on(
    station: Station, *, role: str | None = Role.BARISTA, wall: bool = False, shows: str = "", **options: Any
) -> Socket:
    path = f"/ws/events/{station.event.slug}/wall/" if wall else f"/ws/stations/{station.slug}/"
    path += f"?shows={shows}" if shows else ""
    return Socket(path, role=role, **options)


cafe = sync_to_async(factory.cafe)
order_at = sync_to_async(factory.order)
move = sync_to_async(lifecycle.mark_ready)
