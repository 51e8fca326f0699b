"""Measures the cost of a text and the time of pages at a deployment of `bench.growth`, without starting a server.

    python -m bench.grown TURN
    python -m bench.grown pages SERVER
    python -m bench.grown refresh

TURN is a number that no earlier run with this database has used. "pages" measures only pages, with their CPU time;
SERVER is the process id of PostgreSQL, or 0. "refresh" refreshes the materialized views of the reports, as a worker
does every five minutes."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from statistics import mean, median

import django

django.setup()

from django.db import connection

from bench.parts import everything_collected, text_poster
from bench.staff_pages import page_figures, page_times
from expresso.reports import refresh
from sms.tests.calls import python_calls

WARMING, TEXTS, COUNTED = 20, 100, 16


def text_times(turn: int) -> dict[str, float]:
    """Return the median CPU time and elapsed time of a text in milliseconds, and the mean number of its Python calls.

    Every second text is from a new number, the others from known customers. A database server's CPU time is not
    included."""
    there, many = text_poster(), WARMING + TEXTS + COUNTED
    there.numbers = iter(range(turn * many, (turn + 1) * many))
    requests = [there.prepared() for _ in range(many)]
    for request in requests[:WARMING]:
        there.post(request)
    cpu, elapsed = [], []
    for request in requests[WARMING : WARMING + TEXTS]:
        began, used = time.perf_counter(), time.process_time()
        there.post(request)
        cpu.append((time.process_time() - used) * 1000)
        elapsed.append((time.perf_counter() - began) * 1000)
    calls = [python_calls(partial(there.post, request)) for request in requests[WARMING + TEXTS :]]
    everything_collected()
    return {"text_cpu_ms": median(cpu), "text_ms": median(elapsed), "python_calls": mean(calls)}


if __name__ == "__main__":
    if sys.argv[1:] == ["refresh"]:
        if connection.vendor == "postgresql":
            refresh.refresh()
        json.dump(None, sys.stdout)
    elif sys.argv[1] == "pages":
        json.dump({"pages": page_figures(server=int(sys.argv[2]))}, sys.stdout, indent=1)
    else:
        json.dump(text_times(int(sys.argv[1])) | {"pages_ms": page_times()}, sys.stdout)
