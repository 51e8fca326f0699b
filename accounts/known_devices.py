"""Recognizes devices on which somebody has signed in before, by a signed cookie.

The lock against guessed passwords counts the tries of a known device separately. So a stranger behind the same network
address locks out only themselves, and not the barista (OWASP calls this a device cookie)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from redis.exceptions import RedisError

COOKIE = "known-device"
#: Separates the username from the device, in the name under which the lock counts tries.
DEVICE_MARK = " on device "
KEPT_FOR = dt.timedelta(days=180)
#: Maximum number of users for whom one device is known. The user who signed in longest ago is dropped first.
MOST_USERS = 12


def counted_as(request: HttpRequest, username: str) -> str:
    """Return the name under which the lock counts a failed sign-in. On a known device it includes the device."""
    device, users = _read(request)
    return f"{username}{DEVICE_MARK}{device}" if username in users else username


def remember(request: HttpRequest, response: HttpResponse, *usernames: str) -> None:
    """Set the cookie that makes this browser a known device of these users.

    Call it once per response, with all users, because a second call would replace the first cookie."""
    device, users = _read(request)
    users = [*(user for user in users if user not in usernames), *usernames][-MOST_USERS:]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or get_random_string(20), users], salt=COOKIE),
        max_age=KEPT_FOR,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        read: Any = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT_FOR)
    except signing.BadSignature:
        return "", []
    return read[0], read[1]


@dataclass(frozen=True, slots=True)
class WrongTries:
    """Counts wrong PINs or codes of one name from all addresses, against guesses from many addresses at once.

    django-axes counts by address, and forgets a try after ten minutes. If the cache is down, only the locks of
    django-axes work."""

    kind: str
    an_hour: int

    def are_too_many(self, name: str) -> bool:
        try:
            return int(cache.get(self._key(name), 0)) >= self.an_hour
        except RedisError:
            return False

    def count(self, name: str) -> None:
        try:
            cache.add(self._key(name), 0, 3600)
            cache.incr(self._key(name))
        except (RedisError, ValueError):
            # `incr` raises ValueError if the key expired after `add`.
            return

    def _key(self, name: str) -> str:
        # Some caches refuse spaces in a key.
        return f"wrong-{self.kind}-{name.replace(' ', '-')}"
