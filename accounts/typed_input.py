"""Reads whole numbers from forms, query strings and headers, which may contain anything."""

from __future__ import annotations

from argparse import ArgumentTypeError

#: The largest primary key, and the largest number that PostgreSQL and SQLite can store in a column.
LARGEST = 2**63 - 1


def whole_number(typed: str | None, *, most: int = LARGEST) -> int | None:
    """Return the number in a text of ASCII digits; None for any other text and for a number above `most`."""
    # Python refuses to read more than 4,300 digits, and str.isdigit() is true for "²" as well.
    if not typed or len(typed) > len(str(most)) or not (typed.isascii() and typed.isdigit()):
        return None
    number = int(typed)
    return number if number <= most else None


def at_least_one(typed: str) -> int:
    """Read a command-line argument that must be a whole number of at least 1. Raises ArgumentTypeError."""
    number = whole_number(typed)
    if not number:
        raise ArgumentTypeError(f"{typed} is no whole number of at least 1")
    return number
