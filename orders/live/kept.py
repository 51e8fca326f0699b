"""Cache results that many screens ask for, for one second: walls, and the state of an event's order page.

Each process has its own cache in memory. Redis is not used, because walls show names and Redis may write to a disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
#: Seconds for which a result is kept. A page learns of later changes from its socket, at the latest after 3 s.
KEPT = 1

#: Each result with the time at which it expires.
_results: dict[tuple[object, ...], tuple[float, Any]] = {}
#: If several threads miss the same result, one of them makes it while the others wait.
_locks = [threading.Lock() for _ in range(16)]


def for_a_second(make: Callable[[], T], *parts: object) -> T:
    """Return the result of `make`, at most a second old.

    `parts` are the cache key: they name everything that the result depends on besides the database."""
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
