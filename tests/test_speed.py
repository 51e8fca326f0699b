"""First paint and response to a tap stay good on a device a quarter as fast as this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple

import pytest

from tests.conftest import on_default
from tests.pages import Visitors
from tests.speed import measured

pytestmark = [pytest.mark.browser, pytest.mark.whole_browser, pytest.mark.alone, pytest.mark.timeout(400), on_default]


def test_pages_stand_soon_and_answer_at_once(there: Visitors, record_property: Callable[[str, object], None]) -> None:
    speeds = dict(measured(there, times=10, waiting=30))

    print(*(f"{name}: {speed}" for name, speed in speeds.items()), sep="\n")
    record_property("speed", {name: astuple(speed) for name, speed in speeds.items()})
    assert {name: speed for name, speed in speeds.items() if not speed.is_good} == {}
