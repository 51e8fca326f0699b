"""Live boards: each is rendered once per process, for all sockets that show it.

A hint says that a board changed: it is rendered once, and the frame goes to every socket. Hints that arrive while it
renders lead to one more round. At every heartbeat a board compares its version with the database, so that a lost hint
does no lasting harm. While the database cannot be reached there is no heartbeat, and pages say "not live"."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Generic, Protocol, TypeVar

import structlog
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.template.loader import render_to_string

from accounts import tracing
from accounts.tracing import MOST_CAUSES
from orders import metrics
from orders.hints import HINTS, announcer
from orders.live import presence
from orders.live.frames import GATHER, Board, Frame

log = structlog.get_logger(__name__)

#: Seconds between heartbeats. A page calls itself "not live" after 8 s without one.
BEAT = 3.0
#: Seconds between two times that a process joins the group of hints. Layers forget who joined long ago (GROUP_EXPIRY in
#: the settings), and a Redis that was emptied forgets at once.
JOIN_AGAIN = 60.0
#: Close code that tells a page to connect again at once.
COME_BACK = 1012
#: Sockets a second that are told to come back when this process ends.
AWAY_A_SECOND = 200


class Viewer(Protocol):
    #: Version of the board on the page when it connects; "" for none.
    shows: str

    async def show(self, html: str) -> None: ...


V = TypeVar("V", bound=Viewer)


class Live(Generic[V]):
    """Something kept up to date by hints and heartbeats, with the sockets that show it. Runs while there are any."""

    #: Seconds instead of BEAT and GATHER; longer for pages that many people have open.
    beat: float | None = None
    gather = GATHER

    def __init__(self, name: str) -> None:
        self.name = name
        self.viewers: set[V] = set()
        self._hinted = asyncio.Event()
        self._causes: list[str] = []
        self._task: asyncio.Task[None] | None = None

    async def join(self, viewer: V) -> None:
        if viewer not in self.viewers:
            metrics.live_pages.labels(metrics.kind_of(self.name)).inc()
        self.viewers.add(viewer)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def leave(self, viewer: V) -> bool:
        """Remove the viewer; True when it was the last one."""
        if viewer in self.viewers:
            metrics.live_pages.labels(metrics.kind_of(self.name)).dec()
        self.viewers.discard(viewer)
        if not self.viewers and self._task:
            self._task.cancel()
            self._task = None
        return not self.viewers

    def hint(self, causes: Sequence[str] = ()) -> None:
        """Ask for a round. `causes` are the spans in which something changed."""
        self._causes = [*self._causes, *causes][:MOST_CAUSES]
        self._hinted.set()

    async def _run(self) -> None:
        while True:
            try:
                hinted = await self._wait()
                with self._span():
                    await self._round(hinted=hinted)
            except Exception as error:
                # No heartbeat is sent, so pages show "not live" until a round succeeds.
                log.warning("board_not_rendered", board=self.name, error=type(error).__name__)
                await asyncio.sleep(1)
                self.hint()

    def _span(self) -> AbstractContextManager[None]:
        """Trace a round that somebody caused, as a part of what the first of them did."""
        causes, self._causes = self._causes, []
        if not causes:
            return nullcontext()
        return tracing.span("frame", parent=causes[0], causes=causes[1:], board=self.name, pages=len(self.viewers))

    async def _wait(self) -> bool:
        try:
            async with asyncio.timeout(self.beat or BEAT):
                await self._hinted.wait()
        except TimeoutError:
            return False
        await asyncio.sleep(self.gather)
        return True

    async def _round(self, *, hinted: bool) -> None:
        raise TypeError(f"{type(self).__name__} must say what a round is")


class LiveBoard(Live[Viewer]):
    """One board, rendered once for all sockets that show it."""

    def __init__(self, board: Board) -> None:
        super().__init__(board.name)
        self.board = board
        self.gather = board.gather
        self.frame: Frame | None = None
        self._refreshing = asyncio.Lock()

    async def join(self, viewer: Viewer) -> None:
        """Send the whole board, unless the page was just loaded and shows it; then every change.

        A page that shows something else in spite of its version asks for the board after a pulse or two."""
        frame, _ = await self._refresh()
        await super().join(viewer)
        await viewer.show(("" if viewer.shows == frame.version else frame.html) + pulse(frame.version))

    async def _round(self, *, hinted: bool) -> None:
        self._hinted.clear()
        frame, changed = await self._refresh()
        if not changed and not hinted:
            await self._show(pulse(frame.version))

    def _version(self) -> str:
        presence.note_screen(self.name)
        return self.board.version()

    async def _refresh(self) -> tuple[Frame, bool]:
        """Return the current frame; a new one is also sent to all viewers.

        Locked: when a hundred pages reconnect at once, the board is rendered once."""
        async with self._refreshing:
            version = await database_sync_to_async(self._version)()
            if self.frame is not None and self.frame.version == version:
                return self.frame, False
            kind = metrics.kind_of(self.name)
            with metrics.frame_seconds.labels(kind).time():
                earlier, frame = self.frame, await database_sync_to_async(self.board.frame)(oob=True)
            self.frame = frame
            metrics.frame_bytes.labels(kind).observe(len(frame.outline) + sum(map(len, frame.tickets.values())))
            await self._show(frame.since(earlier) + pulse(frame.version))
            return frame, True

    async def _show(self, html: str) -> None:
        for viewer in tuple(self.viewers):
            await viewer.show(html)


def pulse(version: str) -> str:
    return render_to_string("_pulse.html", {"version": version, "oob": True})


class Hub:
    """The live boards of this process, and its one subscription to the channel layer."""

    def __init__(self) -> None:
        self.boards: dict[str, Live[Any]] = {}
        self._listener: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def join(self, live: Live[V], viewer: V) -> None:
        """Add a viewer. If this process runs a Live of that name already, the viewer joins that one."""
        self._listen()
        await self.boards.setdefault(live.name, live).join(viewer)

    def leave(self, name: str, viewer: Viewer) -> None:
        live = self.boards.get(name)
        if live and live.leave(viewer):
            self.boards.pop(name, None)

    def send_away(self) -> float:
        """Tell all sockets to come back, to another process; return the seconds that this takes.

        It is spread, so that the other process need not answer all of them in the same moment."""
        viewers = [viewer for live in self.boards.values() for viewer in live.viewers]
        loop = asyncio.get_running_loop()
        for place, viewer in enumerate(viewers):
            loop.call_later(place / AWAY_A_SECOND, _send_away, viewer)
        return len(viewers) / AWAY_A_SECOND + (0.5 if viewers else 0)

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            # In tests each event loop is new: boards of the old one are gone.
            self._loop, self.boards, self._listener = loop, {}, None
            announcer.use_loop(loop)
        if self._listener is None or self._listener.done():
            self._listener = loop.create_task(self._hear())

    async def _hear(self) -> None:
        while True:
            try:
                await self._hear_hints()
            except Exception as error:
                log.warning("layer_lost", error=type(error).__name__)
                await asyncio.sleep(1)
                for live in self.boards.values():
                    live.hint()

    async def _hear_hints(self) -> None:
        layer: Any = get_channel_layer()
        # new_channel gives the process's own prefix: the Redis layer reads one list per process, of the first prefix.
        channel = await layer.new_channel()
        await layer.group_add(HINTS, channel)
        # A task of its own: cancelling `receive` to join again could lose a message.
        joining = asyncio.create_task(self._join_again(layer, channel))
        try:
            while True:
                message = await layer.receive(channel)
                for name in message["boards"]:
                    if live := self.boards.get(name):
                        live.hint(message.get("causes", ()))
        finally:
            joining.cancel()

    async def _join_again(self, layer: Any, channel: str) -> None:
        while True:
            await asyncio.sleep(JOIN_AGAIN)
            try:
                await layer.group_add(HINTS, channel)
            except Exception as error:
                log.warning("not_joined_again", error=type(error).__name__)


def _send_away(viewer: Any) -> None:
    _closing.add(task := asyncio.ensure_future(viewer.close(COME_BACK)))
    task.add_done_callback(_closing.discard)


#: The loop keeps only weak references to its tasks.
_closing: set[asyncio.Future[None]] = set()
hub = Hub()
