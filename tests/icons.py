"""Draws the icons of the installable web app from the favicon. After changing the favicon, run `python -m
tests.icons`."""

from __future__ import annotations

from pathlib import Path

from expresso.machine import BASE_DIR
from tests.browser import chromium

STATIC = BASE_DIR / "static"
#: Size of each icon in pixels, and the share of it that the drawing fills. Systems cut maskable icons into any shape;
#: they never cut the inner 80 %.
ICONS = {"any-192": (192, 1.0), "any-512": (512, 1.0), "maskable-512": (512, 0.78), "apple-180": (180, 0.86)}
GROUND = "#14120f"


def draw(folder: Path) -> None:
    svg = (STATIC / "favicon.svg").read_text()
    with chromium() as browser:
        for name, (size, filled) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            ground = "transparent" if filled == 1 else GROUND
            inner = round(size * filled)
            page.set_content(
                f"<style>*{{margin:0}}body{{display:grid;place-items:center;height:100vh;background:{ground}}}"
                f"svg{{width:{inner}px;height:{inner}px}}</style>{svg}"
            )
            page.screenshot(path=folder / f"{name}.png", omit_background=True)
            page.close()


if __name__ == "__main__":
    draw(STATIC / "icons")
