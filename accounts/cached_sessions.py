"""Sessions in the database, with copies in Redis. Deployments with REDIS_URL use them.

Django's own `cached_db` keeps a copy in Redis as long as the session lasts. If Redis cannot be reached when a person
signs out, this copy stays, and the person is still signed in once Redis works again. So here a copy is valid for only a
few seconds (`settings.PULSE`). Because Redis may write to a disk, the copy is encrypted and stored under a hash of the
session key."""

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

#: The text that Redis stores instead of a copy after a session was changed or ended. It stays there for as long as a
#: copy would be valid. Meanwhile the session is read from the database.
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
            # The pause is over, so this thread tries Redis. Move the next try into the future, so that other threads do
            # not wait for a timeout too.
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
    """The copies of sessions in Redis, with the methods of a Django cache that `cached_db` calls: get, set and
    delete."""

    def __init__(self) -> None:
        # This second store only encrypts and decrypts. The session store that uses these copies could do that itself,
        # but then the two objects would refer to each other. They would stay in memory until a garbage collection,
        # which is rare here.
        self._coder = EncryptedStore()
        self._asked = 0.0

    def get(self, key: str) -> dict[str, Any] | None:
        self._asked = time.time()
        stored = breaker.ask(lambda: _redis().get(_name(key)))
        copy = self._coder.decode(stored) if stored else {}
        # Check the copy's own time too. If Redis hung and stored the copy late, Redis also lets it expire too late.
        return copy["session"] if copy.get("until", 0) > self._asked else None

    def set(self, key: str, session: dict[str, Any], seconds: float) -> None:
        """Store a copy of a session that ends in this number of seconds. If Redis already has a copy or CHANGED, do
        nothing.

        The copy is valid for `settings.PULSE` seconds after the last `get`. The session was read from the database
        after this `get`, so a valid copy is never older than PULSE."""
        until = min(self._asked + settings.PULSE, time.time() + seconds)
        copy = self._coder.encode({"until": until, "session": session})
        breaker.ask(lambda: _redis().add(_name(key), copy, settings.PULSE))

    def delete(self, key: str) -> None:
        """Replace the copy by CHANGED, so that all processes read the session from the database for `settings.PULSE`
        seconds.

        A request that read the session before the change cannot store its outdated copy, because `set` does not replace
        CHANGED."""
        breaker.ask(lambda: _redis().set(_name(key), CHANGED, settings.PULSE))


class SessionStore(EncryptedStore, CachedStore):
    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._cache = Copies()

    def save(self, must_create: bool = False) -> None:
        # Save only to the database. `cached_db` would write to Redis as well, and if the transaction is rolled back,
        # Redis would keep a session that was never saved.
        DatabaseStore.save(self, must_create)
        self._cache.delete(self.cache_key)

    def exists(self, session_key: str) -> bool:
        return DatabaseStore.exists(self, session_key)

    # The asynchronous methods of `cached_db` call asynchronous methods of the cache, which `Copies` does not have.
    # Those of `SessionBase` call the methods above in a thread.
    aload, asave, adelete, aexists = SessionBase.aload, SessionBase.asave, SessionBase.adelete, SessionBase.aexists


def _redis() -> Any:
    return caches[settings.SESSION_CACHE_ALIAS]


def _name(key: str) -> str:
    return f"session.{hashlib.sha256(key.encode()).hexdigest()}"
