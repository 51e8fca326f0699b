"""Pages of a tablet without a connection, in real Chromium: walk-ins, links, and what the device has stored."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.bar import (
    KEEPS_PAGE,
    STATION,
    Crew,
    code_of,
    cut_off,
    has_its_page,
    has_sent_all,
    order,
    said,
)
from tests.conftest import on_default
from tests.pages import PATIENCE, Tablet, Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), on_default]

KEEPS_BOARD_WITH_HAL = """() => caches.match("/stations/bar-1/?board")
  .then((found) => found?.text()).then((board) => Boolean(board?.includes("Hal")))"""


def test_a_walk_in_that_finds_no_server_is_kept_and_sent_once_and_other_pages_say_so(maya: Tablet, crew: Crew) -> None:
    at, page = crew.there.at, maya.page
    has_its_page(maya)
    at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    [(before,)] = at.rows("SELECT coalesce(max(id), 0) FROM orders_order")
    last = f"{STATION}new/?drink=Peppermint+tea"
    maya.waits_for(lambda: page.evaluate(KEEPS_PAGE, last), within=3 * PATIENCE)
    page.get_by_role("link", name="New order").click()
    page.get_by_role("button", name=re.compile("^Latte ")).click()
    page.get_by_label("Large").check()
    page.get_by_label("Oat").check()
    page.get_by_label("Name for the cup").fill("Wes")
    cut_off(maya)

    page.get_by_role("button", name="Another drink").click()
    expect(page.get_by_role("alert")).to_contain_text("“Another drink” needs the server, and there is no connection.")
    page.get_by_role("button", name="Take the order").last.click()
    page.wait_for_url(f"**{STATION}")
    expect(page.locator("#outbox")).to_contain_text("Taken here: Latte, Large, Oat for Wes.")
    # The second and third walk-in order also start without a server, from forms that the tablet has stored.
    in_14_hours = f"{dt.datetime.now(dt.UTC) + dt.timedelta(hours=14):%H:%M}"
    for ready_at in ("", in_14_hours):
        page.get_by_role("link", name="New order").click()
        page.get_by_role("button", name="Flat white").click()
        page.get_by_label("Small").check()
        page.get_by_label("Ready at").fill(ready_at)
        page.get_by_role("button", name="Take the order").last.click()
        page.wait_for_url(f"**{STATION}")
    expect(page.locator("#outbox")).to_contain_text("3 taps are kept on this tablet")
    page.goto(f"{STATION}supplies/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    page.get_by_role("link", name="Back to the board").click()
    expect(page.locator("#outbox")).to_contain_text("for Wes;")
    page.goto(f"{STATION}history/")
    page.context.set_offline(False)
    # The page opens by itself when the server can be reached again.
    expect(page.get_by_role("heading", level=1)).to_have_text("History")
    page.get_by_role("link", name="Bar 1").click()

    has_sent_all(maya)
    maya.shows("Wes", "waiting")
    taken = at.rows(f"SELECT name, wanted_at IS NOT NULL FROM orders_order WHERE id > {before} ORDER BY id")
    assert [(name, bool(is_later)) for name, is_later in taken] == [("Wes", False), ("", False), ("", True)]
    assert crew.there.faults.of_scripts() == []


def test_a_tap_on_a_page_beside_the_board_that_gets_no_answer_says_so_there(maya: Tablet, crew: Crew) -> None:
    at, page = crew.there.at, maya.page
    has_its_page(maya)
    order(at, "Xia")
    maya.shows("Xia", "waiting")
    code = maya.code_of("Xia")
    at.write(
        "UPDATE orders_order SET status = 'cancelled', closed_at = CURRENT_TIMESTAMP WHERE decrypted(name) = 'Xia'"
    )
    page.goto(f"{STATION}history/?q=Xia")
    cut_off(maya)

    page.get_by_role("button", name=f"Undo {code}").click()
    expect(page.get_by_role("alert")).to_have_text(f"“Undo {code}” was not saved: no connection. Tap it again.")
    page.context.set_offline(False)
    page.get_by_role("link", name=code).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xia")
    cut_off(maya)
    page.get_by_role("button", name="Undo: one step back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    expect(page.locator("#main")).to_contain_text("What you tapped got no answer.")

    assert at.verbs(code) == ["place"]


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
    page.goto(STATION)
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    expect(page.locator(".ticket")).to_have_count(0)


def test_a_page_loaded_anew_in_the_middle_of_an_outage_has_the_last_board_and_its_taps(there: Visitors) -> None:
    order(there.at, "Fay", "Gus")
    tablet = there.tablet("maya")
    has_its_page(tablet)
    # Hal's order came after the page was loaded, so only the separately stored board contains it.
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
    # The system closes the tab, and the installed web app starts again.
    tab = tablet.page.context.new_page()
    tablet.page.close()
    tab.goto("/")
    again = Tablet(tab)
    again.shows("Gus", "making")
    again.touch("Ready", "Gus")

    there.at.start()
    has_sent_all(again)

    again.shows("Gus", "ready")
    assert said(again)[0] == "3 taps were sent."
    assert there.at.verbs(code_of(there.at, "Fay")) == ["place", "start"]
    assert there.at.verbs(code_of(there.at, "Gus")) == ["place", "start", "ready"]
    assert there.faults.of_scripts() == []
