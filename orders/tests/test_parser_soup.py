"""Tests that the parser raises no error for random words in random order, on any menu."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from inventory.menu import Menu, MenuCategory, MenuDrink, MenuGroup, MenuOption
from orders.parser import Question, read
from orders.parser.languages import LANGUAGES
from orders.parser.menu_phrases import every_name
from orders.parser.reading import Reading
from orders.tests import sets

#: Number of random texts per menu.
TEXTS = 250
SIGNS = (*",.?!:;-/()+&@*'\"☕½…", "2", "0", "1.5", "x2", "2x", "#2", "10:30", "1/2", "'s", "\n")
#: Names with at most one letter. Organizers are free to use such names.
ODD_NAMES = ("☕", "!!!", "-", "&", "½", "1", "a", "'")


def odd_menu(name: str) -> Menu:
    """Return a menu on which this name is a drink, an option, a category, and an alias of other drinks and options."""
    drinks = (
        MenuDrink("Latte", "Coffee", (name,), ("Milk", "Sugar"), translations={"de": (name,)}),
        MenuDrink(name, name, groups=("Milk",)),
    )
    groups = (
        MenuGroup("Milk", (MenuOption("Oat", (name,)), MenuOption(name)), ask=True, aliases=(name,)),
        MenuGroup("Sugar", (MenuOption("Sugar"),), choose="many", amounts=True),
    )
    return Menu("Odd", drinks, groups, (MenuCategory(name, {"de": (name,)}),))


MENUS = [sets.menu(name) for name in ("demo", "burger", "pizza")] + [odd_menu(name) for name in ODD_NAMES]


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: f"{menu.name}: {menu.drinks[-1].name}")
def test_no_text_raises_an_error(menu: Menu) -> None:
    chance = random.Random(2026)
    on_menu = [said for thing in things(menu) for said in every_name(thing)]

    for _ in range(TEXTS):
        before = soup(chance, on_menu, menu).items
        order = soup(chance, on_menu, menu, order=before).items
        reading = soup(chance, on_menu, menu, order=order, before=before, asked=question(chance, menu))
        assert isinstance(reading, Reading)


def soup(chance: random.Random, on_menu: list[str], menu: Menu, **given: object) -> Reading:
    language = chance.choice([None, *LANGUAGES])
    words = [said.strip() for phrases in LANGUAGES[language or "en"].phrases.values() for said in phrases.split(",")]
    kinds = (on_menu, on_menu, words, words, SIGNS)
    text = " ".join(chance.choice(chance.choice(kinds)) for _ in range(chance.randint(1, 9)))
    return read(text, menu, language=language, owner=chance.choice(["", "Sam"]), **given)  # type: ignore[arg-type]


def question(chance: random.Random, menu: Menu) -> Question | None:
    group = chance.choice(menu.groups)
    return chance.choice(
        [
            None,
            Question("name"),
            Question("drink", offers=tuple(drink.name for drink in menu.drinks[:3])),
            Question("drop", offers=tuple(drink.name for drink in menu.drinks[-3:])),
            Question("option", group=group.name, offers=tuple(option.name for option in group.options)),
            Question("time"),
        ]
    )


def things(menu: Menu) -> Iterator[MenuDrink | MenuGroup | MenuOption]:
    yield from menu.drinks
    yield from menu.groups
    for group in menu.groups:
        yield from group.options


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("text", ["a latte with oat", "einen Latte mit Hafer", "two lattes, one with sugar"])
def test_a_name_without_a_letter_spoils_no_other(name: str, text: str) -> None:
    assert {item.drink for item in read(text, odd_menu(name)).items} == {"Latte"}
