"""The figures of a report, each defined once. This module does not query the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from orders.statuses import DROPPED, OPEN

#: Waits of this many minutes and more are counted together.
LONGEST_WAIT = 60
#: Names of the sums of a tally, without the times (TIMES) and the orders by their wait (WAITS).
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
#: Names of sums of times. The tables of days and hours do not need them.
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
#: Names of the sums that count orders by their wait, in whole minutes from placed to ready.
WAITS = tuple(f"waited_{minute}" for minute in range(LONGEST_WAIT + 1))
_ADDED = frozenset((*SUMS, *TIMES, *WAITS))

#: Sums by name, and the values of the columns by which the orders were grouped. A missing sum counts as 0.
Row = Mapping[str, Any]


def share(part: int, whole: int) -> float | None:
    """Return a percentage with one decimal; None if the whole is 0."""
    return round(100 * part / whole, 1) if whole else None


def minutes(seconds: int, count: int) -> float | None:
    """Return the mean of `count` times that sum up to `seconds`, in minutes with one decimal; None if count is 0."""
    return round(seconds / count / 60, 1) if count else None


def sums_alike(row: Row) -> dict[str, Any]:
    """Return the sums of a group of orders that have the same status, the same wait and the same promise."""
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
        """Cups of the orders that were not cancelled."""
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
        """Number of orders by whole minutes from placed to ready; 60 stands for an hour and more."""
        found = ((minute, self.sums[name]) for minute, name in enumerate(WAITS))
        return {minute: orders for minute, orders in found if orders}

    def percentile(self, percent: int) -> int | None:
        """Return the least number of minutes that this percentage of orders waited at most; None without any waits."""
        total, seen = sum(self.waits.values()), 0
        for waited, orders in self.waits.items():
            seen += orders
            if seen * 100 >= total * percent:
                return waited
        return None

    def promised(self, *how: str) -> int:
        """Count orders that were ready "early", within the quoted range ("kept") or "late". Without `how`: all."""
        return sum(self.sums[each] for each in how or ("early", "kept", "late"))

    @property
    def kept_share(self) -> float | None:
        """Percentage of the orders with a promise that were ready by the end of the quoted range."""
        return share(self.promised("early", "kept"), self.promised())

    @property
    def quoted_minutes(self) -> float | None:
        """Mean minutes from placed to the end of the quoted range."""
        return minutes(self.sums["quoted_seconds"], self.promised())

    @property
    def true_minutes(self) -> float | None:
        """Mean minutes from placed to ready, of the orders with a promise."""
        return minutes(self.sums["true_seconds"], self.promised())

    def minutes_in(self, status: str) -> float | None:
        """Return the mean minutes that orders were in a status. Orders that are still in it are left out."""
        return minutes(self.sums[f"{status}_seconds"], self.sums[f"{status}_orders"])


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Tally]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {each: Tally.of(found[each]) for each in sorted(found)}
