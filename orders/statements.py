"""The statements of `lifecycle.place` that are written out: every text waits for them.

Django takes longer to build them than the database to answer them. A test compares what they read with the ORM."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from accounts.models import Customer
from accounts.rows import Columns
from orders.models import Order
from stations.models import Event, Station

_STATION = Columns(Station, alias="station")


@dataclass(frozen=True, slots=True)
class Queue:
    """A station, and the work at it that comes before the order in question."""

    station: Station
    #: Hands-on minutes.
    minutes_ahead: Decimal
    orders_ahead: int


@dataclass(frozen=True, slots=True)
class Workload:
    """The queues of an event's stations, and the counts that the event's limits are checked against."""

    queues: tuple[Queue, ...] = ()
    #: Orders that the customer has waiting or being made.
    customer_open: int = 0
    #: Drinks ordered within the event's window; 0 where the event has no window.
    window_cups: int = 0
    #: An open order has the code that was asked for.
    code_taken: bool = False


#: All three open statuses are named, as in the index of open orders: SQLite uses a partial index only for a query that
#: repeats its condition.
_WORKLOAD = f"""
SELECT {_STATION},
  COALESCE((
    SELECT SUM(CASE status WHEN 'making' THEN minutes * 0.5 ELSE minutes END) FROM orders_order
    WHERE station_id = station.id AND status IN ('waiting', 'making', 'ready') AND status <> 'ready'
    AND (status = 'making' OR (placed_at, id) < (%(placed_at)s, %(before)s))
  ), 0),
  (
    SELECT COUNT(*) FROM orders_order
    WHERE station_id = station.id AND status IN ('waiting', 'making', 'ready') AND status <> 'ready'
    AND (status = 'making' OR (placed_at, id) < (%(placed_at)s, %(before)s))
  ),
  (
    SELECT COUNT(*) FROM orders_order
    WHERE customer_id = %(customer)s AND event_id = %(event)s AND status IN ('waiting', 'making')
  ),
  COALESCE((
    SELECT SUM(cups) FROM orders_order
    WHERE event_id = %(event)s AND placed_at > %(since)s AND status <> 'cancelled'
  ), 0),
  EXISTS (
    SELECT 1 FROM orders_order
    WHERE event_id = %(event)s AND code = %(code)s AND status IN ('waiting', 'making', 'ready')
  )
FROM stations_station AS station
WHERE station.event_id = %(event)s
ORDER BY station.position, station.name
"""


def workload_of(
    event: Event, *, customer: Customer | None = None, code: str = "", before: Order | None = None
) -> Workload:
    """What comes before a new order, or before one that was placed already (`before`)."""
    now = timezone.now()
    since = now - dt.timedelta(minutes=event.window_minutes) if event.max_drinks_per_window else now
    moment = connection.ops.adapt_datetimefield_value
    asked = {
        "event": event.pk,
        "customer": customer.pk if customer else None,
        "code": code,
        "before": before.pk if before else 0,
        "placed_at": moment(before.placed_at if before else now + dt.timedelta(days=1)),
        "since": moment(since),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WORKLOAD, asked)
        rows = cursor.fetchall()
    if not rows:
        return Workload()
    width = len(_STATION)
    queues = []
    for row in rows:
        station = _STATION.instance(row[:width])
        station.event = event
        minutes_ahead, orders_ahead = row[width : width + 2]
        queues.append(Queue(station, Decimal(str(minutes_ahead)), orders_ahead))
    customer_open, window_cups, code_taken = rows[0][width + 2 :]
    return Workload(tuple(queues), customer_open, window_cups, bool(code_taken))
