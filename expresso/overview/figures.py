"""Figures that the live overview shows, as plain values without database rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from orders.waits import Wait


@dataclass(frozen=True, slots=True)
class MadeOrder:
    """An order that became ready, with the times from which waits are calculated."""

    station: int
    placed_at: dt.datetime
    started_at: dt.datetime | None
    ready_at: dt.datetime
    quoted_from: dt.datetime | None
    quoted_to: dt.datetime | None
    cups: int

    @property
    def waited(self) -> float:
        """Minutes from placing the order until it was ready."""
        return (self.ready_at - self.placed_at).total_seconds() / 60

    @property
    def quoted(self) -> float | None:
        """Minutes from placing the order to the latest moment that was promised. For a promise of 4 to 8 minutes this
        is 8.

        None if no wait was promised."""
        return (self.quoted_to - self.placed_at).total_seconds() / 60 if self.quoted_to else None

    @property
    def in_time(self) -> bool | None:
        return self.ready_at <= self.quoted_to if self.quoted_to else None


@dataclass(frozen=True, slots=True)
class Device:
    what: str
    seen: dt.datetime | None
    #: What is wrong with the device, in words; "" if nothing is.
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class SupplyNow:
    """A counted ingredient of a station, and the hours for which it lasts.

    With a forecast, the hours are calculated from the predicted drinks, and `hours` is None if the ingredient lasts
    until the end of the day. Without a forecast, they are calculated from today's use, and `hours` is None if nothing
    was used yet."""

    name: str
    left: str
    hours: float | None
    lasts_today: bool = False

    @property
    def is_short(self) -> bool:
        return self.hours is not None and self.hours < 1


@dataclass(frozen=True, slots=True)
class StationNow:
    pk: int
    slug: str
    name: str
    #: State of the station: "open", "paused" or "closed".
    state: str
    until: dt.datetime | None
    extra_minutes: int
    waiting: int
    making: int
    ready: int
    #: Number of drinks that the station still has to make.
    cups: int
    oldest: dt.datetime | None
    #: Number of orders that are late: nobody has started them for the event's `late_after_minutes`.
    untouched: int
    last_act: dt.datetime | None
    per_hour: int
    minutes_per_drink: float | None
    quoted_now: Wait | None
    #: Drinks predicted for the next half hour, and the longest wait in minutes that they cause. None without a
    #: forecast.
    soon: int | None
    wait_soon: float | None
    quoted: float | None
    waited: float | None
    #: Percentage of the last hour's orders that were ready by the end of their promised wait.
    kept: int | None
    on_shift: tuple[str, ...]
    devices: tuple[Device, ...]
    supplies: tuple[SupplyNow, ...]
    elsewhere: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TextsNow:
    waiting: int
    failed: int
    people: int
    oldest_person: dt.datetime | None
    #: Seconds until all queued texts are sent, at the rate that the event's phone numbers allow.
    behind: int

    @property
    def late(self) -> str:
        return f"{self.behind} s" if self.behind < 60 else f"{self.behind // 60} min"


@dataclass(frozen=True, slots=True)
class RunningBroadcast:
    """A broadcast (one text to all waiting customers) that is still being sent: some of its texts are unsent."""

    pk: int
    kind: str
    unsent: int
    count: int


def minutes_per_drink(made: Iterable[MadeOrder]) -> float | None:
    """Return the mean minutes for a cup: from starting an order until it is ready, divided by its cups.

    Return None if no order was started by a tap."""
    timed = [(each.ready_at - each.started_at, each.cups) for each in made if each.started_at]
    cups = sum(cups for _, cups in timed)
    return round(sum(taken.total_seconds() for taken, _ in timed) / 60 / cups, 1) if cups else None


def median_of(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 1) if known else None
