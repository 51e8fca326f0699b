"""Helpers for tests at one bar: place orders, cut tablets' connections, wait until tablets have sent their taps."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.deployment import Deployment
from tests.pages import PATIENCE, Tablet, Visitors

STATION = "/stations/bar-1/"
HAS_WORKER = "() => navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))"
KEEPS_PAGE = "(path) => caches.match(path, { ignoreVary: true }).then(Boolean)"
# Script that returns true if no tap waits on the device. It opens the browser's database without a version number, so
# that only the page creates its tables (static/js/outbox/store.js).
NOTHING_KEPT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("expresso");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const counting = opening.result.transaction("taps").objectStore("taps").count();
    counting.onsuccess = () => resolve(counting.result === 0);
    opening.result.close();
  };
})"""


@dataclass
class Crew:
    """Baristas by username, each with one tablet. All tests of a file share the tablets."""

    there: Visitors
    tablets: dict[str, Tablet] = field(default_factory=dict)

    def at_work(self, username: str) -> Tablet:
        """Return this barista's tablet online, with its board open, and with no unsent taps."""
        if username not in self.tablets:
            self.tablets[username] = self.there.tablet(username)
        tablet = self.tablets[username]
        tablet.page.context.set_offline(False)
        if not tablet.page.url.endswith(STATION) or tablet.page.locator("dialog[open]").count():
            tablet.open(STATION)
        tablet.is_live()
        return tablet


def order(at: Deployment, *names: str) -> None:
    """Order a large oat latte for each name. All orders go to the station bar-1."""
    at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    for name in names:
        [(customers,)] = at.rows("SELECT count(*) FROM accounts_customer")
        assert "Got it" in at.text(f"large oat latte for {name}", sender=f"+1202557{customers:04}").reply


def code_of(at: Deployment, name: str) -> str:
    [(code,)] = at.rows(f"SELECT code FROM orders_order WHERE id = {at.named(name)[-1]}")
    return str(code)


def cut_off(*tablets: Tablet) -> None:
    for tablet in tablets:
        tablet.page.context.set_offline(True)


def connect(tablet: Tablet) -> None:
    tablet.page.context.set_offline(False)
    has_sent_all(tablet)


def has_its_page(tablet: Tablet) -> None:
    """Wait until the service worker has stored the board's page, so that it opens without the server."""
    for holds in (lambda: tablet.page.evaluate(HAS_WORKER), lambda: tablet.page.evaluate(KEEPS_PAGE, STATION)):
        tablet.waits_for(holds, within=2 * PATIENCE)


def undo(tablet: Tablet, name: str) -> None:
    """Tap Undo in the message about the order with this name."""
    expect(tablet.said).to_contain_text(name)
    tablet.said.get_by_role("button", name="Undo").click()


def has_sent_all(tablet: Tablet) -> None:
    tablet.is_live()
    tablet.waits_for(lambda: tablet.page.evaluate(NOTHING_KEPT), within=2 * PATIENCE)
    expect(tablet.page.locator("#outbox")).to_be_hidden()


def said(tablet: Tablet) -> list[str]:
    return [line.strip() for line in tablet.said.locator(".said-text").all_inner_texts()]
