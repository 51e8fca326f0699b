"""Forecasts the next orders. The plan's demand is multiplied by the ratio of ordered to expected drinks so far.

docs/planning.md describes the method, and compares its error with that of a naive forecast. `make simulate
ARGS=--forecast` measures both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from expresso.planner.day import HALF_HOUR, Curve, curve_of, days_of
from expresso.planner.demand import BreakRush, Demand
from expresso.planner.mix import mix_of, needs_per_drink, planned_minutes
from expresso.planner.models import EventPlan
from expresso.planner.queueing import fluid_backlog
from expresso.reports.sources import Epoch
from inventory.snapshot import menu_of
from orders.models import Order
from orders.statuses import DROPPED
from stations.features import PREDICTION, has_feature
from stations.models import Event, Station

#: Early in a day few orders are known, so the plan is trusted more than these orders. This many drinks are added both
#: to the ordered and to the expected drinks before their ratio is calculated: 10 of 20 gives 40 / 50, not 10 / 20.
PLAN_COUNTS = 30.0
#: A break can begin late. So until this share of its planned length has passed, drinks that were expected in the break
#: but not ordered are still expected.
MAY_BE_LATE = 0.4
#: Weight of a drink that was ordered on an earlier day. A drink of today has the weight 1.
EARLIER = 0.25
#: Expected drinks are divided among stations by the drinks that were ordered there and by the numbers of baristas. The
#: baristas of all stations together count as much as this many ordered drinks. So the orders soon count more.
STATION_COUNTS = 20.0
#: How many minutes a forecast looks ahead, and the step in minutes by which `hours_until` goes through the rest of the
#: day.
AHEAD, STEP = 30, 5


def ratio_of(ordered: float, expected: float) -> float:
    """Return the ratio of ordered to expected drinks, after PLAN_COUNTS was added to both. Early in a day it is near 1.

    In statistical terms, this is a Bayesian estimate with Poisson arrivals. Its prior is a gamma distribution with mean
    1 and the weight of PLAN_COUNTS drinks."""
    return (PLAN_COUNTS + ordered) / (PLAN_COUNTS + expected)


def begun(demand: Demand, now: float) -> BreakRush | None:
    """Return the break that began last, if it was planned to begin so recently that it may be late (see MAY_BE_LATE).

    Otherwise return None."""
    latest = [rush for rush in demand.rushes if rush.starts <= now < rush.starts + MAY_BE_LATE * rush.minutes]
    return max(latest, key=lambda rush: rush.starts, default=None)


@dataclass(frozen=True, slots=True)
class DemandPace:
    """The orders of a day, compared with its plan. `ratio` is the ratio of ordered to expected drinks."""

    ratio: float
    #: Drinks that were expected in a break that has just begun, but were not ordered. They are still expected, because
    #: the break may have begun late. 0 if no break has just begun.
    late: float = 0.0

    def ahead(self, demand: Demand, now: float) -> float:
        """Return the number of drinks that are expected in the next AHEAD minutes."""
        return self.ratio * demand.between(now, now + AHEAD) + self.late


def pace_at(
    demand: Demand, now: float, ordered: float, in_break: float, *, earlier: tuple[float, float] = (0, 0)
) -> DemandPace:
    """Compare today's drinks so far (`ordered`) with the plan.

    `in_break` is the number of them that were ordered since the latest break began. `earlier` has the numbers of drinks
    ordered and expected on earlier days, both already multiplied by EARLIER."""
    rush = begun(demand, now)
    if rush is None:
        return DemandPace(ratio_of(earlier[0] + ordered, earlier[1] + demand.between(0, now)))
    ratio = ratio_of(earlier[0] + ordered - in_break, earlier[1] + demand.between(0, rush.starts))
    return DemandPace(ratio, max(0.0, ratio * demand.between(rush.starts, now) - in_break))


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast for an event, from now until the end of the day."""

    now: dt.datetime
    curve: Curve
    pace: DemandPace
    #: Each station's share of the demand, by primary key. Stations that take no orders are left out.
    shares: Mapping[int, float]
    #: Number of drinks that were ordered today, by the start of each half hour.
    ordered: Mapping[dt.datetime, int]
    #: Mean minutes that a drink takes, and the mean amount of each ingredient in a drink, by the ingredient's primary
    #: key.
    making: float
    needs: Mapping[int, float]
    #: Minutes within which an order should be ready, by the plan.
    wait: int

    @property
    def ends(self) -> dt.datetime:
        return self.curve.begins + dt.timedelta(minutes=self.curve.demand.minutes)

    def between(self, since: dt.datetime, until: dt.datetime) -> float:
        """Return how many drinks are expected between two moments at all stations together.

        Late drinks (`pace.late`) are included. They are expected evenly over the next AHEAD minutes."""
        first, last = (min(max(0.0, (at - self.now).total_seconds() / 60), AHEAD) for at in (since, until))
        return self.pace.ratio * self.curve.between(since, until) + self.pace.late * (last - first) / AHEAD

    def soon_at(self, station: int) -> int:
        """Return the number of drinks that are expected at a station in the next half hour."""
        return round(self.shares.get(station, 0.0) * self.between(self.now, self.now + HALF_HOUR))

    def longest_wait_at(self, station: int, baristas: int, queued: int) -> float:
        """Return the longest predicted wait in minutes of an order that is placed here in the next half hour.

        `queued` is the number of drinks that nobody has begun yet."""
        share = self.shares.get(station, 0.0)
        minutes = [self.now + dt.timedelta(minutes=number) for number in range(AHEAD + 1)]
        rates = [share * self.between(since, until) for since, until in pairwise(minutes)]
        return max(fluid_backlog(rates, baristas / self.making, backlog=float(queued))) * self.making / baristas

    def hours_until(self, cups: float, station: int) -> float | None:
        """Return in how many hours this many drinks will be ordered at a station; None if fewer are expected today."""
        share, at, come = self.shares.get(station, 0.0), self.now, 0.0
        while at < self.ends:
            come += share * self.between(at, at + dt.timedelta(minutes=STEP))
            at += dt.timedelta(minutes=STEP)
            if come >= cups:
                return (at - self.now) / dt.timedelta(hours=1)
        return None


def forecast_of(event: Event, stations: Sequence[Station], now: dt.datetime) -> Forecast | None:
    """Return the forecast of an event.

    Return None if forecasts are switched off for the event, if it has no plan, no menu or no break today, or if its
    day has ended."""
    if not has_feature(event, PREDICTION):
        return None
    plan = EventPlan.objects.filter(event=event).select_related("taken_from").prefetch_related("breaks").first()
    if plan is None:
        return None
    plan.event = event
    snapshot = menu_of(event)
    curve = curve_of(plan, event.day_of(now))
    if curve is None or not snapshot.menu.drinks:
        return None
    minute = curve.minutes(now)
    if minute >= curve.demand.minutes:
        return None
    rush = begun(curve.demand, minute)
    since = curve.begins + dt.timedelta(minutes=rush.starts) if rush else now
    by_station, by_slot, in_break = _ordered_today(event, since, now)
    mix = mix_of(plan, snapshot)
    return Forecast(
        now,
        curve,
        pace_at(curve.demand, minute, sum(by_slot.values()), in_break, earlier=_earlier(plan, now)),
        _shares(stations, by_station, now),
        by_slot,
        planned_minutes(plan, snapshot, mix),
        needs_per_drink(snapshot, mix),
        plan.wait,
    )


def _ordered_today(
    event: Event, since: dt.datetime, now: dt.datetime
) -> tuple[dict[int, int], dict[dt.datetime, int], int]:
    """Return today's drinks by station, today's drinks by half hour, and the number of drinks from `since` on."""
    seconds = int(HALF_HOUR.total_seconds())
    by_station: dict[int, int] = {}
    by_slot: dict[dt.datetime, int] = {}
    rows = _orders(event).filter(placed_at__gte=event.day_began(now), placed_at__lte=now).order_by()
    lately = Coalesce(Sum("cups", filter=Q(placed_at__gte=since)), 0)
    in_break = 0
    counts = rows.annotate(slot=Epoch("placed_at") / seconds).values_list("station", "slot")
    for station, slot, cups, late in counts.annotate(Sum("cups"), lately=lately):
        begins = dt.datetime.fromtimestamp(slot * seconds, dt.UTC)
        by_station[station] = by_station.get(station, 0) + cups
        by_slot[begins] = by_slot.get(begins, 0) + cups
        in_break += late
    return by_station, by_slot, in_break


def _orders(event: Event) -> QuerySet[Order]:
    return Order.objects.filter(event=event, practice=False, held=False).exclude(status__in=DROPPED)


def _earlier(plan: EventPlan, now: dt.datetime) -> tuple[float, float]:
    """Return the drinks ordered and the drinks expected on earlier days of the plan, both multiplied by EARLIER."""
    event, today = plan.event, plan.event.day_of(now)
    days = [day for day in days_of(plan) if day < today]
    if not days:
        return 0.0, 0.0
    on_these = Q()
    for day in days:
        begins, ends = event.day_ends(day - dt.timedelta(days=1)), event.day_ends(day)
        on_these |= Q(placed_at__gte=begins, placed_at__lt=ends)
    ordered = _orders(event).filter(on_these).aggregate(cups=Sum("cups"))["cups"] or 0
    expected = sum(curve.demand.cups for day in days if (curve := curve_of(plan, day)))
    return EARLIER * ordered, EARLIER * expected


def _shares(stations: Sequence[Station], ordered: Mapping[int, int], now: dt.datetime) -> dict[int, float]:
    taking = [station for station in stations if station.takes_orders(now)]
    baristas = sum(station.baristas for station in taking)
    weights = {each.pk: ordered.get(each.pk, 0) + STATION_COUNTS * each.baristas / baristas for each in taking}
    return {pk: weight / sum(weights.values()) for pk, weight in weights.items()}
