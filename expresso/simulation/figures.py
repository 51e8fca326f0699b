"""Figures of simulated events: how many orders are ready within the quoted wait, and how long they wait.

The waits are compared with those of other rules that choose a bar for each order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from expresso.simulation.cases import CASES
from expresso.simulation.rules import Expresso, RoundRobin, ShortestQueue, best_with_hindsight, p95
from expresso.simulation.run import Made, simulate
from expresso.simulation.scenario import Scenario, simulated_orders
from inventory.menu import Menu


@dataclass(frozen=True, slots=True)
class Figures:
    orders: float
    #: Shares of the orders that were ready within, before and after the quoted range.
    inside: float
    early: float
    late: float
    #: Mean length of the quoted range in minutes.
    width: float
    p95: float


def figures(made: Sequence[Made]) -> Figures:
    quoted = [(each.waited, each.quoted) for each in made if each.quoted]
    early = mean(waited < quote.earliest for waited, quote in quoted)
    late = mean(waited > quote.latest for waited, quote in quoted)
    width = mean(quote.latest - quote.earliest for _, quote in quoted)
    return Figures(len(made), 1 - early - late, early, late, width, p95(made))


HEADINGS = ("case", "orders", "inside", "early", "late", "width", "p95", "best", "above", "robin", "shortest")


def lines(menu: Menu, *, seeds: int, tries: int) -> Iterator[str]:
    yield "".join(heading.ljust(24) if heading == "case" else heading.rjust(9) for heading in HEADINGS)
    for case in CASES:
        rows = [_row(case, menu, seed, tries) for seed in range(seeds)]
        orders, inside, early, late, width, own, best, robin, shortest = map(mean, zip(*rows, strict=True))
        shares = "".join(f"{share:9.0%}" for share in (inside, early, late))
        waits = f"{width:9.1f}{own:9.1f}{best:9.1f}{own / best - 1:9.0%}{robin:9.1f}{shortest:9.1f}"
        yield f"{case.name:24}{orders:9.0f}{shares}{waits}"


def _row(case: Scenario, menu: Menu, seed: int, tries: int) -> tuple[float, ...]:
    orders = simulated_orders(case, menu, seed)
    own = figures(simulate(case, orders, Expresso(case, menu)))
    best = best_with_hindsight(case, orders, tries=tries, seed=seed)
    others = (p95(simulate(case, orders, rule)) for rule in (RoundRobin(case), ShortestQueue(case)))
    return own.orders, own.inside, own.early, own.late, own.width, own.p95, p95(best), *others
