"""Defines each figure of a report once, as a calculation with sums. This module does not query the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from orders.statuses import DROPPED, OPEN

#: Waits of this many minutes or more are counted together.
LONGEST_WAIT = 60
#: Names of the sums of a Tally, without its sums of durations (TIMES) and its counts by wait (WAITS).
SUMS = (
    "orders",
    "cups",
    "cancelled",
    "not_collected",
    "still_open",
    "early",
    "kept",
    "late",
)
#: Names of the sums of durations, and of the numbers of orders by which they are divided to get a mean. The tables of
#: days and hours do not need them.
TIMES = (
    "quoted_seconds",
    "true_seconds",
    "waiting_seconds",
    "waiting_orders",
    "making_seconds",
    "making_orders",
    "ready_seconds",
    "ready_orders",
)
#: Names of the counts of orders by their wait, one for each number of minutes up to LONGEST_WAIT. A wait lasts from
#: placing an order until it is ready.
WAITS = tuple(f"waited_{minute}" for minute in range(LONGEST_WAIT + 1))
_ADDED = frozenset((*SUMS, *TIMES, *WAITS))

#: Sums by name, and the values of the columns by which the orders were grouped. A missing sum is 0.
Row = Mapping[str, Any]


def share(part: int, whole: int) -> float | None:
    """Return `part` as a percentage of `whole` with one decimal; None if `whole` is 0."""
    return round(100 * part / whole, 1) if whole else None


def minutes(seconds: int, count: int) -> float | None:
    """Return the mean of `count` durations, in minutes with one decimal; None if `count` is 0.

    `seconds` is the sum of the durations."""
    return round(seconds / count / 60, 1) if count else None


def sums_alike(row: Row) -> dict[str, Any]:
    """Return the number that a row of the database adds to each sum, by the name of the sum.

    A row counts orders with the same status, the same wait in minutes, and the same `promise` ("early", "kept" or
    "late"). For example, a row of three cancelled orders gives {"orders": 3, "cups": 0, "cancelled": 3}."""
    status, orders = row["status"], row["orders"]
    sums = {name: row[name] for name in ("orders", *TIMES) if name in row}
    sums["cups"] = 0 if status in DROPPED else row["cups"]
    if status in OPEN:
        sums["still_open"] = orders
    elif status in SUMS:
        sums[str(status)] = orders
    if row["promise"]:
        sums[row["promise"]] = orders
    if row["waited"] >= 0:
        sums[WAITS[row["waited"]]] = orders
    return sums


@dataclass(frozen=True)
class Tally:
    """Figures of a group of orders, such as the orders of a station, an hour or a channel."""

    sums: Mapping[str, int]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Tally:
        found = dict.fromkeys(_ADDED, 0)
        for row in rows:
            for name in _ADDED & row.keys():
                found[name] += int(row[name])
        return cls(found)

    @property
    def orders(self) -> int:
        return self.sums["orders"]

    @property
    def cups(self) -> int:
        """Number of cups, without cancelled orders."""
        return self.sums["cups"]

    @property
    def cancelled(self) -> int:
        return self.sums["cancelled"]

    @property
    def not_collected(self) -> int:
        return self.sums["not_collected"]

    @property
    def open(self) -> int:
        return self.sums["still_open"]

    @property
    def cancelled_share(self) -> float | None:
        return share(self.cancelled, self.orders)

    @cached_property
    def waits(self) -> Mapping[int, int]:
        """Number of orders by their wait in whole minutes. 60 stands for an hour or more."""
        found = ((minute, self.sums[name]) for minute, name in enumerate(WAITS))
        return {minute: orders for minute, orders in found if orders}

    def percentile(self, percent: int) -> int | None:
        """Return the wait in minutes that `percent` per cent of the orders did not exceed; None without any waits."""
        total, seen = sum(self.waits.values()), 0
        for waited, orders in self.waits.items():
            seen += orders
            if seen * 100 >= total * percent:
                return waited
        return None

    def promised(self, *how: str) -> int:
        """Return how many orders were ready before the quoted range ("early"), within it ("kept") or after it ("late").

        Without arguments, return the number of all orders that were quoted a wait and became ready."""
        return sum(self.sums[each] for each in how or ("early", "kept", "late"))

    @property
    def kept_share(self) -> float | None:
        """Percentage of orders that were ready by the end of the quoted range. Orders without a quoted wait are left
        out."""
        return share(self.promised("early", "kept"), self.promised())

    @property
    def quoted_minutes(self) -> float | None:
        """Mean minutes from placing an order to the end of the quoted range."""
        return minutes(self.sums["quoted_seconds"], self.promised())

    @property
    def true_minutes(self) -> float | None:
        """Mean minutes from placing an order until it was ready, of the orders that were quoted a wait."""
        return minutes(self.sums["true_seconds"], self.promised())

    def minutes_in(self, status: str) -> float | None:
        """Return the mean minutes that orders were in a status. Orders that are still in that status are left out."""
        return minutes(self.sums[f"{status}_seconds"], self.sums[f"{status}_orders"])


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Tally]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {each: Tally.of(found[each]) for each in sorted(found)}
