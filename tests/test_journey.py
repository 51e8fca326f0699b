"""The main journey, from a text to the collected coffee, on the real processes of both deployments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orders.live.hub import BEAT
from tests.journey import from_text_to_cup
from tests.pages import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_one_text_becomes_a_coffee(there: Visitors, record_property: Callable[[str, object], None]) -> None:
    figures = from_text_to_cup(there)

    print(figures)
    record_property("journey", str(figures))
    # The change showed sooner than the server's regular message (pulse) comes, so the server pushed it.
    assert max(figures.text_to_tablet, figures.ready_to_wall) < BEAT
    assert max(figures.text_to_wall, figures.ready_to_phone) < 5
    assert there.faults.seen == []
