"""Fills the demonstration event with the orders of a busy morning, for screenshots and for checks of pages in use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.deployment import DEMO_NUMBER, Deployment, until
from tests.pages import Visitors

#: The morning's orders: how many minutes ago each was texted, and its text.
MORNING = (
    (31, "large flat white for Ines"),
    (29, "two small lattes, one with oat, for Mateo"),
    (24, "regular cappuccino with soy for Priya"),
    (22, "large iced americano for Tom"),
    (14, "large oat latte, extra hot, for Nora"),
    (13, "small mocha with whipped cream for Yusuf"),
    (12, "double espresso for Greta"),
    (11, "large chai latte with almond milk for Chidi"),
    (9, "regular skim cappuccino and a small peppermint tea for Lena"),
    (8, "large decaf flat white, 2 sugars, for Oscar"),
    (7, "small piccolo for Mei"),
    (6, "large hot chocolate with marshmallows for Finn"),
    (5, "regular matcha latte with oat for Amara"),
    (4, "large long black for Stefan, allergic to nuts"),
    (3, "2 large oat lattes, one decaf, for Kofi"),
    (2, "small soy mocha with honey for Elif"),
    (1, "large filter coffee for Hannah"),
    (0, "regular vanilla latte for Leo"),
)
TALKS = (
    (1, ("large oat latte for Sam",)),
    (2, ("flat white please", "large", "Robin")),
    (3, ("which milks do you have?", "small cappuccino, extra hot, for Jo")),
)


def busy_morning(there: Visitors) -> None:
    """Place a morning's orders. Each station then has two collected and three ready orders, two that are being made,
    and some that wait."""
    for number, (ago, body) in enumerate(MORNING):
        answer = there.at.text(body, sender=f"+1202555{number:04}")
        if not re.search("ready (in|within)", answer.reply):
            raise RuntimeError(f"{body!r} was answered: {answer.reply}")
        there.at.write(
            f"""UPDATE orders_order SET placed_at = datetime(placed_at, '-{ago} minutes')
                WHERE id = (SELECT max(id) FROM orders_order)"""
        )
    baristas = [Barista(there.signed_in(name), there.at, bar) for name, bar in (("maya", "bar-1"), ("ben", "bar-2"))]
    for barista in baristas:
        barista.works()
    for number, bodies in TALKS:
        for body in bodies:
            simulate(baristas[0].page, number, body)
    [(station,)] = there.at.rows(
        "SELECT slug FROM orders_order o JOIN stations_station s ON s.id = station_id WHERE decrypted(o.name) = 'Sam'"
        " ORDER BY o.id DESC LIMIT 1"
    )
    sams = baristas[0] if station == "bar-1" else baristas[1]
    sams.tap("start", "Sam")
    sams.tap("ready", "Sam")
    # Only the first bar makes filter coffee, so Hannah's order is on the first bar's board.
    baristas[0].tap("cancel", "Hannah", reason="the machine is down")
    until(there.at.is_idle, what="the end of all sending")
    there.close()


@dataclass(frozen=True)
class Barista:
    """A barista, who sends the same requests as a tablet does."""

    page: Page
    at: Deployment
    station: str

    def works(self) -> None:
        for verb, of, times in (("start", "waiting", 7), ("ready", "making", 5), ("collect", "ready", 2)):
            for _ in range(times):
                self.tap(verb, self._first(of))

    def tap(self, verb: str, name: str, **form: str) -> None:
        [(pk,)] = self.at.rows(f"SELECT max(id) FROM orders_order WHERE decrypted(name) = '{name}'")
        post(self.page, f"/stations/{self.station}/orders/{pk}/{verb}/", **form)

    def _first(self, status: str) -> str:
        [(name,)] = self.at.rows(
            f"""SELECT o.name FROM orders_order o JOIN stations_station s ON s.id = station_id
                WHERE slug = '{self.station}' AND status = '{status}' ORDER BY placed_at, o.id LIMIT 1"""
        )
        return str(name)


def simulate(page: Page, number: int, body: str) -> None:
    """Send a text from one phone of the phone simulator."""
    post(page, f"/simulator/phones/{number}/", to=DEMO_NUMBER, body=body)


def post(page: Page, path: str, **form: str | float | bool) -> None:
    """Send a POST request like htmx, with the cookies of a page that is signed in."""
    [token] = [c["value"] for c in page.context.cookies() if c.get("name", "").endswith("csrftoken")]
    answer = page.request.post(path, form=form, headers={"X-CSRFToken": token, "HX-Request": "true"})
    if not answer.ok or answer.headers.get("act") == "refused":
        raise RuntimeError(f"{path} was answered {answer.status}: {answer.text()[:500]}")
