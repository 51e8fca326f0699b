"""A barista's tablet in use, in real Chromium: what taps, keys and other people's taps change on its page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.bar import STATION, Crew, has_sent_all, order
from tests.conftest import on_default
from tests.pages import PATIENCE, TABLET, Tablet, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), on_default]
SOUND = "() => document.documentElement.dataset.sound"
#: Script that taps a ticket's button. Its promise resolves when the ticket is painted in its new column.
TAP_AND_SEE = """(name) => new Promise((resolve) => {
  const ticket = [...document.querySelectorAll(".ticket")].find((t) => t.querySelector(".name").textContent === name);
  const button = ticket.querySelector(".go");
  button.click();
  const look = () => ticket.closest(".column").dataset.status === "making"
    ? requestAnimationFrame(() => setTimeout(resolve))
    : requestAnimationFrame(look);
  look();
})"""


def test_the_acting_finger_sees_the_change_before_the_server_has_answered(maya: Tablet, crew: Crew) -> None:
    order(crew.there.at, "Lea", "Moe", "Nan")
    tablet = maya
    tablet.shows("Nan")
    held: list[Route] = []
    tablet.page.route("**/orders/*/*/", lambda route: held.append(route))

    for name in ("Lea", "Moe", "Nan"):
        tablet.page.evaluate(TAP_AND_SEE, name)

    expect(tablet.said).not_to_contain_text("is being made")
    # Taps are sent one at a time: the next tap is sent only after the response to the previous one.
    for number in range(3):
        tablet.waits_for(lambda: len(held) == number + 1)  # noqa: B023
        held[number].continue_()
    tablet.page.unroute("**/orders/*/*/")
    has_sent_all(tablet)


def test_the_keyboard_moves_between_tickets_and_moves_them(maya: Tablet, crew: Crew) -> None:
    order(crew.there.at, "Quin", "Rea", "Sia")
    tablet = maya
    tablet.shows("Sia")
    expect(tablet.page.locator(".ticket")).to_have_count(3)
    tablet.page.evaluate("document.activeElement.blur()")
    press = tablet.page.keyboard.press

    def in_hand() -> str:
        return str(
            tablet.page.evaluate("document.activeElement.closest('.ticket')?.querySelector('.name').textContent")
        )

    press("ArrowDown")
    press("ArrowDown")
    assert in_hand() == "Rea"
    press("Enter")
    tablet.shows("Rea", "making")
    expect(tablet.said).to_contain_text("Rea is being made.")
    assert in_hand() == "Rea"
    press("ArrowLeft")
    assert in_hand() == "Quin"
    press("ArrowDown")
    assert in_hand() == "Sia"
    press("m")
    tablet.cancels().fill("u")
    press("u")
    tablet.shows("Rea", "making")
    press("Escape")
    assert in_hand() == "Sia"
    press("u")
    tablet.shows("Rea", "waiting")
    expect(tablet.said).to_contain_text("Rea is back: waiting.")
    press("?")
    expect(tablet.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    press("Escape")
    tablet.page.get_by_role("button", name="Shift").click()
    tablet.page.get_by_role("group", name="Keyboard shortcuts").get_by_role("radio", name="Off").check()
    tablet.page.get_by_role("button", name="Done").click()
    press("?")
    expect(tablet.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


def test_what_a_person_has_in_hand_outlives_a_pushed_board(maya: Tablet, crew: Crew) -> None:
    order(crew.there.at, *(f"Tim{letter}" for letter in "abcdefghijkl"), "Trudy")
    tablet = maya
    tablet.opens_more("Trudy")
    words = tablet.cancels()
    words.fill("the grinder")
    scrolled = tablet.page.evaluate("document.getElementById('rail-waiting').scrollTop")

    order(crew.there.at, "Ulf")

    expect(tablet.ticket("Ulf", "waiting")).to_have_count(1)
    assert scrolled > 0
    assert tablet.page.evaluate("document.getElementById('rail-waiting').scrollTop") == scrolled
    expect(words).to_have_value("the grinder")
    expect(words).to_be_focused()


def test_more_of_a_ticket_follows_what_somebody_else_does_to_it_meanwhile(
    maya: Tablet, ben: Tablet, crew: Crew
) -> None:
    order(crew.there.at, "Una")
    more = maya.opens_more("Una")
    expect(more.get_by_role("status")).to_have_text("Waiting")
    expect(more.get_by_role("button", name="I make it now")).to_be_hidden()

    ben.tap("Start", "Una")

    expect(more.get_by_role("status")).to_have_text("Being made by Ben")
    expect(more.get_by_role("link", name="Change drinks or name")).to_be_hidden()
    more.get_by_role("button", name="I make it now").click()
    expect(more).to_be_hidden()
    expect(maya.ticket("Una").locator(".maker")).to_have_text("Maya")
    expect(maya.ticket("Una").get_by_label("More for")).to_be_focused()
    expect(ben.ticket("Una").locator(".maker")).to_have_text("Maya")


def test_the_first_tap_unlocks_the_sound_and_a_new_order_is_loud_until_it_is_touched(there: Visitors) -> None:
    order(there.at, "Wim")
    tablet = Tablet(there.signed_in("maya", **TABLET))
    tablet.page.add_init_script("""window.played = [];
      document.addEventListener("expresso:played", (event) => window.played.push(event.detail));""")
    tablet.page.goto(STATION)
    tablet.is_live()
    sheet = tablet.page.get_by_role("dialog", name="Maya at Bar 1")
    expect(sheet).to_be_visible()
    assert tablet.page.evaluate(SOUND) == "locked"

    sheet.get_by_role("radio", name="Loud").check()
    tablet.page.wait_for_function(f"({SOUND})() === 'on'")
    tablet.page.wait_for_function("() => window.played.length === 1")
    sheet.get_by_role("radio", name="Knock").check()
    tablet.starts_shift()
    expect(sheet).to_be_hidden()

    new = tablet.page.locator("#unseen")
    expect(new).to_be_hidden()
    expect(tablet.ticket("Wim").locator(".new-sign")).to_be_hidden()
    order(there.at, "Xan")
    expect(tablet.ticket("Xan").locator(".new-sign")).to_be_visible()
    expect(new).to_contain_text("1 new")
    tablet.page.wait_for_function("() => window.played.filter((name) => name === 'knock').length === 2")
    tablet.page.reload()
    tablet.is_live()
    expect(sheet).to_be_hidden()
    expect(tablet.ticket("Xan").locator(".new-sign")).to_be_visible()
    tablet.ticket("Xan").locator("h3").click()
    expect(tablet.ticket("Xan").locator(".new-sign")).to_be_hidden()
    expect(new).to_be_hidden()
    assert tablet.page.evaluate(SOUND) == "on"
    assert there.faults.seen == []


def test_a_waiting_ticket_that_is_changed_is_loud_until_it_is_touched(maya: Tablet, crew: Crew) -> None:
    crew.there.at.text("large oat latte for Odo", sender="+12025570778")
    crew.there.at.write("UPDATE orders_order SET station_id = (SELECT id FROM stations_station WHERE slug = 'bar-1')")
    maya.ticket("Odo").locator("h3").click()
    expect(maya.ticket("Odo").locator(".new-sign")).to_be_hidden()

    crew.there.at.text("make it soy", sender="+12025570778")

    expect(maya.ticket("Odo").locator(".new-sign")).to_have_text("Changed")
    expect(maya.ticket("Odo").locator(".was")).to_have_text("Was: Latte, Oat, Large")
    maya.page.reload()
    maya.is_live()
    expect(maya.ticket("Odo").locator(".was")).to_be_visible()
    maya.ticket("Odo").locator("h3").click()
    expect(maya.ticket("Odo").locator(".was")).to_be_hidden()


def test_a_late_ticket_is_late_no_more_once_it_is_ready(maya: Tablet, crew: Crew) -> None:
    order(crew.there.at, "Uma")
    maya.tap("Start", "Uma")
    has_sent_all(maya)
    maya.hears_a_beat()
    maya.page.evaluate("""() => {
      document.getElementById("board").dataset.lateMinutes = "0";
      for (const time of document.querySelectorAll("#board time[data-to]")) delete time.dataset.to;
    }""")
    expect(maya.ticket("Uma").locator(".age")).to_have_attribute("data-late", "late", timeout=PATIENCE)

    maya.tap("Ready", "Uma")

    maya.shows("Uma", "ready")
    expect(maya.ticket("Uma").locator(".age")).not_to_have_attribute("data-late", "late")


def test_a_board_shows_only_what_its_reader_may_do(there: Visitors) -> None:
    order(there.at, "Vic")
    tablet = there.tablet("support")

    tablet.shows("Vic")
    expect(tablet.page.get_by_text("Look only")).to_be_visible()
    for name in ("Start", "New order", "Supplies", "Shift"):
        expect(
            tablet.page.get_by_role("button", name=name).or_(tablet.page.get_by_role("link", name=name))
        ).to_have_count(0)
    tablet.opens_more("Vic")
    expect(tablet.more.get_by_role("button", name="Cancel")).to_have_count(0)


def test_what_a_customer_answers_is_heard_and_stands_on_the_ticket_until_it_was_seen(maya: Tablet, crew: Crew) -> None:
    at = crew.there.at
    at.text("large oat latte for Ivo", sender="+12025570777")
    at.write("UPDATE orders_order SET station_id = (SELECT id FROM stations_station WHERE slug = 'bar-1')")
    tablet = maya
    more = tablet.opens_more("Ivo")
    expect(tablet.page.locator("#unseen")).to_be_hidden()
    tablet.page.evaluate("""() => { window.played = 0;
      document.addEventListener("expresso:played", () => { window.played += 1; }); }""")
    more.get_by_role("button", name="It takes a little longer").click()
    expect(more).to_contain_text("Sorry, your order takes a little longer than we said.")
    tablet.page.keyboard.press("Escape")

    at.text("no worries", sender="+12025570777")

    answer = tablet.ticket("Ivo").locator(".answer")
    expect(answer).to_contain_text("no worries")
    tablet.page.wait_for_function("() => window.played === 1")
    answer.get_by_role("button", name="Seen").click()
    expect(answer).to_have_count(0)
    assert crew.there.faults.of_scripts() == []


def test_a_person_finds_theme_and_sound_on_another_tablet_and_the_volume_stays_with_this_one(there: Visitors) -> None:
    tablet = there.tablet("ben")
    tablet.page.get_by_role("button", name="Shift").click()
    sheet = tablet.page.get_by_role("dialog", name="Ben at Bar 1")
    with tablet.page.expect_response("**/accounts/preferences/") as answer:
        sheet.get_by_role("radio", name="Light").check()
    assert answer.value.status == 204
    sheet.get_by_role("radio", name="Loud").check()
    assert tablet.page.evaluate("document.documentElement.dataset.theme") == "light"

    other = Tablet(there.signed_in("ben", **TABLET)).open(STATION)

    assert other.page.evaluate("document.documentElement.dataset.theme") == "light"
    other.page.get_by_role("button", name="Shift").click()
    expect(other.page.get_by_role("radio", name="Light")).to_be_checked()
    expect(other.page.get_by_role("radio", name="Medium")).to_be_checked()
