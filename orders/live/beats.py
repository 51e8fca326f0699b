"""Heartbeats of the processes that a request to /health does not reach: socket servers and task workers.

Each process writes the time into the shared cache every few seconds. /health names processes that stopped writing."""

from __future__ import annotations

import time

import structlog
from django.conf import settings
from django.core.cache import cache

log = structlog.get_logger(__name__)

#: Kinds of processes.
SOCKETS, WORKERS = "socket server", "task worker"
#: Seconds between two heartbeats of a process, and seconds of silence after which a process counts as frozen.
EVERY, FROZEN_AFTER = 5.0, 20.0
#: Seconds of silence after which a process is forgotten, because it was killed.
FORGET_AFTER = 120.0


def beat(kind: str) -> None:
    """Record that this process is alive.

    The record has the name of the process. A process that replaces another one has the same name."""
    _write(kind, time.time())


def ended(kind: str) -> None:
    """Record that this process ends as planned, so that it is not reported as silent."""
    _write(kind, None)


def silence(kind: str) -> dict[str, float]:
    """Return the seconds since the last heartbeat of each process of that kind, by the name of the process."""
    now = time.time()
    seen: dict[str, float] = cache.get(_key(kind)) or {}
    return {name: max(now - at, 0.0) for name, at in seen.items() if now - at < FORGET_AFTER}


def _write(kind: str, at: float | None) -> None:
    """Store a heartbeat; None removes it. A failing cache must not end the process: /health reports that by itself."""
    try:
        # If two processes write at once, one of the heartbeats is lost. The next one follows within seconds.
        seen: dict[str, float | None] = (cache.get(_key(kind)) or {}) | {settings.PROCESS_NAME: at}
        recent = time.time() - FORGET_AFTER
        cache.set(_key(kind), {name: at for name, at in seen.items() if at and at > recent}, FORGET_AFTER)
    except Exception as error:
        log.warning("no_sign_of_life", kind=kind, error=type(error).__name__)


def _key(kind: str) -> str:
    return f"beats.{kind.replace(' ', '-')}"
