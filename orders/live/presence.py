"""Remember when each board was last shown on a tablet or a wall.

While a socket shows a board, its process notes the time in the shared cache."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable

import structlog
from django.core.cache import cache

log = structlog.get_logger(__name__)

#: Seconds between two notes about a board, seconds without a note until the board counts as away, and seconds until the
#: last note is forgotten.
EVERY, AWAY_AFTER, FORGET_AFTER = 10.0, 40.0, 12 * 3600.0

_noted: dict[str, float] = {}


def note_screen(board: str) -> None:
    """Note that a screen shows the board. A failing cache must not stop the board, so its errors are only logged."""
    now = time.time()
    if now - _noted.get(board, 0.0) < EVERY:
        return
    _noted[board] = now
    try:
        cache.set(_key(board), now, FORGET_AFTER)
    except Exception as error:
        log.warning("screen_not_noted", board=board, error=type(error).__name__)


def screens_seen(boards: Iterable[str]) -> dict[str, dt.datetime]:
    """Return when each board was last shown. Boards that no screen has shown for hours are left out.

    Empty while the cache cannot be reached."""
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
