"""Change the time for which an order is wanted, and release orders for later when it is time to make them.

A worker calls `release_due` regularly. It puts an order for later into its station's queue, early enough to be ready at
the wanted time. The present queue and orders that are wanted earlier are taken into account. Each order is released
only once, even if several workers call the function at once, or late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

import structlog
from django.utils import timezone

from accounts.models import User
from orders.lifecycle import Quoted
from orders.limits import check_open, check_time, check_window
from orders.models import Order
from orders.refusals import TransitionError
from orders.routing import held_for
from orders.statements import Queue, workload_of
from orders.statuses import NOT_STARTED, Status
from orders.verbs import lock_event, lock_unchanged, record_event, update_unchanged, verb
from orders.waits import Wait, hands_on_minutes

log = structlog.get_logger(__name__)

#: Held orders are looked at from this time before their wanted time on. No queue is so long that one has to be started
#: earlier.
_LOOKS_AHEAD = dt.timedelta(hours=2)


@verb
def want_at(order: Order, *, wanted_at: dt.datetime | None, by: User | None = None) -> Quoted:
    """Change the time for which a waiting order is wanted; None means as soon as possible.

    The order keeps its station and its stock. Raises TransitionError once a barista has started the order, and the
    exceptions about times that `lifecycle.place` raises."""
    event, now = order.event, timezone.now()
    if wanted_at:
        check_time(event, wanted_at, now)
    elif order.held:
        check_open(event, now)
    lock_event(order)
    lock_unchanged(order, "retime", of=NOT_STARTED)
    workload = workload_of(event, before=None if order.held else order, wanted_at=wanted_at)
    if wanted_at and not _in_one_window(order, wanted_at):
        check_window(event, workload, order.cups, now, wanted_at=wanted_at)
    here = next(queue for queue in workload.queues if queue.station.pk == order.station_id)
    held = held_for(wanted_at, here, order.minutes, cups=order.cups, now=now)
    wait = held or Wait.at(order.station, _hands_on(here, order, Decimal()), position=here.orders_ahead + 1)
    quoted_from, quoted_to = wait.span(now)
    update_unchanged(
        order,
        "retime",
        of=NOT_STARTED,
        wanted_at=wanted_at,
        held=held is not None or order.pay_by is not None,
        placed_at=now if order.held and not held and not order.pay_by else order.placed_at,
        quoted_from=quoted_from,
        quoted_to=quoted_to,
        hands_on_minutes=None,
    )
    record_event(order, "retime", was=order.status, by=by)
    return Quoted(order, wait)


def _in_one_window(order: Order, wanted_at: dt.datetime) -> bool:
    """Return whether the limit of drinks around `wanted_at` already counts this order, because the time that it has now
    is near enough."""
    counted_at = order.wanted_at if order.held and order.wanted_at else order.placed_at
    return abs(counted_at - wanted_at) < dt.timedelta(minutes=order.event.window_minutes)


@verb
def release_order(order: Order, *, hands_on: float) -> Order:
    """Put an order that was held back into its station's queue.

    Raises TransitionError if the order has changed since it was read, for example because another worker released
    it."""
    update_unchanged(order, "release", of=NOT_STARTED, held=False, placed_at=timezone.now(), hands_on_minutes=hands_on)
    record_event(order, "release", was=order.status, by=None)
    return order


def release_due() -> None:
    now = timezone.now()
    held = Order.objects.filter(held=True, pay_by=None, status=Status.WAITING, wanted_at__lte=now + _LOOKS_AHEAD)
    rows = held.select_related("event", "station").order_by("station", "wanted_at", "pk")
    for _, orders in groupby(rows, key=lambda order: order.station_id):
        for order, hands_on in _due(list(orders), now):
            try:
                release_order(order, hands_on=hands_on)
            except TransitionError:
                # Skip the order: it was changed, or another worker released it. The next call reads it again.
                continue
            log.info("released", order=order.pk)


def _due(orders: Sequence[Order], now: dt.datetime) -> list[tuple[Order, float]]:
    """Return the orders that have to join the queue now, each with the hands-on minutes of work until it is ready.

    `orders` are the held orders of one station, sorted by wanted time. If one of them would otherwise be late, it has
    to join, and so do all before it."""
    station = orders[0].station
    queue = next(queue for queue in workload_of(orders[0].event).queues if queue.station.pk == station.pk)
    before, due, waits = Decimal(), 0, []
    for number, order in enumerate(orders, start=1):
        waits.append(_hands_on(queue, order, before))
        latest = Wait.at(station, waits[-1], position=1).latest
        if order.wanted_at and now + dt.timedelta(minutes=latest) >= order.wanted_at:
            due = number
        before += order.minutes
    return list(zip(orders, waits, strict=True))[:due]


def _hands_on(queue: Queue, order: Order, before: Decimal) -> float:
    return hands_on_minutes(queue.station, queue.minutes_ahead + before, order.minutes, cups=order.cups)
