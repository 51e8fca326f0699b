from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.typed_input import LARGEST, whole_number


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("12", 12), ("007", 7), (str(LARGEST), LARGEST)])
def test_digits_are_a_number(typed: str, number: int) -> None:
    assert whole_number(typed) == number


@pytest.mark.parametrize(
    "typed", [None, "", "-1", "+1", " 1", "1.0", "1e3", "²", "١", "12a", str(LARGEST + 1), "9" * 5000]
)
def test_anything_else_is_none(typed: str | None) -> None:
    assert whole_number(typed) is None


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("13", None), ("012", None)])
def test_a_number_above_the_most_is_none(typed: str, number: int | None) -> None:
    assert whole_number(typed, most=12) == number


@pytest.mark.parametrize(
    ("command", "count"),
    [("simulate", "--seeds"), ("simulate", "--tries"), ("simulate", "--days"), ("dialogues", "--count")],
)
@pytest.mark.parametrize("typed", ["0", "-5", "1e3"])
def test_a_command_that_is_to_do_nothing_says_what_it_takes(command: str, count: str, typed: str) -> None:
    with pytest.raises(CommandError, match="no whole number of at least 1"):
        call_command(command, f"{count}={typed}", *(["--menu=x"] if command == "dialogues" else []))
