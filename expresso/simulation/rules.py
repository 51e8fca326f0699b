"""Rules that choose the bar of an order: the product's own rule, and others to compare it with."""

from __future__ import annotations

import datetime as dt
import heapq
import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import mean

from expresso.simulation.run import Line, Made, Run, simulate
from expresso.simulation.scenario import Scenario, SimulatedOrder
from inventory.menu import Menu
from inventory.snapshot import Gap, Snapshot
from orders.requirements import wanted
from orders.routing import choose
from orders.statements import Queue
from orders.waits import corrected
from stations.models import Station

#: The moment at which a simulated event begins.
BEGIN = dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)


@dataclass(slots=True)
class Expresso:
    """Expresso's own rule. It calls the functions that choose a station, quote waits and learn a station's pace for
    real orders, with stations that are not saved in the database."""

    scenario: Scenario
    menu: Menu
    pace: float = 1.0
    stations: list[Station] = field(init=False)
    #: The minute in which the numbers of baristas at the stations were last updated. They change when breaks begin and
    #: end.
    _announced: int = -1

    def __post_init__(self) -> None:
        bars = enumerate(self.scenario.bars)
        self.stations = [
            Station(pk=at + 1, name=f"Bar {at + 1}", position=at, baristas=len(b.baristas), pace=self.pace)
            for at, b in bars
        ]

    def choose(self, order: SimulatedOrder, lines: Sequence[Line], now: float) -> Made:
        if self.scenario.announced:
            self._announce(now)
        queues = [_queue(station, line) for station, line in zip(self.stations, lines, strict=True)]
        snapshot = _snapshot(self.scenario, self.menu, now)
        stays = None if order.walked_in is None else self.stations[order.walked_in]
        moment = BEGIN + dt.timedelta(minutes=now)
        route = choose(snapshot, queues, wanted(snapshot, order.items), stays_at=stays, now=moment)
        return Made(order, self.stations.index(route.station), route.wait, route.hands_on_minutes)

    def _announce(self, now: float) -> None:
        if self._announced == int(now):
            return
        self._announced = int(now)
        for station, bar in zip(self.stations, self.scenario.bars, strict=True):
            present = bar.present(now)
            station.is_open, station.baristas = present > 0, max(1, present)

    def learn(self, made: Made) -> None:
        station = self.stations[made.bar]
        for column, value in corrected(station, made.hands_on, made.waited).items():
            setattr(station, column, value)


def _queue(station: Station, line: Line) -> Queue:
    # Round the minutes, because adding and subtracting floats leaves errors of 1e-15, which can make them negative.
    return Queue(station, Decimal(str(round(line.minutes, 3))), len(line.orders), {})


def _snapshot(scenario: Scenario, menu: Menu, now: float) -> Snapshot:
    gaps = {
        gone.bar + 1: (Gap(gone.milk, group.name, None),)
        for gone in scenario.sold_out
        for group in menu.groups
        if group.role == "milk" and gone.since <= now < gone.until
    }
    return Snapshot(
        event_id=0, version=0, menu=menu, drink_ids={}, gaps=gaps, drink_uses={}, option_uses={}, counted={}
    )


def able(scenario: Scenario, order: SimulatedOrder, now: float) -> list[int]:
    """Return the bars that can make an order. For a walk-in, this is the bar that took it, if that bar can make it."""
    milks = {choice.option for item in order.items for choice in item.choices}
    gone = {each.bar for each in scenario.sold_out if each.milk in milks and each.since <= now < each.until}
    bars = [bar for bar in range(len(scenario.bars)) if bar not in gone]
    return [order.walked_in] if order.walked_in in bars else bars


@dataclass(slots=True)
class Compared(ABC):
    """Base class of the rules that the product is compared with. They choose a bar, but quote and learn nothing."""

    scenario: Scenario

    def choose(self, order: SimulatedOrder, lines: Sequence[Line], now: float) -> Made:
        return Made(order, self.bar(order, able(self.scenario, order, now), lines, now))

    @abstractmethod
    def bar(self, order: SimulatedOrder, bars: list[int], lines: Sequence[Line], now: float) -> int:
        """Return the bar that makes the order. `bars` has the indexes of the bars that can make it."""

    def learn(self, made: Made) -> None:  # noqa: B027 - empty, but not abstract: subclasses need no method of their own
        """Do nothing. Only the product's own rule learns the pace of each station."""


@dataclass(slots=True)
class RoundRobin(Compared):
    _next: int = 0

    def bar(self, order: SimulatedOrder, bars: list[int], lines: Sequence[Line], now: float) -> int:
        chosen = bars[self._next % len(bars)]
        self._next += order.walked_in is None
        return chosen


@dataclass(slots=True)
class ShortestQueue(Compared):
    def bar(self, order: SimulatedOrder, bars: list[int], lines: Sequence[Line], now: float) -> int:
        return min(bars, key=lambda bar: len(lines[bar].orders))


@dataclass(slots=True)
class Omniscient(Compared):
    """Chooses the bar where the order is ready first. It knows all baristas' speeds and breaks and all making times."""

    def bar(self, order: SimulatedOrder, bars: list[int], lines: Sequence[Line], now: float) -> int:
        return min(bars, key=lambda bar: _ready_at(lines[bar], order, now))


@dataclass(slots=True)
class Given(Compared):
    """Follows a given list of bars. The n-th order goes to the n-th bar in the list."""

    chosen: Sequence[int] = ()
    _next: int = 0

    def bar(self, order: SimulatedOrder, bars: list[int], lines: Sequence[Line], now: float) -> int:
        self._next += 1
        return self.chosen[self._next - 1]


def _ready_at(line: Line, order: SimulatedOrder, now: float) -> float:
    """Return when the last cup of an order would be ready if the order joined the queue of this bar now."""
    free = [(max(now, until), who) for who, until in enumerate(line.busy_until)]
    heapq.heapify(free)
    ahead = [cup for made in line.orders if made.unbegun for cup in made.order.cups[-made.unbegun :]]
    ready = now
    for number, cup in enumerate([*ahead, *order.cups]):
        at, who = heapq.heappop(free)
        barista = line.baristas[who]
        at = (barista.back_from_break(at) or at) + cup.minutes * cup.luck * barista.speed
        heapq.heappush(free, (at, who))
        if number >= len(ahead):
            ready = max(ready, at)
    return ready


def best_with_hindsight(scenario: Scenario, orders: Sequence[SimulatedOrder], *, tries: int, seed: int) -> list[Made]:
    """Search for the best assignment of orders to bars, with everything known in advance.

    The search begins with the rule `Omniscient`. It moves single orders to other bars, and keeps a move that shortens
    the longest waits. The result is not always the best possible one."""
    draw, found = random.Random(seed), Run(scenario, Omniscient(scenario))
    best = found.to_the_end(orders)
    chosen = [made.bar for made in found.made]
    movable = [at for at, order in enumerate(orders) if len(able(scenario, order, order.at)) > 1]
    for _ in range(tries if movable else 0):
        at = draw.choice(movable)
        others = [bar for bar in able(scenario, orders[at], orders[at].at) if bar != chosen[at]]
        other = [*chosen[:at], draw.choice(others), *chosen[at + 1 :]]
        made = simulate(scenario, orders, Given(scenario, other))
        if _badness(made) < _badness(best):
            best, chosen = made, other
    return best


def _badness(made: Sequence[Made]) -> tuple[float, float]:
    return p95(made), mean(each.waited for each in made)


def p95(made: Sequence[Made]) -> float:
    waits = sorted(each.waited for each in made)
    return waits[int(0.95 * (len(waits) - 1))]
