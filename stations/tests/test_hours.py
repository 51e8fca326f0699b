"""When orders are taken, by the clock on the wall: also in the night in which an hour comes twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from stations.models import Event

BERLIN = "Europe/Berlin"
#: 02:30 in Berlin, before and after the clock was put back at 03:00.
FIRST, AGAIN = (dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1))
#: 04:00 that night, which comes once.
AT_FOUR = dt.datetime(2026, 10, 25, 3, 0, tzinfo=dt.UTC)


def event(**fields: Any) -> Event:
    return Event(time_zone=BERLIN, **fields)


@pytest.mark.parametrize("now", [FIRST, AGAIN])
def test_event_without_hours_is_open_in_both_of_them(now: dt.datetime) -> None:
    assert event().opens_next(now) == now
    assert event().is_open(now)


@pytest.mark.parametrize(("now", "open_"), [(FIRST, True), (AGAIN, True), (AT_FOUR, False)])
def test_night_bar_closes_in_the_second_of_them(now: dt.datetime, open_: bool) -> None:
    assert event(opens_at=dt.time(20), closes_at=dt.time(2, 45)).is_open(now) is open_


def test_bar_opens_in_the_first_of_them() -> None:
    early = event(opens_at=dt.time(2, 15), closes_at=dt.time(12))

    opens = early.opens_next(FIRST - dt.timedelta(hours=1))

    assert opens is not None
    assert opens.astimezone(dt.UTC) == FIRST - dt.timedelta(minutes=15)
    assert early.is_open(FIRST)


def test_pause_from_the_first_into_the_second_holds() -> None:
    paused = event(paused_until=AGAIN - dt.timedelta(minutes=15))

    opens = paused.opens_next(FIRST)

    # 02:15, after it was 02:30.
    assert (paused.is_open(FIRST), paused.is_open(AGAIN)) == (False, True)
    assert opens is not None
    assert opens.astimezone(dt.UTC) == AGAIN - dt.timedelta(minutes=15)
    assert f"{opens:%H:%M}" == "02:15"
