"""The state machine of an order: one table of the statuses and one of the verbs that lead between them.

`lifecycle` carries the verbs out. The pages render their buttons from these tables, and the scripts of a board get them
as JSON, so that a tap shows its effect before the server has answered."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from orders.models import OPEN, Status


@dataclass(frozen=True, slots=True)
class Verb:
    """What a barista can do to an order."""

    #: Statuses in which the verb is allowed.
    of: tuple[str, ...]
    label: str
    icon: str
    #: Words before the order's code and name while the tap waits on the tablet to be sent; if empty, `label` is used.
    unsent: str = ""
    #: The status after the verb. "" if the verb keeps the status, and for undo, which goes back one step.
    to: str = ""
    #: The order's field that stores when the verb was carried out; "" for none.
    stamps: str = ""
    #: Whether the order moves to another station's board.
    leaves: bool = False


VERBS: dict[str, Verb] = {
    "start": Verb((Status.WAITING,), "Start", "coffee", to=Status.MAKING, stamps="started_at"),
    "ready": Verb((Status.WAITING, Status.MAKING), "Ready", "bell-ring", to=Status.READY, stamps="ready_at"),
    "collect": Verb((Status.READY,), "Collected", "check-check", to=Status.COLLECTED, stamps="closed_at"),
    "not_collected": Verb(
        (Status.READY,),
        "Nobody came for it",
        "ban",
        unsent="Nobody came for",
        to=Status.NOT_COLLECTED,
        stamps="closed_at",
    ),
    "cancel": Verb(OPEN, "Cancel", "circle-x", to=Status.CANCELLED, stamps="closed_at"),
    "undo": Verb(
        (Status.MAKING, Status.READY, Status.COLLECTED, Status.NOT_COLLECTED, Status.CANCELLED),
        "Undo: one step back",
        "undo-2",
        unsent="Undo",
    ),
    "take_over": Verb((Status.MAKING,), "I make it now", "user", unsent="I make"),
    "tick": Verb((Status.MAKING,), "One drink is made", "check", unsent="One drink made of"),
    "untick": Verb((Status.MAKING,), "One drink is not made", "check", unsent="One drink not made of"),
    "edit": Verb((Status.WAITING,), "Change drinks or name", "coffee"),
    "first": Verb((Status.WAITING,), "Put first", "arrow-up", unsent="Put first:"),
    "in_turn": Verb((Status.WAITING,), "Back in turn", "undo-2", unsent="Back in turn:"),
    "move": Verb((Status.WAITING,), "Move", "arrow-right", leaves=True),
    "print": Verb(tuple(Status), "Print labels", "printer", unsent="Print labels of"),
    "accept": Verb((Status.MAKING,), "Make that", "check", unsent="As wished:"),
    "decline": Verb((Status.MAKING,), "Too late", "ban", unsent="Too late for the wish of"),
    "seen": Verb(tuple(Status), "Seen", "check", unsent="Seen the answer of"),
}
#: The verbs with a fixed next status. Undo is not among them.
STEPS = {name: verb for name, verb in VERBS.items() if verb.to}


@dataclass(frozen=True, slots=True)
class Shown:
    """How the bar's pages show a status."""

    icon: str
    #: The status in words, in an order's dialog. A name may follow: "Being made by Maya".
    word: str
    #: The verb of the ticket's big button; "" for a closed order, which has no ticket.
    next: str = ""
    #: The status after an undo. "" for waiting, which has no undo, and for cancelled, where the earlier status returns.
    back: str = ""


STATUSES: dict[str, Shown] = {
    Status.WAITING: Shown("hourglass", "Waiting", next="start"),
    Status.MAKING: Shown("coffee", "Being made", next="ready", back=Status.WAITING),
    Status.READY: Shown("bell-ring", "Ready", next="collect", back=Status.MAKING),
    Status.COLLECTED: Shown("circle-check", "Collected", back=Status.READY),
    Status.NOT_COLLECTED: Shown("circle-x", "Not collected", back=Status.READY),
    Status.CANCELLED: Shown("circle-x", "Cancelled"),
}


def as_json() -> dict[str, Any]:
    """Return the tables of verbs and statuses as JSON data for a page's scripts (static/js/steps.js)."""
    return {
        "verbs": {name: asdict(verb) for name, verb in VERBS.items()},
        "statuses": {status: asdict(shown) for status, shown in STATUSES.items()},
    }
