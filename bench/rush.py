"""A rush: many sockets are open while texts are sent at a fixed rate, without waiting for responses.

python -m bench.rush < rush.json

Runs as a separate process, so that a browser or a test does not slow it down. Reads a Rush from stdin, and writes a
Sent to stdout."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field

from websockets.asyncio.client import ClientConnection, connect

from bench.client import CODE, Connection

#: Matches the codes of the orders in a frame.
SHOWN = re.compile(r">([A-Z]\d\d)<")
#: Maximum number of sockets that connect at the same time.
AT_ONCE = 25


@dataclass(frozen=True)
class Audience:
    """Several sockets at the same URL, with the headers that sign them in."""

    socket: str
    sockets: int
    headers: dict[str, str]


@dataclass(frozen=True)
class Rush:
    """The texts and sockets of a rush. `requests` are complete HTTP requests, encoded in base64."""

    port: int
    requests: list[str]
    per_second: float
    audiences: list[Audience]


@dataclass
class Sent:
    #: When each order's text was sent, by the order's code, in milliseconds since 1970, as Date.now() in a browser.
    at_ms: dict[str, float] = field(default_factory=dict)
    #: Milliseconds from sending each text to its response (answered_ms), and to the frame that shows its order on the
    #: first socket (shown_ms).
    answered_ms: list[float] = field(default_factory=list)
    shown_ms: list[float] = field(default_factory=list)
    failed: int = 0
    #: Number of frames that all sockets received together, and the size of these frames in megabytes.
    frames: int = 0
    megabytes: float = 0.0
    #: Number of sockets that the server closed during the rush.
    lost: int = 0


async def rush(given: Rush) -> Sent:
    sent, came = Sent(), dict[str, float]()
    async with AsyncExitStack() as stack:
        door = asyncio.Semaphore(AT_ONCE)
        everybody = [audience for audience in given.audiences for _ in range(audience.sockets)]
        sockets = await asyncio.gather(*(_open(stack, door, audience) for audience in everybody))
        listeners = [asyncio.create_task(_count(socket, sent)) for socket in sockets[1:]]
        listeners.append(asyncio.create_task(_watch(sockets[0], sent, came)))
        await _texts(given, sent)
        # Wait for the frames that show the last texts' orders.
        await asyncio.sleep(1)
        sent.lost = sum(listener.done() for listener in listeners)
        for listener in listeners:
            listener.cancel()
    sent.shown_ms = [came[code] - at for code, at in sent.at_ms.items() if code in came]
    return sent


async def _open(stack: AsyncExitStack, door: asyncio.Semaphore, audience: Audience) -> ClientConnection:
    async with door:
        opening = connect(audience.socket, additional_headers=audience.headers, compression=None, max_size=None)
        socket = await stack.enter_async_context(opening)
        await socket.recv()
    return socket


async def _count(socket: ClientConnection, sent: Sent) -> None:
    async for frame in socket:
        sent.frames += 1
        sent.megabytes += len(frame) / 1e6


async def _watch(socket: ClientConnection, sent: Sent, came: dict[str, float]) -> None:
    async for frame in socket:
        sent.frames += 1
        now = time.time() * 1000
        for code in SHOWN.findall(str(frame)):
            came.setdefault(code, now)


async def _texts(given: Rush, sent: Sent) -> None:
    free: list[Connection] = []
    began, under_way = time.monotonic(), []
    for number, request in enumerate(given.requests):
        await asyncio.sleep(max(0.0, began + number / given.per_second - time.monotonic()))
        under_way.append(asyncio.create_task(_text(given.port, free, base64.b64decode(request), sent)))
    await asyncio.gather(*under_way)


async def _text(port: int, free: list[Connection], request: bytes, sent: Sent) -> None:
    connection = free.pop() if free else Connection(port)
    at = time.time() * 1000
    status, body = await connection.post(request)
    free.append(connection)
    if status == 200 and (code := CODE.search(body)):
        sent.at_ms[code[0]] = at
        sent.answered_ms.append(time.time() * 1000 - at)
    else:
        sent.failed += 1


if __name__ == "__main__":
    read = json.load(sys.stdin)
    audiences = [Audience(**audience) for audience in read.pop("audiences")]
    print(json.dumps(asdict(asyncio.run(rush(Rush(**read, audiences=audiences))))))
