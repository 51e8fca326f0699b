"""Views for error pages. Attendees see them in their own language, staff in English."""

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
from orders.display.page_language import language_of_reader, vary_by_language
from orders.parser.languages import DEFAULT

#: Names of the URLs that attendees use. On these URLs and on unknown URLs an error page is in the reader's language, on
#: all others in English.
OF_ATTENDEES = {"order", "kiosk", "tracking", "change", "drop", "answer", "tell", "privacy"}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problems.outside_views(request, 400) or _page(request, "400")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show the error page 403. If a user is signed in, record in the audit log that this page was refused."""
    if isinstance(request.user, User) and request.resolver_match:
        record_once_a_minute("refused", f"page {request.resolver_match.view_name}", user=request.user)
    return _page(request, "403", with_request=True)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was sent with a wrong or old CSRF token. Django calls this view (CSRF_FAILURE_VIEW)."""
    return _page(request, "403", template="403_csrf.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", with_request=True)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 if the database cannot be reached, and 500 after any other error.

    A barista's tablet repeats a tap after a 503, and gives it up when it gets 500 again and again."""
    is_away = database_is_away(sys.exc_info()[1])
    if problem := problems.outside_views(request, 503 if is_away else 500):
        return problem
    if is_away:
        response = _page(request, "503")
        response.headers["Retry-After"] = "3"
        return response
    return _page(request, "500")


def _page(request: HttpRequest, status: str, *, template: str = "", with_request: bool = False) -> HttpResponse:
    """Render an error page. With `with_request` it reads the session and the user, so it needs the database."""
    match = request.resolver_match
    is_attendees = match is not None and match.url_name in OF_ATTENDEES
    start = "/"
    if match and is_attendees:
        # Link to the order page for attendees, because the start page is for staff.
        start = reverse("order", args=[match.kwargs["slug"]]) if "slug" in match.kwargs and status != "404" else ""
    in_readers_language = match is None or is_attendees
    with override(language_of_reader(request) if in_readers_language else DEFAULT):
        content = render_to_string(template or f"{status}.html", {"start": start}, request if with_request else None)
    response = HttpResponse(content, status=int(status))
    if in_readers_language:
        vary_by_language(response)
    return response
