"""A tap changes little of a page, and the first paint needs few files. `make bench` measures the times."""

from __future__ import annotations

import pytest

from tests.conftest import on_default
from tests.pages import Visitors
from tests.speed import Work, work

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180), on_default]

#: Maximum work for a page: files before the first paint, and elements that the browser styles and lays out for one tap.
MOST = Work(files=5, styled=400, laid_out=150)
#: Pages that are allowed more work: a search replaces all its rows, the board has additional styles for tickets, and
#: Django's admin has style sheets and scripts of its own.
OTHERS = {
    "board": Work(files=6, styled=400, laid_out=150),
    "history": Work(files=5, styled=700, laid_out=1100),
    "an event in the admin": Work(files=20, styled=400, laid_out=150),
}


def test_a_tap_changes_little_of_a_page(there: Visitors) -> None:
    done = dict(work(there, waiting=300))

    print(*(f"{name}: {needed}" for name, needed in done.items()), sep="\n")
    assert {name: needed for name, needed in done.items() if exceeds(needed, OTHERS.get(name, MOST))} == {}


def exceeds(needed: Work, most: Work) -> bool:
    return needed.files > most.files or needed.styled > most.styled or needed.laid_out > most.laid_out
