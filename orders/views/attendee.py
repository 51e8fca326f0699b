"""The order page for attendees' phones, the page that tracks an order, and the kiosk."""

from __future__ import annotations

from functools import partial
from secrets import token_hex
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import Right, client_address, user_of
from accounts.models import User
from inventory.snapshot import menu_of
from orders import lifecycle
from orders.display.example_order import example_with_name
from orders.display.page_language import (
    chosen_language,
    language_for,
    language_of_order,
    language_of_visitor,
    languages_offered,
    remember_choice,
)
from orders.limits import MOST_AHEAD
from orders.live.boards import EventState, event_state
from orders.live.kept import for_a_second
from orders.live.tracking import order_of, tracking_context
from orders.messaging import change_requests
from orders.messaging import messages as hearing
from orders.messaging.messages import MOST, NothingToSay, TooManyAnswers
from orders.models import Channel, Order
from orders.ordering.desk import Desk, SubmittedOrder
from orders.ordering.network_limit import network_of
from orders.ordering.option_fields import one_line
from orders.ordering.order_form import serve_order_form
from orders.ordering.refusal_texts import refusal_text
from orders.ordering.sent_twice import as_shown, check_shown, time_of
from orders.refusals import PageOff, Refusal, TooManyDrinksOpen, TooManyOrders, TransitionError
from orders.requirements import items_of, wanted
from orders.routing import wait_now
from orders.statements import workload_of
from orders.statuses import BEING_MADE, NOT_STARTED, TO_MAKE
from orders.upkeep.rescheduling import want_at
from orders.views.htmx import by_htmx
from orders.views.posters import showing_logo
from stations import features
from stations.access import at_event
from stations.models import Event

#: Session key under which the tokens of this browser's orders are stored, and the maximum number of these tokens.
MINE, MOST_MINE = "orders", 20
#: Session key of the pk of the order that was just placed at the kiosk.
AT_KIOSK = "at_kiosk"


# ordering -------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the public order page, on which attendees choose drinks or type an order like a text."""
    event = get_object_or_404(Event, slug=slug)
    ordered, language = _ordered_here(request, event), language_of_visitor(request, event)
    mine = [order for order in ordered if order.is_open]
    stands = _how_it_stands(event, is_on=event.web_orders)
    with override(language):
        desk = Desk(
            event=event,
            template="orders/order.html",
            verb=_("Order"),
            place=partial(_place_on_web, request, event, mine, language),
            after=lambda order: redirect("tracking", token=order.token),
            language=language,
            past={order.token: items_of(order) for order in ordered},
            # Show the name of the last order in the field. It is read from that order: stored in the session, the name
            # would still be there after the order's personal data was erased.
            name=ordered[0].name if ordered else "",
            name_needed=True,
            is_public=True,
            # The number is only for the text that the order is ready. Without an SMS number the event cannot send it.
            phone_asked=bool(event.sms_number),
            for_later=True,
            opens=stands["ahead"],
            context={"kind": "web", "mine": mine} | _asked_in(event, language) | stands,
        )
        return remember_choice(showing_logo(serve_order_form(request, desk), event), request)


def _place_on_web(request: HttpRequest, event: Event, mine: list[Order], language: str, taken: SubmittedOrder) -> Order:
    if not event.web_orders:
        raise PageOff
    # Most visitors give no number, so there is no customer. Apply the limits per customer to the orders of this
    # browser.
    under_way = [order for order in mine if order.status in TO_MAKE]
    if event.max_open_orders and len(under_way) >= event.max_open_orders:
        raise TooManyOrders(event.max_open_orders)
    most = event.max_drinks_per_order
    if under_way and sum(order.cups for order in under_way) + taken.cups > most:
        raise TooManyDrinksOpen(most)
    order = lifecycle.place(
        event,
        items=taken.items,
        channel=Channel.WEB,
        ready_text_to=taken.owner_of_number(),
        language=language,
        network=network_of(client_address(request)),
        name=taken.name,
        key=taken.key,
        wanted_at=taken.wanted_at,
    ).order
    request.session[MINE] = [*request.session.get(MINE, []), order.token][-MOST_MINE:]
    return order


def _ordered_here(request: HttpRequest, event: Event) -> list[Order]:
    """Return the orders that were placed in this browser, newest first, with their items."""
    tokens = request.session.get(MINE, [])
    if not tokens:
        return []
    orders = Order.objects.filter(event=event, token__in=tokens).select_related("event").prefetch_related("items")
    return list(orders.order_by("-placed_at", "-pk"))


def _how_it_stands(event: Event, *, is_on: bool) -> dict[str, Any]:
    """Return template context for the top of the order page: whether the event takes orders, and how long an order
    takes.

    If the event is closed but already takes orders for its opening, `ahead` is the time of the opening; else None."""
    if not is_on:
        return {"state": EventState("off"), "wait": None, "ahead": None}
    return for_a_second(lambda: _how_orders_are_taken(event), "order-page", event.pk)


def _how_orders_are_taken(event: Event) -> dict[str, Any]:
    queues, now = workload_of(event).queues, timezone.now()
    state = event_state(event, [queue.station for queue in queues], now)
    has_drinks = bool(menu_of(event).menu.drinks)
    later = features.has_feature(event, features.ORDER_FOR_LATER)
    soon = later and state.kind == "closed" and state.until is not None and state.until - now <= MOST_AHEAD
    return {
        "state": state,
        "wait": wait_now(queues, now) if state.kind == "open" and has_drinks else None,
        "ahead": state.until if soon and has_drinks else None,
    }


def _asked_in(event: Event, language: str) -> dict[str, Any]:
    """Return template context with the example order and the languages that can be chosen."""
    return {"example": example_with_name(event, language), "languages": languages_offered(event)}


@never_cache
@at_event(Right.KIOSK)
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, event: Event) -> HttpResponse:
    """Show the order page on a shared tablet. After an order the page shows its code once, then starts again."""
    if request.method == "GET" and (taken := request.session.pop(AT_KIOSK, None)):
        order = get_object_or_404(Order.objects.select_related("event", "station"), pk=taken, event=event)
        with override(order.language):
            return render(request, "orders/kiosk_done.html", tracking_context(order, order.language))
    # A tablet's own language says nothing about the guest. And a language that a guest chooses is not stored in a
    # cookie, so that the next guest does not get it.
    language = language_for(event, chosen_language(request))
    stands = _how_it_stands(event, is_on=event.kiosk_orders)
    with override(language):
        desk = Desk(
            event=event,
            template="orders/order.html",
            verb=_("Order"),
            place=partial(_place_at_kiosk, event, language, user_of(request)),
            after=partial(_to_code, request),
            language=language,
            name_needed=True,
            is_public=True,
            phone_asked=bool(event.sms_number),
            for_later=True,
            opens=stands["ahead"],
            context={"kind": "kiosk"} | _asked_in(event, language) | stands,
        )
        return showing_logo(serve_order_form(request, desk), event)


def _place_at_kiosk(event: Event, language: str, by: User, taken: SubmittedOrder) -> Order:
    if not event.kiosk_orders:
        raise PageOff
    return lifecycle.place(
        event,
        items=taken.items,
        channel=Channel.KIOSK,
        ready_text_to=taken.owner_of_number(),
        language=language,
        name=taken.name,
        by=by,
        key=taken.key,
        wanted_at=taken.wanted_at,
    ).order


def _to_code(request: HttpRequest, order: Order) -> HttpResponse:
    request.session[AT_KIOSK] = order.pk
    return redirect("kiosk", slug=order.event.slug)


# tracking an order ----------------------------------------------------------------------------------


@never_cache
@require_GET
def tracking(request: HttpRequest, token: str) -> HttpResponse:
    """Show the customer's page of an order. Anybody who knows the order's token can see, change and cancel it."""
    order = order_of(token)
    page = "orders/_tracking.html" if by_htmx(request) else "orders/tracking.html"
    language = language_of_order(order)
    with override(language):
        # Idempotency key of the answer form, so that an answer that is posted twice is saved only once.
        shown = render(request, page, tracking_context(order, language) | {"key": token_hex(16)})
    answer = showing_logo(shown, order.event)
    if not features.has_feature(order.event, features.PAYMENTS):
        return answer
    # A form on this page redirects to Stripe, for which browsers check `form-action` too. `showing_logo` may have
    # allowed other sources before, in `_csp_update`, so add to these.
    allow = csp_update({"form-action": [settings.STRIPE_CHECKOUT]} | getattr(answer, "_csp_update", {}))
    return allow(lambda _request: answer)(request)  # type: ignore[return-value]


@require_GET
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker that shows push notifications on attendees' devices.

    Its scope is /orders/. The bar's tablets have another service worker."""
    context = {"icon": static("icons/any-192.png")}
    return render(request, "orders/sw.js", context, content_type="text/javascript; charset=utf-8")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_order(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form that changes an order's drinks or name.

    If the order is being made, the form sends a change request to the barista instead."""
    order = order_of(token)
    language = language_of_order(order)
    with override(language):
        if order.status not in TO_MAKE:
            messages.warning(request, refusal_text(TransitionError("change", order.status), order.event))
            return redirect("tracking", token=token)
        desk = Desk(
            event=order.event,
            template="orders/order.html",
            verb=_("Ask the barista") if order.status in BEING_MADE else _("Save changes"),
            place=partial(_change, order),
            after=lambda order: redirect("tracking", token=order.token),
            language=language,
            items=items_of(order),
            name=order.name,
            seen=as_shown(order),
            is_public=True,
            for_later=order.status in NOT_STARTED,
            wanted_at=time_of(order),
            context={
                "kind": "change",
                "order": order,
                "asks": order.status in BEING_MADE,
            },
        )
        return serve_order_form(request, desk)


def _change(order: Order, taken: SubmittedOrder) -> Order:
    check_shown(order, taken)
    before = time_of(order)
    changed = _change_drinks(order, taken)
    if changed.status in NOT_STARTED and taken.wanted_at != before:
        return want_at(changed, wanted_at=taken.wanted_at).order
    return changed


def _change_drinks(order: Order, taken: SubmittedOrder) -> Order:
    renamed = taken.name != order.name
    if wanted(menu_of(order.event), taken.items).items == items_of(order):
        return lifecycle.rename(order, name=taken.name) if renamed else order
    try:
        return lifecycle.change(order, items=taken.items, name=taken.name).order
    except TransitionError:
        if order.status not in BEING_MADE:
            raise
    # A barista has started the order, perhaps after the customer opened the page. So ask the barista for the change.
    change_requests.wish(order, items=taken.items)
    return lifecycle.rename(order, name=taken.name) if renamed else order


@never_cache
@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel a waiting order. If the order is already being made, ask the barista to cancel it."""
    order = order_of(token)
    try:
        _drop(order)
    except Refusal as refusal:
        with override(language_of_order(order)):
            messages.warning(request, refusal_text(refusal, order.event))
    return redirect("tracking", token=token)


@never_cache
@require_POST
def answer_bar(request: HttpRequest, token: str) -> HttpResponse:
    """Save the customer's answer to a message from the bar. The ticket shows the answer like a texted one."""
    order = order_of(token)
    text, key = one_line(request.POST.get("text", ""), MOST), request.POST.get("key", "")[:32]
    try:
        hearing.answer_from_page(order, text, key=key or token_hex(16))
    except Refusal as refusal:
        with override(language_of_order(order)):
            messages.warning(request, _unheard(refusal, order))
    return redirect("tracking", token=token)


def _unheard(refusal: Refusal, order: Order) -> str:
    match refusal:
        case NothingToSay():
            return _("Write a few words first; nothing was sent.")
        case TooManyAnswers():
            said = _("The bar has several answers of yours to read. Please come to {station}; nothing was sent.")
        case _:
            said = _("That was a while ago, so nothing was sent. Please come to {station}.")
    return said.format(station=order.station.name)


def _drop(order: Order) -> None:
    try:
        if order.status not in NOT_STARTED:
            raise TransitionError("cancel", order.status)
        lifecycle.cancel(order)
    except TransitionError:
        if order.status not in BEING_MADE:
            raise
        change_requests.wish(order, items=())
