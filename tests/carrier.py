"""A fake of Twilio's HTTP API for started deployments, which need no change: the fake is an HTTPS proxy that answers in
place of api.twilio.com.

HTTPS_PROXY sends all requests of the worker to this proxy, and REQUESTS_CA_BUNDLE makes the worker trust its
certificate."""

from __future__ import annotations

import datetime as dt
import json
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.deployment import DEMO_NUMBER

HOST = "api.twilio.com"
ACCOUNT, TOKEN = "AC" + "0" * 32, "the-carriers-token"


@dataclass
class Carrier:
    """The fake Twilio. `taken` has the messages that it accepted, newest first.

    `asked` is set when a message arrives. Until `answers` is set, a request for a message gets no response for up to
    30 s."""

    folder: Path
    taken: list[dict[str, str]] = field(default_factory=list)
    #: URLs to which Expresso wants delivery reports to be sent, newest last.
    callbacks: list[str] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    answers: threading.Event = field(default_factory=threading.Event)
    #: If False, the carrier does not accept messages and breaks the connection.
    takes: bool = True
    #: HTTP status of responses to messages. With 429 the message is not accepted; with 500 it is accepted all the same.
    status: int = 201
    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        return {
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_NUMBER": DEMO_NUMBER,
            "HTTPS_PROXY": f"http://127.0.0.1:{self.port}",
            "NO_PROXY": "localhost,127.0.0.1",
            "REQUESTS_CA_BUNDLE": str(self.folder / "certificate.pem"),
        }

    def take(self, form: dict[str, str]) -> dict[str, Any]:
        message = _message(form)
        if self.takes and self.status != 429:
            self.taken.insert(0, message)
            self.callbacks.append(form.get("StatusCallback", ""))
        self.asked.set()
        self.answers.wait(30)
        return message


@contextmanager
def carrier(folder: Path) -> Iterator[Carrier]:
    _write_certificate(folder / "certificate.pem")
    ours = Carrier(folder)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "certificate.pem")
    handler = type("Handler", (_Handler,), {"carrier": ours, "tls": tls})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        ours.port = server.server_port
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield ours
        finally:
            ours.answers.set()
            server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    carrier: Carrier
    tls: ssl.SSLContext
    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        if self.path != f"{HOST}:443":
            self.send_error(502)
            return
        self.send_response(200)
        self.end_headers()
        # After CONNECT the client starts TLS and sends further HTTP requests on the same connection.
        self.connection = self.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        status = self.carrier.status
        taken = self.carrier.take(form)
        self._answer(status, taken if status == 201 else {"code": 20000 + status, "message": "No", "status": status})

    def do_GET(self) -> None:
        """Respond with a page of accepted messages as Twilio does, filtered by the numbers they were sent to and
        from."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        found = [
            message
            for message in self.carrier.taken
            if message["to"] == asked.get("To", message["to"]) and message["from"] == asked.get("From", message["from"])
        ]
        page = {"messages": found[: int(asked.get("PageSize", 50))], "page": 0, "next_page_uri": None}
        self._answer(200, page)

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        if b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode() != f"{ACCOUNT}:{TOKEN}":
            status, body = 401, {"code": 20003, "message": "Authenticate", "status": 401}
        content = json.dumps(body).encode()
        with suppress(OSError):  # Ignore the error if the client was killed.
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Print nothing, so that the output of a test stays readable."""


def _message(form: dict[str, str]) -> dict[str, Any]:
    """Return a message in the format of Twilio's documentation, with the fields that Expresso reads."""
    now = dt.datetime.now(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    given = {"body": form["Body"], "from": form["From"], "to": form["To"], "status": "queued"}
    dates = {"date_created": now, "date_updated": now, "date_sent": None}
    return (
        {"sid": f"SM{uuid4().hex}", "account_sid": ACCOUNT, "error_code": None, "error_message": None} | given | dates
    )


def _write_certificate(file: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
