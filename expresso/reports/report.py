"""A report on a period: its tables, in the order of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from django.db.models import Sum

from expresso.reports.figures import COUNTED, SUMS, Row, Tally
from expresso.reports.period import Period
from expresso.reports.sources import cups_in, orders_in
from orders.models import Status


@dataclass(frozen=True)
class Report:
    period: Period
    #: What a segment of a text costs, in whichever currency; None where nobody said.
    price: Decimal | None = None
    compared: Period | None = None

    @cached_property
    def all(self) -> Tally:
        return Tally.of(self._rows)

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        """The counts of each station; one statement serves the totals, too."""
        return tally_rows(self.period, "station_id", "station__name")

    @cached_property
    def by_station(self) -> Mapping[str, Tally]:
        return grouped(self._rows, lambda row: str(row["station__name"]))

    @cached_property
    def by_channel(self) -> Mapping[str, Tally]:
        return grouped(tally_rows(self.period, "channel"), lambda row: str(row["channel"]))

    @cached_property
    def _slots(self) -> tuple[Row, ...]:
        # The tables of days and hours show no times in statuses, and leaving them out makes this statement lighter.
        return tally_rows(self.period, "slot", sums=("orders", "cups"))

    @cached_property
    def by_day(self) -> Mapping[Any, Tally]:
        return grouped(self._slots, lambda row: self._days[row["slot"]])

    @cached_property
    def by_hour(self) -> Mapping[Any, Tally]:
        """The tally of each hour of the day, over all days."""
        return grouped(self._slots, lambda row: self._local[row["slot"]].hour)

    @cached_property
    def cups(self) -> tuple[tuple[str, list[dict[str, Any]], str, int], ...]:
        """Cups of orders that were not cancelled, by drink, options and status; one statement serves four tables."""
        kept = cups_in(self.period).exclude(status=Status.CANCELLED).values("drink_name", "choices", "status")
        counted = kept.annotate(n=Sum("cups")).order_by("drink_name")
        return tuple(counted.values_list("drink_name", "choices", "status", "n"))

    @cached_property
    def _days(self) -> Mapping[Any, dt.date]:
        """The event's day of each slot."""
        ends = cache(self.period.event.day_ends)
        return {slot: self.period.event.day_of(local, ends=ends) for slot, local in self._local.items()}

    @cached_property
    def _local(self) -> Mapping[Any, dt.datetime]:
        """The local time of each slot."""
        return {slot: self.period.local(int(slot)) for slot in {row["slot"] for row in self._slots}}


def tally_rows(period: Period, *by: str, sums: Sequence[str] = SUMS) -> tuple[Row, ...]:
    """The counts of the period, added up by these columns."""
    columns = (*by, *COUNTED)
    rows = orders_in(period).values(*columns).annotate(**{f"sum_{name}": Sum(name) for name in sums})
    found = rows.values_list(*columns, *(f"sum_{name}" for name in sums))
    return tuple(dict(zip((*columns, *sums), row, strict=True)) for row in found.order_by(*by))


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Tally]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {each: Tally.of(found[each]) for each in sorted(found)}
