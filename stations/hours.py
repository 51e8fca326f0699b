"""The hours in which an event takes orders, in its own time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from django.utils import timezone

#: An event that stays open for this number of days without a break counts as never closing.
_MONTH = 31


class Hours:
    """Computes when an event is open. `Event` inherits this class and has the columns that are declared here."""

    time_zone: str
    first_day: dt.date | None
    last_day: dt.date | None
    opens_at: dt.time | None
    closes_at: dt.time | None
    #: Days with other hours than the rest: {"2026-06-02": ["09:00", "14:00"]}. None: closed on that day.
    day_hours: Mapping[str, Sequence[str] | None]
    paused_until: dt.datetime | None
    archived_at: dt.datetime | None
    keep_days: int
    erase_at: dt.datetime | None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(self.zone)

    def opens_next(self, now: dt.datetime | None = None) -> dt.datetime | None:
        """Return when orders are next taken, in local time: `now` if the event is open, None if the event is over."""
        if self.archived_at is not None:
            return None
        now = now or timezone.now()
        # Moments are compared in UTC, because an hour of local time comes twice when summer time ends.
        start = max(now, self.paused_until or now).astimezone(dt.UTC)
        # Yesterday's hours may run past midnight.
        first = max(self.local(start).date() - dt.timedelta(days=1), self.first_day or dt.date.min)
        # Look beyond all days with hours of their own, because they may all be closed. One more day is for hours that
        # clocks skip.
        for day in (first + dt.timedelta(days=n) for n in range(4 + len(self.day_hours))):
            if self.last_day and day > self.last_day:
                return None
            opens, closes = self.hours_of(day) or (start, start)
            if max(start, opens) < closes:
                return now if max(start, opens) == now else self.local(max(start, opens))
        return None

    def is_open(self, now: dt.datetime | None = None) -> bool:
        now = now or timezone.now()
        return self.opens_next(now) == now

    def closes_next(self, now: dt.datetime) -> dt.datetime | None:
        """Return when an event that is open at `now` stops taking orders.

        Return None if the event is closed, if the day has no hours, or if the event stays open for a month."""
        today, closing = self.local(now).date(), now
        for day in (today + dt.timedelta(days=n) for n in range(-1, _MONTH)):
            is_event_day = (self.first_day or day) <= day <= (self.last_day or day)
            opens, closes = (self.hours_of(day) if is_event_day else None) or (now, now)
            # Hours past midnight may overlap or touch the hours of the next day. The event then stays open.
            if opens <= now < closes or now < opens <= closing:
                if not self.has_hours(day):
                    return None
                closing = max(closes, closing)
            elif day > today:
                return self.local(closing) if closing > now else None
        return None

    def end_of_day(self, now: dt.datetime) -> dt.datetime:
        """Return when the event's day ends: at midnight, or later if the event closes after midnight."""
        return self.local(self.day_ends(self.day_of(now)))

    def day_began(self, now: dt.datetime) -> dt.datetime:
        """Return when the event's present day began, which is when the day before ended."""
        return self.local(self.day_ends(self.day_of(now) - dt.timedelta(days=1)))

    def day_of(self, moment: dt.datetime, *, ends: Callable[[dt.date], dt.datetime] | None = None) -> dt.date:
        """Return the event's day. It lasts until the event closes, so half past midnight may belong to yesterday.

        Callers that ask for many moments pass a cached `day_ends` as `ends`."""
        today, ends = self.local(moment).date(), ends or self.day_ends
        days = (today + dt.timedelta(days=n) for n in (-1, 0))
        return next((day for day in days if moment < ends(day)), today + dt.timedelta(days=1))

    def day_ends(self, day: dt.date) -> dt.datetime:
        """Return the end of the event's day, in UTC."""
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, self.zone).astimezone(dt.UTC)
        hours = self.hours_of(day) if self.has_hours(day) else None
        return max(midnight, hours[1]) if hours else midnight

    def next_time(self, clock: dt.time, now: dt.datetime) -> dt.datetime:
        """Return the next moment at which clocks show this time of day, even if they show it twice on one day."""
        today = self.local(now).date()
        moments = (
            dt.datetime.combine(today + dt.timedelta(days=days), clock.replace(fold=fold), self.zone)
            for days in (0, 1)
            for fold in (0, 1)
        )
        # Moments are compared in UTC, because Python compares two moments of one zone by what clocks show.
        return next(moment for moment in moments if moment.astimezone(dt.UTC) > now)

    def has_hours(self, day: dt.date) -> bool:
        """Return whether the day has opening and closing times.

        A closed day has none, and neither has a day on which the event is open day and night."""
        return bool(self.day_hours.get(day.isoformat(), self.opens_at is not None))

    def hours_of(self, day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
        """Return opening and closing on a day, in UTC; None for a day on which the event is closed."""
        own = self.day_hours.get(day.isoformat(), ())
        if own is None:
            return None
        opens, closes = map(dt.time.fromisoformat, own) if own else (self.opens_at, self.closes_at)
        opens, closes = opens or dt.time.min, closes or dt.time.min
        closing_day = day + dt.timedelta(days=closes <= opens)
        # If clocks show a time twice, the event opens at the first and closes at the second. If clocks skip the closing
        # time, fold=1 is the earlier moment, which would close an hour too soon. So the later moment counts.
        closings = (dt.datetime.combine(closing_day, closes.replace(fold=fold), self.zone) for fold in (0, 1))
        return (
            dt.datetime.combine(day, opens, self.zone).astimezone(dt.UTC),
            max(closing.astimezone(dt.UTC) for closing in closings),
        )

    def drop_hours_of_other_days(self) -> None:
        # Dates in ISO format can be compared as text.
        first, last = (day.isoformat() if day else "" for day in (self.first_day, self.last_day))
        self.day_hours = {day: hours for day, hours in self.day_hours.items() if first <= day <= (last or day)}

    def is_over(self, now: dt.datetime) -> bool:
        """Return whether the last day has ended, and the days for which personal data is kept have passed."""
        end = self.last_day_ends()
        return end is not None and now >= end + dt.timedelta(days=self.keep_days)

    def last_day_ends(self) -> dt.datetime | None:
        """Return the moment at which the last day ends; None for an event without a last day."""
        if self.last_day is None:
            return None
        hours = self.hours_of(self.last_day)
        return hours[1] if hours else self.day_ends(self.last_day)

    def personal_data_until(self, now: dt.datetime) -> dt.datetime | None:
        """Return the moment before which all personal data must be erased; None while all data is kept.

        An event without a last day keeps each order and text for `keep_days`."""
        ends = [self.erase_at] if self.erase_at and self.erase_at <= now else []
        if self.is_over(now):
            ends.append(now)
        elif self.last_day is None:
            ends.append(now - dt.timedelta(days=self.keep_days))
        return max(ends, default=None)
