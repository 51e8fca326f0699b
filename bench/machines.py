"""Measures the texts a second that one machine and two machines with the same database can answer.

A "machine" is a set of web processes on this computer, which together get 15 % of a core. So two cores are enough for
the database, the senders and two machines. Processes that have used more than their share are paused for a while, by
SIGSTOP and SIGCONT, which need no root. The network between real machines and their database is not measured."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.client import LoadResult, Round
from bench.ground import PROCESSES, Ground
from bench.rounds import EVERYTHING_COLLECTED
from bench.texts import Texts
from expresso.family import Family
from expresso.full import gunicorn
from expresso.launch import wait_until_answering
from expresso.machine import LOOPBACK
from tests import servers

#: The share of a core to which the processes of one machine together are limited.
SHARE = 0.15
#: TICK is the time between two checks of a machine's CPU time. SAVED is the CPU time that an idle machine can save up
#: and use later. Both in seconds.
TICK, SAVED = 0.005, 0.02
SENDERS, SECONDS, ROUNDS = 8, 60.0, 3
#: Number of texts to each machine before the first round, while its CPU time is not limited.
WARMING = 40


@dataclass(frozen=True)
class Machine:
    """One "machine": a gunicorn server with its web processes."""

    port: int
    processes: tuple[int, ...]


@dataclass(frozen=True)
class Measured:
    machines: int
    #: The texts a second of all machines together: the median of `rounds`.
    texts_per_second: float
    rounds: list[float]
    #: The share of a core that one machine used, as a median. If it is below SHARE, something else was the bottleneck.
    cores_used: float
    failed: int
    #: The highest load average of this computer during the rounds.
    load: float


def of_machines(ground: Ground, texts: Texts, *, count: int, events: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Measure rounds of `count` texts, once spread over several events, and once to the first event only.

    `events` has the phone numbers of the events. Each round runs with one machine and then with two machines, which
    share the texts."""
    kinds = {"different events": events, "one event": events[:1]}
    found: dict[tuple[str, int], list[tuple[float, float, int, float]]] = {}
    with serving(ground, 2) as machines:
        for each in machines:
            _send(each, _taken(texts, WARMING, events))
        for _ in range(ROUNDS):
            for kind, numbers in kinds.items():
                for many in (1, 2):
                    measured = _round(ground, texts, machines[:many], count=count, to=numbers)
                    found.setdefault((kind, many), []).append(measured)
    return {kind: [asdict(_summary(many, found[kind, many])) for many in (1, 2)] for kind in kinds}


@contextmanager
def serving(ground: Ground, count: int) -> Iterator[list[Machine]]:
    """Start `count` machines that use the database of this deployment."""
    with (ground.folder / "log").open("ab") as log, Family() as family:
        machines = []
        for number in range(1, count + 1):
            port, name = servers.free_port(), f"machine {number}"
            command = [*gunicorn(host=LOOPBACK, port=port), "--workers", PROCESSES["WEB_WORKERS"]]
            environment = ground.environment | {"PROCESS_NAME": name}
            member = family.start(name, command, env=environment, stdout=log, stderr=log)
            wait_until_answering(member, port)
            machines.append(Machine(port, (member.process.pid, *_children(member.process.pid))))
        yield machines


@contextmanager
def limited(processes: Sequence[int], share: float) -> Iterator[None]:
    """Within the block, limit the processes together to this share of one core."""
    over = threading.Event()
    limiter = threading.Thread(target=_limit, args=(processes, share, over))
    limiter.start()
    try:
        yield
    finally:
        over.set()
        limiter.join()


def cpu_of(processes: Sequence[int]) -> float:
    """Return the CPU time of the running processes in seconds. Processes that have ended are left out."""
    ticks = 0
    for process in processes:
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _limit(processes: Sequence[int], share: float, over: threading.Event) -> None:
    saved, stopped = SAVED, False
    at, used = time.monotonic(), cpu_of(processes)
    try:
        while not over.wait(TICK):
            earlier, used_before, at, used = at, used, time.monotonic(), cpu_of(processes)
            saved = min(SAVED, saved + (at - earlier) * share - (used - used_before))
            if stopped != (saved < 0):
                stopped = saved < 0
                _signal(processes, signal.SIGSTOP if stopped else signal.SIGCONT)
    finally:
        _signal(processes, signal.SIGCONT)


def _signal(processes: Sequence[int], number: int) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


def _children(parent: int) -> list[int]:
    listed = ["ps", "-o", "pid=", "--ppid", str(parent)]
    return list(map(int, subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()))


def _round(
    ground: Ground, texts: Texts, machines: Sequence[Machine], *, count: int, to: Sequence[str]
) -> tuple[float, float, int, float]:
    """Return the texts a second of all machines together, the share of a core that one machine used on average, the
    number of failed texts, and this computer's load average."""
    ground.execute(EVERYTHING_COLLECTED)
    shares = [_taken(texts, count // len(machines), to) for _ in machines]
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        for machine in machines:
            stack.enter_context(limited(machine.processes, SHARE))
        before, began = cpu_of(_all(machines)), time.monotonic()
        heard = list(pool.map(_send, machines, shares))
        used, seconds = cpu_of(_all(machines)) - before, time.monotonic() - began
    rate = sum(len(each.answered_ms) / each.seconds for each in heard)
    return rate, used / seconds / len(machines), sum(each.failed for each in heard), os.getloadavg()[0]


def _all(machines: Sequence[Machine]) -> list[int]:
    return [process for machine in machines for process in machine.processes]


def _taken(texts: Texts, count: int, to: Sequence[str]) -> list[str]:
    return [b64encode(request).decode() for request in texts.take(count, to=to)]


def _send(machine: Machine, requests: list[str]) -> LoadResult:
    given = Round(machine.port, requests, SENDERS, SECONDS)
    client = [sys.executable, "-m", "bench.client"]
    done = subprocess.run(client, input=json.dumps(asdict(given)).encode(), stdout=subprocess.PIPE, check=True)
    return LoadResult(**json.loads(done.stdout))


def _summary(many: int, rounds: Sequence[tuple[float, float, int, float]]) -> Measured:
    rates, used, failed, loads = zip(*rounds, strict=True)
    return Measured(many, median(rates), list(rates), median(used), sum(failed), max(loads))
