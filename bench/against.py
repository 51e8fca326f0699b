"""Compares the figures of two runs of the bench."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: Keys that identify a row in a list of figures, such as the number of senders.
_NAMES = ("what", "senders", "sockets", "events", "machines", "orders")


def comparison(then: Any, now: Any) -> Iterator[str]:
    """Yield a heading, then a line for each figure that both runs have: name, earlier value, new value, and their
    ratio."""
    before = dict(_figures(then))
    yield f"  {'':<76}{'before':>12}{'now':>12}{'ratio':>8}"
    for name, figure in _figures(now):
        if name in before:
            earlier = before[name]
            ratio = f"{figure / earlier:.2f}" if earlier else "-"
            yield f"  {name:<76}{earlier:>12.4g}{figure:>12.4g}{ratio:>8}"


def _figures(found: Any, path: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(found, bool):
        return
    if isinstance(found, int | float):
        yield path, found
    elif isinstance(found, dict):
        for name, value in found.items():
            if name not in _NAMES:
                yield from _figures(value, f"{path} {name}".strip())
    elif isinstance(found, list) and all(isinstance(row, dict) for row in found):
        for row in found:
            yield from _figures(row, f"{path} {_name_of(row)}".strip())


def _name_of(row: dict[str, Any]) -> str:
    if "what" in row:
        return str(row["what"]).partition(":")[0]
    return next((f"{row[name]:,} {name}" for name in _NAMES if name in row), "")
