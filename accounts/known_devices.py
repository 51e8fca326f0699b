"""Devices on which somebody has signed in before, known by a signed cookie.

The lock against guessed passwords counts a known device apart: a stranger behind the same address locks themselves
out, but not the barista (OWASP calls this a device cookie)."""

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
#: Stands between a username and the device in the name that the lock counts.
DEVICE_MARK = " on device "
KEPT_FOR = dt.timedelta(days=180)
#: Maximum number of users that one device is known for. The one who signed in longest ago is forgotten first.
MOST_USERS = 12


def counted_as(request: HttpRequest, username: str) -> str:
    """The name under which the lock counts a failed sign-in: another one on each device that knows the user."""
    device, users = _read(request)
    return f"{username}{DEVICE_MARK}{device}" if username in users else username


def remember(request: HttpRequest, response: HttpResponse, *usernames: str) -> None:
    """Set the cookie by which this browser is known for these users from now on.

    Call it once per response, with all users: a second call replaces the cookie of the first."""
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
    """Counts wrong PINs or codes of one name over all addresses, against guessing from many of them at once.

    django-axes counts by address, and forgets a try after ten minutes. Without the cache its locks go on alone."""

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
            # ValueError: the hour ended just now.
            return

    def _key(self, name: str) -> str:
        # Some caches refuse spaces in a key.
        return f"wrong-{self.kind}-{name.replace(' ', '-')}"
