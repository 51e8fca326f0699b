"""Sessions in the database, read through Redis: the sessions of a deployment with REDIS_URL.

Django's `cached_db` would leave a session in Redis for as long as the session lasts. If somebody signed out while Redis
could not be reached, the copy would let them in again. Here a copy counts for a few seconds (the pulse of the boards).
It is encrypted, and its name in Redis does not contain the session's key, because Redis may write to a disk."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.cache import caches

from accounts.sessions import SessionStore as EncryptedStore

log = structlog.get_logger(__name__)
T = TypeVar("T")

#: Marks a session in Redis that was changed or ended. It replaces the copy for as long as a copy counts. Meanwhile the
#: session is read from the database.
CHANGED = ""


@dataclass
class Breaker:
    """Leaves Redis alone for some seconds after it failed, so that not every page waits for its timeout."""

    #: Seconds to wait after a failure before Redis is asked again.
    rest: float = 10.0
    #: The time on the monotonic clock from which Redis is asked again; 0 while Redis answers.
    next_try: float = 0.0

    def ask(self, act: Callable[[], T]) -> T | None:
        """Return what `act` returns, or None if Redis fails or failed within the last seconds."""
        if self.next_try:
            now = time.monotonic()
            if now < self.next_try:
                return None
            # Other threads do not try while this one does.
            self.next_try = now + self.rest
        try:
            answer = act()
        except Exception as error:
            log.warning("sessions_not_in_redis", error=type(error).__name__)
            self.next_try = time.monotonic() + self.rest
            return None
        self.next_try = 0.0
        return answer


breaker = Breaker()


class Copies:
    """The copies of sessions in Redis, with the methods of a cache that `cached_db` calls."""

    def __init__(self) -> None:
        # A store of its own for `encode` and `decode`: the caller's store and this object would keep each other alive
        # until Python searches for garbage, which it does seldom here.
        self._coder = EncryptedStore()
        self._asked = 0.0

    def get(self, key: str) -> dict[str, Any] | None:
        self._asked = time.time()
        stored = breaker.ask(lambda: _redis().get(_name(key)))
        copy = self._coder.decode(stored) if stored else {}
        # Redis forgets copies by itself. But if it hung, it may have stored this one late.
        return copy["session"] if copy.get("until", 0) > self._asked else None

    def set(self, key: str, session: dict[str, Any], seconds: float) -> None:
        """Store a copy of a session with so many seconds left, unless Redis has a copy or the session just changed.

        The pulse counts from the last `get`, since the database was read after that."""
        until = min(self._asked + settings.PULSE, time.time() + seconds)
        copy = self._coder.encode({"until": until, "session": session})
        breaker.ask(lambda: _redis().add(_name(key), copy, settings.PULSE))

    def delete(self, key: str) -> None:
        """Make every process read the session from the database for one pulse.

        A request that read the session before the change could store its copy afterwards. CHANGED prevents that."""
        breaker.ask(lambda: _redis().set(_name(key), CHANGED, settings.PULSE))


class SessionStore(EncryptedStore, CachedStore):
    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._cache = Copies()

    def save(self, must_create: bool = False) -> None:
        # `cached_db` would store the content. Without it, a transaction that is rolled back leaves nothing in Redis.
        DatabaseStore.save(self, must_create)
        self._cache.delete(self.cache_key)

    def exists(self, session_key: str) -> bool:
        return DatabaseStore.exists(self, session_key)

    # The asynchronous methods of `cached_db` would use asynchronous methods of the cache, which `Copies` does not have.
    # Those of the base class call the methods above in a thread.
    aload, asave, adelete, aexists = SessionBase.aload, SessionBase.asave, SessionBase.adelete, SessionBase.aexists


def _redis() -> Any:
    return caches[settings.SESSION_CACHE_ALIAS]


def _name(key: str) -> str:
    return f"session.{hashlib.sha256(key.encode()).hexdigest()}"
