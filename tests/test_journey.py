"""The main journey, from a text to the collected coffee, on the real processes of both deployments."""

from __future__ import annotations

import pytest

from tests.journey import from_text_to_cup
from tests.pages import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_one_text_becomes_a_coffee(there: Visitors) -> None:
    from_text_to_cup(there)

    assert there.faults.seen == []
