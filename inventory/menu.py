"""The menu as dataclasses, for the order parser and for menu files.

This module does not import Django, so `manage.py understand --menu FILE` works without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

Choose = Literal["one", "many"]
#: All allergens and other contents that a menu can state for a drink or an option.
ALLERGENS = ("dairy", "lactose", "nuts", "gluten", "soy", "caffeine")
#: All layers that can be in the drawing of a cup.
LAYERS = (
    *("espresso", "coffee", "water", "milk", "foam", "cream"),
    *("chocolate", "tea", "herbs", "matcha", "juice", "ice"),
)
#: Maximum number of layers in a drawing, because thinner layers could not be told apart.
MOST_LAYERS = 8
#: Roles for option groups that Expresso treats in a special way. All other groups have "".
Role = Literal["", "milk", "size"]
ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role)
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenuOption:
    name: str
    aliases: Words = ()
    #: Names of the option by language code, such as "de": ("Hafer", "Hafermilch"). Pages show the first name.
    translations: Mapping[str, Words] = field(default_factory=dict)
    #: Which ALLERGENS the option contains; None if the menu does not state that.
    contains: Words | None = None
    #: Which ALLERGENS the option removes from a cup. For example, "Decaf" removes caffeine.
    removes: Words = ()
    #: How much the option adds to a cup's price, in the currency's smallest unit.
    price: int = 0


@dataclass(frozen=True, slots=True)
class MenuGroup:
    name: str
    options: tuple[MenuOption, ...]
    choose: Choose = "one"
    #: True if the customer is asked for an option of this group when the order has none.
    ask: bool = False
    #: True if an amount can be given for options of this group: a number (2 sugars), or "no", "light", "extra".
    amounts: bool = False
    #: With "milk", tickets show the option first as a colored chip, and cups with the same milk are made together. With
    #: "size", options are listed from the smallest to the largest, and drawings of cups have that size.
    role: Role = ""
    #: The name of the option that a cup gets if the order names none of this group. If it is None, the cup gets none.
    default: str | None = None
    #: Words for the whole group ("size", "topping"). With them "no toppings" and "which milks" are understood.
    aliases: Words = ()
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuDrink:
    name: str
    category: str
    aliases: Words = ()
    #: Names of the option groups that can be chosen for this drink.
    groups: Words = ()
    #: This drink's default options, as (group, option). They replace the groups' own defaults.
    defaults: tuple[tuple[str, str], ...] = ()
    #: A barista's minutes of work for one cup.
    minutes: float = 1.0
    translations: Mapping[str, Words] = field(default_factory=dict)
    #: Which ALLERGENS the drink contains without any option; None if the menu does not state that.
    contains: Words | None = None
    #: The LAYERS of the cup from the bottom up. A layer that is listed twice is twice as high. Empty if the menu has
    #: none.
    made_of: Words = ()
    #: The price of one cup in the currency's smallest unit. 0 means that the drink is free.
    price: int = 0


@dataclass(frozen=True, slots=True)
class MenuCategory:
    """A category of drinks that has translations. A category without translations exists only as
    `MenuDrink.category`."""

    name: str
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuNames:
    """Current names by primary key, including drinks and options that are no longer on the menu. Empty for a menu from
    a file."""

    drinks: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    #: Pairs of group name and option name.
    options: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Menu:
    """An event's menu. Names of drinks and of groups are unique; names of options are unique in their group."""

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
