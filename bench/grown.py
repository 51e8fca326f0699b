"""Measures the cost of a text and the time that pages take, in this process, with one copy of the data.

    python -m bench.grown TURN
    python -m bench.grown refresh

TURN is a number that no earlier run used with this copy. "refresh" recounts the reports of large events, as a worker
does every five minutes."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from statistics import mean, median
from typing import Any

import django

django.setup()

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from bench.parts import everything_collected, text_poster
from expresso import demo
from expresso.api import tokens
from expresso.reports import refresh
from sms.tests.calls import python_calls

WARMING, TEXTS, COUNTED, VISITS = 20, 100, 16, 5
EVENT = f"/events/{demo.SLUG}/"
STATION = "/stations/bar-1/"
#: The measured pages: name in the table → address.
PAGES = {
    "board": STATION,
    "wall": f"{EVENT}wall/",
    "live overview": f"{EVENT}live/",
    "history": f"{STATION}history/",
    "history, searched": f"{STATION}history/?q=latte",
    "support inbox": f"{EVENT}support/",
    "support, by name": f"{EVENT}support/?q=Sam",
    "support, by number": f"{EVENT}support/?q=2000",
    "reports": f"{EVENT}reports/",
    "API: orders": f"/api/v1/events/{demo.SLUG}/orders/",
    "admin: orders": "/admin/orders/order/",
    "admin: orders, by code": "/admin/orders/order/?q=A12",
    "admin: order events": "/admin/orders/orderevent/",
    "admin: texts": "/admin/sms/inboundmessage/",
    "admin: conversations": "/admin/sms/conversation/",
    "admin: customers": "/admin/accounts/customer/",
    "admin: audit": "/admin/accounts/auditentry/",
}


def text_times(turn: int) -> dict[str, float]:
    """Return the median CPU and elapsed milliseconds of a text, and the mean number of its Python calls.

    The CPU time of a database server is not included. Texts of known customers and of new numbers alternate."""
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


def page_times() -> dict[str, float]:
    """Return the milliseconds that each page takes: the median of VISITS visits."""
    admin = get_user_model().objects.filter(is_superuser=True)[0]
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {tokens.sign_in(admin).access}"})
    client.force_login(admin)
    return {name: _page(client, path) for name, path in PAGES.items()}


def _page(client: Client, path: str) -> float:
    taken = []
    for _ in range(VISITS):
        began = time.perf_counter()
        response: Any = client.get(path)
        content = b"".join(response) if response.streaming else response.content
        taken.append((time.perf_counter() - began) * 1000)
        if response.status_code != 200:
            sys.exit(f"{path}: {response.status_code} {content[:300]!r}")
    return median(taken)


if __name__ == "__main__":
    if sys.argv[1:] == ["refresh"]:
        if connection.vendor == "postgresql":
            refresh.refresh()
        json.dump(None, sys.stdout)
    else:
        json.dump(text_times(int(sys.argv[1])) | {"pages_ms": page_times()}, sys.stdout)
