"""An event's opening hours in local time, also in nights in which clocks repeat or skip an hour."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from stations.models import Event
from stations.validators import known_day_hours

BERLIN = "Europe/Berlin"
#: The two moments at which clocks in Berlin show 02:30 when they are put back from 03:00 to 02:00.
FIRST, AGAIN = (dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1))
#: 04:00 in the same night. Clocks show this time only once.
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

    # Clocks show 02:15 twice, and the pause ends at the second 02:15. So at FIRST, the first 02:30, the event is still
    # paused.
    assert (paused.is_open(FIRST), paused.is_open(AGAIN)) == (False, True)
    assert opens is not None
    assert opens.astimezone(dt.UTC) == AGAIN - dt.timedelta(minutes=15)
    assert f"{opens:%H:%M}" == "02:15"


@pytest.mark.parametrize(
    ("zone", "skipped"),
    [
        ("Africa/Cairo", "2026-04-23T22:00Z"),
        ("Asia/Beirut", "2026-03-28T22:00Z"),
        ("America/Havana", "2026-03-08T05:00Z"),
        ("America/Santiago", "2026-09-06T04:00Z"),
    ],
)
def test_event_without_hours_stays_open_when_clocks_skip_midnight(zone: str, skipped: str) -> None:
    event, change = Event(time_zone=zone), dt.datetime.fromisoformat(skipped)

    moments = [change + dt.timedelta(minutes=minutes) for minutes in range(-180, 181, 15)]

    assert [moment for moment in moments if not event.is_open(moment)] == []


def test_a_closing_time_that_clocks_skip_closes_no_earlier() -> None:
    event = Event(time_zone="Europe/Berlin", opens_at=dt.time(18), closes_at=dt.time(2, 30))
    change = dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC)

    assert [event.is_open(change + dt.timedelta(minutes=minutes)) for minutes in (-20, 0, 29, 31)] == [
        *(True, True, True),
        False,
    ]


def test_hours_that_clocks_skip_as_a_whole_are_those_of_the_day_after() -> None:
    event = Event(time_zone="Australia/Lord_Howe", opens_at=dt.time(2, 15), closes_at=dt.time(2, 45))
    before = dt.datetime(2026, 10, 3, 12, tzinfo=dt.UTC)

    opens = event.opens_next(before)

    assert opens is not None
    assert (opens.isoformat(), event.is_open(opens)) == ("2026-10-05T02:15:00+11:00", True)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-06-01T20:00+02:00", "2026-06-02T02:30+02:00"),
        ("2026-06-02T01:00+02:00", "2026-06-02T02:30+02:00"),
        ("2026-06-02T12:00+02:00", "2026-06-03T02:30+02:00"),
    ],
)
def test_the_day_of_an_event_ends_when_it_closes_after_midnight(now: str, ends: str) -> None:
    event = Event(time_zone="Europe/Berlin", opens_at=dt.time(18), closes_at=dt.time(2, 30))

    assert event.end_of_day(dt.datetime.fromisoformat(now)) == dt.datetime.fromisoformat(ends)


@pytest.mark.parametrize("hours", [{}, {"opens_at": dt.time(9), "closes_at": dt.time(17)}])
def test_the_day_of_any_other_event_ends_at_midnight(hours: dict[str, dt.time]) -> None:
    event, now = Event(time_zone="Europe/Berlin", **hours), dt.datetime.fromisoformat("2026-06-02T12:00+02:00")

    assert event.end_of_day(now) == dt.datetime.fromisoformat("2026-06-03T00:00+02:00")


CHANGES = [
    ("Africa/Cairo", "2026-04-23T22:00Z"),
    ("Africa/Cairo", "2026-10-29T21:00Z"),
    ("Asia/Beirut", "2026-03-28T22:00Z"),
    ("Asia/Beirut", "2026-10-24T21:00Z"),
    ("America/Havana", "2026-03-08T05:00Z"),
    ("America/Havana", "2026-11-01T05:00Z"),
    ("America/Santiago", "2026-09-06T04:00Z"),
    ("America/Santiago", "2026-04-05T03:00Z"),
    ("Europe/Berlin", "2026-03-29T01:00Z"),
    ("Europe/Berlin", "2026-10-25T01:00Z"),
]


@pytest.mark.parametrize(("zone", "changed"), CHANGES)
@pytest.mark.parametrize(
    "hours",
    [{}, {"opens_at": dt.time(18), "closes_at": dt.time(2, 30)}, {"opens_at": dt.time(9), "closes_at": dt.time(17)}],
)
def test_every_moment_lies_in_one_day_of_the_event_also_when_clocks_change(
    zone: str, changed: str, hours: dict[str, dt.time]
) -> None:
    event, change = Event(time_zone=zone, **hours), dt.datetime.fromisoformat(changed)

    moments = [change + dt.timedelta(minutes=minutes) for minutes in range(-36 * 60, 36 * 60, 15)]

    assert [each for each in moments if not event.day_began(each) <= each < event.end_of_day(each)] == []
    ends = sorted({event.end_of_day(each).astimezone(dt.UTC) for each in moments})
    assert [event.day_began(end).astimezone(dt.UTC) for end in ends] == ends
    days = [event.day_of(each) for each in moments]
    assert days == sorted(days)
    assert len(set(days)) == len(ends)


def test_a_night_that_clocks_make_shorter_belongs_to_the_evening_until_the_bar_closes() -> None:
    event = Event(time_zone=BERLIN, opens_at=dt.time(18), closes_at=dt.time(2, 30))
    # Clocks go from 02:00 to 03:00, so they never show the closing time 02:30. The bar closes at 03:30 instead.
    last_call = dt.datetime(2026, 3, 29, 1, 15, tzinfo=dt.UTC)

    assert event.is_open(last_call)
    assert event.day_of(last_call) == dt.date(2026, 3, 28)
    assert event.day_of(last_call + dt.timedelta(minutes=15)) == dt.date(2026, 3, 29)


@pytest.mark.parametrize(
    ("now", "clock", "then"),
    [
        ("2026-06-01T10:00+00:00", dt.time(12, 30), "2026-06-01T10:30+00:00"),
        ("2026-06-01T10:30+00:00", dt.time(12, 30), "2026-06-02T10:30+00:00"),
        # Clocks show 02:30 twice. After the first 02:30, the next one is the second 02:30, an hour later.
        ("2026-10-25T00:00+00:00", dt.time(2, 30), "2026-10-25T00:30+00:00"),
        ("2026-10-25T00:30+00:00", dt.time(2, 30), "2026-10-25T01:30+00:00"),
        # Clocks skip 02:30 in this night. The moment at which they show 03:30 is taken instead.
        ("2026-03-29T00:00+00:00", dt.time(2, 30), "2026-03-29T01:30+00:00"),
    ],
)
def test_a_time_of_day_means_the_next_moment_at_which_clocks_show_it(now: str, clock: dt.time, then: str) -> None:
    found = event().next_time(clock, dt.datetime.fromisoformat(now))

    assert found.astimezone(dt.UTC) == dt.datetime.fromisoformat(then)


def fair(**fields: Any) -> Event:
    """Return an event that is open from 9:00 to 17:00, on Tuesday from 20:00 to 02:30, and not on Wednesday."""
    own = {"2026-06-02": ["20:00", "02:30"], "2026-06-03": None}
    hours = {"opens_at": dt.time(9), "closes_at": dt.time(17), "day_hours": own}
    return event(**hours | fields)


@pytest.mark.parametrize(
    ("now", "opens", "closes"),
    [
        ("2026-06-01T10:00", "2026-06-01T10:00", "2026-06-01T17:00"),
        ("2026-06-01T18:00", "2026-06-02T20:00", None),
        ("2026-06-02T10:00", "2026-06-02T20:00", None),
        # The hours until 02:30 belong to Tuesday, so they count although the event is closed on Wednesday.
        ("2026-06-03T02:29", "2026-06-03T02:29", "2026-06-03T02:30"),
        ("2026-06-03T02:30", "2026-06-04T09:00", None),
        ("2026-06-04T16:59", "2026-06-04T16:59", "2026-06-04T17:00"),
    ],
)
def test_each_day_opens_and_closes_by_its_own_hours(now: str, opens: str, closes: str | None) -> None:
    moment = dt.datetime.fromisoformat(f"{now}+02:00")

    found = fair().opens_next(moment)

    assert found is not None
    assert f"{found:%Y-%m-%dT%H:%M}" == opens
    closing = fair().closes_next(moment)
    assert (f"{closing:%Y-%m-%dT%H:%M}" if closing else None) == closes


def test_days_on_which_it_is_closed_are_skipped_however_many_there_are() -> None:
    closed = {f"2026-06-{day:02}": None for day in range(2, 30)}
    evening = dt.datetime.fromisoformat("2026-06-01T18:00+02:00")

    opens = fair(day_hours=closed).opens_next(evening)

    assert opens == dt.datetime.fromisoformat("2026-06-30T09:00+02:00")
    assert fair(day_hours=closed, last_day=dt.date(2026, 6, 29)).opens_next(evening) is None


def test_a_night_that_reaches_into_the_next_days_hours_closes_once() -> None:
    long = fair(day_hours={"2026-06-01": ["20:00", "10:00"]})

    closes = long.closes_next(dt.datetime.fromisoformat("2026-06-02T03:00+02:00"))

    assert closes == dt.datetime.fromisoformat("2026-06-02T17:00+02:00")


def round_the_clock(**fields: Any) -> Event:
    return event(opens_at=dt.time(0), closes_at=dt.time(0), **fields)


@pytest.mark.parametrize(
    ("open_", "closes"),
    [
        (round_the_clock(first_day=dt.date(2026, 6, 1), last_day=dt.date(2026, 6, 3)), "2026-06-04T00:00"),
        (round_the_clock(day_hours={"2026-06-05": None}), "2026-06-05T00:00"),
        (fair(day_hours={"2026-06-02": ["09:00", "00:00"], "2026-06-03": ["00:00", "12:00"]}), "2026-06-03T12:00"),
        (fair(day_hours={"2026-06-02": ["09:00", "09:00"]}, last_day=dt.date(2026, 6, 2)), "2026-06-03T09:00"),
    ],
)
def test_hours_that_touch_are_one_opening(open_: Event, closes: str) -> None:
    closing = open_.closes_next(dt.datetime.fromisoformat("2026-06-02T15:00+02:00"))

    assert closing == dt.datetime.fromisoformat(f"{closes}+02:00")
    assert not open_.is_open(closing)


def test_an_event_that_is_open_round_the_clock_never_closes() -> None:
    assert round_the_clock().closes_next(FIRST) is None


def test_the_night_before_the_first_day_is_closed() -> None:
    first = event(opens_at=dt.time(20), closes_at=dt.time(2), first_day=dt.date(2026, 6, 2))

    assert first.closes_next(dt.datetime.fromisoformat("2026-06-02T01:00+02:00")) is None


def test_one_day_of_an_event_without_hours_can_have_some() -> None:
    mixed = event(day_hours={"2026-06-02": ["10:00", "14:00"]})
    monday, tuesday = (dt.datetime(2026, 6, day, 11, tzinfo=dt.UTC) for day in (1, 2))

    assert (mixed.is_open(monday), mixed.closes_next(monday)) == (True, None)
    assert mixed.closes_next(tuesday) == dt.datetime.fromisoformat("2026-06-02T14:00+02:00")
    assert not mixed.is_open(tuesday.replace(hour=15))


@pytest.mark.parametrize(
    ("last_day", "over"), [(dt.date(2026, 6, 2), "2026-06-03T02:30"), (dt.date(2026, 6, 3), "2026-06-04T00:00")]
)
def test_an_event_is_over_when_its_last_day_is(last_day: dt.date, over: str) -> None:
    ended, end = fair(last_day=last_day, keep_days=0), dt.datetime.fromisoformat(f"{over}+02:00")

    assert (ended.is_over(end - dt.timedelta(seconds=1)), ended.is_over(end)) == (False, True)


@pytest.mark.parametrize(("zone", "changed"), CHANGES)
def test_every_moment_lies_in_one_day_also_with_hours_of_single_days(zone: str, changed: str) -> None:
    change = dt.datetime.fromisoformat(changed)
    days = [(change.date() + dt.timedelta(days=n)).isoformat() for n in (-1, 0, 1)]
    own = {days[0]: ["18:00", "02:30"], days[1]: None, days[2]: ["00:00", "23:30"]}
    changing = Event(time_zone=zone, opens_at=dt.time(9), closes_at=dt.time(1), day_hours=own)

    moments = [change + dt.timedelta(minutes=minutes) for minutes in range(-48 * 60, 48 * 60, 15)]

    assert [each for each in moments if not changing.day_began(each) <= each < changing.end_of_day(each)] == []
    found = [changing.day_of(each) for each in moments]
    assert found == sorted(found)
    for each in moments:
        closes = changing.closes_next(each)
        assert changing.is_open(each) == (closes is not None)
        assert closes is None or not changing.is_open(closes)


@pytest.mark.parametrize("clock", ["02:30", "03:30"])
def test_hours_of_a_single_day_hold_by_the_clock_when_an_hour_comes_twice(clock: str) -> None:
    night = event(opens_at=dt.time(9), closes_at=dt.time(17), day_hours={"2026-10-24": ["20:00", clock]})

    closes = night.closes_next(FIRST)

    assert closes is not None
    assert (f"{closes:%H:%M}", closes >= AGAIN) == (clock, True)


@pytest.mark.parametrize(
    "days",
    [
        [],
        {"monday": None},
        {"2026-02-30": None},
        {"2026-06-02": ["09:00"]},
        {"2026-06-02": ["09:00", "25:00"]},
        {"2026-06-02": ["09:00", None]},
        {"2026-06-02": "09:00"},
        {f"2{n:03}-01-01": None for n in range(101)},
    ],
)
def test_hours_that_cannot_be_are_refused(days: Any) -> None:
    with pytest.raises(ValidationError):
        known_day_hours(days)


def test_hours_of_days_that_the_event_does_not_have_are_dropped() -> None:
    moved = fair(first_day=dt.date(2026, 6, 3), last_day=dt.date(2026, 6, 4))

    moved.clean()

    assert moved.day_hours == {"2026-06-03": None}
