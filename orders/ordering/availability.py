"""Find the drinks and options that are sold out, so that the order form does not offer them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import F
from django.utils import timezone

from inventory.models import Stock
from inventory.snapshot import Snapshot, menu_of
from inventory.stock import Levels, free_levels, from_json
from orders.models import Order
from orders.statements import workload_of
from stations.models import Event, Station


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a drink or an option is sold out."""

    #: When one of the stations will have it again, at the earliest; None if no station has given a time.
    until: dt.datetime | None = None
    #: True if at every station its stock is used up, and no barista has taken it off.
    used_up: bool = False


@dataclass(frozen=True, slots=True)
class SoldOut:
    """The sold-out drinks, by name, and the sold-out options, as (group, option)."""

    drinks: frozenset[str] = frozenset()
    options: frozenset[tuple[str, str]] = frozenset()
    #: The reason for each sold-out option, by (group, option), and for each sold-out drink, by ("", name).
    why: Mapping[tuple[str, str], Gone] = field(default_factory=dict)

    def drink(self, name: str) -> Gone | None:
        return self.why.get(("", name)) or (Gone() if name in self.drinks else None)

    def option(self, group: str, name: str) -> Gone | None:
        return self.why.get((group, name)) or (Gone() if (group, name) in self.options else None)


def sold_out(event: Event, stations: Iterable[Station] | None = None) -> SoldOut:
    """Return the drinks and options that no station can make, because staff took them off or their stock is used up.

    Without `stations`, all stations of the event that take orders now are considered. Stations that are passed are
    considered even while they are closed, because their baristas take walk-ins."""
    snapshot, now = menu_of(event), timezone.now()
    if stations is None:
        stations = [station for station in event.stations.all() if station.takes_orders(now)]
    taking = list(stations)
    free = free_levels(Stock.objects.filter(station__in=taking))
    lacking = [_lacking_at(snapshot, station, free, now) for station in taking]
    nowhere = frozenset(lacking[0]).intersection(*lacking[1:]) if lacking else frozenset()
    return SoldOut(
        frozenset(name for group, name in nowhere if not group),
        frozenset((group, name) for group, name in nowhere if group),
        {part: _first_back([each[part] for each in lacking]) for part in nowhere},
    )


@dataclass(frozen=True, slots=True)
class Oversold:
    """What an undo exceeds when it puts an order back into the queue: the station's stock, or the event's limit of
    drinks."""

    #: Names of ingredients of which the station has too little.
    ingredients: tuple[str, ...] = ()
    #: True if the event's limit of drinks per time window is exceeded.
    window: bool = False


def oversold(order: Order) -> Oversold:
    """Return which stock or limit is exceeded after an undo, which puts the order back into the queue without checking
    them."""
    held = from_json(order.reserved)
    short = Stock.objects.filter(station=order.station_id, ingredient__in=held, on_hand__lt=F("reserved"))
    event = order.event
    window = event.max_drinks_per_window and workload_of(event).window_cups > event.max_drinks_per_window
    return Oversold(tuple(short.order_by("pk").values_list("ingredient__name", flat=True)), bool(window))


def _first_back(reasons: list[Gone]) -> Gone:
    """Combine the reasons why several stations do not have a drink or option.

    The result has the earliest time at which one of them has it again. If none has given a time, the result says
    whether its stock is used up at all of them."""
    times = [reason.until for reason in reasons if reason.until]
    return Gone(min(times)) if times else Gone(used_up=all(reason.used_up for reason in reasons))


def _lacking_at(snapshot: Snapshot, station: Station, free: Levels, now: dt.datetime) -> dict[tuple[str, str], Gone]:
    """Return each drink and option that the station cannot make, with the reason.

    The key is ("", name) for a drink and (group, name) for an option."""
    gaps = {(gap.group, gap.name): Gone(gap.until) for gap in snapshot.gaps_at(station.pk, now)}
    counted = snapshot.counted.get(station.pk, frozenset())
    levels = free.get(station.pk, {})
    uses = {("", drink): needs for drink, needs in snapshot.drink_uses.items()} | dict(snapshot.option_uses)
    short = {
        part for part, needs in uses.items() if any(i in counted and levels.get(i, 0) < n for i, n in needs.items())
    }
    # If staff took a drink off until 15:00 and its stock is used up too, drop the time: the stock can still be missing
    # then.
    return gaps | {part: Gone(used_up=part not in gaps) for part in short}
