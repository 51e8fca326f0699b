"""A barista's tablet without a connection, and what else it does by itself: in real Chromium, at a real server."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Request, Response, Route, expect

from tests.conftest import on_default
from tests.deployment import Deployment
from tests.pages import TABLET, Tablet, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), on_default]
#: Seconds after the connection's return within which everything is sent and the board is the server's.
BACK_WITHIN = 5
STATION = "/stations/bar-1/"

HAS_WORKER = "() => navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))"
KEEPS_PAGE = "(path) => caches.match(path, { ignoreVary: true }).then(Boolean)"
NOTHING_KEPT = "() => window.expresso.store.all().then((taps) => taps.length === 0)"
KEEPS_BOARD_WITH_HAL = """() => caches.match("/stations/bar-1/?board")
  .then((found) => found?.text()).then((board) => Boolean(board?.includes("Hal")))"""
SOUND = "() => document.documentElement.dataset.sound"


def order(at: Deployment, *names: str) -> None:
    """Somebody's latte each, all at bar-1."""
    at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    for name in names:
        [(customers,)] = at.rows("SELECT count(*) FROM accounts_customer")
        assert "Got it" in at.text(f"large oat latte for {name}", sender=f"+1202557{customers:04}").reply


def code_of(at: Deployment, name: str) -> str:
    [(code,)] = at.rows(f"SELECT code FROM orders_order WHERE name = '{name}' ORDER BY id DESC LIMIT 1")
    return str(code)


def cut_off(*tablets: Tablet) -> None:
    for tablet in tablets:
        tablet.page.context.set_offline(True)


def has_its_page(tablet: Tablet) -> None:
    """From now on the tablet can do without the server."""
    tablet.waits_for(lambda: tablet.page.evaluate(HAS_WORKER))
    tablet.waits_for(lambda: tablet.page.evaluate(KEEPS_PAGE, STATION))


def undo(tablet: Tablet) -> None:
    tablet.page.wait_for_timeout(400)
    tablet.said.get_by_role("button", name="Undo").click()


def has_sent_all(tablet: Tablet) -> None:
    tablet.is_live()
    tablet.waits_for(lambda: tablet.page.evaluate(NOTHING_KEPT))
    expect(tablet.page.locator("#outbox")).to_be_hidden()


def said(tablet: Tablet) -> list[str]:
    return [line.strip() for line in tablet.said.locator(".said-text").all_inner_texts()]


def test_ten_taps_of_two_tablets_without_a_connection_are_sent_once_in_order_and_conflicts_are_said(
    there: Visitors, record_property: Callable[[str, object], None]
) -> None:
    """And the connection is away for ten minutes."""
    order(there.at, "Ana", "Bo", "Cy")
    maya, ben = there.tablet("maya", own_clock=True), there.tablet("ben", own_clock=True)
    cut_off(maya, ben)

    for label in ("Start", "Ready", "Collected"):
        maya.touch(label, "Ana")
    maya.touch("Start", "Bo")
    undo(maya)
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
    back = time.monotonic()
    ben.page.context.set_offline(False)
    has_sent_all(ben)
    seconds = time.monotonic() - back

    print(f"five taps sent and live {seconds:.2f} s after the connection's return")
    record_property("back", seconds)
    assert seconds < BACK_WITHIN
    ana, bo, cy = (code_of(there.at, name) for name in ("Ana", "Bo", "Cy"))
    assert said(maya) == ["5 taps were sent."]
    assert said(ben) == ["5 taps were sent.", *[f"Maya already handed over {ana} Ana."] * 2]
    assert [there.at.verbs(code) for code in (ana, bo, cy)] == [
        ["place", "start", "ready", "collect"],
        ["place", "start", "undo"],
        ["place", "start", "ready", "collect"],
    ]
    maya.waits_for(lambda: maya.body == ben.body)
    assert there.faults.of_scripts() == []


def test_an_undo_without_a_connection_does_not_take_back_what_somebody_else_did_meanwhile(there: Visitors) -> None:
    order(there.at, "Dee")
    maya, ben = there.tablet("maya"), there.tablet("ben")
    code = maya.code_of("Dee")
    maya.tap("Start", "Dee")
    ben.shows("Dee", "making")
    cut_off(maya)
    undo(maya)
    maya.shows("Dee", "waiting")
    ben.tap("Ready", "Dee")

    maya.page.context.set_offline(False)
    has_sent_all(maya)

    maya.shows("Dee", "ready")
    assert said(maya) == [f"Ben already marked {code} Dee ready. Nothing was taken back."]
    assert there.at.verbs(code) == ["place", "start", "ready"]


def test_every_verb_waits_for_the_connection_and_is_sent_once(there: Visitors) -> None:
    order(there.at, "Abe", "Bea", "Cal", "Dot")
    there.at.text("large oat latte and a double espresso for Eli", sender="+12025570999")
    there.at.write("UPDATE stations_station SET is_open = 1")
    maya, ben = there.tablet("maya"), there.tablet("ben")
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
    maya.page.context.set_offline(False)
    has_sent_all(maya)

    assert said(maya) == ["5 taps were sent."]
    assert {name: there.at.verbs(code)[1:] for name, code in codes.items()} == {
        "Abe": ["move"],
        "Bea": ["cancel"],
        "Cal": ["start"],
        "Dot": ["start", "take_over"],
        "Eli": ["start", "tick"],
    }
    maya.waits_for(lambda: maya.body == ben.body)


def test_an_undo_of_a_tap_that_was_refused_is_not_sent(there: Visitors) -> None:
    order(there.at, "Eve")
    maya, ben = there.tablet("maya"), there.tablet("ben")
    code = maya.code_of("Eve")
    cut_off(maya)
    maya.touch("Start", "Eve")
    undo(maya)
    ben.tap("Start", "Eve")

    maya.page.context.set_offline(False)
    has_sent_all(maya)

    maya.shows("Eve", "making")
    assert said(maya) == [f"Ben already started {code} Eve."]
    assert there.at.verbs(code) == ["place", "start"]


def test_a_page_loaded_anew_in_the_middle_of_an_outage_has_the_last_board_and_its_taps(
    there: Visitors, record_property: Callable[[str, object], None]
) -> None:
    order(there.at, "Fay", "Gus")
    tablet = there.tablet("maya")
    has_its_page(tablet)
    # What came after the page was loaded is on the last board alone.
    order(there.at, "Hal")
    tablet.shows("Hal", "waiting")
    tablet.waits_for(lambda: tablet.page.evaluate(KEEPS_BOARD_WITH_HAL))

    there.at.kill()
    tablet.touch("Start", "Fay")
    tablet.touch("Start", "Gus")
    tablet.page.reload()

    tablet.shows("Hal", "waiting")
    tablet.shows("Fay", "making")
    expect(tablet.page.locator("#outbox")).to_contain_text("2 taps are kept on this tablet")
    tablet.is_not_live()
    assert re.search(r"Not live since \d\d:\d\d\. All stands as it was at \d\d:\d\d", tablet.banner.inner_text())
    # The tablet throws the tab away, and the installed page begins anew.
    tab = tablet.page.context.new_page()
    tablet.page.close()
    tab.goto("/")
    again = Tablet(tab)
    again.shows("Gus", "making")
    again.touch("Ready", "Gus")

    there.at.start()
    back = time.monotonic()
    has_sent_all(again)

    seconds = time.monotonic() - back
    print(f"three taps sent and live {seconds:.2f} s after the start")
    record_property("back", seconds)
    # The server has just started, and the machine may have a whole suite to run.
    assert seconds < 2 * BACK_WITHIN
    again.shows("Gus", "ready")
    assert said(again)[0] == "3 taps were sent."
    assert there.at.verbs(code_of(there.at, "Fay")) == ["place", "start"]
    assert there.at.verbs(code_of(there.at, "Gus")) == ["place", "start", "ready"]
    assert there.faults.of_scripts() == []


def test_taps_of_somebody_who_was_signed_out_wait_until_somebody_answers_for_them(there: Visitors) -> None:
    order(there.at, "Ida")
    tablet = there.tablet("maya")
    code = tablet.code_of("Ida")
    cut_off(tablet)
    tablet.touch("Start", "Ida")
    tablet.touch("Ready", "Ida")
    there.at.write("DELETE FROM django_session")
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


def test_two_tabs_of_one_tablet_send_each_tap_once(there: Visitors) -> None:
    order(there.at, "Jan", "Kit")
    first = there.tablet("maya")
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
    # Each tab shows what the other one has tapped.
    second.shows("Jan", "ready")

    first.page.context.set_offline(False)
    for tablet in (first, second):
        has_sent_all(tablet)
        tablet.shows("Jan", "ready")
        tablet.shows("Kit", "making")

    assert answered == ["start", "start", "ready"]
    assert there.at.verbs(code_of(there.at, "Jan")) == ["place", "start", "ready"]
    assert there.at.verbs(code_of(there.at, "Kit")) == ["place", "start"]


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


def test_the_acting_finger_sees_the_change_before_the_server_has_answered(
    there: Visitors, record_property: Callable[[str, object], None]
) -> None:
    order(there.at, "Lea", "Moe", "Nan")
    tablet = there.tablet("maya")
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
    has_sent_all(tablet)


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


def test_three_hundred_tickets_scroll_and_move_without_stutter(
    there: Visitors, record_property: Callable[[str, object], None]
) -> None:
    order(there.at, "Ola", "Pia")
    tablet = there.tablet("maya")
    tablet.page.evaluate(FILL)

    frames = tablet.page.evaluate(SCROLL)
    touch = tablet.page.evaluate(TOUCH_TO_PAINT, "Ola")

    print(f"300 tickets: median frame {frames[30]:.1f} ms, p95 {frames[56]:.1f} ms; touch to paint {touch:.0f} ms")
    record_property("frames", (frames[30], frames[56]))
    # A frame is 17 ms where the machine has nothing else to do; this one may share its cores with a whole suite.
    assert frames[30] < 60
    assert touch < 200


def test_the_keyboard_moves_between_tickets_and_moves_them(there: Visitors) -> None:
    order(there.at, "Quin", "Rea", "Sia")
    tablet = there.tablet("maya")
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


def test_what_a_person_has_in_hand_outlives_a_pushed_board(there: Visitors) -> None:
    order(there.at, "Tess", "Tim", "Tina", "Toby", "Tom", "Tori", "Trudy")
    tablet = there.tablet("maya")
    tablet.opens_more("Trudy")
    words = tablet.cancels()
    words.fill("the grinder")
    scrolled = tablet.page.evaluate("document.getElementById('rail-waiting').scrollTop")

    order(there.at, "Ulf")

    expect(tablet.ticket("Ulf", "waiting")).to_have_count(1)
    assert scrolled > 0
    assert tablet.page.evaluate("document.getElementById('rail-waiting').scrollTop") == scrolled
    expect(words).to_have_value("the grinder")
    expect(words).to_be_focused()


def test_a_page_that_lacks_a_ticket_of_a_frame_asks_for_the_whole_board_and_only_then(there: Visitors) -> None:
    order(there.at, "Ada", "Bas")
    tablet = there.tablet("maya")
    asked: list[str] = []

    def note(request: Request) -> None:
        # The worker asks as well, but not as the page does.
        if request.url.endswith(STATION) and "hx-request" in request.headers:
            asked.append(request.url)

    tablet.page.on("request", note)
    tablet.page.evaluate("""document.querySelector("[data-live]").addEventListener("htmx:wsAfterMessage",
      (event) => (window.frames_seen ??= []).push(event.detail.message))""")

    order(there.at, "Cas")
    tablet.shows("Cas", "waiting")

    frames = tablet.page.evaluate("window.frames_seen.filter((one) => one.includes('id=\"board\"'))")
    assert ["Ada" in frame for frame in frames] == [False] * len(frames)
    assert asked == []
    # As if the frame that brought it had been lost, and another one had been seen half.
    tablet.ticket("Ada").evaluate("(ticket) => ticket.remove()")
    tablet.ticket("Bas").evaluate("(ticket) => (ticket.dataset.digest = 'old')")
    order(there.at, "Dan")
    for name in ("Ada", "Bas", "Cas", "Dan"):
        tablet.shows(name, "waiting")
    tablet.waits_for(lambda: len(asked) == 1)
    expect(tablet.page.locator(".ticket[data-digest=old]")).to_have_count(0)


def test_a_pause_is_counted_down_and_what_needs_the_server_says_so_without_one(there: Visitors) -> None:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=12)
    order(there.at, "Eda")
    tablet = there.tablet("maya", own_clock=True)
    more = tablet.opens_more("Eda")
    expect(more.locator("#detail")).not_to_be_empty()
    there.at.write(f"UPDATE stations_event SET paused_until = '{until:%Y-%m-%d %H:%M:%S}'")
    try:
        expect(tablet.page.locator("#board")).to_contain_text(re.compile(r"Resumes by itself at .*\(in 1[12] min\)"))
    finally:
        there.at.write("UPDATE stations_event SET paused_until = NULL")
    cut_off(tablet)
    tablet.passes(10)
    tablet.is_not_live()

    more.get_by_role("link", name="Change drinks or name").click()
    expect(more).to_contain_text("“Change drinks or name” needs the server, and there is no connection.")
    more.get_by_role("button", name="Close").click()
    tablet.page.get_by_role("link", name="New order").click()

    expect(tablet.page.locator("#trouble")).to_contain_text("“New order” needs the server, and there is no connection.")
    tablet.shows("Eda", "waiting")


def test_more_of_a_ticket_follows_what_somebody_else_does_to_it_meanwhile(there: Visitors) -> None:
    order(there.at, "Una")
    maya, ben = there.tablet("maya"), there.tablet("ben")
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


def test_what_a_customer_answers_is_heard_and_stands_on_the_ticket_until_it_was_seen(there: Visitors) -> None:
    there.at.text("large oat latte for Ivo", sender="+12025570777")
    there.at.write("UPDATE orders_order SET station_id = (SELECT id FROM stations_station WHERE slug = 'bar-1')")
    tablet = there.tablet("maya")
    tablet.page.evaluate("""() => { window.played = 0;
      document.addEventListener("expresso:played", () => { window.played += 1; }); }""")
    more = tablet.opens_more("Ivo")
    more.get_by_role("button", name="It takes a little longer").click()
    expect(more).to_contain_text("Sorry, your order takes a little longer than we said.")
    tablet.page.keyboard.press("Escape")

    there.at.text("no worries", sender="+12025570777")

    answer = tablet.ticket("Ivo").locator(".answer")
    expect(answer).to_contain_text("no worries")
    tablet.page.wait_for_function("() => window.played === 1")
    answer.get_by_role("button", name="Seen").click()
    expect(answer).to_have_count(0)
    assert there.faults.seen == []


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


def test_signing_out_leaves_no_page_on_the_tablet(there: Visitors) -> None:
    order(there.at, "Yves")
    tablet = there.tablet("maya")
    has_its_page(tablet)
    page = tablet.page

    page.goto("/")
    page.get_by_role("button", name=re.compile("Sign out")).click()
    expect(page.get_by_label("Password")).to_be_visible()

    tablet.waits_for(lambda: not page.evaluate(KEEPS_PAGE, STATION))
    cut_off(tablet)
    with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        page.goto(STATION)


def test_whoever_may_look_on_but_not_act_is_told_and_keeps_a_live_page(there: Visitors) -> None:
    order(there.at, "Zoe")
    tablet = there.tablet("support")

    tablet.touch("Start", "Zoe")

    outbox = tablet.page.locator("#outbox")
    expect(outbox).to_contain_text("1 tap is kept on this tablet: you are signed out, or may not do this.")
    expect(outbox.get_by_role("link", name="Sign in again")).to_be_visible()
    outbox.get_by_role("button", name="Forget them").click()
    tablet.shows("Zoe", "waiting")
    expect(outbox).to_be_hidden()
    tablet.is_live()
    assert there.at.verbs(code_of(there.at, "Zoe")) == ["place"]
