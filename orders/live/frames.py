"""Frames: a board's HTML at one moment, to be sent whole or only with what changed.

In a frame each ticket is replaced by a stub, `<li id="order-5" data-digest="…"></li>`, and the tickets are kept beside
it. A page that already shows the ticket with that digest is sent the stub and keeps its ticket. A page that lacks a
ticket fetches the whole board (static/js/live.js)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

#: Indentation is half of a fragment, which goes to every tablet with every change: left out.
_SPACES = re.compile(r"\s{2,}")
_STUB = re.compile(r'<li id="order-(\d+)" data-digest="\w+"></li>')


def stub_of(pk: int, digest: str) -> str:
    return f'<li id="order-{pk}" data-digest="{digest}"></li>'


@dataclass(frozen=True, slots=True)
class Frame:
    version: str
    #: The board with a stub for each ticket.
    outline: str
    #: Full HTML of each ticket, by its stub.
    tickets: Mapping[str, str] = field(default_factory=dict)

    @property
    def html(self) -> str:
        """The whole board."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]], self.outline)

    def since(self, earlier: Frame | None) -> str:
        """The board for a page that shows the earlier frame."""
        known = earlier.tickets if earlier else {}
        return _STUB.sub(lambda stub: stub[0] if stub[0] in known else self.tickets[stub[0]], self.outline)

    def about(self, orders: AbstractSet[int]) -> str:
        """The response to a tap: these orders' tickets in full, a stub for every other one.

        The socket sends what else has changed."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]] if int(stub[1]) in orders else stub[0], self.outline)


#: Seconds to wait after a hint before a board renders, so that several hints lead to one rendering.
GATHER = 0.02


@dataclass(frozen=True, slots=True)
class Board:
    """A live page of orders. `version` and `context` read the database when they are called."""

    #: Its name in hints, see `orders.hints`.
    name: str
    template: str
    version: Callable[[], str]
    context: Callable[[], dict[str, Any]]
    gather: float = GATHER

    def frame(self, *, oob: bool) -> Frame:
        """Render the board. The version is read first, so that the next beat finds a change in between."""
        version, tickets = self.version(), dict[str, str]()
        context = self.context() | {"version": version, "oob": oob, "tickets": tickets}
        return Frame(version, _SPACES.sub(" ", render_to_string(self.template, context)), tickets)
