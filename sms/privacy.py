"""The page that tells attendees which of their data is stored.

On this page they can also delete the data of the orders that were placed from their browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forgetting import forget
from accounts.models import Customer, User, record
from orders.display.page_language import CHOICE, chosen_language, language_of_visitor, remember_choice
from orders.models import Order
from orders.upkeep.erasing import erase
from orders.views.attendee import MINE
from sms.models import Conversation
from stations.models import Event


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when an event keeps personal data. `until` is None if the event has no last day."""

    event: Event
    until: dt.date | None

    @classmethod
    def of(cls, event: Event) -> Keeping:
        return cls(event, event.last_day and event.last_day + dt.timedelta(days=event.keep_days))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """Show which data is stored, why, and until when. A POST deletes the data of the orders from this browser."""
    tokens = request.session.get(MINE, [])
    orders = list(Order.objects.filter(token__in=tokens).select_related("event").order_by("-placed_at", "-pk"))
    asked = Event.objects.filter(slug=request.GET.get("event", ""))
    events = list({event.pk: event for event in [*asked, *(order.event for order in orders)]}.values())
    language = _language(request, events)
    context = {
        "keeping": [Keeping.of(event) for event in events],
        "numbers": [event for event in events if event.sms_number],
        "languages": settings.LANGUAGES,
        "language": language,
        "asked": events[0] if asked else None,
        "orders": orders,
    }
    if request.method == "POST":
        context |= {"orders": [], "deleted": True, "open": forget_browser(tokens)}
        _empty_session(request)
    with override(language):
        response = render(request, "sms/privacy.html", context)
    if request.method == "POST":
        response.delete_cookie(CHOICE)
        return response
    return remember_choice(response, request)


def _language(request: HttpRequest, events: list[Event]) -> str:
    """Return the language that the visitor chose, or else the language that the browser prefers.

    The browser's languages are compared with those of the first event on the page, or with all languages if the page
    shows no event."""
    known = [chosen_language(request), request.COOKIES.get(CHOICE, "")]
    if chosen := next((code for code in known if code in dict(settings.LANGUAGES)), ""):
        return chosen
    return language_of_visitor(request, events[0]) if events else get_language_from_request(request)


def _empty_session(request: HttpRequest) -> None:
    """End the visitor's session. A user of the staff stays signed in, and loses only the orders in the session."""
    if not isinstance(request.user, User):
        request.session.flush()
        return
    request.session.pop(MINE, None)


@transaction.atomic
def forget_browser(tokens: Sequence[str]) -> list[Order]:
    """Erase the personal data of these orders, which were placed on a page. Return those that are still open.

    The customer whose number was typed on the page is deleted only if nothing else is known about this customer.
    Otherwise the visitor could delete another person's data by typing that person's number. The owner of a number can
    delete everything by texting FORGET ME."""
    placed = Order.objects.filter(token__in=tokens).select_related("event", "station").order_by("pk")
    own = list(placed.select_for_update(of=("self",)))
    typed = {order.ready_text_to_id: order.event_id for order in own if order.ready_text_to_id}
    erase(own)
    Order.objects.filter(pk__in=[order.pk for order in own]).update(ready_text_to=None, customer=None)
    for order in own:
        record("forgotten", f"order {order.pk}", by=None, event=order.event_id)
    for owner in _only_typed(typed):
        forget(owner, by=None, event=typed[owner.pk])
    return [order for order in own if order.is_open]


def _only_typed(customers: dict[int, int]) -> list[Customer]:
    """Return the customers of whom nothing is known but a phone number, which was typed with an order that is now
    erased."""
    for_others = Order.objects.exclude(ready_text_to=None).values("ready_text_to")
    spoke = Q(inbound__isnull=False) | Q(opted_out_at__isnull=False) | Q(blocked_at__isnull=False)
    known = Conversation.objects.filter(spoke, customer__in=customers).values("customer")
    unknown = Customer.objects.filter(pk__in=customers, name="", vip=False, language="", orders=None)
    return list(unknown.exclude(pk__in=for_others).exclude(pk__in=known))
