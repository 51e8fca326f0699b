"""Results of queries that many screens ask for, kept for a second: the walls, and how an event's order page stands.

Each process keeps its own, in memory: a wall has names, and Redis may write what it holds to a disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
#: Seconds for which a result is kept. A page hears of a change by its socket, at the latest by a pulse after 3 s.
KEPT = 1

#: When each result ends, and the result.
_results: dict[tuple[object, ...], tuple[float, Any]] = {}
#: Threads that miss the same result wait for the first of them.
_locks = [threading.Lock() for _ in range(16)]


def for_a_second(make: Callable[[], T], *parts: object) -> T:
    """The result of `make`, at most a second old. `parts` name everything that it depends on besides the database."""
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
