"""Frames: a board's fragment as it was at one moment, whole or only what changed since another.

A fragment is rendered with a stub in the place of each ticket, `<li id="order-5" data-digest="…"></li>`, and the
tickets beside it. Whoever has shown the ticket with that digest needs no more than the stub: the page keeps the ticket
it has. A page that lacks one notices by the digest and asks for the whole board (static/js/live.js)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

#: Indentation is half of a fragment, and a fragment goes to every tablet with every change.
_SPACES = re.compile(r"\s{2,}")
_STUB = re.compile(r'<li id="order-(\d+)" data-digest="\w+"></li>')


def stub_of(pk: int, digest: str) -> str:
    return f'<li id="order-{pk}" data-digest="{digest}"></li>'


@dataclass(frozen=True, slots=True)
class Frame:
    version: str
    #: With a stub for each ticket.
    outline: str
    #: Stub → ticket.
    tickets: Mapping[str, str] = field(default_factory=dict)

    @property
    def html(self) -> str:
        """All of it."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]], self.outline)

    def since(self, earlier: Frame | None) -> str:
        """For whoever has shown the earlier one."""
        known = earlier.tickets if earlier else {}
        return _STUB.sub(lambda stub: stub[0] if stub[0] in known else self.tickets[stub[0]], self.outline)

    def about(self, orders: AbstractSet[int]) -> str:
        """For whoever has acted on these orders and is told by a socket of all others."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]] if int(stub[1]) in orders else stub[0], self.outline)


@dataclass(frozen=True, slots=True)
class Board:
    """A page of orders that renews itself. `version` and `context` read the database when they are called."""

    #: The group of its hints, as `announce` names it.
    name: str
    template: str
    version: Callable[[], str]
    context: Callable[[], dict[str, Any]]

    def frame(self, *, oob: bool) -> Frame:
        """The fragment as it is now. The version is read first: what changes in between shows at the next beat."""
        version, tickets = self.version(), dict[str, str]()
        context = self.context() | {"version": version, "oob": oob, "tickets": tickets}
        return Frame(version, _SPACES.sub(" ", render_to_string(self.template, context)), tickets)
