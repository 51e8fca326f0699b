"""The menu as plain values, for the order parser and for menu files.

This module does not import Django, so `manage.py understand --menu FILE` works without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

Choose = Literal["one", "many"]
#: The allergens and other contents that a menu can state for drinks and options.
ALLERGENS = ("dairy", "lactose", "nuts", "gluten", "soy", "caffeine")
#: The layers that a drawing of a cup can have.
LAYERS = (
    *("espresso", "coffee", "water", "milk", "foam", "cream"),
    *("chocolate", "tea", "herbs", "matcha", "juice", "ice"),
)
#: The most layers that can be told apart in a small drawing.
MOST_LAYERS = 8
#: The role of an option group that is treated in a special way; "" for every other group.
Role = Literal["", "milk", "size"]
ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role)
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenuOption:
    name: str
    aliases: Words = ()
    #: Words for the option by language code, such as "de": ("Hafer", "Hafermilch"). Pages show the first word.
    translations: Mapping[str, Words] = field(default_factory=dict)
    #: The ALLERGENS that the option contains; None if the menu does not state them.
    contains: Words | None = None
    #: The ALLERGENS that the option takes out of a cup: "Decaf" removes caffeine.
    removes: Words = ()
    #: What the option adds to the price of a cup, in the currency's smallest unit.
    price: int = 0


@dataclass(frozen=True, slots=True)
class MenuGroup:
    name: str
    options: tuple[MenuOption, ...]
    choose: Choose = "one"
    #: Whether the customer is asked for an option of this group if the order has none.
    ask: bool = False
    #: Whether options can be counted (2 sugars) or qualified (no, light, extra).
    amounts: bool = False
    #: "milk": the options stand first on tickets as colored chips, and cups with the same milk are made together.
    #: "size": the options are listed from the smallest to the largest, and cups are drawn in that size.
    role: Role = ""
    #: The name of the option that a cup gets if the order names none; None if such a cup gets no option.
    default: str | None = None
    #: Words for the group itself ("size", "topping"), so that "no toppings" and "which milks" are understood.
    aliases: Words = ()
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuDrink:
    name: str
    category: str
    aliases: Words = ()
    #: Names of the option groups that the drink comes with.
    groups: Words = ()
    #: Default options of this drink, as (group, option). They override the defaults of the groups.
    defaults: tuple[tuple[str, str], ...] = ()
    #: Minutes of work for one cup.
    minutes: float = 1.0
    translations: Mapping[str, Words] = field(default_factory=dict)
    #: The ALLERGENS that the drink contains without any option; None if the menu does not state them.
    contains: Words | None = None
    #: The LAYERS of the cup from the bottom up; a layer listed twice is twice as high. Empty if the menu does not say.
    made_of: Words = ()
    #: The price of one cup, in the currency's smallest unit; 0 if the drink is free.
    price: int = 0


@dataclass(frozen=True, slots=True)
class MenuCategory:
    """A category that has translations. Without translations, a category exists only as `MenuDrink.category`."""

    name: str
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuNames:
    """Current names by primary key, including rows that have left the menu. Empty if the menu was read from a file."""

    drinks: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    #: Options as (group name, option name).
    options: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Menu:
    """The names of drinks and of groups are unique on a menu. The names of options are unique in their group."""

    name: str
    drinks: tuple[MenuDrink, ...]
    groups: tuple[MenuGroup, ...] = ()
    categories: tuple[MenuCategory, ...] = ()
    names: MenuNames = field(default_factory=MenuNames, compare=False)

    @cached_property
    def drink_by_name(self) -> Mapping[str, MenuDrink]:
        return {drink.name: drink for drink in self.drinks}

    @cached_property
    def group_by_name(self) -> Mapping[str, MenuGroup]:
        return {group.name: group for group in self.groups}

    def default_option(self, drink: MenuDrink, group: MenuGroup) -> str | None:
        return dict(drink.defaults).get(group.name, group.default)
