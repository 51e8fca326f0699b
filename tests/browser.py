"""Headless Chromium: the machine's own, driven by Playwright."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from expresso.family import find_program

#: Chromium's engine without the browser around it, where a system has it: the same pages for half the work. Nothing can
#: be pushed to it.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "Google Chrome")
MISSING = (
    "The browser tests need Chromium: apt-get install chromium (Debian, Ubuntu: chromium-browser), or brew"
    " install --cask chromium, or set CHROMIUM to where it is."
)
# Nothing but the page under test may be fetched: no updates, no sign-in, no suggestions.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    # A renderer in reserve for each page is half as much work again, for nothing.
    "--disable-features=SpareRendererForSitePerProcess,Translate,MediaRouter,OptimizationHints",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def chromium_path(*, whole: bool = False) -> str | None:
    """Where the lightest Chromium is, or a whole browser."""
    if given := os.environ.get("CHROMIUM"):
        return given
    names = NAMES if whole else (SHELL, *NAMES)
    found = (find_program(name, "/Applications/Google Chrome.app/Contents/MacOS") for name in names)
    return next(filter(None, found), None)


@contextmanager
def chromium(*, whole: bool = False) -> Iterator[Browser]:
    """A browser, closed at the end.

    Playwright keeps an event loop in this thread, so Django takes the thread's queries for a mistake of
    asynchronous code: that guard is off while the browser is open, and only then."""
    path = chromium_path(whole=whole)
    if not path:
        raise RuntimeError(MISSING)
    # Chromium's sandbox refuses to work for root.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=arguments)
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before
