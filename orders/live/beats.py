"""Signs of life of processes that /health cannot ask directly: socket servers and task workers.

Each of them writes the time into the shared cache every few seconds. /health names those that have stopped doing so."""

from __future__ import annotations

import time

import structlog
from django.conf import settings
from django.core.cache import cache

log = structlog.get_logger(__name__)

SOCKETS, WORKERS = "socket server", "task worker"
#: How often a process writes that it is alive, in seconds, and after how many seconds of silence /health reports it.
EVERY, FROZEN_AFTER = 5.0, 20.0
#: After this many seconds of silence /health does not report the process any more, because somebody has probably
#: stopped it for good.
FORGET_AFTER = 120.0


def beat(kind: str) -> None:
    """Record that this process is alive.

    The heartbeat is stored under the process's name. A process that is restarted has the same name as before."""
    _write(kind, time.time())


def ended(kind: str) -> None:
    """Record that this process ends as planned, so that /health does not report it."""
    _write(kind, None)


def silence(kind: str) -> dict[str, float]:
    """Return how many seconds ago each process of this kind last wrote that it is alive, by the process's name."""
    now = time.time()
    seen: dict[str, float] = cache.get(_key(kind)) or {}
    return {name: max(now - at, 0.0) for name, at in seen.items() if now - at < FORGET_AFTER}


def _write(kind: str, at: float | None) -> None:
    """Store a heartbeat, or remove it if the time is None.

    Errors of the cache are only logged. They must not end the process, and /health checks the cache separately."""
    try:
        # If two processes write at once, one heartbeat is lost. That process writes its next heartbeat within seconds.
        seen: dict[str, float | None] = (cache.get(_key(kind)) or {}) | {settings.PROCESS_NAME: at}
        recent = time.time() - FORGET_AFTER
        cache.set(_key(kind), {name: at for name, at in seen.items() if at and at > recent}, FORGET_AFTER)
    except Exception as error:
        log.warning("no_sign_of_life", kind=kind, error=type(error).__name__)


def _key(kind: str) -> str:
    return f"beats.{kind.replace(' ', '-')}"
