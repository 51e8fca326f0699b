"""The menu as plain values: what the order parser reads with and what a menu file holds.

No Django here: `manage.py understand --menu FILE` works without a database, and readings
are compared by the names that stand on the menu."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Choose = Literal["one", "many"]
#: What a group of options is for, where that matters beyond its name; "" for every other group.
Role = Literal["", "milk"]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenuOption:
    name: str
    aliases: Words = ()
    #: Words for the same thing by language code ("de": ("Hafer", "Hafermilch")); the first is shown.
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuGroup:
    name: str
    options: tuple[MenuOption, ...]
    choose: Choose = "one"
    #: The conversation asks for this group where the customer did not say.
    ask: bool = False
    #: Options can be counted (2 sugars) or qualified (no, light, extra).
    amounts: bool = False
    #: "milk": its options stand first on tickets as coloured chips, and cups with the same one are made together.
    role: Role = ""
    #: What is made when nobody says; the name of an option, or None.
    default: str | None = None
    #: Words for the group itself ("size", "topping"), so that "no toppings" or "which milks" is understood.
    aliases: Words = ()
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuDrink:
    name: str
    category: str
    aliases: Words = ()
    #: Names of the option groups that apply.
    groups: Words = ()
    #: (group, option) made for this drink when the customer does not say; wins over the group's default.
    defaults: tuple[tuple[str, str], ...] = ()
    #: Hands-on minutes for one cup.
    minutes: float = 1.0
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuCategory:
    """One that has words in other languages; every other is what its drinks say."""

    name: str
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Menu:
    """Names are unique: a drink's on the menu, a group's on the menu, an option's in its group."""

    name: str
    drinks: tuple[MenuDrink, ...]
    groups: tuple[MenuGroup, ...] = ()
    categories: tuple[MenuCategory, ...] = ()

    @cached_property
    def drink_by_name(self) -> Mapping[str, MenuDrink]:
        return {drink.name: drink for drink in self.drinks}

    @cached_property
    def group_by_name(self) -> Mapping[str, MenuGroup]:
        return {group.name: group for group in self.groups}

    def default_option(self, drink: MenuDrink, group: MenuGroup) -> str | None:
        return dict(drink.defaults).get(group.name, group.default)
