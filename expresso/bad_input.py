"""Refuses input that no page can use: NUL characters, numbers too large for the database, and too long usernames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from psycopg.errors import NumericValueOutOfRange

from accounts.known_devices import counted_as
from accounts.models import User

LONGEST_USERNAME = User._meta.get_field("username").max_length
NUL = "\0"


class RefuseOddInput:
    """Middleware that answers 400 to a NUL character in the path, query or form. PostgreSQL would fail with a 500.

    It also answers 400 if the database refuses a number as too large. Django's own form fields let such numbers pass.

    Forms of views that are exempt from CSRF checks are not checked. Those views serve Twilio and printers, and clean
    their input themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        if getattr(view, "csrf_exempt", False):
            return
        if any(NUL in text for name, values in request.POST.lists() for text in (name, *values)):
            raise BadRequest("NUL in a form")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if is_beyond_any_column(exception):
            raise BadRequest("a number beyond any column") from exception


def is_beyond_any_column(error: Exception) -> bool:
    """Return whether the error means that a number was too large for the database.

    The drivers raise different errors for this: PostgreSQL's a DataError, SQLite's an OverflowError."""
    if isinstance(error, DataError):
        return isinstance(error.__cause__, NumericValueOutOfRange)
    return isinstance(error, OverflowError) and "SQLite INTEGER" in str(error)


def username_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the username of a failed sign-in, cut to a username's maximum length. django-axes calls this function."""
    given = (credentials or request.POST).get("username")
    return counted_as(request, str(given or "")[:LONGEST_USERNAME])
