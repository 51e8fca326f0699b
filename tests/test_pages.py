"""Checks every page in both themes: axe-core's rules, target sizes, focus, width, movement, content security policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from expresso.machine import BASE_DIR
from tests.conftest import on_default
from tests.keyboard import WALK, Keyboard
from tests.morning import busy_morning
from tests.pages import TABLET, Visitors
from tests.stops import UPRIGHT, Stop
from tests.tour import tour

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text()
AUDIT = (HERE / "audit.js").read_text()
#: Minimum size of a target in CSS pixels: larger at the bar, for wet fingers; on other pages as WCAG 2.5.8 requires.
AT_THE_BAR, ANYWHERE = 48, 24


@pytest.mark.browser
@pytest.mark.timeout(400)
@on_default
def test_every_page_is_sound_in_light_and_dark(there: Visitors) -> None:
    busy_morning(there)
    pages: dict[tuple[str, bool], Page] = {}
    found: list[str] = []

    for stop in tour(there.at):
        who = stop.username, bool(stop.size.get("has_touch"))
        if who not in pages:
            pages[who] = there.visitor(stop.username, **stop.size, reduced_motion="reduce")
        visit(pages[who], stop)
        found += audit(pages[who], stop)
        pages[who].context.set_offline(False)

    assert not found, "\n".join(found)
    assert there.faults.of_scripts() == []


def visit(page: Page, stop: Stop) -> None:
    if page.viewport_size != stop.size["viewport"]:
        page.set_viewport_size(stop.size["viewport"])
    response = page.goto(stop.path)
    assert response
    assert response.status == stop.status, stop.path
    stop.steps(page)


def audit(page: Page, stop: Stop) -> list[str]:
    """Return the faults of the page in its present state, in both themes."""
    # The browser's debugging protocol injects these scripts. The page's own policy would forbid scripts from elsewhere.
    page.evaluate(AXE + WALK)
    least = AT_THE_BAR if stop.size in (TABLET, UPRIGHT) else ANYWHERE
    faults = []
    for theme in ("light", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        # For the dark theme check only colors, because nothing else differs between the themes.
        given = [least, theme == "dark"]
        faults += [f"{stop.name}, {theme}: {fault}" for fault in page.evaluate(AUDIT, given)]
    return faults + [f"{stop.name}, by keyboard: {fault}" for fault in Keyboard.of(page).walk()]


def test_dark_by_the_systems_wish_is_dark_by_a_persons() -> None:
    css = (BASE_DIR / "static" / "css" / "tokens.css").read_text()

    systems, persons = re.findall(r":root(?::not\(\[data-theme=\"light\"\]\)|\[data-theme=\"dark\"\]) \{([^}]*)\}", css)

    assert systems.split() == persons.split()
