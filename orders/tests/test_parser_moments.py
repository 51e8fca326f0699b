"""Tests that the time which a text names becomes the right moment in the event's time zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from orders.parser import TimeSaid
from orders.parser.languages import LANGUAGES
from orders.parser.times import find_time, languages_of_times, moment_of

BERLIN = ZoneInfo("Europe/Berlin")
EITHER = {"either_half": True}


def is_open(moment: dt.datetime) -> bool:
    return 8 <= moment.hour < 18


def at(text: str, *, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


#: A moment at which the event is open, on a Wednesday morning, and one at which it is closed, that evening.
OPEN, CLOSED = "2026-06-10 10:00", "2026-06-10 19:00"


@pytest.mark.parametrize(
    ("now", "said", "moment"),
    [
        (OPEN, TimeSaid(minutes=20), "2026-06-10 10:20"),
        (OPEN, TimeSaid(hour=11), "2026-06-10 11:00"),
        (OPEN, TimeSaid(hour=0), "2026-06-10 00:00"),
        (OPEN, TimeSaid(hour=3, minute=15, **EITHER), "2026-06-10 15:15"),
        (OPEN, TimeSaid(hour=9, **EITHER), "2026-06-10 21:00"),
        (OPEN, TimeSaid(hour=9), "2026-06-10 09:00"),
        (OPEN, TimeSaid(hour=12, minute=30, **EITHER), "2026-06-10 12:30"),
        (CLOSED, TimeSaid(hour=9, **EITHER), "2026-06-11 09:00"),
        (CLOSED, TimeSaid(hour=3, **EITHER), "2026-06-11 15:00"),
        (CLOSED, TimeSaid(hour=20), "2026-06-10 20:00"),
        (CLOSED, TimeSaid(hour=7), "2026-06-10 07:00"),
        ("2026-06-10 02:00", TimeSaid(hour=3, **EITHER), "2026-06-10 15:00"),
        ("2026-06-10 05:00", TimeSaid(hour=6, **EITHER), "2026-06-10 06:00"),
        (OPEN, TimeSaid(hour=9, days=1, **EITHER), "2026-06-11 09:00"),
        (OPEN, TimeSaid(hour=5, days=1, **EITHER), "2026-06-11 17:00"),
        (OPEN, TimeSaid(hour=7, days=2, **EITHER), "2026-06-12 07:00"),
        (OPEN, TimeSaid(hour=9, weekday=4), "2026-06-12 09:00"),
        (OPEN, TimeSaid(hour=9, weekday=2), "2026-06-17 09:00"),
        (OPEN, TimeSaid(hour=11, weekday=2), "2026-06-10 11:00"),
        (OPEN, TimeSaid(hour=20, weekday=2), "2026-06-10 20:00"),
    ],
)
def test_a_time_is_the_next_one_at_which_orders_are_taken(now: str, said: TimeSaid, moment: str) -> None:
    assert moment_of(said, at(now), is_open) == at(moment)


@pytest.mark.parametrize("said", [TimeSaid(), TimeSaid(days=1), TimeSaid(weekday=4), TimeSaid(later=True)])
def test_no_moment_is_made_up_where_no_time_of_day_was_said(said: TimeSaid) -> None:
    assert moment_of(said, at(OPEN), is_open) is None


def test_minutes_pass_at_their_speed_when_clocks_are_put_forward() -> None:
    assert moment_of(TimeSaid(minutes=20), at("2026-03-29 01:50"), is_open) == at("2026-03-29 03:10")


def test_a_time_that_clocks_skip_is_an_hour_later() -> None:
    moment = moment_of(TimeSaid(hour=2, minute=30), at("2026-03-29 01:00"), lambda _: True)

    assert moment is not None
    assert moment.strftime("%H:%M") == "03:30"


@pytest.mark.parametrize(("now", "fold"), [("2026-10-25 01:00", 0), ("2026-10-25 02:40", 1)])
def test_a_time_that_clocks_repeat_is_the_next_one_ahead(now: str, fold: int) -> None:
    moment = moment_of(TimeSaid(hour=2, minute=30), at(now), lambda _: True)

    assert moment is not None
    assert moment.astimezone(dt.UTC) == at("2026-10-25 02:30", fold=fold).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9", TimeSaid(hour=9, **EITHER)),
        ("nine", TimeSaid(hour=9, **EITHER)),
        ("9.30", TimeSaid(hour=9, minute=30, **EITHER)),
        ("twenty past 9", TimeSaid(hour=9, minute=20, **EITHER)),
        ("10 to 9", TimeSaid(hour=8, minute=50, **EITHER)),
        ("now please", TimeSaid()),
    ],
)
def test_a_bare_number_is_a_time_where_a_time_was_asked_for(text: str, said: TimeSaid) -> None:
    assert find_time(text, "en", asked=True) == (said, "")
    assert find_time(text, "en") == (None, text)


def test_most_texts_are_not_searched_for_a_time() -> None:
    assert languages_of_times("a large latte for Ben in a cup, please", LANGUAGES) == []
    assert languages_of_times("un cortado y un té grande", ["es"]) == []
    assert languages_of_times("a large latte tomorrow at nine", LANGUAGES) == ["en"]


def test_an_hour_that_no_clock_shows_is_no_time() -> None:
    assert find_time("25", "en", asked=True) == (None, "25")
