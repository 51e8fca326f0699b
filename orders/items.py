"""Items of an order as plain values, which every way of ordering passes to `lifecycle.place`.

Drinks and options have their names on the menu. Django is not imported here, because the parser builds these values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Qualifier = Literal["no", "light", "extra"]
#: How much of an option: a count (2 sugars, 0.5 sugar), a qualifier, or None where nothing was said.
Amount = float | Qualifier | None


@dataclass(frozen=True, slots=True)
class Choice:
    group: str
    option: str
    amount: Amount = None


@dataclass(frozen=True, slots=True)
class Item:
    drink: str
    quantity: int = 1
    #: Only what was said; defaults are the menu's business.
    choices: tuple[Choice, ...] = ()
    #: Who this cup is for, where the order names one person per drink.
    name: str | None = None
    #: Word for word, for the barista ("allergic to nuts").
    note: str = ""


def as_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [asdict(item) for item in items]


def from_json(raw: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(**{**item, "choices": tuple(Choice(**choice) for choice in item["choices"])}) for item in raw)
