"""Pages of sign-in cards. An organizer prints cards, and staff sign in with the PIN or the scanned code on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import cards
from accounts.access import Right, user_of
from accounts.known_devices import remember
from accounts.models import SignInCard, User, record
from accounts.sign_in import SignInView
from orders.views.posters import code
from stations.access import at_event
from stations.models import Event, Station


@dataclass(frozen=True, slots=True)
class PrintedCard:
    name: str
    pin: str
    code: SafeString


class PasswordSignIn(SignInView):
    """Page to sign in by password. It links to the event's PIN page for users of an event that has cards."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "pin_page": pin_page_for(str(context.get("next") or "")),
            "sends_mail": settings.SENDS_MAIL,
        }


@at_event(Right.MANAGE)
@require_http_methods(["GET", "POST"])
def sign_in_cards(request: HttpRequest, event: Event) -> HttpResponse:
    """Show the staff of an event, and make, print and revoke their cards.

    New cards are shown only once, in the answer to the POST, because only hashes of their PINs are stored."""
    people = {person.pk: person for person in cards.holders(event.pk)}
    chosen = [people[pk] for pk in map(_number, request.POST.getlist("person")) if pk in people]
    printed: list[PrintedCard] = []
    revoked: list[User] = []
    if request.POST.get("act") == "make":
        printed = [_print(cards.make(person, event.pk, by=user_of(request))) for person in chosen]
    elif request.POST.get("act") == "revoke":
        revoked = [person for person in chosen if cards.revoke(person, event.pk, by=user_of(request))]
    held = {card.user_id: card for card in SignInCard.objects.filter(event=event)}
    return render(
        request,
        "accounts/cards.html",
        {
            "event": event,
            "people": [(person, held.get(person.pk)) for person in people.values()],
            "printed": printed,
            "revoked": revoked,
            "nobody": request.method == "POST" and not chosen,
            "address": f"{settings.PUBLIC_URL}{reverse('pin', args=[event.slug])}".split("://", 1)[-1],
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_by_pin(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    if request.method == "GET":
        return _pin_page(request, event)
    pin = "".join(request.POST.get("pin", "").split())
    person = cards.person_of_pin(request, event.pk, pin) if len(pin) == cards.PIN_DIGITS else None
    if person is None:
        return _pin_page(request, event, wrong=True)
    return _let_in(request, person, cards.pins_of(event.pk))


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_by_card(request: HttpRequest) -> HttpResponse:
    """Show the page that opens when the code on a card is scanned, and sign the card's owner in.

    The card's secret is in the part of the URL after "#". Browsers do not send this part, so no server or proxy logs
    it. `card.js` posts it."""
    if request.method == "POST" and (person := cards.person_of_code(request, request.POST.get("card", ""))):
        return _let_in(request, person)
    return render(request, "accounts/card.html", {"wrong": request.method == "POST"})


def locked_page(request: HttpRequest) -> HttpResponse | None:
    """Return the page for too many wrong PINs or codes; None if the request is not for one of these pages."""
    match = request.resolver_match
    if match and match.url_name == "pin":
        event = get_object_or_404(Event, slug=match.kwargs["slug"])
        return _pin_page(request, event, locked=True, status=429)
    if match and match.url_name == "card":
        return render(request, "accounts/card.html", {"locked": True}, status=429)
    return None


def pin_page_for(path: str) -> str:
    """Return the URL of the PIN page for a staff page (`path`), or "" if its event has no cards.

    The URL contains `path`, to which the user returns after signing in."""
    try:
        slug = resolve(path.partition("?")[0]).kwargs.get("slug", "")
    except Resolver404:
        return ""
    if path.startswith("/stations/"):
        slug = Station.objects.filter(slug=slug).values_list("event__slug", flat=True).first() or ""
    if not SignInCard.objects.filter(event__slug=slug).exists():
        return ""
    return f"{reverse('pin', args=[slug])}?{urlencode({'next': path})}"


def _pin_page(
    request: HttpRequest, event: Event, *, wrong: bool = False, locked: bool = False, status: int = 200
) -> HttpResponse:
    context = {"event": event, "wrong": wrong, "locked": locked, "next": _next(request)}
    return render(request, "accounts/pin.html", context, status=status)


def _let_in(request: HttpRequest, person: User, *counted: str) -> HttpResponse:
    """Sign the person in, and remember this device.

    The lock then counts wrong attempts on this device apart from those on unknown devices. This applies to attempts for
    the person's username, and to those for the names in `counted`, such as the PINs of an event."""
    login(request, person)
    request.session.set_expiry(cards.SESSION)
    response = redirect(_next(request) or "home")
    remember(request, response, person.get_username(), *counted)
    record("signed in", f"user {person}", by=person, by_way_of="card")
    return response


def _next(request: HttpRequest) -> str:
    """Return the path that the user wanted to open; "" if there is none or it is not on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def _print(card: cards.NewCard) -> PrintedCard:
    link = f"{settings.PUBLIC_URL}{reverse('card')}#{card.code}"
    return PrintedCard(card.name, f"{card.pin[:3]} {card.pin[3:]}", code(link))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
