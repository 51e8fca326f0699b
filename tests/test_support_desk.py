"""The support desk in real Chromium: a person finds, answers and helps a customer while more texts arrive."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import expect

from tests.conftest import on_default
from tests.deployment import until
from tests.pages import LivePage, Visitors
from tests.stops import DESK

SENDER = "+12025550177"
INBOX = "/events/demo/support/"


@pytest.mark.browser
@pytest.mark.timeout(90)
@on_default
def test_a_customer_is_found_answered_and_helped_while_texts_arrive(there: Visitors) -> None:
    sasha = LivePage(there.visitor("support", **DESK), "inbox").open(INBOX)
    page = sasha.page
    there.at.text("large oat latte for Robin", sender=SENDER)

    # The inbox was opened before Robin complains, so the server has to push the new case.
    sasha.hears_a_beat()
    there.at.text("I want to talk to a person, this is the wrong coffee", sender=SENDER)
    case = page.locator(".case.rings").filter(has_text="Robin")
    expect(case).to_contain_text("this is the wrong coffee")
    expect(page).to_have_title(re.compile(r"^\(1\) "))

    page.get_by_label("Find a customer").fill("0177")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=re.compile("Robin")).first.click()
    talk = LivePage(page, "talk")
    talk.is_live()
    expect(page.locator(".story")).to_contain_text("A person, please, or a complaint")

    # An arriving text must not change the answer that is being written.
    page.get_by_label("Answer by SMS").fill("So sorry, Robin. A new one")
    there.at.text("hello, is anybody there?", sender=SENDER)
    expect(page.locator(".story > li").filter(has_text="is anybody there?")).to_be_visible()
    expect(page.get_by_label("Answer by SMS")).to_have_value("So sorry, Robin. A new one")
    page.get_by_label("Answer by SMS").press_sequentially(" is being made.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".message")).to_contain_text("Sent.")

    told = "SELECT status FROM sms_outboundmessage WHERE kind = 'support' AND status IN ('sent', 'delivered')"
    until(lambda: there.at.rows(told), what="the answer's sending")
    assert there.at.text("thank you", sender=SENDER).reply == ""
    expect(page.locator(".story > li").first).to_contain_text("thank you")

    orders = page.locator(".desk-order").count()
    page.get_by_role("button", name=re.compile("^Order again")).first.click()
    expect(page.locator(".message")).to_contain_text("Ordered again:")
    expect(page.locator(".desk-order")).to_have_count(orders + 1)

    page.get_by_role("button", name="Solved").click()
    expect(page.locator("#inbox")).to_contain_text("Nobody waits.")
    assert there.at.text("status", sender=SENDER).reply != ""
    assert there.faults.of_scripts() == []


@pytest.mark.browser
@pytest.mark.timeout(90)
@on_default
def test_who_is_taken_by_nobody_of_the_desk_rings_at_the_bar_until_a_barista_sees_to_it(there: Visitors) -> None:
    tablet = there.tablet("maya")
    tablet.open("/stations/bar-1/")
    tablet.is_live()
    # Browsers play sounds only after the user has touched the page.
    tablet.page.locator("#station-name").tap()
    tablet.page.evaluate("""() => { window.played = 0;
      document.addEventListener("expresso:played", () => { window.played += 1; }); }""")
    there.at.text("I want to talk to a person, nobody is here", sender="+12025550178")

    there.at.write("UPDATE sms_conversation SET needs_since = '2026-01-01 00:00:00' WHERE needs_person = (1 = 1)")

    call = tablet.page.locator(".person-call").filter(has_text="nobody is here")
    expect(call).to_be_visible()
    # The sound plays at once, and is repeated every few seconds.
    tablet.page.wait_for_function("() => window.played >= 2", timeout=20_000)
    if folder := os.environ.get("SHOTS"):
        tablet.page.screenshot(path=f"{folder}/call.png")
    call.get_by_role("button").tap()
    expect(tablet.page.locator(".person-call")).to_have_count(0)
    assert there.faults.of_scripts() == []
