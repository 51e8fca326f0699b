"""The plan of one day: its expected drinks, baristas, waits and supplies, as tables and charts."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from expresso.charts import Chart, Series
from expresso.planner.demand import BreakRush, Demand
from expresso.planner.mix import Mix, PlannedSupply, mix_of, planned_minutes, supplies_needed
from expresso.planner.models import EventPlan, PlannedBreak
from expresso.planner.staffing import SLOT, SlotResult, around
from expresso.planner.trial import Bars, plan_baristas, simulate_slots, split
from inventory.snapshot import Snapshot, menu_of
from stations.models import Event, Shift, Station

HALF_HOUR = dt.timedelta(minutes=SLOT)
#: If an event has no hours, its day begins this long before the first break and ends this long after the last one.
AROUND = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Curve:
    """The expected demand of one day, and the moment at which the day begins."""

    begins: dt.datetime
    demand: Demand

    def minutes(self, moment: dt.datetime) -> float:
        return (moment - self.begins).total_seconds() / 60

    def between(self, since: dt.datetime, until: dt.datetime) -> float:
        """Return the number of drinks that are expected between two moments."""
        return self.demand.between(self.minutes(since), self.minutes(until))


def days_of(plan: EventPlan) -> list[dt.date]:
    """Return the days on which the plan has a break."""
    return sorted({plan.event.day_of(each.starts_at) for each in plan.breaks.all()})


def share_in(plan: EventPlan, each: PlannedBreak) -> int:
    """Return which percentage of the attendees takes a drink in this break.

    A break can have a percentage of its own. Otherwise the plan's percentage for mornings or for afternoons applies."""
    if each.share is not None:
        return each.share
    return plan.morning_share if plan.event.local(each.starts_at).hour < 12 else plan.afternoon_share


def within_hours(event: Event, day: dt.date, each: PlannedBreak) -> tuple[dt.datetime, dt.datetime] | None:
    """Return the start and end of the part of a break in which the bars are open; None if they are closed.

    If no opening hours were entered for this day, the bars are open during the whole break."""
    hours = event.hours_of(day)
    if hours is None:
        return None
    if not event.has_hours(day):
        return each.starts_at, each.ends_at
    starts, ends = max(each.starts_at, hours[0]), min(each.ends_at, hours[1])
    return (starts, ends) if starts < ends else None


def curve_of(plan: EventPlan, day: dt.date) -> Curve | None:
    """Return the expected demand of a day; None if no break is within the event's hours on that day."""
    event = plan.event
    of_day = [each for each in plan.breaks.all() if event.day_of(each.starts_at) == day]
    breaks = [(each, *part) for each in of_day if (part := within_hours(event, day, each))]
    if not breaks:
        return None
    opens, closes = min(starts for _, starts, _ in breaks) - AROUND, max(ends for *_, ends in breaks) + AROUND
    if event.has_hours(day):
        opens, closes = event.hours_of(day) or (opens, closes)
    begins = _half_hour(event, opens)
    rushes = tuple(
        BreakRush(
            (starts - begins).total_seconds() / 60,
            (ends - starts).total_seconds() / 60,
            # If the bars are open during only half of a break, only half of its drinks are ordered.
            plan.attendees * share_in(plan, each) / 100 * ((ends - starts) / (each.ends_at - each.starts_at)),
        )
        for each, starts, ends in breaks
    )
    minutes = math.ceil((closes - begins) / HALF_HOUR) * SLOT
    return Curve(begins, Demand(rushes, plan.attendees * plan.between_share / 100 / 60, float(minutes)))


def _half_hour(event: Event, moment: dt.datetime) -> dt.datetime:
    """Return the moment rounded down to a full or half hour of the event's local time."""
    local = event.local(moment)
    return moment - dt.timedelta(minutes=local.minute % SLOT, seconds=local.second, microseconds=local.microsecond)


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One half hour of the plan, a row of its table."""

    label: str
    cups: int
    needed: int
    #: Number of baristas that each station needs.
    by_station: tuple[int, ...]
    #: Number of people who have a shift in this half hour.
    on_shift: int
    #: Simulated waits with the numbers of baristas that the stations need (`by_station`).
    as_planned: SlotResult
    #: Simulated waits with the numbers of baristas that are set at the stations (`Station.baristas`).
    as_set: SlotResult


@dataclass(frozen=True)
class PlannedDay:
    plan: EventPlan
    day: dt.date
    curve: Curve
    stations: Sequence[Station]

    @cached_property
    def snapshot(self) -> Snapshot:
        return menu_of(self.plan.event)

    @cached_property
    def mix(self) -> Mix:
        return mix_of(self.plan, self.snapshot)

    @cached_property
    def making(self) -> float:
        """Mean minutes that it takes to make a drink."""
        return planned_minutes(self.plan, self.snapshot, self.mix)

    @cached_property
    def slots(self) -> list[SlotRow]:
        needed, found, as_set = self._simulated
        shifts = self._shifts()
        rows = []
        for slot, count in enumerate(needed):
            begins = self.curve.begins + slot * HALF_HOUR
            cups = round(self.curve.between(begins, begins + HALF_HOUR))
            by_station = tuple(split(count, max(1, len(self.stations))))
            label = f"{self.plan.event.local(begins):%H:%M}"
            rows.append(SlotRow(label, cups, count, by_station, shifts[slot], found[slot], as_set[slot]))
        return rows

    @cached_property
    def _simulated(self) -> tuple[list[int], list[SlotResult], list[SlotResult]]:
        bars = Bars(max(1, len(self.stations)), self.snapshot.menu, self.mix.drinks, self.making)
        present = tuple(station.baristas for station in self.stations) or (1,)
        key = (
            (self.snapshot.event_id, self.snapshot.version, self.curve.demand, self.plan.wait, self.making, present),
            tuple(self.mix.drinks.items()),
        )
        if (known := _remembered.get(key)) is None:
            needed, found = plan_baristas(self.curve.demand, bars, float(self.plan.wait))
            as_set = simulate_slots(self.curve.demand, bars, [[count] * len(needed) for count in present])
            if len(_remembered) >= REMEMBERED:
                _remembered.clear()
            known = _remembered[key] = needed, found, as_set
        return known

    def _shifts(self) -> list[int]:
        """Return the number of people who have a shift in each half hour. Shifts without an end are left out, because
        nobody knows how long they last."""
        ends = self.curve.begins + dt.timedelta(minutes=self.curve.demand.minutes)
        shifts = list(
            Shift.objects.filter(
                station__event=self.plan.event, starts_at__lt=ends, ends_at__gt=self.curve.begins
            ).values_list("user", "starts_at", "ends_at")
        )
        begins = [self.curve.begins + slot * HALF_HOUR for slot in range(len(self._simulated[0]))]
        return [
            len({user for user, start, end in shifts if start <= begin and end and end >= begin + HALF_HOUR})
            for begin in begins
        ]

    @property
    def busiest(self) -> SlotRow:
        return max(self.slots, key=lambda row: (row.needed, row.cups))

    @property
    def cups(self) -> int:
        return round(self.curve.demand.cups)

    @property
    def barista_hours(self) -> float:
        return sum(row.needed for row in self.slots) * SLOT / 60

    @property
    def cups_per_attendee(self) -> float:
        return self.curve.demand.cups / self.plan.attendees

    @property
    def as_set(self) -> int:
        """Number of baristas that are set at the open stations now."""
        return sum(station.baristas for station in self.stations)

    @cached_property
    def around_the_busiest(self) -> list[tuple[int, SlotResult]]:
        slot = self.slots.index(self.busiest)
        return list(around(self.curve.demand, self.making, [row.needed for row in self.slots], slot).items())

    @cached_property
    def supplies(self) -> list[PlannedSupply]:
        return supplies_needed(self.plan.event, self.snapshot, self.mix, self.curve.demand.cups)

    @property
    def charts(self) -> list[Chart]:
        labels = [row.label for row in self.slots]
        capacity = [row.needed * SLOT / self.making for row in self.slots]
        demand = [
            Series("ordered", [float(row.cups) for row in self.slots]),
            Series("planned baristas can make", capacity, is_line=True, colour="making"),
        ]
        people = [Series("needed", [float(row.needed) for row in self.slots])]
        if any(row.on_shift for row in self.slots):
            people.append(
                Series("on shift", [float(row.on_shift) for row in self.slots], is_line=True, colour="making")
            )
        else:
            people.append(
                Series("set at the stations", [float(self.as_set)] * len(labels), is_line=True, colour="muted")
            )
        waits = [
            Series("as planned", [row.as_planned.p95 for row in self.slots], colour="ready"),
            Series("as the stations are set", [row.as_set.p95 for row in self.slots], is_line=True, colour="late"),
        ]
        return [
            Chart("plan-demand", "Drinks", labels, demand, unit="drinks each half hour"),
            Chart("plan-baristas", "Baristas", labels, people, unit="people"),
            Chart("plan-waits", "Longest waits", labels, waits, unit="minutes, for 19 of 20 orders"),
        ]


#: Maximum number of simulated days that are kept in memory. Simulating a day takes up to several seconds.
REMEMBERED = 50
_remembered: dict[Any, tuple[list[int], list[SlotResult], list[SlotResult]]] = {}


def planned_day(plan: EventPlan, day: dt.date) -> PlannedDay | None:
    """Return the plan of a day; None if the day has no break within the event's hours or the menu is empty."""
    curve = curve_of(plan, day)
    if curve is None or not menu_of(plan.event).menu.drinks:
        return None
    return PlannedDay(plan, day, curve, list(plan.event.stations.filter(is_open=True)))
