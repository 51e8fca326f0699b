"""The menu of the order form as cards: each shows a drink's picture, its contents, and whether it is sold out."""

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

#: Minimum number of drinks for which the menu gets a search field.
MANY = 21


@dataclass(frozen=True, slots=True)
class DrinkCard:
    value: str
    title: str
    cup: Cup
    #: One line about the contents of the cup; "" if the menu does not state them.
    about: str
    #: The drink's allergens in words (see `card_of`); None if the menu does not state them.
    contains: str | None
    #: Titles of groups such as "Milk" from which the customer still has to choose, and which can add allergens.
    depends_on: str
    #: The price, such as "3.50"; "" for a free drink.
    price: str
    #: Why the drink is sold out; None if it is available.
    gone: Gone | None


@dataclass(frozen=True, slots=True)
class Category:
    name: str
    cards: tuple[DrinkCard, ...]


def categories(menu: Menu, gone: SoldOut, language: str = "", find: str = "") -> list[Category]:
    """Return the menu's drinks by category. With `find`, return only drinks whose names match the search words."""
    found: dict[str, list[DrinkCard]] = {}
    for drink in menu.drinks:
        if _matches(drink, find):
            found.setdefault(drink.category, []).append(card_of(menu, drink, gone, language))
    return [Category(category_titled(menu, name, language), tuple(cards)) for name, cards in found.items()]


def card_of(menu: Menu, drink: MenuDrink, gone: SoldOut, language: str = "", *, is_open: bool = False) -> DrinkCard:
    """Return the card of a drink.

    In the menu, its allergens include those of its default options, such as the usual milk. If the drink `is_open` to
    choose its options, they do not: the allergens of each option are beside it, and the customer may choose another
    milk."""
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
    """Return whether each word of `find` is the beginning of a word in one of the drink's names, in any language."""
    names = [drink.name, *drink.aliases, *chain(*drink.translations.values())]
    there = [word for name in names for word in folded(name)]
    return all(any(word.startswith(wanted) for word in there) for wanted in folded(find))
