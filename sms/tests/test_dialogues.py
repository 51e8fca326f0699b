"""Generated dialogues: Expresso's replies lead to the order that the generated customer wants."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from orders.items import Item
from orders.tests import sets
from sms.dry_run import Rehearsal
from sms.insight.dialogues import Dialogue, dialogues, ends_as_meant


@pytest.mark.parametrize("name", ["demo", "smoothie", "pizza", "burrito", "sub"])
def test_dialogues_end_in_the_order_that_was_meant(name: str) -> None:
    menu = sets.menu(name)

    wrong = [each.texts for each in dialogues(menu, 200) if not ends_as_meant(each, menu)]

    assert wrong == []


def test_dialogue_that_ends_otherwise_is_found() -> None:
    menu = sets.menu("demo")

    assert ends_as_meant(Dialogue(["an espresso"], [Item("Espresso")]), menu)
    assert not ends_as_meant(Dialogue(["an espresso"], [Item("Espresso", 2)]), menu)
    assert not ends_as_meant(Dialogue(["an espresso"], []), menu)


def test_same_seed_makes_the_same_dialogues() -> None:
    menu = sets.menu("demo")

    first, again, other = (list(dialogues(menu, 5, seed=seed)) for seed in (1, 1, 2))

    assert first == again != other


def test_command_counts_the_dialogues_that_end_as_meant() -> None:
    told = StringIO()

    call_command("dialogues", menu=Path("expresso/demo/menu.yaml"), count=5, stdout=told)

    assert told.getvalue() == "5 of 5 dialogues end in the order that was meant.\n"


@pytest.mark.parametrize("answer", ["the mocha", "mocha please", "the second", "the small mocha"])
def test_who_drops_one_of_several_drinks_is_asked_which(answer: str) -> None:
    talk = Rehearsal(sets.menu("demo"))
    talk.text("a large latte and a small mocha for Jo")

    asked = talk.text("can you drop one")
    changed = talk.text(answer)

    assert asked.reply == "Which drink: large latte or small mocha?"
    assert [sets.line(item) for item in asked.items] == ["1 Latte | Large", "1 Mocha | Small"]
    assert [sets.line(item) for item in changed.items] == ["1 Latte | Large"]


@pytest.mark.parametrize("words", ["drop one", "drop one latte", "drop the latte"])
@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("the small one", ["2 Latte | Large"]),
        ("large", ["1 Latte | Large", "1 Latte | Small"]),
        ("the first", ["1 Latte | Large", "1 Latte | Small"]),
        ("the second one", ["2 Latte | Large"]),
    ],
)
def test_who_drops_one_of_several_cups_of_a_drink_is_asked_which(words: str, answer: str, left: list[str]) -> None:
    talk = Rehearsal(sets.menu("demo"))
    talk.text("2 large lattes and a small latte for Jo")

    asked = talk.text(words)
    changed = talk.text(answer)

    assert asked.reply == "Which drink: large latte or small latte?"
    assert [sets.line(item) for item in asked.items] == ["2 Latte | Large", "1 Latte | Small"]
    assert [sets.line(item) for item in changed.items] == left


@pytest.mark.parametrize("answer", ["Ana's", "Ana's one", "for Ana"])
def test_the_cup_to_drop_is_named_by_its_owner(answer: str) -> None:
    talk = Rehearsal(sets.menu("demo"))
    talk.text("large latte for Ana and a large latte for Ben")

    asked = talk.text("drop one")
    changed = talk.text(answer)

    assert asked.reply == "Which drink: large latte for Ana or large latte for Ben?"
    assert [item.name for item in changed.items] == ["Ben"]


def test_equal_cups_are_dropped_without_a_question() -> None:
    talk = Rehearsal(sets.menu("demo"))
    talk.text("large latte and a small latte for Jo")
    talk.text("make the small one large")

    assert [sets.line(item) for item in talk.text("drop one").items] == ["1 Latte | Large"]


def test_all_cups_of_a_drink_are_dropped_by_their_number() -> None:
    talk = Rehearsal(sets.menu("demo"))
    talk.text("large latte, a small latte and a large mocha for Jo")

    assert [sets.line(item) for item in talk.text("drop 2 lattes").items] == ["1 Mocha | Large"]


def test_who_drops_something_that_several_dishes_are_called_is_asked_which() -> None:
    talk = Rehearsal(sets.menu("burrito"))
    talk.text("chicken burrito and nachos and chips and guac for Jo")

    asked = talk.text("drop the chips")
    changed = talk.text("nachos")

    assert asked.reply == "Which drink: nachos or chips and guac?"
    assert [sets.line(item) for item in changed.items] == ["1 Burrito | Chicken", "1 Chips and guac | "]
