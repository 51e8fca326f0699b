"""Every list and form in the admin passes the same checks as all other pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.backoffice import backoffice
from tests.conftest import on_default
from tests.morning import Barista, post
from tests.pages import Visitors
from tests.test_pages import audit, visit


@pytest.mark.browser
@pytest.mark.timeout(400)
@on_default
def test_the_admin_is_sound_in_light_and_dark(there: Visitors) -> None:
    one_of_each(there)
    pages: dict[bool, Page] = {}
    found: list[str] = []

    for stop in backoffice(there.at):
        touched = bool(stop.size.get("has_touch"))
        if touched not in pages:
            pages[touched] = there.visitor(stop.username, **stop.size, reduced_motion="reduce")
        visit(pages[touched], stop)
        found += audit(pages[touched], stop)

    assert not found, "\n".join(found)
    assert there.faults.of_scripts() == []


def one_of_each(there: Visitors) -> None:
    """Create an order with its texts and its label, so that the admin's lists are not empty."""
    [(bar,)] = there.at.rows("SELECT id FROM stations_station WHERE slug = 'bar-1'")
    post(there.visitor("admin"), "/admin/stations/printer/add/", station=bar, name="Labels", automatic="on", paper=80)
    there.at.text("large filter coffee for Hannah")
    Barista(there.signed_in("maya"), there.at, "bar-1").tap("start", "Hannah")
    assert there.at.rows("SELECT count(*) FROM orders_labeljob") != [(0,)]
