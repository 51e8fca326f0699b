"""Hints: messages over the channel layer that tell live pages, here called boards, to render again.

A hint has only the names of boards. The boards then read their data from the database. A request does not wait until
its hint is sent: that is done by the event loop that serves the sockets, or by a background thread in a process without
sockets. A lost hint does no harm, because each board also looks for changes at every heartbeat."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import structlog
from channels.layers import get_channel_layer
from django.db import transaction

from accounts import tracing
from accounts.tracing import MOST_CAUSES
from orders.metrics import hints_lost
from stations.models import Event, Station

log = structlog.get_logger(__name__)

#: The channel layer group that every process with sockets joins.
HINTS = "expresso.hints"


def name_of(row: Station | Event) -> str:
    """Return the name that hints use for a station's board, or for an event's wall display."""
    return f"{row._meta.model_name}.{row.pk}"


def wall_of(station: Station) -> str:
    """Return the name that hints use for the wall display of one station."""
    return f"wall.{station.pk}"


def crowd_of(event_id: int) -> str:
    """Return the name that hints use for the tracking pages of an event's orders."""
    return f"crowd.{event_id}"


def stream_of(event_id: int) -> str:
    """Return the name that hints use for the API's stream of an event's news."""
    return f"stream.{event_id}"


def overview_of(event_id: int) -> str:
    """Return the name that hints use for an event's live overview."""
    return f"overview.{event_id}"


def home_of(event_id: int) -> str:
    """Return the name that hints use for an event's part of the home page."""
    return f"home.{event_id}"


def inbox_of(event_id: int) -> str:
    """Return the name that hints use for the inbox of an event's support desk."""
    return f"inbox.{event_id}"


def conversation_name(conversation_id: int) -> str:
    """Return the name that hints use for a conversation on the support desk."""
    return f"conversation.{conversation_id}"


def of_text(event_id: int, conversation_id: int) -> None:
    """Tell the support desk, after the commit, that this conversation has a new or changed text."""
    boards = (inbox_of(event_id), conversation_name(conversation_id))
    transaction.on_commit(partial(announcer.hint, boards), robust=True)


def after_commit(station: Station, event: Event) -> None:
    boards = (
        *(name_of(station), wall_of(station), name_of(event)),
        *(crowd_of(event.pk), stream_of(event.pk), overview_of(event.pk), home_of(event.pk)),
    )
    transaction.on_commit(partial(announcer.hint, boards), robust=True)


class Announcer:
    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._waiting: set[str] = set()
        #: Ids of the trace spans that caused the hints that are not sent yet, the oldest first.
        self._causes: list[str] = []

    def use_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on, send hints on this event loop, on which the sockets run too.

        Otherwise the sockets would not get them from the in-memory channel layer, which works only within one event
        loop."""
        self._loop = loop

    def hint(self, boards: tuple[str, ...]) -> None:
        with self._lock:
            already_scheduled = bool(self._waiting)
            self._waiting.update(boards)
            if cause := tracing.here():
                self._causes.append(cause)
            if already_scheduled:
                return
            loop = self._loop_in_use()
        loop.call_soon_threadsafe(self._start_sending, loop)

    def _start_sending(self, loop: asyncio.AbstractEventLoop) -> None:
        # Keep a reference to the task. The loop has only weak references, so Python could collect the task before it
        # ends.
        self._task = loop.create_task(self._send())

    async def _send(self) -> None:
        with self._lock:
            boards, self._waiting = self._waiting, set()
            causes, self._causes = self._causes[:MOST_CAUSES], []
        try:
            traced = {"causes": causes} if causes else {}
            await get_channel_layer().group_send(HINTS, {"type": "hint", "boards": sorted(boards)} | traced)
        except Exception as error:
            hints_lost.inc()
            log.warning("hint_lost", boards=sorted(boards), error=type(error).__name__)

    def _loop_in_use(self) -> asyncio.AbstractEventLoop:
        if self._loop is None or self._loop.is_closed():
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="announcer", daemon=True).start()
        return self._loop


announcer = Announcer()
