"""Change when orders are taken: hours, pauses, open and closed stations, longer waits. The audit log records it."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import Any

from accounts.models import User, record
from stations.models import Event, Station


def pause(row: Event | Station, *, until: dt.datetime, by: User) -> None:
    _set(row, "paused", by, paused_until=until)


def resume(row: Event | Station, *, by: User) -> None:
    _set(row, "resumed", by, paused_until=None)


def slow_down(station: Station, *, minutes: int, by: User) -> None:
    """Add this many minutes to every wait that the station quotes; 0 ends the extra time."""
    _set(station, "slowed down", by, extra_minutes=minutes)


def set_open(station: Station, *, is_open: bool, by: User) -> None:
    """Open or close a station. A closed station gets no new orders, but still makes the orders that it has."""
    _set(station, "opened" if is_open else "closed", by, is_open=is_open)


def set_hours(
    event: Event,
    *,
    opens_at: dt.time | None,
    closes_at: dt.time | None,
    day_hours: dict[str, list[str] | None],
    by: User,
) -> None:
    """Set the event's usual hours and its hours of single days. Raises ValidationError."""
    hours = {"opens_at": opens_at, "closes_at": closes_at, "day_hours": day_hours}
    asked = copy(event)
    for name, value in hours.items():
        setattr(asked, name, value)
    asked.clean_fields(exclude={field.name for field in Event._meta.fields} - set(hours))
    asked.clean()
    asked.validate_constraints()
    _set(event, "changed", by, **hours | {"day_hours": asked.day_hours})


def _set(row: Event | Station, act: str, by: User, **fields: Any) -> None:
    changes = {name: (getattr(row, name), value) for name, value in fields.items()}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    event = row.pk if isinstance(row, Event) else row.event_id
    record(act, row, by=by, event=event, changes=changes)
