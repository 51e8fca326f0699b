"""Measures which parts of the code use the CPU time of a text, and how many Python functions a text calls.

    python -m bench.parts

Started by `Ground.python`, which sets the environment variables of the measured deployment. The WSGI application
answers the texts in this process. CPU time does not include waiting for the disk, for locks or for the database
server."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from io import BytesIO
from statistics import median
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import django

django.setup()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction

import orders.statements
import sms.statements
from bench.texts import SmsWebhook, form, twilio_signature
from expresso import demo, webhooks
from orders import hints
from orders.models import Order
from orders.statuses import OPEN, Status
from sms import inbound
from sms.replies import answering
from sms.tests.calls import python_calls
from stations.models import Event

WARMING, TEXTS, COUNTED = 40, 200, 20

#: The functions that belong to each part. The time of functions that they call counts for the same part, unless the
#: called functions belong to another part.
PARTS: dict[str, list[tuple[Any, str]]] = {
    "the rest": [(inbound, "receive")],
    "reading": [(inbound, "respond")],
    "replying": [(inbound, "conclude"), (answering, "word")],
    "database driver": [
        *((module, name) for module in (orders.statements, sms.statements) for name in ("execute", "fetch_all")),
        *((transaction.Atomic, name) for name in ("__enter__", "__exit__")),
    ],
    "announcing": [(hints.Announcer, "hint"), (hints, "of_text"), (hints, "after_commit")],
}


class Stopwatch:
    """Measures the CPU time of this thread by part of the code (see PARTS). While one part calls another, the time
    counts for the called part only."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self._turn()
        self._running.append(name)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def _turn(self) -> None:
        now = time.thread_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def measured(*args: Any, **kwargs: Any) -> Any:
            with self.part(name):
                return act(*args, **kwargs)

        return measured


def timing_the_lock(held: list[float]) -> Callable[[Event], int]:
    """Return a replacement for `take_number`, which locks the event's row.

    The replacement also measures the milliseconds from the lock to the commit, and adds them to `held`."""
    take_number = orders.statements.take_number

    def take_and_time(event: Event) -> int:
        number, since = take_number(event), time.perf_counter()
        transaction.on_commit(lambda: held.append((time.perf_counter() - since) * 1000))
        return number

    return take_and_time


class TextPoster:
    """Posts texts to the WSGI application in this process."""

    def __init__(self, webhook: SmsWebhook) -> None:
        self.webhook = webhook
        self.numbers = iter(range(10_000_000))
        self.application = webhooks.wsgi(WSGIHandler())
        #: Number of bytes in all responses.
        self.sent = 0

    def prepared(self) -> dict[str, Any]:
        params = form(self.webhook.number, next(self.numbers))
        body = urlencode(params).encode()
        return {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/sms",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_X_TWILIO_SIGNATURE": twilio_signature(self.webhook, params),
            "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http",
        }

    def post(self, environ: dict[str, Any]) -> None:
        status: list[str] = []
        response = self.application(environ, lambda line, headers: status.append(line))
        content = b"".join(response)
        response.close()
        self.sent += len(content)
        if status != ["200 OK"] or b"Got it" not in content:
            sys.exit(f"a text was not answered with an order: {status} {content[:300]!r}")


def text_poster() -> TextPoster:
    event = Event.objects.get(slug=demo.SLUG)
    return TextPoster(SmsWebhook(settings.PUBLIC_URL, settings.TWILIO_AUTH_TOKEN, event.sms_number or ""))


def everything_collected() -> None:
    Order.objects.filter(status__in=OPEN).update(status=Status.COLLECTED)


def main() -> dict[str, Any]:
    texts, watch = text_poster(), Stopwatch()
    requests = [texts.prepared() for _ in range(WARMING + 2 * TEXTS + 2 * COUNTED)]
    for request in requests[:WARMING]:
        texts.post(request)
    everything_collected()
    texts.sent = 0
    held: list[float] = []
    with patch.object(orders.statements, "take_number", timing_the_lock(held)):
        for request in requests[WARMING : WARMING + TEXTS]:
            texts.post(request)
    everything_collected()
    with ExitStack() as stack:
        for part, functions in PARTS.items():
            for owner, name in functions:
                stack.enter_context(patch.object(owner, name, watch.timed(part, getattr(owner, name))))
        for request in requests[WARMING + TEXTS : WARMING + 2 * TEXTS]:
            with watch.part("edge"):
                texts.post(request)
    sent = texts.sent / (2 * TEXTS)
    everything_collected()
    calls = [python_calls(lambda request=request: texts.post(request)) for request in requests[WARMING + 2 * TEXTS :]]  # type: ignore[misc]
    return {
        "cpu_ms": {part: watch.seconds[part] * 1000 / TEXTS for part in ("edge", *PARTS)},
        # Every second text is from a new number, the others are from known customers.
        "python_calls": {"known": sum(calls[::2]) / COUNTED, "new": sum(calls[1::2]) / COUNTED},
        "reply_bytes": sent,
        # Milliseconds from locking the event's row to the commit, while no other text is answered. Texts to one event
        # wait for this lock, so the event can take at most 1000 / locked_ms texts a second.
        "locked_ms": median(held),
    }


if __name__ == "__main__":
    json.dump(main(), sys.stdout)
