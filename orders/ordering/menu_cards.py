"""The menu of the order form as cards: each drink with its drawing, what is inside, and whether it is there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from inventory.allergens import groups_of, known_contents, options_in, states_all
from inventory.menu import Menu, MenuDrink
from inventory.naming import category_titled, titled
from orders.display.contents import allergens_said
from orders.display.cups import Cup, cup_of, made_of_said
from orders.items import Item
from orders.ordering.availability import Gone, SoldOut
from orders.parser.words import folded
from stations.money import decimals

#: Drinks from which on the menu has a search field.
MANY = 21


@dataclass(frozen=True, slots=True)
class DrinkCard:
    value: str
    title: str
    cup: Cup
    #: One line of what is in the cup; "" where the menu does not say.
    about: str
    #: What it contains in words, as `card_of` says; None where the menu does not say.
    contains: str | None
    #: Titles of the option groups that add to what it contains.
    depends_on: str
    #: "3.50", or "" where it is free.
    price: str
    #: Why it is sold out; None while it is there.
    gone: Gone | None


@dataclass(frozen=True, slots=True)
class Category:
    name: str
    cards: tuple[DrinkCard, ...]


def categories(menu: Menu, gone: SoldOut, language: str = "", find: str = "") -> list[Category]:
    """The menu by category; with `find`, only the drinks whose names have these words."""
    found: dict[str, list[DrinkCard]] = {}
    for drink in menu.drinks:
        if _matches(drink, find):
            found.setdefault(drink.category, []).append(card_of(menu, drink, gone, language))
    return [Category(category_titled(menu, name, language), tuple(cards)) for name, cards in found.items()]


def card_of(menu: Menu, drink: MenuDrink, gone: SoldOut, language: str = "", *, is_open: bool = False) -> DrinkCard:
    """The card of a drink as it usually comes, or, while its options are open, of what it contains without any.

    The page of an open drink shows beside each option what that one adds; the usual milk may be about to change."""
    groups = groups_of(drink, menu)
    usual = [] if is_open else options_in(drink, menu)
    asked = groups if is_open else [g for g in groups if g.ask and menu.default_option(drink, g) is None]
    return DrinkCard(
        value=drink.name,
        title=titled(drink, language),
        cup=cup_of(menu, Item(drink.name)),
        about=made_of_said(drink.made_of),
        contains=allergens_said(known_contents(drink, usual)) if states_all(drink, usual) else None,
        depends_on=", ".join(titled(group, language) for group in asked),
        price=decimals(drink.price) if drink.price else "",
        gone=gone.drink(drink.name),
    )


def _matches(drink: MenuDrink, find: str) -> bool:
    """Whether each word that is looked for begins a word of the drink's names, in whichever language."""
    names = [drink.name, *drink.aliases, *chain(*drink.translations.values())]
    there = [word for name in names for word in folded(name)]
    return all(any(word.startswith(wanted) for word in there) for wanted in folded(find))
