"""Walk-ins, i.e. orders that a barista takes at the bar, and changes that a barista makes to an order."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Right, user_of
from accounts.models import User
from accounts.typed_input import whole_number
from inventory.snapshot import menu_of
from orders import lifecycle
from orders.models import Channel, Order
from orders.ordering.desk import Desk, Slip, SubmittedOrder
from orders.ordering.order_form import serve_order_form
from orders.ordering.refusal_texts import refusal_text
from orders.ordering.sent_twice import as_shown, check_shown, time_of
from orders.refusals import TransitionError
from orders.requirements import items_of, wanted
from orders.statuses import NOT_STARTED
from orders.upkeep.rescheduling import want_at
from orders.views.board import board_response
from orders.views.board_actions import TapResult
from orders.views.htmx import by_htmx
from stations.access import at_station
from stations.models import Station

#: A tablet that was offline says how long it kept a form. The first value is assumed if it does not say so. The second
#: is the longest time that the server believes.
USUALLY_KEPT, LONGEST_KEPT = dt.timedelta(hours=12), dt.timedelta(days=30)


@at_station(Right.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, station: Station) -> HttpResponse:
    """Take a walk-in order. It is made at this station if the station can make it."""

    # The tablet kept this form while it was offline, and sends it now by itself (walkin.js). The barista is no longer
    # on the form's page, so the response is the board.
    kept = "Idempotency-Key" in request.headers

    def after(order: Order) -> HttpResponse:
        said = TapResult(_waits(order))
        return board_response(request, station, said, about={order.pk}) if kept else _to_board(request, station, said)

    def refused(slip: Slip) -> HttpResponse:
        return board_response(request, station, TapResult(_not_taken(slip), problem=True), about=set())

    desk = Desk(
        event=station.event,
        template="orders/order.html",
        verb=_("Take the order"),
        place=partial(_place, station, user_of(request)),
        after=after,
        refused=refused if kept else None,
        stations=[station],
        phone_asked=bool(station.event.sms_number),
        for_later=True,
        filled_at=_filled_at(request) if kept else None,
        context={"kind": "walk_in", "station": station, "closed": _closed(station)},
    )
    return serve_order_form(request, desk)


def _filled_at(request: HttpRequest) -> dt.datetime:
    """Return when the tablet stored the form.

    The tablet sends the seconds since then instead of a time, because its clock may be wrong."""
    kept = whole_number(request.headers.get("Kept-Seconds"), most=int(LONGEST_KEPT.total_seconds()))
    return timezone.now() - (USUALLY_KEPT if kept is None else dt.timedelta(seconds=kept))


def _waits(order: Order) -> str:
    if order.held and order.wanted_at:
        time = f"{order.event.local(order.wanted_at):%H:%M}"
        return _("{order} comes onto the board in time for {time}.").format(order=order.called, time=time)
    return _("{order} waits at {station}.").format(order=order.called, station=order.station)


def _closed(station: Station) -> str:
    """Return why this station takes only walk-ins now; "" if it takes all orders."""
    now, event = timezone.now(), station.event
    if event.paused_until and event.paused_until > now:
        return _("The event takes no orders until {time}.").format(time=f"{event.local(event.paused_until):%H:%M}")
    if not event.is_open(now):
        return _("The event is closed.")
    if not station.is_open:
        return _("This station is closed.")
    if station.paused_until and station.paused_until > now:
        return _("This station is paused until {time}.").format(time=f"{event.local(station.paused_until):%H:%M}")
    return ""


def _not_taken(slip: Slip) -> str:
    what = ", ".join(f"{item.quantity} {item.drink}" for item in slip.drinks)
    whose = _("{what} for {name}").format(what=what, name=slip.name) if slip.name else what
    return _("{whose} was not taken. {why}").format(whose=whose, why=" ".join(slip.faults.values()))


def _to_board(request: HttpRequest, station: Station, said: TapResult) -> HttpResponse:
    """Go to the board, which then shows the message. htmx gets a header instead of a redirect, and the form's script
    goes there."""
    messages.add_message(request, messages.WARNING if said.problem else messages.SUCCESS, said.text)
    if by_htmx(request):
        return HttpResponse(headers={"Act": "done"})
    return redirect("board", slug=station.slug)


def _place(station: Station, by: User, taken: SubmittedOrder) -> Order:
    return lifecycle.place(
        station.event,
        items=taken.items,
        channel=Channel.WALK_IN,
        # The barista may have mistyped the number. If its owner were the `customer`, the ticket would show a stranger's
        # texts. Only a text from the number proves whose it is.
        ready_text_to=taken.owner_of_number(),
        name=taken.name,
        by=by,
        key=taken.key,
        at=station,
        wanted_at=taken.wanted_at,
    ).order


@at_station(Right.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, station: Station, pk: int) -> HttpResponse:
    """Show the form that changes the drinks or the name of a waiting order."""
    orders = Order.objects.select_related("event", "station").prefetch_related("items")
    order = get_object_or_404(orders, pk=pk, event=station.event_id)
    if order.status not in NOT_STARTED:
        why = refusal_text(TransitionError("change", order.status), order.event)
        return _to_board(request, station, TapResult(f"{order.called}: {why}", problem=True))

    def after(order: Order) -> HttpResponse:
        return _to_board(request, station, TapResult(_("{order} was changed.").format(order=order.called)))

    desk = Desk(
        event=order.event,
        template="orders/order.html",
        verb=_("Save changes"),
        place=partial(_change, order, user_of(request)),
        after=after,
        stations=[order.station],
        items=items_of(order),
        name=order.name,
        seen=as_shown(order),
        for_later=True,
        wanted_at=time_of(order),
        context={"kind": "edit", "station": station, "order": order},
    )
    return serve_order_form(request, desk)


def _change(order: Order, by: User, taken: SubmittedOrder) -> Order:
    check_shown(order, taken)
    before = time_of(order)
    if wanted(menu_of(order.event), taken.items).items != items_of(order) or taken.name != order.name:
        order = lifecycle.change(order, items=taken.items, name=taken.name, by=by).order
    return want_at(order, wanted_at=taken.wanted_at, by=by).order if taken.wanted_at != before else order
