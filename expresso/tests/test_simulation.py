"""Tests with a simulated event and the product's own routing and quotes. They fail if one of the formulas is broken."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from expresso import demo
from expresso.simulation.cases import CASES, WHOLE_EVENT
from expresso.simulation.figures import figures
from expresso.simulation.rules import Expresso, RoundRobin, ShortestQueue, best_with_hindsight, p95
from expresso.simulation.run import simulate
from expresso.simulation.scenario import Scenario, simulated_orders
from inventory.menu import Menu
from inventory.menu_file import read_menu

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def menu() -> Menu:
    return read_menu((Path(demo.__file__).parent / "menu.yaml").read_text())


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name != "away in the break"], ids=lambda case: case.name
)
def test_most_orders_are_ready_within_the_quoted_range_and_late_ones_are_rare(menu: Menu, case: Scenario) -> None:
    found = figures(simulate(case, simulated_orders(case, menu, seed=1), Expresso(case, menu)))

    assert found.inside >= 0.85
    assert found.late <= 0.07
    assert found.width <= 8


def test_late_orders_are_rarer_than_early_ones(menu: Menu) -> None:
    found = [figures(simulate(case, simulated_orders(case, menu, seed=2), Expresso(case, menu))) for case in CASES]

    assert mean(each.late for each in found) < mean(each.early for each in found)


def test_the_longest_waits_are_near_those_of_the_best_assignment(menu: Menu) -> None:
    orders = simulated_orders(WHOLE_EVENT, menu, seed=1)

    own = p95(simulate(WHOLE_EVENT, orders, Expresso(WHOLE_EVENT, menu)))

    assert own <= 1.1 * p95(best_with_hindsight(WHOLE_EVENT, orders, tries=20, seed=1))
    assert own < p95(simulate(WHOLE_EVENT, orders, ShortestQueue(WHOLE_EVENT)))
    assert own < p95(simulate(WHOLE_EVENT, orders, RoundRobin(WHOLE_EVENT)))


def test_a_milk_that_is_sold_out_at_one_bar_is_made_at_another(menu: Menu) -> None:
    made = simulate(WHOLE_EVENT, simulated_orders(WHOLE_EVENT, menu, seed=1), Expresso(WHOLE_EVENT, menu))

    (gone,) = WHOLE_EVENT.sold_out
    with_oat = [each for each in made if any(c.option == gone.milk for item in each.order.items for c in item.choices)]
    meanwhile = [each for each in with_oat if gone.since <= each.order.at < gone.until]
    assert meanwhile
    assert gone.bar not in {each.bar for each in meanwhile}
    assert gone.bar in {each.bar for each in with_oat}


def test_the_same_seed_gives_the_same_event(menu: Menu) -> None:
    one, other = (
        simulate(WHOLE_EVENT, simulated_orders(WHOLE_EVENT, menu, 3), Expresso(WHOLE_EVENT, menu)) for _ in range(2)
    )

    assert [(each.bar, each.ready_at) for each in one] == [(each.bar, each.ready_at) for each in other]
