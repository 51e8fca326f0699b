"""Choose the language of a page and of texts about an order. An event uses only its own languages."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from orders.models import Order
from orders.parser.languages import DEFAULT
from stations.models import Event

#: Name of the query parameter, of the form field and of the cookie that hold a chosen language.
CHOICE = "language"


def language_for(event: Event, *known: str) -> str:
    """Return the first of `known` that is a language of the event, else the event's first language."""
    return next((code for code in known if code in event.languages), str(event.languages[0]))


def language_of_order(order: Order) -> str:
    """Return the language of the page on which the order was placed, else the customer's language."""
    return language_for(order.event, order.language, order.customer.language if order.customer else "")


def chosen_language(request: HttpRequest) -> str:
    """Return the language chosen in this request; "" if none was chosen."""
    return request.POST.get(CHOICE, "") or request.GET.get(CHOICE, "")


def language_of_visitor(request: HttpRequest, event: Event) -> str:
    """Return the language that the visitor chose in this or an earlier request, else one that the browser prefers."""
    return language_for(
        event, chosen_language(request), request.COOKIES.get(CHOICE, ""), *_accepted(request, event.languages)
    )


def language_of_reader(request: HttpRequest) -> str:
    """Return the language for a page that belongs to no event.

    It is the language chosen before, else one that the browser prefers, else English."""
    known = [str(code) for code, _name in settings.LANGUAGES]
    liked = [request.COOKIES.get(CHOICE, ""), *_accepted(request, known)]
    return next((code for code in liked if code in known), DEFAULT)


def remember_choice(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Keep a language that was chosen in this request in a cookie, until the browser is closed.

    Caches between are told that the page's language depends on the cookie and on what the browser prefers."""
    vary_by_language(response)
    if chosen_language(request) in dict(settings.LANGUAGES):
        response.set_cookie(
            CHOICE, chosen_language(request), samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    return response


def vary_by_language(response: HttpResponse) -> None:
    patch_vary_headers(response, ["Accept-Language", "Cookie"])


def _accepted(request: HttpRequest, languages: Iterable[str]) -> list[str]:
    """Return the `languages` that the browser accepts, in its order of preference; "de-AT" matches "de"."""
    spoken = {str(code).lower(): str(code) for code in languages}
    liked = [code for code, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")) if quality]
    return [spoken[found] for code in liked for found in (code, code.split("-")[0]) if found in spoken]


def languages_offered(event: Event) -> list[tuple[str, str]]:
    """Return code and native name of each language; empty if the event has only one language."""
    names = dict(settings.LANGUAGES)
    return [(code, names.get(code, code)) for code in event.languages] if len(event.languages) > 1 else []
