"""Signs of life of the processes that no request reaches: socket servers and task workers.

Each writes the time into the shared cache every few seconds. /health names those that have stopped writing."""

from __future__ import annotations

import time

import structlog
from django.conf import settings
from django.core.cache import cache

log = structlog.get_logger(__name__)

#: Kinds of processes.
SOCKETS, WORKERS = "socket server", "task worker"
#: Seconds between two signs of a process, and after which a silent one counts as frozen.
EVERY, FROZEN_AFTER = 5.0, 20.0
#: Seconds after which a process that was killed is forgotten.
FORGET_AFTER = 120.0


def beat(kind: str) -> None:
    """Say that this process lives. Each process has one name, which the one that replaces it takes over."""
    _write(kind, time.time())


def ended(kind: str) -> None:
    """Say that this process ends in order, so that nobody misses it."""
    _write(kind, None)


def silence(kind: str) -> dict[str, float]:
    """Seconds since the last sign of each process of that kind."""
    now = time.time()
    seen: dict[str, float] = cache.get(_key(kind)) or {}
    return {name: max(now - at, 0.0) for name, at in seen.items() if now - at < FORGET_AFTER}


def _write(kind: str, at: float | None) -> None:
    """Keep the sign. A cache that is away is no reason to end the process; /health says so by itself."""
    try:
        # Two processes that write at once lose one of the two signs; the next one follows in seconds.
        seen: dict[str, float | None] = (cache.get(_key(kind)) or {}) | {settings.PROCESS_NAME: at}
        recent = time.time() - FORGET_AFTER
        cache.set(_key(kind), {name: at for name, at in seen.items() if at and at > recent}, FORGET_AFTER)
    except Exception as error:
        log.warning("no_sign_of_life", kind=kind, error=type(error).__name__)


def _key(kind: str) -> str:
    return f"beats.{kind.replace(' ', '-')}"
