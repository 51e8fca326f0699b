"""Cache for one second what many screens request at once: wall displays, and the state of an event's order page.

Each process has its own cache in memory. Redis is not used: wall displays show names, and Redis can write to a disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
#: Seconds for which a result is cached. A page learns of later changes over its socket, within 3 seconds.
KEPT = 1

#: Cached results by cache key: the time at which a result expires, and the result.
_results: dict[tuple[object, ...], tuple[float, Any]] = {}
#: Each result has one of these locks. If several threads need it, one computes it while the others wait.
_locks = [threading.Lock() for _ in range(16)]


def for_a_second(make: Callable[[], T], *parts: object) -> T:
    """Return the result of calling `make`, at most a second old.

    The result must depend only on the database and on `parts`, which are the cache key."""
    with _locks[hash(parts) % len(_locks)]:
        ends, result = _results.get(parts, (0.0, None))
        if time.monotonic() >= ends:
            result = make()
            _forget_ended()
            _results[parts] = time.monotonic() + KEPT, result
        found: T = result
        return found


def _forget_ended() -> None:
    now = time.monotonic()
    for parts, (ends, _) in tuple(_results.items()):
        if now >= ends:
            _results.pop(parts, None)
