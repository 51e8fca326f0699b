"""deploy/nginx.conf without Expresso: how it limits clients, and what it logs. Collected only where nginx is
installed."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from types import MappingProxyType

import pytest

from expresso.family import Family, find_program
from expresso.full import nginx_config, start_nginx
from expresso.outside_pages import FOLDER
from tests.deployment import free_ports, until
from tests.servers import free_port

SIGN_IN, TRACKING = "/accounts/login/", "/orders/s3cr3t-token/"
#: How many simultaneous requests the configuration allows: the burst, and one request that is within the rate.
BURST = 21


@dataclass(frozen=True)
class Nginx:
    port: int
    folder: Path

    def ask(self, path: str, *, forwarded: str = "", body: bytes = b"") -> int:
        return self.answer(path, forwarded=forwarded, body=body)[0]

    def answer(
        self, path: str, *, forwarded: str = "", body: bytes = b"", headers: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[int, Message, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(
                "POST" if body else "GET", path, body=body, headers={"X-Forwarded-For": forwarded, **headers}
            )
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    @property
    def written(self) -> str:
        return "".join(file.read_text() for file in self.folder.glob("*.log"))


@contextmanager
def nginx(folder: Path, *, http: str = "") -> Iterator[Nginx]:
    """Run nginx in front of servers that are down. If `http` is given, HTTP requests go to the server at this
    address."""
    port, dead = free_ports(1), f"127.0.0.1:{free_port()}"
    config = nginx_config(folder, listen=str(port), http=http or dead, live=dead)
    started = Nginx(port, folder)
    with (folder / "stderr.log").open("ab") as stderr, Family() as family:
        start_nginx(family, str(find_program("nginx")), config, stdout=subprocess.DEVNULL, stderr=stderr)
        until(lambda: _answers(started), what="nginx")
        yield started


def _answers(started: Nginx) -> bool:
    try:
        return started.ask("/ws/") == 502
    except OSError:
        return False


@pytest.mark.parametrize(
    ("proxies", "of_one", "of_many"),
    [
        ("1", "192.0.2.{n}", ""),
        ("2", "192.0.2.{n}, 198.51.100.7", "198.51.100.7, 192.0.2.{n}"),
        ("3", "192.0.2.{n}, 198.51.100.7, 203.0.113.1", "198.51.100.7, 192.0.2.{n}, 203.0.113.1"),
        ("2", "2001:db8:1:2:{n}::1", "2001:db8:1:{n}::1"),
    ],
    ids=["nginx alone", "one proxy", "two proxies", "IPv6 network"],
)
def test_a_client_is_known_by_the_entry_that_it_cannot_invent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxies: str, of_one: str, of_many: str
) -> None:
    monkeypatch.setenv("PROXIES", proxies)
    with nginx(tmp_path) as front:
        many = [front.ask(SIGN_IN, forwarded=of_many.format(n=n)) for n in range(30, 60) if of_many]
        one = [front.ask(SIGN_IN, forwarded=of_one.format(n=n)) for n in range(60, 100)]

    assert set(many) <= {502}
    assert one[:BURST] == [502] * BURST
    assert 429 in one


@contextmanager
def dying_worker() -> Iterator[tuple[str, list[bytes]]]:
    """Run a server that drops every other request without a response. Yield its address and the list of received
    requests."""
    read: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    read.append(connection.recv(65536))
                    if len(read) % 2 == 0:
                        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}", read


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/code/",
        "/accounts/card/",
        "/accounts/reset/",
        "/accounts/you/",
        "/events/demo/sign-in/",
        "/api/v1/token/",
        "/api/v1/token/pin/",
    ],
)
def test_every_way_to_sign_in_is_limited_like_the_sign_in_page(path: str, tmp_path: Path) -> None:
    with nginx(tmp_path) as there:
        assert [there.ask(path) for _ in range(BURST + 5)].count(429) >= 4


def test_text_whose_worker_died_is_given_to_the_next_one_and_no_other_post_is(tmp_path: Path) -> None:
    with dying_worker() as (address, read), nginx(tmp_path, http=address) as front:
        texts = [front.ask("/sms", body=b"Body=latte") for _ in range(3)]
        taken = len(read)
        page = front.ask("/events/conf/", body=b"drink=latte")

    assert texts == [200, 200, 200]
    assert taken == 6
    assert page == 502
    assert len(read) == 7


def test_a_request_that_is_being_served_when_nginx_is_stopped_is_served(tmp_path: Path) -> None:
    answers: list[int] = []
    with slow_worker() as (address, asked):
        with nginx(tmp_path, http=address) as front:
            text = threading.Thread(target=lambda: answers.append(front.ask("/sms", body=b"Body=latte")))
            text.start()
            assert asked.wait(10)
        text.join(10)

    assert answers == [200]


def test_metrics_are_not_for_the_internet(tmp_path: Path) -> None:
    with nginx(tmp_path) as front:
        assert front.ask("/metrics") == 404


def test_a_program_gets_each_error_of_this_server_as_a_problem(tmp_path: Path) -> None:
    with nginx(tmp_path) as front:
        told = [front.answer("/api/v1/events/", body=body) for body in (b"", b" " * 600_000)]
        told.append(next(each for _ in range(1500) if (each := front.answer("/api/v1/me/"))[0] == 429))

    assert [status for status, _, _ in told] == [503, 413, 429]
    assert {headers["Content-Type"] for _, headers, _ in told} == {"application/problem+json"}
    assert [json.loads(body)["code"] for _, _, body in told] == ["unavailable", "too_large", "throttled"]
    assert [headers["Retry-After"] for _, headers, _ in told] == ["3", None, "1"]
    assert all(headers["X-Request-ID"] for _, headers, _ in told)


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "en"),
        ({"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}, "de"),
        ({"Accept-Language": "nl, fr;q=0.8"}, "fr"),
        ({"Accept-Language": "es"}, "es"),
        ({"Accept-Language": "den, nl"}, "en"),
        ({"Accept-Language": "de", "Cookie": "language=fr"}, "fr"),
    ],
)
def test_a_browser_reads_each_error_of_this_server_in_its_language(
    tmp_path: Path, headers: dict[str, str], language: str
) -> None:
    with nginx(tmp_path) as front:
        told = [front.answer(TRACKING, body=body, headers=headers) for body in (b"", b"x" * 600_000)]
        told.append(next(each for _ in range(60) if (each := front.answer(SIGN_IN, headers=headers))[0] == 429))

    assert [status for status, _, _ in told] == [502, 413, 429]
    for (_, answer, content), page in zip(told, ("503", "413", "429"), strict=True):
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        assert content == (FOLDER / f"{page}.{language}.html").read_bytes()
    assert [answer["Retry-After"] for _, answer, _ in told] == ["3", None, "1"]


def test_texts_are_never_limited(tmp_path: Path) -> None:
    with nginx(tmp_path) as front:
        answers = {front.ask(path) for _ in range(700) for path in ("/sms", "/sms/status")}
        pages = {front.ask("/") for _ in range(700)}

    assert answers == {502}
    assert 429 in pages


def test_no_tracking_token_is_written_whatever_fails(tmp_path: Path) -> None:
    with nginx(tmp_path) as front:
        failed = [front.ask(TRACKING), front.ask(f"/ws{TRACKING}"), front.ask(TRACKING, body=b"x" * 600_000)]
        limited = {front.ask(TRACKING) for _ in range(700)}
        until(lambda: '"status": 429' in front.written, what="the line of a refused request")

    assert failed == [502, 502, 413]
    assert 429 in limited
    assert '"status": 502' in front.written
    assert "s3cr3t" not in front.written
    lines = [json.loads(line) for line in front.written.splitlines() if line.startswith("{")]
    # docs/operate/monitor.md promises these fields in every log line of every process.
    assert all({"timestamp", "level", "event", "logger", "request_id"} <= line.keys() for line in lines)


@contextmanager
def slow_worker() -> Iterator[tuple[str, threading.Event]]:
    """Run a server that responds to one request after a second. Yield its address, and an event that is set when the
    request arrives."""
    asked = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                asked.set()
                time.sleep(1)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}", asked
        serving.join(10)
