"""The main journey, from a text to the collected coffee. The tests go through it on every kind of deployment."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.deployment import until
from tests.pages import HANDSET, Tracking, Visitors


def from_text_to_cup(there: Visitors) -> None:
    """Order a large oat latte by text as Sam, make it at Bar 1, and hand it out. No page is reloaded."""
    tablet, wall, phone = there.tablet(), there.wall(), there.phone()
    tablet.shows_no("Sam")
    wall.shows_no("Sam")

    phone.type("large oat latte for Sam")
    tablet.shows("Sam", "waiting")
    wall.shows("Sam", "preparing")

    code = tablet.code_of("Sam")
    expect(tablet.ticket("Sam").locator(".line-text")).to_contain_text("Latte")
    expect(tablet.ticket("Sam").locator(".milk")).to_have_text("Oat")
    expect(tablet.ticket("Sam").locator(".difference")).to_have_text("Large")
    expect(phone.received).to_have_count(1)
    assert f"large oat latte ({code}), ready " in phone.texts()[0]
    [(token,)] = there.at.rows(f"SELECT token FROM orders_order WHERE code = '{code}'")
    tracking = Tracking(there.tab(**HANDSET)).open(token)
    tracking.says("Waiting")

    tablet.tap("Start", "Sam")
    tablet.shows("Sam", "making")
    wall.shows("Sam", "preparing")
    tracking.says("Being made")

    tablet.tap("Ready", "Sam")
    wall.shows("Sam", "ready")
    expect(phone.received).to_have_count(2)
    assert code in phone.texts()[1]
    assert "ready at Bar 1" in phone.texts()[1]
    tablet.shows("Sam", "ready")
    tracking.says("Ready")

    tablet.tap("Collected", "Sam")
    tablet.shows_no("Sam")
    wall.shows_no("Sam")
    tracking.says("Collected")

    until(there.at.is_idle, what="the end of all sending")
    assert there.at.verbs(code) == ["place", "start", "ready", "collect"]
    assert there.at.texts(code) == [("ready", "delivered")]
    assert len(phone.texts()) == 2
