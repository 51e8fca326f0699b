"""What of the menu cannot be had right now, so that nobody is offered it."""

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
    """What none of these stations (all of the event's) that takes orders has: taken off, or its ingredients used up."""
    snapshot, now = menu_of(event), timezone.now()
    taking = [station for station in stations or event.stations.all() if station.takes_orders(now)]
    free = free_levels(Stock.objects.filter(station__in=taking))
    lacking = [_lacking_at(snapshot, station, free, now) for station in taking]
    nowhere = frozenset.intersection(*lacking) if lacking else frozenset()
    return SoldOut(
        frozenset(name for group, name in nowhere if not group),
        frozenset((group, name) for group, name in nowhere if group),
    )


def _lacking_at(snapshot: Snapshot, station: Station, free: Levels, now: dt.datetime) -> frozenset[tuple[str, str]]:
    """(group, option)s, and drinks as ("", name)."""
    gaps = {(gap.group, gap.name) for gap in snapshot.gaps_at(station.pk, now)}
    counted = snapshot.counted.get(station.pk, frozenset())
    levels = free.get(station.pk, {})
    uses = {("", drink): needs for drink, needs in snapshot.drink_uses.items()} | dict(snapshot.option_uses)
    short = {
        part for part, needs in uses.items() if any(i in counted and levels.get(i, 0) < n for i, n in needs.items())
    }
    return frozenset(gaps | short)
