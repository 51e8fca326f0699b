"""Headless Chromium as installed on this machine, driven by Playwright."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, sync_playwright

from expresso.family import find_program

#: chromium-headless-shell renders the same pages for half the work. It receives no web push.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "Google Chrome")
MISSING = (
    "The browser tests need Chromium: apt-get install chromium (Debian, Ubuntu: chromium-browser), or brew"
    " install --cask chromium, or set CHROMIUM to where it is."
)
# The browser must fetch nothing but the page under test: no updates, no sign-in, no suggestions.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    # A spare renderer process for each page would add half as much work and no benefit.
    "--disable-features=SpareRendererForSitePerProcess,Translate,MediaRouter,OptimizationHints",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def chromium_path(*, whole: bool = False) -> str | None:
    """Return the path of the lightest Chromium found; with `whole`, of a complete browser."""
    if given := os.environ.get("CHROMIUM"):
        return given
    names = NAMES if whole else (SHELL, *NAMES)
    found = (find_program(name, "/Applications/Google Chrome.app/Contents/MacOS") for name in names)
    return next(filter(None, found), None)


@contextmanager
def chromium(*, whole: bool = False) -> Iterator[Browser]:
    """Open a browser, and close it at the end.

    Playwright keeps an event loop in this thread, and Django refuses queries in a thread with a running loop. That
    guard is switched off while the browser is open."""
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


class SharedBrowser:
    """One browser for tests that follow each other. Starting a browser takes longer than most of these tests."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._browser: Browser | None = None

    def open(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self.close()
            self._browser = self._stack.enter_context(chromium())
        return self._browser

    def close(self) -> None:
        self._browser = None
        self._stack.close()
