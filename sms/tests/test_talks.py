"""Written conversations, with the short texts of people in a hurry, end with the intended orders, and the replies match
these orders."""

from __future__ import annotations

import pytest

from sms.tests.talks import faults, names, talks


@pytest.mark.parametrize("name", names())
def test_conversations_end_as_they_were_meant(name: str) -> None:
    """Plays all conversations of a file in one test, because pytest needs longer for each test than Expresso needs for
    a conversation."""
    found = {number: faults(talk) for number, talk in enumerate(talks(name), start=1)}

    assert {number: each for number, each in found.items() if each} == {}


def test_what_ends_otherwise_is_found() -> None:
    meant = [{"items": ["1 Espresso"]}]

    assert faults({"texts": ["an espresso"], "meant": meant}) == []
    assert faults({"texts": ["an espresso"], "meant": [{"items": ["2 Espresso"]}]}) != []
    assert faults({"texts": ["an espresso"], "meant": []}) == ["1 orders for 0"]
    assert faults({"texts": [{"text": "an espresso", "never": "Got it"}], "meant": meant}) != []
