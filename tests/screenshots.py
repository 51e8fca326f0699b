"""`make screenshots`: the pictures in docs/screenshots, taken in the middle of a busy morning.

python -m tests.screenshots [folder]"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page, expect

from expresso.machine import BASE_DIR
from tests import deployment
from tests.browser import chromium
from tests.deployment import Deployment, until
from tests.pages import HANDSET, SCREEN, TABLET, Phone, Tablet, Visitors, visitors

FOLDER = BASE_DIR / "docs" / "screenshots"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}

#: Minutes ago, and what was texted.
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


@dataclass(frozen=True)
class Shot:
    name: str
    path: str
    size: dict[str, Any]
    #: Who is looking; "" is nobody in particular.
    username: str = ""


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        deployment.running(deployment.default(Path(data))) as cafe,
        chromium() as browser,
        visitors(browser, cafe) as there,
    ):
        busy_morning(there)
        for shot, theme in product(shots(cafe), THEMES):
            file = folder / f"{shot.name}-{theme}.png"
            take(there, shot, theme, file)
            print(f"{file.name}: {file.stat().st_size // 1024} KB")


def busy_morning(there: Visitors) -> None:
    for number, (ago, body) in enumerate(MORNING):
        answer = there.at.text(body, sender=f"+1202555{number:04}")
        if "ready in" not in answer.reply:
            raise RuntimeError(f"{body!r} was answered: {answer.reply}")
        there.at.write(
            f"""UPDATE orders_order SET placed_at = datetime(placed_at, '-{ago} minutes')
                WHERE id = (SELECT max(id) FROM orders_order)"""
        )
    tablets = [there.tablet(username, station) for username, station in (("maya", "bar-1"), ("ben", "bar-2"))]
    for tablet in tablets:
        work(tablet)
    page = there.phone().page
    for number, bodies in TALKS:
        for body in bodies:
            Phone(page, number).text(body)
    [(station,)] = there.at.rows(
        "SELECT slug FROM orders_order o JOIN stations_station s ON s.id = station_id WHERE o.name = 'Sam'"
    )
    sams = tablets[0] if station == "bar-1" else tablets[1]
    move(sams, "Start", "Sam", to="making")
    move(sams, "Ready", "Sam", to="ready")
    expect(Phone(page, 1).received).to_have_count(2)
    until(there.at.is_idle, what="the end of all sending")
    there.close()


def work(tablet: Tablet) -> None:
    """Two are collected, three stand ready, two are being made; the others wait."""
    for label, of, to, times in (
        ("Start", "waiting", "making", 7),
        ("Ready", "making", "ready", 5),
        ("Collected", "ready", "", 2),
    ):
        for _ in range(times):
            first = tablet.page.locator(f'.column[data-status="{of}"] .ticket .name').first
            move(tablet, label, first.inner_text(), to=to)


def move(tablet: Tablet, label: str, name: str, *, to: str) -> None:
    tablet.tap(label, name)
    if to:
        tablet.shows(name, to)
    else:
        tablet.shows_no(name)


def shots(cafe: Deployment) -> Iterator[Shot]:
    [(token,)] = cafe.rows("SELECT token FROM orders_order WHERE name = 'Leo'")
    yield Shot("board", "/stations/bar-1/", TABLET, "maya")
    yield Shot("wall", "/events/demo/wall/", SCREEN, "wall")
    yield Shot("simulator", "/simulator/", DESK, "maya")
    yield Shot("tracking", f"/orders/{token}/", HANDSET)
    yield Shot("order", "/events/demo/", HANDSET)
    yield Shot("order-drink", "/events/demo/?drink=Latte", HANDSET)
    yield Shot("kiosk", "/events/demo/kiosk/", TABLET, "wall")
    yield Shot("walk-in", "/stations/bar-1/new/?drink=Latte", TABLET, "maya")
    yield Shot("posters", "/events/demo/posters/", DESK, "organizer")
    yield Shot("home", "/", DESK, "organizer")
    yield Shot("login", "/accounts/login/", HANDSET)
    yield Shot("admin", "/admin/", DESK, "organizer")
    yield Shot("error", "/nothing-here/", HANDSET)


def take(there: Visitors, shot: Shot, theme: Literal["light", "dark"], file: Path) -> None:
    options = shot.size | {"color_scheme": theme, "reduced_motion": "reduce"}
    page = there.signed_in(shot.username, **options) if shot.username else there.tab(**options)
    if shot.name == "board":
        Tablet(page).open(shot.path)
    else:
        page.goto(shot.path)
    # Board and wall are dark unless the person at them prefers otherwise.
    page.evaluate("(theme) => document.documentElement.setAttribute('data-theme', theme)", theme)
    settle(page)
    page.screenshot(path=file, animations="disabled", caret="hide")
    there.close()


def settle(page: Page) -> None:
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.mouse.move(0, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
