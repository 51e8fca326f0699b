"""First paint and response to a tap on a slow device: the measurements of test_speed.py, also with a full board."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests import deployment
from tests.browser import chromium
from tests.pages import visitors
from tests.speed import measured

#: Numbers of waiting orders: twenty minutes of work, and the most that a board shows.
WAITING = (60, 300)
TIMES = 3


def pages(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the speed by number of waiting orders, then by page."""
    return {str(waiting): _pages(folder / f"pages-{waiting}", waiting) for waiting in WAITING}


def _pages(folder: Path, waiting: int) -> dict[str, Any]:
    folder.mkdir()
    with (
        deployment.running(deployment.default(folder)) as cafe,
        chromium() as browser,
        visitors(browser, cafe) as there,
    ):
        return {name: asdict(speed) for name, speed in measured(there, times=TIMES, waiting=waiting)}
