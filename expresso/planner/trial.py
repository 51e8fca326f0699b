"""Checks a plan by simulating whole days with the product's own routing and learning (`expresso.simulation`)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from expresso.planner.demand import Demand
from expresso.planner.staffing import SLOT, SlotResult, baristas_needed, in_one_line, slots_of
from expresso.simulation.rules import Expresso
from expresso.simulation.run import Line, Made, Run
from expresso.simulation.scenario import (
    CUPS_AN_ORDER,
    NOISE,
    Barista,
    Scenario,
    SimulatedBar,
    SimulatedOrder,
    simulated_orders,
)
from inventory.menu import Menu

#: The number of simulated days is chosen so that all days together have about ORDERS orders. It is at most MOST_DAYS.
ORDERS, MOST_DAYS = 1_200, 8
#: A slot with fewer orders than this, over all simulated days, is not judged: its longest waits are a matter of chance.
TOO_FEW = 30
#: The needed baristas were found for a single queue, and separate queues at several bars can need more. So baristas are
#: added to slots whose waits are too long, and the day is simulated again, in at most this many rounds.
ROUNDS = 4
#: Maximum number of orders in a day that is simulated with separate queues. More would take several seconds.
MANY_ORDERS = 2_500
#: Minutes that baristas stay after their bar has closed, to make its last orders.
CLOSING = 10
#: Mean of the random factor by which the simulation multiplies making times. Speeds are divided by it, so that the mean
#: making time is the planned one.
MEAN_LUCK = math.exp(NOISE**2 / 2)


@dataclass(slots=True)
class Watched(Expresso):
    """Expresso's own choice of a bar for each order. In addition, it records the longest queue of each slot."""

    longest: Counter[int] = field(default_factory=Counter)

    def choose(self, order: SimulatedOrder, lines: Sequence[Line], now: float) -> Made:
        waiting = sum(line.waiting for line in lines)
        slot = int(now // SLOT)
        self.longest[slot] = max(self.longest[slot], waiting)
        return Expresso.choose(self, order, lines, now)


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a plan: how many there are, what they make, and how fast."""

    count: int
    menu: Menu
    #: Relative frequency of each drink, by name.
    shares: Mapping[str, float]
    #: Mean of the real minutes that a drink takes.
    making: float

    @property
    def pace(self) -> float:
        """Real minutes for each minute that the menu states."""
        return self.making / mean_minutes(self.menu, self.shares)


def mean_minutes(menu: Menu, shares: Mapping[str, float]) -> float:
    """Return the mean of the menu's minutes for a drink. Drinks that are ordered more often count more."""
    total = sum(shares.values())
    return sum(drink.minutes * shares.get(drink.name, 0.0) for drink in menu.drinks) / total


def split(baristas: int, bars: int) -> list[int]:
    """Divide a number of baristas among bars as evenly as possible."""
    return [baristas // bars + (bar < baristas % bars) for bar in range(bars)]


def simulate_slots(demand: Demand, bars: Bars, counts: Sequence[Sequence[int]]) -> list[SlotResult]:
    """Simulate days with these numbers of baristas, and return the result of each slot.

    `counts` has a list for each bar, with the number of baristas in each slot. A day with more than MANY_ORDERS orders
    is simulated with a single queue, because then waits are almost the same as with separate queues."""
    if demand.cups / CUPS_AN_ORDER > MANY_ORDERS:
        return in_one_line(demand, bars.making, [sum(slot) for slot in zip(*counts, strict=True)])
    scenario = Scenario(
        "plan",
        tuple(SimulatedBar(_baristas(bar, bars.pace / MEAN_LUCK)) for bar in counts if max(bar)),
        tuple(rush.simulated() for rush in demand.rushes),
        demand.minutes,
        demand.steady / CUPS_AN_ORDER,
        cancelled=0.0,
        announced=True,
    )
    slots = slots_of(demand)
    waits: list[list[float]] = [[] for _ in range(slots)]
    queues: list[list[float]] = [[] for _ in range(slots)]
    days = _days(demand)
    for day in range(days):
        rule = Watched(scenario, bars.menu, bars.pace)
        for made in Run(scenario, rule).to_the_end(simulated_orders(scenario, bars.menu, day, bars.shares)):
            waits[int(made.order.at // SLOT)].append(made.waited)
        for slot, longest in enumerate(queues):
            longest.append(rule.longest[slot])
    return [SlotResult.of(*slot) for slot in zip(waits, queues, strict=True)]


def _baristas(counts: Sequence[int], speed: float) -> tuple[Barista, ...]:
    """Return as many baristas as a bar needs in its busiest slot. In other slots, those who are not needed are away."""
    return tuple(Barista(speed, _away(counts, number)) for number in range(max(counts)))


def _away(counts: Sequence[int], number: int) -> tuple[tuple[float, float], ...]:
    """Return the times at which a barista is away. When the bar closes, the barista stays for CLOSING more minutes."""
    found: list[tuple[float, float]] = []
    for slot, count in enumerate(counts):
        if number < count:
            continue
        begins: float = slot * SLOT + (CLOSING if count == 0 and slot and counts[slot - 1] else 0)
        if found and found[-1][1] == begins:
            begins = found.pop()[0]
        found.append((begins, (slot + 1) * SLOT))
    return tuple(found)


def _days(demand: Demand) -> int:
    return min(MOST_DAYS, max(1, round(ORDERS * CUPS_AN_ORDER / max(demand.cups, 1))))


def plan_baristas(demand: Demand, bars: Bars, wait: float) -> tuple[list[int], list[SlotResult]]:
    """Return the number of baristas that each slot needs at all bars together, and the simulated result of each slot.

    Baristas are added to slots in which orders wait too long (see ROUNDS)."""
    needed = baristas_needed(demand, bars.making, wait)
    found = simulate_slots(demand, bars, by_bar(needed, bars.count))
    for _ in range(ROUNDS):
        late = [
            slot
            for slot, each in enumerate(found)
            if each.p95 is not None and each.p95 > wait and each.orders * _days(demand) >= TOO_FEW
        ]
        if not late:
            break
        for slot in late:
            needed[slot] += max(1, needed[slot] // 20)
        found = simulate_slots(demand, bars, by_bar(needed, bars.count))
    return needed, found


def by_bar(needed: Sequence[int], bars: int) -> list[list[int]]:
    """Divide each slot's baristas among the bars. Return a list for each bar, with its number in each slot."""
    return [list(counts) for counts in zip(*(split(count, bars) for count in needed), strict=True)]
