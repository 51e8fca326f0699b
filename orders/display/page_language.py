"""The language in which somebody is spoken to on a page, and about an order: always one that the event speaks."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from orders.models import Order
from stations.models import Event

#: The query's field, and the cookie's name, of a choice that was made.
CHOICE = "language"


def tongue(event: Event, *known: str) -> str:
    """The first of these that the event speaks, else its own."""
    return next((code for code in known if code in event.languages), str(event.languages[0]))


def tongue_of(order: Order) -> str:
    """As it was ordered; whoever texted it is known by their texts."""
    return tongue(order.event, order.language, order.customer.language if order.customer else "")


def chosen(request: HttpRequest) -> str:
    """What was tapped on this very page; "" where nothing was."""
    return request.POST.get(CHOICE, "") or request.GET.get(CHOICE, "")


def of_visitor(request: HttpRequest, event: Event) -> str:
    """What they chose, now or before, else what their browser asks for."""
    return tongue(event, chosen(request), request.COOKIES.get(CHOICE, ""), *_accepted(request, event))


def keep(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """A choice holds as long as the browser is open."""
    if chosen(request) in dict(settings.LANGUAGES):
        response.set_cookie(
            CHOICE, chosen(request), samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    return response


def _accepted(request: HttpRequest, event: Event) -> list[str]:
    """Of the event's, as the browser likes them: "de-AT" is content with "de"."""
    spoken = {str(code).lower(): str(code) for code in event.languages}
    liked = [code for code, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")) if quality]
    return [spoken[found] for code in liked for found in (code, code.split("-")[0]) if found in spoken]


def offered(event: Event) -> list[tuple[str, str]]:
    """Code and own name of each, where there is something to choose."""
    names = dict(settings.LANGUAGES)
    return [(code, names.get(code, code)) for code in event.languages] if len(event.languages) > 1 else []
