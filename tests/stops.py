"""A stop of the tour of all pages (`tests.tour`): a page with its screen and its user, and the steps to take before the
page is checked or pictured."""

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
    """Do nothing: the page stays as it opened."""


@dataclass(frozen=True)
class Stop:
    """A page to look at, with its screen, its user, and the steps to take first."""

    name: str
    path: str
    size: dict[str, Any]
    #: "" opens the page without signing in.
    username: str = ""
    steps: Steps = as_it_opens
    #: The expected HTTP status.
    status: int = 200
    #: Whether docs/screenshots has a picture of the page; False if it looks like another stop.
    pictured: bool = True


def opens_all(page: Page) -> None:
    page.eval_on_selector_all("main details", "(all) => all.forEach((details) => { details.open = true; })")
