"""Uses each page as people do, and counts how many elements the browser styles and lays out for one tap.

`make bench` measures the time of a tap, which depends on the machine. Most of this time goes into styling and laying
out elements. Their number is the same on every machine, so tests check this number."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.deployment import Deployment
from tests.pages import DOUBLE_TAP, HANDSET, PATIENCE, SCREEN, TABLET, Tablet, Visitors
from tests.stops import BAR, DESK, EVENT
from tests.tour import tracking

#: The device that `make bench` simulates is this many times slower than the machine.
SLOWER = 4
PATIENT = SLOWER * PATIENCE
#: Milliseconds between two keys when a person types.
KEY = 80

#: Script that counts the files that the browser needs before the first paint.
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter((file) => file.renderBlockingStatus === "blocking").length"""
PAINTED = "() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)))"


@dataclass(frozen=True)
class Place:
    """A page to measure. `does` uses the page as a person would; if it is None, only the first paint is measured."""

    name: str
    path: str
    size: dict[str, Any]
    username: str = ""
    does: Callable[[Page], object] | None = None
    #: Prepares the page before the measurement starts.
    prepares: Callable[[Page], object] | None = None


@dataclass(frozen=True)
class Work:
    """How much a page gives the browser to do: files before the first paint, and elements styled and laid out for a
    change."""

    files: int
    styled: int = 0
    laid_out: int = 0


def work(there: Visitors, *, waiting: int) -> Iterator[tuple[str, Work]]:
    """Yield the browser's work on every page, while `waiting` orders wait at the first bar.

    `styled` and `laid_out` are the highest numbers for a single change while somebody uses the page."""
    for place, page in opened(there, waiting=waiting):
        page.goto(place.path)
        files = int(page.evaluate(BLOCKING))
        if place.does is None:
            yield place.name, Work(files)
            continue
        if place.prepares:
            place.prepares(page)
        page.wait_for_load_state(
            "networkidle", timeout=PATIENT
        )  # Tickets below the first screen are loaded later, so wait for them.
        yield place.name, Work(files, *_changes(page, place.does))


def _changes(page: Page, does: Callable[[Page], object]) -> tuple[int, int]:
    browser = page.context.browser
    assert browser, "pages of the tour have a browser"
    browser.start_tracing(page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline"])
    does(page)
    page.evaluate(PAINTED)
    styled, laid_out = [0], [0]
    for event in _of(page, json.loads(browser.stop_tracing())["traceEvents"]):
        if event["name"] == "UpdateLayoutTree":
            styled.append(event["args"].get("elementCount", 0))
        elif event["name"] == "Layout":
            laid_out.append(event["args"].get("beginData", {}).get("dirtyObjects", 0))
    return max(styled), max(laid_out)


def _of(page: Page, events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield only this page's events. A trace has the events of all open tabs, and each tab has its own process."""
    [frames] = [event["args"]["data"]["frames"] for event in events if event["name"] == "TracingStartedInBrowser"]
    processes = {frame["processId"] for frame in frames if frame["url"] == page.url}
    return (event for event in events if event["pid"] in processes)


def opened(there: Visitors, *, waiting: int) -> Iterator[tuple[Place, Page]]:
    """Yield every page to measure, and a tab of its user, while `waiting` orders wait at the first bar."""
    there.at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    for number, name in enumerate(("Ana", "Bo", "Cy", "Dee")):
        there.at.text(f"large oat latte for {name}", sender=f"+1202558{number:04}")
    fill(there.at, waiting)
    tabs: dict[str, Page] = {}
    for place in places(there.at):
        who = f"{place.username} {place.size}"
        if who not in tabs:
            tabs[who] = there.visitor(place.username, **place.size)
        yield place, tabs[who]


def places(at: Deployment) -> Iterator[Place]:
    yield Place("sign in", "/accounts/login/", HANDSET, does=writes("Name", "maya"))
    yield Place("menu", EVENT, HANDSET, does=writes("Type it as you would text it", "oat latte"))
    yield Place("drink", f"{EVENT}?drink=Latte", HANDSET, does=chooses)
    yield Place("an order", tracking(at, "Dee"), HANDSET, does=changes_their_mind)
    yield Place("kiosk", f"{EVENT}kiosk/?drink=Latte", TABLET, "wall", does=chooses)
    yield Place("wall", f"{EVENT}wall/", SCREEN, "wall")
    yield Place("board", BAR, TABLET, "maya", works, begins)
    yield Place("walk-in", f"{BAR}new/?drink=Latte", TABLET, "maya", does=chooses)
    yield Place("history", f"{BAR}history/", TABLET, "maya", does=searches)
    yield Place("supplies", f"{BAR}supplies/", TABLET, "maya", does=counts)
    yield Place("simulator", "/simulator/", DESK, "admin", texts, has_written)
    yield Place("an event in the admin", "/admin/stations/event/1/change/", DESK, "admin", does=sets_up)


def fill(at: Deployment, waiting: int) -> None:
    """Copy the newest waiting order until `waiting` orders wait at the first bar."""
    [(model, there)] = at.rows(
        "SELECT max(id), count(*) FROM orders_order WHERE status = 'waiting'"
        " AND station_id = (SELECT id FROM stations_station WHERE slug = 'bar-1')"
    )
    times = waiting - there
    copy(at, "orders_order", f"id = {model}", times, token="hex(randomblob(16))", code=f"printf('Z%03d', {model} + n)")
    newest = "(SELECT max(id) FROM orders_order)"
    copy(at, "orders_orderitem", f"order_id = {model}", times, order_id=f"{newest} - n + 1")


def copy(at: Deployment, table: str, which: str, times: int, **other: str) -> None:
    """Insert `times` copies of a table's rows. `other` has SQL expressions, which can use `n`, for columns that
    differ."""
    columns = [name for (name,) in at.rows(f"SELECT name FROM pragma_table_info('{table}') WHERE name != 'id'")]
    at.write(f"""WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {times})
        INSERT INTO {table} ({", ".join(columns)})
        SELECT {", ".join(other.get(name, name) for name in columns)} FROM {table}, numbers WHERE {which}""")


#: Script that scrolls an element into view and returns the coordinates of its center.
MIDDLE = """(element) => {
  element.scrollIntoView({ block: "center" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


def tap(place: Locator) -> None:
    """Click at coordinates. Playwright's own click would run a script in the page, which would be measured too."""
    place.wait_for()
    place.page.mouse.click(*place.evaluate(MIDDLE))


# Functions that use a page as people do


def writes(label: str, text: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        tap(page.get_by_label(label, exact=True))
        # Type at a person's speed. Keys without a pause would be painted only once, at the end.
        page.keyboard.type(text, delay=KEY)

    return act


def chooses(page: Page) -> None:
    for name in ("Large", "Oat"):
        tap(page.locator(".tile").filter(has_text=re.compile(rf"^\s*{name}(\s|$)")))
    tap(page.locator("main summary").first)
    tap(page.locator("#name"))
    page.keyboard.type("Sam", delay=KEY)


def changes_their_mind(page: Page) -> None:
    tap(page.get_by_text("Cancel it", exact=True))
    tap(page.get_by_role("button", name="Tell me here when it is ready"))


def counts(page: Page) -> None:
    tap(page.get_by_role("button", name="of Oat milk more"))
    tap(page.get_by_role("button", name="Out today: Soy"))
    tap(page.get_by_role("button", name="Back: Soy"))
    page.get_by_role("button", name="Out today: Soy").wait_for()


def has_written(page: Page) -> None:
    page.get_by_label("Message from +12025550101", exact=True).fill("latte for Sam")


def texts(page: Page) -> None:
    tap(page.get_by_role("button", name="Send from +12025550101"))
    page.get_by_text("latte for Sam", exact=True).last.wait_for()


def sets_up(page: Page) -> None:
    writes("Name:", "!")(page)
    tap(page.get_by_label("Last day"))


def begins(page: Page) -> None:
    board = Tablet(page)
    board.is_live(within=PATIENT)
    board.starts_shift()


def works(page: Page) -> None:
    """Open and close a ticket's dialog, move the order to its next status, and undo that."""
    tap(page.locator("#tickets-waiting .more").first)
    page.keyboard.press("Escape")
    tap(page.locator("#tickets-waiting .go").first)
    page.locator("#said button").wait_for()
    page.wait_for_timeout(DOUBLE_TAP)
    tap(page.locator("#said button"))
    page.wait_for_timeout(DOUBLE_TAP)


def searches(page: Page) -> None:
    """Type into the search field while the page is replacing the rows below."""
    writes("Search", "latte ")(page)
    page.wait_for_timeout(DOUBLE_TAP)
    page.keyboard.type("l")
