"""Sessions in the database, with copies in Redis. Deployments with REDIS_URL use them.

Django's `cached_db` would leave a copy in Redis for the whole life of a session. If Redis could not be reached while a
person signed out, the copy would let them in again. Here a copy is valid only for `settings.PULSE`, a few seconds. It
is encrypted, and its name in Redis does not contain the session's key, because Redis may write to a disk."""

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

#: Replaces the copy of a session that was just changed or ended, for as long as a copy is valid. Meanwhile the session
#: is read from the database.
CHANGED = ""


@dataclass
class Breaker:
    """Stops asking Redis for some seconds after it failed, so that not every page waits for a timeout."""

    #: Seconds to wait after a failure before asking Redis again.
    rest: float = 10.0
    #: When to ask Redis again, by the monotonic clock; 0 while Redis works.
    next_try: float = 0.0

    def ask(self, act: Callable[[], T]) -> T | None:
        """Call `act`, which asks Redis, and return its result. Return None if Redis fails now or failed just before."""
        if self.next_try:
            now = time.monotonic()
            if now < self.next_try:
                return None
            # This thread asks Redis again now. Move the time of the next try, so that other threads do not ask too.
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
    """The copies of sessions in Redis. It has those methods of a cache that Django's `cached_db` calls."""

    def __init__(self) -> None:
        # Use another session store for `encode` and `decode`, not the one that called. That store refers to this
        # object, and a reference back would keep both in memory until a garbage collection, which is rare here.
        self._coder = EncryptedStore()
        self._asked = 0.0

    def get(self, key: str) -> dict[str, Any] | None:
        self._asked = time.time()
        stored = breaker.ask(lambda: _redis().get(_name(key)))
        copy = self._coder.decode(stored) if stored else {}
        # Redis removes expired copies. But if Redis hung, it may have stored this copy late, so check its time too.
        return copy["session"] if copy.get("until", 0) > self._asked else None

    def set(self, key: str, session: dict[str, Any], seconds: float) -> None:
        """Store a copy of a session, unless Redis has a copy or the session was just changed. The session ends in
        `seconds`.

        The copy is valid for `settings.PULSE` seconds from the last `get`, because the session was read from the
        database after that `get`."""
        until = min(self._asked + settings.PULSE, time.time() + seconds)
        copy = self._coder.encode({"until": until, "session": session})
        breaker.ask(lambda: _redis().add(_name(key), copy, settings.PULSE))

    def delete(self, key: str) -> None:
        """Make every process read the session from the database for the next `settings.PULSE` seconds.

        Storing CHANGED also stops requests that read the session before the change from storing their copy now."""
        breaker.ask(lambda: _redis().set(_name(key), CHANGED, settings.PULSE))


class SessionStore(EncryptedStore, CachedStore):
    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._cache = Copies()

    def save(self, must_create: bool = False) -> None:
        # Save only to the database. `cached_db` would also write to Redis, where a rollback of the transaction removes
        # nothing.
        DatabaseStore.save(self, must_create)
        self._cache.delete(self.cache_key)

    def exists(self, session_key: str) -> bool:
        return DatabaseStore.exists(self, session_key)

    # `cached_db`'s asynchronous methods need asynchronous cache methods, which `Copies` lacks. So use the methods of
    # `SessionBase`, which call the synchronous methods above in a thread.
    aload, asave, adelete, aexists = SessionBase.aload, SessionBase.asave, SessionBase.adelete, SessionBase.aexists


def _redis() -> Any:
    return caches[settings.SESSION_CACHE_ALIAS]


def _name(key: str) -> str:
    return f"session.{hashlib.sha256(key.encode()).hexdigest()}"
