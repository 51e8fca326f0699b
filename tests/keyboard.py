"""A page by the keyboard alone. Each press goes through the browser, as that of a finger does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page

#: To be evaluated in a page before a walk through it.
WALK = (Path(__file__).parent / "walk.js").read_text()
CODES = {"Tab": 9, "Enter": 13, "Escape": 27}


@dataclass(frozen=True)
class Keyboard:
    page: Page
    browser: CDPSession

    @classmethod
    def of(cls, page: Page) -> Keyboard:
        return cls(page, page.context.new_cdp_session(page))

    def press(self, key: str) -> None:
        """In half the time of Playwright's own; nobody asks when a finger is lifted."""
        pressed = {"type": "rawKeyDown", "key": key, "code": key, "windowsVirtualKeyCode": CODES[key]}
        self.browser.send("Input.dispatchKeyEvent", pressed)
        if key == "Enter":
            self.browser.send("Input.dispatchKeyEvent", {"type": "char", "text": "\r"})

    def walk(self) -> list[str]:
        """From control to control until the first one comes again; what is wrong with the way, one line a fault."""
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
