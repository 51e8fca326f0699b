"""Recognizes, by a signed cookie, devices on which somebody has signed in before (OWASP calls this a device cookie).

Wrong passwords that are typed on such a device are counted separately. So if a stranger in the same network guesses a
barista's password, only the stranger is locked out, and the barista can still sign in on the usual tablet."""

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
#: Joins a username and a device. Wrong passwords on a known device are counted under this name: "sam on device x7Qk…".
DEVICE_MARK = " on device "
KEPT_FOR = dt.timedelta(days=180)
#: Maximum number of users who are known on one device. The user whose last sign-in is oldest is dropped first.
MOST_USERS = 12


def counted_as(request: HttpRequest, username: str) -> str:
    """Return the name under which a wrong password of this user is counted.

    It is the username, or username and device if this user has signed in on this device before."""
    device, users = _read(request)
    return f"{username}{DEVICE_MARK}{device}" if username in users else username


def remember(request: HttpRequest, response: HttpResponse, *usernames: str) -> None:
    """Set the cookie that makes this browser a known device of these users.

    Call this once for a response, with all users, because a second call would replace the first cookie."""
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
    """Counts wrong PINs of an event, or wrong codes of an account, from all addresses together.

    This limits guesses from many addresses: django-axes counts each address separately and forgets a try after ten
    minutes. If the cache is down, only the locks of django-axes work."""

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
        # Replace spaces, because some caches refuse them in a key.
        return f"wrong-{self.kind}-{name.replace(' ', '-')}"
