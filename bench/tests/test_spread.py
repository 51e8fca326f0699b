"""Stored orders vary as at a real bar, and every run stores the same orders."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

from bench import spread

ORDERS = 20_000
MENU = [(1, "latte", "size", "large"), (1, "latte", "size", "small"), (2, "barista's tea", "milk", "oat")]


def of_each(*columns: str, join: str = "") -> list[tuple[Any, ...]]:
    numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {ORDERS - 1})"
    return sqlite3.connect(":memory:").execute(f"{numbers} SELECT {', '.join(columns)} FROM numbers {join}").fetchall()


def test_waits_are_spread_over_minutes_and_come_after_the_start() -> None:
    found = of_each(spread.STARTED, spread.READY)

    minutes = sorted(ready // 60 for _, ready in found)
    assert len(set(minutes)) > 15
    assert (minutes[ORDERS // 2], minutes[ORDERS * 95 // 100]) == (6, 16)
    assert all(0 < started < ready for started, ready in found)


def test_some_orders_are_cancelled_some_not_collected_and_most_quotes_hold() -> None:
    found = of_each(spread.STATUS, spread.READY, spread.QUOTED_FROM, spread.QUOTED_TO)

    by_status = Counter(status for status, *_ in found)
    assert 0.03 < by_status["cancelled"] / ORDERS < 0.05
    assert 0.01 < by_status["not_collected"] / ORDERS < 0.03
    assert 0.08 < sum(ready > until for _, ready, _, until in found) / ORDERS < 0.16
    assert 0.2 < sum(ready < since for _, ready, since, _ in found) / ORDERS < 0.35


def test_each_order_gets_a_cup_of_the_menu_and_a_few_cups_are_ordered_often() -> None:
    cups = spread.cups(MENU * 40)

    found = Counter(of_each("cup.place", join=spread.drawn(cups)))

    assert sum(found.values()) == ORDERS
    assert len(found) > 0.9 * len(cups)
    assert max(found.values()) > 5 * ORDERS / len(cups)
    assert spread.cups(MENU * 40) == cups
