"""A stop of the tour: a page, on which screen, as whom, and after which steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
UPRIGHT: dict[str, Any] = {"viewport": {"width": 800, "height": 1280}, "has_touch": True}
UPRIGHT_SCREEN: dict[str, Any] = {"viewport": {"width": 1080, "height": 1920}}
#: The narrowest screen: a desktop page at 400 % zoom (WCAG 1.4.10).
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
EVENT, BAR = "/events/demo/", "/stations/bar-1/"

Steps = Callable[[Page], object]


def as_it_opens(page: Page) -> None:
    """Leave the page as it opened."""


@dataclass(frozen=True)
class Stop:
    """A page to look at: on which screen, as whom, and after which steps."""

    name: str
    path: str
    size: dict[str, Any]
    #: "" stands for somebody who has not signed in.
    username: str = ""
    steps: Steps = as_it_opens
    #: The expected HTTP status.
    status: int = 200
    #: Whether docs/screenshots shows the page; False where it looks like another stop.
    pictured: bool = True


def opens_all(page: Page) -> None:
    page.eval_on_selector_all("main details", "(all) => all.forEach((details) => { details.open = true; })")
