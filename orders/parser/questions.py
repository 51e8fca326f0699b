"""Finds the options that the customer must still choose, such as the size of a latte."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from inventory.menu import Menu
from orders.items import Item
from orders.parser.reading import Question


def open_questions(items: Sequence[Item], menu: Menu, named: Collection[str] = ()) -> tuple[Question, ...]:
    """Return the open questions about all items. Each is about an option group from which the item has no choice yet.

    Only groups that the menu asks for, and groups in `named`, are asked about."""
    return tuple(question for at, item in enumerate(items) for question in _of_item(item, at, menu, named))


def groups_to_ask(
    items: Sequence[Item], menu: Menu, named: Mapping[str, str]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Decide what to do about "a latte with syrup", which names an option group but none of its options.

    `named`: the customer's word ("syrup") by the name of the group. If exactly one item can have syrup, we ask which
    one. If several items can, "syrup" becomes a note for the barista. Return the groups to ask about, and the notes."""
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
