"""During a rush, a barista sees many complete tickets, and customers soon see their own line on the wall display."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect

from tests.bar import STATION, order
from tests.conftest import on_default
from tests.deployment import Deployment
from tests.pages import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240), on_default]
#: Script that counts the tickets that are completely visible in the column.
WHOLE = """(status) => {
  const rail = document.querySelector(`#rail-${status}`).getBoundingClientRect();
  return [...document.querySelectorAll(`#tickets-${status} > .ticket`)].filter((ticket) => {
    const box = ticket.getBoundingClientRect();
    return box.top >= rail.top - 1 && box.bottom <= Math.min(rail.bottom, innerHeight) + 1;
  }).length;
}"""
#: Script that counts the columns of tickets. It compares the left edges of the first eight tickets.
COLUMNS = """() => new Set([...document.querySelectorAll("#tickets-waiting > .ticket")].slice(0, 8)
  .map((ticket) => Math.round(ticket.getBoundingClientRect().left))).size"""
BATCHES = """() => document.querySelector("#rail-waiting .batches")?.getBoundingClientRect().height ?? 0"""
#: Script that returns the codes that are completely visible on the wall display.
SHOWN = """() => {
  const list = document.querySelector("#list-preparing").getBoundingClientRect();
  return [...document.querySelectorAll("#list-preparing > li:not([data-off])")].filter((line) => {
    const box = line.getBoundingClientRect();
    return box.height > 0 && box.bottom <= list.bottom + 1 && box.right <= list.right + 1;
  }).map((line) => line.querySelector(".code").textContent);
}"""


def names(count: int) -> list[str]:
    return [f"Guest {chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(count)]


def wait_as_a_rush(at: Deployment, count: int) -> None:
    at.write("UPDATE stations_event SET max_drinks_per_window = 0")
    order(at, *names(count))


def test_21_who_wait_stand_in_two_columns_of_whole_tickets(there: Visitors) -> None:
    wait_as_a_rush(there.at, 21)
    tablet = there.tablet("maya")
    tablet.open(STATION)
    tablet.is_live()
    if folder := os.environ.get("SHOTS"):
        tablet.page.screenshot(path=f"{folder}/rush.png")

    expect(tablet.page.locator("#tickets-waiting > .ticket")).to_have_count(21)
    assert tablet.page.evaluate(WHOLE, "waiting") >= 6
    assert tablet.page.evaluate(COLUMNS) == 2
    assert tablet.page.evaluate(BATCHES) <= 64


def test_everybody_of_37_sees_their_line_on_the_wall_within_20_seconds(there: Visitors) -> None:
    wait_as_a_rush(there.at, 37)
    page = there.visitor("wall", viewport={"width": 1280, "height": 720})
    page.clock.install()
    page.goto("/events/demo/wall/")
    expect(page.locator("#list-preparing > li")).to_have_count(37)
    everybody = set(page.locator("#list-preparing .code").all_text_contents())
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/wall.png")

    seen = set(page.evaluate(SHOWN))
    for _ in range(19):
        page.clock.run_for(1000)
        seen |= set(page.evaluate(SHOWN))

    assert seen == everybody
