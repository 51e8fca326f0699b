"""Decisions about texts. Each test gives the parser's result; the parser itself is tested in `orders/tests`."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from orders.items import Item
from orders.parser import Intent, Question, Reading, Topic
from orders.refusals import CannotBeMade, EventClosed, TooManyOrders
from sms.conversation import TABLE, conclude, respond, table
from sms.conversation.actions import (
    CallPerson,
    CancelOrders,
    CheckWaits,
    Done,
    ForgetCustomer,
    OptIn,
    OptOut,
    OrderProgress,
    PlaceOrder,
    ProgressReport,
)
from sms.conversation.facts import OpenOrder, RatingAsked, Unavailable
from sms.conversation.sayings import (
    AskOption,
    NotUnderstood,
    OfferInstead,
    OpenNow,
    OrderRefused,
    Phrase,
    Saying,
    ShowAvailability,
    ShowProgress,
    UnknownWords,
)
from sms.conversation.state import ConversationState, OrderDraft, Stage
from sms.tests.decisions import (
    ESPRESSO,
    FACTS,
    LARGE,
    LARGE_LATTE,
    LATTE,
    MAKING,
    MENU,
    NOW,
    OAT,
    SMALL,
    SOY,
    STATES,
    TWO,
    WAIT,
    WAITING,
    Hear,
    choosing,
    offered,
)

# The rule for each intent and stage -----------------------------------------------------------------


def test_table_has_an_answer_to_every_kind_of_text_in_every_state() -> None:
    assert set(TABLE) == set(Intent)
    assert {len(row) for row in TABLE.values()} == {len(Stage)}
    assert {state.stage for state in STATES.values()} == set(Stage)


@pytest.mark.parametrize("orders", [(), (WAITING,), (MAKING,)])
@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize("stage", list(Stage))
def test_every_text_in_every_state_leads_to_an_act_or_a_sentence(
    hear: Hear, stage: Stage, intent: Intent, orders: tuple[OpenOrder, ...]
) -> None:
    items = (LARGE_LATTE,) if intent in (Intent.ORDER, Intent.CHANGE) else ()
    asked = RatingAsked(5, NOW.timestamp()) if stage is Stage.RATING else None
    facts = replace(FACTS, orders=orders, usual=(LARGE_LATTE,), rating_asked=asked)

    turn = hear("a text", state=STATES[stage], facts=facts, intent=intent, items=items)

    # Small talk such as "haha" gets no reply if no question is open.
    quiet = intent is Intent.CHAT and stage not in (Stage.CHOOSING, Stage.OFFERED)
    assert turn.act is not None or turn.says or quiet


def test_decisions_import_no_django() -> None:
    code = "import sys, sms.conversation; print([name for name in sys.modules if name.split('.')[0] == 'django'])"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "[]\n"


# STOP and START -------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["STOP", "unsubscribe", "End", "QUIT", "stopall", "REVOKE", "OPTOUT", "CANCEL "])
def test_opt_out_word_alone_is_recorded_and_not_answered(hear: Hear, word: str) -> None:
    turn = hear(word, intent=Intent.UNCLEAR)

    assert (turn.act, turn.says) == (OptOut(), ())


def test_word_cancel_drops_an_order_and_unsubscribes_nobody(hear: Hear) -> None:
    turn = hear("Cancel", facts=replace(FACTS, orders=(WAITING,)), intent=Intent.STOP)

    assert turn.act == CancelOrders((WAITING,))


def test_word_cancel_drops_a_half_finished_order(hear: Hear) -> None:
    turn = hear("CANCEL", state=choosing(LATTE), intent=Intent.STOP)

    assert (turn.act, turn.says) == (None, (Phrase.NOT_ORDERED,))


def test_leaving_in_other_words_is_confirmed(hear: Hear) -> None:
    turn = hear("please stop texting me", intent=Intent.STOP)

    assert (turn.act, turn.says) == (OptOut(), (Phrase.STOPPED,))


@pytest.mark.parametrize("word", ["START", "unstop", "yes"])
def test_who_left_can_come_back(hear: Hear, word: str) -> None:
    turn = hear(word, facts=replace(FACTS, opted_out=True), intent=Intent.UNCLEAR)

    assert (turn.act, turn.says) == (OptIn(), ())


def test_no_other_word_brings_somebody_back_who_left(hear: Hear) -> None:
    turn = hear("espresso", facts=replace(FACTS, opted_out=True), items=(ESPRESSO,))

    assert turn.act == PlaceOrder((ESPRESSO,), "Sam")


def test_start_from_somebody_who_never_left_is_a_greeting(hear: Hear) -> None:
    assert hear("START", intent=Intent.START).says == (Phrase.GREETING,)


def test_forgetting_leaves_nothing_open(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE), intent=Intent.FORGET)

    assert (turn.act, turn.state) == (ForgetCustomer(), ConversationState())


# Questions ------------------------------------------------------------------------------------------


def test_status_tells_every_open_order(hear: Hear) -> None:
    turn = hear(facts=TWO, intent=Intent.STATUS)
    orders_progress = tuple(OrderProgress(order, WAIT) for order in TWO.orders)

    says, _ = conclude(turn, ProgressReport(orders_progress), MENU, TWO)

    assert turn.act == CheckWaits()
    assert says == (ShowProgress(orders_progress),)


@pytest.mark.parametrize("intent", [Intent.YES, Intent.NO])
def test_nod_that_answers_nothing_is_told_how_the_order_stands(hear: Hear, intent: Intent) -> None:
    stands = hear("ok", facts=replace(FACTS, orders=(WAITING,)), intent=intent)
    nothing = hear("ok", intent=intent)

    assert (stands.act, stands.says) == (CheckWaits(), ())
    assert (nothing.act, nothing.says) == (None, (Phrase.GREETING,))


def test_status_without_an_order_says_so(hear: Hear) -> None:
    says, _ = conclude(hear(intent=Intent.STATUS), ProgressReport(()), MENU, FACTS)

    assert says == (Phrase.NOTHING_OPEN,)


def test_code_alone_asks_for_that_order(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    def read(text: str, *_args: Any, **_kwargs: Any) -> Reading:
        texts.append(text)
        return Reading(Intent.STATUS)

    monkeypatch.setattr(table, "read", read)
    respond(ConversationState(at=NOW.timestamp()), "a07", MENU, TWO)

    assert texts == ["status"]


def test_talk_in_between_keeps_the_question_open_and_repeats_it(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE), intent=Intent.STATUS)

    says, state = conclude(turn, ProgressReport(()), MENU, FACTS)

    assert says == (Phrase.NOTHING_OPEN, AskOption((LATTE,), "Size", ("Small", "Large")))
    assert state == choosing(LATTE)


def test_question_about_the_menu_is_answered_from_what_there_is(hear: Hear) -> None:
    topic = Topic("option", "Oat", "Milk")
    without = Unavailable(options=frozenset({("Milk", "Oat")}))
    turn = hear(intent=Intent.QUESTION, topics=(topic,))

    says, _ = conclude(turn, Done(), MENU, replace(FACTS, unavailable=lambda: without))

    assert says == (ShowAvailability(topic, without),)


@pytest.mark.parametrize(
    ("topics", "says"),
    [
        ((Topic("option", "Oat", "Milk"), Topic("group", "Milk")), (ShowAvailability(Topic("option", "Oat", "Milk")),)),
        ((Topic("drink", "Latte"), Topic("price")), (Phrase.PRICE,)),
    ],
)
def test_question_is_answered_to_the_point(hear: Hear, topics: tuple[Topic, ...], says: tuple[Saying, ...]) -> None:
    assert hear(intent=Intent.QUESTION, topics=topics).says == says


def test_question_about_opening_is_answered(hear: Hear) -> None:
    closed = EventClosed(NOW)

    turn = hear(facts=replace(FACTS, closed=closed), intent=Intent.QUESTION, topics=(Topic("open"),))

    assert turn.says == (OpenNow(closed),)


def test_question_about_what_is_not_there_names_it(hear: Hear) -> None:
    assert hear(intent=Intent.QUESTION, unknown=("beer",)).says == (UnknownWords(("beer",)),)


def test_unclear_text_leaves_orders_as_they_are_and_says_so(hear: Hear) -> None:
    turn = hear("don't cancel it!", facts=replace(FACTS, orders=(WAITING,)), intent=Intent.UNCLEAR)

    assert (turn.act, turn.says) == (None, (NotUnderstood((WAITING,)),))


def test_complaint_reaches_a_person(hear: Hear) -> None:
    turn = hear(intent=Intent.SUPPORT)

    assert (turn.act, turn.says) == (CallPerson(), (Phrase.PERSON_CALLED,))


# Drinks and options that cannot be made -------------------------------------------------------------


def test_sold_out_option_is_offered_a_substitute_and_the_order_kept(hear: Hear) -> None:
    oat_latte = Item("Latte", choices=(LARGE, OAT))
    refusal = CannotBeMade(("Oat",), ("Dairy", "Soy"))
    turn = hear(items=(oat_latte,))

    says, state = conclude(turn, refusal, MENU, FACTS)

    assert says == (OfferInstead(("Oat",), ("Dairy", "Soy")),)
    assert state == replace(offered(oat_latte, offers=("Dairy", "Soy")), draft=OrderDraft((oat_latte,), "Sam"))


def test_sold_out_drink_leaves_the_others_and_asks_what_instead(hear: Hear) -> None:
    turn = hear(items=(LARGE_LATTE, ESPRESSO))

    _, state = conclude(turn, CannotBeMade(("Latte",), ("Mocha",)), MENU, FACTS)

    assert state.draft == OrderDraft((ESPRESSO,), "Sam")
    assert state.asked == Question("drink", choices=(LARGE,), offers=("Mocha",))
    assert state.stage == Stage.OFFERED


def test_default_that_is_sold_out_is_asked_about(hear: Hear) -> None:
    turn = hear(items=(LARGE_LATTE,))

    _, state = conclude(turn, CannotBeMade(("Dairy",), ("Oat",)), MENU, FACTS)

    assert state.asked == Question("option", 0, "Milk", offers=("Oat",))


def test_yes_takes_the_first_offer_for_every_drink_that_had_it(hear: Hear) -> None:
    latte, mocha = Item("Latte", choices=(LARGE, OAT)), Item("Mocha", choices=(SMALL, OAT))
    answered = (replace(latte, choices=(LARGE, SOY)), mocha)
    state = offered(latte, mocha, ESPRESSO)

    turn = hear("yes", state=state, intent=Intent.YES, items=(*answered, ESPRESSO))

    soy_mocha = replace(mocha, choices=(SMALL, SOY))
    assert turn.act == PlaceOrder((answered[0], soy_mocha, ESPRESSO), "Sam")


def test_yes_to_a_substitute_that_left_the_menu_keeps_the_order_and_asks_again(hear: Hear) -> None:
    state = offered(LARGE_LATTE, offers=("Almond",))

    turn = hear("yes", state=state, intent=Intent.YES)

    assert (turn.act, turn.state.draft) == (None, state.draft)


def test_no_to_an_offer_orders_nothing(hear: Hear) -> None:
    turn = hear("no", state=offered(LARGE_LATTE), intent=Intent.NO)

    assert (turn.act, turn.says, turn.state.stage) == (None, (Phrase.NOT_ORDERED,), Stage.IDLE)


def test_other_refusals_leave_no_question_open(hear: Hear) -> None:
    refusal = TooManyOrders(3)

    says, state = conclude(hear(items=(LARGE_LATTE,)), refusal, MENU, FACTS)

    assert (says, state.stage) == ((OrderRefused(refusal),), Stage.IDLE)
