"""Actions that a conversation decides on, and their outcomes. `sms.acts` carries them out."""

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
    #: The time for which the order is wanted; None for as soon as possible.
    wanted_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    order: OpenOrder
    items: tuple[Item, ...]
    #: None leaves the name as it is.
    name: str | None = None
    #: A new order with only the added drinks, for the case that the open order cannot take them any more. None if no
    #: drinks are added.
    apart: PlaceOrder | None = None
    #: The new time; None leaves the time as it is.
    wanted_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeTime:
    """Change the time for which a waiting order is wanted; None for as soon as possible."""

    order: OpenOrder
    wanted_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CancelOrders:
    """Cancel waiting orders. For an order that is being made, ask the barista to drop it."""

    orders: tuple[OpenOrder, ...]


@dataclass(frozen=True, slots=True)
class RequestChange:
    """Ask the barista to change an order that is being made to these items."""

    order: OpenOrder
    items: tuple[Item, ...]
    #: None leaves the name as it is.
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SetName:
    """Store the customer's name, and put it onto the cup of an open order."""

    name: str
    order: OpenOrder | None = None


@dataclass(frozen=True, slots=True)
class StoreRating:
    """Store the customer's rating of a collected order."""

    order: int
    score: int | None
    words: str
    #: True also flags the conversation, so that somebody of the team answers.
    person: bool = False


@dataclass(frozen=True, slots=True)
class CheckWaits:
    """Look up the places in line and the waits of the customer's open orders."""


@dataclass(frozen=True, slots=True)
class CheckMenu:
    """Look up the drinks and options that no open station can make now."""


@dataclass(frozen=True, slots=True)
class CountData:
    """Count the orders and texts stored about the customer."""


@dataclass(frozen=True, slots=True)
class CallPerson:
    """Flag the conversation: somebody of the team should answer."""


@dataclass(frozen=True, slots=True)
class ForgetCustomer:
    """Delete the customer's name, number and texts."""


@dataclass(frozen=True, slots=True)
class ChooseWay:
    """Choose how the customer is told about the orders: "mail" first, or "text" again.

    "push" changes nothing. It only looks up the page on which a device can turn on notifications."""

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
    | CheckMenu
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
    """The wait that the customer is told, in minutes from now.

    `position` is 1 for the next order in line, 0 for an order that is being made."""

    position: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class OrderProgress:
    order: OpenOrder
    wait: QuotedWait


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order was placed, or changed."""

    order: OpenOrder
    wait: QuotedWait


@dataclass(frozen=True, slots=True)
class Cancelled:
    orders: tuple[OpenOrder, ...]
    #: These orders are ready or closed, so they stay.
    too_late: tuple[OpenOrder, ...] = ()
    #: These orders are being made; the barista was asked to drop them.
    wished: tuple[OpenOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRequested:
    """The barista was asked for the change."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class ProgressReport:
    orders_progress: tuple[OrderProgress, ...]
    #: The wait for one more drink, if the customer has no order open and orders are taken.
    now: QuotedWait | None = None


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Drinks by name, and options as (group, option), that no open station can make now."""

    drinks: frozenset[str] = frozenset()
    options: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredData:
    orders: int
    texts: int


@dataclass(frozen=True, slots=True)
class WayChosen:
    way: Literal["mail", "push", "text"]
    #: The address of the order's web page, on which a device can turn on notifications.
    page: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class NoAddress:
    """The text that was given as a mail address is not a valid one."""


@dataclass(frozen=True, slots=True)
class Done:
    pass


Outcome = (
    Ordered
    | Cancelled
    | ChangeRequested
    | ProgressReport
    | Unavailable
    | StoredData
    | WayChosen
    | NoAddress
    | Done
    | Refusal
)
