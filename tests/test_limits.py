"""No client can exhaust the server or cause a server error, on the default and on the full deployment."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from websockets import Origin
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.conftest import on_full
from tests.deployment import Deployment, at_once, new_sid

pytestmark = pytest.mark.timeout(120)

START = "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\n"


def start(cafe: Deployment, path: str = "/sms", method: str = "POST") -> bytes:
    return START.format(method=method, path=path, port=cafe.port).encode()


def connection(cafe: Deployment) -> socket.socket:
    return socket.create_connection(("127.0.0.1", cafe.port), timeout=15)


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def gigabyte(chunked: bool) -> Iterator[bytes]:
    block = b"x" * 2**16
    for _ in range(2**30 // len(block)):
        yield b"10000\r\n" + block + b"\r\n" if chunked else block


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
def test_a_body_of_a_gigabyte_is_refused_at_its_start(cafe: Deployment, chunked: bool) -> None:
    length = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % 2**30
    sent = 0
    with connection(cafe) as client:
        client.sendall(start(cafe) + b"Content-Type: application/x-www-form-urlencoded\r\n" + length + b"\r\n\r\n")
        for block in gigabyte(chunked):
            if select.select([client], [], [], 0)[0]:
                break
            client.sendall(block)
            sent += len(block)

        assert status_of(client.recv(1000)) == 413
    assert sent < 2**26


def test_a_thousand_slow_requests_stop_nobody(cafe: Deployment) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(closing(connection(cafe))) for _ in range(1000)]
        for client in slow:
            client.sendall(start(cafe) + b"X-Slow: a")

        began = time.monotonic()
        reply = cafe.text("a large oat latte for Sam", sid=new_sid(), sender="+12025550143")
        answered_in = time.monotonic() - began

    assert (reply.status, "oat latte" in reply.reply) == (200, True)
    assert answered_in < 10
    assert cafe.health() == 200


@pytest.mark.parametrize("path", ["/ws/unknown/", "/ws/", "/ws/stations/%00/"])
def test_a_socket_that_does_not_exist_is_refused(cafe: Deployment, path: str) -> None:
    url = f"ws://127.0.0.1:{cafe.port}{path}"

    with pytest.raises(InvalidStatus) as refused, connect(url, origin=Origin(cafe.url)):
        pass

    assert refused.value.response.status_code in (400, 403)


@on_full
def test_pages_have_a_limit_per_network_and_texts_have_none(cafe: Deployment) -> None:
    def ask(path: str) -> int:
        with connection(cafe) as client:
            client.sendall(start(cafe, path, "GET") + b"Connection: close\r\n\r\n")
            return status_of(client.recv(1000))

    pages = [status for _ in range(12) for status in at_once([lambda: ask("/accounts/login/")] * 4)]
    texts = [status for _ in range(12) for status in at_once([lambda: ask("/sms")] * 4)]

    # Without nginx, Daphne serves the pages. Daphne limits the number of connections, but not of requests.
    assert (429 in pages) == (cafe.http_port is None)
    assert set(texts) == {405}
