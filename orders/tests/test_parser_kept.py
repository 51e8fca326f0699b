"""Tests of the parser with texts to which its rules were not adjusted.

The texts in demo.refusals are an exception: a few rules were made for them."""

from __future__ import annotations

import pytest

from orders.tests import sets

KEPT = sets.HERE / "kept"
#: Minimum percentage of the texts of a set that the parser must read correctly.
GOAL = 95


def misread(name: str) -> list[str]:
    """Return the texts of a set from which the parser reads other cups or names than the set states."""
    return [
        entry["text"] for menu, entry in sets.messages(KEPT, name) if not sets.is_made_right(entry, sets.menu(menu))
    ]


@pytest.mark.parametrize("name", sets.names(KEPT))
def test_a_set_that_was_never_tuned_to_is_read(name: str) -> None:
    wrong = misread(name)

    assert len(wrong) <= len(sets.messages(KEPT, name)) * (100 - GOAL) / 100, wrong


def test_nothing_refused_is_made() -> None:
    assert misread("demo.refusals") == []
