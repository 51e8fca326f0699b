"""An open question is repeated in each reply, until a text answers this question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.items import Item
from orders.parser import Intent, Question
from sms.conversation.actions import PlaceOrder
from sms.conversation.asking import as_typed
from sms.conversation.sayings import (
    AskDrink,
    AskOption,
    AskWhich,
    ConfirmCups,
    NotUnderstood,
    Phrase,
    Saying,
    UnknownWords,
)
from sms.conversation.state import ConversationState, OrderDraft, Stage
from sms.tests.decisions import (
    ESPRESSO,
    LARGE,
    LARGE_LATTE,
    LATTE,
    MOCHA,
    NOW,
    OAT,
    SIZE,
    SOY,
    STATES,
    Hear,
    choosing,
    naming,
    offered,
)

OAT_LATTE = Item("Latte", choices=(LARGE, OAT))
ROUND = replace(ESPRESSO, quantity=8)
SIZES = ("Small", "Large")
QUESTIONS: list[tuple[ConversationState, Saying]] = [
    (choosing(asked=Question("drink", choices=(OAT,), offers=("Latte",))), AskDrink((OAT,), ("Latte",))),
    (choosing(LATTE, MOCHA, asked=Question("drop", offers=("Latte", "Mocha"))), AskWhich((LATTE, MOCHA))),
    (choosing(ROUND, asked=Question("confirm")), ConfirmCups((ROUND,))),
    (choosing(ESPRESSO, asked=Question("time")), Phrase.ASK_TIME),
    # The latte has a size, so the question names only the mocha.
    (choosing(LARGE_LATTE, MOCHA, asked=replace(SIZE, item=1)), AskOption((MOCHA,), "Size", SIZES)),
    (choosing(LATTE, MOCHA), AskOption((LATTE, MOCHA), "Size", SIZES)),
    # The latte already has oat milk, and the open question offers another milk in its place.
    (
        offered(Item("Latte", choices=(LARGE, OAT))),
        AskOption((Item("Latte", choices=(LARGE, OAT)),), "Milk", ("Soy", "Dairy")),
    ),
]


@pytest.mark.parametrize(("state", "question"), QUESTIONS)
def test_thanks_leave_the_question_open_and_repeat_it(hear: Hear, state: ConversationState, question: Saying) -> None:
    turn = hear("thanks", state=state, intent=Intent.THANKS)

    assert turn.says == (Phrase.THANKS, question)
    assert (turn.state.draft, turn.state.asked) == (state.draft, state.asked)


@pytest.mark.parametrize(("state", "question"), [each for each in QUESTIONS if each[0].stage is Stage.CHOOSING])
def test_yes_answers_no_question_but_that_for_the_number_of_cups(
    hear: Hear, state: ConversationState, question: Saying
) -> None:
    turn = hear("yes", state=state, intent=Intent.YES)

    if isinstance(question, ConfirmCups):
        assert turn.act == PlaceOrder((ROUND,), "Sam")
    else:
        assert (turn.act, turn.says) == (None, (question,))


@pytest.mark.parametrize(("state", "question"), [each for each in QUESTIONS if each[0].stage is Stage.CHOOSING])
def test_no_places_an_order_without_an_option_and_drops_any_other_question_with_its_draft(
    hear: Hear, state: ConversationState, question: Saying
) -> None:
    turn = hear("no", state=state, intent=Intent.NO)

    if isinstance(question, AskOption):
        assert state.draft is not None
        assert turn.act == PlaceOrder(state.draft.items, "Sam")
    else:
        assert (turn.act, turn.says) == (None, (Phrase.NOT_ORDERED,))


def test_no_to_a_question_about_nothing_orders_nothing(hear: Hear) -> None:
    turn = hear("no", state=choosing(), intent=Intent.NO)

    assert (turn.act, turn.says) == (None, (Phrase.NOT_ORDERED,))


def test_yes_to_an_offer_of_nothing_repeats_the_question(hear: Hear) -> None:
    turn = hear("yes", state=offered(Item("Latte", choices=(LARGE, SOY)), offers=()), intent=Intent.YES)

    assert (turn.act, len(turn.says)) == (None, 1)


# The name on the cup --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [STATES[Stage.IDLE], naming()])
def test_a_name_without_a_letter_is_not_understood(hear: Hear, state: ConversationState) -> None:
    turn = hear("I am \n", state=state, intent=Intent.NAME, name="\n")

    assert turn.act is None
    assert isinstance(turn.says[0], NotUnderstood)


def test_a_name_without_a_letter_leaves_the_question_for_a_size_open(hear: Hear) -> None:
    turn = hear("I am \n", state=choosing(LATTE), intent=Intent.NAME, name="\n")

    assert (turn.act, turn.says) == (None, (AskOption((LATTE,), "Size", SIZES),))


def test_a_name_beside_strange_words_is_taken_only_where_a_name_was_asked_for(hear: Hear) -> None:
    asked = hear("Zoe the Great", state=naming(), intent=Intent.NAME, name="Zoe", unknown=("great",))
    not_asked = hear("a frappe for Zoe", intent=Intent.NAME, name="Zoe", unknown=("frappe",))

    assert asked.act is not None
    assert (not_asked.act, not_asked.says) == (None, (NotUnderstood((), ("frappe",)),))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("xyzzy please", {"unknown": ("xyzzy",)}),
        ("no lid", {"note": "no lid"}),
        ("what do you mean by that", {}),
    ],
)
def test_words_that_mean_something_are_no_way_to_give_no_name(hear: Hear, text: str, reading: dict[str, str]) -> None:
    turn = hear(text, state=naming(), intent=Intent.UNCLEAR, **reading)

    assert not turn.state.nameless
    assert turn.says != (Phrase.NAMELESS,)


# Unknown words in the reply -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrases", "text", "typed"),
    [
        (("creme brulee",), "a Crème Brûlée latte please", ("Crème Brûlée",)),
        (("gluhwein", "brezel"), "Latte, Glühwein und BREZEL", ("Glühwein", "BREZEL")),
        (("brezel",), "Brezel", ("Brezel",)),
        (("not there",), "there is not one", ("not there",)),
    ],
)
def test_words_are_named_back_as_they_were_typed(phrases: tuple[str, ...], text: str, typed: tuple[str, ...]) -> None:
    assert as_typed(phrases, text) == typed


def test_strange_words_beside_an_answer_are_named_back_with_the_question(hear: Hear) -> None:
    state = ConversationState(draft=OrderDraft((LATTE,)), asked=SIZE, at=NOW.timestamp())

    turn = hear("what? sprinkles", state=state, intent=Intent.UNCLEAR, unknown=("sprinkles",))

    assert turn.says == (UnknownWords(("sprinkles",)), AskOption((LATTE,), "Size", SIZES))
