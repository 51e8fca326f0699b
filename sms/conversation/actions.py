"""What is to be done, and what came of it. `sms.acts` carries it out."""

from __future__ import annotations

from dataclasses import dataclass

from orders.items import Item
from orders.refusals import Refusal
from sms.conversation.facts import OpenOrder


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    items: tuple[Item, ...]
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    order: OpenOrder
    items: tuple[Item, ...]
    #: None leaves the name as it is.
    name: str | None = None


@dataclass(frozen=True, slots=True)
class CancelOrders:
    """What is being made is the barista's to drop: it becomes a wish."""

    orders: tuple[OpenOrder, ...]


@dataclass(frozen=True, slots=True)
class RequestChange:
    """Of an order in the making: to be these items instead."""

    order: OpenOrder
    items: tuple[Item, ...]
    #: None leaves the name as it is.
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SetName:
    """The customer's name, and the cup's where an order is open."""

    name: str
    order: OpenOrder | None = None


@dataclass(frozen=True, slots=True)
class StoreRating:
    """How the collected order was."""

    order: int
    score: int | None
    words: str
    #: It was bad enough for somebody to look at.
    person: bool = False


@dataclass(frozen=True, slots=True)
class CheckWaits:
    """How far the customer's open orders are."""


@dataclass(frozen=True, slots=True)
class CheckMenu:
    """What of the menu cannot be had right now."""


@dataclass(frozen=True, slots=True)
class CountData:
    """What is kept about the customer."""


@dataclass(frozen=True, slots=True)
class CallPerson:
    """The conversation is one for a person now."""


@dataclass(frozen=True, slots=True)
class ForgetCustomer:
    """Delete name, number and texts."""


@dataclass(frozen=True, slots=True)
class OptOut:
    pass


@dataclass(frozen=True, slots=True)
class OptIn:
    pass


Act = (
    PlaceOrder
    | ChangeOrder
    | CancelOrders
    | RequestChange
    | SetName
    | StoreRating
    | CheckWaits
    | CheckMenu
    | CountData
    | CallPerson
    | ForgetCustomer
    | OptOut
    | OptIn
    | None
)


@dataclass(frozen=True, slots=True)
class QuotedWait:
    """Minutes from now; `position` counts the orders ahead plus one, 0 when it is being made."""

    position: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class OrderProgress:
    order: OpenOrder
    wait: QuotedWait


@dataclass(frozen=True, slots=True)
class Ordered:
    """Placed, or changed."""

    order: OpenOrder
    wait: QuotedWait


@dataclass(frozen=True, slots=True)
class Cancelled:
    orders: tuple[OpenOrder, ...]
    #: These are ready, or gone.
    too_late: tuple[OpenOrder, ...] = ()
    #: Somebody had begun to make these, and was asked.
    wished: tuple[OpenOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRequested:
    """The barista sees it."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class ProgressReport:
    orders_progress: tuple[OrderProgress, ...]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Names of drinks, and (group, option)s, that no open station can make now."""

    drinks: frozenset[str] = frozenset()
    options: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredData:
    orders: int
    texts: int


@dataclass(frozen=True, slots=True)
class Done:
    pass


Outcome = Ordered | Cancelled | ChangeRequested | ProgressReport | Unavailable | StoredData | Done | Refusal
