"""Tests that compare the planner's formulas and simulations with known figures and with each other."""

from __future__ import annotations

import math

import pytest

from expresso.planner.demand import BreakRush, Demand
from expresso.planner.queueing import erlang_c, fluid_backlog, least_for_rush, least_for_steady_flow
from expresso.planner.staffing import SLOT, SlotResult, around, baristas_needed, in_one_line, random_days
from expresso.planner.trial import Bars, by_bar, mean_minutes, plan_baristas, simulate_slots, split
from inventory.menu import Menu, MenuDrink

pytestmark = pytest.mark.once

MENU = Menu("Bar", (MenuDrink("Latte", "Coffee", minutes=1.5), MenuDrink("Tea", "Tea", minutes=0.5)))
#: A day from 8:00 to 14:00 with two breaks: half an hour at 9:30 and an hour at 12:00.
DAY = Demand((BreakRush(90, 30, 120), BreakRush(240, 60, 100)), steady=0.1, minutes=360)


def bars(count: int) -> Bars:
    return Bars(count, MENU, {"Latte": 3, "Tea": 1}, making=1.0)


def longest(slot: SlotResult) -> float:
    assert slot.p95 is not None
    return slot.p95


@pytest.mark.parametrize(("servers", "load", "share"), [(2, 1.5, 0.6429), (1, 0.5, 0.5), (10, 8.0, 0.4092)])
def test_the_share_who_wait_is_that_of_the_tables(servers: int, load: float, share: float) -> None:
    assert erlang_c(servers, load) == pytest.approx(share, abs=0.0001)


def test_a_line_that_is_given_more_than_it_can_do_makes_everybody_wait() -> None:
    assert erlang_c(2, 2.0) == 1


@pytest.mark.parametrize("load", [4, 16, 64, 256])
def test_the_spare_of_a_steady_flow_grows_with_the_square_root_of_the_load(load: int) -> None:
    spare = least_for_steady_flow(load, making=1.0, wait=0.0, late=0.2) - load

    assert 0.7 * math.sqrt(load) <= spare <= 1.5 * math.sqrt(load)


def test_a_backlog_grows_by_what_comes_and_shrinks_by_what_is_made() -> None:
    assert fluid_backlog([3, 3, 1, 0, 0], capacity=2) == [1, 2, 1, 0, 0]
    # Ten drinks are ordered in the first minute, and each takes a minute. At the end of that minute, two baristas still
    # have eight to begin, which takes four minutes. Three baristas have seven, which takes less than three minutes.
    assert least_for_rush([10, 0, 0], making=1.0, wait=5.0) == 2
    assert least_for_rush([10, 0, 0], making=1.0, wait=4.0, backlog=0.0) == 2
    assert least_for_rush([10, 0, 0], making=1.0, wait=3.0) == 3


def test_half_of_a_break_comes_within_seven_minutes_and_all_of_it_in_the_end() -> None:
    rush = BreakRush(0, 30, 100)

    assert rush.ordered_by(6.7) == pytest.approx(50, abs=1)
    assert rush.ordered_by(60) == pytest.approx(100, abs=0.1)
    # If a break is twice as long, half of its drinks are ordered after twice the time.
    assert BreakRush(0, 60, 100).ordered_by(13.4) == pytest.approx(rush.ordered_by(6.7))
    assert Demand((rush,), steady=0.5, minutes=60).between(0, 120) == pytest.approx(130, abs=0.1)


@pytest.mark.parametrize(("baristas", "p95"), [(3, 15.5), (4, 9.2), (5, 5.9), (6, 3.9)])
def test_the_longest_waits_of_one_break_are_those_of_another_simulation(baristas: int, p95: float) -> None:
    """The expected figures `p95` were computed by an independent simulation with the same assumptions: 120 drinks in a
    break, 75 drinks an hour per barista, and one drink per order."""
    demand = Demand((BreakRush(0, 30, 120),), steady=0, minutes=120)
    waits: list[float] = []
    for day in random_days(demand, 60 / 75, count=60, sizes=(1.0,)):
        for slot in range(4):
            run = day.run(slot, baristas)
            waits += run.waits
            day.busy, day.queue = run.busy, run.queue

    assert len(waits) == 60 * 120
    assert sorted(waits)[math.ceil(0.95 * len(waits)) - 1] == pytest.approx(p95, abs=0.4)


def test_the_fluid_backlog_is_near_the_simulation_in_an_overloaded_break() -> None:
    rates = [DAY.between(minute, minute + 1) for minute in range(90, 120)]
    longest = max(fluid_backlog(rates, capacity=4))

    assert in_one_line(DAY, 1.0, [4] * 12)[3].queue == pytest.approx(longest, rel=0.15)


def test_the_least_baristas_keep_the_wait_and_one_fewer_does_not() -> None:
    needed = baristas_needed(DAY, making=1.0, wait=6)
    found = around(DAY, 1.0, needed, slot=3)

    assert needed[3] == max(needed)
    assert longest(found[needed[3]]) <= 6 < longest(found[needed[3] - 1])
    assert all(each.p95 is None or each.p95 <= 6 for each in in_one_line(DAY, 1.0, needed))


def test_a_shorter_wait_needs_more_baristas_and_quicker_ones_fewer() -> None:
    at_peak = [max(baristas_needed(DAY, making, wait)) for making, wait in ((1.0, 4), (1.0, 6), (1.0, 9), (0.6, 6))]

    assert at_peak[0] > at_peak[1] > at_peak[2]
    assert at_peak[3] < at_peak[1]


def test_the_products_own_routing_keeps_the_wait_with_the_planned_baristas() -> None:
    needed, found = plan_baristas(DAY, bars(3), wait=6)

    assert longest(found[3]) <= 6
    assert max(needed) >= max(baristas_needed(DAY, making=1.0, wait=6))
    # On average the simulated days have the planned number of drinks. An order has 1.37 drinks on average.
    assert sum(each.orders for each in found) == pytest.approx(DAY.cups / 1.37, rel=0.1)
    few = simulate_slots(DAY, bars(3), by_bar([max(1, count // 2) for count in needed], 3))
    assert longest(few[3]) > 9
    assert few[3].queue > found[3].queue


def test_baristas_are_shared_evenly_among_the_bars() -> None:
    assert split(7, 3) == [3, 2, 2]
    assert by_bar([1, 4], 2) == [[1, 2], [0, 2]]


def test_a_drink_takes_the_minutes_of_the_menu_by_what_is_ordered() -> None:
    assert mean_minutes(MENU, {"Latte": 3, "Tea": 1}) == 1.25
    assert SLOT == 30
