"""A stop of the tour of all pages (`tests.tour`): a page, its screen size, its user, and steps that bring the page into
the state to check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
UPRIGHT: dict[str, Any] = {"viewport": {"width": 800, "height": 1280}, "has_touch": True}
UPRIGHT_SCREEN: dict[str, Any] = {"viewport": {"width": 1080, "height": 1920}}
#: The narrowest screen on which pages must work: a desktop at 400 % zoom (WCAG 1.4.10).
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
EVENT, BAR = "/events/demo/", "/stations/bar-1/"

Steps = Callable[[Page], object]


def as_it_opens(page: Page) -> None:
    """Do nothing, so that the page stays as it was opened."""


@dataclass(frozen=True)
class Stop:
    """A page to check, with its screen size, its user, and the steps to take first."""

    name: str
    path: str
    size: dict[str, Any]
    #: The user who is signed in; "" if nobody is.
    username: str = ""
    steps: Steps = as_it_opens
    #: The HTTP status that the page must have.
    status: int = 200
    #: False if docs/screenshots has no picture of the page, because it looks like another stop.
    pictured: bool = True


def opens_all(page: Page) -> None:
    page.eval_on_selector_all("main details", "(all) => all.forEach((details) => { details.open = true; })")
