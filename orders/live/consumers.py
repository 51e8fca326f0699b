"""WebSockets of a station's board, of wall displays and of an order's page.

The sockets only send. Every change of an order is an HTTP POST."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.http import QueryDict

from accounts.access import Right, may
from accounts.audit import record_once_a_minute
from accounts.models import User
from orders.live.boards import station_board, wall
from orders.live.doorkeeper import NOT_ALLOWED, SIGN_IN_AGAIN, Admission, doorkeeper
from orders.live.followers import Crowd
from orders.live.frames import Board
from orders.live.hub import COME_BACK, Live, LiveBoard, hub
from orders.models import Order
from stations.models import Event, Station

NO_SUCH_BOARD = 4404
#: Seconds until the server closes a socket. The page then connects again, and its permissions are checked again.
LIFETIME = 15 * 60


class BoardConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Sends a board to a user who is allowed to see it.

    A refused socket is first accepted and then closed with a code. If the handshake were refused instead, the browser
    could not tell the refusal from a lost network."""

    board: Board | None = None
    #: Name of the `hub.Live` that this socket has joined.
    live = ""
    shows = ""
    # Only the hub listens to the channel layer, on behalf of all sockets. If each socket listened itself, all would
    # close when Redis fails.
    channel_layer_alias = "none"
    _end: asyncio.TimerHandle | None = None

    #: The right that the user needs at the event of the board.
    right: Right

    def find(self, slug: str) -> tuple[Board, int] | None:
        """Return (board, pk of its event) for the slug in the URL; None if there is no such board."""
        raise TypeError(f"{type(self).__name__} must say which board it shows")

    async def connect(self) -> None:
        await self.accept()
        refused = await self._admit()
        if refused:
            await self.close(refused)

    async def _admit(self) -> int | None:
        """Start to show the board to this user and return None. If the user is not allowed to see it, return a close
        code instead."""
        user = self.scope["user"]
        if not user.is_authenticated:
            return SIGN_IN_AGAIN
        found = await database_sync_to_async(self.find)(self.scope["url_route"]["kwargs"]["slug"])
        if found is None:
            return NO_SUCH_BOARD
        self.board, event = found
        if not await database_sync_to_async(_is_allowed)(user, self.right, event, type(self).__name__):
            return NOT_ALLOWED
        doorkeeper.watch(
            self,
            Admission(user.pk, self.scope["session"].session_key, user.get_session_auth_hash(), self.right, event),
        )
        self.shows = QueryDict(self.scope["query_string"]).get("shows", "")
        await self.join(LiveBoard(self.board))
        return None

    async def join(self, live: Live[Any]) -> None:
        self.live = live.name
        await hub.join(live, self)
        # Sockets live for different times. Otherwise a hundred screens would all reconnect in the same second.
        lifetime = LIFETIME * random.uniform(0.8, 1.2)
        self._end = asyncio.get_running_loop().call_later(lifetime, self._come_back)

    async def disconnect(self, code: int) -> None:
        doorkeeper.leave(self)
        if self._end:
            self._end.cancel()
        if self.live:
            hub.leave(self.live, self)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Ignore every message that a page sends."""

    async def show(self, html: str) -> None:
        await self.send(text_data=html)

    def _come_back(self) -> None:
        self._closing = asyncio.ensure_future(self.close(COME_BACK))


def _is_allowed(user: User, right: Right, event: int, socket: str) -> bool:
    if may(user, right, event):
        return True
    record_once_a_minute("refused", f"socket {socket.removesuffix('Consumer')}", user=user, event=event)
    return False


class StationConsumer(BoardConsumer):
    right = Right.WATCH

    def find(self, slug: str) -> tuple[Board, int] | None:
        station = Station.objects.filter(slug=slug).first()
        return (station_board(station), station.event_id) if station else None


class StationWallConsumer(BoardConsumer):
    right = Right.WALL

    def find(self, slug: str) -> tuple[Board, int] | None:
        station = Station.objects.select_related("event").filter(slug=slug).first()
        return (wall(station.event, station), station.event_id) if station else None


class WallConsumer(BoardConsumer):
    right = Right.WALL

    def find(self, slug: str) -> tuple[Board, int] | None:
        event = Event.objects.filter(slug=slug).first()
        return (wall(event), event.pk) if event else None


class TrackingConsumer(BoardConsumer):
    """Sends the state of one order, in the language of the page, to everybody who knows the order's token."""

    order = 0
    language = ""

    async def _admit(self) -> int | None:
        where = self.scope["url_route"]["kwargs"]
        found = await Order.objects.filter(token=where["token"]).values_list("pk", "event_id").afirst()
        if found is None:
            return NO_SUCH_BOARD
        self.order, event = found
        # An unknown language code counts as English. An order is rendered once for each language of its open pages, so
        # somebody who invents codes would otherwise cause a rendering for each.
        self.language = where["language"] if where["language"] in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        await self.join(Crowd(event))
        return None
