"""Which order a text is about, whether it accepts a suggestion, and which other answers its reply contains."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.parser import Intent, Question, Topic
from sms.conversation import respond
from sms.conversation.actions import PlaceOrder
from sms.conversation.facts import OpenOrder
from sms.conversation.sayings import DraftExpired, NotUnderstood, Phrase
from sms.conversation.state import ConversationState
from sms.conversation.table import language_after, order_meant
from sms.tests.decisions import ESPRESSO, FACTS, LATTE, MAKING, MENU, NOW, TWO, WAITING, Hear, choosing

AT = NOW.timestamp()
READY = replace(WAITING, status="ready")


# Which order a text is about ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "orders", "order", "words"),
    [
        ("make A07 large", TWO.orders, 0, "make   large"),
        ("#a07", TWO.orders, 0, "status"),
        ("A077 large", TWO.orders, 1, "A077 large"),
        ("make it large", TWO.orders, 1, "make it large"),
        # "Large" is about the waiting order rather than the one that is being made, and never about a ready order.
        ("large", (WAITING, replace(MAKING, pk=8)), 0, "large"),
        ("large", (MAKING, replace(READY, pk=8)), 0, "large"),
        ("large", (READY,), None, "large"),
        ("large", (), None, "large"),
    ],
)
def test_a_text_is_about_the_order_it_names_or_the_last_that_can_be_changed(
    text: str, orders: tuple[OpenOrder, ...], order: int | None, words: str
) -> None:
    assert order_meant(text, replace(FACTS, orders=orders)) == (None if order is None else orders[order], words)


def test_words_for_an_order_of_its_own_leave_an_unfinished_order_as_it_is() -> None:
    turn = respond(choosing(LATTE), "large, separately", MENU, replace(FACTS, orders=(WAITING,)))

    assert isinstance(turn.act, PlaceOrder)
    assert [item.drink for item in turn.act.items] == ["Latte"]


def test_words_for_an_order_of_its_own_alone_are_not_understood() -> None:
    turn = respond(ConversationState(at=AT), "as a separate order", MENU, replace(FACTS, orders=(WAITING,)))

    assert turn.act is None


def test_what_nobody_was_told_of_cannot_be_taken_up(hear: Hear) -> None:
    turn = respond(ConversationState(at=AT), "add it", MENU, FACTS)
    told = respond(ConversationState(at=AT, told="Espresso"), "yes please, add it", MENU, FACTS)

    assert turn.act is None
    assert told.act == PlaceOrder((ESPRESSO,), "Sam")


@pytest.mark.parametrize(
    "state",
    [choosing(replace(ESPRESSO, quantity=8), asked=Question("confirm")), replace(choosing(ESPRESSO), offered=True)],
)
def test_yes_to_a_question_of_ours_takes_up_nothing_else(state: ConversationState) -> None:
    turn = respond(replace(state, told="Latte"), "yes please", MENU, FACTS)

    assert turn.reading.intent is Intent.YES


# Further answers in a reply -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("intent", "unserved"),
    [(Intent.QUESTION, True), (Intent.UNCLEAR, True), (Intent.MENU, True), (Intent.GREETING, False)],
)
def test_a_question_leaves_the_customer_unserved(hear: Hear, intent: Intent, unserved: bool) -> None:
    assert hear("some text", intent=intent).state.unserved == unserved


def test_words_that_nobody_knows_leave_the_customer_unserved(hear: Hear) -> None:
    assert hear(items=(ESPRESSO,), unknown=("bagel",)).state.unserved
    assert not hear(items=(ESPRESSO,)).state.unserved


def test_a_question_beside_an_order_is_answered_once_and_handed_on_if_nobody_knows(hear: Hear) -> None:
    price = hear(items=(ESPRESSO,), topics=(Topic("price"), Topic("drink", "Espresso")))
    other = hear(items=(ESPRESSO,), topics=(Topic("other"),))
    stock = hear(items=(ESPRESSO,), topics=(Topic("drink", "Espresso"),))
    greeting = hear("hi, prices?", intent=Intent.GREETING, topics=(Topic("price"),))

    assert (price.act, price.says, price.calls_person) == (PlaceOrder((ESPRESSO,), "Sam"), (Phrase.PRICE,), False)
    assert (other.says, other.calls_person) == ((Phrase.PASSED_ON,), True)
    assert (stock.says, greeting.says) == ((), (Phrase.GREETING,))


def test_an_unfinished_order_that_is_too_old_is_told_of_unless_the_text_acts(hear: Hear) -> None:
    old = replace(choosing(LATTE), at=AT - 21 * 60)

    unclear = hear("hm", state=old, intent=Intent.UNCLEAR)
    ordered = hear("espresso", state=old, items=(ESPRESSO,))
    nothing_old = hear("hm", state=ConversationState(at=AT - 21 * 60), intent=Intent.UNCLEAR)

    assert unclear.says[0] == DraftExpired((LATTE,))
    assert (ordered.act, ordered.says) == (PlaceOrder((ESPRESSO,), "Sam"), ())
    assert nothing_old.says == (NotUnderstood(),)


@pytest.mark.parametrize(("hours", "kept"), [(11, "no nuts"), (13, "")])
def test_what_somebody_cannot_have_is_remembered_for_hours(hear: Hear, hours: int, kept: str) -> None:
    state = ConversationState(diet="no nuts", at=AT - hours * 3600)

    assert hear("hi", state=state, intent=Intent.GREETING).state.diet == kept


@pytest.mark.parametrize(("language", "reply"), [(None, "de"), ("fr", "de"), ("en", "en")])
def test_a_reply_is_in_the_customers_language_or_the_first_of_the_event(language: str | None, reply: str) -> None:
    assert replace(FACTS, language=language, languages=("de", "en")).reply_language == reply


@pytest.mark.parametrize(("language", "after"), [("de", "de"), ("fr", "es"), (None, "es")])
def test_the_language_of_a_text_is_kept_where_the_event_answers_in_it(
    hear: Hear, language: str | None, after: str
) -> None:
    facts = replace(FACTS, language="es", languages=("en", "de", "es"))

    turn = hear("some text", facts=facts, intent=Intent.GREETING, language=language)

    assert language_after(turn.reading, facts) == after
