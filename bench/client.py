"""Sends texts, and receives the updates of a station's board as baristas' tablets do, in a separate process.

Reads a Round as JSON from stdin and writes a LoadResult as JSON to stdout.

python -m bench.client < round.json"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from time import perf_counter

from websockets.asyncio.client import ClientConnection, connect

#: Matches the order's code in the reply to a text.
CODE = re.compile(r"\b[A-Z]\d\d\b")
#: Seconds to wait for an update of a board. After this time the order counts as not shown.
PATIENCE = 10.0
#: Seconds between two texts while tablets are connected, about as at a busy event.
PAUSE = 0.05


@dataclass(frozen=True)
class Round:
    """The texts of one round, and how to send them. `requests` are complete HTTP requests, encoded in base64."""

    port: int
    requests: list[str]
    senders: int
    #: After this many seconds no further text is sent.
    seconds: float
    #: URL of the board's WebSocket, number of tablets that connect to it, and the headers that sign them in.
    socket: str = ""
    sockets: int = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class LoadResult:
    #: Seconds from the first text to the last response.
    seconds: float = 0.0
    answered_ms: list[float] = field(default_factory=list)
    failed: int = 0
    #: For each order and each socket, milliseconds from sending the text to the frame that shows the order.
    shown_ms: list[float] = field(default_factory=list)
    not_shown: int = 0
    frame_bytes: int = 0


class Connection:
    """An HTTP client. It sends all its requests on one TCP connection, and opens a new one if the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.writer: asyncio.StreamWriter | None = None

    async def post(self, request: bytes) -> tuple[int, str]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: *(\d+)", head)
        body = await (self.reader.readexactly(int(length[1])) if length else self.reader.read())
        if length is None or "connection: close" in head:
            self.close()
        return int(head.split(" ", 2)[1]), body.decode()

    def close(self) -> None:
        if self.writer:
            self.writer.close()
        self.writer = None


class Tablet:
    """The WebSocket of a board, and the frames that it received, each with its time of arrival."""

    def __init__(self, socket: ClientConnection) -> None:
        self.frames: list[tuple[float, str]] = []
        self._came = asyncio.Event()
        self._listening = asyncio.create_task(self._listen(socket))

    async def _listen(self, socket: ClientConnection) -> None:
        async for frame in socket:
            self.frames.append((perf_counter(), str(frame)))
            self._came.set()

    async def sees(self, code: str) -> tuple[float, int]:
        """Wait for the frame that shows this order. Return the frame's time of arrival and its length."""
        seen = 0
        while True:
            for at, frame in self.frames[seen:]:
                if f">{code}<" in frame:
                    return at, len(frame)
            seen = len(self.frames)
            self._came.clear()
            await self._came.wait()


async def throughput(round: Round) -> LoadResult:
    """Send texts as fast as possible. Each sender sends its next text as soon as its previous one is answered."""
    heard, began = LoadResult(), perf_counter()
    waiting = iter([base64.b64decode(request) for request in round.requests])

    async def sender(requests: Iterator[bytes]) -> None:
        connection = Connection(round.port)
        for request in requests:
            if (start := perf_counter()) - began > round.seconds:
                break
            try:
                status, body = await connection.post(request)
            except (OSError, asyncio.IncompleteReadError):
                status, body = 0, ""
                connection.close()
            if status == 200 and CODE.search(body):
                heard.answered_ms.append((perf_counter() - start) * 1000)
            else:
                heard.failed += 1
        connection.close()

    # All senders take texts from the same iterator, so the first free sender sends the next text.
    await asyncio.gather(*(sender(waiting) for _ in range(round.senders)))
    heard.seconds = perf_counter() - began
    return heard


async def until_shown(round: Round) -> LoadResult:
    """Send one text after another. Measure for each how long it takes until every socket shows the order."""
    heard, connection, began = LoadResult(), Connection(round.port), perf_counter()
    async with AsyncExitStack() as stack:
        tablets = [
            Tablet(
                await stack.enter_async_context(
                    connect(round.socket, additional_headers=round.headers, compression=None, max_size=None)
                )
            )
            for _ in range(round.sockets)
        ]
        for request in round.requests:
            await asyncio.sleep(PAUSE)
            for tablet in tablets:
                tablet.frames.clear()
            start = perf_counter()
            if start - began > round.seconds:
                break
            status, body = await connection.post(base64.b64decode(request))
            code = CODE.search(body)
            if status != 200 or not code:
                heard.failed += 1
                continue
            heard.answered_ms.append((perf_counter() - start) * 1000)
            waits = (asyncio.wait_for(tablet.sees(code[0]), PATIENCE) for tablet in tablets)
            for sight in await asyncio.gather(*waits, return_exceptions=True):
                if isinstance(sight, BaseException):
                    heard.not_shown += 1
                else:
                    heard.shown_ms.append((sight[0] - start) * 1000)
                    heard.frame_bytes = sight[1]
    heard.seconds = perf_counter() - began
    connection.close()
    return heard


if __name__ == "__main__":
    given = Round(**json.load(sys.stdin))
    json.dump(asdict(asyncio.run(until_shown(given) if given.sockets else throughput(given))), sys.stdout)
