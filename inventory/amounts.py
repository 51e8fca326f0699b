"""Formats amounts of ingredients for people."""

from __future__ import annotations

from decimal import Decimal

LARGE = {"ml": "l", "g": "kg"}


def amount_in_words(amount: float | Decimal, unit: str) -> str:
    """Return the amount as people write it, with at most two decimals: 1.5 l instead of 1500.00 ml."""
    number = Decimal(amount)
    if unit in LARGE and abs(number) >= 1000:
        number, unit = number / 1000, LARGE[unit]
    return f"{round(number, 2).normalize():f} {unit}"
