"""Close orders that were left open on an earlier day.

Otherwise they would still count in quoted waits, and be shown on the wall display.

An open order is left over if it was placed before the event's present day began, and more than LEFT_AFTER ago. The
board has a button to close such orders. Those that are not closed by a barista are closed by a worker when the event
opens. Customers get no text, because nobody still waits for yesterday's coffee."""

from __future__ import annotations

import datetime as dt

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from orders import lifecycle
from orders.models import Order
from orders.refusals import TransitionError
from orders.statuses import OPEN, TO_MAKE
from stations.models import Event

log = structlog.get_logger(__name__)

#: Younger orders are never left over: an order that was placed just before the end of the day can still be made after
#: it.
LEFT_AFTER = dt.timedelta(hours=3)
#: While an event is closed, a worker closes left-over orders that are older than this. The others are closed when it
#: opens.
NEVER_OPENS = dt.timedelta(hours=24)


def left_over(event: Event, now: dt.datetime) -> QuerySet[Order]:
    """Return the event's left-over orders: open orders that were placed before `left_before`."""
    return Order.objects.open().in_queue().filter(event=event, placed_at__lt=left_before(event, now))


def left_before(event: Event, now: dt.datetime) -> dt.datetime:
    return min(event.day_began(now), now - LEFT_AFTER)


def close_left_over(event: Event, *, by: User | None, before: dt.datetime | None = None) -> int:
    """Close the event's left-over orders, or only those placed before `before`. Return how many were closed."""
    orders = left_over(event, timezone.now()).select_related("event", "station")
    if before is not None:
        orders = orders.filter(placed_at__lt=before)
    closed = 0
    for order in orders:
        try:
            if order.status in TO_MAKE:
                lifecycle.lapse(order, by=by)
            else:
                lifecycle.not_collected(order, by=by)
        except TransitionError:
            # Skip the order: a barista finished it after this function had read it.
            continue
        closed += 1
    return closed


def close_at_opening() -> None:
    """Close left-over orders of all events. While an event is closed, close only those that are older than
    NEVER_OPENS."""
    now = timezone.now()
    old = Order.objects.in_queue().filter(status__in=OPEN, placed_at__lt=now - LEFT_AFTER)
    for event in Event.objects.filter(pk__in=old.values("event")):
        closed = close_left_over(event, by=None, before=None if event.is_open(now) else now - NEVER_OPENS)
        if closed:
            log.info("left_over_closed", at=event.pk, orders=closed)
