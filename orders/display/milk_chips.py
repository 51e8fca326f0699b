"""Choose the colour of a milk's chip, a small label for the milk on tickets, in batches and on the order page.

Every option group with the role "milk" gets chips, whatever the group's name and language."""

from __future__ import annotations

from inventory.menu import Menu, MenuGroup
from orders.parser.atoms import Kind
from orders.parser.phrases import every_table

#: Number of colours in static/css/tokens.css: --milk-1, --milk-2 and so on.
COLOURS = 8
#: The chip of "No milk", and the chip of a milk that is not on the menu any more.
WITHOUT, OFF_MENU = "without", "other"


def is_milk(group: MenuGroup | None) -> bool:
    return group is not None and group.role == "milk"


def chip_of(menu: Menu, group: str, option: str) -> str:
    """Return the option's chip as the value of `data-milk` in templates; "" for an option that is not a milk."""
    of = menu.group_by_name.get(group)
    if of is None or not is_milk(of):
        return ""
    if _means_without(option):
        return WITHOUT
    # Choose the colour by the option's place in its group: menus have different milks, whose names are in any language.
    names = [each.name for each in of.options]
    return str(names.index(option) % COLOURS + 1) if option in names else OFF_MENU


def _means_without(option: str) -> bool:
    """Return whether the option's name begins with a word for "without", such as "no", "ohne", "sans" or "sin"."""
    first = tuple(option.casefold().split()[:1])
    return any(table.kind(first) is Kind.NO for table in every_table())
