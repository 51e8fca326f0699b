"""Taking fewer orders for a while: a pause, a closed station, a longer promise. Each act is audited."""

from __future__ import annotations

import datetime as dt

from accounts.models import User, record
from stations.models import Event, Station


def pause(row: Event | Station, *, until: dt.datetime, by: User) -> None:
    row.paused_until = until
    row.save(update_fields=["paused_until"])
    record("paused", row, by=by, until=until.isoformat(timespec="minutes"))


def resume(row: Event | Station, *, by: User) -> None:
    row.paused_until = None
    row.save(update_fields=["paused_until"])
    record("resumed", row, by=by)


def slow_down(station: Station, *, minutes: int, by: User) -> None:
    """Add this many minutes to every wait that is quoted; 0 for none."""
    station.extra_minutes = minutes
    station.save(update_fields=["extra_minutes"])
    record("slowed down", station, by=by, minutes=minutes)


def set_open(station: Station, *, is_open: bool, by: User) -> None:
    """A closed station gets no new orders; those it has are still made."""
    station.is_open = is_open
    station.save(update_fields=["is_open"])
    record("opened" if is_open else "closed", station, by=by)
