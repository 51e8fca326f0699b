"""Tests that every text of the sets is read as its set states. Texts that were once misread stay in the sets."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from inventory.menu import Menu
from orders.items import Choice, Item
from orders.parser import Intent, TimeSaid
from orders.tests import sets

#: Expected instead of an intent if a set states no intent for a text. The text must then place or change an order.
_ORDERS = "order or change"


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        pytest.param(folder, name, id=f"{folder.name}-{name}")
        for folder in (sets.HERE, sets.MISREAD)
        for name in sets.names(folder)
    ],
)
def test_messages_are_read_as_their_set_says(folder: Path, name: str) -> None:
    """Each test runs a whole set, because pytest needs more time for a test than the parser for a text."""
    assert _misread(sets.messages(folder, name)) == {}


def _misread(messages: list[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Return the texts that are misread. The value is {field: (expected, got)} for the fields that differ."""
    misread = {}
    for menu, entry in messages:
        texts = [*entry.get("after", ()), entry["text"]]
        try:
            talked = sets.talk(texts, sets.menu(menu))
        except Exception as error:
            error.add_note(f"while reading {texts} on the menu {menu}")
            raise
        expected, got = _expected(entry), _got(entry, talked)
        assert not _not_on(sets.menu(menu), talked.order), texts
        if got != expected:
            differs = {field: (expected[field], got[field]) for field in got if got[field] != expected[field]}
            misread[f"{menu}: {' / '.join(texts)}"] = differs
    return misread


def test_a_text_that_is_read_otherwise_is_found() -> None:
    wrong = {"text": "a latte", "order": ["2 Latte"]}

    assert _misread([("coffee", wrong)]) == {"coffee: a latte": {"order": (["2 Latte | "], ["1 Latte | "])}}


def _expected(entry: dict[str, Any]) -> dict[str, Any]:
    order = sorted(map(sets.in_order, entry.get("order", ())))
    return {
        "intent": entry.get("intent", _ORDERS),
        "order": order,
        "unknown": sorted(entry.get("unknown", ())),
        "name": entry.get("name"),
        "names": entry.get("names", [None] * len(order)),
        "note": entry.get("note", ""),
        "time": entry.get("time"),
    }


def _got(entry: dict[str, Any], talked: sets.Talked) -> dict[str, Any]:
    intent = talked.reading.intent
    # Without an order, the note is compared only if the entry states a note.
    note = talked.order[-1].note if talked.order else talked.reading.note if "note" in entry else ""
    return {
        "intent": _ORDERS if "intent" not in entry and intent in (Intent.ORDER, Intent.CHANGE) else str(intent),
        "order": sorted(map(sets.line, talked.order)),
        "unknown": sorted(talked.reading.unknown),
        "name": talked.name,
        "names": [item.name for item in talked.order],
        "note": note,
        "time": _said_of(talked.reading.time),
    }


def _said_of(time: TimeSaid | None) -> dict[str, Any] | None:
    """Return those fields of the time that differ from their default; None if the text names no time."""
    return (
        None
        if time is None
        else {key: value for key, value in asdict(time).items() if value != asdict(TimeSaid())[key]}
    )


def _not_on(menu: Menu, order: tuple[Item, ...]) -> list[Choice]:
    """Return the ordered options that the menu does not offer for their drink."""
    return [
        choice
        for item in order
        for choice in item.choices
        if choice.group not in menu.drink_by_name[item.drink].groups
        or choice.option not in {option.name for option in menu.group_by_name[choice.group].options}
    ]
