"""Orders without a text, in real Chromium: on an attendee's phone, at a kiosk, and by a barista for a walk-in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import on_default
from tests.pages import HANDSET, TABLET, Tracking, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(90), on_default]
#: Milliseconds without a touch after which the kiosk returns to its start.
IDLE = 60_000
EVENT = "/events/demo/"


class Taps:
    """Taps tiles and buttons of a page, and counts these taps."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, *labels: str) -> None:
        for label in labels:
            self.press(
                self.page.locator(".card, .tile, .desk-acts .button").filter(has_text=re.compile(rf"^\s*{label}(\s|$)"))
            )

    def write(self, label: str, text: str) -> None:
        self.press(self.page.get_by_label(label))
        self.page.keyboard.type(text)

    def press(self, place: Locator) -> None:
        place.tap()
        self.count += 1


def test_order_takes_five_taps_and_is_changed_and_followed_on_the_phone(there: Visitors) -> None:
    there.at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    tablet, wall = there.tablet(), there.wall()
    phone = there.tab(**HANDSET)
    phone.goto(EVENT)
    taps = Taps(phone)

    taps.tap("Latte", "Large", "Oat")
    taps.write("Your name", "Sam")
    taps.tap("Order")

    page = Tracking(phone)
    page.says("Waiting")
    assert taps.count <= 5
    tablet.shows("Sam", "waiting")
    wall.shows("Sam", "preparing")

    # Headless Chromium refuses notifications, as a person can do. The page then explains how to allow them.
    phone.get_by_role("button", name="Tell me here when it is ready").tap()
    expect(phone.locator("#tell [data-case=blocked]")).to_be_visible()

    phone.get_by_role("link", name="Change it").tap()
    taps.tap("Soy", "Save changes")
    expect(tablet.ticket("Sam").locator(".milk")).to_have_text("Soy")

    tablet.tap("Start", "Sam")
    page.says("Being made")
    tablet.tap("Ready", "Sam")
    wall.shows("Sam", "ready")
    page.says("Ready at Bar 1")
    expect(phone).to_have_title(re.compile("^Ready at Bar 1: "))
    there.at.write("UPDATE stations_station SET is_open = TRUE")
    assert there.faults.seen == []


def test_phone_that_reads_german_is_written_to_and_answers(there: Visitors) -> None:
    there.at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    tablet, bar = there.tablet(), there.visitor("maya", **TABLET)
    phone = there.tab(**HANDSET, locale="de-DE")
    phone.goto(EVENT)
    taps = Taps(phone)

    taps.tap("Latte", "Groß", "Hafermilch")
    taps.write("Dein Name", "Uwe")
    taps.tap("Bestellen")
    Tracking(phone).says("Wartet")
    [(pk,)] = there.at.rows("SELECT id FROM orders_order WHERE decrypted(name) = 'Uwe'")
    bar.goto(f"/stations/bar-1/orders/{pk}/")
    bar.get_by_role("button", name="It takes a little longer").click()
    phone.get_by_label("Deine Antwort an die Bar").fill("kein Problem")
    bar.get_by_role("button", name="Please come to the bar").click()

    # The pushed message must not overwrite the answer that the customer is typing.
    expect(phone.get_by_text("Kommst du bitte zu Bar 1?")).to_be_visible()
    expect(phone.get_by_label("Deine Antwort an die Bar")).to_have_value("kein Problem")
    phone.get_by_role("button", name="Senden").tap()
    expect(tablet.ticket("Uwe")).to_contain_text("kein Problem")
    expect(phone.get_by_text("Du: kein Problem")).to_be_visible()
    there.at.write("UPDATE stations_station SET is_open = TRUE")
    assert there.faults.seen == []


def test_phone_without_javascript_orders_follows_and_drops(there: Visitors) -> None:
    phone = there.tab(**HANDSET, java_script_enabled=False)
    phone.goto(EVENT)

    phone.get_by_label("Type it as you would text it").fill("small mocha and an espresso for Zed")
    phone.get_by_role("button", name="Continue").tap()
    Taps(phone).tap("Order")
    expect(phone.locator(".tracking-lines li")).to_have_count(2)
    phone.get_by_text("Cancel it", exact=True).tap()
    phone.get_by_role("button", name=re.compile("^Yes, cancel")).tap()

    expect(phone.locator(".tracking-word")).to_contain_text("Cancelled")
    assert there.faults.seen == []


def test_kiosk_says_the_code_and_forgets_whoever_walks_away(there: Visitors) -> None:
    kiosk = there.signed_in("wall", **TABLET)
    kiosk.clock.install()
    kiosk.goto(f"{EVENT}kiosk/")
    taps = Taps(kiosk)

    taps.tap("Espresso")
    taps.write("Your name", "Noor")
    taps.tap("Order")
    expect(kiosk.get_by_text("Thank you, Noor.")).to_be_visible()
    [(code,)] = there.at.rows("SELECT code FROM orders_order WHERE decrypted(name) = 'Noor'")
    expect(kiosk.locator("h1")).to_have_text(code)
    kiosk.get_by_role("link", name="Next order").tap()
    taps.tap("Mocha")
    taps.write("Your name", "Lou")
    kiosk.clock.run_for(IDLE - 1000)
    expect(kiosk.get_by_label("Your name")).to_have_value("Lou")
    kiosk.clock.run_for(2000)

    expect(kiosk.locator("h1")).to_have_text("What would you like?")
    kiosk.go_back()
    expect(kiosk.get_by_text("Lou")).to_have_count(0)
    assert there.faults.seen == []


def test_barista_takes_a_walk_in_in_four_taps(there: Visitors) -> None:
    tablet = there.tablet()
    taps = Taps(tablet.page)

    taps.press(tablet.page.get_by_role("link", name="New order"))
    taps.tap("Flat white", "Small", "Take the order")

    tablet.is_live()
    expect(tablet.said).to_contain_text("waits at Bar 1.")
    assert taps.count == 4
    # The barista goes back in the browser and uses the same form for the next guest. The form must get a new key,
    # because an order with the same key would count as a repetition of the first.
    page, key = tablet.page, "document.querySelector('[name=key]').value"
    page.go_back()
    taps.tap("Small")
    before = page.evaluate(key)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.evaluate(key) != before
    taps.tap("Take the order")
    tablet.is_live()
    assert there.at.rows("SELECT count(*) FROM orders_order WHERE channel = 'walk_in'") == [(2,)]
    assert there.faults.seen == []


def test_wall_loads_a_new_build_by_itself_and_does_so_once(there: Visitors) -> None:
    wall = there.wall()
    page = wall.page
    hears_of_another = """() => {
      window.old = true;
      document.getElementById("pulse").dataset.build = "another";
      document.dispatchEvent(new Event("htmx:wsAfterMessage"));
    }"""

    with page.expect_navigation():
        page.evaluate(hears_of_another)
    wall.is_live()
    assert page.evaluate("window.old") is None
    page.evaluate(hears_of_another)
    wall.hears_a_beat()

    assert page.evaluate("window.old") is True
