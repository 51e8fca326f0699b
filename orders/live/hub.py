"""Live boards: each is rendered once per process, for all sockets that show it.

A hint says that a board changed. The board is then rendered once, and its frame goes to every socket. Hints that arrive
during the rendering lead to one more round. At every heartbeat a board compares its version with the database, so that
a lost hint does no lasting harm. While the database cannot be reached there is no heartbeat, and pages say "not
live"."""

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

#: Seconds between heartbeats. A page calls itself "not live" after 8 s without one.
BEAT = settings.PULSE
#: Seconds after which a process joins the group of hints again. The channel layer forgets a member after some time
#: (GROUP_EXPIRY in the settings), and an emptied Redis forgets all members at once.
JOIN_AGAIN = 60.0
#: Close code that tells a page to connect again at once.
COME_BACK = 1012
#: When this process ends, it tells this many sockets a second to connect again.
AWAY_A_SECOND = 200


class Viewer(Protocol):
    #: Version of the board on the page when it connects; "" for none.
    shows: str

    async def show(self, html: str) -> None: ...


V = TypeVar("V", bound=Viewer)


class Live(Generic[V]):
    """A page that hints and heartbeats keep up to date, with the sockets that show it. Runs while it has sockets."""

    #: Seconds between heartbeats (None: BEAT), and seconds to wait for more hints before a round. Both are longer for
    #: pages that many people have open.
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
        """Remove the viewer. Return True if no viewer is left."""
        if viewer in self.viewers:
            metrics.live_pages.labels(metrics.kind_of(self.name)).dec()
        self.viewers.discard(viewer)
        if not self.viewers and self._task:
            self._task.cancel()
            self._task = None
        return not self.viewers

    def hint(self, causes: Sequence[str] = ()) -> None:
        """Ask for a round, which looks for changes and sends them. `causes` are trace spans that changed something."""
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
        """Return a trace span for the round, as a child of the first span that caused the round.

        A round without a cause is not traced."""
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
        """Add the viewer. Send it the whole board, unless its page was just loaded and has this version.

        If the page shows something else in spite of its version, it asks for the board after one or two heartbeats."""
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
        """Return the current frame, and whether it is new. A new frame is sent to all viewers.

        Because of the lock, the board is rendered only once when a hundred pages reconnect at once."""
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
    """The live boards of this process, and its one subscription to the channel layer."""

    def __init__(self) -> None:
        self.boards: dict[str, Live[Any]] = {}
        self._listener: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def join(self, live: Live[V], viewer: V) -> None:
        """Add a viewer. If this process already runs a Live of the same name, the viewer joins the running one."""
        self._listen()
        await self.boards.setdefault(live.name, live).join(viewer)

    def leave(self, name: str, viewer: Viewer) -> None:
        live = self.boards.get(name)
        if live and live.leave(viewer):
            self.boards.pop(name, None)

    def send_away(self) -> float:
        """Tell all sockets to connect again, to another process. Return the seconds that this takes.

        The sockets are told one after another, so that the other process need not answer all of them at once."""
        viewers = [viewer for live in self.boards.values() for viewer in live.viewers]
        loop = asyncio.get_running_loop()
        for place, viewer in enumerate(viewers):
            loop.call_later(place / AWAY_A_SECOND, _send_away, viewer)
        return len(viewers) / AWAY_A_SECOND + (0.5 if viewers else 0)

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            # Each test has a new event loop. The boards of the old loop no longer run.
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
        # The name from new_channel begins with this process's own prefix. The Redis layer reads only one list per
        # process, the list of the first prefix that it sees.
        channel = await layer.new_channel()
        await layer.group_add(HINTS, channel)
        # Join again in a separate task: interrupting `receive` for that could lose a message.
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


#: Keeps the tasks from being garbage-collected, because the event loop holds only weak references to them.
_closing: set[asyncio.Future[None]] = set()
hub = Hub()
