"""A "machine" of the bench uses no more than its share of a core, and its processes go on running afterwards."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.machines import cpu_of, limited
from bench.table import table_lines
from tests.deployment import until

BUSY = "while True: pass"


@pytest.fixture
def busy() -> Iterator[list[int]]:
    processes = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(2)]
    yield [process.pid for process in processes]
    for process in processes:
        process.kill()
        process.wait()


def states(processes: list[int]) -> list[str]:
    """Return each process's state letter in /proc. T means that the process is stopped."""
    return [Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] for process in processes]


def test_processes_use_together_no_more_than_their_share_of_a_core(busy: list[int]) -> None:
    with limited(busy, 0.05):
        before, began = cpu_of(busy), time.monotonic()
        time.sleep(2)
        used, seconds = cpu_of(busy) - before, time.monotonic() - began

    assert 0 < used / seconds < 0.15


def test_processes_run_on_after_the_measurement(busy: list[int]) -> None:
    with limited(busy, 0.01):
        until(lambda: states(busy) == ["T", "T"])

    assert "T" not in states(busy)


def test_table_compares_two_machines_with_one() -> None:
    one = {
        "machines": 1,
        "texts_per_second": 30.0,
        "rounds": [29, 30, 31],
        "cores_used": 0.25,
        "failed": 0,
        "load": 2.5,
    }
    two = one | {"machines": 2, "texts_per_second": 57.0, "rounds": [56, 57, 58]}
    figures = {
        "machine": {"cores": 2, "python": "3.13", "load": 1.0},
        "deployments": [{"what": "full", "machines": {"different events": [one, two], "one event": [one, two]}}],
    }

    rows = [line.split() for line in table_lines(figures) if line.strip().startswith(("one event", "different"))]

    assert [row[-7:] for row in rows[1::2]] == [["2", "57", "56..58", "0.25", "0", "2.5", "1.90"]] * 2
