"""Choose the language of pages and of texts about an order. Only languages that the event offers are used."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from orders.models import Order
from orders.parser.languages import DEFAULT
from stations.models import Event

#: Name of the query parameter, form field and cookie that contain a chosen language.
CHOICE = "language"


def language_for(event: Event, *known: str) -> str:
    """Return the first code in `known` that is one of the event's languages, or else the event's first language."""
    return next((code for code in known if code in event.languages), str(event.languages[0]))


def language_of_order(order: Order) -> str:
    """Return the language of the page on which the order was placed, or else the customer's language.

    If the event does not offer either of them, return the event's first language."""
    return language_for(order.event, order.language, order.customer.language if order.customer else "")


def chosen_language(request: HttpRequest) -> str:
    """Return the language chosen in this request; "" if none was chosen."""
    return request.POST.get(CHOICE, "") or request.GET.get(CHOICE, "")


def language_of_visitor(request: HttpRequest, event: Event) -> str:
    """Return the language that the visitor chose in this or an earlier request.

    Without a choice, return the language that the browser prefers among the event's languages."""
    return language_for(
        event, chosen_language(request), request.COOKIES.get(CHOICE, ""), *_accepted(request, event.languages)
    )


def language_of_reader(request: HttpRequest) -> str:
    """Return the language for a page that belongs to no event.

    That is the language chosen earlier, or else a language that the browser prefers, or else English."""
    known = [str(code) for code, _name in settings.LANGUAGES]
    liked = [request.COOKIES.get(CHOICE, ""), *_accepted(request, known)]
    return next((code for code in liked if code in known), DEFAULT)


def remember_choice(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Remember the language that was chosen in this request in a cookie, until the browser is closed.

    The Vary header says that the page depends on this cookie and on the browser's languages, so that caches do not show
    it to people with other languages."""
    vary_by_language(response)
    if chosen_language(request) in dict(settings.LANGUAGES):
        response.set_cookie(
            CHOICE, chosen_language(request), samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    return response


def vary_by_language(response: HttpResponse) -> None:
    patch_vary_headers(response, ["Accept-Language", "Cookie"])


def _accepted(request: HttpRequest, languages: Iterable[str]) -> list[str]:
    """Return those of `languages` that the browser accepts, its favourite first.

    If a browser asks for "de-AT", this matches "de-AT" and "de"."""
    spoken = {str(code).lower(): str(code) for code in languages}
    liked = [code for code, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")) if quality]
    return [spoken[found] for code in liked for found in (code, code.split("-")[0]) if found in spoken]


def languages_offered(event: Event) -> list[tuple[str, str]]:
    """Return (code, native name) of each language of the event; an empty list if the event has only one language."""
    names = dict(settings.LANGUAGES)
    return [(code, names.get(code, code)) for code in event.languages] if len(event.languages) > 1 else []
