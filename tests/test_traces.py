"""Traces of one order through all processes, as a trace collector receives them. They contain nothing about people."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from websockets.sync.client import connect
from websockets.typing import Origin

from expresso.machine import BASE_DIR, LOOPBACK
from tests import deployment, migrated
from tests.carrier import carrier
from tests.deployment import SOMEBODY, Deployment, new_sid, until

pytestmark = pytest.mark.timeout(120)


@dataclass
class Span:
    name: str
    trace: str
    parent: str
    links: list[str]
    facts: dict[str, Any]


@dataclass
class Collector:
    """A fake OpenTelemetry collector. It keeps the bodies that it receives, and their spans by id."""

    port: int = 0
    received: list[bytes] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)

    def take(self, body: bytes) -> None:
        self.received.append(body)
        sent = ExportTraceServiceRequest.FromString(body)
        for span in (span for group in sent.resource_spans for scope in group.scope_spans for span in scope.spans):
            facts = {each.key: each.value.string_value or each.value.int_value for each in span.attributes}
            links = [link.span_id.hex() for link in span.links]
            self.spans[span.span_id.hex()] = Span(
                span.name, span.trace_id.hex(), span.parent_span_id.hex(), links, facts
            )

    def called(self, name: str) -> list[Span]:
        return [span for span in self.spans.values() if span.name == name]

    def way_to(self, span: Span) -> list[str]:
        """Return the names of the spans on the path from the root of the trace to this span."""
        return [*(self.way_to(self.spans[span.parent]) if span.parent in self.spans else []), span.name]


@contextmanager
def collector() -> Iterator[Collector]:
    ours = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            ours.take(gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        ours.port = server.server_port
        try:
            yield ours
        finally:
            server.shutdown()


def ask(cafe: Deployment, path: str, body: dict[str, str], token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "Host": f"localhost:{cafe.port}", "If-Match": "*"}
    headers |= {"Authorization": f"Bearer {token}", "X-Request-ID": "request-0001"} if token else {}
    with closing(http.client.HTTPConnection(LOOPBACK, cafe.port, timeout=15)) as connection:
        connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        return answer


def test_a_trace_leads_from_the_tap_to_the_text_its_report_and_the_frame_without_a_word_about_people(
    tmp_path: Path,
) -> None:
    with collector() as collected, carrier(tmp_path) as twilio:
        twilio.answers.set()
        traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{LOOPBACK}:{collected.port}", "LOG_FORMAT": "json"}
        traced["OTEL_BSP_SCHEDULE_DELAY"] = "100"
        fresh = deployment.default(tmp_path, **traced, **twilio.environment)
        migrated.copy_to(fresh.folder / "expresso.sqlite3")
        with deployment.running(fresh) as cafe:
            sid = new_sid()
            assert cafe.text("large oat latte for Wilhelmina", sid=sid).status == 200
            [(pk, token)] = cafe.rows("SELECT id, token FROM orders_order ORDER BY id DESC LIMIT 1")
            api = ask(cafe, "token/", {"username": "maya", "password": cafe.password_of("maya")})["access"]
            with connect(f"ws://{LOOPBACK}:{cafe.port}/ws/orders/{token}/en/", origin=Origin(cafe.url)) as phone:
                phone.recv(10)
                ask(cafe, f"orders/{pk}/start/", {}, api)
                ask(cafe, f"orders/{pk}/ready/", {}, api)
                until(lambda: twilio.callbacks, what="the ready text")
                until(cafe.is_idle, what="the end of all sending")
                report = {"MessageSid": twilio.taken[0]["sid"], "MessageStatus": "delivered"}
                assert cafe.webhook(twilio.callbacks[0].removeprefix(cafe.url), report).status == 204
                until(lambda: collected.called("frame"), what="the trace of a frame")

    answered, ready = collected.called("place")[0], collected.called("POST /api/v1/orders/<int:order>/ready/")[0]
    send, told = collected.called("send")[0], collected.called("delivery report")[0]
    step = next(id_ for id_, span in collected.spans.items() if span.name == "step" and span.trace == ready.trace)
    frames = [span for span in collected.called("frame") if step in (span.parent, *span.links)]
    assert collected.way_to(answered) == ["POST /sms", "answer", "place"]
    assert collected.way_to(told) == [ready.name, "step", "deliver", "send", "delivery report"]
    # If a frame shows two steps, the parent of its span is the span of the first step, and a link leads to the span of
    # the second step.
    assert [collected.way_to(frame)[1:] for frame in frames] == [["step", "frame"]]
    assert frames[0].facts["pages"] == 1
    # Spans have the same ids as log lines.
    assert collected.called("POST /sms")[0].facts["sid"] == sid
    assert ready.facts["request_id"] == "request-0001"
    assert send.facts["message"] == told.facts["message"]
    lines = [json.loads(line) for line in cafe.said().splitlines() if line.startswith("{")]
    sent = next(line for line in lines if line["event"] == "text_sent")
    assert (sent["trace_id"], str(sent["message"])) == (ready.trace, send.facts["message"])
    # Traces contain nothing about people, and no secret such as a token.
    everything = b"".join(collected.received).decode("latin-1")
    secrets = [SOMEBODY, SOMEBODY[1:], "Wilhelmina", "oat latte", str(token), api, "http.url", "url.full"]
    assert [secret for secret in secrets if secret in everything] == []


def test_without_a_collector_nothing_of_opentelemetry_or_a_broker_is_imported(tmp_path: Path) -> None:
    loads = """
import sys
from expresso import machine
machine.environment_of_commands()
import django
django.setup()
import expresso.urls, sms.tasks, expresso.asgi
packages = "opentelemetry.", "amqp", "confluent_kafka"
print([name for name, module in sys.modules.items() if module and name.startswith(packages)])
"""

    # This process needs its own data folder, because another test may have locked the folder of the test suite.
    own = os.environ | {"VAR_DIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", loads], cwd=BASE_DIR, env=own, capture_output=True, text=True, check=False
    )

    assert (ran.stdout, ran.returncode) == ("[]\n", 0), ran.stderr
