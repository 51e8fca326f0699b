"""Tests that the parser needs a limited amount of work for any text.

The tests count function calls, because the time depends on the machine."""

from __future__ import annotations

import random
import string
import sys
from types import FrameType

import pytest

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.items import Choice, Item
from orders.parser import prepare, read
from orders.parser.reader import LONGEST_TEXT
from orders.tests import sets

#: Maximum number of function calls for any text. On one core of a small server 100,000 calls take about ten
#: milliseconds.
MOST_CALLS = 40_000
#: Maximum number of function calls if the customer has an order with six lines open.
MOST_CALLS_OPEN = 60_000
#: `CALLS_A_LETTER`: maximum number of function calls per letter, on average over the texts of the sets. `DEAR_CALLS`:
#: maximum number for a whole text, which one text in a hundred is allowed to exceed.
CALLS_A_LETTER, DEAR_CALLS = 33, 4_000
#: Shorter texts are left out of the average, because even a text of two letters takes 200 calls.
ORDINARY_LETTERS = 20
PIECES = (
    *("latte ", "extra hot chocolate ", "lattf capuchini ", "1 ", "2 ", "20 ", "a ", "what do you ", "for sam and "),
    *(
        "regular milk black double ",
        "x" * 80 + " ",
        ",",
        "é",
        "🍓",
        "sub with cheese and ham ",
        "cheese ",
        "cheese ham ",
    ),
    *(
        "no cheese or ham ",
        "flurp sugar ",
        "i cant have ",
        "latte with flurp and ",
        "how much is ",
        "cancel the latte ",
    ),
    *(
        "two and three latte ",
        "2 ",
        "actually no oat ",
        "the same milk ",
        "plain and ",
        "leave oat out ",
        "if no oat then soy ",
        "2 oat and soy lattes ",
        "booth 7 ",
        "not ",
    ),
    *(
        "no oat ",
        "oat ",
        "the oat ",
        "large hot weaker cold small milk vanilla honey skim black ",
        "that with hot oat ",
    ),
    # Single letters, in random order.
    " ".join(random.Random(7).choices(string.ascii_lowercase, k=LONGEST_TEXT // 2)),
)


def _one_word_in_every_group() -> Menu:
    groups = tuple(MenuGroup(f"G{at}", (MenuOption("Cheese"), MenuOption(f"Ham {at}", ("Ham",)))) for at in range(14))
    names = tuple(group.name for group in groups)
    return Menu("Subs", (MenuDrink("Sub", "Subs", groups=names), MenuDrink("Wrap", "Subs", groups=names[:7])), groups)


MENUS = {"coffee": sets.menu("coffee"), "demo": sets.menu("demo"), "subs": _one_word_in_every_group()}


def open_order(menu: Menu) -> tuple[Item, ...]:
    """Return an order with six lines, of which the first has options."""
    first = menu.drinks[0]
    options = tuple(Choice(name, menu.group_by_name[name].options[0].name) for name in first.groups[:3])
    others = (Item(drink.name, 1 + at % 3) for at, drink in enumerate((menu.drinks * 6)[1:6]))
    return (Item(first.name, choices=options), *others)


def calls(text: str, menu: Menu, order: tuple[Item, ...] = ()) -> int:
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(text, menu, order=order)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("ordered", [False, True], ids=["no order", "an open order"])
@pytest.mark.parametrize("name", MENUS)
def test_the_longest_text_costs_a_bounded_number_of_calls(name: str, *, ordered: bool) -> None:
    menu = MENUS[name]
    order, most = (open_order(menu), MOST_CALLS_OPEN) if ordered else ((), MOST_CALLS)
    prepare(menu)

    dear = {}
    for piece in PIECES:
        text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
        read(text, menu, order=order)
        if (taken := calls(text, menu, order)) > most:
            dear[piece] = taken

    assert dear == {}


def test_an_ordinary_text_costs_few_calls() -> None:
    texts = [(sets.menu(name), str(entry["text"])) for name, entry in sets.messages()[::4]]
    messages = [(menu, text) for menu, text in texts if len(text) >= ORDINARY_LETTERS]
    for menu, text in messages:
        read(text, menu)

    taken = sorted(calls(text, menu) for menu, text in messages)

    assert sum(taken) / sum(len(text) for _, text in messages) < CALLS_A_LETTER
    assert taken[-len(taken) // 100] < DEAR_CALLS


def test_what_is_too_long_to_be_read_is_named_back() -> None:
    reading = read("large latte, " * 60 + "and a mocha", MENUS["coffee"])

    assert reading.unknown[-1].startswith("large latte")


def test_a_time_after_the_words_that_are_read_is_not_read_either() -> None:
    assert read("large latte, " * 60 + "at 9:15", MENUS["coffee"]).time is None
