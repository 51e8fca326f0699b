"""Parses whole numbers from forms, query strings and headers, which can contain anything."""

from __future__ import annotations

from argparse import ArgumentTypeError

#: The largest whole number that PostgreSQL and SQLite can store, and so the largest primary key.
LARGEST = 2**63 - 1


def whole_number(typed: str | None, *, most: int = LARGEST) -> int | None:
    """Return the number that a text of ASCII digits stands for. Return None for other texts and for numbers above
    `most`."""
    # Check the text first: int() refuses more than 4,300 digits, and str.isdigit() is also true for "²".
    if not typed or len(typed) > len(str(most)) or not (typed.isascii() and typed.isdigit()):
        return None
    number = int(typed)
    return number if number <= most else None


def at_least_one(typed: str) -> int:
    """Parse a command-line argument that has to be a whole number of at least 1. Raise ArgumentTypeError for any
    other."""
    number = whole_number(typed)
    if not number:
        raise ArgumentTypeError(f"{typed} is no whole number of at least 1")
    return number
