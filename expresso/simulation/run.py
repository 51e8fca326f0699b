"""Run a scenario: at each bar the next free barista takes the next cup, and a rule chooses the bar of each order."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Protocol

from expresso.simulation.scenario import Barista, Scenario, SimulatedOrder
from orders.waits import Wait


@dataclass(slots=True, eq=False)
class Made:
    """An order of the simulation, and what became of it."""

    order: SimulatedOrder
    bar: int
    #: What the customer was told, and the hands-on minutes that it rests on; None for a rule that quotes nothing.
    quoted: Wait | None = None
    hands_on: float = 0
    #: Cups that nobody has begun, and that are not ready.
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
    def waited(self) -> float:
        return self.ready_at - self.order.at


@dataclass(slots=True)
class Line:
    """A bar at some moment, with the orders that are to be made there, the oldest first."""

    baristas: Sequence[Barista]
    orders: list[Made] = field(default_factory=list)
    #: Until when each barista is busy with a cup.
    busy_until: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.busy_until = [0.0] * len(self.baristas)


class Rule(Protocol):
    def choose(self, order: SimulatedOrder, lines: Sequence[Line], now: float) -> Made:
        """Choose the bar for an order."""

    def learn(self, made: Made) -> None:
        """Learn from an order that has become ready."""


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
        """Return the orders that were made, in the order in which they came."""
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
        self.lines[made.bar].orders.append(made)
        if order.cancels_after is not None:
            self._at(self.now + order.cancels_after, partial(self._cancel, made))
        self._take_cups(made.bar)

    def _cancel(self, made: Made) -> None:
        if not made.is_begun:
            made.cancelled = True
            self.lines[made.bar].orders.remove(made)

    def _take_cups(self, bar: int) -> None:
        line = self.lines[bar]
        for who, barista in enumerate(line.baristas):
            if line.busy_until[who] > self.now:
                continue
            if ends := barista.back_from_break(self.now):
                line.busy_until[who] = ends
                self._at(ends, partial(self._take_cups, bar))
                continue
            made = next((made for made in line.orders if made.unbegun), None)
            if made is None:
                return
            cup = made.order.cups[-made.unbegun]
            made.unbegun -= 1
            line.busy_until[who] = self.now + cup.minutes * cup.luck * barista.speed
            self._at(line.busy_until[who], partial(self._finish, made))

    def _finish(self, made: Made) -> None:
        made.unready -= 1
        if not made.unready:
            self._at(self.now + made.order.tap, partial(self._ready, made))
        self._take_cups(made.bar)

    def _ready(self, made: Made) -> None:
        made.ready_at = self.now
        self.lines[made.bar].orders.remove(made)
        self.rule.learn(made)


def simulate(scenario: Scenario, orders: Sequence[SimulatedOrder], rule: Rule) -> list[Made]:
    """Simulate until every order is ready or cancelled; return those that were made."""
    return Run(scenario, rule).to_the_end(orders)
