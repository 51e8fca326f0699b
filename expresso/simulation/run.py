"""Runs a scenario. A rule chooses the bar of each order, and each free barista there takes the next cup."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Protocol

from expresso.simulation.scenario import Barista, Scenario, SimulatedCup, SimulatedOrder
from orders.waits import Wait


@dataclass(slots=True, eq=False)
class Made:
    """A simulated order, the bar that makes it, and its progress."""

    order: SimulatedOrder
    bar: int
    #: The quoted wait, and the minutes of work (by the menu) from which it was calculated. `quoted` is None if the rule
    #: quotes no waits.
    quoted: Wait | None = None
    hands_on: float = 0
    #: Number of cups that no barista has begun, and number of cups that are not ready.
    unbegun: int = field(init=False)
    unready: int = field(init=False)
    cancelled: bool = False
    ready_at: float = 0

    def __post_init__(self) -> None:
        self.unbegun = self.unready = len(self.order.cups)

    @property
    def is_begun(self) -> bool:
        return self.unbegun < len(self.order.cups)

    @property
    def minutes(self) -> float:
        """Minutes of work for all cups of the order, by the menu."""
        return sum(cup.minutes for cup in self.order.cups)

    @property
    def waited(self) -> float:
        return self.ready_at - self.order.at


@dataclass(slots=True)
class Line:
    """A bar with its baristas and the orders that it still has to make, the oldest first."""

    baristas: Sequence[Barista]
    #: A dictionary used as an ordered set, so that a cancelled order can be removed fast from the middle of the queue.
    orders: dict[Made, None] = field(default_factory=dict)
    #: Orders with cups that nobody has begun. A cancelled order stays here until its turn, and is skipped then.
    unbegun: deque[Made] = field(default_factory=deque)
    #: Minutes of work that are left, added up from the menu's minutes for a drink. An order that a barista has begun
    #: counts half, as it does in `orders.statements`.
    minutes: float = 0.0
    #: Number of cups that nobody has begun.
    waiting: int = 0
    #: For each barista, the minute at which the barista's present cup is ready.
    busy_until: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.busy_until = [0.0] * len(self.baristas)

    def join(self, made: Made) -> None:
        self.orders[made] = None
        self.unbegun.append(made)
        self.minutes += made.minutes
        self.waiting += made.unbegun

    def leave(self, made: Made) -> None:
        del self.orders[made]
        self.minutes -= made.minutes * (0.5 if made.is_begun else 1)
        self.waiting -= made.unbegun

    def next_cup(self) -> tuple[Made, SimulatedCup] | None:
        """Begin the next cup, and return it with its order; None if there is no cup to begin."""
        while self.unbegun and (self.unbegun[0].cancelled or not self.unbegun[0].unbegun):
            self.unbegun.popleft()
        if not self.unbegun:
            return None
        made = self.unbegun[0]
        if not made.is_begun:
            self.minutes -= made.minutes / 2
        cup = made.order.cups[-made.unbegun]
        made.unbegun -= 1
        self.waiting -= 1
        return made, cup


class Rule(Protocol):
    def choose(self, order: SimulatedOrder, lines: Sequence[Line], now: float) -> Made:
        """Return the order with the bar that this rule chooses for it."""

    def learn(self, made: Made) -> None:
        """Take note of an order that has become ready, for example to correct the estimated pace of its bar."""


@dataclass(slots=True)
class Run:
    scenario: Scenario
    rule: Rule
    lines: list[Line] = field(init=False)
    made: list[Made] = field(default_factory=list)
    _ahead: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)
    now: float = 0

    def __post_init__(self) -> None:
        self.lines = [Line(bar.baristas) for bar in self.scenario.bars]

    def to_the_end(self, orders: Sequence[SimulatedOrder]) -> list[Made]:
        """Run the scenario to its end. Return the orders that were made, earliest arrival first."""
        for order in orders:
            self._at(order.at, partial(self._arrive, order))
        while self._ahead:
            self.now, _, act = heapq.heappop(self._ahead)
            act()
        return [made for made in self.made if not made.cancelled]

    def _at(self, moment: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._ahead, (moment, next(self._numbers), act))

    def _arrive(self, order: SimulatedOrder) -> None:
        made = self.rule.choose(order, self.lines, self.now)
        self.made.append(made)
        self.lines[made.bar].join(made)
        if order.cancels_after is not None:
            self._at(self.now + order.cancels_after, partial(self._cancel, made))
        self._take_cups(made.bar)

    def _cancel(self, made: Made) -> None:
        if not made.is_begun:
            made.cancelled = True
            self.lines[made.bar].leave(made)

    def _take_cups(self, bar: int) -> None:
        line = self.lines[bar]
        for who, barista in enumerate(line.baristas):
            if line.busy_until[who] > self.now:
                continue
            if ends := barista.back_from_break(self.now):
                line.busy_until[who] = ends
                self._at(ends, partial(self._take_cups, bar))
                continue
            begun = line.next_cup()
            if begun is None:
                return
            made, cup = begun
            line.busy_until[who] = self.now + cup.minutes * cup.luck * barista.speed
            self._at(line.busy_until[who], partial(self._finish, made))

    def _finish(self, made: Made) -> None:
        made.unready -= 1
        if not made.unready:
            self._at(self.now + made.order.tap, partial(self._ready, made))
        self._take_cups(made.bar)

    def _ready(self, made: Made) -> None:
        made.ready_at = self.now
        self.lines[made.bar].leave(made)
        self.rule.learn(made)


def simulate(scenario: Scenario, orders: Sequence[SimulatedOrder], rule: Rule) -> list[Made]:
    """Simulate until every order is ready or cancelled. Return the orders that were made."""
    return Run(scenario, rule).to_the_end(orders)
