"""Frames: a board's HTML at one moment, to be sent whole or with only the changed tickets.

A frame has a stub in place of each ticket, `<li id="order-5" data-digest="…"></li>`, and holds the tickets
separately. A page that already shows the ticket with that digest gets the stub and keeps its ticket. A page that
lacks the ticket of a stub fetches the whole board (static/js/live.js)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

#: Indentation, which is left out: it is half of a fragment's bytes, and every tablet gets a fragment with every change.
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
        """The HTML of the whole board."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]], self.outline)

    def since(self, earlier: Frame | None) -> str:
        """Return the board for a page that shows the earlier frame: a stub for each ticket that the page has."""
        known = earlier.tickets if earlier else {}
        return _STUB.sub(lambda stub: stub[0] if stub[0] in known else self.tickets[stub[0]], self.outline)

    def about(self, orders: AbstractSet[int]) -> str:
        """Return the response to a tap: the tickets of these orders in full, a stub for every other ticket.

        If another ticket has changed, the socket sends it."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]] if int(stub[1]) in orders else stub[0], self.outline)


#: Seconds to wait after a hint before a board renders, so that several hints lead to one rendering.
GATHER = 0.02
#: The same for walls and pages of customers, which need not be as quick as a barista's tablet: in a rush they render
#: five times a second at most, and leave the time of the process to the boards.
GATHER_FOR_CUSTOMERS = 0.2


@dataclass(frozen=True, slots=True)
class Look:
    """What was read of a board for its version. `context` reads what is left when it is called.

    The version is read first, so that the next heartbeat notices a change during rendering."""

    version: str
    context: Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Board:
    """A live page of orders. `look` reads the database."""

    #: The name that hints use for the board, see `orders.hints`.
    name: str
    template: str
    look: Callable[[], Look]
    gather: float = GATHER

    def page_context(self) -> dict[str, Any]:
        """Return what a page needs to show the board and then to follow it."""
        look = self.look()
        return {"version": look.version} | look.context()

    def frame(self, *, oob: bool, look: Look | None = None) -> Frame:
        """Render the board as `look` has it, or as it is now."""
        look, tickets = look or self.look(), dict[str, str]()
        context = look.context() | {"version": look.version, "oob": oob, "tickets": tickets}
        return Frame(look.version, _SPACES.sub(" ", render_to_string(self.template, context)), tickets)
