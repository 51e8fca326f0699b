"""Results of queries that many screens ask for, kept for a second: the walls, and how an event's order page stands.

They are kept in the cache, so by all processes together where that is Redis. A key names all that the result depends on
besides the database, and the build, because an older one may keep other classes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from django.core.cache import cache

from orders.live.build_id import build_id

log = structlog.get_logger(__name__)

T = TypeVar("T")
#: Seconds for which a result is kept. A page hears of a change by its socket, at the latest by a pulse after 3 s.
KEPT = 1
#: Seconds for which the cache is not asked after it has failed: each try could take as long as its timeout.
LEFT_ALONE = 5.0

#: Threads that miss the same result wait for the first of them.
_locks = [threading.Lock() for _ in range(16)]
_asked_again_at = 0.0


def for_a_second(make: Callable[[], T], *parts: object) -> T:
    """The result of `make`, at most a second old. `parts` name everything that it depends on besides the database."""
    key = ":".join(("kept", build_id(), *(str(part) for part in parts)))
    found: tuple[T] | None = _get(key)
    if found is None:
        with _locks[hash(key) % len(_locks)]:
            found = _get(key)
            if found is None:
                found = (make(),)
                _set(key, found)
    return found[0]


def _get(key: str) -> tuple[T] | None:
    if time.monotonic() < _asked_again_at:
        return None
    try:
        kept: tuple[T] | None = cache.get(key)
    except Exception as error:
        _leave_alone(error)
        return None
    return kept


def _set(key: str, result: tuple[object]) -> None:
    if time.monotonic() < _asked_again_at:
        return
    try:
        cache.set(key, result, KEPT)
    except Exception as error:
        _leave_alone(error)


def _leave_alone(error: Exception) -> None:
    global _asked_again_at
    _asked_again_at = time.monotonic() + LEFT_ALONE
    log.warning("results_not_kept", error=type(error).__name__)
