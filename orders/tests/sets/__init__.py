"""Sets of texts as customers write them, with the order or answer that the parser must read from each text.

Each file `*.messages.yaml` is a set, and belongs to one menu. The comment at the top of coffee.messages.yaml explains
the format."""

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
#: PyYAML's loader in C is about six times as fast as the one in Python. PyYAML can be built without it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def from_yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)


@cache
def menu(name: str) -> Menu:
    """Return the menu of this name: from this folder, or else from expresso/, where "demo" has translations."""
    own = HERE / f"{name}.menu.yaml"
    demonstration = HERE.parents[2] / "expresso" / name / "menu.yaml"
    return read_menu((own if own.exists() else demonstration).read_text(encoding="utf-8"))


def names(folder: Path = HERE) -> list[str]:
    return sorted(path.name.removesuffix(".messages.yaml") for path in folder.glob("*.messages.yaml"))


def messages(folder: Path = HERE, name: str = "*") -> list[tuple[str, dict[str, Any]]]:
    """Return (name of the menu, entry) for every entry of the sets. A set's file name starts with its menu's name."""
    return [
        (path.name.split(".")[0].rstrip("0123456789"), entry)
        for path in sorted(folder.glob(f"{name}.messages.yaml"))
        for entry in from_yaml(path)
    ]


@dataclass(frozen=True)
class Talked:
    """The result of a conversation: the order and the customer's name after it, and the reading of its last text."""

    reading: Reading
    order: tuple[Item, ...]
    name: str | None


def talk(texts: list[str], on: Menu) -> Talked:
    """Read several texts of one customer. Each text can answer the question that was asked after the text before."""
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
    """Return an item in the format of the sets, such as "2 Latte | 1 Sugar, Oat"."""
    return f"{item.quantity} {item.drink} | {', '.join(sorted(map(_said, item.choices)))}"


def in_order(line: str) -> str:
    """Return a line of a set with its options sorted, so that lines can be compared."""
    head, _, options = line.partition("|")
    return f"{head.strip()} | {', '.join(sorted(filter(None, map(str.strip, options.split(',')))))}"


def _said(choice: Choice) -> str:
    if choice.amount is None:
        return choice.option
    amount = choice.amount if isinstance(choice.amount, str) else f"{choice.amount:g}"
    return f"{amount} {choice.option}"


def is_made_right(entry: dict[str, Any], menu: Menu) -> bool:
    """Return whether the parser reads the cups, the customer's name and the names on the cups as in the entry."""
    talked = talk([*entry.get("after", ()), entry["text"]], menu)
    return (
        ("order" not in entry or _made(talked.order) == _wanted(entry["order"]))
        and entry.get("name", talked.name) == talked.name
        and entry.get("names", [item.name for item in talked.order]) == [item.name for item in talked.order]
    )


def _made(items: tuple[Item, ...]) -> list[str]:
    """Return the lines of the cups without refused options, because a refused option does not change the cup."""
    return sorted(map(line, (Item(item.drink, item.quantity, _positive(item)) for item in items)))


def _positive(item: Item) -> tuple[Choice, ...]:
    return tuple(choice for choice in item.choices if choice.amount != "no" and choice.option != "No milk")


def _wanted(lines: list[str]) -> list[str]:
    return sorted(in_order(re.sub(r"\b(no [^,]+|No milk)(,|$)", "", wanted)) for wanted in lines)
