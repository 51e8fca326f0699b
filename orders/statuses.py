"""The statuses of an order, each with its facts. Queries, pages, texts, limits and reports ask this table, so a new
status is added here.

The verbs that lead from one status to the next are in `orders.steps`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.functional import Promise

# `make sentences` collects for translation what `_` marks. Only attendees' words are translated.
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting")
    MAKING = "making", gettext_lazy("Making")
    READY = "ready", gettext_lazy("Ready")
    COLLECTED = "collected", gettext_lazy("Collected")
    NOT_COLLECTED = "not_collected", gettext_lazy("Not collected")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


@dataclass(frozen=True, slots=True)
class StatusFacts:
    icon: str
    #: The status for attendees, and in the dialog of a ticket, where a name may follow: "Being made by Maya".
    word: Promise
    #: What a barista reads whose tap came too late: {by} has already moved the order {who} to this status.
    too_late: Promise
    #: The verb of the ticket's big button. "" for a closed order, which has no ticket.
    next: str = ""
    #: The status after an undo. "" for waiting, which has no undo, and for cancelled, where the earlier status returns.
    back: str = ""
    #: The part of the order's minutes that a barista still has to work: 1 until somebody starts it, 0 once it is made.
    work_left: Decimal = Decimal(0)
    #: Whether the order's drinks count for the event's limits, its figures and its plan.
    counts: bool = True


STATUSES: dict[str, StatusFacts] = {
    Status.WAITING: StatusFacts(
        "hourglass",
        _("Waiting"),
        gettext_lazy("{by} put {who} back to waiting."),
        next="start",
        work_left=Decimal(1),
    ),
    Status.MAKING: StatusFacts(
        "coffee",
        _("Being made"),
        gettext_lazy("{by} already started {who}."),
        next="ready",
        back=Status.WAITING,
        work_left=Decimal("0.5"),
    ),
    Status.READY: StatusFacts(
        "bell-ring",
        _("Ready"),
        gettext_lazy("{by} already marked {who} ready."),
        next="collect",
        back=Status.MAKING,
    ),
    Status.COLLECTED: StatusFacts(
        "circle-check",
        _("Collected"),
        gettext_lazy("{by} already handed over {who}."),
        back=Status.READY,
    ),
    Status.NOT_COLLECTED: StatusFacts(
        "circle-x",
        _("Not collected"),
        gettext_lazy("{by} already put {who} aside."),
        back=Status.READY,
    ),
    Status.CANCELLED: StatusFacts(
        "circle-x",
        _("Cancelled"),
        gettext_lazy("{who} was already cancelled."),
        counts=False,
    ),
}

#: Statuses in which the customer still waits for the order.
OPEN = tuple(status for status in Status if STATUSES[status].next)
#: Statuses in which nobody has started the order. Its stock is reserved, and the customer can still change it.
NOT_STARTED = tuple(status for status in Status if STATUSES[status].work_left == 1)
#: Statuses in which a barista makes the order. The customer can only ask the barista for a change.
BEING_MADE = tuple(status for status in Status if 0 < STATUSES[status].work_left < 1)
#: Statuses in which the order still has to be made.
TO_MAKE = (*NOT_STARTED, *BEING_MADE)
#: Statuses in which the order's cups were made.
MADE = tuple(status for status in Status if STATUSES[status].counts and status not in TO_MAKE)
#: Statuses in which the order stands at the bar to be collected.
TO_COLLECT = tuple(status for status in MADE if status in OPEN)
#: Statuses in which the order was given up.
DROPPED = tuple(status for status in Status if not STATUSES[status].counts)
