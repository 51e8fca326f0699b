"""Sends rounds of texts to a running deployment, from a separate client process."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

from bench.client import LoadResult, Round
from bench.ground import Ground, cpu_seconds
from bench.rush import Audience, Rush, Sent
from bench.texts import KNOWN, Texts

#: WebSockets that are open during a rush: those of tablets, of wall displays, and of customers' phones that show an
#: order's status. No event has so many tablets and wall displays.
TABLETS, WALLS, PHONES = 30, 20, 450
#: Seconds after which a round sends no further text, so that it also ends on a slow machine.
SECONDS = 15.0
#: How many times all rounds are repeated. If the machine is busy for a moment, this affects only one repetition of a
#: round.
REPETITIONS = 3
#: SQL to run before each round. It empties all boards: no order is open, and none was closed recently.
EVERYTHING_COLLECTED = (
    "UPDATE orders_order SET status = 'collected', closed_at = '2020-01-01 00:00:00' WHERE status <> 'collected'"
)


@dataclass(frozen=True)
class Load:
    senders: int
    texts_per_second: float
    p50_ms: float
    p99_ms: float
    answered: int
    failed: int
    #: CPU time of Expresso's processes without the database; None if the system does not report it.
    cpu_ms_per_text: float | None
    #: CPU time of PostgreSQL; None if the database is SQLite.
    database_cpu_ms_per_text: float | None


@dataclass(frozen=True)
class ScreenTimes:
    """Milliseconds from sending a text to the frame that shows its order, measured for each order on each socket."""

    sockets: int
    p50_ms: float
    p99_ms: float
    shown: int
    not_shown: int
    frame_bytes: int


@dataclass(frozen=True)
class Rushed:
    """Milliseconds during a rush, from sending a text to the frame that shows its order.

    All sockets are open, and texts are sent at a fixed rate without waiting for responses."""

    sockets: int
    per_second: int
    answered_p50_ms: float
    p50_ms: float
    p99_ms: float
    shown: int
    not_shown: int
    #: Size of the frames that all sockets received, in megabytes.
    megabytes: float


def loads(
    ground: Ground,
    texts: Texts,
    *,
    senders: Sequence[int],
    count: int,
    server: int,
    database: int = 0,
    to: Sequence[str] = (),
) -> list[Load]:
    """Measure rounds of `count` texts. The number of customers limits `count`, because each texts at most once a round.

    `server` and `database` are process ids. Their CPU time includes that of their child processes."""
    count = min(count, 2 * len(KNOWN))
    heard: dict[int, list[LoadResult]] = {number: [] for number in senders}
    cpu = {number: [0.0, 0.0] for number in senders}
    for _ in range(REPETITIONS):
        for number in senders:
            before = [cpu_seconds(process) for process in (server, database)]
            heard[number].append(_send(ground, texts, count=count, senders=number, to=to))
            for place, process in enumerate((server, database)):
                cpu[number][place] += cpu_seconds(process) - before[place]
    return [_load(number, rounds, *cpu[number]) for number, rounds in heard.items()]


def measure_screens(ground: Ground, texts: Texts, *, sockets: int, count: int, facts: dict[str, Any]) -> ScreenTimes:
    """Measure how soon tablets show an order. Only one station is open, so all orders appear on this station's board,
    which all tablets show."""
    first = facts["stations"][0]
    ground.execute(f"UPDATE stations_station SET is_open = (slug = '{first}')")
    watching: dict[str, Any] = {
        "sockets": sockets,
        "socket": f"ws://127.0.0.1:{ground.port}/ws/stations/{first}/",
        "headers": {"Cookie": facts["cookie"], "Origin": ground.public_url},
    }
    heard = _send(ground, texts, count=count, senders=1, **watching)
    ground.execute("UPDATE stations_station SET is_open = (1 = 1)")
    return ScreenTimes(
        sockets=sockets,
        p50_ms=_p(50, heard.shown_ms),
        p99_ms=_p(99, heard.shown_ms),
        shown=len(heard.shown_ms),
        not_shown=heard.not_shown + heard.failed,
        frame_bytes=heard.frame_bytes,
    )


def rushed(ground: Ground, texts: Texts, *, facts: dict[str, Any], seconds: int, per_second: int) -> Rushed:
    """Send texts at a fixed rate while all sockets are open, and measure how soon one tablet gets each order's
    frame."""
    first = facts["stations"][0]
    ground.execute(EVERYTHING_COLLECTED)
    ground.execute(f"UPDATE stations_station SET is_open = (slug = '{first}')")
    staff = {"Cookie": facts["cookie"], "Origin": ground.public_url}
    sockets = f"ws://127.0.0.1:{ground.port}/ws"
    given = Rush(
        port=ground.http_port,
        requests=[b64encode(request).decode() for request in texts.take(seconds * per_second)],
        per_second=per_second,
        audiences=[
            Audience(f"{sockets}/stations/{first}/", TABLETS, staff),
            Audience(f"{sockets}/events/{facts['event']}/wall/", WALLS, staff),
            Audience(f"{sockets}/orders/{facts['token']}/en/", PHONES, {"Origin": ground.public_url}),
        ],
    )
    client = [sys.executable, "-m", "bench.rush"]
    done = subprocess.run(client, input=json.dumps(asdict(given)).encode(), stdout=subprocess.PIPE, check=True)
    sent = Sent(**json.loads(done.stdout.splitlines()[-1]))
    ground.execute("UPDATE stations_station SET is_open = (1 = 1)")
    return Rushed(
        sockets=TABLETS + WALLS + PHONES,
        per_second=per_second,
        answered_p50_ms=_p(50, sent.answered_ms),
        p50_ms=_p(50, sent.shown_ms),
        p99_ms=_p(99, sent.shown_ms),
        shown=len(sent.shown_ms),
        not_shown=len(given.requests) - len(sent.shown_ms),
        megabytes=sent.megabytes,
    )


def _send(
    ground: Ground, texts: Texts, *, count: int, senders: int, to: Sequence[str] = (), **watching: Any
) -> LoadResult:
    ground.execute(EVERYTHING_COLLECTED)
    requests = [b64encode(request).decode() for request in texts.take(count, to=to)]
    given = Round(ground.http_port, requests, senders, SECONDS, **watching)
    client = [sys.executable, "-m", "bench.client"]
    done = subprocess.run(client, input=json.dumps(asdict(given)).encode(), stdout=subprocess.PIPE, check=True)
    return LoadResult(**json.loads(done.stdout))


def _load(senders: int, heard: Sequence[LoadResult], cpu: float, database_cpu: float) -> Load:
    answered = [ms for round in heard for ms in round.answered_ms]
    return Load(
        senders=senders,
        texts_per_second=median(len(round.answered_ms) / round.seconds for round in heard),
        p50_ms=_p(50, answered),
        p99_ms=_p(99, answered),
        answered=len(answered),
        failed=sum(round.failed for round in heard),
        cpu_ms_per_text=cpu * 1000 / max(1, len(answered)) if cpu else None,
        database_cpu_ms_per_text=database_cpu * 1000 / max(1, len(answered)) if database_cpu else None,
    )


def _p(percent: int, figures: Sequence[float]) -> float:
    return quantiles(figures, n=100, method="inclusive")[percent - 1] if len(figures) > 1 else 0.0
