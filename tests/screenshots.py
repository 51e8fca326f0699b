"""`make screenshots`: takes the pictures in docs/screenshots, of every page in both themes on a busy morning.

python -m tests.screenshots [folder] [--only plan,posters]

With --only, pictures are taken of these pages only. The tour still visits all pages, because each visit can change what
later pages show."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from expresso.machine import BASE_DIR
from tests import deployment
from tests.browser import chromium
from tests.morning import busy_morning
from tests.pages import Visitors, visitors
from tests.stops import Stop
from tests.tour import tour

FOLDER = BASE_DIR / "docs" / "screenshots"
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(folder: Path, only: Collection[str] = ()) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        deployment.running(deployment.default(Path(data))) as cafe,
        chromium() as browser,
        visitors(browser, cafe) as there,
    ):
        busy_morning(there)
        for stop in tour(cafe):
            if not only or stop.name in only:
                take(there, stop, folder)


def take(there: Visitors, stop: Stop, folder: Path) -> None:
    page = there.visitor(stop.username, **stop.size, reduced_motion="reduce")
    page.goto(stop.path)
    stop.steps(page)
    settle(page)
    for theme in THEMES if stop.pictured else ():
        # Set the theme by its HTML attribute, as users' preferences do: boards and wall displays are dark by default.
        page.evaluate("(theme) => document.documentElement.setAttribute('data-theme', theme)", theme)
        file = folder / f"{stop.name}-{theme}.png"
        page.screenshot(path=file, animations="disabled", caret="hide")
        print(f"{file.name}: {file.stat().st_size // 1024} KB")
    there.close()


def settle(page: Page) -> None:
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.mouse.move(0, 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--only", default="", help="names of stops, separated by commas")
    arguments = parser.parse_args()
    main(arguments.folder, arguments.only.split(",") if arguments.only else ())
