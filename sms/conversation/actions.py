"""What is to be done, and what came of it. `sms.acts` carries it out."""

from __future__ import annotations

from dataclasses import dataclass

from orders.items import Item
from orders.refusals import Refusal
from sms.conversation.facts import OpenOrder


@dataclass(frozen=True, slots=True)
class Place:
    items: tuple[Item, ...]
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    order: OpenOrder
    items: tuple[Item, ...]
    #: None leaves the name as it is.
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """What is being made is the barista's to drop: it becomes a wish."""

    orders: tuple[OpenOrder, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """Of an order in the making: to be these items instead."""

    order: OpenOrder
    items: tuple[Item, ...]
    #: None leaves the name as it is.
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """The customer's name, and the cup's where an order is open."""

    name: str
    order: OpenOrder | None = None


@dataclass(frozen=True, slots=True)
class Rate:
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
class Forget:
    """Delete name, number and texts."""


@dataclass(frozen=True, slots=True)
class OptOut:
    pass


@dataclass(frozen=True, slots=True)
class OptIn:
    pass


Act = (
    Place
    | Change
    | Cancel
    | Wish
    | Rename
    | Rate
    | CheckWaits
    | CheckMenu
    | CountData
    | CallPerson
    | Forget
    | OptOut
    | OptIn
    | None
)


@dataclass(frozen=True, slots=True)
class Wait:
    """Minutes from now; `position` counts the orders ahead plus one, 0 when it is being made."""

    position: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class Standing:
    order: OpenOrder
    wait: Wait


@dataclass(frozen=True, slots=True)
class Ordered:
    """Placed, or changed."""

    order: OpenOrder
    wait: Wait


@dataclass(frozen=True, slots=True)
class Cancelled:
    orders: tuple[OpenOrder, ...]
    #: These are ready, or gone.
    too_late: tuple[OpenOrder, ...] = ()
    #: Somebody had begun to make these, and was asked.
    wished: tuple[OpenOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class Wished:
    """The barista sees it."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class Waits:
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Names of drinks, and (group, option)s, that no open station can make now."""

    drinks: frozenset[str] = frozenset()
    options: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    orders: int
    texts: int


@dataclass(frozen=True, slots=True)
class Done:
    pass


Outcome = Ordered | Cancelled | Wished | Waits | Without | Kept | Done | Refusal
