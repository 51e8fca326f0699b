"""Figures of orders by the event's days, and by the hours of its local time.

Orders are counted by quarters of an hour (slots). At a small event, Python finds the local day and hour of each slot.
At a large event there are too many slots. So Python computes only the slots with which days and hours begin, and
PostgreSQL adds up the counts between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Value

from expresso.reports.figures import Row, Tally, grouped
from expresso.reports.period import DAY, Period
from expresso.reports.sources import counted_by_time, from_views, orders_in, tally_rows


@dataclass(frozen=True)
class Times:
    period: Period

    @cached_property
    def by_day(self) -> Mapping[dt.date, Tally]:
        if not from_views(self.period):
            return grouped(self._slots, lambda row: self._days[row["slot"]])
        rows = self._counts.annotate(day=_bounds_before("slot", self.period.days_begin))
        found = tally_rows(rows, "day", times=False)
        return grouped(found, lambda row: self.period.first + dt.timedelta(days=int(row["day"]) - 1))

    @cached_property
    def by_hour(self) -> Mapping[int, Tally]:
        """The figures of each hour of the day, from 0 to 23, over all days."""
        if not from_views(self.period):
            return grouped(self._slots, lambda row: self._local[row["slot"]].hour)
        rows = self._counts.annotate(spell=_bounds_before("slot", self._spells), of_day=F("slot") % DAY)
        found = tally_rows(rows, "spell", "of_day", times=False)
        hour = cache(lambda spell, of_day: self.period.local(self._spells[spell - 1] + of_day).hour)
        return grouped(found, lambda row: hour(row["spell"], row["of_day"]))

    @cached_property
    def _counts(self) -> QuerySet[Any]:
        return counted_by_time(self.period)

    @cached_property
    def _spells(self) -> list[int]:
        return self.period.spells_of_one_time

    @cached_property
    def _slots(self) -> tuple[Row, ...]:
        return tally_rows(orders_in(self.period), "slot", times=False)

    @cached_property
    def _days(self) -> Mapping[Any, dt.date]:
        """The event's day on which each slot (a quarter of an hour) is."""
        ends = cache(self.period.event.day_ends)
        return {slot: self.period.event.day_of(local, ends=ends) for slot, local in self._local.items()}

    @cached_property
    def _local(self) -> Mapping[Any, dt.datetime]:
        """The local time at which each slot (a quarter of an hour) begins."""
        return {slot: self.period.local(int(slot)) for slot in {row["slot"] for row in self._slots}}


def _bounds_before(column: str, bounds: Sequence[int]) -> Func:
    """Return an SQL expression for the number of `bounds` that are at most the column's value.

    With the bounds [10, 20, 30] and the value 25, the result is 2. `bounds` must be ascending."""
    given = Value(list(bounds))
    return Func(
        F(column),
        given,
        function="width_bucket",
        template="%(function)s(%(expressions)s::bigint[])",
        output_field=IntegerField(),
    )
