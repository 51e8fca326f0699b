"""What a report counts, each figure defined once. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from orders.models import OPEN, Status

#: Names of the columns that are added up for a tally; `COUNTED` and these make a row.
SUMS = (
    "orders",
    "cups",
    "quoted_seconds",
    "true_seconds",
    "waiting_seconds",
    "waiting_orders",
    "making_seconds",
    "making_orders",
    "ready_seconds",
    "ready_orders",
)
COUNTED = ("status", "waited", "promise")

Row = Mapping[str, int | str]


def share(part: int, whole: int) -> float | None:
    """Per cent with one decimal; None if the whole is 0."""
    return round(100 * part / whole, 1) if whole else None


def minutes(seconds: int, count: int) -> float | None:
    """Mean of `count` times that last `seconds` together, in minutes with one decimal; None of nothing."""
    return round(seconds / count / 60, 1) if count else None


@dataclass(frozen=True)
class Tally:
    """Figures of orders that have something in common: a station, an hour, a channel."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Tally:
        """Rows that are alike are added up first: an hour or a station has few different ones."""
        merged: dict[tuple[int | str, ...], dict[str, int | str]] = {}
        for row in rows:
            alike = tuple(row[name] for name in COUNTED)
            if (there := merged.get(alike)) is None:
                merged[alike] = dict(row)
            else:
                for name in SUMS:
                    if name in there:
                        there[name] = int(there[name]) + int(row[name])
        return cls(tuple(merged.values()))

    def count_of(self, column: str, **where: str) -> int:
        """The sum of a column over the rows with these values."""
        rows = (row for row in self.rows if all(row[name] == value for name, value in where.items()))
        return sum(int(row[column]) for row in rows)

    @cached_property
    def orders(self) -> int:
        return self.count_of("orders")

    @cached_property
    def cups(self) -> int:
        """Cups of the orders that were not cancelled."""
        return self.count_of("cups") - self.count_of("cups", status=Status.CANCELLED)

    @cached_property
    def cancelled(self) -> int:
        return self.count_of("orders", status=Status.CANCELLED)

    @cached_property
    def not_collected(self) -> int:
        return self.count_of("orders", status=Status.NOT_COLLECTED)

    @cached_property
    def open(self) -> int:
        return sum(self.count_of("orders", status=status) for status in OPEN)

    @property
    def cancelled_share(self) -> float | None:
        return share(self.cancelled, self.orders)

    @cached_property
    def waits(self) -> Mapping[int, int]:
        """Number of orders by whole minutes from placed to ready; 60 stands for an hour and more."""
        found: dict[int, int] = {}
        for row in self.rows:
            if (waited := int(row["waited"])) >= 0:
                found[waited] = found.get(waited, 0) + int(row["orders"])
        return dict(sorted(found.items()))

    def percentile(self, percent: int) -> int | None:
        """The least number of whole minutes that this percentage of orders waited at most."""
        total, seen = sum(self.waits.values()), 0
        for waited, orders in self.waits.items():
            seen += orders
            if seen * 100 >= total * percent:
                return waited
        return None

    def promised(self, *how: str) -> int:
        """Orders that were ready "early", within the quoted range ("kept") or "late"; without `how` all of them."""
        return sum(self.count_of("orders", promise=each) for each in how or ("early", "kept", "late"))

    @property
    def kept_share(self) -> float | None:
        """Orders that were ready by the end of the quoted range, of those with a promise."""
        return share(self.promised("early", "kept"), self.promised())

    @property
    def quoted_minutes(self) -> float | None:
        """Mean of the quoted range's end."""
        return minutes(self.count_of("quoted_seconds"), self.promised())

    @property
    def true_minutes(self) -> float | None:
        """Mean wait of the orders with a promise."""
        return minutes(self.count_of("true_seconds"), self.promised())

    def minutes_in(self, status: str) -> float | None:
        """Mean minutes in waiting, making or ready, of the orders that have left it."""
        return minutes(self.count_of(f"{status}_seconds"), self.count_of(f"{status}_orders"))


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Tally]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {each: Tally.of(found[each]) for each in sorted(found)}
