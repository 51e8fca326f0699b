"""A page by the keyboard alone. Each press goes through the browser, as that of a finger does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page

#: To be evaluated in a page before a walk through it.
WALK = (Path(__file__).parent / "walk.js").read_text()
#: What a screen reader would call the control that has the focus; "" where none has.
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
        """In half the time of Playwright's own, which lets each key go as well."""
        of_key = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": CODES[key]}
        self.browser.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **of_key})
        if text := TEXTS.get(key):
            self.browser.send("Input.dispatchKeyEvent", {"type": "char", "text": text})
        if key == "Space":
            # A button acts when it is let go.
            self.browser.send("Input.dispatchKeyEvent", {"type": "keyUp", **of_key})

    def opens(self, path: str) -> None:
        """By the link or button in hand."""
        self.press("Enter")
        self.page.wait_for_url(lambda url: urlsplit(url).path == path)

    def writes(self, text: str) -> None:
        self.page.keyboard.type(text)

    def in_hand(self) -> str:
        return str(self.page.evaluate(IN_HAND))

    def tabs_to(self, name: str | re.Pattern[str]) -> None:
        """From control to control until that is in hand; fails where the way has come round without it."""
        wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name) + "$")
        passed: list[str] = []
        while passed.count("") < 2:
            self.press("Tab")
            if wanted.match(one := self.in_hand()):
                return
            passed.append(one)
        raise AssertionError(f"{name} was not reached by {passed}")

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
