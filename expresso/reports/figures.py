"""What a report counts, each figure defined once. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from orders.models import OPEN, Status

#: Waits from this many minutes on count as one.
LONGEST_WAIT = 60
#: What is added up for a tally, apart from the orders by their wait.
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
#: Times of orders, which the tables of days and hours do not show.
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
#: Orders by whole minutes from placed to ready.
WAITS = tuple(f"waited_{minute}" for minute in range(LONGEST_WAIT + 1))
_ADDED = frozenset((*SUMS, *TIMES, *WAITS))

#: Sums by name, and the columns that the orders of the row have in common. A sum that is missing is 0.
Row = Mapping[str, Any]


def share(part: int, whole: int) -> float | None:
    """Per cent with one decimal; None if the whole is 0."""
    return round(100 * part / whole, 1) if whole else None


def minutes(seconds: int, count: int) -> float | None:
    """Mean of `count` times that last `seconds` together, in minutes with one decimal; None of nothing."""
    return round(seconds / count / 60, 1) if count else None


def sums_alike(row: Row) -> dict[str, Any]:
    """The sums of orders that have one status, one wait and one promise: their `status`, `waited` and `promise`."""
    status, orders = row["status"], row["orders"]
    sums = {name: row[name] for name in ("orders", *TIMES) if name in row}
    sums["cups"] = 0 if status == Status.CANCELLED else row["cups"]
    if status in OPEN:
        sums["still_open"] = orders
    elif status in {Status.CANCELLED, Status.NOT_COLLECTED}:
        sums[str(status)] = orders
    if row["promise"]:
        sums[row["promise"]] = orders
    if row["waited"] >= 0:
        sums[WAITS[row["waited"]]] = orders
    return sums


@dataclass(frozen=True)
class Tally:
    """Figures of orders that have something in common: a station, an hour, a channel."""

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
        """The least number of whole minutes that this percentage of orders waited at most."""
        total, seen = sum(self.waits.values()), 0
        for waited, orders in self.waits.items():
            seen += orders
            if seen * 100 >= total * percent:
                return waited
        return None

    def promised(self, *how: str) -> int:
        """Orders that were ready "early", within the quoted range ("kept") or "late"; without `how` all of them."""
        return sum(self.sums[each] for each in how or ("early", "kept", "late"))

    @property
    def kept_share(self) -> float | None:
        """Orders that were ready by the end of the quoted range, of those with a promise."""
        return share(self.promised("early", "kept"), self.promised())

    @property
    def quoted_minutes(self) -> float | None:
        """Mean of the quoted range's end."""
        return minutes(self.sums["quoted_seconds"], self.promised())

    @property
    def true_minutes(self) -> float | None:
        """Mean wait of the orders with a promise."""
        return minutes(self.sums["true_seconds"], self.promised())

    def minutes_in(self, status: str) -> float | None:
        """Mean minutes in waiting, making or ready, of the orders that have left it."""
        return minutes(self.sums[f"{status}_seconds"], self.sums[f"{status}_orders"])


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Tally]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {each: Tally.of(found[each]) for each in sorted(found)}
