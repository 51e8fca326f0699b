"""Every text of the sets is read as its set says. A text that was once misread stays in the sets."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from orders.parser import Intent, TimeSaid
from orders.tests import sets

#: Stands for the intent of an entry that names none: the text orders something or changes the order.
_ORDERS = "order or change"


def _named(found: list[tuple[str, dict[str, Any]]]) -> list[Any]:
    return [
        pytest.param(name, entry, id=f"{name}: {' / '.join([*entry.get('after', ()), entry['text']])}")
        for name, entry in found
    ]


@pytest.mark.parametrize(("name", "entry"), _named([*sets.messages(), *sets.messages(sets.MISREAD)]))
def test_message_is_read_as_its_set_says(name: str, entry: dict[str, Any]) -> None:
    talked = sets.talk([*entry.get("after", ()), entry["text"]], sets.menu(name))

    expected, got = _expected(entry), _got(entry, talked)
    assert got == expected


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
    # Only an entry that names the note of a text without an order demands one.
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
    """Return the fields of the time that differ from "now"; None if the text names no time."""
    return (
        None
        if time is None
        else {key: value for key, value in asdict(time).items() if value != asdict(TimeSaid())[key]}
    )


def test_a_message_of_the_sets_orders_only_what_is_on_its_menu() -> None:
    for name, entry in sets.messages():
        on = sets.menu(name)
        talked = sets.talk([*entry.get("after", ()), entry["text"]], on)

        for item in talked.order:
            groups = on.drink_by_name[item.drink].groups
            for choice in item.choices:
                assert choice.group in groups
                assert choice.option in {option.name for option in on.group_by_name[choice.group].options}
    assert talked.reading.intent in set(Intent)
