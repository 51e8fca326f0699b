"""Days of an event: from midnight to midnight in its own time zone, or to when it closes after midnight."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.db.models import Max, Min
from django.utils import timezone

from orders.models import Order
from stations.models import Event

#: Seconds of a quarter of an hour, by which orders are counted.
SLOT = 900
#: Quarters of an hour in a day of UTC.
DAY = 96


@dataclass(frozen=True, slots=True)
class Period:
    event: Event
    first: dt.date
    last: dt.date

    @classmethod
    def whole(cls, event: Event) -> Self:
        """All days with orders; today for an event without any."""
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
        """The first slot of each day: the first one that begins when the day before has ended."""
        days = range((self.last - self.first).days + 1)
        ends = (self.event.day_ends(self.first + dt.timedelta(days=n - 1)) for n in days)
        return [-(-int(end.timestamp()) // SLOT) for end in ends]

    @property
    def spells_of_one_time(self) -> list[int]:
        """The first slot of each run of days in UTC on which the event's clocks are not changed.

        A day on which they are changed is a run of its own."""
        found: list[int] = []
        steady = False
        for day in range(self.first_slot // DAY, self.end_slot // DAY + 1):
            begins, ends = (self.local(slot).utcoffset() for slot in (day * DAY, (day + 1) * DAY))
            if not steady or begins != ends:
                found.append(day * DAY)
            steady = begins == ends
        return found

    def local(self, slot: int) -> dt.datetime:
        return self.event.local(dt.datetime.fromtimestamp(slot * SLOT, dt.UTC))

    def before(self) -> Self:
        """The period of the same number of days before this one."""
        days = self.last - self.first + dt.timedelta(days=1)
        return type(self)(self.event, self.first - days, self.last - days)

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first:%-d %b %Y}"
        return f"{self.first:%-d %b} – {self.last:%-d %b %Y}"
