"""Made-up dialogues end in the order that was meant."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from orders.items import Item
from orders.tests import sets
from sms.insight.dialogues import Dialogue, dialogues, ends_as_meant


@pytest.mark.parametrize("name", ["demo", "smoothie"])
def test_dialogues_end_in_the_order_that_was_meant(name: str) -> None:
    menu = sets.menu(name)

    wrong = [each.texts for each in dialogues(menu, 60) if not ends_as_meant(each, menu)]

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
