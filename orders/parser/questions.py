"""Finds the options that the customer must still choose, such as the size of a latte."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from inventory.menu import Menu
from orders.items import Item
from orders.parser.reading import Question


def open_questions(items: Sequence[Item], menu: Menu, named: Collection[str] = ()) -> tuple[Question, ...]:
    """Return the open questions of each item: about groups that the menu asks for, and about groups in `named`."""
    return tuple(question for at, item in enumerate(items) for question in _of_item(item, at, menu, named))


def groups_to_ask(
    items: Sequence[Item], menu: Menu, named: Mapping[str, str]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the groups to ask about, and words for the barista's note.

    `named` holds the groups that were named without an option ("a latte with syrup"), with the customer's words.
    A group that exactly one item can have is asked about. If several items can have the group, nobody knows which item
    is meant, and the barista reads the words."""
    can = {
        group: sum(group in _groups_of(item, menu) for item in items)
        for group in named
        if not any(choice.group == group for item in items for choice in item.choices)
    }
    asked = frozenset([group for group, several in can.items() if several == 1])
    return asked, tuple([named[group] for group, several in can.items() if several > 1])


def _of_item(item: Item, at: int, menu: Menu, named: Collection[str]) -> list[Question]:
    said = {choice.group for choice in item.choices}
    groups = [menu.group_by_name[name] for name in _groups_of(item, menu) if name not in said]
    return [
        Question("option", item=at, group=group.name, offers=tuple([option.name for option in group.options]))
        for group in groups
        if group.ask or group.name in named
    ]


def _groups_of(item: Item, menu: Menu) -> Sequence[str]:
    drink = menu.drink_by_name.get(item.drink)
    return drink.groups if drink is not None else ()
