"""Which cup gets an option, which option it replaces, and what is offered if an option is sold out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inventory.menu import MenuGroup, MenuOption
from orders.items import Choice, Item
from orders.parser import Intent, Question
from sms.conversation import respond
from sms.conversation.actions import ChangeOrder
from sms.conversation.options import group_of, same_drinks, substitute, with_choices
from sms.conversation.sayings import AskOption, ItemsNoted
from sms.conversation.state import ConversationState, OrderDraft
from sms.tests import decisions
from sms.tests.decisions import (
    ESPRESSO,
    FACTS,
    LARGE,
    LATTE,
    MOCHA,
    NOW,
    OAT,
    SIZE,
    SMALL,
    SOY,
    WAITING,
    Hear,
    choosing,
    offered,
)

VANILLA, HAZELNUT = Choice("Syrup", "Vanilla"), Choice("Syrup", "Hazelnut")
#: A menu on which a latte can have several syrups.
MENU = replace(
    decisions.MENU,
    drinks=tuple(
        replace(drink, groups=(*drink.groups, "Syrup")) if drink.name == "Latte" else drink
        for drink in decisions.MENU.drinks
    ),
    groups=(*decisions.MENU.groups, MenuGroup("Syrup", (MenuOption("Vanilla"), MenuOption("Hazelnut")), choose="many")),
)
GONE = Item("Gone", choices=(OAT,))


def latte(*choices: Choice) -> Item:
    return Item("Latte", choices=choices)


def mocha(*choices: Choice) -> Item:
    return Item("Mocha", choices=choices)


# One answer for several cups ------------------------------------------------------------------------


def test_an_answer_about_another_cup_is_not_for_the_one_that_was_asked_about(hear: Hear) -> None:
    turn = hear(
        "the mocha large",
        state=choosing(LATTE, MOCHA),
        intent=Intent.CHANGE,
        items=(LATTE, mocha(LARGE)),
        missing=(SIZE,),
    )

    assert turn.says == (AskOption((LATTE,), "Size", ("Small", "Large")),)
    assert turn.state.draft == OrderDraft((LATTE, mocha(LARGE)))


def test_an_answer_with_another_option_is_for_its_cup_alone(hear: Hear) -> None:
    turn = hear("large with oat", state=choosing(LATTE, MOCHA), intent=Intent.CHANGE, items=(latte(LARGE, OAT), MOCHA))

    assert turn.act is not None
    assert turn.act.items == (latte(LARGE, OAT), MOCHA)  # type: ignore[union-attr]


def test_a_further_cup_with_the_answer_has_its_own_options(hear: Hear) -> None:
    turn = hear("and a large mocha", state=choosing(LATTE), intent=Intent.CHANGE, items=(LATTE, mocha(LARGE)))

    assert turn.says == (ItemsNoted((mocha(LARGE),)), AskOption((LATTE,), "Size", ("Small", "Large")))


def test_a_cup_that_has_the_option_already_keeps_it(hear: Hear) -> None:
    turn = hear("large", state=choosing(LATTE, mocha(SMALL)), intent=Intent.CHANGE, items=(latte(LARGE), mocha(SMALL)))

    assert turn.act is not None
    assert turn.act.items == (latte(LARGE), mocha(SMALL))  # type: ignore[union-attr]


def test_a_substitute_is_for_the_cups_that_had_what_is_out_and_keeps_their_other_options(hear: Hear) -> None:
    before = (latte(LARGE, OAT), mocha(SMALL, OAT), mocha(LARGE), ESPRESSO)

    turn = hear("soy", state=offered(*before), intent=Intent.CHANGE, items=(latte(LARGE, SOY), *before[1:]))

    assert turn.act is not None
    assert turn.act.items == (latte(LARGE, SOY), mocha(SMALL, SOY), mocha(LARGE), ESPRESSO)  # type: ignore[union-attr]


def test_the_size_that_an_order_went_without_is_asked_for_a_further_cup_only(hear: Hear) -> None:
    order = replace(WAITING, items=(LATTE,))
    facts = replace(FACTS, orders=(order,))
    asked = (SIZE, replace(SIZE, item=1))

    further = hear("and a mocha", facts=facts, intent=Intent.CHANGE, items=(LATTE, MOCHA), missing=asked)
    changed = hear("with oat", facts=facts, intent=Intent.CHANGE, items=(latte(OAT),), missing=(SIZE,))

    assert further.state.asked == replace(SIZE, item=1)
    assert changed.act == ChangeOrder(order, (latte(OAT),))


@pytest.mark.parametrize(
    ("state", "oat"),
    [
        (ConversationState(at=NOW.timestamp()), (True, True)),
        # The last change added the mocha, so the text changes only the mocha.
        (ConversationState(before=(latte(LARGE),), order=7, at=NOW.timestamp()), (False, True)),
    ],
)
def test_an_option_after_cups_of_one_text_is_for_all_of_them(state: ConversationState, oat: tuple[bool, bool]) -> None:
    order = replace(WAITING, items=(latte(LARGE), mocha(LARGE)))

    turn = respond(state, "with oat", MENU, replace(FACTS, orders=(order,)))

    assert isinstance(turn.act, ChangeOrder)
    assert tuple(OAT in item.choices for item in turn.act.items) == oat


# The usual order with further options ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("usual", "said", "then"),
    [
        (latte(SMALL, OAT), (LARGE,), latte(OAT, LARGE)),
        (latte(LARGE, VANILLA), (HAZELNUT,), latte(LARGE, VANILLA, HAZELNUT)),
        (latte(LARGE, VANILLA), (replace(VANILLA, amount="extra"),), latte(LARGE, replace(VANILLA, amount="extra"))),
        (ESPRESSO, (OAT, LARGE), ESPRESSO),
        (mocha(LARGE), (VANILLA, SOY), mocha(LARGE, SOY)),
        (latte(LARGE), (Choice("Gone", "Oat"),), latte(LARGE)),
        (GONE, (SOY,), GONE),
    ],
)
def test_an_option_takes_the_place_of_another_only_where_one_is_chosen(
    usual: Item, said: tuple[Choice, ...], then: Item
) -> None:
    assert with_choices(usual, said, MENU) == then


# Options that are sold out --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "missing", "group"),
    [
        (latte(LARGE, OAT), "Oat", "Milk"),
        # The latte's default milk is Dairy, so Dairy is in the cup although the customer did not name it.
        (latte(LARGE), "Dairy", "Milk"),
        (latte(LARGE, SOY), "Dairy", None),
        (latte(LARGE, replace(OAT, amount="no")), "Oat", None),
        (latte(LARGE, VANILLA), "Vanilla", "Syrup"),
        (ESPRESSO, "Oat", None),
        (GONE, "Oat", None),
    ],
)
def test_a_substitute_is_offered_for_what_is_in_the_cup(item: Item, missing: str, group: str | None) -> None:
    assert group_of(item, (missing,), MENU) == group


def test_a_drink_that_is_out_is_asked_for_anew_with_its_number_and_options() -> None:
    draft = OrderDraft((ESPRESSO, Item("Mocha", 2, (LARGE,)), latte(LARGE)))

    state = substitute(ConversationState(), draft, ("Mocha",), ("Latte",), MENU)

    assert state is not None
    assert state.draft == OrderDraft((ESPRESSO, latte(LARGE)))
    assert state.asked == Question("drink", quantity=2, choices=(LARGE,), offers=("Latte",))


def test_nothing_is_offered_where_the_order_has_nothing_that_is_out() -> None:
    assert substitute(ConversationState(), OrderDraft((ESPRESSO,)), ("Oat",), ("Soy",), MENU) is None


def test_equal_cups_are_the_same_drinks_however_they_are_counted() -> None:
    one, two = Item("Latte", 1, (LARGE,)), Item("Latte", 2, (LARGE,))

    assert same_drinks((one, one), (two,))
    assert same_drinks((ESPRESSO, one), (one, ESPRESSO))
    assert not same_drinks((one,), (two,))
    assert not same_drinks((one, one), (one, Item("Latte", 1, (SMALL,))))
