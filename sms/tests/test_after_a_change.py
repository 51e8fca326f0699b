"""Texts that refer to the change before them, such as "the other one" or "actually 3"."""

from __future__ import annotations

import pytest

from orders.items import Choice, Item
from orders.parser import read
from orders.tests import sets
from sms.dry_run import Rehearsal

MENU = sets.menu("demo")


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (
            ["a small latte and a large mocha, Tim", "make the latte oat", "the other one decaf"],
            "small oat latte and large decaf mocha",
        ),
        (
            ["a small latte and a large mocha, Tim", "make the mocha oat", "the other one decaf"],
            "small decaf latte and large oat mocha",
        ),
        (
            ["a small latte and a large mocha, Tim", "make the latte oat", "no sorry, oat in the other one"],
            "small latte and large oat mocha",
        ),
        (
            ["a small latte and a large mocha, Tim", "make the latte oat", "actually soy"],
            "small soy latte and large mocha",
        ),
        (["a small latte with 1 sugar, Kev", "make it 2 sugars", "actually 3 lol"], "small latte, 3 sugar"),
        (["two small lattes, Kev", "make them oat", "actually 3"], "3x small oat latte"),
        (["two small lattes with 1 sugar, Kev", "make it 2 sugars", "actually 3"], "3x small latte, 2 sugar"),
    ],
)
def test_a_text_is_about_what_the_text_before_it_changed(texts: list[str], order: str) -> None:
    talk = Rehearsal(MENU)

    replies = [talk.text(text).reply for text in texts]

    assert replies[-1].startswith(f"Changed: {order} (")


def test_an_amount_of_something_that_has_left_the_menu_is_not_changed() -> None:
    gone = (Choice("Size", "Small"), Choice("Sweetener", "Cane sugar", 2.0))

    reading = read("actually 3", MENU, order=(Item("Latte", 1, gone),), before=(Item("Latte", 1, gone[:1]),))

    assert [item.quantity for item in reading.items] == [3]


@pytest.mark.parametrize("question", ["do you do iced matcha?", "have you got iced matcha latte?"])
def test_yes_takes_up_a_drink_with_its_options(question: str) -> None:
    talk = Rehearsal(MENU)
    talk.text(question)

    reply = talk.text("yes please then. large with almond milk").reply

    assert reply.startswith("Got it: large almond iced matcha latte (")


@pytest.mark.parametrize(
    "text",
    ["same again but decaf", "same again for my colleague but decaf", "the same but decaf", "another one, decaf"],
)
def test_the_same_again_with_something_else_joins_the_open_order(text: str) -> None:
    talk = Rehearsal(MENU)
    talk.text("one regular latte please, Jo")

    assert talk.text(text).reply.startswith("Changed: regular latte and regular decaf latte (A01)")
