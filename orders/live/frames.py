"""Frames: a board's HTML at one moment, which can be sent whole or with only the changed tickets.

A frame has a stub in place of each ticket, `<li id="order-5" data-digest="…"></li>`, and stores the HTML of the tickets
separately. If a page already shows the ticket with this digest, the stub is sent and the page keeps its ticket. A page
that gets a stub for a ticket that it lacks loads the whole board (static/js/live.js)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

#: Matches indentation, which is half of a fragment's bytes. It is removed, because every change is sent to every
#: tablet.
_SPACES = re.compile(r"\s{2,}")
_STUB = re.compile(r'<li id="order-(\d+)" data-digest="\w+"></li>')


def stub_of(pk: int, digest: str) -> str:
    return f'<li id="order-{pk}" data-digest="{digest}"></li>'


@dataclass(frozen=True, slots=True)
class Frame:
    version: str
    #: HTML of the board with a stub in place of each ticket.
    outline: str
    #: The full HTML of each ticket. The key is the ticket's stub.
    tickets: Mapping[str, str] = field(default_factory=dict)

    @property
    def html(self) -> str:
        """Full HTML of the board."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]], self.outline)

    def since(self, earlier: Frame | None) -> str:
        """Return the board for a page that shows the frame `earlier`.

        Tickets that have not changed are stubs, all others are in full."""
        known = earlier.tickets if earlier else {}
        return _STUB.sub(lambda stub: stub[0] if stub[0] in known else self.tickets[stub[0]], self.outline)

    def about(self, orders: AbstractSet[int]) -> str:
        """Return the response to a tap: the tickets of these orders in full, and a stub for every other ticket.

        A change of another ticket reaches the page over its socket."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]] if int(stub[1]) in orders else stub[0], self.outline)


#: Seconds to wait after a hint (see `orders.hints`) before rendering, so that several hints cause only one rendering.
GATHER = 0.02
#: GATHER for wall displays and customers' pages. They are rendered at most five times a second, so that in a rush the
#: process has time for the baristas' boards.
GATHER_FOR_CUSTOMERS = 0.2


@dataclass(frozen=True, slots=True)
class Look:
    """A board's version, and the data that was read for it. `context()` reads all other data that the template needs.

    The version is read first. If the board changes while it is rendered, the next heartbeat notices the change."""

    version: str
    context: Callable[[], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Board:
    """A live page of orders. `look` reads the page's version and data from the database."""

    #: The name that hints use for the board, see `orders.hints`.
    name: str
    template: str
    look: Callable[[], Look]
    gather: float = GATHER

    def page_context(self) -> dict[str, Any]:
        """Return the template context that a page needs to show the board and to receive its updates."""
        look = self.look()
        return {"version": look.version} | look.context()

    def frame(self, *, oob: bool, look: Look | None = None) -> Frame:
        """Render the board from `look`, or from the database if no `look` is given."""
        look, tickets = look or self.look(), dict[str, str]()
        context = look.context() | {"version": look.version, "oob": oob, "tickets": tickets}
        return Frame(look.version, _SPACES.sub(" ", render_to_string(self.template, context)), tickets)
