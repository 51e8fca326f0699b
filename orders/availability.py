"""Find what is sold out, so that nobody is offered it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from inventory.models import Stock
from inventory.snapshot import Snapshot, menu_of
from inventory.stock import Levels, free_levels
from stations.models import Event, Station


@dataclass(frozen=True, slots=True)
class SoldOut:
    """Names of drinks, and (group, option)s."""

    drinks: frozenset[str] = frozenset()
    options: frozenset[tuple[str, str]] = frozenset()


def sold_out(event: Event, stations: Iterable[Station] | None = None) -> SoldOut:
    """Drinks and options that none of the stations can make, because they are taken off or their stock is used up.

    Without `stations`, those of the event that take orders count. A station that is given counts also while it is
    closed: a barista takes walk-ins there."""
    snapshot, now = menu_of(event), timezone.now()
    if stations is None:
        stations = [station for station in event.stations.all() if station.takes_orders(now)]
    taking = list(stations)
    free = free_levels(Stock.objects.filter(station__in=taking))
    lacking = [_lacking_at(snapshot, station, free, now) for station in taking]
    nowhere = frozenset.intersection(*lacking) if lacking else frozenset()
    return SoldOut(
        frozenset(name for group, name in nowhere if not group),
        frozenset((group, name) for group, name in nowhere if group),
    )


def _lacking_at(snapshot: Snapshot, station: Station, free: Levels, now: dt.datetime) -> frozenset[tuple[str, str]]:
    """What the station cannot make: options as (group, option), drinks as ("", name)."""
    gaps = {(gap.group, gap.name) for gap in snapshot.gaps_at(station.pk, now)}
    counted = snapshot.counted.get(station.pk, frozenset())
    levels = free.get(station.pk, {})
    uses = {("", drink): needs for drink, needs in snapshot.drink_uses.items()} | dict(snapshot.option_uses)
    short = {
        part for part, needs in uses.items() if any(i in counted and levels.get(i, 0) < n for i, n in needs.items())
    }
    return frozenset(gaps | short)
