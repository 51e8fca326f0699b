"""Measures the first paint and the response to a tap, on a simulated slow device, for the pages in tests/speed.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page

from tests import deployment
from tests.browser import chromium
from tests.pages import Visitors, visitors
from tests.speed import PATIENT, SLOWER, Place, opened

#: Numbers of waiting orders with which pages are measured: twenty minutes of work, and the most that a board can show.
WAITING = (60, 300)
TIMES = 3

LARGEST_PAINT = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
#: Script that starts measuring the time from each tap or key to the paint of its effect.
LISTEN = """() => {
  window.slowest = 0;
  window.before = performance.interactionCount;
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId) window.slowest = Math.max(duration, window.slowest);
    }
  }).observe({ type: "event", durationThreshold: 16 });
}"""
#: Script that waits until all is painted and returns the time of the slowest tap or key, or null if there was none.
#: Browsers do not report times below 16 ms, so faster taps count as 16 ms.
SLOWEST = """() => new Promise((resolve) => {
  const painted = () => requestAnimationFrame(() => setTimeout(() =>
    resolve(performance.interactionCount > window.before ? Math.max(window.slowest, 16) : null), 100));
  requestAnimationFrame(painted);
})"""


@dataclass(frozen=True)
class Speed:
    """Largest Contentful Paint and Interaction to Next Paint, in milliseconds, as medians of TIMES visits.

    The paint counts as good up to 2 500 ms, the interaction up to 200 ms: https://web.dev/articles/vitals"""

    lcp: float
    inp: float | None


def pages(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the speed of each page as {number of waiting orders: {name of the page: fields of its Speed}}."""
    return {str(waiting): _pages(folder / f"pages-{waiting}", waiting) for waiting in WAITING}


def _pages(folder: Path, waiting: int) -> dict[str, Any]:
    folder.mkdir()
    with (
        deployment.running(deployment.default(folder)) as cafe,
        chromium() as browser,
        visitors(browser, cafe) as there,
    ):
        return {place.name: asdict(_speed(page, place)) for place, page in slowed(there, waiting)}


def slowed(there: Visitors, waiting: int) -> Iterator[tuple[Place, Page]]:
    for place, page in opened(there, waiting=waiting):
        page.context.set_default_timeout(PATIENT)
        page.context.set_default_navigation_timeout(PATIENT)
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield place, page
        session.detach()


def _speed(page: Page, place: Place) -> Speed:
    visits = [_visit(page, place) for _ in range(TIMES)]
    taps = [inp for _, inp in visits if inp is not None]
    return Speed(median(lcp for lcp, _ in visits), median(taps) if taps else None)


def _visit(page: Page, place: Place) -> tuple[float, float | None]:
    """Return the times of the first paint and of the slowest tap in milliseconds. The second is None for a page without
    taps."""
    page.goto(place.path)
    lcp = float(page.evaluate(LARGEST_PAINT))
    if place.does is None:
        return lcp, None
    if place.prepares:
        place.prepares(page)
    page.evaluate(LISTEN)
    place.does(page)
    slowest = page.evaluate(SLOWEST)
    if slowest is None:
        raise RuntimeError(f"{place.name}: no tap was noticed")
    return lcp, float(slowest)
