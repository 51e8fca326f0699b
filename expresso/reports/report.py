"""A report on a period: its tables, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum

from expresso.reports.figures import COUNTED, SUMS, Row, Tally
from expresso.reports.period import Period
from expresso.reports.sources import orders_in


@dataclass(frozen=True)
class Report:
    period: Period
    #: What a segment of a text costs, in whichever currency; None where nobody said.
    price: Decimal | None = None
    compared: Period | None = None

    @cached_property
    def all(self) -> Tally:
        return Tally(self._rows)

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        """By station, so that one statement serves the totals and the stations."""
        return tally_rows(self.period, "station_id", "station__name")

    @cached_property
    def by_station(self) -> Mapping[str, Tally]:
        return grouped(self._rows, lambda row: str(row["station__name"]))

    @cached_property
    def by_channel(self) -> Mapping[str, Tally]:
        return grouped(tally_rows(self.period, "channel"), lambda row: str(row["channel"]))

    @cached_property
    def _slots(self) -> tuple[Row, ...]:
        return tally_rows(self.period, "slot")

    @cached_property
    def by_day(self) -> Mapping[Any, Tally]:
        return grouped(self._slots, lambda row: self.period.local(int(row["slot"])).date())

    @cached_property
    def by_hour(self) -> Mapping[Any, Tally]:
        """By hour of the day, of all days together."""
        return grouped(self._slots, lambda row: self.period.local(int(row["slot"])).hour)


def tally_rows(period: Period, *by: str) -> tuple[Row, ...]:
    rows = orders_in(period).values(*by, *COUNTED).annotate(**{f"sum_{name}": Sum(name) for name in SUMS})
    return tuple(
        {name.removeprefix("sum_"): value for name, value in row.items()} for row in rows.order_by(*by, *COUNTED)
    )


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Tally]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {each: Tally.of(found[each]) for each in sorted(found)}
