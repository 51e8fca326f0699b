"""`/ws/api/v1/events/<slug>/`: a WebSocket that sends an event's open orders and then every change, as JSON.

A program sends its token or API key as the WebSocket subprotocol `bearer.<token>` beside `expresso.v1`, or as the first
message `{"token": "…"}`. It must not be in the URL, because proxies log URLs. `?since=<seq>` asks for the changes after
the one with that number."""

from __future__ import annotations

import asyncio
import contextlib
import json
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.core.exceptions import PermissionDenied
from django.core.handlers.asgi import ASGIRequest
from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.renderers import JSONRenderer

from accounts.audit import record_once_a_minute
from expresso.api.authentication import identify
from expresso.api.base import READ, admit
from expresso.api.order_serializers import OrderSerializer
from expresso.api.problems import body
from expresso.api.throttle import seconds_to_wait
from expresso.api.views.orders import ORDERS
from orders.hints import stream_of
from orders.live.consumers import NO_SUCH_BOARD
from orders.live.doorkeeper import NOT_ALLOWED, SIGN_IN_AGAIN
from orders.live.hub import Live, hub
from orders.models import OrderEvent
from stations.models import Event

COME_LATER = 4429
TOO_MANY = "Too many new sockets from this address. Wait as many seconds as retry_after says."
PROTOCOL, BEARER = "expresso.v1", "bearer."
#: How long a program may take to send its token, and how often the token is checked again while the socket is open.
PATIENCE, CHECK_EVERY = 10.0, 5.0
#: A program that connects again gets the changes it has missed, if they are at most this many. Otherwise it gets all
#: open orders.
MOST_MISSED = 500
#: A change gets its number when it is written, but can be read only after its commit. So number 8 may become readable
#: after number 9. Each query looks again at this many numbers below the highest one that was sent.
LATE_COMMITS = 100


class Stream(Live["StreamConsumer"]):
    """The order changes of one event. They are read once and sent to all sockets of this process."""

    def __init__(self, event: Event) -> None:
        super().__init__(stream_of(event.pk))
        self.event = event
        self.seq = 0
        #: Numbers of the newest changes that the sockets have got, so that none is sent twice. None before the first
        #: socket joins.
        self._sent: set[int] | None = None
        #: Held while changes are sent and while a socket joins. Otherwise the socket could miss changes that are just
        #: being sent.
        self._sending = asyncio.Lock()

    async def join(self, viewer: StreamConsumer) -> None:
        async with self._sending:
            if self._sent is None:
                self.seq, self._sent = await database_sync_to_async(self._latest)()
            missed = await database_sync_to_async(self._missed)(viewer.since)
            if missed is None:
                await viewer.tell(await database_sync_to_async(self._state)())
            for fact in missed or ():
                await viewer.tell(fact)
            await super().join(viewer)

    async def _round(self, *, hinted: bool) -> None:
        self._hinted.clear()
        async with self._sending:
            facts = await database_sync_to_async(self._news)()
            if not facts and not hinted:
                facts = [{"type": "pulse", "seq": self.seq, "at": timezone.now()}]
            for fact in facts:
                for viewer in tuple(self.viewers):
                    await viewer.tell(fact)

    def _latest(self) -> tuple[int, set[int]]:
        """Return the highest number of an order change, and the numbers of the newest changes that can be read now.

        If 7 is missing among them, its transaction may still be open. `_news` then finds and sends 7 after its
        commit."""
        newest = self._facts().aggregate(newest=Max("pk"))["newest"] or 0
        latest = self._facts().filter(pk__gt=newest - LATE_COMMITS, pk__lte=newest)
        return newest, set(latest.values_list("pk", flat=True))

    def _facts(self) -> QuerySet[OrderEvent]:
        return OrderEvent.objects.filter(order__event=self.event).order_by("pk")

    def _state(self) -> dict[str, Any]:
        orders = ORDERS.filter(event=self.event).open()
        return {"type": "state", "seq": self.seq, "orders": [OrderSerializer(order).data for order in orders]}

    def _missed(self, since: int | None) -> list[dict[str, Any]] | None:
        """Return the changes after the number `since`, which is the last one that the program has got.

        Return None, so that the program gets all open orders, if `since` is None or too many changes came after it."""
        if since is None:
            return None
        rows = list(self._facts().filter(pk__gt=since, pk__lte=self.seq)[: MOST_MISSED + 1])
        return None if len(rows) > MOST_MISSED else self._told(rows)

    def _news(self) -> list[dict[str, Any]]:
        sent = self._sent or set()
        rows = [row for row in self._facts().filter(pk__gt=self.seq - LATE_COMMITS) if row.pk not in sent]
        if rows:
            self.seq = max(self.seq, *(row.pk for row in rows))
            self._sent = {pk for pk in sent if pk > self.seq - LATE_COMMITS} | {row.pk for row in rows}
        return self._told(rows)

    def _told(self, rows: list[OrderEvent]) -> list[dict[str, Any]]:
        orders = ORDERS.in_bulk({row.order_id for row in rows})
        return [
            {
                "type": "fact",
                "seq": row.pk,
                "kind": row.verb,
                "at": row.at,
                "order": OrderSerializer(orders[row.order_id]).data,
            }
            for row in rows
            if row.order_id in orders
        ]


class StreamConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    # Only `orders.live.hub` listens to the channel layer, on behalf of all sockets. So this socket needs no channel of
    # its own.
    channel_layer_alias = "none"
    since: int | None = None
    _token = ""
    _stream = ""
    _watch: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        offered = self.scope.get("subprotocols") or []
        asked = parse_qs(self.scope["query_string"].decode("latin-1")).get("since", [""])[0]
        self.since = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
        await self.accept(PROTOCOL if PROTOCOL in offered else None)
        request = ASGIRequest(self.scope | {"method": "GET"}, BytesIO())
        if seconds := await sync_to_async(seconds_to_wait)(request):
            # When a handshake is refused, the program cannot be told why. So accept the socket, send the reason, and
            # close it.
            await self.tell(body(429, "throttled", TOO_MANY, retry_after=seconds))
            await self.close(COME_LATER)
            return
        given = next((each.removeprefix(BEARER) for each in offered if each.startswith(BEARER)), "")
        if given:
            await self._begin(given)
        else:
            self._watch = asyncio.create_task(self._wait_for_token())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take the token from the first message. Later messages are ignored."""
        if self._token:
            return
        try:
            given = json.loads(text_data or "")["token"]
        except (ValueError, TypeError, KeyError, RecursionError):
            given = ""
        await self._begin(str(given))

    async def _begin(self, token: str) -> None:
        self._token = token
        event = await self._admitted()
        if event is None:
            return
        if self._watch:
            self._watch.cancel()
        stream = Stream(event)
        self._stream = stream.name
        await hub.join(stream, self)
        self._watch = asyncio.create_task(self._check_for_ever())

    async def _admitted(self) -> Event | None:
        """Return the event if the token gives access to it. Otherwise close the socket with a code that says why, and
        return None."""
        try:
            event: Event = await database_sync_to_async(self._event)()
            return event
        except AuthenticationFailed:
            await self.close(SIGN_IN_AGAIN)
        except PermissionDenied:
            await self.close(NOT_ALLOWED)
        except Http404:
            await self.close(NO_SUCH_BOARD)
        return None

    def _event(self) -> Event:
        user, caller = identify(self._token)
        event = Event.objects.filter(slug=self.scope["url_route"]["kwargs"]["slug"]).first()
        if event is None:
            raise Http404
        try:
            admit(user, caller.key, READ, event)
        except PermissionDenied:
            record_once_a_minute("refused", "socket API", user=user, event=event.pk)
            raise
        return event

    async def _wait_for_token(self) -> None:
        await asyncio.sleep(PATIENCE)
        await self.close(SIGN_IN_AGAIN)

    async def _check_for_ever(self) -> None:
        """Check the token regularly. Close the socket once the token is revoked, has expired or lost its permission."""
        while await self._admitted():
            await asyncio.sleep(CHECK_EVERY)

    async def disconnect(self, code: int) -> None:
        if self._watch:
            self._watch.cancel()
        if self._stream:
            hub.leave(self._stream, self)

    async def tell(self, fact: dict[str, Any]) -> None:
        with contextlib.suppress(RuntimeError):  # Ignore the error of a socket that has been closed.
            await self.send(text_data=JSONRenderer().render(fact).decode())
