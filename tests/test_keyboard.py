"""A barista's work, an attendee's order and a pause of the event, by keyboard alone, in real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import on_default
from tests.keyboard import Keyboard
from tests.morning import post
from tests.pages import HANDSET, TABLET, Tablet, Tracking, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), on_default]


def signs_in(there: Visitors, keyboard: Keyboard, username: str) -> None:
    """Sign in without a click. The page puts the focus into the first field."""
    # Wait for the focus: the browser sets it with the first frame, which can be later than the page's load event.
    keyboard.holds("Name")
    keyboard.writes(username)
    keyboard.press("Tab")
    keyboard.writes(there.at.password_of(username))
    keyboard.opens("/")


def test_barista_works_a_shift_without_touching_the_screen(there: Visitors) -> None:
    there.at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    codes = {}
    for number, name in enumerate(("Ana", "Bo", "Cy")):
        assert "Got it" in there.at.text(f"large oat latte for {name}", sender=f"+1202556{number:04}").reply
        [(codes[name],)] = there.at.rows(
            f"SELECT code FROM orders_order WHERE decrypted(name) = '{name}' ORDER BY id DESC LIMIT 1"
        )
    page = there.tab(**TABLET)
    tablet, keyboard = Tablet(page), Keyboard.of(page)

    page.goto("/accounts/login/")
    signs_in(there, keyboard, "maya")
    keyboard.tabs_to(re.compile("Bar 1 "))
    keyboard.opens("/stations/bar-1/")
    tablet.is_live()
    keyboard.holds("Start shift")
    keyboard.press("Enter")

    # The focus moves along with the ticket. When the ticket leaves the board, the focus goes to the next ticket.
    keyboard.tabs_to(f"Start {codes['Ana']}, Ana")
    for step, status in (("Ready", "making"), ("Collected", "ready")):
        keyboard.press("Enter")
        tablet.shows("Ana", status)
        keyboard.holds(f"{step} {codes['Ana']}, Ana")
    keyboard.press("Enter")
    tablet.shows_no("Ana")
    expect(tablet.said).to_contain_text("Ana was collected.")
    keyboard.holds(f"Start {codes['Bo']}, Bo")
    keyboard.tabs_to("Undo")
    keyboard.press("Enter")
    tablet.shows("Ana", "ready")
    expect(tablet.said).to_contain_text("Ana is back: ready.")
    keyboard.holds(f"Start {codes['Bo']}, Bo")

    keyboard.tabs_to(f"More for {codes['Bo']}")
    keyboard.press("Enter")
    expect(tablet.more).to_be_visible()
    keyboard.press("Escape")
    expect(tablet.more).to_be_hidden()
    keyboard.holds(f"More for {codes['Bo']}")
    keyboard.press("Enter")
    keyboard.tabs_to(f"Cancel {codes['Bo']} …")
    keyboard.press("Enter")
    keyboard.tabs_to("we are out of an ingredient")
    keyboard.press("Space")
    keyboard.tabs_to(f"Cancel {codes['Bo']}")
    keyboard.press("Enter")
    tablet.shows_no("Bo")
    expect(tablet.more).to_be_hidden()
    keyboard.holds(f"Start {codes['Cy']}, Cy")
    expect(tablet.said).to_contain_text("Bo was cancelled.")
    assert there.at.verbs(codes["Bo"]) == ["place", "cancel"]

    # The focus also moves along when somebody else moves the ticket.
    [(pk,)] = there.at.rows("SELECT max(id) FROM orders_order WHERE decrypted(name) = 'Cy'")
    for verb, status, in_hand in (("start", "making", "Ready"), ("ready", "ready", "Collected")):
        post(page, f"/stations/bar-1/orders/{pk}/{verb}/")
        tablet.shows("Cy", status)
        keyboard.holds(f"{in_hand} {codes['Cy']}, Cy")
    post(page, f"/stations/bar-1/orders/{pk}/collect/")
    tablet.shows_no("Cy")
    keyboard.holds(f"Collected {codes['Ana']}, Ana")

    keyboard.tabs_to("History")
    keyboard.opens("/stations/bar-1/history/")
    keyboard.tabs_to("Search")
    keyboard.writes("Bo")
    expect(page.locator(".past")).to_have_count(1)
    keyboard.tabs_to(f"Undo {codes['Bo']}")
    keyboard.press("Enter")
    expect(page.locator(".past")).to_contain_text("Bo is back: waiting.")
    keyboard.holds(f"{codes['Bo']} Bo")
    keyboard.tabs_to("Bar 1")
    keyboard.opens("/stations/bar-1/")
    keyboard.tabs_to("Supplies")
    keyboard.opens("/stations/bar-1/supplies/")
    keyboard.tabs_to("Out today: Oat")
    keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Oat is sold out.")
    keyboard.holds("Back: Oat")
    keyboard.press("Enter")
    expect(page.get_by_role("button", name="Out today: Oat")).to_be_visible()
    assert there.faults.seen == []


def test_attendee_orders_by_tab_space_and_arrows(there: Visitors) -> None:
    there.at.write("UPDATE stations_station SET is_open = TRUE")
    page = there.tab(**HANDSET)
    keyboard = Keyboard.of(page)

    page.goto("/events/demo/")
    keyboard.press("Tab")
    keyboard.holds("Skip to the content")
    keyboard.tabs_to(re.compile("^Latte "))
    keyboard.opens("/events/demo/")
    page.wait_for_url("**drink=Latte")
    keyboard.tabs_to(re.compile("Small|Regular|Large"))
    while keyboard.in_hand() != "Large":
        keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Large")).to_be_checked()
    keyboard.press("Tab")
    while not keyboard.in_hand().startswith("Oat"):
        keyboard.press("ArrowRight")
    keyboard.tabs_to("Your name")
    keyboard.writes("Uma")
    keyboard.tabs_to("Order")
    keyboard.press("Enter")

    Tracking(page).says("Waiting")
    expect(page.locator(".tracking-lines")).to_contain_text("Large")
    expect(page.locator(".tracking-lines .milk")).to_have_text("Oat")
    keyboard.tabs_to("Cancel it")
    keyboard.press("Space")
    keyboard.press("Tab")
    keyboard.holds("Yes, cancel")
    keyboard.press("Enter")
    Tracking(page).says("Cancelled")
    assert there.faults.seen == []


def test_organizer_pauses_the_event(there: Visitors) -> None:
    page = there.visitor("organizer")
    keyboard = Keyboard.of(page)

    page.goto("/")
    keyboard.tabs_to(re.compile("^Admin "))
    keyboard.opens("/admin/")
    keyboard.tabs_to("Events")
    keyboard.opens("/admin/stations/event/")
    keyboard.tabs_to(re.compile("Select this object"))
    keyboard.press("Space")
    keyboard.tabs_to(re.compile("Action"))
    keyboard.writes("Pause")
    keyboard.tabs_to("Go")
    keyboard.press("Enter")
    try:
        expect(page.get_by_text("1 paused for 15 minutes.")).to_be_visible()
    finally:
        there.at.write("UPDATE stations_event SET paused_until = NULL")
