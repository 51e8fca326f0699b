"""Texts from auto-responders, customers who send too many texts, and texts that quote one of our texts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sms.conversation import respond
from sms.conversation.actions import CallPerson
from sms.conversation.pace import MACHINE_PACE, REPLIES_A_DAY, REPLIES_A_MINUTE, Pace, is_loop
from sms.conversation.quoted import is_reaction, may_quote, without_our_words
from sms.conversation.sayings import AskOption, Phrase
from sms.tests.decisions import ESPRESSO, FACTS, LATTE, MENU, NOW, SIZE, Hear, choosing

AT = NOW.timestamp()


# Texts from machines --------------------------------------------------------------------------------


def test_texts_are_counted_by_the_minute_and_the_day_and_in_a_row() -> None:
    pace = Pace().after("Hello  you", 60.0).after("hello you", 61.0)

    assert (pace.this_minute, pace.today, pace.same) == (2, 2, 2)
    assert pace.after("hello you", 120.0) == replace(pace, minute=2, this_minute=1, today=3, same=3, at=120.0)
    assert pace.after("bye", 86_400.0).today == 1
    assert pace.after("bye", 62.0).same == 1


@pytest.mark.parametrize(
    ("pace", "over", "just"),
    [
        (Pace(this_minute=REPLIES_A_MINUTE), False, False),
        (Pace(this_minute=REPLIES_A_MINUTE + 1), True, True),
        (Pace(this_minute=REPLIES_A_MINUTE + 2), True, False),
        (Pace(today=REPLIES_A_DAY), False, False),
        (Pace(today=REPLIES_A_DAY + 1), True, True),
        (Pace(today=REPLIES_A_DAY + 2), True, False),
    ],
)
def test_the_first_text_over_a_limit_is_told_so(pace: Pace, over: bool, just: bool) -> None:
    assert (pace.over_limit, pace.just_over) == (over, just)


@pytest.mark.parametrize(
    ("text", "same", "seconds", "orders", "loop"),
    [
        ("I am driving right now, auto-reply", 1, 60, False, True),
        ("auto-reply: a large latte", 1, 60, True, False),
        ("one large latte", 2, MACHINE_PACE, True, True),
        ("one large latte", 2, MACHINE_PACE + 1, True, False),
        ("one large latte", 3, MACHINE_PACE + 1, True, False),
        ("call Betty instead", 3, 60, False, True),
        ("call Betty instead", 2, 60, False, False),
        ("call Betty instead", 1, 1, False, False),
        ("yes please", 3, 1, False, False),
    ],
)
def test_a_machine_is_known_by_its_words_or_by_saying_them_again(
    text: str, same: int, seconds: float, orders: bool, loop: bool
) -> None:
    assert is_loop(Pace(at=AT - seconds), Pace(at=AT, same=same), text, orders=orders) == loop


def test_a_person_is_called_once_for_an_unfinished_order_that_gets_no_answer(hear: Hear) -> None:
    state, acts = choosing(LATTE), []
    for text in ("haha", "lol", "hehe", "hihi"):
        turn = respond(state, text, MENU, FACTS)
        state = turn.state
        acts.append((turn.act, turn.says, turn.ignored))

    question = AskOption((LATTE,), "Size", ("Small", "Large"))
    assert acts == [
        (None, (question,), False),
        (None, (question,), False),
        (CallPerson(), (Phrase.PERSON_CALLED,), False),
        (None, (), True),
    ]


def test_an_answer_begins_the_count_of_empty_texts_anew() -> None:
    state = replace(choosing(LATTE, replace(ESPRESSO, quantity=7)), asked=SIZE)
    for text in ("haha", "lol", "large", "haha", "lol"):
        turn = respond(state, text, MENU, FACTS)
        state = turn.state

    assert (turn.act, turn.state.pace.stuck) == (None, 2)


# Quotations of our texts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reaction"),
    [
        ("Liked “Got it”", True),
        ("Liked “Got it” .", True),
        ("👍 “Got it”", True),
        ("“Got it” 👍", False),
        ("Liked “Got it” and a mocha please", False),
        ("I really Liked “Got it”", False),
        ("Liked it so much that I want one more large “latte”", False),
        ("“Got it”", False),
        ("Liked an image.", True),
    ],
)
def test_a_reaction_has_the_form_of_a_phones(text: str, reaction: bool) -> None:
    assert is_reaction(text) == reaction


@pytest.mark.parametrize(
    ("text", "may"),
    [("> make it soy", True), ("> soy", False), ("a large latte please", False), ("Fwd: ready in 3", True)],
)
def test_a_short_text_or_one_without_marks_quotes_nothing(text: str, may: bool) -> None:
    assert may_quote(text) == may


@pytest.mark.parametrize(
    ("text", "said", "own"),
    [
        ("a latte\nplease", ["What size for the latte?"], "a latte\nplease"),
        ("“What size for the l…” large", ["What size for the latte?"], "large"),
        ("“What” large", ["What size for the latte?"], "“What” large"),
        ("OK, a latte", ["OK"], "OK, a latte"),
        ("“What size for the latte?” !!", ["What size for the latte?"], ""),
        ("Fwd: What size for the latte? large", ["What size for the latte?"], "large"),
        (
            "What size for the latte? And the mocha? large",
            ["What size for the latte?", "What size for the latte? And the mocha?"],
            "large",
        ),
        ("“What size for the mug?” large", ["What size for the latte?", ""], "“What size for the mug?” large"),
    ],
)
def test_what_we_said_is_taken_out_and_the_rest_stays(text: str, said: list[str], own: str) -> None:
    assert without_our_words(text, said) == own
