"""Texts right after an order was changed: they undo the change, correct it, or change the order further."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inventory.menu import MenuDrink, MenuGroup, MenuOption
from orders.items import Choice, Item
from orders.tests import sets
from sms.conversation import respond
from sms.conversation.actions import ChangeOrder
from sms.conversation.sayings import AskOption, NothingChanged
from sms.conversation.state import ConversationState
from sms.conversation.turn import Turn
from sms.dry_run import Rehearsal
from sms.tests import decisions
from sms.tests.decisions import FACTS, NOW, WAITING

GROUPS = {"Small": "Size", "Large": "Size", "Oat": "Milk", "Soy": "Milk", "Single": "Shots", "Double": "Shots"} | {
    "Half": "Shots"
}
MENU = replace(
    decisions.MENU,
    drinks=(
        *(replace(drink, groups=(*drink.groups, "Shots")) for drink in decisions.MENU.drinks),
        MenuDrink("Cortado", "Coffee", groups=("Size", "Milk")),
        MenuDrink("Tea", "Tea"),
    ),
    groups=(
        *decisions.MENU.groups,
        MenuGroup("Shots", (MenuOption("Single"), MenuOption("Double"), MenuOption("Half"))),
    ),
)


def cups(said: str) -> tuple[Item, ...]:
    """Return the items that the words describe, such as "2 Latte Large, Espresso"."""
    items = []
    for words in filter(None, said.split(", ")):
        number, drink, *options = words.split() if words[0].isdigit() else ("1", *words.split())
        items.append(Item(drink, int(number), tuple(Choice(GROUPS[option], option) for option in options)))
    return tuple(items)


def texted(text: str, *, now: str, before: str, changed: int | None = WAITING.pk) -> Turn:
    """Return the decision about a text after the order `changed` was changed from the items `before` to the items
    `now`."""
    order = replace(WAITING, items=cups(now))
    state = ConversationState(before=cups(before), order=changed, at=NOW.timestamp())
    return respond(state, text, MENU, replace(FACTS, orders=(order,)))


@pytest.mark.parametrize(
    ("before", "now", "text", "then"),
    [
        # A removed drink comes back as it was, or with the options that the text adds.
        ("Latte Large, Mocha Large", "Mocha Large", "keep the latte", "Mocha Large, Latte Large"),
        ("Latte Large, Mocha Large", "Latte Large", "the mocha please", "Latte Large, Mocha Large"),
        ("Latte Large, Mocha Large", "Mocha Large", "actually keep it, but oat", "Mocha Large, Latte Large Oat"),
        ("Latte Large, Mocha Large", "Mocha Large", "actually keep it, make it two", "Mocha Large, 2 Latte Large"),
        ("Latte Large, Mocha Large", "Latte Large", "add a small mocha", "Latte Large, Mocha Small"),
        ("Latte Large, Mocha Large", "Latte Large", "drop the latte and leave the mocha", "Mocha Large"),
        ("Latte Large, Mocha Large", "Mocha Large", "keep the espresso", "Mocha Large, Espresso"),
        ("Latte Large, Mocha Large, Tea", "Latte Large, Tea", "keep the mocha", "Latte Large, Tea, Mocha Large"),
        ("Latte Large, Mocha Large", "Latte Large", "keep the mocha but small", "Latte Large, Mocha Small"),
        # The last change replaced a drink. The text brings this drink back, and drops the drink that replaced it.
        ("Latte Large", "Mocha Large", "no wait, keep the latte", "Latte Large"),
        ("Latte Large, Espresso", "Mocha Large, Espresso", "keep the latte too", "Latte Large, Espresso"),
        ("Latte Large, Tea", "Mocha Large, Tea", "add a large latte", "Mocha Large, Tea, Latte Large"),
        # The last change removed the wrong drink: the customer had meant another one.
        (
            "Latte Large, Mocha Large, Tea",
            "Latte Large, Tea",
            "no sorry, the tea, keep the mocha",
            "Latte Large, Mocha Large",
        ),
        (
            "Latte Large, Mocha Large, Tea",
            "Latte Large, Tea",
            "sorry keep the mocha, not the latte",
            "Tea, Mocha Large",
        ),
        (
            "Latte Large, Mocha Large, Tea",
            "Latte Large, Tea",
            "keep the mocha, add the tea",
            "Latte Large, Tea, Mocha Large",
        ),
        (
            "Latte Large, Mocha Large, Tea",
            "Latte Large, Tea",
            "keep the mocha and the tea",
            "Latte Large, Tea, Mocha Large",
        ),
        (
            "Latte Large, Mocha Large, Tea",
            "Latte Large, Tea",
            "no, the tea and the latte, keep the mocha",
            "Latte Large, Tea, Mocha Large",
        ),
        # The last change was made to the wrong drink: the customer had meant another one.
        (
            "Latte Large, Mocha Large",
            "Latte Large, Mocha Large Oat",
            "not the mocha, the latte",
            "Latte Large Oat, Mocha Large",
        ),
        ("Latte Large, Mocha Large", "Latte Large Oat, Mocha Large", "not the latte", "Latte Large, Mocha Large Oat"),
        (
            "Latte Large, Mocha Large",
            "Latte Large, Mocha Small",
            "not the mocha, the latte",
            "Latte Small, Mocha Large",
        ),
        ("Latte Large, Mocha Large", "Latte Large", "not the mocha, the latte", "Latte Large"),
        (
            "Latte Small, Mocha Large",
            "Latte Small, Mocha Large Oat",
            "not the mocha, the latte",
            "Latte Small Oat, Mocha Large",
        ),
        (
            "Cortado Large, Latte Large, Mocha Large",
            "Cortado Large, Latte Large, Mocha Large Oat",
            "not the mocha, the latte",
            "Cortado Large, Latte Large Oat, Mocha Large",
        ),
        (
            "Latte Large, Mocha Large, Espresso",
            "Latte Large, Mocha Large Oat, Espresso",
            "not the mocha, the latte",
            "Latte Large Oat, Mocha Large, Espresso",
        ),
        ("Latte Large, Mocha Large, Tea", "Latte Large, Mocha Large Oat, Tea", "not the mocha", "Latte Large, Tea"),
        (
            "Latte Large, Mocha Large",
            "Latte Large Soy, Mocha Large Oat",
            "no, not the mocha, the latte",
            "Latte Large Soy, Mocha Large",
        ),
        ("Latte Large, Mocha Large", "Latte Large, Mocha Large Oat", "not the mocha, the tea", "Latte Large, Tea"),
        # The last change set the wrong option: the customer had meant another one.
        ("Latte Large", "Latte Large Oat", "sorry, I meant soy", "Latte Large Soy"),
        ("Latte Large", "Latte Large Oat", "I meant small", "Latte Small"),
        ("Latte Large", "Latte Small Oat", "sorry I meant soy", "Latte Small Soy"),
        (
            "Latte Large, Mocha Large",
            "Latte Large Oat, Mocha Large",
            "sorry I meant soy",
            "Latte Large Soy, Mocha Large",
        ),
        (
            "Latte Large, Mocha Large",
            "Latte Large Oat, Mocha Large",
            "I meant the mocha with oat",
            "Latte Large, Mocha Large Oat",
        ),
        ("Latte Large", "Latte Large Oat", "I meant soy and add an espresso", "Latte Large Soy, Espresso"),
        ("Latte Large", "Latte Large Oat", "I meant espresso", "Espresso"),
        ("Latte Large", "Latte Large Oat", "I meant mocha", "Mocha Large Oat"),
        ("Latte Large", "2 Latte Large Oat", "I meant soy", "2 Latte Large Soy"),
        ("Latte Large", "Latte Large Oat, Espresso", "sorry I meant soy", "Latte Large Soy, Espresso"),
        # "Just a single" removes the option Double.
        ("", "Latte Large Double", "just a single", "Latte Large"),
        ("", "Latte Large Double, Tea", "just a single", "Latte Large, Tea"),
        (
            "Latte Large, Mocha Large",
            "Latte Large Oat, Mocha Large",
            "sorry, I meant the mocha",
            "Latte Large, Mocha Large Oat",
        ),
        ("", "Latte Large Double", "add an espresso, a single is fine", "Latte Large Double, Espresso"),
    ],
)
def test_a_second_thought_ends_in_the_order_that_was_meant(before: str, now: str, text: str, then: str) -> None:
    turn = texted(text, now=now, before=before)

    assert isinstance(turn.act, ChangeOrder) or then == now
    assert not isinstance(turn.act, ChangeOrder) or turn.act.items == cups(then)


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        ("Latte Large", "Latte Large Single", "just a single"),
        ("Latte Large", "Latte Large Half", "just a single"),
        ("Latte Large", "Latte Large Oat", "sorry I meant oat"),
        ("Latte Large", "2 Latte Large", "I meant 2"),
        ("Latte Large, Mocha Large", "Latte Large, Mocha Large Oat", "not those, the latte"),
    ],
)
def test_what_is_as_it_was_meant_stays_and_is_said_to(before: str, now: str, text: str) -> None:
    turn = texted(text, now=now, before=before)

    assert (turn.act, [type(saying) for saying in turn.says]) == (None, [NothingChanged])


def test_normal_after_a_size_is_the_normal_size() -> None:
    talk = Rehearsal(sets.menu("demo"))
    for text in ("small latte for Sam", "make it large"):
        talk.text(text)

    assert [sets.line(item) for item in talk.text("just normal please").items] == ["1 Latte | Regular"]


@pytest.mark.parametrize("text", ["swap the espresso for the latte", "keep the latte instead of the espresso"])
def test_an_exchange_takes_nothing_back(text: str) -> None:
    turn = texted(text, now="Mocha Large, Espresso", before="Latte Large, Mocha Large, Espresso")

    # The text orders a new latte, so the reply asks for its size.
    assert [type(saying) for saying in turn.says] == [AskOption]
    assert turn.state.draft is not None
    assert turn.state.draft.items == cups("Mocha Large, Latte")


def test_a_change_of_another_order_is_not_taken_back() -> None:
    turn = texted("keep the latte", now="Mocha Large", before="Latte Large", changed=6)

    assert turn.state.draft is not None
    assert turn.state.draft.items == cups("Mocha Large, Latte")
