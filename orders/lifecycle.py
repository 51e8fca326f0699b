"""The life of an order: the one transition table, and one verb for each way through it.

Every verb is atomic: status, `OrderEvent`, stock and whatever listens to `order_moved` change together or not at
all. A verb refuses before it writes, so a caller's own transaction stays good after a Refusal. Boards hear of it
after the commit. Each verb takes the order as the caller saw it: when somebody else moved it since, it raises
TransitionError and changes nothing. The same `key` (a request's idempotency key) moves an order once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Customer, User
from inventory import stock
from inventory.snapshot import menu_of
from orders import announce
from orders.codes import code_of
from orders.items import Item
from orders.models import OPEN, Order, OrderEvent, OrderItem, Status
from orders.refusals import EventClosed, Refusal, TooManyDrinks, TooManyOrders, TransitionError, WindowFull
from orders.routing import choose, queues
from orders.signals import order_moved
from orders.wanted import Wanted, rows_of, wanted
from stations.models import Event, Station

#: How long a closed order can be called back.
RECALL = dt.timedelta(minutes=30)


class Step(NamedTuple):
    """Statuses the verb applies to, the one it leads to, and the moment it sets."""

    of: tuple[str, ...]
    to: str
    stamps: str


STEPS: dict[str, Step] = {
    "start": Step((Status.WAITING,), Status.MAKING, "started_at"),
    "ready": Step((Status.WAITING, Status.MAKING), Status.READY, "ready_at"),
    "collect": Step((Status.READY,), Status.COLLECTED, "closed_at"),
    "not_collected": Step((Status.READY,), Status.NOT_COLLECTED, "closed_at"),
    "cancel": Step((Status.WAITING, Status.MAKING, Status.READY), Status.CANCELLED, "closed_at"),
}
#: Undo leads one step back; from cancelled, to where the order was.
BACK: dict[str, str] = {
    Status.MAKING: Status.WAITING,
    Status.READY: Status.MAKING,
    Status.COLLECTED: Status.READY,
    Status.NOT_COLLECTED: Status.READY,
}
_STAMPED: dict[str, str] = {Status.MAKING: "started_at", Status.READY: "ready_at"}

P = ParamSpec("P")
R = TypeVar("R")


def verb(act: Callable[P, R]) -> Callable[P, R]:
    """One transaction. A Refusal leaves it before it is raised, so the caller's transaction needs no savepoint."""

    @wraps(act)
    def atomically(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(savepoint=False):
            try:
                return act(*args, **kwargs)
            except Refusal as refusal:
                refused = refusal
        raise refused

    return atomically


@verb
def place(
    event: Event,
    *,
    items: Sequence[Item],
    channel: str,
    customer: Customer | None = None,
    name: str = "",
    note: str = "",
    by: User | None = None,
    key: str | None = None,
) -> Order:
    """Take the order: find its station, promise the stock, quote the wait (`order.wait`).

    Raises NotOnMenu, EmptyOrder, EventClosed, TooManyDrinks, TooManyOrders, WindowFull or CannotBeMade."""
    if key and (done := OrderEvent.objects.filter(key=f"place:{key}").select_related("order").first()):
        return done.order
    now = timezone.now()
    snapshot = menu_of(event)
    order_wanted = wanted(snapshot, items)
    _check_event(event, order_wanted, now)
    code, stations = _take_code(event, customer)
    _check_customer(event, stations)
    _check_window(event, stations, order_wanted.cups, now)
    route = choose(snapshot, stations, order_wanted)
    quoted_from, quoted_to = route.wait.span(now)
    order = Order.objects.create(
        event=event,
        station=route.station,
        customer=customer,
        channel=channel,
        code=code,
        name=(name or order_wanted.names)[:40],
        note=note[:200],
        cups=order_wanted.cups,
        minutes=order_wanted.minutes,
        quoted_from=quoted_from,
        quoted_to=quoted_to,
        placed_at=now,
        reserved=stock.as_json(route.reserve),
    )
    order.wait = route.wait  # type: ignore[attr-defined]
    OrderItem.objects.bulk_create(rows_of(order, order_wanted.items, snapshot.drink_ids))
    stock.reserve(route.station.pk, route.reserve)
    _tell(order, "place", was="", by=by, key=f"place:{key}" if key else None)
    return order


@verb
def change(order: Order, *, items: Sequence[Item], name: str | None = None, by: User | None = None) -> Order:
    """Make it these items instead, as long as nobody has started; it keeps its place in the queue.

    It stays at its station where that can make it. Raises what `place` raises for items, or TransitionError."""
    snapshot, now = menu_of(order.event), timezone.now()
    order_wanted = wanted(snapshot, items)
    if order_wanted.cups > order.event.max_drinks_per_order:
        raise TooManyDrinks(order.event.max_drinks_per_order)
    # The same lock as in `place`: a change must not slip past the limits either.
    Event.objects.select_for_update().filter(pk=order.event_id).values_list("pk").get()
    _still(order, "change", of=(Status.WAITING,))
    stations = queues(order.event, without=order)
    _check_window(order.event, stations, order_wanted.cups - order.cups, now)
    held = stock.from_json(order.reserved)
    route = choose(snapshot, stations, order_wanted, stays_at=order.station_id, held=held)
    left, was_at = order.station, order.station_id
    quoted_from, quoted_to = route.wait.span(now)
    _claim(
        order,
        "change",
        of=(Status.WAITING,),
        station=route.station,
        cups=order_wanted.cups,
        minutes=order_wanted.minutes,
        quoted_from=quoted_from,
        quoted_to=quoted_to,
        reserved=stock.as_json(route.reserve),
        name=order.name if name is None else name[:40],
    )
    stock.release(was_at, held)
    stock.reserve(route.station.pk, route.reserve)
    order.items.all().delete()
    OrderItem.objects.bulk_create(rows_of(order, order_wanted.items, snapshot.drink_ids))
    getattr(order, "_prefetched_objects_cache", {}).clear()
    order.wait = route.wait  # type: ignore[attr-defined]
    _tell(order, "change", was=order.status, by=by)
    if left != route.station:
        announce.after_commit(left, order.event)
    return order


@verb
def rename(order: Order, *, name: str, by: User | None = None) -> Order:
    """Put another name on the cup; possible as long as the order is open."""
    _claim(order, "rename", of=OPEN, name=name[:40])
    _tell(order, "rename", was=order.status, by=by)
    return order


def start(order: Order, *, by: User | None, key: str | None = None) -> Order:
    return _step(order, "start", by=by, key=key)


def mark_ready(order: Order, *, by: User | None, key: str | None = None) -> Order:
    return _step(order, "ready", by=by, key=key)


def collect(order: Order, *, by: User | None, key: str | None = None) -> Order:
    return _step(order, "collect", by=by, key=key)


def not_collected(order: Order, *, by: User | None, key: str | None = None) -> Order:
    return _step(order, "not_collected", by=by, key=key)


def cancel(order: Order, *, by: User | None = None, reason: str = "", key: str | None = None) -> Order:
    """By a barista with a reason, or by the customer (`by` None). Stock that was not used yet is free again."""
    return _step(order, "cancel", by=by, reason=reason, key=key)


@verb
def undo(order: Order, *, by: User | None, key: str | None = None) -> Order:
    """One step back, within RECALL for an order that was closed."""
    if _done(order, key):
        return order
    was = order.status
    to = BACK.get(was) or (was == Status.CANCELLED and _before_cancel(order))
    if not to or (order.closed_at and timezone.now() - order.closed_at > RECALL):
        raise TransitionError("undo", was)
    cleared = {"closed_at": None} | ({_STAMPED[was]: None} if was in _STAMPED else {})
    _move(order, "undo", to=to, by=by, key=key, changes=cleared)
    return order


@verb
def text_failed(order: Order) -> None:
    """The customer was not reached: the ticket says to call the name."""
    if Order.objects.filter(pk=order.pk, call_name=False).update(call_name=True, version=F("version") + 1):
        order.call_name = True
        announce.after_commit(order.station, order.event)


@verb
def _step(order: Order, name: str, *, by: User | None, reason: str = "", key: str | None = None) -> Order:
    if _done(order, key):
        return order
    step = STEPS[name]
    if order.status not in step.of:
        raise _lost(order, name)
    _move(order, name, to=step.to, by=by, reason=reason, key=key, changes={step.stamps: timezone.now()})
    return order


def _move(
    order: Order,
    name: str,
    *,
    to: str,
    by: User | None,
    reason: str = "",
    key: str | None = None,
    changes: dict[str, Any],
) -> None:
    was = order.status
    try:
        _claim(order, name, of=(was,), status=to, **changes)
    except TransitionError:
        if _done(order, key):
            return
        raise
    _settle_stock(order, was=was, to=to)
    _tell(order, name, was=was, by=by, reason=reason, key=key and f"{order.pk}:{key}")


def _still(order: Order, name: str, /, *, of: Sequence[str]) -> None:
    """Raise TransitionError unless the order stands as the caller saw it; locks it."""
    mine = Order.objects.select_for_update().filter(pk=order.pk, status=order.status, version=order.version)
    if order.status not in of or not mine.values_list("pk").first():
        raise _lost(order, name)


def _claim(order: Order, name: str, /, *, of: Sequence[str], **changes: Any) -> None:
    """Write `changes` if the order still stands as the caller saw it: of two baristas, one finds zero rows."""
    mine = Order.objects.filter(pk=order.pk, status=order.status, version=order.version)
    if order.status not in of or not mine.update(version=F("version") + 1, **changes):
        raise _lost(order, name)
    order.version += 1
    for field, value in changes.items():
        setattr(order, field, value)


def _lost(order: Order, name: str) -> TransitionError:
    """Who was first, for the sentence that the slower one reads; the order is as it stands now."""
    order.refresh_from_db(fields=["status", "version", "closed_at", "station"])
    last = order.events.select_related("by").last()
    return TransitionError(name, order.status, last.by.get_short_name() or last.by.username if last and last.by else "")


def _done(order: Order, key: str | None) -> bool:
    """This very request was answered before."""
    if not key or not OrderEvent.objects.filter(key=f"{order.pk}:{key}").exists():
        return False
    order.refresh_from_db()
    return True


def _before_cancel(order: Order) -> str:
    return order.events.filter(verb="cancel").latest("pk").was


_HELD, _USED = {Status.WAITING}, {Status.MAKING, Status.READY, Status.COLLECTED, Status.NOT_COLLECTED}


def _settle_stock(order: Order, *, was: str, to: str) -> None:
    """Promised while waiting, used once made; a cup thrown away stays used."""
    needs = stock.from_json(order.reserved)
    if was in _HELD and to in _USED:
        stock.use(order.station_id, needs)
    elif was in _USED and to in _HELD:
        stock.put_back(order.station_id, needs)
    elif was in _HELD and to == Status.CANCELLED:
        stock.release(order.station_id, needs)
    elif was == Status.CANCELLED and to in _HELD:
        stock.reserve(order.station_id, needs)


def _tell(
    order: Order, name: str, *, was: str, by: User | None, reason: str = "", key: str | None = None
) -> OrderEvent:
    event = OrderEvent.objects.create(
        order=order, verb=name, was=was, status=order.status, by=by, reason=reason[:200], key=key
    )
    order_moved.send(Order, order=order, event=event)
    announce.after_commit(order.station, order.event)
    return event


def _check_event(event: Event, order: Wanted, now: dt.datetime) -> None:
    if not event.is_open(now):
        raise EventClosed(event.opens_next(now), paused=bool(event.paused_until and event.paused_until > now))
    if order.cups > event.max_drinks_per_order:
        raise TooManyDrinks(event.max_drinks_per_order)


def _take_code(event: Event, customer: Customer | None) -> tuple[str, list[Station]]:
    """The next code, and the queues as they are behind the event's lock.

    Counting up locks the event's row until the commit, so limits, stock and routing are decided one order after the
    other. A refused order leaves a gap in the numbers, nothing else."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE stations_event SET orders_taken = orders_taken + 1 WHERE id = %s RETURNING orders_taken",
                [event.pk],
            )
            code = code_of(cursor.fetchone()[0])
        stations = queues(event, customer=customer, code=code)
        # After 1,683 orders the codes start again; one may still stand on a shelf.
        if not any(station.code_taken for station in stations):  # type: ignore[attr-defined]
            return code, stations


def _check_customer(event: Event, stations: list[Station]) -> None:
    if event.max_open_orders and any(getattr(s, "customer_open", 0) >= event.max_open_orders for s in stations[:1]):
        raise TooManyOrders(event.max_open_orders)


def _check_window(event: Event, stations: list[Station], cups: int, now: dt.datetime) -> None:
    """Raises WindowFull when `cups` more would be too many within the event's window."""
    limit = event.max_drinks_per_window
    if limit and cups > 0 and any(s.window_cups + cups > limit for s in stations[:1]):  # type: ignore[attr-defined]
        raise WindowFull(_room_again(event, cups, now))


def _room_again(event: Event, cups: int, now: dt.datetime) -> dt.datetime:
    """When enough drinks have left the window for so many more to fit."""
    if cups > event.max_drinks_per_window:
        raise TooManyDrinks(event.max_drinks_per_window)
    window = dt.timedelta(minutes=event.window_minutes)
    taken = Order.objects.filter(event=event, placed_at__gt=now - window).exclude(status=Status.CANCELLED)
    rows = list(taken.order_by("placed_at").values_list("placed_at", "cups"))
    room = event.max_drinks_per_window - sum(taken_cups for _, taken_cups in rows)
    for placed_at, leaving in rows:
        room += leaving
        if room >= cups:
            return event.local(placed_at + window)
    return event.local(now)
