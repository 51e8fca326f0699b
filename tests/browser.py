"""Starts the Chromium that is installed on this machine, without a window. Playwright controls it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, sync_playwright

from expresso.family import find_program

#: chromium-headless-shell renders the same pages with half the CPU time, but cannot receive web push.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "Google Chrome")
MISSING = (
    "The browser tests need Chromium: apt-get install chromium (Debian, Ubuntu: chromium-browser), or brew"
    " install --cask chromium, or set CHROMIUM to where it is."
)
# Options that stop Chromium's own requests, such as updates, so that it loads only the page under test.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    # Start no spare renderer process with each page. It would take half as much CPU time as the page itself.
    "--disable-features=SpareRendererForSitePerProcess,Translate,MediaRouter,OptimizationHints",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def chromium_path(*, whole: bool = False) -> str | None:
    """Return the path of chromium-headless-shell, or else of an installed Chromium. With `whole`, leave out
    chromium-headless-shell. Return None if nothing is installed."""
    if given := os.environ.get("CHROMIUM"):
        return given
    names = NAMES if whole else (SHELL, *NAMES)
    found = (find_program(name, "/Applications/Google Chrome.app/Contents/MacOS") for name in names)
    return next(filter(None, found), None)


@contextmanager
def chromium(*, whole: bool = False) -> Iterator[Browser]:
    """Yield an open browser, and close it at the end.

    Playwright runs an event loop in this thread, and Django refuses queries in a thread with a running loop. Django's
    check is switched off while the browser is open."""
    path = chromium_path(whole=whole)
    if not path:
        raise RuntimeError(MISSING)
    # Chromium's sandbox does not work for the root user.
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
    """One browser for several test files, because starting a browser takes longer than most of these tests."""

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
