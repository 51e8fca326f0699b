"""What to write, for whoever never wrote an order: one that the menu takes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from inventory.menu import Menu, MenuDrink, MenuOption
from inventory.snapshot import menu_of
from orders.parser.languages import DEFAULT, LANGUAGES
from stations.models import Event


def sample(menu: Menu, language: str) -> str:
    """The first drink, with an answer to everything it asks: "large latte"; "" of an empty menu."""
    if not menu.drinks:
        return ""
    drink, manner = menu.drinks[0], LANGUAGES.get(language, LANGUAGES[DEFAULT])
    groups = (menu.group_by_name[name] for name in drink.groups if name in menu.group_by_name)
    asked = (group.options[-1] for group in groups if group.ask and group.options)
    said = [_within(option, language) for option in asked]
    named = _within(drink, language)
    return " ".join([*said, named] if manner.options_first else [named, *said])


def for_somebody(event: Event, language: str) -> str:
    """With a name, as it is understood: "large latte for Sam"."""
    order = sample(menu_of(event).menu, language)
    with override(language):
        return _("{order} for Sam").format(order=order) if order else ""


def _within(thing: MenuDrink | MenuOption, language: str) -> str:
    """As within a sentence; "BLT" and "XL" stay as they are."""
    if words := thing.translations.get(language, ()):
        return words[0]
    keeps = LANGUAGES.get(language, LANGUAGES[DEFAULT]).capitals or thing.name[1:2].isupper()
    return thing.name if keeps else thing.name[:1].lower() + thing.name[1:]
