"""The main job on real processes: what a text becomes, on the default and on the full deployment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journey import from_text_to_cup
from tests.pages import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_one_text_becomes_a_coffee(there: Visitors, record_property: Callable[[str, object], None]) -> None:
    figures = from_text_to_cup(there)

    print(figures)
    record_property("journey", str(figures))
    assert max(figures.tablet, figures.wall, figures.ready_text) < 5
    assert there.faults.seen == []
