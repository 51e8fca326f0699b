"""Example orders from the event's own menu, for people who order for the first time."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from inventory.menu import Menu, MenuDrink, MenuOption
from inventory.snapshot import menu_of
from orders.parser.languages import DEFAULT, LANGUAGES
from stations.models import Event


def example_order(menu: Menu, language: str) -> str:
    """Return an example order such as "large latte": the menu's first drink, with one option of each group from which
    the customer has to choose. Return "" for an empty menu."""
    if not menu.drinks:
        return ""
    drink, manner = menu.drinks[0], LANGUAGES.get(language, LANGUAGES[DEFAULT])
    groups = (menu.group_by_name[name] for name in drink.groups if name in menu.group_by_name)
    asked = (group.options[-1] for group in groups if group.ask and group.options)
    said = [_within(option, language) for option in asked]
    named = _within(drink, language)
    return " ".join([*said, named] if manner.options_first else [named, *said])


def example_with_name(event: Event, language: str) -> str:
    """Return an example order with a name, such as "large latte for Sam"; "" for an empty menu."""
    order = example_order(menu_of(event).menu, language)
    with override(language):
        return _("{order} for Sam").format(order=order) if order else ""


def _within(thing: MenuDrink | MenuOption, language: str) -> str:
    """Return the name as it is written within a sentence, with a small first letter.

    German nouns and names such as "BLT" and "XL" keep their capital letters."""
    if words := thing.translations.get(language, ()):
        return words[0]
    keeps = LANGUAGES.get(language, LANGUAGES[DEFAULT]).capitals or thing.name[1:2].isupper()
    return thing.name if keeps else thing.name[:1].lower() + thing.name[1:]
