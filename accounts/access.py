"""Who may see a page. Whoever is not signed in is asked to; whoever may not gets 403 with a way out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.models import User

View = Callable[..., HttpResponse]


def client_address(request: HttpRequest) -> str:
    """Who asks, for the lock against guessed passwords.

    Each of settings.PROXIES in front of us adds the address it was asked from; what stands before those, anybody
    could have written."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES and forwarded[-settings.PROXIES]:
        return forwarded[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def user_of(request: HttpRequest) -> User:
    """The signed-in user; only below `allowed`."""
    return cast(User, request.user)


def allowed(check: Callable[[User], bool]) -> Callable[[View], View]:
    """Let in whoever passes the check; nothing of it is cached."""

    def decorate(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not check(user_of(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
