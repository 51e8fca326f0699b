"""A barista's tablet without a connection, in real Chromium: taps are stored and sent once, and conflicts are
explained."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response, expect

from tests.bar import (
    STATION,
    Crew,
    code_of,
    connect,
    cut_off,
    has_sent_all,
    order,
    said,
    undo,
)
from tests.conftest import on_default
from tests.pages import Tablet, Visitors

BEN_IS = (
    "UPDATE accounts_membership SET role = '{}' WHERE user_id = (SELECT id FROM accounts_user WHERE username = 'ben')"
)
pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), on_default]


def test_ten_taps_of_two_tablets_without_a_connection_are_sent_once_in_order_and_conflicts_are_said(
    there: Visitors,
) -> None:
    """After ten minutes without a connection, the ten taps of both tablets are sent once and in order.

    A tap that came too late is refused, and the tablet says which barista was first."""
    order(there.at, "Ana", "Bo", "Cy")
    maya, ben = there.tablet("maya", own_clock=True), there.tablet("ben", own_clock=True)
    cut_off(maya, ben)

    for label in ("Start", "Ready", "Collected"):
        maya.touch(label, "Ana")
    maya.touch("Start", "Bo")
    undo(maya, "Bo")
    for label, name in [("Start", "Ana"), ("Ready", "Ana"), ("Start", "Cy"), ("Ready", "Cy"), ("Collected", "Cy")]:
        ben.touch(label, name)
    maya.shows_no("Ana")
    maya.shows("Bo", "waiting")
    ben.shows("Ana", "ready")
    expect(ben.ticket("Ana").locator(".unsent")).to_be_visible()
    for tablet in (maya, ben):
        tablet.page.clock.fast_forward("10:00")
        expect(tablet.page.locator("#outbox")).to_contain_text("5 taps are kept on this tablet")
        tablet.is_not_live()
        tablet.shows("Bo", "waiting")
    maya.page.context.set_offline(False)
    has_sent_all(maya)
    ben.page.context.set_offline(False)
    has_sent_all(ben)

    ana, bo, cy = (code_of(there.at, name) for name in ("Ana", "Bo", "Cy"))
    assert said(maya) == ["5 taps were sent."]
    # Two of Ben's taps were refused for the same reason, so the page shows the reason only once.
    assert said(ben) == ["5 taps were sent.", f"Maya already handed over {ana} Ana."]
    assert [there.at.verbs(code) for code in (ana, bo, cy)] == [
        ["place", "start", "ready", "collect"],
        ["place", "start", "undo"],
        ["place", "start", "ready", "collect"],
    ]
    maya.waits_for(lambda: maya.body == ben.body)
    assert there.faults.of_scripts() == []


def test_a_tap_that_always_gets_a_fault_is_given_up_and_those_behind_it_are_sent(maya: Tablet, crew: Crew) -> None:
    order(crew.there.at, "Fay", "Gus")
    faulty = f"**/orders/{crew.there.at.named('Fay')[-1]}/start/"
    maya.page.route(faulty, lambda route: route.fulfill(status=500, body="a fault"))
    maya.page.clock.install()

    maya.touch("Start", "Fay")
    maya.touch("Start", "Gus")
    for _ in range(5):
        maya.page.clock.run_for(3_000)
    has_sent_all(maya)
    maya.page.unroute(faulty)

    maya.shows("Gus", "making")
    maya.shows("Fay", "waiting")
    assert "was not saved (500)." in " ".join(said(maya))


def test_an_undo_without_a_connection_takes_back_nothing_that_somebody_else_has_done(
    maya: Tablet, ben: Tablet, crew: Crew
) -> None:
    """The undo must not revert another barista's later step. It must also do nothing if the tablet's own step was
    refused."""
    at = crew.there.at
    order(at, "Dee", "Eve")
    codes = {name: maya.code_of(name) for name in ("Dee", "Eve")}
    maya.tap("Start", "Dee")
    ben.shows("Dee", "making")
    cut_off(maya)
    undo(maya, "Dee")
    maya.touch("Start", "Eve")
    undo(maya, "Eve")
    maya.shows("Dee", "waiting")
    maya.shows("Eve", "waiting")
    ben.tap("Ready", "Dee")
    ben.tap("Start", "Eve")

    connect(maya)

    maya.shows("Dee", "ready")
    maya.shows("Eve", "making")
    assert said(maya) == [
        "2 taps were sent.",
        f"Ben already marked {codes['Dee']} Dee ready. Nothing was taken back.",
        f"Ben already started {codes['Eve']} Eve.",
    ]
    assert [at.verbs(code) for code in codes.values()] == [["place", "start", "ready"], ["place", "start"]]


def test_every_verb_waits_for_the_connection_and_is_sent_once(maya: Tablet, ben: Tablet, crew: Crew) -> None:
    at = crew.there.at
    order(at, "Abe", "Bea", "Cal", "Dot")
    at.text("large oat latte and a double espresso for Eli", sender="+12025570999")
    at.write("UPDATE stations_station SET is_open = 1")
    codes = {name: maya.code_of(name) for name in ("Abe", "Bea", "Cal", "Dot", "Eli")}
    for name in ("Dot", "Eli"):
        ben.tap("Start", name)
        maya.shows(name, "making")
    cut_off(maya)

    maya.opens_more("Abe").get_by_role("button", name="Move to Bar 2").click()
    more = maya.opens_more("Bea")
    maya.cancels().fill("the grinder broke")
    more.get_by_role("button", name=f"Cancel {codes['Bea']}").click()
    maya.opens_more("Dot").get_by_role("button", name="I make it now").click()
    maya.touch("Start", "Cal")
    maya.ticket("Eli").get_by_role("button", name="is made").first.click()

    for name in ("Abe", "Bea"):
        maya.shows_no(name)
    expect(maya.ticket("Dot").locator(".maker")).to_have_text("Maya")
    maya.shows("Eli", "making")
    expect(maya.ticket("Eli").locator(".line.made")).to_have_count(1)
    expect(maya.page.locator("#outbox")).to_contain_text("5 taps are kept on this tablet")
    connect(maya)

    assert said(maya) == ["5 taps were sent."]
    assert {name: at.verbs(code)[1:] for name, code in codes.items()} == {
        "Abe": ["move"],
        "Bea": ["cancel"],
        "Cal": ["start"],
        "Dot": ["start", "take_over"],
        "Eli": ["start", "tick"],
    }
    maya.waits_for(lambda: maya.body == ben.body)


def test_a_ticket_put_first_stands_there_at_once_and_is_sent_and_taken_back_later(maya: Tablet, crew: Crew) -> None:
    at = crew.there.at
    at.write("UPDATE stations_station SET is_open = 0 WHERE slug = 'bar-2'")
    order(at, "Lou", "Mia", "Noa")
    for name in ("Lou", "Mia", "Noa"):
        maya.shows(name, "waiting")
    names = maya.page.locator('.column[data-status="waiting"] .ticket .name')
    cut_off(maya)

    maya.opens_more("Noa").get_by_role("button", name="Put first").click()
    expect(names).to_have_text(["Noa", "Lou", "Mia"])
    expect(maya.page.locator("#outbox")).to_contain_text("kept on this tablet")
    connect(maya)
    expect(names).to_have_text(["Noa", "Lou", "Mia"])
    maya.opens_more("Noa").get_by_role("button", name="Back in turn").click()

    expect(names).to_have_text(["Lou", "Mia", "Noa"])
    maya.waits_for(lambda: at.verbs(code_of(at, "Noa")) == ["place", "first", "in_turn"])


def test_two_tabs_of_one_tablet_send_each_tap_once(maya: Tablet, crew: Crew) -> None:
    at, first = crew.there.at, maya
    order(at, "Jan", "Kit")
    second = Tablet(first.page.context.new_page()).open(STATION)
    answered: list[str] = []

    def note(response: Response) -> None:
        if response.request.method == "POST":
            answered.append(response.url.split("/")[-2])

    first.page.context.on("response", note)
    cut_off(first)
    first.touch("Start", "Jan")
    second.touch("Start", "Kit")
    first.touch("Ready", "Jan")
    # Each tab also shows the effect of taps in the other tab.
    second.shows("Jan", "ready")

    first.page.context.set_offline(False)
    for tablet in (first, second):
        has_sent_all(tablet)
        tablet.shows("Jan", "ready")
        tablet.shows("Kit", "making")

    first.page.context.remove_listener("response", note)
    second.page.close()
    assert answered == ["start", "start", "ready"]
    assert at.verbs(code_of(at, "Jan")) == ["place", "start", "ready"]
    assert at.verbs(code_of(at, "Kit")) == ["place", "start"]


def test_whoever_may_act_no_longer_is_told_and_keeps_a_live_page(there: Visitors) -> None:
    order(there.at, "Zoe")
    tablet = there.tablet("ben")
    there.at.write(BEN_IS.format("support"))

    tablet.touch("Start", "Zoe")

    outbox = tablet.page.locator("#outbox")
    expect(outbox).to_contain_text("1 tap is kept on this tablet: you are signed out, or may not do this.")
    expect(outbox.get_by_role("link", name="Sign in again")).to_be_visible()
    outbox.get_by_role("button", name="Forget them").click()
    tablet.shows("Zoe", "waiting")
    expect(outbox).to_be_hidden()
    tablet.is_live()
    assert there.at.verbs(code_of(there.at, "Zoe")) == ["place"]
    there.at.write(BEN_IS.format("barista"))


def test_drinks_that_were_changed_meanwhile_are_not_made_and_the_ticket_says_what_it_was(there: Visitors) -> None:
    order(there.at, "Eva")
    tablet, code = there.tablet("maya"), code_of(there.at, "Eva")
    [(phone,)] = there.at.rows(
        "SELECT phone FROM accounts_customer WHERE id = (SELECT customer_id FROM orders_order ORDER BY id DESC LIMIT 1)"
    )
    cut_off(tablet)
    tablet.touch("Start", "Eva")
    tablet.touch("Ready", "Eva")
    there.at.text("make it soy", sender=phone)

    connect(tablet)

    tablet.shows("Eva", "waiting")
    ticket = tablet.ticket("Eva")
    expect(ticket.locator(".new-sign")).to_have_text("Changed")
    expect(ticket.locator(".was")).to_have_text("Was: Latte, Oat, Large")
    expect(tablet.page.locator("#unseen")).to_contain_text("1 new or changed")
    refused = f"{code} Eva was changed before you tapped. It is now: Latte, Soy, Large. Nothing was done."
    assert said(tablet) == ["2 taps were sent.", refused]
    assert there.at.verbs(code) == ["place", "change"]

    tablet.tap("Start", "Eva")
    tablet.shows("Eva", "making")
    expect(ticket.locator(".was")).to_have_count(0)
    expect(ticket.locator(".new-sign")).to_be_hidden()


def test_taps_of_somebody_who_was_signed_out_wait_until_somebody_answers_for_them(there: Visitors) -> None:
    order(there.at, "Ida")
    tablet = there.tablet("maya")
    code = tablet.code_of("Ida")
    cut_off(tablet)
    tablet.touch("Start", "Ida")
    tablet.touch("Ready", "Ida")
    [session] = [one.get("value") for one in tablet.page.context.cookies() if one.get("name") == "sessionid"]
    there.at.write(f"DELETE FROM django_session WHERE session_key = '{session}'")
    tablet.page.context.set_offline(False)
    outbox = tablet.page.locator("#outbox")

    expect(outbox).to_contain_text("2 taps are kept on this tablet. Sign in again and they are sent.")
    assert there.at.verbs(code) == ["place"]
    tablet.page.get_by_role("link", name="Sign in again").click()
    tablet.page.get_by_label("Name").fill("ben")
    tablet.page.get_by_label("Password").fill(there.at.password_of("ben"))
    tablet.page.get_by_role("button", name="Sign in").click()
    tablet.is_live()
    tablet.starts_shift()
    expect(outbox).to_contain_text("Not sent yet: what Maya tapped here (2).")
    assert there.at.verbs(code) == ["place"]
    tablet.page.get_by_role("button", name="Send as Ben").click()

    has_sent_all(tablet)
    tablet.shows("Ida", "ready")
    assert there.at.verbs(code) == ["place", "start", "ready"]
