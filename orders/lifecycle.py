"""The life of an order: one function for each verb of the table in `orders.steps`.

Every verb is atomic: status, `OrderEvent`, stock and whatever listens to `order_moved` change together or not at
all. A verb refuses before it writes, so a caller's own transaction stays good after a Refusal. Boards hear of it
after the commit. Each verb takes the order as the caller saw it: when somebody else moved it since, it raises
TransitionError and changes nothing. The same `key` (a request's idempotency key) moves an order once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.models import Customer, User
from inventory import stock
from inventory.snapshot import menu_of
from orders import hints
from orders.items import Item
from orders.limits import check_customer, check_network, check_open, check_size, check_time, check_window
from orders.models import OPEN, TO_MAKE, Channel, Order, OrderEvent, OrderItem, Status
from orders.refusals import CodeTaken, PaidAlready, TooManyDrinks, TransitionError
from orders.renaming import keys_named
from orders.requirements import Wanted, items_of, rows_of, wanted
from orders.routing import choose, held_for, lock_free, queues_then, wait_of
from orders.statements import insert_order, reserve_if_free, take_code, workload_of
from orders.steps import STATUSES, STEPS
from orders.verbs import (
    already_done,
    announce,
    conflict,
    lock_event,
    lock_unchanged,
    record_event,
    settle_stock,
    update_unchanged,
    verb,
)
from orders.waits import Wait, hands_on_minutes, learn, until
from stations import features
from stations.models import Event, Station

#: How long a closed order can be called back.
RECALL = dt.timedelta(minutes=30)


#: The moments that an undo takes back.
_STAMPED: dict[str, str] = {Status.MAKING: "started_at", Status.READY: "ready_at"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """An order as it was placed or changed, and the wait that its customer is told."""

    order: Order
    wait: Wait


#: What is ordered at the bar is paid there.
_PAID_AT_BAR = {Channel.WALK_IN, Channel.KIOSK}


def price_at(event: Event, order: Wanted) -> int:
    return order.price if features.has_feature(event, features.PAYMENTS) else 0


def pay_by_of(event: Event, channel: str, price: int, now: dt.datetime) -> dt.datetime | None:
    """Until when the order has to be paid; None where it is made without."""
    pays = price and channel not in _PAID_AT_BAR
    return now + dt.timedelta(minutes=event.pay_within_minutes) if pays else None


@verb
def place(
    event: Event,
    *,
    items: Sequence[Item],
    channel: str,
    customer: Customer | None = None,
    ready_text_to: Customer | None = None,
    name: str = "",
    note: str = "",
    language: str = "",
    network: str = "",
    by: User | None = None,
    key: str | None = None,
    at: Station | None = None,
    practice: bool = False,
    wanted_at: dt.datetime | None = None,
) -> Quoted:
    """Take the order: choose its station, reserve its stock, quote the wait.

    A walk-in is made at the station where it was taken (`at`) if that station can make it, also after hours and in a
    pause: the barista who took it decides. It may come late from a tablet's outbox, too. An order for `practice` may
    come before the event opens and takes no stock. A number that somebody typed on a page is no proof of who they are:
    it is given as `ready_text_to`, not as `customer`. Raises NotOnMenu, EmptyOrder, EventClosed, TooManyDrinks,
    TooManyOrders, TooManyFromHere, WindowFull or CannotBeMade.

    Where payments are on, an order with a price is held back as well, until `pay`; at the bar it is paid by hand.

    An order for later (`wanted_at`) is held back until it is time to make it, see `orders.routing`. It may be placed
    while the event is closed. Raises also NotForLater, TimePassed, TooFarAhead, ClosedThen or FullThen."""
    if key and (before := OrderEvent.objects.filter(key=f"place:{key}").select_related("order").first()):
        return Quoted(before.order, wait_of(before.order))
    now = timezone.now()
    snapshot = menu_of(event)
    order_wanted = wanted(snapshot, items)
    check_size(event, order_wanted)
    if wanted_at:
        check_time(event, wanted_at, now, even_closed=at is not None)
    elif at is None and not practice:
        check_open(event, now)
    code, workload = take_code(event, customer, wanted_at)
    if at is None:
        check_customer(event, workload)
        check_window(event, workload, order_wanted.cups, now, wanted_at=wanted_at)
        check_network(event, workload, network, order_wanted.cups, now)
    queues = queues_then(workload.queues, wanted_at, now) if wanted_at else workload.queues
    then = wanted_at or now
    route = choose(snapshot, queues, order_wanted, stays_at=at, even_closed=True, now=then)
    if practice:
        route.reserve.clear()
    if not reserve_if_free(route.station.pk, route.reserve):
        # A count was corrected or a cancellation taken back since the workload was read.
        free = lock_free(snapshot, queues, order_wanted)
        route = choose(snapshot, queues, order_wanted, stays_at=at, even_closed=True, free=free, now=then)
        stock.reserve(route.station.pk, route.reserve)
    there = next(queue for queue in workload.queues if queue.station.pk == route.station.pk)
    held = held_for(wanted_at, there, order_wanted.minutes, cups=order_wanted.cups, now=now)
    wait = held or route.wait
    quoted_from, quoted_to = wait.span(now)
    price = 0 if practice else price_at(event, order_wanted)
    pay_by = pay_by_of(event, channel, price, now)
    order = Order(
        event=event,
        station=route.station,
        customer=customer,
        ready_text_to=ready_text_to,
        channel=channel,
        code=code,
        name=(name or order_wanted.names)[:40],
        note=note[:200],
        language=language,
        network=network,
        cups=order_wanted.cups,
        minutes=order_wanted.minutes,
        vip=customer is not None and customer.vip,
        quoted_from=quoted_from,
        quoted_to=quoted_to,
        hands_on_minutes=None if held or pay_by else route.hands_on_minutes,
        placed_at=now,
        menu_keys={"items": keys_named(snapshot.menu, order_wanted.items)},
        practice=practice,
        wanted_at=wanted_at,
        held=held is not None or pay_by is not None,
        price=price,
        pay_by=pay_by,
        reserved=stock.as_json(route.reserve),
    )
    placed = OrderEvent(
        order=order,
        verb="place",
        was="",
        status=order.status,
        by=by,
        by_name=by.called if by else "",
        key=f"place:{key}" if key else None,
    )
    insert_order(order, rows_of(order, order_wanted.items, snapshot.drink_ids), placed)
    announce(order, placed)
    return Quoted(order, wait)


@verb
def change(order: Order, *, items: Sequence[Item], name: str | None = None, by: User | None = None) -> Quoted:
    """Replace the items of a waiting order. The order keeps its place in the queue.

    The order stays at its station if that station can make the new items. Raises what `place` raises for items, or
    TransitionError once somebody has started."""
    snapshot, now = menu_of(order.event), timezone.now()
    order_wanted = wanted(snapshot, items)
    if order_wanted.cups > order.event.max_drinks_per_order:
        raise TooManyDrinks(order.event.max_drinks_per_order)
    price = price_at(order.event, order_wanted)
    if order.paid_at and price != order.price:
        raise PaidAlready
    lock_event(order)
    lock_unchanged(order, "change", of=(Status.WAITING,))
    pay_by = order.pay_by
    if not order.paid_at and by is None:
        pay_by = (pay_by if price else None) or pay_by_of(order.event, order.channel, price, now)
    then = order.wanted_at if order.held else None
    workload = workload_of(order.event, before=order, wanted_at=then)
    check_window(order.event, workload, order_wanted.cups - order.cups, now, wanted_at=then)
    check_network(order.event, workload, order.network, order_wanted.cups - order.cups, now)
    held = stock.from_json(order.reserved)
    free = lock_free(snapshot, workload.queues, order_wanted, held=held, held_at=order.station_id)
    route = choose(
        snapshot, workload.queues, order_wanted, stays_at=order.station, even_closed=by is not None, free=free
    )
    left, was_at = order.station, order.station_id
    wait = until(then, now) if then else route.wait
    quoted_from, quoted_to = wait.span(now)
    update_unchanged(
        order,
        "change",
        of=(Status.WAITING,),
        station=route.station,
        cups=order_wanted.cups,
        minutes=order_wanted.minutes,
        quoted_from=quoted_from,
        quoted_to=quoted_to,
        hands_on_minutes=None,
        price=price,
        pay_by=pay_by,
        held=pay_by is not None or then is not None,
        placed_at=now if order.pay_by and not pay_by and not then else order.placed_at,
        menu_keys=order.menu_keys | {"items": keys_named(snapshot.menu, order_wanted.items)},
        reserved=stock.as_json(route.reserve),
        name=order.name if name is None else name[:40],
    )
    stock.release(was_at, held)
    stock.reserve(route.station.pk, route.reserve)
    order.items.all().delete()
    OrderItem.objects.bulk_create(rows_of(order, order_wanted.items, snapshot.drink_ids))
    getattr(order, "_prefetched_objects_cache", {}).clear()
    record_event(order, "change", was=order.status, by=by)
    if left != route.station:
        hints.after_commit(left, order.event)
    return Quoted(order, wait)


@verb
def rename(order: Order, *, name: str, by: User | None = None) -> Order:
    """Put another name on the cup; possible as long as the order is open."""
    update_unchanged(order, "rename", of=OPEN, name=name[:40])
    record_event(order, "rename", was=order.status, by=by)
    return order


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
    """Cancel for a barista with a reason, or for the customer (`by` None). Stock that was not used is free again.

    `requested` says that the barista does what the customer asked for."""
    return _step(order, "cancel", by=by, reason=reason, requested=requested, key=key)


@verb
def lapse(order: Order, *, by: User | None) -> Order:
    """Close an order that was never made, hours later. Nobody is texted."""
    if order.status not in TO_MAKE:
        raise conflict(order, "lapse")
    closed = {STEPS["cancel"].stamps: timezone.now(), "wish": None}
    _move(order, "lapse", to=Status.CANCELLED, by=by, changes=closed)
    return order


@verb
def undo(order: Order, *, by: User | None, key: str | None = None, seen: int | None = None) -> Order:
    """Move the order one step back. An order that was closed can be recalled within RECALL.

    `seen` is the version that the barista saw, perhaps minutes ago. An order that has changed since is not undone.

    It comes back also where its stock or its place in the event's limit is taken: `availability.oversold` tells.
    Raises CodeTaken."""
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
    was_unpaid = was == Status.CANCELLED and order.held and order.wanted_at is None
    cleared = (
        {"closed_at": None, "wish": None}
        | ({"maker": None} if to == Status.WAITING else {})
        | ({_STAMPED[was]: None} if was in _STAMPED else {})
        # The barista takes it without a payment, or has it paid at the bar.
        | ({"held": False} if was_unpaid else {})
    )
    _move(order, "undo", to=to, by=by, key=key, changes=cleared)
    if to == Status.WAITING:
        order.items.update(made=False)
    return order


@verb
def pay(order: Order) -> Order:
    """Note that an open order is paid. One that was held back for that joins the queue, or waits on for its time."""
    if order.paid_at:
        raise conflict(order, "pay")
    now, changes = timezone.now(), dict[str, Any]()
    if order.pay_by and not order.wanted_at:
        here = next(queue for queue in workload_of(order.event).queues if queue.station.pk == order.station_id)
        hands_on = hands_on_minutes(here.station, here.minutes_ahead, order.minutes, cups=order.cups)
        quoted_from, quoted_to = Wait.at(here.station, hands_on, position=here.orders_ahead + 1).span(now)
        changes = {"held": False, "placed_at": now, "hands_on_minutes": hands_on}
        changes |= {"quoted_from": quoted_from, "quoted_to": quoted_to}
    update_unchanged(order, "pay", of=OPEN, paid_at=now, pay_by=None, **changes)
    record_event(order, "pay", was=order.status, by=None)
    return order


@verb
def end_unpaid(order: Order) -> Order:
    """Cancel an order that was not paid in time. Its stock is free again."""
    if not order.pay_by:
        raise conflict(order, "unpaid")
    _move(order, "unpaid", to=Status.CANCELLED, by=None, changes={"closed_at": timezone.now(), "pay_by": None})
    return order


@verb
def refund(order: Order, *, is_paid: bool) -> Order:
    """Note that the customer got a payment back; `is_paid` says whether another one is kept."""
    paid_at = order.paid_at if is_paid else None
    Order.objects.filter(pk=order.pk).update(paid_at=paid_at, version=F("version") + 1)
    order.refresh_from_db(fields=["paid_at", "version"])
    record_event(order, "refund", was=order.status, by=None)
    return order


def _check_code_is_free(order: Order) -> None:
    """Raise CodeTaken where an order since has the code. The event's lock keeps the next order from taking it."""
    lock_event(order)
    if Order.objects.open().filter(event=order.event_id, code=order.code).exists():
        raise CodeTaken


def is_past_recall(order: Order, now: dt.datetime) -> bool:
    """Whether the order was closed too long ago to be recalled."""
    return order.closed_at is not None and now - order.closed_at > RECALL


@verb
def take_over(order: Order, *, by: User, key: str | None = None) -> Order:
    """Make `by` the barista of an order that somebody else has started."""
    if already_done(order, key):
        return order
    if order.maker_id == by.pk:
        raise conflict(order, "take_over")
    update_unchanged(order, "take_over", of=(Status.MAKING,), maker=by)
    record_event(order, "take_over", was=order.status, by=by, key=key and f"{order.pk}:{key}")
    return order


@verb
def tick(order: Order, *, item: int, made: bool, by: User | None, key: str | None = None) -> Order:
    """Mark one item of an order as made, or as not made. The order keeps its status.

    Raises TransitionError, also if the order has no such item any more."""
    if already_done(order, key):
        return order
    if not order.items.filter(pk=item).exists():
        raise conflict(order, "tick")
    update_unchanged(order, "tick", of=(Status.MAKING,))
    order.items.filter(pk=item).update(made=made)
    record_event(order, "tick", was=order.status, by=by, key=key and f"{order.pk}:{key}")
    return order


@verb
def put_first(order: Order, *, by: User | None, key: str | None = None) -> Order:
    """Put a waiting order before all others that wait at its station, also before those put first earlier."""
    return _put(order, "first", first_at=timezone.now(), by=by, key=key)


@verb
def put_in_turn(order: Order, *, by: User | None, key: str | None = None) -> Order:
    """Take back that it was put first: its turn is by the time it was placed."""
    return _put(order, "in_turn", first_at=None, by=by, key=key)


def _put(order: Order, name: str, *, first_at: dt.datetime | None, by: User | None, key: str | None) -> Order:
    if already_done(order, key):
        return order
    update_unchanged(order, name, of=(Status.WAITING,), first_at=first_at)
    record_event(order, name, was=order.status, by=by, key=key and f"{order.pk}:{key}")
    return order


@verb
def move(order: Order, *, to: Station, by: User | None, key: str | None = None) -> Order:
    """Move a waiting order to another station of the event. In the queue there it stands by the time it was placed.

    Raises CannotBeMade if that station cannot make it, or TransitionError once somebody has started it."""
    if already_done(order, key):
        return order
    snapshot = menu_of(order.event)
    lock_event(order)
    lock_unchanged(order, "move", of=(Status.WAITING,))
    there = [queue for queue in workload_of(order.event, before=order).queues if queue.station.pk == to.pk]
    order_wanted = wanted(snapshot, items_of(order))
    route = choose(snapshot, there, order_wanted, free=lock_free(snapshot, there, order_wanted))
    left, held = order.station, stock.from_json(order.reserved)
    update_unchanged(
        order,
        "move",
        of=(Status.WAITING,),
        station=route.station,
        first_at=None,
        hands_on_minutes=None,
        reserved=stock.as_json(route.reserve),
    )
    stock.release(left.pk, held)
    stock.reserve(route.station.pk, route.reserve)
    record_event(order, "move", was=order.status, by=by, key=key and f"{order.pk}:{key}")
    hints.after_commit(left, order.event)
    return order


@verb
def text_failed(order: Order) -> None:
    """Show on the ticket that the customer was not reached, so that the barista calls the name."""
    if Order.objects.filter(pk=order.pk, call_name=False).update(call_name=True, version=F("version") + 1):
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
    # A wish that nobody answered ends with the making.
    changes: dict[str, Any] = {step.stamps: timezone.now(), "wish": None, "pay_by": None}
    if name == "start" or (name == "ready" and order.maker_id is None):
        changes["maker"] = by
    if name != "cancel":
        # A barista may make it before its time or its payment. An undone cancellation holds it back again.
        changes["held"] = False
    _move(order, name, to=step.to, by=by, reason=reason, requested=requested, key=key, changes=changes)
    if name == "ready":
        learn(order)
    return order


def _move(
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
    event_key = key and f"{order.pk}:{key}"
    record_event(order, name, was=was, by=by, reason=reason, requested=requested, key=event_key)


def _before_cancel(order: Order) -> str:
    return order.events.filter(status=Status.CANCELLED).exclude(was=Status.CANCELLED).latest("pk").was
