"""Building blocks of verbs, i.e. of the functions that change an order.

Each verb runs in a transaction, checks for conflicts, records an `OrderEvent`, and tells the boards to render again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.dispatch import Signal

from accounts import tracing
from accounts.models import User
from inventory import stock
from orders import hints, metrics
from orders.models import Order, OrderEvent
from orders.refusals import Refusal, TransitionError
from orders.statuses import BEING_MADE, DROPPED, MADE, NOT_STARTED
from stations.models import Event

#: Signal with `order` and `event` (the new OrderEvent), sent inside the transaction that changed the order. Receivers
#: only write rows. Network calls have to wait until after the commit.
order_moved = Signal()

P = ParamSpec("P")
R = TypeVar("R")


def verb(act: Callable[P, R]) -> Callable[P, R]:
    """Decorator: run the verb in a transaction.

    A Refusal of the verb is caught within the `atomic` block, and raised again after it. If it left the block by
    itself, the caller's own transaction would be marked as broken, or each verb would need a savepoint."""

    @wraps(act)
    def atomically(*args: P.args, **kwargs: P.kwargs) -> R:
        with tracing.span(act.__name__.strip("_")), transaction.atomic(savepoint=False):
            try:
                return act(*args, **kwargs)
            except Refusal as refusal:
                refused = refusal
        metrics.orders_refused.labels(type(refused).__name__).inc()
        raise refused

    return atomically


def lock_event(order: Order) -> None:
    """Lock the event's row, as `place` does. Limits are then checked for one change at a time, and two changes at once
    cannot wait for each other's rows forever."""
    Event.objects.select_for_update().filter(pk=order.event_id).values_list("pk").get()


def lock_unchanged(order: Order, name: str, /, *, of: Sequence[str]) -> None:
    """Lock the order's row.

    Raises TransitionError if the order's status is none of `of`, or if somebody has changed the order since the caller
    read it."""
    mine = _unchanged(order).select_for_update()
    if order.status not in of or not mine.values_list("pk").first():
        raise conflict(order, name)


def _unchanged(order: Order) -> QuerySet[Order]:
    """Return a queryset with the order as the caller has read it. It is empty if somebody has changed the order since.

    The event is named too, so that only one partition is read if the table is partitioned by event."""
    return Order.objects.filter(event=order.event_id, pk=order.pk, status=order.status, version=order.version)


def update_unchanged(order: Order, name: str, /, *, of: Sequence[str], **changes: Any) -> None:
    """Update the order with `changes`, and increment its version.

    Raises TransitionError if the order's status is not in `of`, or if the order has changed since the caller read
    it."""
    mine = _unchanged(order)
    if order.status not in of or not mine.update(version=F("version") + 1, **changes):
        raise conflict(order, name)
    order.version += 1
    for field, value in changes.items():
        setattr(order, field, value)


def conflict(order: Order, name: str) -> TransitionError:
    """Return a TransitionError that names who moved the order first. The order is refreshed from the database."""
    order.refresh_from_db(fields=["status", "version", "closed_at", "station"])
    # Find who changed the status last. Events that kept it, such as one drink ticked off, are not the reason for the
    # conflict.
    last = order.events.exclude(was=F("status")).last()
    return TransitionError(name, order.status, last.by_name if last else "", changed=True)


def event_key(order: Order, key: str | None) -> str | None:
    """Return the key that the OrderEvent gets for a request with the idempotency key `key`; None without a key.

    It includes the order's pk, because one request can move several orders."""
    return f"{order.pk}:{key}" if key else None


def already_done(order: Order, key: str | None) -> bool:
    """Return whether a request with this idempotency key was carried out before. If so, the order is refreshed."""
    if not key or not OrderEvent.objects.filter(key=event_key(order, key)).exists():
        return False
    order.refresh_from_db()
    return True


def record_event(
    order: Order,
    name: str,
    *,
    was: str,
    by: User | None,
    reason: str = "",
    requested: bool = False,
    key: str | None = None,
) -> OrderEvent:
    event = OrderEvent.objects.create(
        order=order,
        verb=name,
        was=was,
        status=order.status,
        by=by,
        by_name=by.called if by else "",
        reason=reason[:200],
        requested=requested,
        key=key,
    )
    announce(order, event)
    return event


def announce(order: Order, event: OrderEvent) -> None:
    """Send the signal `order_moved` within this transaction. After the commit, update the boards and the metrics."""
    order_moved.send(Order, order=order, event=event)
    hints.after_commit(order.station, order.event)
    transaction.on_commit(partial(metrics.count_move, order, event), robust=True)


#: Statuses in which the stock of the order has been used.
_USED = (*BEING_MADE, *MADE)


def settle_stock(order: Order, *, was: str, to: str) -> None:
    """Adjust the stock after the order's status has changed.

    A waiting order has its stock reserved. When a barista starts the order, the stock counts as used. If the order is
    cancelled before, its stock is free again; if it is cancelled later, its stock stays used."""
    needs = stock.from_json(order.reserved)
    if was in NOT_STARTED and to in _USED:
        stock.use(order.station_id, needs)
    elif was in _USED and to in NOT_STARTED:
        stock.put_back(order.station_id, needs)
    elif was in NOT_STARTED and to in DROPPED:
        stock.release(order.station_id, needs)
    elif was in DROPPED and to in NOT_STARTED:
        stock.reserve(order.station_id, needs)
