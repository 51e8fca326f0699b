"""The state machine of an order: a table of the verbs that lead from one status (`orders.statuses`) to another.

`lifecycle` carries out the verbs. Pages render their buttons from the tables of verbs and statuses. The scripts of a
board get both tables as JSON, so that a tap shows its effect before the server has answered."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from orders.statuses import BEING_MADE, MADE, NOT_STARTED, OPEN, STATUSES, TO_MAKE, Status


@dataclass(frozen=True, slots=True)
class Verb:
    """An action of a barista on an order."""

    #: Statuses in which the verb is allowed.
    of: tuple[str, ...]
    label: str
    icon: str
    #: How a tap is named while the tablet cannot send it, before the order's code and name: "Put first: A07 Sam". If
    #: "", `label` is used.
    unsent: str = ""
    #: The status to which the verb leads; "" for a verb that keeps the status, and for undo, whose target differs.
    to: str = ""
    #: The field of the order that stores when the verb was carried out; "" if no field does.
    stamps: str = ""
    #: True if the order moves to the board of another station.
    leaves: bool = False


VERBS: dict[str, Verb] = {
    "start": Verb(NOT_STARTED, "Start", "coffee", to=Status.MAKING, stamps="started_at"),
    "ready": Verb(TO_MAKE, "Ready", "bell-ring", to=Status.READY, stamps="ready_at"),
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
        (*(status for status in Status if STATUSES[status].back), Status.CANCELLED),
        "Undo: one step back",
        "undo-2",
        unsent="Undo",
    ),
    "take_over": Verb(BEING_MADE, "I make it now", "user", unsent="I make"),
    "tick": Verb(BEING_MADE, "One drink is made", "check", unsent="One drink made of"),
    "untick": Verb(BEING_MADE, "One drink is not made", "check", unsent="One drink not made of"),
    "edit": Verb(NOT_STARTED, "Change drinks or name", "coffee"),
    "first": Verb(NOT_STARTED, "Put first", "arrow-up", unsent="Put first:"),
    "in_turn": Verb(NOT_STARTED, "Back in turn", "undo-2", unsent="Back in turn:"),
    "move": Verb(NOT_STARTED, "Move", "arrow-right", leaves=True),
    "print": Verb(tuple(Status), "Print labels", "printer", unsent="Print labels of"),
    "accept": Verb(BEING_MADE, "Make that", "check", unsent="As wished:"),
    "decline": Verb(BEING_MADE, "Too late", "ban", unsent="Too late for the wish of"),
    "seen": Verb(tuple(Status), "Seen", "check", unsent="Seen the answer of"),
}
#: The verbs that always lead to the same status. Undo is missing: it leads one step back, wherever that is.
STEPS = {name: verb for name, verb in VERBS.items() if verb.to}


def as_json() -> dict[str, Any]:
    """Return the tables of verbs and statuses as JSON data for the scripts of a page (static/js/steps.js)."""
    return {
        "verbs": {name: asdict(verb) for name, verb in VERBS.items()},
        "statuses": {
            status: {
                "word": str(facts.word),
                "next": facts.next,
                "back": facts.back,
                "isStarted": status not in NOT_STARTED,
                "isBeingMade": status in BEING_MADE,
                "isMade": status in MADE,
            }
            for status, facts in STATUSES.items()
        },
    }
