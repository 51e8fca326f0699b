"""The pages that say what went wrong. Attendees read them in their own language, staff in English."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from accounts.audit import record_once_a_minute
from accounts.database_away import database_is_away
from accounts.models import User
from expresso.api import problems
from orders.display.page_language import language_of_reader
from orders.parser.languages import DEFAULT

#: Names of the addresses that attendees use. An address that does not exist may be anybody's.
OF_ATTENDEES = {"order", "kiosk", "tracking", "change", "drop", "answer", "tell", "privacy"}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problems.outside_views(request, 400) or _page(request, "400")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show the page for somebody who may not see what they asked for, and record it."""
    if isinstance(request.user, User) and request.resolver_match:
        record_once_a_minute("refused", f"page {request.resolver_match.view_name}", user=request.user)
    return _page(request, "403", with_request=True)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not that of the browser (called by Django's check)."""
    return _page(request, "403", template="403_csrf.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", with_request=True)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 while the database is away: tablets give up a tap that always gets a 500, and keep others."""
    is_away = database_is_away(sys.exc_info()[1])
    if problem := problems.outside_views(request, 503 if is_away else 500):
        return problem
    if is_away:
        response = _page(request, "503")
        response.headers["Retry-After"] = "3"
        return response
    return _page(request, "500")


def _page(request: HttpRequest, status: str, *, template: str = "", with_request: bool = False) -> HttpResponse:
    """Without the request nothing is read from the database: the session and its user are stored there."""
    match = request.resolver_match
    is_attendees = match is not None and match.url_name in OF_ATTENDEES
    start = "/"
    if match and is_attendees:
        # The start page is for staff.
        start = reverse("order", args=[match.kwargs["slug"]]) if "slug" in match.kwargs and status != "404" else ""
    with override(language_of_reader(request) if match is None or is_attendees else DEFAULT):
        content = render_to_string(template or f"{status}.html", {"start": start}, request if with_request else None)
    return HttpResponse(content, status=int(status))
