"""Tests of the limits of Daphne, the server for WebSockets."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from expresso.daphne import BOARDS, MESSAGE
from orders.live.boards import MOST_TICKETS, station_board
from orders.tests import factory


@pytest.mark.django_db
def test_a_full_board_fits_into_one_message() -> None:
    station = factory.cafe()
    factory.order(station, factory.item("Latte", "Oat", note="n" * 200), factory.item("Mocha"), note="n" * 200)

    [ticket] = station_board(station).frame(oob=True).tickets.values()

    assert MOST_TICKETS * len(ticket.encode()) < MESSAGE


def test_a_spare_serves_once_it_is_needed(tmp_path: Path) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    command = [sys.executable, "-m", "expresso.daphne", "--fd", str(listening.fileno()), "--spare"]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    spare = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        pass_fds=(listening.fileno(),),
        cwd=settings.BASE_DIR,
        env=environment | {"DJANGO_SETTINGS_MODULE": "expresso.settings", "VAR_DIR": str(tmp_path)},
    )
    try:
        assert status_of(listening, within=0.5) is None
        assert spare.stdin
        spare.stdin.write(b"socket server 2\n")
        spare.stdin.close()

        assert status_of(listening, within=60) == 200
        spare.terminate()
        assert spare.wait(20) == 0
    finally:
        spare.kill()
        spare.wait()
        listening.close()


def status_of(listening: socket.socket, *, within: float) -> int | None:
    """Return the HTTP status with which the server on this socket answers; None if there is no answer in time."""
    host, port = listening.getsockname()
    connection = http.client.HTTPConnection(host, port, timeout=within)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status
    except TimeoutError:
        return None
    finally:
        connection.close()


def test_a_spare_that_nobody_needs_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "expresso.daphne", "--port", "0", "--fd", "0", "--spare"]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}

    ended = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        env=environment | {"DJANGO_SETTINGS_MODULE": "expresso.settings", "VAR_DIR": str(tmp_path)},
        timeout=120,
        check=False,
    )

    assert ended.returncode == 0


def test_the_templates_of_all_boards_are_loaded_before_the_first_frame() -> None:
    makers = (settings.BASE_DIR / name for name in ("orders/live", "expresso/overview", "expresso/support"))
    sources = "".join(file.read_text() for folder in makers for file in folder.glob("*.py"))
    shown = set(re.findall(r'return Board\(\s+name=[^\n]+\s+template="([^"]+)"', sources))

    assert shown == set(BOARDS)
