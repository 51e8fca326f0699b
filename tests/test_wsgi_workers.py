"""The WSGI workers share one queue: the first worker that is free answers the next request."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from expresso.family import Family
from expresso.full import gunicorn
from expresso.launch import wait_until_answering
from expresso.machine import BASE_DIR
from tests.deployment import until
from tests.servers import free_port

WORKERS, THREADS = 2, 2


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """WSGI application that responds with its worker's process id; to /hold only after the file "free-<process id>"
    exists."""
    folder, pid = Path(os.environ["FOLDER"]), os.getpid()
    if environ["PATH_INFO"] == "/hold":
        (folder / f"held-{pid}-{time.monotonic_ns()}").touch()
        until((folder / f"free-{pid}").exists, seconds=60)
    start_response("200 OK", [("Content-Length", str(len(str(pid))))])
    return [str(pid).encode()]


def held(folder: Path) -> Counter[str]:
    """Return how many requests to /hold each worker is holding, by its process id."""
    return Counter(file.name.split("-")[1] for file in folder.glob("held-*"))


def test_no_request_waits_for_a_busy_worker_while_another_is_free(tmp_path: Path) -> None:
    port = free_port()
    command = [*gunicorn(host="127.0.0.1", port=port), "--workers", str(WORKERS), f"{__name__}:application"]

    def worker_that_answers(path: str) -> str:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as response:
            return str(response.read().decode())

    with Family() as family, ThreadPoolExecutor(16) as clients:
        environment = os.environ | {"FOLDER": str(tmp_path), "TWILIO_ACCOUNT_SID": ""}
        wait_until_answering(family.start("WSGI server", command, env=environment, cwd=BASE_DIR), port)
        holding = [clients.submit(worker_that_answers, "/hold") for _ in range(WORKERS * THREADS)]
        until(lambda: held(tmp_path).total() == WORKERS * THREADS, what="a request in each thread")
        waiting = [clients.submit(worker_that_answers, "/") for _ in range(8)]
        time.sleep(0.5)
        free, busy = held(tmp_path)

        (tmp_path / f"free-{free}").touch()

        assert {answer.result(20) for answer in waiting} == {free}
        until(lambda: sum(answer.done() for answer in holding) == THREADS, what="the free worker's answers")
        (tmp_path / f"free-{busy}").touch()
        assert Counter(answer.result(20) for answer in holding) == {free: THREADS, busy: THREADS}
