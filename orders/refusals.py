"""Exceptions for orders that were not placed or moved.

The exceptions carry only facts. `orders.ordering.refusal_texts` has the sentences for pages, and `sms.replies` has
the sentences for texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from orders.items import Item


class Refusal(Exception):
    """A request that was refused. Nothing was changed."""


@dataclass(eq=False)
class EventClosed(Refusal):
    """The event takes no orders now. `opens` is when it takes orders again, in its time zone; None if it never does."""

    opens: dt.datetime | None
    paused: bool = False


@dataclass(eq=False)
class ClosedThen(Refusal):
    """The event is closed at the wanted time. `opens` is when it opens next after that; None if it does not open again.

    Both times are in the event's time zone."""

    wanted: dt.datetime
    opens: dt.datetime | None


class NotForLater(Refusal):
    """The event takes no orders for later, only for as soon as possible."""


class PaidAlready(Refusal):
    """The change would alter the price of an order that is paid."""


@dataclass(eq=False)
class TimePassed(Refusal):
    """The wanted time is in the past."""

    wanted: dt.datetime


@dataclass(eq=False)
class TooFarAhead(Refusal):
    """Orders are taken for times up to `until`, in the event's time zone."""

    until: dt.datetime


@dataclass(eq=False)
class FullThen(Refusal):
    """The event's limit of drinks per time window is reached around the wanted time."""

    wanted: dt.datetime


@dataclass(eq=False)
class TooManyOrders(Refusal):
    """The customer has `limit` orders open already."""

    limit: int


@dataclass(eq=False)
class TooManyDrinks(Refusal):
    limit: int


@dataclass(eq=False)
class WindowFull(Refusal):
    """The event's limit of drinks per time window is reached. From `until` on, the order can be placed."""

    until: dt.datetime


@dataclass(eq=False)
class CannotBeMade(Refusal):
    """No open station can make the whole order.

    `missing` names the drinks and options that cannot be made, and `instead` names drinks and options that can
    replace them. Both are empty if no station is open, or if all order codes are in use."""

    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(eq=False)
class NotOnMenu(Refusal):
    """`word` of an item is not on the menu (any more), or is an option that the item's drink does not have."""

    item: Item
    word: str


@dataclass(eq=False)
class DrinksChanged(Refusal):
    """The drinks or notes were changed after the barista saw them. `now` has the present drinks in words."""

    now: str


class ChangedMeanwhile(Refusal):
    """Somebody else changed the order after this form for changing it was opened."""


class TooManyFromHere(Refusal):
    """The customer's network would have more drinks waiting than one network may have."""


@dataclass(eq=False)
class TooManyDrinksOpen(Refusal):
    """With this order, the browser's unfinished orders would hold more drinks than one order may (`limit`)."""

    limit: int


class PageOff(Refusal):
    """The event's staff have switched off ordering from this page."""


class EmptyOrder(Refusal):
    pass


class CodeTaken(Refusal):
    """A closed order cannot be opened again: its code belongs to another open order by now."""


class NoPrinter(Refusal):
    """The order's station has no printer."""


@dataclass(eq=False)
class TransitionError(Refusal):
    """The verb does not apply to the order's present status; somebody else may have been first."""

    verb: str
    status: str
    by: str = ""
    #: Whether the order has changed since the caller read it.
    changed: bool = False
