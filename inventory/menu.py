"""The menu as plain values, for the order parser and for menu files.

This module does not import Django, so `manage.py understand --menu FILE` works without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

Choose = Literal["one", "many"]
#: What a menu can state about drinks and options.
ALLERGENS = ("dairy", "lactose", "nuts", "gluten", "soy", "caffeine")
#: The layers that a drawing of a cup can have.
LAYERS = (
    *("espresso", "coffee", "water", "milk", "foam", "cream"),
    *("chocolate", "tea", "herbs", "matcha", "juice", "ice"),
)
#: Maximum number of layers that are told apart in a small drawing.
MOST_LAYERS = 8
#: What a group of options is for, where that matters beyond its name; "" for every other group.
Role = Literal["", "milk", "size"]
ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role)
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenuOption:
    name: str
    aliases: Words = ()
    #: Words for the same thing by language code ("de": ("Hafer", "Hafermilch")); the first is shown.
    translations: Mapping[str, Words] = field(default_factory=dict)
    #: Which of ALLERGENS it contains; None where the menu does not say.
    contains: Words | None = None
    #: Which of ALLERGENS a cup no longer contains with it ("Decaf": caffeine).
    removes: Words = ()
    #: What a cup costs more with it, in the currency's smallest unit.
    price: int = 0


@dataclass(frozen=True, slots=True)
class MenuGroup:
    name: str
    options: tuple[MenuOption, ...]
    choose: Choose = "one"
    #: The customer is asked for an option of this group when the order has none.
    ask: bool = False
    #: Options can be counted (2 sugars) or qualified (no, light, extra).
    amounts: bool = False
    #: "milk": its options stand first on tickets as coloured chips, and cups with the same one are made together.
    #: "size": its options go from the smallest to the largest, and cups are drawn in that size.
    role: Role = ""
    #: Name of the option that is made when the order has none; None for none.
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
    #: (group, option) pairs made for this drink by default; they override the groups' defaults.
    defaults: tuple[tuple[str, str], ...] = ()
    #: Hands-on minutes for one cup.
    minutes: float = 1.0
    translations: Mapping[str, Words] = field(default_factory=dict)
    #: Which of ALLERGENS it contains without any option; None where the menu does not say.
    contains: Words | None = None
    #: LAYERS of a cup from the bottom up; a layer listed twice is twice as high. Empty: the menu does not say.
    made_of: Words = ()
    #: Price of one cup, in the currency's smallest unit; 0 where it is free.
    price: int = 0


@dataclass(frozen=True, slots=True)
class MenuCategory:
    """A category with translations. A category without any exists only as `MenuDrink.category`."""

    name: str
    translations: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuNames:
    """Names now by primary key, those of what left the menu included; empty for a menu file."""

    drinks: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    #: (group, option)
    options: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Menu:
    """Names of drinks and of groups are unique on the menu, names of options within their group."""

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
