"""Live boards: each board is rendered once per process, for all sockets that show it.

After a hint (see `orders.hints`), the board is rendered and sent to all its sockets. If more hints arrive meanwhile,
this happens once more. At every heartbeat the board's version is read and compared too, so it does no harm if a hint is
lost. While the database cannot be reached, no heartbeats are sent, and pages show "not live"."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Generic, Protocol, TypeVar

import structlog
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.template.loader import render_to_string

from accounts import tracing
from accounts.tracing import MOST_CAUSES
from orders import metrics
from orders.hints import HINTS, announcer
from orders.live import presence
from orders.live.frames import GATHER, Board, Frame, Look

log = structlog.get_logger(__name__)

#: Seconds between heartbeats. A page shows "not live" after 8 seconds without a heartbeat.
BEAT = settings.PULSE
#: How often, in seconds, this process joins the channel layer's group for hints again. It has to, because the channel
#: layer drops members after GROUP_EXPIRY (see the settings), and a Redis that was emptied knows no members.
JOIN_AGAIN = 60.0
#: Close code that tells a page to connect again at once.
COME_BACK = 1012
#: When this process ends, it tells this many sockets per second to connect to another process.
AWAY_A_SECOND = 200


class Viewer(Protocol):
    #: Version of the board that the page shows when its socket connects; "" if the page does not say.
    shows: str

    async def show(self, html: str) -> None: ...


V = TypeVar("V", bound=Viewer)


class Live(Generic[V]):
    """A page that is kept up to date by hints and heartbeats, and the sockets that show it.

    The page is updated as long as at least one socket shows it."""

    #: `beat`: seconds between heartbeats; None means BEAT. `gather`: seconds to wait after a hint, in which further
    #: hints may come. Both are longer for pages that many customers have open.
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
        """Remove the viewer. Return True if the page has no viewer any more."""
        if viewer in self.viewers:
            metrics.live_pages.labels(metrics.kind_of(self.name)).dec()
        self.viewers.discard(viewer)
        if not self.viewers and self._task:
            self._task.cancel()
            self._task = None
        return not self.viewers

    def hint(self, causes: Sequence[str] = ()) -> None:
        """Ask for a round, in which the page is checked for changes and sent. `causes` are the trace spans of the
        changes."""
        self._causes = [*self._causes, *causes][:MOST_CAUSES]
        self._hinted.set()

    async def _run(self) -> None:
        while True:
            try:
                hinted = await self._wait()
                with self._span():
                    await self._round(hinted=hinted)
            except Exception as error:
                # Rendering failed. Without a heartbeat, pages show "not live" until rendering succeeds again.
                log.warning("board_not_rendered", board=self.name, error=type(error).__name__)
                await asyncio.sleep(1)
                self.hint()

    def _span(self) -> AbstractContextManager[None]:
        """Return a trace span for one round. A round compares the page's version with the database and, if it changed,
        renders and sends the page.

        The span's parent is the first of the spans that caused the round. A round without a cause gets no span."""
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
    """A board that is rendered once for all sockets that show it."""

    def __init__(self, board: Board) -> None:
        super().__init__(board.name)
        self.board = board
        self.gather = board.gather
        self.frame: Frame | None = None
        self._refreshing = asyncio.Lock()

    async def join(self, viewer: Viewer) -> None:
        """Add the viewer. Send it the whole board, unless its page says that it already shows the current version.

        If the page says so wrongly, it notices this after one or two heartbeats and loads the board."""
        frame, _ = await self._refresh()
        await super().join(viewer)
        await viewer.show(("" if viewer.shows == frame.version else frame.html) + pulse(frame.version))

    async def _round(self, *, hinted: bool) -> None:
        self._hinted.clear()
        frame, changed = await self._refresh()
        if not changed and not hinted:
            await self._show(pulse(frame.version))

    def _look(self) -> Look:
        presence.note_screen(self.name)
        return self.board.look()

    async def _refresh(self) -> tuple[Frame, bool]:
        """Render the board if its version is new, and send it to all viewers. Return the frame, and True if it was
        rendered now.

        If a hundred pages connect at once, the lock makes them wait for one rendering instead of each starting its
        own."""
        async with self._refreshing:
            look = await database_sync_to_async(self._look)()
            if self.frame is not None and self.frame.version == look.version:
                return self.frame, False
            kind = metrics.kind_of(self.name)
            with metrics.frame_seconds.labels(kind).time():
                earlier = self.frame
                frame = await database_sync_to_async(self.board.frame)(oob=True, look=look)
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
    """All live boards of this process, and the process's one subscription to the channel layer."""

    def __init__(self) -> None:
        self.boards: dict[str, Live[Any]] = {}
        self._listener: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def join(self, live: Live[V], viewer: V) -> None:
        """Add a viewer to the board that already has this name in this process. If there is none, `live` becomes this
        board."""
        self._listen()
        await self.boards.setdefault(live.name, live).join(viewer)

    def leave(self, name: str, viewer: Viewer) -> None:
        live = self.boards.get(name)
        if live and live.leave(viewer):
            self.boards.pop(name, None)

    def send_away(self) -> float:
        """Tell all sockets to connect again, because this process ends. Another process then accepts them.

        They are told little by little, so that they do not all arrive there at once. Return how many seconds this
        takes."""
        viewers = [viewer for live in self.boards.values() for viewer in live.viewers]
        loop = asyncio.get_running_loop()
        for place, viewer in enumerate(viewers):
            loop.call_later(place / AWAY_A_SECOND, _send_away, viewer)
        return len(viewers) / AWAY_A_SECOND + (0.5 if viewers else 0)

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            # Each test has an event loop of its own. The boards of an earlier test ran on a loop that has ended, so
            # forget them.
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
        # The Redis layer reads only channels with one prefix in each process: that of the first channel it is asked
        # for. Names from `new_channel` have the prefix of this process.
        channel = await layer.new_channel()
        await layer.group_add(HINTS, channel)
        # Joining again is a task of its own. If it interrupted `receive`, a message could be lost.
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


#: References to running tasks. The event loop has only weak references, so Python could collect a task too early.
_closing: set[asyncio.Future[None]] = set()
hub = Hub()
