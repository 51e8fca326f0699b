"""Compares the forecast with simpler forecasts on simulated days (`make simulate ARGS=--forecast`).

The days differ from their plan: more or fewer people come, breaks are more or less popular, and breaks begin late."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from expresso.planner.demand import BreakRush, Demand
from expresso.planner.prediction import AHEAD, begun, pace_at
from expresso.simulation.scenario import Scenario, simulated_arrivals

#: Plan of every simulated day: 300 people, from 8:00 to 17:00, with registration, morning tea, lunch and afternoon tea.
PLANNED = Demand(
    (BreakRush(30, 60, 150), BreakRush(150, 30, 255), BreakRush(270, 60, 135), BreakRush(450, 30, 135)), 0.1, 540
)
#: How much simulated days differ from the plan. The drinks of a day are multiplied by a random attendance, and those of
#: each break by a random popularity. Both factors are log-normal; these are the standard deviations of their
#: logarithms.
ATTENDANCE, POPULARITY = 0.35, 0.15
#: Maximum delay of a break, in minutes.
LATE = 10.0
#: Minutes between two forecasts.
EVERY = 10


@dataclass(frozen=True, slots=True)
class Errors:
    """Mean errors of three ways to forecast, in per cent of the mean demand.

    `forecast` is the product's forecast, `plan` expects what was planned, and `naive` expects as much as in the last
    half hour."""

    forecast: float
    plan: float
    naive: float


def errors(days: int, *, planned: Demand = PLANNED) -> Errors:
    rows = [row for day in range(days) for row in _day(planned, random.Random(f"forecast {day}"))]
    true = mean(row[0] for row in rows)
    forecast, plan, naive = (100 * mean(abs(row[column] - row[0]) for row in rows) / true for column in (1, 2, 3))
    return Errors(forecast, plan, naive)


def _day(planned: Demand, draw: random.Random) -> Iterator[tuple[float, float, float, float]]:
    """Yield four numbers for each moment of a simulated day. All are numbers of drinks in the next half hour.

    The first one is the real number. The others were forecast by the product, by the plan alone, and by the naive
    rule."""
    came = _orders(planned, draw)
    for now in range(EVERY, int(planned.minutes) - AHEAD + 1, EVERY):
        rush = begun(planned, now)
        in_break = _count(came, rush.starts, now) if rush else 0.0
        forecast = pace_at(planned, now, _count(came, 0, now), in_break).ahead(planned, now)
        expected = planned.between(now, now + AHEAD)
        yield _count(came, now, now + AHEAD), forecast, expected, _count(came, now - AHEAD, now)


def _orders(planned: Demand, draw: random.Random) -> list[float]:
    """Return the moments at which drinks are ordered on a random day that differs from its plan."""
    attendance = draw.lognormvariate(0, ATTENDANCE)
    rushes = [
        replace(
            rush,
            starts=rush.starts + draw.uniform(0, LATE),
            cups=rush.cups * attendance * draw.lognormvariate(0, POPULARITY),
        )
        for rush in planned.rushes
    ]
    scenario = Scenario(
        "day", (), tuple(rush.simulated(1.0) for rush in rushes), planned.minutes, planned.steady * attendance
    )
    return simulated_arrivals(scenario, draw)


def _count(came: Sequence[float], since: float, until: float) -> float:
    return float(sum(since < moment <= until for moment in came))


def error_lines(days: int) -> Iterator[str]:
    found = errors(days)
    yield f"Error of the drinks of the next half hour, in per cent of their mean ({days} days, every {EVERY} minutes):"
    yield f"  forecast: the plan, scaled by what was ordered so far   {found.forecast:5.0f} %"
    yield f"  the plan alone                                          {found.plan:5.0f} %"
    yield f"  naive: the last half hour again                         {found.naive:5.0f} %"
