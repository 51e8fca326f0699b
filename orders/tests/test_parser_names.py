"""Tests that first names of many countries are read as names, whether or not the customer was asked for a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orders.items import Choice, Item
from orders.parser import Question, read
from orders.tests import sets

MENU = sets.menu("demo")
ORDER = (Item("Latte", 1, (Choice("Size", "Large"),)),)
#: Minimum percentage of the names that must be read as names. A few names are also drinks or everyday words, such as
#: "Tea" and "Made".
GOAL = 99


def first_names() -> list[str]:
    lines = (sets.HERE / "first_names.txt").read_text(encoding="utf-8").splitlines()
    return [name for line in lines if not line.startswith("#") for name in line.split()]


@pytest.mark.parametrize("written", [str, str.lower])
def test_the_answer_to_what_name_is_a_name(written: Callable[[str], str]) -> None:
    names = first_names()

    answers = {name: read(written(name), MENU, order=ORDER, asked=Question("name"), language="en") for name in names}

    missed = [name for name, reading in answers.items() if (reading.name or "").casefold() != name.casefold()]
    assert len(names) > 2000
    assert len(missed) <= len(names) * (100 - GOAL) / 100, missed


@pytest.mark.parametrize("said", ["{}!", "hi, {}", "{} here", "{}, thanks", "just {}", "it's just {}", "{} S."])
def test_the_name_beside_a_polite_word_or_an_initial_is_a_name(said: str) -> None:
    names = first_names()[::4]

    answers = {
        name: read(said.format(name), MENU, order=ORDER, asked=Question("name"), language="en") for name in names
    }

    missed = [
        name
        for name, reading in answers.items()
        if (reading.name or "").removesuffix(" S").casefold() != name.casefold()
    ]
    # A few names are allowed to be missed, because they are also Spanish words: "Maïté" is read as "my tea", and
    # "Evita" as "avoid".
    assert len(missed) <= len(names) * 2 / 100, missed


@pytest.mark.parametrize("language", [None, "en", "de"])
@pytest.mark.parametrize("name", ["Jo", "jo", "Minh", "mia", "Stan", "Alma", "Milo", "Millie", "Hazel", "Rudy", "May"])
def test_a_name_that_is_a_word_is_a_name_when_it_is_asked_for(name: str, language: str | None) -> None:
    reading = read(name, MENU, order=ORDER, asked=Question("name"), language=language)

    assert reading.name == name.title()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Yep that's all. Stuart", "en"),
        ("no thanks. Stuart", "en"),
        ("under Stuart", "en"),
        ("its under stuart", "en"),
        ("auf Stuart", "de"),
        ("bajo Stuart", "es"),
    ],
)
def test_a_name_may_stand_behind_other_words(text: str, language: str) -> None:
    assert read(text, MENU, order=ORDER, asked=Question("name"), language=language).name == "Stuart"


@pytest.mark.parametrize("name", ["Jasmine", "Ginger", "Rose", "Candy", "Cherry"])
def test_a_name_that_is_a_thing_is_a_name_when_it_is_asked_for(name: str) -> None:
    assert read(name, MENU, order=ORDER, asked=Question("name")).name == name
    assert read(f"a {name.lower()} tea", MENU).name is None


def test_a_name_in_an_order_is_a_name_and_orders_nothing() -> None:
    readings = {name: read(f"large latte for {name}", MENU, language="en") for name in first_names()}

    missed = [name for name, reading in readings.items() if reading.items != ORDER or reading.name != name]
    assert len(missed) <= len(readings) * (100 - GOAL) / 100, missed
