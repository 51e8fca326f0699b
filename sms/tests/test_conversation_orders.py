"""Decisions about a new order, and about the name on its cup."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.items import Item
from orders.parser import Intent, Misfit, Question, TimeSaid
from orders.refusals import EventClosed
from sms.conversation import conclude
from sms.conversation.actions import (
    Ordered,
    PlaceOrder,
    SetName,
)
from sms.conversation.sayings import (
    AskDrink,
    AskOption,
    DoesNotFit,
    NameTaken,
    NotUnderstood,
    OrderRefused,
    OrderTaken,
    Phrase,
    UnknownWords,
)
from sms.conversation.state import Stage
from sms.conversation.turn import clean_name
from sms.tests.decisions import (
    ESPRESSO,
    FACTS,
    LARGE,
    LARGE_LATTE,
    LATTE,
    MENU,
    MOCHA,
    OAT,
    SIZE,
    SMALL,
    WAIT,
    WAITING,
    Hear,
    choosing,
    naming,
)

# New orders -----------------------------------------------------------------------------------------


def test_order_with_nothing_missing_is_placed_at_once_under_the_known_name(hear: Hear) -> None:
    turn = hear(items=(LARGE_LATTE,), note="allergic to nuts")

    assert turn.act == PlaceOrder((LARGE_LATTE,), "Sam", "allergic to nuts")
    assert turn.state.stage == Stage.IDLE


def test_allergy_in_the_note_of_one_cup_is_kept_whatever_the_other_notes_say(hear: Hear) -> None:
    cups = (replace(LARGE_LATTE, note="extra hot"), replace(ESPRESSO, note="allergic to nuts"))

    assert hear(items=cups, note="booth 7").state.diet == "allergic to nuts"


def test_nearest_time_is_meant_when_none_is_within_the_hours(hear: Hear) -> None:
    early = replace(FACTS, now=FACTS.now.replace(hour=8), is_open=lambda moment: False)

    turn = hear(facts=early, items=(LARGE_LATTE,), time=TimeSaid(hour=9, either_half=True))

    assert turn.act == PlaceOrder((LARGE_LATTE,), "Sam", wanted_at=early.now.replace(hour=9))


def test_missing_size_is_asked_before_placing_and_the_order_kept(hear: Hear) -> None:
    turn = hear(items=(LATTE,), missing=(SIZE,), name="Ana")

    assert turn.act is None
    assert turn.says == (AskOption((LATTE,), "Size", ("Small", "Large")),)
    assert turn.state == choosing(LATTE, name="Ana")


def test_answer_places_what_was_kept(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE, name="Ana", note="extra cup"), intent=Intent.CHANGE, items=(LARGE_LATTE,))

    assert turn.act == PlaceOrder((LARGE_LATTE,), "Ana", "extra cup")


def test_one_question_covers_all_drinks_that_lack_the_group(hear: Hear) -> None:
    asked = hear(items=(LATTE, MOCHA), missing=(SIZE, replace(SIZE, item=1)))
    answered = hear(
        state=asked.state,
        intent=Intent.CHANGE,
        items=(LARGE_LATTE, MOCHA),
        missing=(replace(SIZE, item=1),),
    )

    assert asked.says == (AskOption((LATTE, MOCHA), "Size", ("Small", "Large")),)
    assert answered.act == PlaceOrder((LARGE_LATTE, replace(MOCHA, choices=(LARGE,))), "Sam")


def test_answer_for_each_drink_is_not_spread_over_the_others(hear: Hear) -> None:
    small_mocha = replace(MOCHA, choices=(SMALL,))

    turn = hear(state=choosing(LATTE, MOCHA), intent=Intent.CHANGE, items=(LARGE_LATTE, small_mocha))

    assert turn.act == PlaceOrder((LARGE_LATTE, small_mocha), "Sam")


def test_no_preference_places_the_order_without_the_option(hear: Hear) -> None:
    turn = hear("any", state=choosing(LATTE), intent=Intent.NO)

    assert turn.act == PlaceOrder((LATTE,), "Sam")


def test_missing_drink_is_asked_for_and_what_was_said_kept(hear: Hear) -> None:
    which = Question("drink", choices=(LARGE, OAT))

    turn = hear(choices=(LARGE, OAT), missing=(which,))

    assert turn.says == (AskDrink((LARGE, OAT)),)
    assert turn.state == choosing(asked=which)


def test_drink_that_was_asked_for_gets_what_was_said_before(hear: Hear) -> None:
    state = choosing(asked=Question("drink", choices=(LARGE,)), name="Ana", note="no nuts")

    turn = hear("latte", state=state, items=(LARGE_LATTE,))

    assert turn.act == PlaceOrder((LARGE_LATTE,), "Ana", "no nuts")


def test_words_not_on_the_menu_are_named_back_beside_the_order(hear: Hear) -> None:
    misfit = Misfit("Espresso", "Size", "Large", "large")

    turn = hear(items=(ESPRESSO,), unknown=("bagel", "large"), misfits=(misfit,))

    assert turn.act == PlaceOrder((ESPRESSO,), "Sam")
    assert turn.says == (UnknownWords(("bagel",)), DoesNotFit((misfit,)))


def test_closed_event_asks_nothing_and_orders_nothing(hear: Hear) -> None:
    closed = EventClosed(None)

    turn = hear(facts=replace(FACTS, closed=closed), items=(LATTE,), missing=(SIZE,))

    assert (turn.act, turn.says, turn.state.stage) == (None, (OrderRefused(closed),), Stage.IDLE)


def test_usual_orders_the_last_order_with_what_was_said_on_top(hear: Hear) -> None:
    usual = (Item("Latte", choices=(SMALL, OAT)), ESPRESSO)

    turn = hear(facts=replace(FACTS, usual=usual), intent=Intent.USUAL, choices=(LARGE,))

    assert turn.act == PlaceOrder((Item("Latte", choices=(OAT, LARGE)), ESPRESSO), "Sam")


def test_unknown_usual_is_admitted(hear: Hear) -> None:
    assert hear(intent=Intent.USUAL).says == (Phrase.NO_USUAL,)


# The name on the cup --------------------------------------------------------------------------------


def test_order_without_a_name_goes_in_and_the_name_is_asked_afterwards(hear: Hear) -> None:
    placed = replace(WAITING, name="")
    turn = hear(facts=replace(FACTS, name=""), items=(LARGE_LATTE,))

    says, state = conclude(turn, Ordered(placed, WAIT), MENU, FACTS)

    assert turn.act == PlaceOrder((LARGE_LATTE,), "")
    assert says == (OrderTaken(placed, WAIT), Phrase.ASK_NAME)
    assert (state.stage, state.order) == (Stage.NAMING, 7)


def test_name_goes_onto_the_cup(hear: Hear) -> None:
    turn = hear("Ana", state=naming(), facts=replace(FACTS, orders=(WAITING,)), intent=Intent.NAME, name="Ana")

    assert turn.act == SetName("Ana", WAITING)
    assert turn.says == (NameTaken("Ana", WAITING),)
    assert turn.state.stage == Stage.IDLE


def test_no_is_no_name_and_is_not_asked_again(hear: Hear) -> None:
    refused = hear("no", state=naming(), intent=Intent.NO)
    again = hear(state=refused.state, facts=replace(FACTS, name=""), items=(LARGE_LATTE,))
    says, _ = conclude(again, Ordered(replace(WAITING, name=""), WAIT), MENU, FACTS)

    assert (refused.act, refused.says) == (None, (Phrase.NAMELESS,))
    assert says == (OrderTaken(replace(WAITING, name=""), WAIT),)


def test_text_without_words_is_a_way_to_give_no_name(hear: Hear) -> None:
    turn = hear("…", state=naming(), intent=Intent.UNCLEAR)

    assert (turn.act, turn.says, turn.state.stage) == (None, (Phrase.NAMELESS,), Stage.IDLE)


def test_words_that_were_not_understood_are_no_way_to_give_no_name(hear: Hear) -> None:
    turn = hear("yes that", state=naming(), intent=Intent.UNCLEAR)

    assert turn.says == (NotUnderstood(FACTS.orders),)


def test_name_is_asked_once_and_still_taken_after_a_change(hear: Hear) -> None:
    nameless = replace(WAITING, name="")
    facts = replace(FACTS, name="", orders=(nameless,))
    turn = hear(
        "make it small", state=naming(), facts=facts, intent=Intent.CHANGE, items=(replace(LATTE, choices=(SMALL,)),)
    )

    says, state = conclude(turn, Ordered(nameless, WAIT), MENU, facts)

    assert says == (OrderTaken(nameless, WAIT, changed=True),)
    assert state.stage == Stage.NAMING


def test_name_told_with_nothing_changed_is_a_name(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,))

    turn = hear("my name is Jo", facts=facts, intent=Intent.CHANGE, items=WAITING.items, name="Jo")

    assert turn.act == SetName("Jo", WAITING)


def test_name_is_not_asked_where_every_cup_has_one(hear: Hear) -> None:
    cups = (replace(LARGE_LATTE, name="Ana"), replace(ESPRESSO, name="Ben"))
    placed = replace(WAITING, name="", items=cups)
    turn = hear(facts=replace(FACTS, name=""), items=cups)

    says, state = conclude(turn, Ordered(placed, WAIT), MENU, FACTS)

    assert (says, state.stage) == ((OrderTaken(placed, WAIT),), Stage.IDLE)


def test_name_told_while_a_size_is_asked_is_kept_and_the_question_repeated(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE), intent=Intent.NAME, name="Ana")

    assert turn.act == SetName("Ana")
    assert turn.says == (AskOption((LATTE,), "Size", ("Small", "Large")),)
    assert turn.state == choosing(LATTE, name="Ana")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("  Jean-Luc ", "Jean-Luc"),
        ("O’Neill", "O’Neill"),
        ("Sa\x00m\u202e\nOx", "Sa m Ox"),
        ("x" * 60, "x" * 40),
        ("\u200b", ""),
    ],
)
def test_name_fits_a_cup(said: str, name: str) -> None:
    assert clean_name(said) == name
