"""Items of an order as plain values. Every way of ordering passes them to `lifecycle.place`.

Items contain the untranslated names of drinks and options. This module does not import Django, because the parser uses
these values without Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Qualifier = Literal["no", "light", "extra"]
#: The amount of an option: a count (such as 2 or 0.5), a word ("no", "light", "extra"), or None if none was given.
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
    #: Only the options that the customer ordered. The drink's defaults are not included.
    choices: tuple[Choice, ...] = ()
    #: Name of the person who gets this cup; None if the customer gave no name for the cup.
    name: str | None = None
    #: The customer's own words for the barista, such as "allergic to nuts".
    note: str = ""


#: Maximum length of an order's name, in characters.
NAME_LENGTH = 40


def names_on(items: Iterable[Item]) -> str:
    """Return the names on the cups, without duplicates and separated by commas.

    This text is the name of an order for which no other name was given."""
    return ", ".join(dict.fromkeys(item.name for item in items if item.name))[:NAME_LENGTH]


def name_after(name: str, before: Iterable[Item], after: Iterable[Item]) -> str:
    """Return the name of an order after its items have changed from `before` to `after`.

    If the name was made of the names on the cups, as in "Ann, Bob", it is made of them again. If the only cup without a
    name is removed, the order's name may have been meant for that cup, so it is replaced by the names on the other
    cups. Any other name is kept."""
    had, has = list(before), list(after)
    left = len(has) < len(had) and all(item.name for item in has) and not all(item.name for item in had)
    return names_on(has) if name and (left or name == names_on(had)) else name


def with_owner(items: Iterable[Item], name: str) -> tuple[Item, ...]:
    """Return the items for a reply to the customer: cups without a name get the name of the order.

    If no cup has a name, the items are returned unchanged, because the order's name is enough. They are also unchanged
    if the order's name was itself made of the names on the cups."""
    items = tuple(items)
    if not name or names_on(items) in ("", name):
        return items
    return tuple(replace(item, name=item.name or name) for item in items)


def as_json(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [asdict(item) for item in items]


def from_json(raw: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(Item(**{**item, "choices": tuple(Choice(**choice) for choice in item["choices"])}) for item in raw)
