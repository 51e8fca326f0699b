"""Orders for later: for which times they are taken, which bar makes them, and whether they are held back.

Such an order is placed at once: it has its code, and its stock is reserved, so that what was promised is still there
when it is made. Until it is time to make it, it is held back: it stands on no board, and nobody waits behind it.
`rescheduling` releases it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import Sum

from orders.models import Order, Status
from orders.refusals import ClosedThen, TimePassed, TooFarAhead
from orders.statements import Queue
from orders.waits import Wait, hands_on_minutes, until
from stations.models import Event

#: A ready text over WhatsApp can be sent for a day after the customer's last message.
MOST_AHEAD = dt.timedelta(hours=24)
#: A minute that has just begun still counts as now.
_JUST_NOW = dt.timedelta(minutes=1)
#: Orders wanted so near one another share the baristas.
_TOGETHER = dt.timedelta(minutes=30)


def check_time(event: Event, wanted_at: dt.datetime, now: dt.datetime) -> None:
    """Raise TimePassed, TooFarAhead or ClosedThen for a time for which no order is taken."""
    if wanted_at < now - _JUST_NOW:
        raise TimePassed(event.local(wanted_at))
    if wanted_at > now + MOST_AHEAD:
        raise TooFarAhead(event.local(now + MOST_AHEAD))
    if not event.is_open(wanted_at):
        raise ClosedThen(event.local(wanted_at), event.opens_next(wanted_at))


def queues_then(queues: Sequence[Queue], wanted_at: dt.datetime, now: dt.datetime) -> list[Queue]:
    """The queues as far as they can be foreseen: today's work that will not be done by then, and orders held for then.

    Takes one statement, for orders that are wanted for a time."""
    around = (wanted_at - _TOGETHER, wanted_at + _TOGETHER)
    held = Order.objects.filter(
        held=True, status=Status.WAITING, wanted_at__range=around, station__in=[queue.station for queue in queues]
    )
    minutes = dict(held.values_list("station").annotate(Sum("minutes")))
    lead = max(0.0, (wanted_at - now).total_seconds() / 60)
    return [
        replace(
            queue,
            minutes_ahead=max(Decimal(), queue.minutes_ahead - Decimal(lead * queue.station.baristas))
            + minutes.get(queue.station.pk, Decimal()),
        )
        for queue in queues
    ]


def held_for(
    wanted_at: dt.datetime | None, queue: Queue, minutes: Decimal, *, cups: int, now: dt.datetime
) -> Wait | None:
    """The wait of an order that is held back for its time; None where it has to join the queue at once."""
    if wanted_at is None:
        return None
    hands_on = hands_on_minutes(queue.station, queue.minutes_ahead, minutes, cups=cups)
    if now + dt.timedelta(minutes=Wait.at(queue.station, hands_on, position=1).latest) >= wanted_at:
        return None
    return until(wanted_at, now)
