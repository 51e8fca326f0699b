"""Record when each board was last shown on a tablet or a wall display.

While a socket shows a board, its process writes the time into the shared cache."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable

import structlog
from django.core.cache import cache

log = structlog.get_logger(__name__)

#: Seconds between two records that a board is on a screen. After the second number of seconds without a record the
#: board counts as not shown, and after the third the last record is deleted.
EVERY, AWAY_AFTER, FORGET_AFTER = 10.0, 40.0, 12 * 3600.0

_noted: dict[str, float] = {}


def note_screen(board: str) -> None:
    """Record that a screen shows the board now. Cache errors are only logged, because they must not stop the board."""
    now = time.time()
    if now - _noted.get(board, 0.0) < EVERY:
        return
    _noted[board] = now
    try:
        cache.set(_key(board), now, FORGET_AFTER)
    except Exception as error:
        log.warning("screen_not_noted", board=board, error=type(error).__name__)


def screens_seen(boards: Iterable[str]) -> dict[str, dt.datetime]:
    """Return when each board was last on a screen. A board that was not on any screen for hours is left out.

    If the cache cannot be reached, return an empty dict."""
    names = {_key(board): board for board in boards}
    try:
        found = cache.get_many(names)
    except Exception as error:
        log.warning("screens_not_read", error=type(error).__name__)
        return {}
    return {names[key]: dt.datetime.fromtimestamp(at, dt.UTC) for key, at in found.items()}


def is_away(seen: dt.datetime | None, now: dt.datetime) -> bool:
    return seen is None or (now - seen).total_seconds() > AWAY_AFTER


def _key(board: str) -> str:
    return f"screen.{board}"
