"""Finds the questions that the menu requires and that an order leaves open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from inventory.menu import Menu
from orders.items import Item
from orders.parser.reading import Question


def open_questions(items: Sequence[Item], menu: Menu, named: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions of each item, also about the groups in `named`."""
    return tuple(question for at, item in enumerate(items) for question in _of_item(item, at, menu, named))


def groups_to_ask(
    items: Sequence[Item], menu: Menu, named: Mapping[str, str]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """The groups that were named without an option ("a latte with syrup") and that one item alone can have.

    The words for the others are returned for the barista: it is not clear to which item they belong."""
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
        Question("option", item=at, group=group.name, offers=tuple(option.name for option in group.options))
        for group in groups
        if (group.ask or group.name in named) and group.name not in said
    ]
