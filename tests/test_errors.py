"""Error reports to Sentry contain nothing about people. Errors of each kind are sent to a fake Sentry on this
machine."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import Mock, patch

import pytest
import sentry_sdk
import structlog
from channels.testing import WebsocketCommunicator
from daphne.server import Server
from django.core.management import call_command
from django.test import Client

from accounts.models import Role
from expresso import errors
from expresso.asgi import application
from orders.tests import factory
from sms.erasing import redact_copies
from sms.tests import factory as sms

# These tests run in their own process, because Sentry's patches cannot be removed. The patches would slow down later
# tests and hide their output.
pytestmark = [pytest.mark.django_db, pytest.mark.alone]
NUMBER, NAME, TEXT, TOKEN = "+12025550143", "Wilhelmina", "large oat latte for my boss", "tk-9f8e7d6c5b4a39281706"
SECRETS = (NUMBER, NUMBER[1:], NAME, TEXT, TOKEN, "oat latte", "hunter2")


@contextmanager
def stand_in() -> Iterator[tuple[int, list[str]]]:
    """Run a fake Sentry. Yield its port, and the list to which it adds the bodies that it receives."""
    received: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server.server_port, received
        finally:
            server.shutdown()


@pytest.fixture
def received() -> Iterator[list[str]]:
    with stand_in() as (port, bodies):
        errors.start_reporting(f"http://key@127.0.0.1:{port}/1", process="web 1", release="1.0.0")
        yield bodies
        sentry_sdk.init()  # An empty configuration switches reporting off again.


def fail(*_arguments: object, **_named: object) -> None:
    name, text, token = NAME, TEXT, TOKEN
    raise RuntimeError(f"{name} ({NUMBER}) texted {text} with {token}")


async def lose_a_task() -> None:
    """Let an asyncio task fail that no code awaits. asyncio then logs the exception with its message."""

    async def begin() -> None:
        fail()

    lost = asyncio.ensure_future(begin())
    await asyncio.wait([lost])
    del lost
    gc.collect()


async def open_a_socket_that_fails() -> None:
    """Let a WebSocket's application fail, and let Daphne notice the failure."""
    socket = WebsocketCommunicator(application, "/ws/stations/bar/", headers=[(b"origin", b"http://testserver")])
    await socket.send_input({"type": "websocket.connect"})
    await asyncio.wait([socket.future])
    daphne = Server(application=application, endpoints=["tcp:port=0"])
    daphne.connections = {Mock(): {"application_instance": socket.future}}
    with patch("daphne.server.reactor"):
        daphne.application_checker()


def events(received: list[str]) -> list[dict[str, object]]:
    sentry_sdk.flush(5)
    return [
        json.loads(line)
        for body in received
        for line in body.splitlines()
        if '"event_id"' in line and "platform" in line
    ]


def test_errors_of_every_kind_tell_no_number_name_text_or_token(received: list[str]) -> None:
    bar = factory.cafe(sms_number="+15550100001")
    client = Client(raise_request_exception=False)
    client.force_login(factory.user("maya", Role.BARISTA))

    with patch("expresso.views.within", fail):
        page = client.get(f"/?token={TOKEN}", headers={"Authorization": f"Bearer {TOKEN}"})
    with patch("orders.views.attendee.get_object_or_404", fail):
        form = client.post(f"/events/{bar.event.slug}/", {"name": NAME, "phone": NUMBER, "text": TEXT})
    with patch("sms.inbound._receive", fail), pytest.raises(RuntimeError):
        sms.signed_post("/sms", sms.form(From=NUMBER, Body=TEXT))
    try:
        fail()
    except RuntimeError as error:
        structlog.get_logger("sms.tasks").error("task_failed", exc_info=error, text=TEXT)
    found = events(received)

    assert (page.status_code, form.status_code) == (500, 500)
    assert len(found) >= 4
    sent = "".join(received)
    assert [secret for secret in SECRETS if secret in sent] == []
    assert "RuntimeError" in sent
    assert "task_failed" in sent


@pytest.mark.django_db(transaction=True)
def test_errors_outside_requests_tell_no_number_name_text_or_token(received: list[str]) -> None:
    asyncio.run(lose_a_task())
    with patch("orders.live.consumers.BoardConsumer.connect", fail):
        asyncio.run(open_a_socket_that_fails())
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    with patch("sms.erasing.twilio.redact_message", fail):
        redact_copies.enqueue(["SM0"])
        call_command("work", batch=True)
    logging.getLogger("some.package").error(f"{NAME} ({NUMBER}) texted {TEXT} with {TOKEN}")
    found = events(received)

    assert {"asyncio", "daphne.server", "some.package"} <= {event.get("logger") for event in found}
    sent = "".join(received)
    assert [secret for secret in SECRETS if secret in sent] == []
    assert sent.count("RuntimeError") >= 4


def test_an_error_has_the_id_of_its_request(received: list[str]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(factory.user("maya", Role.BARISTA))

    with patch("expresso.views.within", fail):
        client.get("/", headers={"X-Request-ID": "a-request-0001"})

    assert {"request_id": "a-request-0001"} in [event["tags"] for event in events(received)]
