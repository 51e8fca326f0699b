"""deploy/nginx.conf by itself: whom it limits, and what it writes. Collected only where nginx is installed."""

from __future__ import annotations

import http.client
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from expresso.family import Family, find_program
from expresso.full import nginx_config
from tests.deployment import free_ports, until
from tests.servers import free_port

SIGN_IN, TRACKING = "/accounts/login/", "/orders/s3cr3t-token/"
#: What the configuration lets through at once (burst, and the one that is due).
BURST = 21


@dataclass(frozen=True)
class Nginx:
    port: int
    folder: Path

    def ask(self, path: str, *, forwarded: str = "", body: bytes = b"") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST" if body else "GET", path, body=body, headers={"X-Forwarded-For": forwarded})
            return connection.getresponse().status
        finally:
            connection.close()

    @property
    def written(self) -> str:
        return "".join(file.read_text() for file in self.folder.glob("*.log"))


@contextmanager
def nginx(folder: Path) -> Iterator[Nginx]:
    """Run nginx in front of servers that are down."""
    port, dead = free_ports(1), f"127.0.0.1:{free_port()}"
    config = nginx_config(folder, listen=str(port), http=dead, live=dead)
    started = Nginx(port, folder)
    with (folder / "stderr.log").open("ab") as stderr, Family() as family:
        command = [str(find_program("nginx")), "-e", "stderr", "-c", str(config), "-g", "daemon off;"]
        family.start("nginx", command, stdout=subprocess.DEVNULL, stderr=stderr)
        until(lambda: _answers(started), what="nginx")
        yield started


def _answers(started: Nginx) -> bool:
    try:
        return started.ask("/sms") == 502
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
