"""A fake of Stripe's HTTP API, written from Stripe's documentation. It answers the calls that Expresso makes, and signs
webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

KEY, WEBHOOK_SECRET = "sk_test_0123456789", "whsec_0123456789"
Session = dict[str, Any]


@dataclass
class StripeEdge:
    #: Checkout sessions by id, in the order in which they were created.
    sessions: dict[str, Session] = field(default_factory=dict)
    #: Ids of the payment intents that were refunded.
    refunds: list[str] = field(default_factory=list)
    #: If True, every request gets a server error.
    is_away: bool = False
    #: The error code with which every refund is refused, such as "charge_disputed"; "" if refunds succeed.
    refuses_refunds: str = ""
    #: The request and the response for each idempotency key.
    done: dict[str, tuple[str, Any]] = field(default_factory=dict)
    address: str = ""

    @property
    def last(self) -> Session:
        return list(self.sessions.values())[-1]

    def pay(self, session: Session | None = None) -> Session:
        """Complete the session, as if a customer had paid on Stripe's page."""
        session = session or self.last
        assert session["status"] == "open", session["status"]
        session |= {
            "status": "complete",
            "payment_status": "paid",
            "payment_intent": f"pi_{session['id']}",
            "url": None,
        }
        return session

    def webhook(self, session: Session, kind: str = "checkout.session.completed") -> tuple[str, str]:
        """Return the body of a webhook about the session, and the signature of this body."""
        event = {"id": "evt_1", "object": "event", "type": kind, "data": {"object": session}}
        body, now = json.dumps(event), int(time.time())
        mac = hmac.new(WEBHOOK_SECRET.encode(), f"{now}.{body}".encode(), hashlib.sha256).hexdigest()
        return body, f"t={now},v1={mac}"

    def answer(self, method: str, path: str, form: dict[str, str]) -> tuple[int, Any]:
        match method, path.strip("/").split("/"):
            case _ if self.is_away:
                return 500, _error("api_error", "")
            case "POST", ["v1", "checkout", "sessions"]:
                return 200, self._open(form)
            case "GET", ["v1", "checkout", "sessions", session] if session in self.sessions:
                return 200, self.sessions[session]
            case "POST", ["v1", "checkout", "sessions", session, "expire"] if session in self.sessions:
                if self.sessions[session]["status"] != "open":
                    return 400, _error("invalid_request_error", "")
                self.sessions[session] |= {"status": "expired", "url": None}
                return 200, self.sessions[session]
            case "POST", ["v1", "refunds"]:
                return self._refund(form["payment_intent"])
        return 404, _error("invalid_request_error", "resource_missing")

    def _open(self, form: dict[str, str]) -> Session:
        # Make ids as long as Stripe can make them.
        number = f"cs_test_{len(self.sessions) + 1:0244}"
        session = {
            "id": number,
            "object": "checkout.session",
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "client_reference_id": form["client_reference_id"],
            "amount_total": int(form["line_items[0][price_data][unit_amount]"]),
            "currency": form["line_items[0][price_data][currency]"],
            "success_url": form["success_url"],
            "url": f"https://checkout.stripe.com/c/pay/{number}",
        }
        return self.sessions.setdefault(number, session)

    def _refund(self, intent: str) -> tuple[int, Any]:
        if self.refuses_refunds:
            return 400, _error("invalid_request_error", self.refuses_refunds)
        if intent in self.refunds:
            return 400, _error("invalid_request_error", "charge_already_refunded")
        self.refunds.append(intent)
        return 200, {"id": "re_1", "object": "refund", "status": "succeeded", "payment_intent": intent}


def _error(kind: str, code: str) -> Any:
    return {"error": {"type": kind, "code": code or None, "message": "No."}}


@contextmanager
def stripe_edge() -> Iterator[StripeEdge]:
    edge = StripeEdge()
    handler = type("Handler", (_Handler,), {"edge": edge})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        edge.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield edge
        finally:
            server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    edge: StripeEdge
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        key = self.headers.get("Idempotency-Key")
        asked = f"{self.path} {body}"
        if key in self.edge.done and not self.edge.is_away:
            before, answer = self.edge.done[key]
            # Stripe refuses an idempotency key that was used for a different request.
            self._send(*(answer if before == asked else (400, _error("idempotency_error", ""))))
            return
        status, answer = self.edge.answer("POST", self.path, form)
        if key and status < 500:
            self.edge.done[key] = (asked, (status, answer))
        self._send(status, answer)

    def do_GET(self) -> None:
        self._send(*self.edge.answer("GET", self.path, {}))

    def _send(self, status: int, body: Any) -> None:
        if self.headers["Authorization"] != f"Bearer {KEY}":
            status, body = 401, _error("invalid_request_error", "")
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Print nothing, so that the output of a test stays readable."""
