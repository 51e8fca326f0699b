"""Conversations as hurried people text them end in the orders that were meant, and no reply says the opposite."""

from __future__ import annotations

from typing import Any

import pytest

from sms.tests.talks import faults, talks


@pytest.mark.parametrize("talk", [pytest.param(talk, id=name) for name, talk in talks()])
def test_conversation_ends_as_it_was_meant(talk: dict[str, Any]) -> None:
    assert faults(talk) == []


def test_what_ends_otherwise_is_found() -> None:
    meant = [{"items": ["1 Espresso"]}]

    assert faults({"texts": ["an espresso"], "meant": meant}) == []
    assert faults({"texts": ["an espresso"], "meant": [{"items": ["2 Espresso"]}]}) != []
    assert faults({"texts": ["an espresso"], "meant": []}) == ["1 orders for 0"]
    assert faults({"texts": [{"text": "an espresso", "never": "Got it"}], "meant": meant}) != []
