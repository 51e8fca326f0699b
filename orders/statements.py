"""Hand-written SQL for `lifecycle.place`. Every text waits for these statements, and they are faster than the ORM.

Boards also read the workload from this module. A test checks that the statements have the same results as the ORM."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import Customer
from accounts.rows import IS_POSTGRES, Columns, Insert, execute, fetch_all
from inventory import stock
from inventory.snapshot import Needs
from orders.models import Order, OrderEvent, OrderItem, code_of, next_free
from orders.refusals import CannotBeMade
from orders.statuses import BEING_MADE, DROPPED, OPEN, STATUSES, TO_MAKE
from stations.models import Event, Station

_STATION = Columns(Station, alias="station")
_ORDER, _ITEM, _EVENT = Insert(Order), Insert(OrderItem), Insert(OrderEvent)
#: SQL for an item and for the first event of a new order, in a statement that also inserts the order, as `placed`. Its
#: primary key is not known before, so these rows select it from `placed`.
_ITEM_OF_PLACED, _EVENT_OF_PLACED = (insert.row_with(order_id="(SELECT id FROM placed)") for insert in (_ITEM, _EVENT))


@dataclass(frozen=True, slots=True)
class Queue:
    """A station with its stock and its queue. If the queue is read for one order, only the work ahead of that order
    counts."""

    station: Station
    #: Hands-on minutes (work as the menu states it) of the orders ahead.
    minutes_ahead: Decimal
    orders_ahead: int
    #: The amount on hand that is not reserved, by the ingredient's pk. Contains only ingredients that the station
    #: counts.
    free: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Workload:
    """The queues of an event's stations, and the numbers that the event's limits are checked against."""

    queues: tuple[Queue, ...] = ()
    #: Number of the customer's orders that are waiting or being made.
    customer_to_make: int = 0
    #: Number of drinks that count for the event's limit of drinks per time window; 0 without such a limit. These are
    #: drinks ordered less than a window before the wanted time (or before now), and drinks of held orders that are
    #: wanted less than a window before or after it.
    window_cups: int = 0
    #: True if an open order has the code that was passed to `workload_of`.
    code_taken: bool = False


#: SQL functions that build a JSON array from values, and from rows. PostgreSQL and SQLite have different names for
#: them.
JSON_ARRAY, JSON_ROWS = ("json_build_array", "json_agg") if IS_POSTGRES else ("json_array", "json_group_array")


def take_number(event: Event) -> int:
    """Count one more order of the event, and return how many it has had.

    The statement locks the event's row until the commit, so only one order at a time is placed."""
    taken = "UPDATE stations_event SET orders_taken = orders_taken + 1 WHERE id = %s RETURNING orders_taken"
    [(number,)] = fetch_all(taken, [event.pk])
    return int(number)


def _names(statuses: Iterable[str]) -> str:
    """Return the statuses as a list in SQL."""
    return "(" + ", ".join(f"'{status}'" for status in statuses) + ")"


#: Condition for orders that are ahead of a given order: those being made, and those before it by
#: `orders.models.IN_TURN`. Of several orders that were put first, the one that was put there latest is ahead.
_AHEAD = f"""(
      status IN {_names(BEING_MADE)} OR COALESCE(first_at, %(never)s) > %(first_at)s
      OR COALESCE(first_at, %(never)s) = %(first_at)s AND (placed_at, id) < (%(placed_at)s, %(before)s)
    )"""
#: Stands for the `first_at` of an order that was not put first. NULL cannot be compared in SQL.
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

_COST = " ".join(f"WHEN '{status}' THEN minutes * {STATUSES[status].work_left}" for status in BEING_MADE)
#: Condition for orders in the queue. All these are open, but SQLite uses its index of open orders only if the query
#: says so.
_IN_QUEUE = f"status IN {_names(OPEN)} AND status IN {_names(TO_MAKE)} AND NOT held"
_WORKLOAD = f"""
SELECT {_STATION},
  COALESCE(ahead.minutes_ahead, 0),
  COALESCE(ahead.orders_ahead, 0),
  CAST((
    SELECT {JSON_ROWS}({JSON_ARRAY}(ingredient_id, CAST(ROUND(on_hand - reserved, 2) AS text))) FROM inventory_stock
    WHERE station_id = station.id
  ) AS text),
  (
    SELECT COUNT(*) FROM orders_order
    WHERE customer_id = %(customer)s AND event_id = %(event)s AND status IN {_names(TO_MAKE)}
  ),
  COALESCE((
    SELECT SUM(cups) FROM orders_order
    WHERE event_id = %(event)s AND placed_at > %(since)s AND status NOT IN {_names(DROPPED)}
    AND (NOT held OR pay_by IS NOT NULL AND wanted_at IS NULL)
  ), 0) + COALESCE((
    SELECT SUM(cups) FROM orders_order
    WHERE event_id = %(event)s AND held AND status = 'waiting' AND wanted_at > %(since)s AND wanted_at < %(until)s
  ), 0),
  EXISTS (
    SELECT 1 FROM orders_order
    WHERE event_id = %(event)s AND code = %(code)s AND status IN {_names(OPEN)}
  )
FROM stations_station AS station
LEFT JOIN (
  SELECT station_id, SUM(CASE status {_COST} ELSE minutes END) AS minutes_ahead, COUNT(*) AS orders_ahead
  FROM orders_order
  WHERE event_id = %(event)s
  AND {_IN_QUEUE}
  AND {_AHEAD}
  GROUP BY station_id
) AS ahead ON ahead.station_id = station.id
WHERE station.event_id = %(event)s
ORDER BY station.position, station.name
"""


def workload_of(
    event: Event,
    *,
    customer: Customer | None = None,
    code: str = "",
    before: Order | None = None,
    wanted_at: dt.datetime | None = None,
) -> Workload:
    """Read each station's stock and queue, and the numbers for the event's limits.

    If `before` is given, only the work ahead of that order counts; otherwise all orders in the queue count. The drinks
    of the time window are counted around `wanted_at`, or around now if it is None."""
    now = timezone.now()
    window = dt.timedelta(minutes=event.window_minutes if event.max_drinks_per_window else 0)
    moment = connection.ops.adapt_datetimefield_value
    rows = fetch_all(
        _WORKLOAD,
        {
            "event": event.pk,
            "customer": customer.pk if customer else None,
            "code": code,
            "before": before.pk if before else 0,
            "never": moment(_NEVER),
            "first_at": moment(before.first_at if before and before.first_at else _NEVER),
            "placed_at": moment(before.placed_at if before else now + dt.timedelta(days=1)),
            "since": moment((wanted_at or now) - window),
            "until": moment((wanted_at or now) + window),
        },
    )
    if not rows:
        return Workload()
    customer_to_make, window_cups, code_taken = rows[0][-3:]
    return Workload(tuple(_queue(event, row) for row in rows), customer_to_make, window_cups, bool(code_taken))


def _queue(event: Event, row: Sequence[Any]) -> Queue:
    station = _STATION.instance(row[: len(_STATION)])
    station.event = event
    minutes_ahead, orders_ahead, free = row[len(_STATION) : -3]
    levels = {ingredient: Decimal(amount) for ingredient, amount in json.loads(free or "[]")}
    return Queue(station, Decimal(str(minutes_ahead)), orders_ahead, levels)


def take_code(event: Event, customer: Customer | None, wanted_at: dt.datetime | None = None) -> tuple[str, Workload]:
    """Lock the event, take the next free order code, and then read the workload.

    The lock lasts until the commit. So while limits, stock and station of this order are decided, no other order is
    placed. If this order is refused, its code is skipped. Raises CannotBeMade if all codes are in use."""
    number = take_number(event)
    workload = workload_of(event, customer=customer, code=code_of(number), wanted_at=wanted_at)
    if workload.code_taken:
        # Use the next free code. Codes repeat after 1,683 orders, and an open order still has this one.
        free = next_free(number, set(Order.objects.open().filter(event=event).values_list("code", flat=True)))
        if free is None:
            raise CannotBeMade
        Event.objects.filter(pk=event.pk).update(orders_taken=free)
        number = free
    return code_of(number), workload


def reserve_if_free(station_id: int, needs: Needs) -> bool:
    """Reserve all amounts and return True. If an amount is not free any more, reserve nothing and return False.

    Rows are locked by ascending primary key, as everywhere in `inventory.stock`. So two orders cannot wait for each
    other's rows forever."""
    if not needs:
        return True
    ingredients = ", ".join(["%s"] * len(needs))
    amount = f"CAST(CASE ingredient_id {'WHEN %s THEN %s ' * len(needs)}END AS numeric)"
    rows = f"SELECT id FROM inventory_stock WHERE station_id = %s AND ingredient_id IN ({ingredients})"
    if IS_POSTGRES:
        rows += " ORDER BY id FOR UPDATE"
    amounts = [value for need in needs.items() for value in need]
    reserved = fetch_all(
        f"WITH levels AS ({rows}) UPDATE inventory_stock SET reserved = ROUND(reserved + {amount}, 2)"
        f" WHERE id IN (SELECT id FROM levels) AND ROUND(on_hand - reserved, 2) >= {amount} RETURNING ingredient_id",
        [station_id, *needs, *amounts, *amounts],
    )
    if len(reserved) == len(needs):
        return True
    stock.release(station_id, {ingredient: needs[ingredient] for (ingredient,) in reserved})
    return False


def insert_order(order: Order, items: Sequence[OrderItem], event: OrderEvent) -> None:
    """Insert an order with its items and its first event. On PostgreSQL this is one statement."""
    if IS_POSTGRES:
        rows = ", ".join([_ITEM_OF_PLACED] * len(items))
        values = [value for item in items for value in _ITEM.values(item, without="order_id")]
        [(order.pk, event.pk)] = fetch_all(
            f"WITH placed AS ({_ORDER} RETURNING id), items AS ({_ITEM.into} {rows})"
            f" {_EVENT.into} {_EVENT_OF_PLACED} RETURNING order_id, id",
            [*_ORDER.values(order), *values, *_EVENT.values(event, without="order_id")],
        )
    else:
        [(order.pk,)] = fetch_all(f"{_ORDER} RETURNING id", _ORDER.values(order))
        event.order_id = order.pk
        for item in items:
            item.order_id = order.pk
        values = [value for item in items for value in _ITEM.values(item)]
        execute(f"{_ITEM.into} {', '.join([_ITEM.row] * len(items))}", values)
        [(event.pk,)] = fetch_all(f"{_EVENT} RETURNING id", _EVENT.values(event))
    order._state.adding = event._state.adding = False
