"""Amounts of ingredients in words, as they stand on pages."""

from __future__ import annotations

from decimal import Decimal

LARGE = {"ml": "l", "g": "kg"}


def amount_in_words(amount: float | Decimal, unit: str) -> str:
    """The amount as people say it: 1.5 l, not 1500.00 ml; two decimals at most."""
    number = Decimal(amount)
    if unit in LARGE and abs(number) >= 1000:
        number, unit = number / 1000, LARGE[unit]
    return f"{round(number, 2).normalize():f} {unit}"
