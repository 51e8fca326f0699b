"""Rate limits of the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle

from accounts.access import client_address
from expresso.api.authentication import caller_of


class Throttle(ScopedRateThrottle):
    """Limits the requests of each API key, user or IP address. If Redis is down, no request is refused, so orders go
    on."""

    def get_cache_key(self, request: Request, view: Any) -> str:
        key = caller_of(request).key
        who = f"key-{key.pk}" if key else f"user-{request.user.pk}" if request.user.pk else client_address(request)
        return self.cache_format % {"scope": self.scope, "ident": who}

    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return super().allow_request(request, view)
        except RedisError:
            return True


class SocketThrottle(SimpleRateThrottle):
    """Limits the new WebSockets of each IP address, so that a program that reconnects in a loop has to wait."""

    scope = "socket"

    def get_cache_key(self, request: HttpRequest, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": client_address(request)}


def seconds_to_wait(request: HttpRequest) -> int:
    """Count a new WebSocket. Return 0 if it is allowed to connect, or else the seconds until its next try."""
    throttle: Any = SocketThrottle()
    try:
        admitted = throttle.allow_request(request, None)
    except RedisError:
        admitted = True
    return 0 if admitted else int(throttle.wait() or 1) + 1
