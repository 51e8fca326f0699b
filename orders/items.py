"""Items of an order as plain values, which every way of ordering passes to `lifecycle.place`.

Drinks and options have their names on the menu. This module does not import Django, because the parser uses these
values without Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Qualifier = Literal["no", "light", "extra"]
#: How much of an option: a count (2 sugars, 0.5 sugar), a qualifier, or None if the order gives no amount.
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
    #: Only the options that were ordered. The drink's defaults come from the menu.
    choices: tuple[Choice, ...] = ()
    #: The person this cup is for, if the order names somebody for the drink.
    name: str | None = None
    #: The customer's own words for the barista, such as "allergic to nuts".
    note: str = ""


def as_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [asdict(item) for item in items]


def from_json(raw: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(**{**item, "choices": tuple(Choice(**choice) for choice in item["choices"])}) for item in raw)
