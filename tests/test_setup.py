"""A new organizer sets up an event without the admin, until the event takes its first order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.conftest import on_default
from tests.pages import Visitors
from tests.stops import DESK

#: Maximum number of fields and clicks, from the start page to the first order.
MOST_INTERACTIONS = 40
NUMBER = "+15555550199"


class Hand:
    """Fills in fields and clicks as an organizer, and counts both."""

    def __init__(self) -> None:
        self.did = 0

    def __call__(self, act: Callable[..., object], *typed: str) -> None:
        act(*typed)
        self.did += 1


@pytest.mark.browser
@pytest.mark.timeout(150)
@on_default
def test_an_own_event_takes_its_first_order_within_forty_interactions(there: Visitors) -> None:
    page, do = there.visitor("organizer", **DESK), Hand()
    today = dt.datetime.now(dt.UTC).date().isoformat()
    page.goto("/")

    def button(name: str) -> Locator:
        return page.get_by_role("button", name=name, exact=True)

    do(page.get_by_role("link", name="New event").click)
    do(page.get_by_label("Name").fill, "Autumn fair")
    do(page.get_by_label("First day").fill, today)
    do(page.get_by_label("Last day").fill, today)
    do(button("Make the event").click)
    do(page.get_by_label("New stations").fill, "Left bar\nRight bar")
    do(button("Save and go on").click)
    do(page.get_by_label("People, one a line").fill, "Romy\nKai, support")
    do(button("Save and go on").click)
    password = page.get_by_text("Password").locator("xpath=following-sibling::dd").first.inner_text()
    do(page.get_by_role("link", name="Go on").click)
    do(page.get_by_label("SMS number").fill, NUMBER)
    do(button("Save and go on").click)
    do(page.get_by_label("Colour", exact=True).fill, "#5b2a86")
    do(page.get_by_label("Line for the wall").fill, "Order before the keynote")
    expect(page.locator(".setup-wall")).to_contain_text("Order before the keynote")
    do(button("Save").click)
    do(page.get_by_role("link", name="Is everything ready?").click)
    # Only the webhook is shown as not ready, because nobody has sent a text yet.
    expect(page.locator(".setup-checks .todo h2")).to_contain_text(["Webhook"])
    answer = there.at.text("large oat latte for Sam", to=NUMBER)

    assert answer.reply.startswith("Got it: large oat latte")
    wall = page.context.new_page()
    do(wall.goto, "/events/autumn-fair/wall/")
    expect(wall.get_by_text("Sam", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_text("Everything is ready.")).to_be_visible()
    assert do.did <= MOST_INTERACTIONS
    barista = there.visitor("", **DESK)
    barista.goto("/accounts/login/")
    barista.get_by_label("Name").fill("romy")
    barista.get_by_label("Password").fill(password)
    barista.get_by_role("button", name="Sign in").click()
    barista.get_by_role("link", name="Left bar").click()
    expect(barista.locator(".ticket")).to_contain_text("Sam")
    assert there.faults.of_scripts() == []
