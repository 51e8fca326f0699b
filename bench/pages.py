"""How soon pages stand and answer a finger on a slow device: test_speed.py's figures, with a full board as well."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests import deployment
from tests.browser import chromium
from tests.pages import visitors
from tests.speed import measured

#: Orders at the bar: twenty minutes behind, and as many as a board shows.
WAITING = (60, 300)
TIMES = 3


def pages(folder: Path) -> dict[str, dict[str, Any]]:
    """By orders that wait, then by page."""
    return {str(waiting): _pages(folder / f"pages-{waiting}", waiting) for waiting in WAITING}


def _pages(folder: Path, waiting: int) -> dict[str, Any]:
    folder.mkdir()
    with (
        deployment.running(deployment.default(folder)) as cafe,
        chromium() as browser,
        visitors(browser, cafe) as there,
    ):
        return {name: asdict(speed) for name, speed in measured(there, times=TIMES, waiting=waiting)}
