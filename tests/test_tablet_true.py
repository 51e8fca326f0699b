"""In real Chromium, a barista's tablet shows the right state after WebSocket messages were lost, orders were moved to
another station, or a pause ended, and with a wrong clock."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Request, expect

from tests.bar import STATION, Crew, code_of, connect, cut_off, has_sent_all, order
from tests.conftest import on_default
from tests.deployment import Deployment
from tests.pages import PATIENCE, TABLET, Tablet, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), on_default]


def test_a_page_that_lacks_a_ticket_of_a_frame_asks_for_the_whole_board_and_only_then(maya: Tablet, crew: Crew) -> None:
    order(crew.there.at, "Ada", "Bas")
    tablet = maya
    tablet.shows("Bas")
    asked: list[str] = []

    def note(request: Request) -> None:
        # Count only requests by the page. The service worker requests the board too, without this header.
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
    # Change the page as if one frame had been lost and another had arrived only in part.
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
        # The pause ends within three seconds. Neither a tap nor a pushed message tells the pages about its end.
        pauses(there.at, minutes=0.05)
        expect(maya.page.locator("#board")).not_to_contain_text("No new orders", timeout=2 * PATIENCE)
        expect(wall.page.locator("#wall")).not_to_contain_text("No new orders", timeout=2 * PATIENCE)
        guest.clock.run_for(34_000)
        expect(guest.locator("[data-closed]")).to_have_count(0)
        expect(guest.get_by_role("button", name=re.compile("^Latte "))).to_be_enabled()
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
    tablet.page.get_by_role("link", name="Supplies").click()

    expect(tablet.page.locator("#trouble")).to_contain_text("“Supplies” needs the server, and there is no connection.")
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
    [(zone,)] = there.at.rows("SELECT time_zone FROM stations_event WHERE slug = 'demo'")
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
        # The order is moved to another station and back. Each tablet misses one of the two moves.
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
        expect(other.page.locator("#station-name")).to_have_text("North bar", timeout=2 * PATIENCE)
    finally:
        at.write("UPDATE stations_station SET name = 'Bar 2' WHERE slug = 'bar-2'")
        other.page.context.close()


#: SQL that inserts copies of the newest order that are an hour older.
CROWD = """INSERT INTO orders_order ({columns})
  SELECT {values} FROM orders_order, (WITH RECURSIVE counted(n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {many}) SELECT n FROM counted)
  WHERE orders_order.id = (SELECT max(id) FROM orders_order)"""


def crowds(at: Deployment, many: int) -> None:
    own = {
        "token": "token || n",
        "code": "'Z' || n",
        "name": "encrypted('Early ' || n)",
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
    # Meanwhile 301 older orders are placed. A board shows 300 tickets, so Uma and Vic are not among them.
    crowds(at, 301)
    maya.touch("Start", "Vic")
    connect(maya)

    maya.shows("Vic", "making")
    maya.shows_no("Uma")
    waiting = maya.page.locator('.column[data-status="waiting"]')
    expect(waiting.locator("h2 .count")).to_have_text("302")
    expect(waiting.locator(".banner")).to_have_text("And 3 more that came later: they appear as these are made.")
    assert at.verbs(code_of(at, "Vic")) == ["place", "start"]
