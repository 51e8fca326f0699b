"""Uses a page by keyboard alone. Keys are pressed through the browser's debugging protocol, not by a script in the
page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page

from tests.deployment import until

#: Script that records the focus after each Tab key, and returns the faults (`Keyboard.walk`).
WALK = (Path(__file__).parent / "walk.js").read_text()
#: Script that returns the accessible name of the focused control, or "" if no control has the focus.
IN_HAND = """(() => {
  const { activeElement: one, body } = document;
  if (one === body) return "";
  const words = [one.getAttribute("aria-label"), one.labels?.[0]?.innerText, one.innerText, one.value, one.tagName];
  return words.find(Boolean).trim().replace(/\\s+/g, " ");
})()"""
CODES = {"Tab": 9, "Enter": 13, "Escape": 27, "Space": 32, "ArrowRight": 39, "ArrowDown": 40}
TEXTS = {"Enter": "\r", "Space": " "}


@dataclass(frozen=True)
class Keyboard:
    page: Page
    browser: CDPSession

    @classmethod
    def of(cls, page: Page) -> Keyboard:
        return cls(page, page.context.new_cdp_session(page))

    def press(self, key: str) -> None:
        """Press a key down. Playwright's `press` takes twice as long, because it also waits for the release of the
        key."""
        of_key = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": CODES[key]}
        self.browser.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **of_key})
        if text := TEXTS.get(key):
            self.browser.send("Input.dispatchKeyEvent", {"type": "char", "text": text})
        if key == "Space":
            # With the space bar, a button is activated only when the key is released.
            self.browser.send("Input.dispatchKeyEvent", {"type": "keyUp", **of_key})

    def opens(self, path: str) -> None:
        """Press Enter on the focused link or button, and wait until the page with this path is open."""
        self.press("Enter")
        self.page.wait_for_url(lambda url: urlsplit(url).path == path)

    def writes(self, text: str) -> None:
        self.page.keyboard.type(text)

    def in_hand(self) -> str:
        return str(self.page.evaluate(IN_HAND))

    def holds(self, start: str) -> None:
        """Wait until the accessible name of the focused control starts with `start`.

        The wait is needed because some controls get the focus only after a response of the server."""
        until(lambda: self.in_hand().startswith(start), what=f"the focus on {start}")

    def tabs_to(self, name: str | re.Pattern[str]) -> None:
        """Press Tab until the control with this name has the focus. Fail after two rounds through the page."""
        wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name) + "$")
        passed: list[str] = []
        while passed.count("") < 2:
            self.press("Tab")
            if wanted.match(one := self.in_hand()):
                return
            passed.append(one)
        raise AssertionError(f"{name} was not reached by {passed}")

    def walk(self) -> list[str]:
        """Press Tab until the first control has the focus again. Return a line for each fault on the way."""
        left = self.page.evaluate("walk.begin()")
        while left:
            for _ in range(left):
                self.press("Tab")
            left = self.page.evaluate("walk.left()")
        faults: list[str] = self.page.evaluate("walk.end()")
        return faults + (self._leaves() if self.page.evaluate("walk.isModal()") else self._skips())

    def _leaves(self) -> list[str]:
        self.press("Escape")
        return ["Escape does not close the dialog"] if self.page.evaluate("walk.isModal()") else []

    def _skips(self) -> list[str]:
        if not self.page.evaluate("walk.skip()"):
            return ["the first link does not lead to the content"]
        self.press("Enter")
        self.page.evaluate("walk.lands()")
        self.press("Tab")
        wrong: list[str] = self.page.evaluate("walk.wrongly()")
        return wrong
