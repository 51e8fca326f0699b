"""Rights of staff at each event. Every page, socket and admin list asks the function `may`. docs/access.md lists the
rights of each role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.models import Role, User

View = Callable[..., HttpResponse]
M = TypeVar("M", bound=Model)


class Right(Enum):
    """A permission that roles give at an event. Each value describes what the permission allows."""

    WATCH = "see boards, orders and their history"
    WORK = "take, make, change and cancel orders, write to customers, print labels, count supplies"
    HELP = "help customers: read their texts, write to them, order again, cancel and move orders"
    WALL = "show the wall"
    KIOSK = "take orders at the kiosk"
    MANAGE = "set up the event, its menu, stations and staff, read texts and reports, print posters"


#: The rights that each role gives at an event. Admins (superusers) have all rights at all events.
RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.ORGANIZER: frozenset(Right),
    Role.BARISTA: frozenset({Right.WATCH, Right.WORK, Right.WALL, Right.KIOSK}),
    Role.SUPPORT: frozenset({Right.WATCH, Right.HELP, Right.WALL}),
    Role.DISPLAY: frozenset({Right.WALL, Right.KIOSK}),
}


def client_address(request: HttpRequest) -> str:
    """Return the network address of the client, for sign-in locks and rate limits.

    Each proxy in front of Expresso appends the address of its own client to X-Forwarded-For. Only the last
    settings.PROXIES entries can be trusted, because a client can write anything before them."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES and forwarded[-settings.PROXIES]:
        return forwarded[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def user_of(request: HttpRequest) -> User:
    """Return the request's user as a `User`. Call this only in views that require a sign-in."""
    return cast(User, request.user)


def may(user: User | AnonymousUser, right: Right, event: int | None = None) -> bool:
    """Return whether a user has the right at the event with this primary key, or at any event if `event` is None."""
    if not user.is_active or not isinstance(user, User):
        return False
    if user.is_superuser:
        return True
    roles = user.roles.values() if event is None else [user.roles.get(event, "")]
    return any(right in RIGHTS.get(role, ()) for role in roles)


def within(user: User, right: Right, rows: QuerySet[M], path: str) -> QuerySet[M]:
    """Return only the rows of events at which the user has this right.

    `path` is the Django lookup that leads from a row to its event, such as "station__event"."""
    if user.is_active and user.is_superuser:
        return rows
    return rows.filter(**{f"{path}__in": [event for event in user.roles if may(user, right, event)]})


def signed_in(view: View) -> View:
    """Require a sign-in for the view, and forbid browsers to cache its pages. Otherwise the next person at a shared
    tablet could go back to them."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return guarded
