"""The actions that a conversation can decide on, such as placing an order, and their outcomes. `sms.acts` carries the
actions out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from orders.items import Item
from orders.refusals import Refusal
from sms.conversation.facts import OpenOrder


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    items: tuple[Item, ...]
    name: str = ""
    note: str = ""
    #: When the customer wants the order; None means as soon as possible.
    wanted_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    order: OpenOrder
    items: tuple[Item, ...]
    #: The new name for the order; None keeps the present name.
    name: str | None = None
    #: An order of only the added drinks, or None if no drinks were added. If a barista has just started the open order,
    #: so that it cannot be changed, this is placed as a new order.
    apart: PlaceOrder | None = None
    #: The new time for which the order is wanted; None keeps the present time.
    wanted_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeTime:
    """Change the time for which a waiting order is wanted. `wanted_at=None` means as soon as possible."""

    order: OpenOrder
    wanted_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CancelOrders:
    """Cancel waiting orders. If an order is already being made, ask the barista to drop it."""

    orders: tuple[OpenOrder, ...]


@dataclass(frozen=True, slots=True)
class RequestChange:
    """Ask the barista to change an order that is already being made.

    `items` is the whole order as the customer wants it now."""

    order: OpenOrder
    items: tuple[Item, ...]
    #: The new name for the order; None keeps the present name.
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SetName:
    """Store the customer's name. If `order` is given, put the name on the cup of this order too."""

    name: str
    order: OpenOrder | None = None


@dataclass(frozen=True, slots=True)
class StoreRating:
    """Store the customer's rating of a collected order."""

    order: int
    score: int | None
    words: str
    #: True if a person of the support team must answer, because the rating is a complaint.
    person: bool = False


@dataclass(frozen=True, slots=True)
class CheckWaits:
    """Look up the place in line and the waiting time of each open order of the customer."""


@dataclass(frozen=True, slots=True)
class CountData:
    """Count the orders and texts stored about the customer."""


@dataclass(frozen=True, slots=True)
class CallPerson:
    """Flag the conversation so that a person of the support team answers."""


@dataclass(frozen=True, slots=True)
class ForgetCustomer:
    """Delete the customer's name, number and texts."""


@dataclass(frozen=True, slots=True)
class ChooseWay:
    """Change how the customer is notified about `orders`.

    "mail" notifies by mail first, and by text only if the mail fails. "text" notifies by text again. "push" changes
    nothing: the reply only names the page on which a device can turn on notifications."""

    way: Literal["mail", "push", "text"]
    orders: tuple[OpenOrder, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class OptOut:
    pass


@dataclass(frozen=True, slots=True)
class OptIn:
    pass


Act = (
    PlaceOrder
    | ChangeOrder
    | ChangeTime
    | CancelOrders
    | RequestChange
    | SetName
    | StoreRating
    | CheckWaits
    | CountData
    | CallPerson
    | ForgetCustomer
    | ChooseWay
    | OptOut
    | OptIn
    | None
)


@dataclass(frozen=True, slots=True)
class QuotedWait:
    """The waiting time that the customer is told: between `earliest` and `latest` minutes from now.

    `position` is the order's place in line: 1 for the next order, 0 for an order that is being made."""

    position: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class OrderProgress:
    order: OpenOrder
    wait: QuotedWait


@dataclass(frozen=True, slots=True)
class Ordered:
    """Outcome: the order was placed or changed."""

    order: OpenOrder
    wait: QuotedWait


@dataclass(frozen=True, slots=True)
class Cancelled:
    orders: tuple[OpenOrder, ...]
    #: Orders that could not be cancelled, because they are ready or closed.
    too_late: tuple[OpenOrder, ...] = ()
    #: Orders that are being made, so the barista was asked to drop them.
    wished: tuple[OpenOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRequested:
    """Outcome: the barista was asked to change the order."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class ProgressReport:
    orders_progress: tuple[OrderProgress, ...]
    #: How long a drink would take if the customer ordered it now. None if this is unknown, or if the customer has an
    #: open order and is told its waiting time in `orders_progress`.
    now: QuotedWait | None = None


@dataclass(frozen=True, slots=True)
class StoredData:
    orders: int
    texts: int


@dataclass(frozen=True, slots=True)
class WayChosen:
    way: Literal["mail", "push", "text"]
    #: The address of the order's web page, on which a device can turn on push notifications. Only set if `way` is
    #: "push".
    page: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class NoAddress:
    """Outcome: the customer's text gave a mail address that is not valid."""


@dataclass(frozen=True, slots=True)
class Done:
    pass


Outcome = Ordered | Cancelled | ChangeRequested | ProgressReport | StoredData | WayChosen | NoAddress | Done | Refusal
