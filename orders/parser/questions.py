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
    chosen = {choice.group for item in items for choice in item.choices}
    drinks = [menu.drink_by_name.get(item.drink) for item in items]
    open_ones = {group: word for group, word in named.items() if group not in chosen}
    can = {group: sum(drink is not None and group in drink.groups for drink in drinks) for group in open_ones}
    asked = frozenset(group for group in open_ones if can[group] == 1)
    return asked, tuple(word for group, word in open_ones.items() if can[group] > 1)


def _of_item(item: Item, at: int, menu: Menu, named: Collection[str]) -> list[Question]:
    drink = menu.drink_by_name.get(item.drink)
    said = {choice.group for choice in item.choices}
    groups = [menu.group_by_name[name] for name in drink.groups] if drink else []
    return [
        Question("option", item=at, group=group.name, offers=tuple([option.name for option in group.options]))
        for group in groups
        if (group.ask or group.name in named) and group.name not in said
    ]
