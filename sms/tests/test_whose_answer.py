"""A text can answer a barista's message or the question "How was it?". Tests which of them it answers, and where this
answer goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from orders.items import Item
from orders.parser import Intent, Topic
from sms.conversation import ignore, respond
from sms.conversation.actions import Act, ChangeOrder, PlaceOrder, StoreRating
from sms.conversation.facts import BaristaMessage, OpenOrder, RatingAsked
from sms.conversation.sayings import NotUnderstood, Phrase
from sms.conversation.state import ConversationState, Stage
from sms.tests.decisions import (
    ESPRESSO,
    FACTS,
    LARGE,
    LARGE_LATTE,
    LATTE,
    MENU,
    NOW,
    OAT,
    SOY,
    WAITING,
    Hear,
    choosing,
    naming,
)

AT = NOW.timestamp()
EARLIER = ConversationState(at=AT - 60)
OAT_LATTE = Item("Latte", choices=(LARGE, OAT))
OAT_ORDER = replace(WAITING, items=(OAT_LATTE,))


# The barista's message ------------------------------------------------------------------------------


def written(seconds: float = 30, **fields: Any) -> BaristaMessage:
    """Return a barista's message about order 7 that was written `seconds` seconds ago."""
    return BaristaMessage(**({"message": 1, "order": 7, "at": AT - seconds} | fields))


@pytest.mark.parametrize(
    ("state", "seconds", "rating", "only"),
    [
        (EARLIER, 30, None, True),
        # The customer's last text came 60 s ago, the barista's message 90 s ago. The barista did not write last, so
        # "thanks" is not only for the barista.
        (EARLIER, 90, None, False),
        # The barista wrote 30 s ago. If we asked "How was it?" after this (10 s ago), "thanks" is not only for the
        # barista. If we asked before (50 s ago), it is.
        (EARLIER, 30, RatingAsked(5, AT - 10), False),
        (EARLIER, 30, RatingAsked(5, AT - 50), True),
    ],
)
def test_a_courtesy_is_for_the_barista_if_the_message_was_the_last_word(
    hear: Hear, state: ConversationState, seconds: float, rating: RatingAsked | None, only: bool
) -> None:
    facts = replace(FACTS, orders=(WAITING,), barista_message=written(seconds), rating_asked=rating)

    turn = hear("thanks", state=state, facts=facts, intent=Intent.THANKS)

    assert (turn.only_answers, turn.answers) == (only, 7)
    assert turn.says == ((Phrase.TO_BARISTA,) if only else (Phrase.THANKS,))


@pytest.mark.parametrize("intent", [Intent.STOP, Intent.HELP, Intent.MY_DATA, Intent.FORGET])
def test_what_is_private_is_shown_to_no_barista(hear: Hear, intent: Intent) -> None:
    facts = replace(FACTS, orders=(WAITING,), barista_message=written())

    assert hear("private", state=EARLIER, facts=facts, intent=intent).answers is None


def test_the_customer_learns_once_that_the_barista_reads_along(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,), barista_message=written())

    first = hear("no idea", state=EARLIER, facts=facts, intent=Intent.UNCLEAR)
    again = hear("really", state=first.state, facts=facts, intent=Intent.UNCLEAR)

    assert (first.says, again.says) == ((Phrase.TO_BARISTA,), ())
    assert first.only_answers
    assert again.only_answers


@pytest.mark.parametrize(
    ("text", "reading", "only"),
    [
        ("and an espresso", {"intent": Intent.CHANGE, "items": (LARGE_LATTE, ESPRESSO)}, False),
        ("a large latte", {"intent": Intent.CHANGE, "items": (LARGE_LATTE,)}, True),
        ("where is it", {"intent": Intent.STATUS}, False),
        ("ok", {"intent": Intent.YES}, True),
        ("menu", {"intent": Intent.MENU}, False),
        ("who are you", {"intent": Intent.QUESTION, "topics": (Topic("who"),)}, False),
    ],
)
def test_what_the_barista_alone_understands_is_for_the_barista_alone(
    hear: Hear, text: str, reading: dict[str, Any], only: bool
) -> None:
    facts = replace(FACTS, orders=(WAITING,), barista_message=written())

    turn = hear(text, state=EARLIER, facts=facts, **reading)

    assert (turn.only_answers, turn.answers) == (only, 7)
    assert turn.act is None or not only


def test_an_offer_of_the_barista_is_about_the_order_it_names(hear: Hear) -> None:
    other = replace(WAITING, pk=8, code="A08", items=(OAT_LATTE, ESPRESSO))
    message = written(order=8, missing="Oat", offers=("Soy",))
    facts = replace(FACTS, orders=(OAT_ORDER, other), barista_message=message)
    soy = (Item("Latte", choices=(LARGE, SOY)), ESPRESSO)

    turn = hear("yes", state=EARLIER, facts=facts, intent=Intent.YES, items=soy)

    assert turn.act == ChangeOrder(other, soy)


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ((OAT_ORDER,), written(missing="Oat")),
        ((OAT_ORDER,), written(order=99, missing="Oat", offers=("Soy",))),
        ((OAT_ORDER,), written(missing="Vanilla", offers=("Soy",))),
        ((), written(missing="Oat", offers=("Soy",))),
    ],
)
def test_a_yes_to_no_offer_changes_nothing(hear: Hear, orders: tuple[OpenOrder, ...], message: BaristaMessage) -> None:
    facts = replace(FACTS, orders=orders, barista_message=message)

    turn = hear("yes", state=EARLIER, facts=facts, intent=Intent.YES)

    assert (turn.act, turn.state.draft) == (None, None)


def test_a_message_of_the_barista_ends_a_question_for_a_name_and_no_unfinished_order(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,), barista_message=written())
    asked_name, asked_size = replace(naming(), at=AT - 60), replace(choosing(LATTE), at=AT - 60)

    named = hear("no", state=asked_name, facts=facts, intent=Intent.NO)
    sized = hear("large", state=asked_size, facts=facts, intent=Intent.CHANGE, items=(LARGE_LATTE,))

    assert (named.only_answers, named.state.nameless) == (True, False)
    assert sized.act == PlaceOrder((LARGE_LATTE,), "Sam")


def test_a_text_without_a_reply_is_shown_to_the_barista_who_asked() -> None:
    asked = replace(FACTS, barista_message=written())

    assert ignore(EARLIER, asked).answers == 7
    assert ignore(EARLIER, FACTS).answers is None


# The question "How was it?" -------------------------------------------------------------------------

ASKED = replace(FACTS, rating_asked=RatingAsked(5, AT - 30))


@pytest.mark.parametrize(
    ("text", "act", "says"),
    [
        ("5", StoreRating(5, 5, ""), Phrase.RATED),
        ("3", StoreRating(5, 3, ""), Phrase.RATED),
        ("2", StoreRating(5, 2, ""), Phrase.RATED_LOW),
        ("2 stars, bitter", StoreRating(5, 2, "2 stars, bitter"), Phrase.RATED_LOW),
        ("it was great", StoreRating(5, None, "it was great"), Phrase.RATED),
    ],
)
def test_a_rating_is_stored_with_the_words_beside_its_number(text: str, act: Act, says: Phrase) -> None:
    turn = respond(EARLIER, text, MENU, ASKED)

    assert (turn.act, turn.says, turn.state.stage) == (act, (says,), Stage.IDLE)


def test_a_complaint_in_a_rating_calls_a_person(hear: Hear) -> None:
    turn = hear("1, burnt", state=EARLIER, facts=ASKED, intent=Intent.SUPPORT)

    assert (turn.act, turn.says) == (StoreRating(5, 1, "1, burnt", person=True), (Phrase.PERSON_CALLED,))


def test_a_number_is_a_rating_right_after_the_question_and_a_number_of_cups_later(hear: Hear) -> None:
    five = {"intent": Intent.CHANGE, "items": (replace(LARGE_LATTE, quantity=5),)}
    facts = replace(ASKED, orders=(WAITING,))

    just_asked = hear("5", state=EARLIER, facts=facts, **five)
    later = hear("5", state=ConversationState(at=AT - 10), facts=facts, **five)
    with_drink = hear("5 lattes", state=EARLIER, facts=facts, **five)

    assert just_asked.act == StoreRating(5, 5, "")
    assert later.act == with_drink.act == ChangeOrder(WAITING, five["items"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reading", "rated"),
    [({}, True), ({"unknown": ("bagel",)}, False), ({"note": "allergic to eggs"}, False)],
)
def test_unclear_words_are_the_rating_unless_they_ask_for_something(
    hear: Hear, reading: dict[str, Any], rated: bool
) -> None:
    turn = hear("the thing there", state=EARLIER, facts=ASKED, intent=Intent.UNCLEAR, **reading)

    assert isinstance(turn.act, StoreRating) == rated


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (EARLIER, Stage.RATING),
        # The name was asked for before the question "How was it?" (60 s ago) or after it (10 s ago).
        (replace(naming(), at=AT - 60), Stage.RATING),
        (replace(naming(), at=AT - 10), Stage.NAMING),
        (replace(choosing(LATTE), at=AT - 60), Stage.CHOOSING),
    ],
)
def test_the_question_how_it_was_takes_the_place_of_an_older_one_but_of_no_unfinished_order(
    hear: Hear, state: ConversationState, stage: Stage
) -> None:
    turn = hear("menu", state=state, facts=ASKED, intent=Intent.MENU)

    assert turn.state.stage is stage


def test_no_rating_is_taken_where_none_was_asked_for(hear: Hear) -> None:
    state = ConversationState(rating_of=5, at=AT)

    turn = hear("great", state=state, intent=Intent.UNCLEAR)

    assert (turn.act, turn.says) == (None, (NotUnderstood(),))
