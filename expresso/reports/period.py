"""Periods of an event's days in its own time zone.

A day ends at midnight, or when the event closes if that is after midnight."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.db.models import Max, Min
from django.utils import timezone

from orders.models import Order
from stations.models import Event

#: Seconds of a slot, which is a quarter of an hour. Orders are counted by slots.
SLOT = 900
#: Numbers of slots in an hour, in a day of UTC, and in four weeks.
HOUR, DAY, WEEKS = 4, 96, 2688


@dataclass(frozen=True, slots=True)
class Period:
    event: Event
    first: dt.date
    last: dt.date

    @classmethod
    def whole(cls, event: Event) -> Self:
        """Return the period of all days with orders, or today if the event has no orders."""
        placed = Order.objects.filter(event=event).aggregate(first=Min("placed_at"), last=Max("placed_at"))
        now = timezone.now()
        return cls(event, event.day_of(placed["first"] or now), event.day_of(placed["last"] or now))

    @property
    def start(self) -> dt.datetime:
        return self.event.day_ends(self.first - dt.timedelta(days=1))

    @property
    def end(self) -> dt.datetime:
        """The end of the last day."""
        return self.event.day_ends(self.last)

    @property
    def first_slot(self) -> int:
        return int(self.start.timestamp()) // SLOT

    @property
    def end_slot(self) -> int:
        return int(self.end.timestamp()) // SLOT

    @property
    def days_begin(self) -> list[int]:
        """For each day of the period, the number of the first quarter of an hour (slot) that lies wholly in the day."""
        days = range((self.last - self.first).days + 1)
        ends = (self.event.day_ends(self.first + dt.timedelta(days=n - 1)) for n in days)
        return [-(-int(end.timestamp()) // SLOT) for end in ends]

    @property
    def spells_of_one_time(self) -> list[int]:
        """The first slot of each spell: consecutive UTC days during which the event's offset from UTC stays the same.

        A day on which the clocks change is a spell of its own."""
        found: list[int] = []
        steady = False
        for day in range(self.first_slot // DAY, self.end_slot // DAY + 1):
            begins, ends = (self.local(slot).utcoffset() for slot in (day * DAY, (day + 1) * DAY))
            if not steady or begins != ends:
                found.append(day * DAY)
            steady = begins == ends
        return found

    @property
    def in_whole_hours(self) -> bool:
        """True if all the event's days and all its local hours begin on full hours of UTC."""
        days = range(self.first_slot // DAY * DAY, self.end_slot + DAY, DAY)
        offsets = {self.local(day).utcoffset() for day in days}
        whole = all(offset is not None and not offset % dt.timedelta(hours=1) for offset in offsets)
        return whole and not any(slot % HOUR for slot in (*self.days_begin, self.end_slot))

    def local(self, slot: int) -> dt.datetime:
        return self.event.local(dt.datetime.fromtimestamp(slot * SLOT, dt.UTC))

    def before(self) -> Self:
        """Return the period with the same number of days that ends just before this one begins."""
        days = self.last - self.first + dt.timedelta(days=1)
        return type(self)(self.event, self.first - days, self.last - days)

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first:%-d %b %Y}"
        return f"{self.first:%-d %b} – {self.last:%-d %b %Y}"
