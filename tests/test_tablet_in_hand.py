"""A barista's tablet in hand: what a finger, a key and somebody else's tap change, and what stays. In real Chromium."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Request, Route, expect

from tests.bar import STATION, Crew, code_of, connect, cut_off, has_sent_all, order
from tests.conftest import on_default
from tests.deployment import Deployment
from tests.pages import PATIENCE, TABLET, Tablet, Visitors, visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), on_default]
SOUND = "() => document.documentElement.dataset.sound"
#: Milliseconds from the finger's touch until the ticket's new place has been painted.
TOUCH_TO_PAINT = """(name) => new Promise((resolve) => {
  const ticket = [...document.querySelectorAll(".ticket")].find((t) => t.querySelector(".name").textContent === name);
  const button = ticket.querySelector(".go");
  const began = performance.now();
  button.click();
  const look = () => ticket.closest(".column").dataset.status === "making"
    ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
    : requestAnimationFrame(look);
  look();
})"""
#: 300 tickets being made, each with an order of its own, and a rail that scrolls through them.
FILL = """() => {
  const list = document.getElementById("tickets-making");
  const model = document.querySelector("#tickets-waiting > .ticket");
  for (let number = 1; number <= 300; number += 1) {
    const ticket = model.cloneNode(true);
    ticket.id = `order-${900000 + number}`;
    ticket.dataset.status = "making";
    list.append(ticket);
  }
}"""
SCROLL = """() => new Promise((resolve) => {
  const rail = document.getElementById("rail-making");
  const frames = [];
  let before = performance.now();
  const step = (now) => {
    frames.push(now - before);
    before = now;
    rail.scrollTop += 120;
    if (frames.length < 60) requestAnimationFrame(step);
    else resolve(frames.slice(1).sort((a, b) => a - b));
  };
  requestAnimationFrame(step);
})"""


@pytest.fixture(scope="module")
def crew(browser: Browser, default_deployment: Deployment) -> Iterator[Crew]:
    with visitors(browser, default_deployment) as there:
        yield Crew(there)


@pytest.fixture
def maya(crew: Crew, cafe: Deployment) -> Tablet:
    return crew.at_work("maya")


@pytest.fixture
def ben(crew: Crew, cafe: Deployment) -> Tablet:
    return crew.at_work("ben")


def test_the_acting_finger_sees_the_change_before_the_server_has_answered(
    maya: Tablet, crew: Crew, record_property: Callable[[str, object], None]
) -> None:
    order(crew.there.at, "Lea", "Moe", "Nan")
    tablet = maya
    tablet.shows("Nan")
    held: list[Route] = []
    tablet.page.route("**/orders/*/*/", lambda route: held.append(route))

    figures = [tablet.page.evaluate(TOUCH_TO_PAINT, name) for name in ("Lea", "Moe", "Nan")]

    print(f"touch to paint: {', '.join(f'{figure:.0f} ms' for figure in figures)}")
    record_property("touch_to_paint", figures)
    assert sorted(figures)[1] < 100
    expect(tablet.said).not_to_contain_text("is being made")
    # One after the other: the second is only asked for once the first has its answer.
    for number in range(3):
        tablet.waits_for(lambda: len(held) == number + 1)  # noqa: B023
        held[number].continue_()
    tablet.page.unroute("**/orders/*/*/")
    has_sent_all(tablet)


def test_three_hundred_tickets_scroll_and_move_without_stutter(
    maya: Tablet, crew: Crew, record_property: Callable[[str, object], None]
) -> None:
    order(crew.there.at, "Ola", "Pia")
    tablet = maya
    tablet.shows("Pia")
    tablet.page.evaluate(FILL)

    frames = tablet.page.evaluate(SCROLL)
    touch = tablet.page.evaluate(TOUCH_TO_PAINT, "Ola")

    print(f"300 tickets: median frame {frames[30]:.1f} ms, p95 {frames[56]:.1f} ms; touch to paint {touch:.0f} ms")
    record_property("frames", (frames[30], frames[56]))
    # A frame is 17 ms where the machine has nothing else to do; this one may share its cores with a whole suite.
    assert frames[30] < 60
    assert touch < 200


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
    order(crew.there.at, "Tess", "Tim", "Tina", "Toby", "Tom", "Tori", "Trudy")
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


def test_a_page_that_lacks_a_ticket_of_a_frame_asks_for_the_whole_board_and_only_then(maya: Tablet, crew: Crew) -> None:
    order(crew.there.at, "Ada", "Bas")
    tablet = maya
    tablet.shows("Bas")
    asked: list[str] = []

    def note(request: Request) -> None:
        # The worker asks as well, but not as the page does.
        if request.url.endswith(STATION) and "hx-request" in request.headers:
            asked.append(request.url)

    tablet.page.on("request", note)
    tablet.page.evaluate("""document.querySelector("[data-live]").addEventListener("htmx:wsAfterMessage",
      (event) => (window.frames_seen ??= []).push(event.detail.message))""")

    order(crew.there.at, "Cas")
    tablet.shows("Cas", "waiting")

    frames = tablet.page.evaluate("window.frames_seen.filter((one) => one.includes('id=\"board\"'))")
    assert ["Ada" in frame for frame in frames] == [False] * len(frames)
    assert asked == []
    # As if the frame that brought it had been lost, and another one had been seen half.
    tablet.ticket("Ada").evaluate("(ticket) => ticket.remove()")
    tablet.ticket("Bas").evaluate("(ticket) => (ticket.dataset.digest = 'old')")
    order(crew.there.at, "Dan")
    for name in ("Ada", "Bas", "Cas", "Dan"):
        tablet.shows(name, "waiting")
    tablet.waits_for(lambda: len(asked) == 1)
    expect(tablet.page.locator(".ticket[data-digest=old]")).to_have_count(0)


def test_a_pause_is_counted_down_and_all_pages_open_again_by_themselves(maya: Tablet, crew: Crew) -> None:
    there = crew.there
    wall = there.wall()
    guest = there.tab(**TABLET)
    guest.clock.install()
    pauses(there.at, minutes=12)
    try:
        expect(maya.page.locator("#board")).to_contain_text(re.compile(r"Resumes by itself at .*\(in 1[12] min\)"))
        expect(wall.page.locator("#wall")).to_contain_text("No new orders")
        guest.goto("/events/demo/")
        expect(guest.locator("[data-closed]")).to_contain_text("No new orders until")
        # In a moment it is over, and nobody says so.
        pauses(there.at, minutes=0.05)
        expect(maya.page.locator("#board")).not_to_contain_text("No new orders", timeout=4 * PATIENCE)
        expect(wall.page.locator("#wall")).not_to_contain_text("No new orders", timeout=4 * PATIENCE)
        guest.clock.run_for(34_000)
        expect(guest.locator("[data-closed]")).to_have_count(0)
        expect(guest.get_by_role("button", name="Latte", exact=True)).to_be_enabled()
    finally:
        there.at.write("UPDATE stations_event SET paused_until = NULL")
        wall.page.context.close()
        guest.context.close()


def pauses(at: Deployment, *, minutes: float) -> None:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)
    at.write(f"UPDATE stations_event SET paused_until = '{until:%Y-%m-%d %H:%M:%S}'")


def test_without_a_connection_what_needs_the_server_says_so(there: Visitors) -> None:
    order(there.at, "Eda")
    tablet = there.tablet("maya", own_clock=True)
    more = tablet.opens_more("Eda")
    expect(more.locator("#detail")).not_to_be_empty()
    cut_off(tablet)
    tablet.passes(10)
    tablet.is_not_live()

    more.get_by_role("link", name="Change drinks or name").click()
    expect(more).to_contain_text("“Change drinks or name” needs the server, and there is no connection.")
    more.get_by_role("button", name="Close").click()
    tablet.page.get_by_role("link", name="New order").click()

    expect(tablet.page.locator("#trouble")).to_contain_text("“New order” needs the server, and there is no connection.")
    tablet.shows("Eda", "waiting")


def test_a_tablet_whose_clock_is_an_hour_ahead_in_another_zone_shows_the_events_times(there: Visitors) -> None:
    order(there.at, "Hua")
    page = there.visitor("maya", **TABLET, timezone_id="Asia/Tokyo")
    page.clock.install(time=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    tablet = Tablet(page).open(STATION)

    expect(tablet.ticket("Hua").locator(".age")).to_contain_text(re.compile("now|1 min"))
    cut_off(tablet)
    tablet.passes(10)

    tablet.is_not_live()
    [(zone,)] = there.at.rows("SELECT time_zone FROM stations_event")
    now = dt.datetime.now(ZoneInfo(zone))
    about_now = {f"{now - dt.timedelta(minutes=minutes):%H:%M}" for minutes in (-1, 0, 1, 2)}
    assert set(re.findall(r"\d\d:\d\d", tablet.banner.inner_text())) <= about_now


def test_an_order_moved_while_a_tablet_missed_it_appears_there_once_and_nowhere_else(maya: Tablet, crew: Crew) -> None:
    at = crew.there.at
    order(at, "Moa", "Noa")
    at.write("UPDATE stations_station SET is_open = 1")
    other = crew.there.tablet("ben", "bar-2")
    try:
        cut_off(other)
        maya.opens_more("Moa").get_by_role("button", name="Move to Bar 2").click()
        has_sent_all(maya)
        other.shows_no("Moa")
        connect(other)
        other.shows("Moa", "waiting")
        maya.shows_no("Moa")
        # There and back again, and both have missed a part of it.
        cut_off(maya)
        other.opens_more("Moa").get_by_role("button", name="Move to Bar 1").click()
        has_sent_all(other)
        cut_off(other)
        connect(maya)
        maya.shows("Moa", "waiting")
        connect(other)
        other.shows_no("Moa")
        maya.shows("Noa", "waiting")
        at.write("UPDATE stations_station SET name = 'North bar' WHERE slug = 'bar-2'")
        expect(other.page.locator("#station-name")).to_have_text("North bar", timeout=4 * PATIENCE)
    finally:
        at.write("UPDATE stations_station SET name = 'Bar 2' WHERE slug = 'bar-2'")
        other.page.context.close()


#: Copies of the newest order that came an hour before it.
CROWD = """INSERT INTO orders_order ({columns})
  SELECT {values} FROM orders_order, (WITH RECURSIVE counted(n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {many}) SELECT n FROM counted)
  WHERE orders_order.id = (SELECT max(id) FROM orders_order)"""


def crowds(at: Deployment, many: int) -> None:
    own = {
        "token": "token || n",
        "code": "'Z' || n",
        "name": "'Early ' || n",
        "placed_at": "datetime(placed_at, '-1 hour')",
    }
    columns = [name for (name,) in at.rows("SELECT name FROM pragma_table_info('orders_order') WHERE name <> 'id'")]
    values = ", ".join(own.get(name, name) for name in columns)
    at.write(CROWD.format(columns=", ".join(columns), values=values, many=many))


def test_a_full_board_says_how_many_more_wait_and_a_tap_on_what_it_hides_counts(maya: Tablet, crew: Crew) -> None:
    at = crew.there.at
    order(at, "Uma", "Vic")
    maya.shows("Vic", "waiting")
    cut_off(maya)
    # Three hundred and one that came earlier are called back meanwhile.
    crowds(at, 301)
    maya.touch("Start", "Vic")
    connect(maya)

    maya.shows("Vic", "making")
    maya.shows_no("Uma")
    waiting = maya.page.locator('.column[data-status="waiting"]')
    expect(waiting.locator("h2 .count")).to_have_text("302")
    expect(waiting.locator(".banner")).to_have_text("And 3 more that came later: they appear as these are made.")
    assert at.verbs(code_of(at, "Vic")) == ["place", "start"]


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
