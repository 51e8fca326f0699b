"""Finds how many baristas each half hour needs so that 95 % of the orders are ready within the wanted wait.

It simulates one queue that all baristas serve, one half hour after another. All numbers of baristas are tried on the
same random days, so that their results can be compared. The formulas of `queueing` give a first guess. `trial` checks
the result with several stations, among which Expresso divides the orders."""

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

#: Minutes of a slot. The number of baristas can change only from one slot to the next.
SLOT = 30
#: Share of the orders that are allowed to wait longer than wanted.
LATE = 0.05
#: This many late orders in a slot (over all simulated days) are accepted even if they are more than the share LATE. In
#: a quiet slot so few orders can be late by chance.
CHANCE = 3
#: The number of simulated days is chosen so that all days together have about ORDERS orders, within these two limits.
ORDERS, FEWEST_DAYS, MOST_DAYS = 5_000, 2, 40


@dataclass(frozen=True, slots=True)
class SlotResult:
    """Result of simulating a slot.

    p50 and p95 are the median and the 95th percentile of the wait in minutes; None without orders."""

    orders: int
    p50: float | None
    p95: float | None
    #: The longest queue of each day in this slot, averaged over the days. The queue is the number of drinks that nobody
    #: has begun yet.
    queue: float

    @classmethod
    def of(cls, waits: Sequence[float], queues: Sequence[float]) -> SlotResult:
        """Return the result of a slot from the waits of its orders on all days, and from the longest queue of each
        day."""
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
    """A random day that is simulated slot by slot. `busy` and `queue` are its state at the start of the next slot."""

    #: Cups that are ordered in each slot.
    cups: Sequence[Sequence[CupToMake]]
    #: For each barista, the minute at which the barista's present cup is ready.
    busy: list[float] = field(default_factory=list)
    #: Ordered cups that nobody has begun yet, the oldest first.
    queue: Sequence[CupToMake] = ()

    def run(self, slot: int, baristas: int) -> SlotRun:
        """Simulate how this number of baristas makes all cups that are ordered before the end of the slot."""
        begins, ends = slot * SLOT, (slot + 1) * SLOT
        # If there are fewer baristas than in the slot before, those leave whose present cup is ready first. The others
        # have later times in `busy`, which are kept here.
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
            # Cups are begun in the sequence of `todo`. So advance to the first cup that was not begun when this cup was
            # ordered: all cups from there on were in the queue at that moment.
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
    """Result of a slot on one simulated day.

    `waits` are the minutes from order to ready, for each order of the slot. `longest` is the longest queue in drinks.
    `busy` and `queue` are the state of the RandomDay at the end of the slot."""

    waits: Sequence[float]
    longest: int
    busy: list[float]
    queue: Sequence[CupToMake]


def random_days(demand: Demand, making: float, *, count: int, sizes: Sequence[float] = CUPS) -> list[RandomDay]:
    """Return random days. `making` is the mean time for a drink.

    `sizes` are the shares of orders with one cup, two cups and so on."""
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
    """Return for each slot the fewest baristas with whom 95 % of its orders are ready within `wait` minutes.

    An order counts in the slot in which it was placed, even if it becomes ready after the end of the slot. So a short
    queue can remain at the end of a slot."""
    days = _some_days(demand, making)
    needed = []
    for slot in range(slots_of(demand)):
        needed.append(_least(partial(_is_enough, days, slot, wait), _guess(days, demand, slot, making, wait)))
        _go_on(days, slot, needed[-1])
    return needed


def in_one_line(demand: Demand, making: float, needed: Sequence[int]) -> list[SlotResult]:
    """Simulate one queue that is served by these numbers of baristas, one number for each slot."""
    days = _some_days(demand, making)
    return [_go_on(days, slot, baristas) for slot, baristas in enumerate(needed)]


def around(demand: Demand, making: float, needed: Sequence[int], slot: int) -> dict[int, SlotResult]:
    """Simulate a slot with the planned number of baristas, and with up to two more or fewer.

    Return the results by number of baristas."""
    days = _some_days(demand, making)
    for before in range(slot):
        _go_on(days, before, needed[before])
    found = {}
    for baristas in range(max(1, needed[slot] - 2), needed[slot] + 3):
        runs = [day.run(slot, baristas) for day in days]
        found[baristas] = SlotResult.of([waited for run in runs for waited in run.waits], [run.longest for run in runs])
    return found


def _some_days(demand: Demand, making: float) -> list[RandomDay]:
    orders = demand.cups / CUPS_AN_ORDER
    return random_days(demand, making, count=min(MOST_DAYS, max(FEWEST_DAYS, round(ORDERS / max(orders, 1)))))


def _go_on(days: Sequence[RandomDay], slot: int, baristas: int) -> SlotResult:
    runs = [day.run(slot, baristas) for day in days]
    for day, run in zip(days, runs, strict=True):
        day.busy, day.queue = run.busy, run.queue
    return SlotResult.of([waited for run in runs for waited in run.waits], [run.longest for run in runs])


def _guess(days: Sequence[RandomDay], demand: Demand, slot: int, making: float, wait: float) -> int:
    """Return a first guess of the baristas that a slot needs: the larger result of the two formulas.

    One formula assumes that drinks are ordered at the slot's mean rate. The other one knows the rate of each minute,
    but ignores random variation."""
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
    """Return the smallest number for which `is_enough` returns True. The search begins near the guess."""
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
