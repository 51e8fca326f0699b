"""The hours in which an event takes orders, in the event's time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from django.utils import timezone

#: An event that stays open for this many days without a break counts as never closing.
_MONTH = 31


class Hours:
    """Computes when an event is open. `Event` inherits from this class, and has the columns that are declared here."""

    time_zone: str
    first_day: dt.date | None
    last_day: dt.date | None
    opens_at: dt.time | None
    closes_at: dt.time | None
    #: Opening hours of single days, such as {"2026-06-02": ["09:00", "14:00"]}. None: the event is closed on that day.
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
        """Return when the event next takes orders, in local time.

        Return `now` if the event is open, and None if it does not open again."""
        if self.archived_at is not None:
            return None
        now = now or timezone.now()
        # Compare moments in UTC: in local time, one hour occurs twice when summer time ends.
        start = max(now, self.paused_until or now).astimezone(dt.UTC)
        # Begin with yesterday: its hours may end only after midnight, so that the event is still open.
        first = max(self.local(start).date() - dt.timedelta(days=1), self.first_day or dt.date.min)
        # At worst, all days with their own hours are closed, so look at more days than these. When clocks are put
        # forward, the hours of one more day can be skipped.
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
        """Return when the event, which is open at `now`, stops taking orders.

        Return None if it is not open, is open day and night, or stays open for a month."""
        today, closing = self.local(now).date(), now
        for day in (today + dt.timedelta(days=n) for n in range(-1, _MONTH)):
            is_event_day = (self.first_day or day) <= day <= (self.last_day or day)
            opens, closes = (self.hours_of(day) if is_event_day else None) or (now, now)
            # If the hours of a day last until the next day's hours begin, the event does not close between them.
            if opens <= now < closes or now < opens <= closing:
                if not self.has_hours(day):
                    return None
                closing = max(closes, closing)
            elif day > today:
                return self.local(closing) if closing > now else None
        return None

    def end_of_day(self, now: dt.datetime) -> dt.datetime:
        """Return when the event's day at `now` ends: at midnight, or at the closing time if that is later."""
        return self.local(self.day_ends(self.day_of(now)))

    def day_began(self, now: dt.datetime) -> dt.datetime:
        """Return when the event's present day began, i.e. when the previous day ended."""
        return self.local(self.day_ends(self.day_of(now) - dt.timedelta(days=1)))

    def day_of(self, moment: dt.datetime, *, ends: Callable[[dt.date], dt.datetime] | None = None) -> dt.date:
        """Return the event's day at this moment. A day ends when the event closes, so at 00:30 it can still be the day
        before.

        `ends` replaces `day_ends`. Whoever asks for many moments passes a version of it that caches its results."""
        today, ends = self.local(moment).date(), ends or self.day_ends
        days = (today + dt.timedelta(days=n) for n in (-1, 0))
        return next((day for day in days if moment < ends(day)), today + dt.timedelta(days=1))

    def day_ends(self, day: dt.date) -> dt.datetime:
        """Return when the event's day ends, in UTC."""
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, self.zone).astimezone(dt.UTC)
        hours = self.hours_of(day) if self.has_hours(day) else None
        return max(midnight, hours[1]) if hours else midnight

    def next_time(self, clock: dt.time, now: dt.datetime) -> dt.datetime:
        """Return the next moment at which clocks show this time of day.

        When clocks are put back, they show 02:30 twice, and after the first 02:30 the second is the next."""
        today = self.local(now).date()
        moments = (
            dt.datetime.combine(today + dt.timedelta(days=days), clock.replace(fold=fold), self.zone)
            for days in (0, 1)
            for fold in (0, 1)
        )
        # Compare in UTC. Within one time zone, Python compares what clocks show, so two moments with the same time
        # would be equal.
        return next(moment for moment in moments if moment.astimezone(dt.UTC) > now)

    def has_hours(self, day: dt.date) -> bool:
        """Return whether the day has an opening and a closing time. A closed day has none, nor has a day that is open
        day and night."""
        return bool(self.day_hours.get(day.isoformat(), self.opens_at is not None))

    def hours_of(self, day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
        """Return (opening, closing) of a day, in UTC; None for a day on which the event is closed."""
        own = self.day_hours.get(day.isoformat(), ())
        if own is None:
            return None
        opens, closes = map(dt.time.fromisoformat, own) if own else (self.opens_at, self.closes_at)
        opens, closes = opens or dt.time.min, closes or dt.time.min
        closing_day = day + dt.timedelta(days=closes <= opens)
        # When clocks are put back and show a time twice, the event opens at the first one and closes at the second.
        # When they are put forward and skip the closing time, `fold=1` is an hour too early. So the later of `fold=0`
        # and `fold=1` is always the right closing time.
        closings = (dt.datetime.combine(closing_day, closes.replace(fold=fold), self.zone) for fold in (0, 1))
        return (
            dt.datetime.combine(day, opens, self.zone).astimezone(dt.UTC),
            max(closing.astimezone(dt.UTC) for closing in closings),
        )

    def drop_hours_of_other_days(self) -> None:
        # Dates in ISO format can be compared as texts.
        first, last = (day.isoformat() if day else "" for day in (self.first_day, self.last_day))
        self.day_hours = {day: hours for day, hours in self.day_hours.items() if first <= day <= (last or day)}

    def is_over(self, now: dt.datetime) -> bool:
        """Return whether the event is over. It is over `keep_days` days after the end of its last day."""
        end = self.last_day_ends()
        return end is not None and now >= end + dt.timedelta(days=self.keep_days)

    def last_day_ends(self) -> dt.datetime | None:
        """Return when the event's last day ends; None for an event without a last day."""
        if self.last_day is None:
            return None
        hours = self.hours_of(self.last_day)
        return hours[1] if hours else self.day_ends(self.last_day)

    def personal_data_until(self, now: dt.datetime) -> dt.datetime | None:
        """Return a moment: all personal data from before it must be erased now. Return None if none must.

        At an event without a last day, each order and text is kept for `keep_days` days."""
        ends = [self.erase_at] if self.erase_at and self.erase_at <= now else []
        if self.is_over(now):
            ends.append(now)
        elif self.last_day is None:
            ends.append(now - dt.timedelta(days=self.keep_days))
        return max(ends, default=None)
