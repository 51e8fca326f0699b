"""Texts as customers write them, each for a menu, with what the parser must understand.

They are in `*.messages.yaml`. The comment at the top of coffee.messages.yaml explains the format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from inventory.menu import Menu
from inventory.menu_file import read_menu
from orders.items import Choice, Item
from orders.parser import Intent, Question, Reading, read

HERE = Path(__file__).parent
MISREAD = HERE.parent / "misread"
_ORDERING = (Intent.ORDER, Intent.CHANGE)
#: The loader written in C reads the same about six times as fast. PyYAML may be built without it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def from_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)


@cache
def menu(name: str) -> Menu:
    """Return a menu of this folder, or else a menu of expresso/, such as "demo", which has translations."""
    own = HERE / f"{name}.menu.yaml"
    demonstration = HERE.parents[2] / "expresso" / name / "menu.yaml"
    return read_menu((own if own.exists() else demonstration).read_text(encoding="utf-8"))


def names(folder: Path = HERE) -> list[str]:
    return sorted(path.name.removesuffix(".messages.yaml") for path in folder.glob("*.messages.yaml"))


def messages(folder: Path = HERE, name: str = "*") -> list[tuple[str, dict[str, Any]]]:
    """Return (name of the menu, entry) for every entry. The name of a set's file starts with the name of its menu."""
    return [
        (path.name.split(".")[0].rstrip("0123456789"), entry)
        for path in sorted(folder.glob(f"{name}.messages.yaml"))
        for entry in from_yaml(path)
    ]


@dataclass(frozen=True)
class Talked:
    """The customer's order and name after a conversation, and the reading of the last text."""

    reading: Reading
    order: tuple[Item, ...]
    name: str | None


def talk(texts: list[str], on: Menu) -> Talked:
    """Read the texts one after another. Each text answers the question that the text before it left open."""
    order: tuple[Item, ...] = ()
    asked: Question | None = None
    name: str | None = None
    language: str | None = None
    reading = Reading(Intent.UNCLEAR)
    for text in texts:
        reading = read(text, on, order=order, asked=asked, language=language)
        language = reading.language or language
        name = reading.name or name
        if reading.intent in _ORDERING:
            order = reading.items
        elif reading.intent is Intent.CANCEL:
            order = ()
        if reading.intent in _ORDERING and reading.missing:
            asked = reading.missing[0]
        elif reading.intent in (*_ORDERING, Intent.NAME):
            asked = None if name or not order else Question("name")
    return Talked(reading, order, name)


def line(item: Item) -> str:
    """Write an item as the sets write it: "2 Latte | 1 Sugar, Oat"."""
    return f"{item.quantity} {item.drink} | {', '.join(sorted(map(_said, item.choices)))}"


def in_order(line: str) -> str:
    """Return a set's line with its options sorted."""
    head, _, options = line.partition("|")
    return f"{head.strip()} | {', '.join(sorted(filter(None, map(str.strip, options.split(',')))))}"


def _said(choice: Choice) -> str:
    if choice.amount is None:
        return choice.option
    amount = choice.amount if isinstance(choice.amount, str) else f"{choice.amount:g}"
    return f"{amount} {choice.option}"


def is_made_right(entry: dict[str, Any], menu: Menu) -> bool:
    """Return whether the cups, the customer's name and the names on the cups are those of the entry."""
    talked = talk([*entry.get("after", ()), entry["text"]], menu)
    return (
        ("order" not in entry or _made(talked.order) == _wanted(entry["order"]))
        and entry.get("name", talked.name) == talked.name
        and entry.get("names", [item.name for item in talked.order]) == [item.name for item in talked.order]
    )


def _made(items: tuple[Item, ...]) -> list[str]:
    """Return the cups without refused options: refusing an option makes the same cup as not mentioning it."""
    return sorted(map(line, (Item(item.drink, item.quantity, _positive(item)) for item in items)))


def _positive(item: Item) -> tuple[Choice, ...]:
    return tuple(choice for choice in item.choices if choice.amount != "no" and choice.option != "No milk")


def _wanted(lines: list[str]) -> list[str]:
    return sorted(in_order(re.sub(r"\b(no [^,]+|No milk)(,|$)", "", wanted)) for wanted in lines)
