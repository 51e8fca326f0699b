"""The statuses of an order, each with its properties.

Queries, pages, texts, limits and reports read this table, so a new status is added only here. `orders.steps` has the
verbs that lead from one status to the next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.functional import Promise

# `make sentences` collects the texts marked with `_` for translation. Only words that attendees read are marked.
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
    #: Words for the status on attendees' pages and in a ticket's dialog. A name can follow: "Being made by Maya".
    word: Promise
    #: Message for a barista who taps too late: {by} is the colleague who has already moved the order {who} to this
    #: status.
    too_late: Promise
    #: The verb of the ticket's big button; "" for a closed order, which has no ticket.
    next: str = ""
    #: The status to which an undo returns. It is "" for waiting, from which nothing can be undone, and for cancelled,
    #: from which the order returns to the status before.
    back: str = ""
    #: Share of the order's minutes of work that is still to be done: 1 before the order is started, 0 once it is made.
    work_left: Decimal = Decimal(0)
    #: Whether the drinks of the order count in limits, reports and plans.
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

#: Statuses of an open order: the customer still waits for the order or has to collect it.
OPEN = tuple(status for status in Status if STATUSES[status].next)
#: Statuses in which no barista has started the order. Its stock is reserved, and the customer can still change it.
NOT_STARTED = tuple(status for status in Status if STATUSES[status].work_left == 1)
#: Statuses in which a barista is making the order. The customer can only ask the barista for a change.
BEING_MADE = tuple(status for status in Status if 0 < STATUSES[status].work_left < 1)
#: Statuses in which the order has not been made yet.
TO_MAKE = (*NOT_STARTED, *BEING_MADE)
#: Statuses in which the drinks of the order have been made.
MADE = tuple(status for status in Status if STATUSES[status].counts and status not in TO_MAKE)
#: Statuses in which the order is made and waits at the bar to be collected.
TO_COLLECT = tuple(status for status in MADE if status in OPEN)
#: Statuses of orders that were given up, such as cancelled orders. Their drinks do not count.
DROPPED = tuple(status for status in Status if not STATUSES[status].counts)
