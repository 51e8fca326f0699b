"""Scenarios to simulate: who orders what and when, who makes it, and what goes wrong. Times are minutes."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inventory.menu import Menu
from orders.items import Choice, Item

#: Shares of the orders with one, two, three and four cups. These numbers are an assumption.
CUPS = (0.74, 0.18, 0.05, 0.03)
#: In a break, the time from its start to an order has a gamma distribution with this shape and scale, so half of the
#: people order within seven minutes. This is an assumption, because no measured arrivals are published.
BREAK_SHAPE, BREAK_SCALE = 2, 4
#: Plans assume that this share of the cups is ordered with another milk than the default. Simulations draw the milk of
#: this share at random from all milks, including the default.
OTHER_MILK = 0.4
#: Standard deviation of the logarithm of a cup's making time.
NOISE = 0.3
#: Mean minutes from finishing the last cup to the tap on Ready.
TAP = 1 / 6


@dataclass(frozen=True, slots=True)
class Barista:
    #: Real minutes that the barista needs for each minute stated on the menu.
    speed: float = 1.0
    #: Start and end of the barista's breaks, in minutes since the event opened. A cup that was begun is finished first.
    breaks: tuple[tuple[float, float], ...] = ()

    def back_from_break(self, now: float) -> float | None:
        """If the barista has a break at this moment, return when it ends; otherwise None."""
        return next((until for since, until in self.breaks if since <= now < until), None)


@dataclass(frozen=True, slots=True)
class SimulatedBar:
    baristas: tuple[Barista, ...]

    def present(self, now: float) -> int:
        return sum(barista.back_from_break(now) is None for barista in self.baristas)


@dataclass(frozen=True, slots=True)
class Break:
    """A break of the event's programme, in which many people order at once."""

    starts: float
    orders: int
    scale: float = BREAK_SCALE


@dataclass(frozen=True, slots=True)
class OutOfStock:
    """A time during which a bar is out of one milk."""

    milk: str
    bar: int
    since: float
    until: float


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    bars: tuple[SimulatedBar, ...]
    breaks: tuple[Break, ...] = ()
    minutes: float = 240
    #: Orders per minute that arrive at any time, in addition to the orders in breaks.
    steady: float = 0.3
    sold_out: tuple[OutOfStock, ...] = ()
    #: Share of the orders that are walk-ins, i.e. ordered at a bar and made there.
    walk_ins: float = 0.1
    #: Share of the orders that customers cancel. If a barista has begun such an order, it is made nevertheless.
    cancelled: float = 0.04
    #: True if Expresso knows at each moment how many baristas are present at a station. It then closes a station
    #: without any. False if it counts on all baristas even during their breaks.
    announced: bool = False


@dataclass(frozen=True, slots=True)
class SimulatedCup:
    minutes: float
    #: Random factor of the cup's making time, the same for every barista.
    luck: float


@dataclass(frozen=True, slots=True)
class SimulatedOrder:
    at: float
    items: tuple[Item, ...]
    cups: tuple[SimulatedCup, ...]
    #: Index of the bar at which a walk-in was ordered; None for other orders.
    walked_in: int | None
    cancels_after: float | None
    #: Minutes from finishing the last cup to the tap on Ready.
    tap: float


def mean_cups(shares: Sequence[float]) -> float:
    """Return the mean number of cups in an order. `shares` holds the shares of orders with one cup, two cups etc."""
    return sum(number * share for number, share in enumerate(shares, 1))


CUPS_AN_ORDER = mean_cups(CUPS)


def simulated_orders(
    scenario: Scenario, menu: Menu, seed: int, shares: Mapping[str, float] | None = None
) -> list[SimulatedOrder]:
    """Draw the orders of a scenario at random. The same seed gives the same orders.

    `shares` holds the relative frequency of each drink, by name. Without it, all drinks are equally frequent."""
    draw = random.Random(f"{scenario.name} {seed}")
    return [_order(scenario, menu, moment, draw, shares) for moment in simulated_arrivals(scenario, draw)]


def simulated_arrivals(scenario: Scenario, draw: random.Random) -> list[float]:
    """Draw at random the moments at which orders arrive. Return them in ascending order."""
    return sorted(moment for moment in _arrivals(scenario, draw) if moment < scenario.minutes)


def _arrivals(scenario: Scenario, draw: random.Random) -> Iterator[float]:
    moment = 0.0
    while scenario.steady and (moment := moment + draw.expovariate(scenario.steady)) < scenario.minutes:
        yield moment
    for each in scenario.breaks:
        yield from (each.starts + draw.gammavariate(BREAK_SHAPE, each.scale) for _ in range(each.orders))


def _order(
    scenario: Scenario, menu: Menu, moment: float, draw: random.Random, shares: Mapping[str, float] | None
) -> SimulatedOrder:
    cups = draw.choices(range(1, len(CUPS) + 1), CUPS)[0]
    items = tuple(_item(menu, draw, shares) for _ in range(cups))
    return SimulatedOrder(
        at=moment,
        items=items,
        cups=tuple(
            SimulatedCup(menu.drink_by_name[each.drink].minutes, math.exp(draw.gauss(0, NOISE))) for each in items
        ),
        walked_in=draw.randrange(len(scenario.bars)) if draw.random() < scenario.walk_ins else None,
        cancels_after=draw.uniform(0.5, 10) if draw.random() < scenario.cancelled else None,
        tap=draw.expovariate(1 / TAP),
    )


def _item(menu: Menu, draw: random.Random, shares: Mapping[str, float] | None) -> Item:
    if shares:
        drink = draw.choices(menu.drinks, [shares.get(drink.name, 0.0) for drink in menu.drinks])[0]
    else:
        drink = draw.choice(menu.drinks)
    milks = [
        Choice(group.name, option.name)
        for group in menu.groups
        if group.role == "milk" and group.name in drink.groups
        for option in group.options
    ]
    return Item(drink.name, choices=(draw.choice(milks),) if milks and draw.random() < OTHER_MILK else ())
