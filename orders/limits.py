"""Check an order against the event's limits.

The limits are the opening hours, how far ahead an order can be placed, drinks per order, drinks per time window, drinks
in open orders from one network, and open orders of one customer."""

from __future__ import annotations

import datetime as dt

from django.db.models import Sum

from orders.models import Order
from orders.refusals import (
    ClosedThen,
    EventClosed,
    FullThen,
    NotForLater,
    TimePassed,
    TooFarAhead,
    TooManyDrinks,
    TooManyFromHere,
    TooManyOrders,
    WindowFull,
)
from orders.requirements import Wanted
from orders.statements import Workload
from orders.statuses import DROPPED
from stations import features
from stations.models import Event

#: Maximum number of drinks in open orders from one network, for each barista at work. It is what one barista makes in
#: about 20 minutes.
CUPS_OF_NETWORK = 20
#: How far ahead a drink can be ordered. The customer is texted when it is ready, and WhatsApp delivers this text only
#: within 24 hours of the customer's last message.
MOST_AHEAD = dt.timedelta(hours=24)
#: If the wanted time has passed by less than this, it is accepted: at 9:15:40, a customer can still choose 9:15.
_JUST_NOW = dt.timedelta(minutes=1)


def check_open(event: Event, now: dt.datetime) -> None:
    if not event.is_open(now):
        raise EventClosed(event.opens_next(now), paused=bool(event.paused_until and event.paused_until > now))


def check_time(event: Event, wanted_at: dt.datetime, now: dt.datetime, *, even_closed: bool = False) -> None:
    """Raise NotForLater, TimePassed, TooFarAhead or ClosedThen if no order can be placed for the time `wanted_at`.

    With `even_closed`, times at which the event is closed are accepted."""
    if not features.has_feature(event, features.ORDER_FOR_LATER):
        raise NotForLater
    if wanted_at < now - _JUST_NOW:
        raise TimePassed(event.local(wanted_at))
    if wanted_at > now + MOST_AHEAD:
        raise TooFarAhead(event.local(now + MOST_AHEAD))
    if not even_closed and not event.is_open(wanted_at):
        raise ClosedThen(event.local(wanted_at), event.opens_next(wanted_at))


def check_size(event: Event, order: Wanted) -> None:
    if order.cups > event.max_drinks_per_order:
        raise TooManyDrinks(event.max_drinks_per_order)


def check_customer(event: Event, workload: Workload) -> None:
    if event.max_open_orders and workload.customer_to_make >= event.max_open_orders:
        raise TooManyOrders(event.max_open_orders)


def check_window(
    event: Event, workload: Workload, cups: int, now: dt.datetime, *, wanted_at: dt.datetime | None = None
) -> None:
    """Raise WindowFull if `cups` more drinks would exceed the event's limit of drinks per time window.

    For an order for later, count the drinks wanted around `wanted_at`, and raise FullThen instead. Raise TooManyDrinks
    if `cups` alone exceeds the limit."""
    limit = event.max_drinks_per_window
    if limit and cups > limit:
        raise TooManyDrinks(limit)
    if limit and cups > 0 and workload.window_cups + cups > limit:
        if wanted_at:
            raise FullThen(event.local(wanted_at))
        raise WindowFull(_room_again(event, cups, now))


def check_network(event: Event, workload: Workload, network: str, cups: int, now: dt.datetime) -> None:
    """Raise TooManyFromHere if open orders from one network would have too many drinks together with `cups` more.

    A drink that is ready counts until somebody collects it. Otherwise prank orders, which nobody collects, would stop
    counting as soon as they are made."""
    if not network or cups <= 0:
        return
    baristas = sum(queue.station.baristas for queue in workload.queues if queue.station.takes_orders(now))
    held = Order.objects.open().filter(event=event, network=network).aggregate(cups=Sum("cups"))["cups"] or 0
    if held + cups > CUPS_OF_NETWORK * max(1, baristas):
        raise TooManyFromHere


def _room_again(event: Event, cups: int, now: dt.datetime) -> dt.datetime:
    """Return when `cups` more drinks can be ordered: the time window moves on, and drinks ordered before it do not
    count."""
    window = dt.timedelta(minutes=event.window_minutes)
    taken = Order.objects.filter(event=event, placed_at__gt=now - window).exclude(status__in=DROPPED)
    rows = list(taken.order_by("placed_at").values_list("placed_at", "cups"))
    room = event.max_drinks_per_window - sum(taken_cups for _, taken_cups in rows)
    for placed_at, leaving in rows:
        room += leaving
        if room >= cups:
            return event.local(placed_at + window)
    return event.local(now)
