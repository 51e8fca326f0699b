"""Choose the station for an order, and count the work ahead of the order.

While an order is being made, half of its work counts, because on average half of it is done.

An order for later gets its code and its stock when it is placed, but is held back until it is time to make it. Until
then no board shows it, and it is not ahead of other orders. `upkeep.rescheduling` then puts it into the queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType

from django.db.models import Case, Count, DecimalField, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from inventory.models import Stock
from inventory.snapshot import Needs, Snapshot, menu_of
from inventory.stock import Levels, free_levels, lock_levels
from orders.items import Choice, Item
from orders.models import Order
from orders.refusals import CannotBeMade, NotOnMenu
from orders.requirements import Part, Wanted, items_of, wanted
from orders.statements import Queue
from orders.statuses import BEING_MADE, STATUSES, TO_MAKE, Status
from orders.waits import Wait, expected_minutes, hands_on_minutes, until
from stations.models import Station

_COST = Case(
    *(When(status=status, then=F("minutes") * Value(STATUSES[status].work_left)) for status in BEING_MADE),
    default=F("minutes"),
    output_field=DecimalField(max_digits=8, decimal_places=2),
)


_NOTHING: Needs = MappingProxyType({})
#: Held orders whose wanted times differ by at most this much are assumed to be made at the same time.
_TOGETHER = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Route:
    station: Station
    wait: Wait
    hands_on_minutes: float
    #: The amount of each ingredient to reserve at the station, by the ingredient's pk.
    reserve: dict[int, Decimal]


def choose(
    snapshot: Snapshot,
    queues: Iterable[Queue],
    order: Wanted,
    *,
    stays_at: Station | None = None,
    even_closed: bool = False,
    free: Levels | None = None,
    now: dt.datetime,
) -> Route:
    """Choose the station that will have the order ready first. Only open stations that can make the whole order are
    considered.

    A walk-in or a changed order stays at its station (`stays_at`) if that can make it, with `even_closed` even while it
    takes no orders. If `free` is given, these stock levels are used instead of those in `queues`.

    Raises CannotBeMade, which names what is missing at the station that lacks the fewest drinks and options."""
    stays = stays_at.pk if stays_at else None
    taking = {
        queue.station: queue
        for queue in queues
        if queue.station.takes_orders(now) or (even_closed and queue.station.pk == stays)
    }
    counted = {station.pk: _counted(snapshot, station, order) for station in taking}
    if free is None:
        free = {queue.station.pk: queue.free for queue in taking.values()}
    lacking = {station.pk: _lacking(snapshot, station, order, free, now) for station in taking}
    able = [station for station in taking if not lacking[station.pk]]
    if not able:
        missing = min(lacking.values(), key=len, default=set())
        raise CannotBeMade(
            tuple(sorted(p.name for p in missing)), _instead(snapshot, list(taking), order, missing, now)
        )
    hands_on = {station: _hands_on(taking[station], order) for station in able}
    ready_in = {station: expected_minutes(station, hands_on[station]) for station in able}
    best = min(able, key=lambda station: (station.pk != stays, ready_in[station], station.position))
    wait = Wait.at(best, hands_on[best], position=taking[best].orders_ahead + 1)
    return Route(best, wait, hands_on[best], counted[best.pk])


def wait_now(queues: Sequence[Queue], now: dt.datetime) -> Wait | None:
    """Return the wait for one more drink at the station with the shortest wait; None if no station takes orders."""
    waits = [
        Wait.at(queue.station, hands_on_minutes(queue.station, queue.minutes_ahead, Decimal(1), cups=1), position=0)
        for queue in queues
        if queue.station.takes_orders(now)
    ]
    return min(waits, key=attrgetter("latest"), default=None)


def queues_then(queues: Sequence[Queue], wanted_at: dt.datetime, now: dt.datetime) -> list[Queue]:
    """Return the queues as they will probably be at the time `wanted_at`.

    A queue then has what will be left of its present work, and the orders that are held back for about that time. Takes
    one SQL statement."""
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
    """Return the wait of an order that is held back until its wanted time.

    Return None if the order has no wanted time, or would be late if it did not join the queue now."""
    if wanted_at is None:
        return None
    hands_on = hands_on_minutes(queue.station, queue.minutes_ahead, minutes, cups=cups)
    if now + dt.timedelta(minutes=Wait.at(queue.station, hands_on, position=1).latest) >= wanted_at:
        return None
    return until(wanted_at, now)


def lock_free(
    snapshot: Snapshot, queues: Iterable[Queue], order: Wanted, *, held: Needs = _NOTHING, held_at: int | None = None
) -> Levels:
    """Lock the stock from which the order could be made, and return how much of it is free.

    If an order is being changed, what it has reserved (`held`, at the station `held_at`) counts as free. It is locked
    in the same SQL statement: if it were locked later, this and another order could wait for each other's stock
    forever."""
    stations = [queue.station for queue in queues]
    if not any(_counted(snapshot, station, order) for station in stations):
        return {}
    free = lock_levels([station.pk for station in stations], {*order.needs, *held})
    mine = {held_at: held}
    return {
        station: {i: amount + mine.get(station, _NOTHING).get(i, Decimal()) for i, amount in levels.items()}
        for station, levels in free.items()
    }


def _hands_on(queue: Queue, order: Wanted) -> float:
    return hands_on_minutes(queue.station, queue.minutes_ahead, order.minutes, cups=order.cups)


def _counted(snapshot: Snapshot, station: Station, order: Wanted) -> dict[int, Decimal]:
    counted = snapshot.counted.get(station.pk, frozenset())
    return {ingredient: amount for ingredient, amount in order.needs.items() if ingredient in counted}


def _lacking(snapshot: Snapshot, station: Station, order: Wanted, free: Levels, now: dt.datetime) -> set[Part]:
    gaps = {Part(gap.name, gap.group) for gap in snapshot.gaps_at(station.pk, now)}
    levels = free.get(station.pk, {})
    short = (i for i, n in _counted(snapshot, station, order).items() if levels.get(i, Decimal()) < n)
    return set(gaps & order.parts) | {order.needed_for[i] for i in short}


def _instead(
    snapshot: Snapshot, stations: Sequence[Station], order: Wanted, missing: set[Part], now: dt.datetime
) -> tuple[str, ...]:
    """Return what the customer could have in place of the missing drink or option: a drink of its category, an option
    of its group.

    With each of them, some station can make the whole order now. Return nothing if more than one thing is missing."""
    if len(missing) != 1:
        return ()
    (part,) = missing
    free = free_levels(Stock.objects.filter(station__in=stations))
    offers = []
    for name in _alike(snapshot, part):
        try:
            other = wanted(snapshot, [_swap(snapshot, item, part, name) for item in order.items])
        except NotOnMenu:
            continue
        if any(not _lacking(snapshot, station, other, free, now) for station in stations):
            offers.append(name)
    return tuple(offers)


def in_place_of(order: Order, part: Part) -> tuple[str, ...]:
    """Return drinks or options that can replace `part`, of which the order's station has run out."""
    snapshot = menu_of(order.event)
    try:
        return _instead(snapshot, [order.station], wanted(snapshot, items_of(order)), {part}, timezone.now())
    except NotOnMenu:
        # Another part of the order was taken off the menu meanwhile, so no alternative would help.
        return ()


def _alike(snapshot: Snapshot, part: Part) -> list[str]:
    menu = snapshot.menu
    if part.group:
        names = [option.name for option in menu.group_by_name[part.group].options]
    else:
        category = menu.drink_by_name[part.name].category
        names = [drink.name for drink in menu.drinks if drink.category == category]
    return [name for name in names if name != part.name]


def _swap(snapshot: Snapshot, item: Item, part: Part, name: str) -> Item:
    """Return the item with the drink or option `name` in place of the missing one.

    An item that does not have the missing drink, or whose drink has no such options, is returned unchanged."""
    if not part.group:
        if item.drink != part.name:
            return item
        fitting = snapshot.menu.drink_by_name[name].groups
        return replace(item, drink=name, choices=tuple(c for c in item.choices if c.group in fitting))
    if part.group not in snapshot.menu.drink_by_name[item.drink].groups:
        return item
    others = tuple(c for c in item.choices if (c.group, c.option) != (part.group, part.name))
    return replace(item, choices=(*others, Choice(part.group, name)))


def wait_of(order: Order) -> Wait:
    """Return how long an order still takes, in any status.

    The wait is zero once the order is ready, and while a payment is awaited."""
    if order.status not in TO_MAKE or order.pay_by:
        return Wait(0, 0, 0)
    then = order.wanted_at if order.held else None
    if then:
        return until(then, timezone.now())
    if order.status in BEING_MADE:
        return Wait.at(order.station, float(order.minutes * STATUSES[order.status].work_left), position=0)
    in_turn = Q(placed_at__lt=order.placed_at) | Q(placed_at=order.placed_at, pk__lt=order.pk)
    earlier = Q(first_at__gt=order.first_at) if order.first_at else Q(first_at__isnull=False) | in_turn
    ahead = Order.objects.at(order.station).to_make().in_queue().filter(earlier | Q(status__in=BEING_MADE))
    found = ahead.aggregate(count=Count("pk"), minutes=Coalesce(Sum(_COST), Value(Decimal(0))))
    minutes = hands_on_minutes(order.station, found["minutes"], order.minutes, cups=order.cups)
    return Wait.at(order.station, minutes, position=found["count"] + 1)
