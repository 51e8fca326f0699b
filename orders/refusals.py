"""Exceptions that say why a request about an order was refused.

The exceptions contain only facts. `orders.ordering.refusal_texts` has the sentences for pages, and `sms.replies` has
the sentences for texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from orders.items import Item


class Refusal(Exception):
    """Base class: a request about an order was refused, and nothing was changed."""


@dataclass(eq=False)
class EventClosed(Refusal):
    """The event takes no orders now. `opens` is when it takes orders again, in local time.

    `opens` is None if the event does not open again."""

    opens: dt.datetime | None
    paused: bool = False


@dataclass(eq=False)
class ClosedThen(Refusal):
    """The event is closed at the wanted time. `opens` is when it next opens after that time.

    Both times are in the event's time zone. `opens` is None if the event does not open again."""

    wanted: dt.datetime
    opens: dt.datetime | None


class NotForLater(Refusal):
    """The event takes no orders for later, only for as soon as possible."""


class PaidAlready(Refusal):
    """The change would alter the price of an order that is already paid."""


@dataclass(eq=False)
class TimePassed(Refusal):
    """The wanted time is in the past."""

    wanted: dt.datetime


@dataclass(eq=False)
class TooFarAhead(Refusal):
    """The wanted time is too far ahead. Orders are taken for times up to `until`, in the event's time zone."""

    until: dt.datetime


@dataclass(eq=False)
class FullThen(Refusal):
    """The order does not fit the event's limit of drinks per time window around the wanted time."""

    wanted: dt.datetime


@dataclass(eq=False)
class TooManyOrders(Refusal):
    """The customer already has as many open orders as the event allows (`limit`)."""

    limit: int


@dataclass(eq=False)
class TooManyDrinks(Refusal):
    limit: int


@dataclass(eq=False)
class WindowFull(Refusal):
    """The order does not fit the event's limit of drinks per time window. It will fit from the time `until` on."""

    until: dt.datetime


@dataclass(eq=False)
class CannotBeMade(Refusal):
    """No open station can make the whole order.

    `missing` has the names of the drinks and options that cannot be made, and `instead` those that the customer could
    have in their place. Both are empty if no station is open, or if all order codes are in use."""

    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(eq=False)
class NotOnMenu(Refusal):
    """`word` is not on the menu, or it is an option that the drink of the item does not have, such as milk in a
    lemonade."""

    item: Item
    word: str


@dataclass(eq=False)
class DrinksChanged(Refusal):
    """The drinks or notes were changed after the barista saw them. `now` lists the present drinks in words."""

    now: str


class ChangedMeanwhile(Refusal):
    """Somebody else changed the order after the form for changing it was opened."""


class TooManyFromHere(Refusal):
    """Together with this order, open orders from the customer's network would have more drinks than the limit."""


@dataclass(eq=False)
class TooManyDrinksOpen(Refusal):
    """Together with this order, the open orders of this browser would have more drinks than one order may have
    (`limit`)."""

    limit: int


class PageOff(Refusal):
    """Staff have switched off ordering from this page."""


class EmptyOrder(Refusal):
    pass


class CodeTaken(Refusal):
    """The closed order cannot be opened again, because another open order has its code now."""


class NoPrinter(Refusal):
    """The order's station has no printer."""


@dataclass(eq=False)
class TransitionError(Refusal):
    """In its present status, the order does not allow the verb. Often somebody else has moved the order just before."""

    verb: str
    status: str
    by: str = ""
    #: True if the order has changed since the caller read it.
    changed: bool = False
