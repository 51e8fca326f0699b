"""Looks up translated names of drinks, options, groups and categories. This module does not import Django.

The name on the menu is used if there is no translation, or if a drink or option is no longer on the menu."""

from __future__ import annotations

from inventory.menu import Menu, MenuCategory, MenuDrink, MenuGroup, MenuOption


def titled(thing: MenuDrink | MenuGroup | MenuOption | MenuCategory, language: str) -> str:
    """Return the translated name with a capital letter, or the name on the menu if there is no translation."""
    words = thing.translations.get(language, ())
    return words[0][:1].upper() + words[0][1:] if words else thing.name


def drink_titled(menu: Menu, name: str, language: str) -> str:
    drink = menu.drink_by_name.get(name)
    return titled(drink, language) if drink else name


def category_titled(menu: Menu, name: str, language: str) -> str:
    return next((titled(each, language) for each in menu.categories if each.name == name), name)


def option_titled(menu: Menu, group: str, name: str, language: str) -> str:
    option = _option(menu, group, name)
    return titled(option, language) if option else name


def option_within(menu: Menu, group: str, name: str, language: str) -> str:
    """Return the option's translated name without a capital, for use inside a sentence: "sucre" in "sans sucre"."""
    option = _option(menu, group, name)
    return next(iter(option.translations.get(language, ())), name) if option else name


def thing_titled(menu: Menu, name: str, language: str) -> str:
    """Return the translated name of a drink or an option, with a capital letter. `name` is its name on the menu."""
    return drink_titled(menu, name, language) if name in menu.drink_by_name else option_titled(menu, "", name, language)


def _option(menu: Menu, group: str, name: str) -> MenuOption | None:
    """Return the option with this name in the group, or None if there is none.

    If `group` is "", search all groups and return the first option with this name."""
    groups = (each for each in menu.groups if group in ("", each.name))
    return next((option for each in groups for option in each.options if option.name == name), None)
