"""Functions that move an order from waiting to collected, move it back, or cancel it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from inventory import stock
from inventory.snapshot import menu_of
from orders import hints
from orders.models import Order
from orders.refusals import CodeTaken, TransitionError
from orders.requirements import items_of, wanted
from orders.routing import choose, lock_free
from orders.statements import workload_of
from orders.statuses import BEING_MADE, NOT_STARTED, OPEN, STATUSES, TO_MAKE, Status
from orders.steps import STEPS
from orders.verbs import (
    already_done,
    conflict,
    event_key,
    lock_event,
    lock_unchanged,
    record_event,
    settle_stock,
    update_unchanged,
    verb,
)
from orders.waits import learn
from stations.models import Station

#: A closed order can be put back on the board only within this time after it was closed.
RECALL = dt.timedelta(minutes=30)
#: For each status, the time field that is set when an order gets this status, such as `ready_at`. If an undo takes the
#: status back, the field is emptied.
_STAMPED = {step.to: step.stamps for step in STEPS.values()}


def start(order: Order, *, by: User | None, key: str | None = None) -> Order:
    return _step(order, "start", by=by, key=key)


def mark_ready(order: Order, *, by: User | None, key: str | None = None) -> Order:
    return _step(order, "ready", by=by, key=key)


def collect(order: Order, *, by: User | None, key: str | None = None) -> Order:
    return _step(order, "collect", by=by, key=key)


def not_collected(order: Order, *, by: User | None, key: str | None = None) -> Order:
    return _step(order, "not_collected", by=by, key=key)


def cancel(
    order: Order, *, by: User | None = None, reason: str = "", requested: bool = False, key: str | None = None
) -> Order:
    """Cancel the order. `by` is the barista, or None if the customer cancels.

    If nobody has started the order, its stock is released. `requested` is True if a barista cancels because the
    customer asked for it."""
    return _step(order, "cancel", by=by, reason=reason, requested=requested, key=key)


@verb
def lapse(order: Order, *, by: User | None) -> Order:
    """Cancel an order of an earlier day that was never made. The customer gets no text."""
    if order.status not in TO_MAKE:
        raise conflict(order, "lapse")
    closed = {STEPS["cancel"].stamps: timezone.now(), "wish": None}
    move_status(order, "lapse", to=Status.CANCELLED, by=by, changes=closed)
    return order


@verb
def undo(order: Order, *, by: User | None, key: str | None = None, seen: int | None = None) -> Order:
    """Take the order's last step back, for example from ready to making, or from cancelled to the status before. A
    closed order can be put back on the board only within RECALL.

    `seen` is the version that the barista saw, perhaps minutes ago. If the order has changed since, TransitionError is
    raised. If another open order has the order's code now, CodeTaken is raised.

    The order returns to the queue even if its stock was given to other orders meanwhile, or the event's limit is
    reached. `availability.oversold` then says what is exceeded."""
    if already_done(order, key):
        return order
    if seen is not None and order.version != seen:
        raise conflict(order, "undo")
    was = order.status
    to = STATUSES[was].back or (was == Status.CANCELLED and _before_cancel(order))
    if not to or is_past_recall(order, timezone.now()):
        raise TransitionError("undo", was)
    if was not in OPEN:
        _check_code_is_free(order)
    cleared = (
        {_STAMPED[was]: None, "wish": None}
        | ({"maker": None} if to in NOT_STARTED else {})
        # An order that was held back until its payment does not wait for it again after its cancellation is taken back.
        # It goes into the queue at once, because the customer can pay at the bar.
        | ({"held": False} if order.wanted_at is None else {})
    )
    move_status(order, "undo", to=to, by=by, key=key, changes=cleared)
    if to in NOT_STARTED:
        order.items.update(made=False)
    return order


def _check_code_is_free(order: Order) -> None:
    """Raise CodeTaken if another open order has the code.

    The event is locked, so that no new order can take the code meanwhile."""
    lock_event(order)
    if Order.objects.open().filter(event=order.event_id, code=order.code).exists():
        raise CodeTaken


def is_past_recall(order: Order, now: dt.datetime) -> bool:
    """Return whether the order was closed too long ago to be put back on the board."""
    return order.closed_at is not None and now - order.closed_at > RECALL


@verb
def take_over(order: Order, *, by: User, key: str | None = None) -> Order:
    """Make `by` the barista of an order that another barista has started."""
    if already_done(order, key):
        return order
    if order.maker_id == by.pk:
        raise conflict(order, "take_over")
    update_unchanged(order, "take_over", of=BEING_MADE, maker=by)
    record_event(order, "take_over", was=order.status, by=by, key=event_key(order, key))
    return order


@verb
def tick(order: Order, *, item: int, made: bool, by: User | None, key: str | None = None) -> Order:
    """Mark one item of an order as made, or as not made. The order's status stays the same.

    Raises TransitionError if nobody is making the order now, or if the order does not have this item any more."""
    if already_done(order, key):
        return order
    if not order.items.filter(pk=item).exists():
        raise conflict(order, "tick")
    update_unchanged(order, "tick", of=BEING_MADE)
    order.items.filter(pk=item).update(made=made)
    record_event(order, "tick", was=order.status, by=by, key=event_key(order, key))
    return order


@verb
def put_first(order: Order, *, by: User | None, key: str | None = None) -> Order:
    """Put a waiting order at the very front of its station's queue, also before orders that were put first earlier."""
    return _put(order, "first", first_at=timezone.now(), by=by, key=key)


@verb
def put_in_turn(order: Order, *, by: User | None, key: str | None = None) -> Order:
    """Take `put_first` back: the order returns to the place in the queue that it has by its time of placing."""
    return _put(order, "in_turn", first_at=None, by=by, key=key)


def _put(order: Order, name: str, *, first_at: dt.datetime | None, by: User | None, key: str | None) -> Order:
    if already_done(order, key):
        return order
    update_unchanged(order, name, of=NOT_STARTED, first_at=first_at)
    record_event(order, name, was=order.status, by=by, key=event_key(order, key))
    return order


@verb
def move(order: Order, *, to: Station, by: User | None, key: str | None = None) -> Order:
    """Move a waiting order to another station of the event. Its position there depends on when the order was placed.

    Raises CannotBeMade if the other station cannot make the order, or TransitionError once a barista has started it."""
    if already_done(order, key):
        return order
    snapshot = menu_of(order.event)
    lock_event(order)
    lock_unchanged(order, "move", of=NOT_STARTED)
    there = [queue for queue in workload_of(order.event, before=order).queues if queue.station.pk == to.pk]
    order_wanted = wanted(snapshot, items_of(order))
    free = lock_free(snapshot, there, order_wanted)
    then = order.wanted_at if order.held else None
    route = choose(snapshot, there, order_wanted, free=free, now=then or timezone.now())
    left, held = order.station, stock.from_json(order.reserved)
    update_unchanged(
        order,
        "move",
        of=NOT_STARTED,
        station=route.station,
        first_at=None,
        hands_on_minutes=None,
        reserved=stock.as_json(route.reserve),
    )
    stock.release(left.pk, held)
    stock.reserve(route.station.pk, route.reserve)
    record_event(order, "move", was=order.status, by=by, key=event_key(order, key))
    hints.after_commit(left, order.event)
    return order


@verb
def text_failed(order: Order) -> None:
    """Show on the ticket that the customer did not get the text "ready". The barista then calls the customer's name."""
    if Order.objects.filter(event=order.event_id, pk=order.pk, call_name=False).update(
        call_name=True, version=F("version") + 1
    ):
        order.call_name = True
        hints.after_commit(order.station, order.event)


@verb
def _step(
    order: Order,
    name: str,
    *,
    by: User | None,
    reason: str = "",
    requested: bool = False,
    key: str | None = None,
) -> Order:
    if already_done(order, key):
        return order
    step = STEPS[name]
    if order.status not in step.of:
        raise conflict(order, name)
    # If the customer asked for a change and the barista has not answered, this step ends the request.
    changes: dict[str, Any] = {step.stamps: timezone.now(), "wish": None, "pay_by": None}
    if name == "start" or (name == "ready" and order.maker_id is None):
        changes["maker"] = by
    if name != "cancel":
        # A barista may start a held order before its wanted time or its payment. It is not held any more then. If a
        # held order is cancelled, `held` stays: should the cancellation be taken back, an order for later has to wait
        # for its time again.
        changes["held"] = False
    move_status(order, name, to=step.to, by=by, reason=reason, requested=requested, key=key, changes=changes)
    if name == "ready":
        learn(order)
    return order


def move_status(
    order: Order,
    name: str,
    *,
    to: str,
    by: User | None,
    reason: str = "",
    requested: bool = False,
    key: str | None = None,
    changes: dict[str, Any],
) -> None:
    was = order.status
    try:
        update_unchanged(order, name, of=(was,), status=to, **changes)
    except TransitionError:
        if already_done(order, key):
            return
        raise
    settle_stock(order, was=was, to=to)
    record_event(order, name, was=was, by=by, reason=reason, requested=requested, key=event_key(order, key))


def _before_cancel(order: Order) -> str:
    return order.events.filter(status=Status.CANCELLED).exclude(was=Status.CANCELLED).latest("pk").was
