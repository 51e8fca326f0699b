"""The admin page "Read a text" explains in stages (such as "Clauses" and "Notes and names") how a text was read."""

from __future__ import annotations

import pytest

from orders.tests import sets
from sms.dry_run import Rehearsal
from sms.insight.reading_stages import rehearse

TWO = "large latte and a small mocha"


def rows(title: str, *texts: str) -> list[tuple[str, str, str]]:
    """Send the texts in one conversation. Return the rows (words, meaning, detail) of one stage for the last text."""
    rehearsal = Rehearsal(sets.menu("demo"))
    for earlier in texts[:-1]:
        rehearsal.text(earlier)
    (stage,) = [stage for stage in rehearse(texts[-1], rehearsal).stages if stage.title == title]
    return [(row.said, row.means, row.detail) for row in stage.rows]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("all with oat", ("Every cup", "Milk: Oat", "")),
        ("the other one with soy", ("The other cups", "Milk: Soy", "")),
        ("the last one with soy", ("The last cup", "Milk: Soy", "")),
        ("double that", ("Every cup", "no options", "")),
    ],
)
def test_a_clause_without_a_drink_names_the_cups_that_it_is_about(text: str, told: tuple[str, str, str]) -> None:
    assert rows("Clauses", TWO, text) == [told]


def test_a_drink_that_is_taken_off_is_a_refusal() -> None:
    assert rows("Refusals", TWO, "drop the mocha") == [("drop the mocha", "Mocha", "taken off the order")]


def test_a_diet_beside_a_question_is_a_note() -> None:
    text = "I'm allergic to nuts, what's in the mocha?"

    assert rows("Notes and names", text) == [("I'm allergic to nuts", "a note for the barista", "")]


def test_an_option_without_a_drink_is_kept_and_a_question_chooses_nothing() -> None:
    assert rows("Choices", "with oat") == [("No drink yet", "Milk: Oat", "kept for the drink")]
    assert rows("Choices", TWO, "what milks do you have?") == []


def test_a_text_that_is_not_understood_is_named_in_its_parts() -> None:
    assert [said for said, _, _ in rows("Named back", "asdf, qwer zxcv")] == ["asdf", "qwer zxcv"]
