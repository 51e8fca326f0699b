"""Pages of whoever orders without a text: the event's own page, the order's page, and a shared tablet."""

from __future__ import annotations

from functools import partial
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allowed, client_address, user_of
from accounts.models import User
from inventory.snapshot import menu_of
from orders import change_requests, lifecycle
from orders.display.example_order import for_somebody
from orders.display.page_language import chosen, keep, of_visitor, offered, tongue, tongue_of
from orders.live.boards import State, state_of, wait_now
from orders.live.tracking import order_of, tracking_context
from orders.messaging import messages as hearing
from orders.messaging.messages import MOST, NothingToSay, TooManyAnswers
from orders.models import TO_MAKE, Channel, Order, Status
from orders.ordering.network_limit import check_address, count_address
from orders.ordering.option_fields import one_line
from orders.ordering.order_form import Desk, Taken, serve
from orders.ordering.refusal_texts import sentence
from orders.refusals import Refusal, TooManyOrders, TransitionError
from orders.requirements import items_of, wanted
from orders.statements import workload_of
from orders.views.htmx import by_htmx
from orders.views.posters import showing_logo
from stations.models import Event

#: The session's key for the tokens of what was ordered in this browser, and how many of them are kept.
MINE, MOST_MINE = "orders", 20
#: The session's key for the order that the kiosk has just taken.
AT_KIOSK = "at_kiosk"


# ordering -------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Anybody orders here, by taps or by writing it as one would text it."""
    event = get_object_or_404(Event, slug=slug)
    mine, language = _mine(request, event), of_visitor(request, event)
    with override(language):
        desk = Desk(
            event=event,
            template="orders/order.html",
            verb=_("Order"),
            place=partial(_place_on_web, request, event, mine, language),
            after=lambda order: redirect("tracking", token=order.token),
            language=language,
            name=request.session.get("name", ""),
            name_needed=True,
            # Only a number that texts can come from can promise one.
            phone_asked=bool(event.sms_number),
            context={"kind": "web", "mine": mine} | _asked_in(event, language) | _how_it_stands(event),
        )
        return keep(showing_logo(serve(request, desk), event), request)


def _place_on_web(request: HttpRequest, event: Event, mine: list[Order], language: str, taken: Taken) -> Order:
    # As many as one customer may have, for whoever gave no number.
    under_way = sum(order.status in TO_MAKE for order in mine)
    if event.max_open_orders and under_way >= event.max_open_orders:
        raise TooManyOrders(event.max_open_orders)
    address = client_address(request)
    check_address(event, address)
    order = lifecycle.place(
        event,
        items=taken.items,
        channel=Channel.WEB,
        customer=taken.customer(language),
        language=language,
        name=taken.name,
        key=taken.key,
    ).order
    count_address(event, address)
    request.session[MINE] = [*request.session.get(MINE, []), order.token][-MOST_MINE:]
    request.session["name"] = taken.name
    return order


def _mine(request: HttpRequest, event: Event) -> list[Order]:
    """What was ordered in this browser and is not over, newest first."""
    tokens = request.session.get(MINE, [])
    if not tokens:
        return []
    return list(Order.objects.open().filter(event=event, token__in=tokens).order_by("-placed_at"))


def _how_it_stands(event: Event) -> dict[str, Any]:
    """Whether orders are taken and what one would wait, as on the wall."""
    queues, now = workload_of(event).queues, timezone.now()
    state: State = state_of(event, [queue.station for queue in queues], now)
    return {"state": state, "wait": wait_now(queues, now) if state.kind == "open" else None}


def _asked_in(event: Event, language: str) -> dict[str, Any]:
    """What to write there, and which other languages there are."""
    return {"example": for_somebody(event, language), "languages": offered(event)}


@never_cache
@allowed(lambda user: user.sees_walls)
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, slug: str) -> HttpResponse:
    """A shared tablet: after an order it says the code, then it is as fresh as before."""
    event = get_object_or_404(Event, slug=slug)
    if request.method == "GET" and (taken := request.session.pop(AT_KIOSK, None)):
        order = get_object_or_404(Order.objects.select_related("event", "station"), pk=taken, event=event)
        with override(order.language):
            return render(request, "orders/kiosk_done.html", tracking_context(order, order.language))
    # The tablet's own language is nobody's, and a choice is the next guest's no more.
    language = tongue(event, chosen(request))
    with override(language):
        desk = Desk(
            event=event,
            template="orders/order.html",
            verb=_("Order"),
            place=partial(_place_at_kiosk, event, language, user_of(request)),
            after=partial(_to_code, request),
            language=language,
            name_needed=True,
            phone_asked=bool(event.sms_number),
            context={"kind": "kiosk"} | _asked_in(event, language) | _how_it_stands(event),
        )
        return showing_logo(serve(request, desk), event)


def _place_at_kiosk(event: Event, language: str, by: User, taken: Taken) -> Order:
    return lifecycle.place(
        event,
        items=taken.items,
        channel=Channel.KIOSK,
        customer=taken.customer(language),
        language=language,
        name=taken.name,
        by=by,
        key=taken.key,
    ).order


def _to_code(request: HttpRequest, order: Order) -> HttpResponse:
    request.session[AT_KIOSK] = order.pk
    return redirect("kiosk", slug=order.event.slug)


# what became of it ----------------------------------------------------------------------------------


@never_cache
@require_GET
def tracking(request: HttpRequest, token: str) -> HttpResponse:
    """The attendee's page: whoever has the token may see the order, change and drop it, and nothing else."""
    order = order_of(token)
    page = "orders/_tracking.html" if by_htmx(request) else "orders/tracking.html"
    language = tongue_of(order)
    with override(language):
        # With each page another key: sent twice it is one answer.
        return render(request, page, tracking_context(order, language) | {"key": token_hex(16)})


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Served beside the orders' pages, and theirs alone: a tablet's worker keeps a board and its files."""
    context = {"icon": static("icons/any-192.png")}
    return render(request, "orders/sw.js", context, content_type="text/javascript; charset=utf-8")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Other drinks or another name; once it is being made the barista is asked."""
    order = order_of(token)
    language = tongue_of(order)
    with override(language):
        if order.status not in TO_MAKE:
            messages.warning(request, sentence(TransitionError("change", order.status), order.event))
            return redirect("tracking", token=token)
        desk = Desk(
            event=order.event,
            template="orders/order.html",
            verb=_("Ask the barista") if order.status == Status.MAKING else _("Save changes"),
            place=partial(_change, order),
            after=lambda order: redirect("tracking", token=order.token),
            language=language,
            items=items_of(order),
            name=order.name,
            context={
                "kind": "change",
                "order": order,
                "asks": order.status == Status.MAKING,
            },
        )
        return serve(request, desk)


def _change(order: Order, taken: Taken) -> Order:
    renamed = taken.name != order.name
    if wanted(menu_of(order.event), taken.items).items == items_of(order):
        return lifecycle.rename(order, name=taken.name) if renamed else order
    try:
        return lifecycle.change(order, items=taken.items, name=taken.name).order
    except TransitionError:
        if order.status != Status.MAKING:
            raise
    # Somebody has begun to make it, perhaps just now.
    change_requests.wish(order, items=taken.items)
    return lifecycle.rename(order, name=taken.name) if renamed else order


@never_cache
@require_POST
def drop(request: HttpRequest, token: str) -> HttpResponse:
    """While it waits it is gone at once; while it is being made, if the barista agrees."""
    order = order_of(token)
    try:
        _drop(order)
    except Refusal as refusal:
        with override(tongue_of(order)):
            messages.warning(request, sentence(refusal, order.event))
    return redirect("tracking", token=token)


@never_cache
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """To what the bar wrote: it stands on the ticket as a texted answer does."""
    order = order_of(token)
    text, key = one_line(request.POST.get("text", ""), MOST), request.POST.get("key", "")[:32]
    try:
        hearing.answer(order, text, key=key or token_hex(16))
    except Refusal as refusal:
        with override(tongue_of(order)):
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
        if order.status != Status.WAITING:
            raise TransitionError("cancel", order.status)
        lifecycle.cancel(order)
    except TransitionError:
        if order.status != Status.MAKING:
            raise
        change_requests.wish(order, items=())
