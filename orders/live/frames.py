"""Frames: the HTML of a board at one moment. It can be sent completely, or with only those tickets that have changed.

In a frame, each ticket is only a stub, `<li id="order-5" data-digest="…"></li>`, and the ticket's HTML is kept beside
it. If a page already shows a ticket with this digest, it gets the stub and keeps its ticket. If a page gets a stub of a
ticket that it does not have, it loads the whole board (static/js/live.js)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

#: Matches indentation. It is half of a fragment, and each change of a board is sent to many tablets, so it is removed.
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
        """Return the board's HTML for a page that shows the frame `earlier`.

        Tickets that this frame already had are stubs. New and changed tickets are complete."""
        known = earlier.tickets if earlier else {}
        return _STUB.sub(lambda stub: stub[0] if stub[0] in known else self.tickets[stub[0]], self.outline)

    def about(self, orders: AbstractSet[int]) -> str:
        """Return the board's HTML in response to a tap: these orders' tickets are complete, all others are stubs.

        If another ticket has changed as well, the page gets it over its socket."""
        return _STUB.sub(lambda stub: self.tickets[stub[0]] if int(stub[1]) in orders else stub[0], self.outline)


#: Seconds to wait after a hint (see `orders.hints`) before rendering. Hints that come meanwhile need no second
#: rendering.
GATHER = 0.02
#: The same for wall displays and customers' pages. It is longer, so that they are rendered at most five times a second,
#: and the process has time for the baristas' boards.
GATHER_FOR_CUSTOMERS = 0.2


@dataclass(frozen=True, slots=True)
class Look:
    """What was read of a board: its version and the data for it. `context()` reads everything else that the template
    needs.

    The version is read first. So if something changes while the board is rendered, the frame has the old version, and
    the change is noticed at the next heartbeat."""

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
