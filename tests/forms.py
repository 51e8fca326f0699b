"""Submits a page's form like a browser: every field with its present value, except for the fields that a test
changes."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._textarea = self._select = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, names = given.get("name", ""), {name for name, _ in attrs}
        if "disabled" in names:
            return
        if tag == "textarea":
            self._textarea, self._text = name, []
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in names:
            self._add(self._select, given.get("value", ""))
        elif tag == "input" and name and given.get("type") in {"checkbox", "radio"}:
            if "checked" in names:
                self._add(name, given.get("value", "on"))
        elif tag == "input" and name and given.get("type") not in {"submit", "button", "reset"}:
            self._add(name, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            # HTML ignores the newline that Django writes after the tag.
            self._add(self._textarea, "".join(self._text).removeprefix("\n"))
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def fields_of(page: Any) -> dict[str, list[str]]:
    parser = _Fields()
    parser.feed(page.content.decode())
    return parser.fields


def send(client: Client, url: str, **changes: Any) -> Any:
    """Open the page, change these fields of its form, and submit it. A field that is changed to None is not sent."""
    return submit(client, url, fields_of(client.get(url)), **changes)


def submit(client: Client, url: str, fields: dict[str, list[str]], **changes: Any) -> Any:
    """Submit fields that `fields_of` has returned, with these changes. A field that is changed to None is not sent."""
    data = {name: value for name, value in (fields | changes).items() if value is not None}
    return client.post(url, data)


def act(client: Client, url: str, action: str, rows: list[Any], **fields: Any) -> Any:
    """Select rows of an admin list and run an action. Return the list page with the action's messages."""
    data = {"action": action, "_selected_action": [row.pk for row in rows], **fields}
    return client.post(url, data, follow=True)
