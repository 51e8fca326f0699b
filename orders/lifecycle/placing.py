"""Functions that place an order, and that change its items or its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Customer, User
from inventory import stock
from inventory.snapshot import menu_of
from orders import hints
from orders.items import NAME_LENGTH, Item, name_after, names_on
from orders.limits import check_customer, check_network, check_open, check_size, check_time, check_window
from orders.models import Channel, Order, OrderEvent, OrderItem
from orders.refusals import PaidAlready, TooManyDrinks
from orders.renaming import keys_named
from orders.requirements import Wanted, items_of, rows_of, wanted
from orders.routing import choose, held_for, lock_free, queues_then, wait_of
from orders.statements import insert_order, reserve_if_free, take_code, workload_of
from orders.statuses import NOT_STARTED, OPEN
from orders.verbs import (
    announce,
    lock_event,
    lock_unchanged,
    record_event,
    update_unchanged,
    verb,
)
from orders.waits import Wait, until
from stations import features
from stations.models import Event, Station


@dataclass(frozen=True, slots=True)
class Quoted:
    """An order that was just placed or changed, with the wait that is quoted to the customer."""

    order: Order
    wait: Wait


#: Orders from these channels are paid at the bar.
_PAID_AT_BAR = {Channel.WALK_IN, Channel.KIOSK}


def price_at(event: Event, order: Wanted) -> int:
    return order.price if features.has_feature(event, features.PAYMENTS) else 0


def pay_by_of(event: Event, channel: str, price: int, now: dt.datetime) -> dt.datetime | None:
    """Return the time until which the order has to be paid online; None if no online payment is needed."""
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
    """Place an order: choose its station, reserve its stock, and quote the wait.

    A walk-in is made at the station `at`, where the barista took it, if that station can make it. It is accepted after
    hours and during a pause too: the barista decides, and a tablet that was offline may send it late. A `practice`
    order of a rehearsal can be placed before the event opens, and takes no stock. If a phone number was only typed on a
    page, its owner is `ready_text_to` and not `customer`, because anybody can type any number.

    An order for later (`wanted_at`) can also be placed while the event is closed. It is held back until it is time to
    make it (see `orders.routing`). An order that has to be paid online is held back until `pay` is called.

    Raises NotOnMenu, EmptyOrder, EventClosed, TooManyDrinks, TooManyOrders, TooManyFromHere, WindowFull or
    CannotBeMade. An order for later also raises NotForLater, TimePassed, TooFarAhead, ClosedThen or FullThen."""
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
        # After the workload was read, some of the stock was given away, for example because a barista corrected a
        # count. Choose again, with the stock that is free now.
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
        name=name[:NAME_LENGTH] or names_on(order_wanted.items),
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
    """Replace the items of a waiting order. The order keeps its place in the queue. It also stays at its station, if
    that station can make the new items.

    If a barista (`by`) changes the order, the limits of drinks per time window and per network do not apply, as for a
    walk-in. Raises what `place` raises for wrong items, PaidAlready if a paid order would get another price, or
    TransitionError once a barista has started the order."""
    snapshot, now = menu_of(order.event), timezone.now()
    order_wanted = wanted(snapshot, items)
    if order_wanted.cups > order.event.max_drinks_per_order:
        raise TooManyDrinks(order.event.max_drinks_per_order)
    price = price_at(order.event, order_wanted)
    if order.paid_at and price != order.price:
        raise PaidAlready
    lock_event(order)
    lock_unchanged(order, "change", of=NOT_STARTED)
    pay_by = order.pay_by
    if not order.paid_at and by is None:
        pay_by = (pay_by if price else None) or pay_by_of(order.event, order.channel, price, now)
    then = order.wanted_at if order.held else None
    workload = workload_of(order.event, before=order, wanted_at=then)
    if by is None:
        check_window(order.event, workload, order_wanted.cups - order.cups, now, wanted_at=then)
        check_network(order.event, workload, order.network, order_wanted.cups - order.cups, now)
    held = stock.from_json(order.reserved)
    queues = queues_then(workload.queues, then, now) if then else workload.queues
    free = lock_free(snapshot, queues, order_wanted, held=held, held_at=order.station_id)
    route = choose(
        snapshot,
        queues,
        order_wanted,
        stays_at=order.station,
        even_closed=by is not None,
        free=free,
        now=then or now,
    )
    left, was_at = order.station, order.station_id
    wait = until(then, now) if then else route.wait
    quoted_from, quoted_to = wait.span(now)
    update_unchanged(
        order,
        "change",
        of=NOT_STARTED,
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
        name=_name_after(order, order_wanted.items, name),
    )
    stock.release(was_at, held)
    stock.reserve(route.station.pk, route.reserve)
    order.items.all().delete()
    OrderItem.objects.bulk_create(rows_of(order, order_wanted.items, snapshot.drink_ids))
    getattr(order, "_prefetched_objects_cache", {}).clear()
    record_event(order, "change", was=order.status, by=by)
    hints.after_commit(left, order.event)
    return Quoted(order, wait)


def _name_after(order: Order, items: Sequence[Item], name: str | None) -> str:
    """Return the order's name after a change of its items. `name` is the name that was sent with the change, or None.

    A form always sends a name. If it sends the name that the order has, the customer has not edited it, so the name
    follows the names on the new cups (see `name_after`)."""
    if name is not None and name[:NAME_LENGTH] != order.name:
        return name[:NAME_LENGTH]
    return name_after(order.name, items_of(order), items)


@verb
def rename(order: Order, *, name: str, by: User | None = None) -> Order:
    """Change the name of an open order."""
    update_unchanged(order, "rename", of=OPEN, name=name[:NAME_LENGTH])
    record_event(order, "rename", was=order.status, by=by)
    return order
