"""Devices on which somebody has signed in before, known by a signed cookie.

The lock against guessed passwords counts a known device apart: a stranger behind the same address locks themselves
out, but not the barista (OWASP calls this a device cookie)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

COOKIE = "known-device"
#: Stands between a username and the device in the name that the lock counts.
MARK = " on device "
KEPT_FOR = dt.timedelta(days=180)
#: People who share a tablet; who signed in longest ago is forgotten.
MOST_USERS = 12


def counted_as(request: HttpRequest, username: str) -> str:
    """The name under which the lock counts a failed sign-in: another one on each device that knows the user."""
    device, users = _read(request)
    return f"{username}{MARK}{device}" if username in users else username


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let the browser's device be known for this user from now on."""
    device, users = _read(request)
    users = [*(user for user in users if user != username), username][-MOST_USERS:]
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
