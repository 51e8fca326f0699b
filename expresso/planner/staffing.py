"""How many baristas each half hour needs, so that nearly every order is ready within the wait that is wanted.

One line for all baristas is simulated, half hour by half hour, with the same random days for every number that is
tried. The formulas of `queueing` say where the search begins. `trial` checks the result with the product's routing."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from expresso.planner.demand import Demand
from expresso.planner.queueing import least_for_rush, least_for_steady_flow
from expresso.simulation.scenario import CUPS, CUPS_AN_ORDER, NOISE, Scenario, mean_cups, simulated_arrivals

#: Minutes of a slot, for which one number of baristas holds.
SLOT = 30
#: Share of the orders that may take longer than the wait that is wanted.
LATE = 0.05
#: Number of late orders in a quiet slot, over all simulated days, that is taken for chance.
CHANCE = 3
#: Orders to simulate for each number of baristas that is tried, and the minimum and maximum number of random days.
ORDERS, FEWEST_DAYS, MOST_DAYS = 5_000, 2, 40


@dataclass(frozen=True, slots=True)
class Tried:
    """What a simulated slot showed, in minutes and drinks. The waits are None where nothing was ordered."""

    orders: int
    p50: float | None
    p95: float | None
    #: Maximum number of drinks that were waiting to be begun, on average over the days.
    queue: float

    @classmethod
    def of(cls, waits: Sequence[float], queues: Sequence[float]) -> Tried:
        """Sum up the waits of all orders, and the longest queue of each day."""
        ordered = sorted(waits)
        p50, p95 = ((ordered[math.ceil(share * len(ordered)) - 1] if ordered else None) for share in (0.5, 1 - LATE))
        return cls(round(len(ordered) / len(queues)), p50, p95, sum(queues) / len(queues))


@dataclass(frozen=True, slots=True)
class CupToMake:
    order: int
    ordered: float
    takes: float


@dataclass(slots=True)
class RandomDay:
    """A day as it might go. `busy` and `queue` are the state at the beginning of the present slot."""

    #: Cups to make, by slot.
    cups: Sequence[Sequence[CupToMake]]
    #: Until when each barista is busy.
    busy: list[float] = field(default_factory=list)
    #: Drinks that are ordered and not begun, the oldest first.
    queue: Sequence[CupToMake] = ()

    def run(self, slot: int, baristas: int) -> SlotRun:
        """Make everything that is ordered until the end of the slot, with this number of baristas."""
        begins, ends = slot * SLOT, (slot + 1) * SLOT
        # Somebody who leaves finishes the cup in hand, so it is an idle one who leaves first.
        free = sorted(max(begins, until) for until in self.busy)[-baristas:] if baristas else []
        free += [begins] * (baristas - len(free))
        heapq.heapify(free)
        todo = [*self.queue, *self.cups[slot]]
        after: tuple[list[float], list[CupToMake]] | None = None
        ready: dict[int, float] = {}
        begun: list[float] = []
        longest = queued_before = 0
        for place, cup in enumerate(todo):
            at = max(free[0], cup.ordered)
            begun.append(at)
            # Cups are begun in the order in which they come.
            while begun[queued_before] <= cup.ordered and queued_before < place:
                queued_before += 1
            longest = max(longest, place - queued_before + (at > cup.ordered))
            if at >= ends and after is None:
                after = [*free], todo[place:]
            heapq.heapreplace(free, at + cup.takes)
            ready[cup.order] = max(ready.get(cup.order, 0.0), at + cup.takes)
        new = {cup.order: cup.ordered for cup in self.cups[slot]}
        return SlotRun([ready[order] - ordered for order, ordered in new.items()], longest, *(after or (free, [])))


@dataclass(frozen=True, slots=True)
class SlotRun:
    """What became of a slot: minutes that its orders took, its longest queue, and the state at its end."""

    waits: Sequence[float]
    longest: int
    busy: list[float]
    queue: Sequence[CupToMake]


def random_days(demand: Demand, making: float, *, count: int, sizes: Sequence[float] = CUPS) -> list[RandomDay]:
    """Days with this demand. `making` is what a drink takes on average; `sizes`: shares of orders of one cup, two, …"""
    return [_random_day(demand, making, random.Random(f"plan {number}"), sizes) for number in range(count)]


def _random_day(demand: Demand, making: float, draw: random.Random, sizes: Sequence[float]) -> RandomDay:
    mean = mean_cups(sizes)
    scenario = Scenario(
        "plan", (), tuple(rush.simulated(mean) for rush in demand.rushes), demand.minutes, demand.steady / mean
    )
    slots: list[list[CupToMake]] = [[] for _ in range(slots_of(demand))]
    for order, moment in enumerate(simulated_arrivals(scenario, draw)):
        slot = int(moment // SLOT)
        for _ in range(draw.choices(range(1, len(sizes) + 1), sizes)[0]):
            slots[slot].append(CupToMake(order, moment, making * draw.lognormvariate(-(NOISE**2) / 2, NOISE)))
    return RandomDay(slots)


def slots_of(demand: Demand) -> int:
    return max(1, math.ceil(demand.minutes / SLOT))


def baristas_needed(demand: Demand, making: float, wait: float) -> list[int]:
    """The fewest baristas of each slot with whom 95 % of its orders are ready within `wait` minutes.

    A slot may end with a queue, as long as those in it do not wait too long either."""
    days = _some_days(demand, making)
    needed = []
    for slot in range(slots_of(demand)):
        needed.append(_least(partial(_is_enough, days, slot, wait), _guess(days, demand, slot, making, wait)))
        _go_on(days, slot, needed[-1])
    return needed


def in_one_line(demand: Demand, making: float, needed: Sequence[int]) -> list[Tried]:
    """Simulate one common line with a number of baristas for each slot."""
    days = _some_days(demand, making)
    return [_go_on(days, slot, baristas) for slot, baristas in enumerate(needed)]


def around(demand: Demand, making: float, needed: Sequence[int], slot: int) -> dict[int, Tried]:
    """What up to two baristas more or fewer than planned would do to a slot, in one common line."""
    days = _some_days(demand, making)
    for before in range(slot):
        _go_on(days, before, needed[before])
    found = {}
    for baristas in range(max(1, needed[slot] - 2), needed[slot] + 3):
        runs = [day.run(slot, baristas) for day in days]
        found[baristas] = Tried.of([waited for run in runs for waited in run.waits], [run.longest for run in runs])
    return found


def _some_days(demand: Demand, making: float) -> list[RandomDay]:
    orders = demand.cups / CUPS_AN_ORDER
    return random_days(demand, making, count=min(MOST_DAYS, max(FEWEST_DAYS, round(ORDERS / max(orders, 1)))))


def _go_on(days: Sequence[RandomDay], slot: int, baristas: int) -> Tried:
    runs = [day.run(slot, baristas) for day in days]
    for day, run in zip(days, runs, strict=True):
        day.busy, day.queue = run.busy, run.queue
    return Tried.of([waited for run in runs for waited in run.waits], [run.longest for run in runs])


def _guess(days: Sequence[RandomDay], demand: Demand, slot: int, making: float, wait: float) -> int:
    """Where the search begins: enough for the average, and for the rush if there were no chance."""
    rates = [demand.between(minute, minute + 1) for minute in range(slot * SLOT, (slot + 1) * SLOT)]
    backlog = sum(len(day.queue) for day in days) / len(days)
    in_line = max(0.5, wait - making)
    return max(
        least_for_steady_flow(sum(rates) / SLOT, making, in_line, LATE),
        least_for_rush(rates, making, in_line, backlog=backlog),
    )


def _is_enough(days: Sequence[RandomDay], slot: int, wait: float, baristas: int) -> bool:
    waits = [waited for day in days for waited in day.run(slot, baristas).waits]
    return sum(waited > wait for waited in waits) <= max(CHANCE, LATE * len(waits))


def _least(is_enough: Callable[[int], bool], guess: int) -> int:
    """The least number that is enough. It is searched for near the guess first."""
    too_few, enough, step = 0, guess, 1
    while not is_enough(enough):
        too_few, enough = enough, enough + max(1, enough // 8)
    while enough - too_few > 1:
        tried = max(enough - step, (too_few + enough) // 2)
        if is_enough(tried):
            enough, step = tried, step * 2
        else:
            too_few = tried
    return enough
