"""Items of an order as plain values, which every way of ordering passes to `lifecycle.place`.

Drinks and options have their names on the menu. This module does not import Django, because the parser uses these
values without Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
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


#: Longest name of an order, in characters.
NAME_LENGTH = 40


def names_on(items: Iterable[Item]) -> str:
    """Return the names on the cups, each once, separated by commas: the name of an order that has no other name."""
    return ", ".join(dict.fromkeys(item.name for item in items if item.name))[:NAME_LENGTH]


def name_after(name: str, before: Iterable[Item], after: Iterable[Item]) -> str:
    """Return an order's name when its items change from `before` to `after`.

    A name that was made of the names on the cups is made of those on the new cups. So is the name of somebody whose cup
    was taken off, if each of the other cups has a name. Any other name stays."""
    had, has = list(before), list(after)
    left = len(has) < len(had) and all(item.name for item in has) and not all(item.name for item in had)
    return names_on(has) if name and (left or name == names_on(had)) else name


def with_owner(items: Iterable[Item], name: str) -> tuple[Item, ...]:
    """Return the items as they are read to the customer: the order's name is on the cups that have none.

    Without names on other cups, and where the order's name is made of those, the items stay as they are."""
    items = tuple(items)
    if not name or names_on(items) in ("", name):
        return items
    return tuple(replace(item, name=item.name or name) for item in items)


def as_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [asdict(item) for item in items]


def from_json(raw: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(**{**item, "choices": tuple(Choice(**choice) for choice in item["choices"])}) for item in raw)
