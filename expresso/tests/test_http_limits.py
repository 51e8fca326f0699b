"""Tests of the limits of the default deployment's HTTP server, with a simulated clock and simulated connections."""

from __future__ import annotations

from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address
from twisted.internet.task import Clock
from twisted.internet.testing import StringTransport
from twisted.web.http import Request
from twisted.web.test.requesthelper import DummyChannel

from expresso.http_limits import IDLE, LINGER, MAX_BODY, REQUEST_WITHIN, Door, LimitedRequest

START = b"POST /sms HTTP/1.1\r\nHost: cafe\r\n"


class Daphne:
    """Fakes the part of Daphne's server that requests use. It keeps each body and answers 200."""

    server_name, root_path, request_buffer_size = "expresso", "", 8192
    proxy_forwarded_address_header = None

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def protocol_connected(self, protocol: Any) -> None: ...

    def protocol_disconnected(self, protocol: Any) -> None: ...

    def create_application(self, request: Any, scope: dict[str, Any]) -> None:
        self.bodies.append(request.content.read())
        request.setResponseCode(200)
        # Call Twisted's `finish`, because Daphne's needs an event loop.
        Request.finish(request)

    def log_action(self, *args: Any) -> None: ...


class Client:
    def __init__(self, door: Door, host: str = "10.0.0.1") -> None:
        address = IPv4Address("TCP", host, 50000)
        self.wire = StringTransport(peerAddress=address)
        self.server = door.buildProtocol(address)
        if self.server:
            self.server.makeConnection(self.wire)

    def send(self, data: bytes) -> None:
        assert self.server
        self.server.dataReceived(data)

    @property
    def status(self) -> bytes:
        return bytes(self.wire.value()).partition(b"\r\n")[0]

    @property
    def is_dropped(self) -> bool:
        return bool(self.wire.disconnected)

    def hang_up(self) -> None:
        assert self.server
        self.server.connectionLost(None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def door(clock: Clock, **limits: Any) -> Door:
    made = Door(Daphne(), **{"proxies": 0, "most": 10} | limits)
    made.wrappedFactory.reactor = clock
    return made


def bodies(of: Door) -> list[bytes]:
    found: list[bytes] = of.wrappedFactory.server.bodies
    return found


def test_a_body_of_the_greatest_size_arrives(clock: Clock) -> None:
    site = door(clock)
    client = Client(site)

    client.send(START + b"Content-Length: %d\r\n\r\n" % MAX_BODY + b"x" * MAX_BODY)

    assert [len(body) for body in bodies(site)] == [MAX_BODY]


def test_an_announced_body_that_is_too_large_is_refused_before_it_comes(clock: Clock) -> None:
    site = door(clock)
    client = Client(site)

    client.send(START + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % (MAX_BODY + 1))

    assert client.status == b"HTTP/1.1 413 Content Too Large"
    assert b"100 Continue" not in client.wire.value()


@pytest.mark.parametrize(
    ("headers", "kind", "said"),
    [
        ("", "application/problem+json", "Send at most 512 kB."),
        ("Accept: text/html, */*\r\n", "text/html; charset=utf-8", '<html lang="en">'),
        ("Accept: text/html\r\nAccept-Language: nl, es-MX;q=0.9, de;q=0.5\r\n", "text/html", '<html lang="es">'),
    ],
)
def test_who_sends_too_much_reads_why_as_a_program_or_in_the_browsers_language(
    clock: Clock, headers: str, kind: str, said: str
) -> None:
    client = Client(door(clock))

    client.send(START + headers.encode() + b"Content-Length: %d\r\n\r\n" % (MAX_BODY + 1))

    head, _, content = client.wire.value().partition(b"\r\n\r\n")
    assert f"Content-Type: {kind}".encode() in head
    assert said in content.decode()
    assert b"Content-Length: %d\r\n" % len(content) in head + b"\r\n"


def test_a_browser_reads_daphnes_own_errors_in_its_language() -> None:
    channel = DummyChannel()
    channel.factory = SimpleNamespace(server=Daphne())
    request = LimitedRequest(channel, False)
    request.requestHeaders.addRawHeader("Accept", "text/html")
    request.requestHeaders.addRawHeader("Accept-Language", "fr")
    replies: list[dict[str, Any]] = []
    request.handle_reply = replies.append

    request.basic_error(503, b"Service Unavailable", "Application failed to respond within time limit.")

    assert replies[0]["status"] == 503
    assert b'<html lang="fr">' in replies[1]["body"]


@pytest.mark.parametrize("status", [422, 428, 429, 451])
def test_every_status_has_its_phrase(status: int) -> None:
    request = Request(DummyChannel(), False)

    request.setResponseCode(status)

    assert request.code_message == HTTPStatus(status).phrase.encode()


def test_a_refused_body_is_thrown_away_for_a_moment_and_then_the_connection_closed(clock: Clock) -> None:
    site = door(clock)
    client = Client(site)
    client.send(START + b"Content-Length: %d\r\n\r\n" % (MAX_BODY + 1))

    client.send(b"x" * (MAX_BODY + 1))
    client.send(b"GET / HTTP/1.1\r\nHost: cafe\r\n\r\n")

    assert not client.is_dropped
    clock.advance(LINGER)
    assert client.is_dropped
    assert bodies(site) == []


def test_a_body_without_a_length_is_refused_at_the_limit_even_if_it_ends_there(clock: Clock) -> None:
    site = door(clock)
    client = Client(site)
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    client.send(START + b"Transfer-Encoding: chunked\r\n\r\n" + 9 * chunk + b"0\r\n\r\n")

    assert client.status == b"HTTP/1.1 413 Content Too Large"
    assert bodies(site) == []


@pytest.mark.parametrize("sent", [b"", START, START + b"Content-Length: 10\r\n\r\n"], ids=["none", "headers", "body"])
def test_a_request_that_does_not_arrive_in_time_is_dropped_however_often_a_byte_comes(
    clock: Clock, sent: bytes
) -> None:
    client = Client(door(clock))
    for second in range(int(REQUEST_WITHIN)):
        assert not client.is_dropped
        client.send(sent if second == 0 else b"a" if second < 9 else b"")
        clock.advance(1)

    assert client.is_dropped


def test_a_connection_may_rest_between_requests_and_the_next_one_has_its_full_time(clock: Clock) -> None:
    client = Client(door(clock))
    client.send(b"GET / HTTP/1.1\r\nHost: cafe\r\n\r\n")

    clock.advance(IDLE - 1)
    client.send(b"GET / HTTP")
    clock.advance(REQUEST_WITHIN - 1)

    assert not client.is_dropped
    clock.advance(1)
    assert client.is_dropped


def test_a_connection_that_rests_too_long_is_closed(clock: Clock) -> None:
    client = Client(door(clock))
    client.send(b"GET / HTTP/1.1\r\nHost: cafe\r\n\r\n")

    clock.advance(IDLE)

    assert client.is_dropped


def test_when_too_many_wait_the_one_that_has_waited_longest_goes(clock: Clock) -> None:
    site = door(clock, most=8)
    slow = [Client(site, f"10.0.0.{number}") for number in range(4)]
    for client in slow:
        client.send(START)

    quick = Client(site)
    quick.send(START + b"\r\n")

    assert [client.is_dropped for client in slow] == [True, False, False, False]
    assert bodies(site) == [b""]


def test_no_more_connections_are_taken_than_the_limit_until_one_ends(clock: Clock) -> None:
    site = door(clock, most=3)
    first, *_ = [Client(site, f"10.0.0.{number}") for number in range(3)]

    assert Client(site, "10.0.0.9").server is None
    first.hang_up()
    assert Client(site, "10.0.0.9").server


def test_one_address_has_half_of_the_connections_unless_it_is_a_proxy(clock: Clock) -> None:
    alone, behind = door(clock, most=6), door(clock, most=6, proxies=1)

    assert [bool(Client(alone).server) for _ in range(4)] == [True, True, True, False]
    assert Client(alone, "10.0.0.2").server
    assert [bool(Client(behind).server) for _ in range(7)] == [True] * 6 + [False]
