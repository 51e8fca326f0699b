"""Finds the questions that the menu requires and that an order leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from inventory.menu import Menu
from orders.items import Item
from orders.parser.reading import Question


def open_questions(items: Sequence[Item], menu: Menu) -> tuple[Question, ...]:
    return tuple(question for at, item in enumerate(items) for question in _of_item(item, at, menu))


def _of_item(item: Item, at: int, menu: Menu) -> list[Question]:
    drink = menu.drink_by_name.get(item.drink)
    said = {choice.group for choice in item.choices}
    groups = [menu.group_by_name[name] for name in drink.groups] if drink else []
    return [
        Question("option", item=at, group=group.name, offers=tuple(option.name for option in group.options))
        for group in groups
        if group.ask and group.name not in said
    ]
