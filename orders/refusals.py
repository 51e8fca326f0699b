"""Reasons why an order was not placed or moved. They carry facts; their words are in templates and `sms.replies`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from orders.items import Item


class Refusal(Exception):
    """Nothing was changed."""


@dataclass(eq=False)
class EventClosed(Refusal):
    """`opens` is the next moment when orders are taken, in the event's time zone; None if there is none."""

    opens: dt.datetime | None
    paused: bool = False


@dataclass(eq=False)
class ClosedThen(Refusal):
    """No orders are taken for the time that is wanted. `opens` is the next time from then on, None if there is none.

    Both are in the event's time zone."""

    wanted: dt.datetime
    opens: dt.datetime | None


class NotForLater(Refusal):
    """The event takes orders for as soon as possible only."""


class PaidAlready(Refusal):
    """The change would alter the price of an order that is paid."""


@dataclass(eq=False)
class TimePassed(Refusal):
    """The time that is wanted is over."""

    wanted: dt.datetime


@dataclass(eq=False)
class TooFarAhead(Refusal):
    """Orders are taken for times up to `until`, in the event's time zone."""

    until: dt.datetime


@dataclass(eq=False)
class FullThen(Refusal):
    """The event's limit of drinks in a window is reached around the time that is wanted."""

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
    """The event's limit of drinks in a window is reached; `until` is when another drink can be ordered."""

    until: dt.datetime


@dataclass(eq=False)
class CannotBeMade(Refusal):
    """No open station can make the whole order. `missing` names drinks and options ("Oat"), `instead` alternatives.

    Both are empty if no station is open, or if the codes of all orders are in use."""

    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(eq=False)
class NotOnMenu(Refusal):
    """An item names something that is not on the menu (any more), or options that its drink does not have."""

    item: Item
    word: str


@dataclass(eq=False)
class DrinksChanged(Refusal):
    """A barista acted on drinks or notes that the customer has changed since. `now` is what is wanted."""

    now: str


class ChangedMeanwhile(Refusal):
    """Somebody changed the order since the form that is to change it was opened."""


class TooManyFromHere(Refusal):
    """This network has as many drinks waiting as one network may have."""


@dataclass(eq=False)
class TooManyDrinksOpen(Refusal):
    """This browser has orders under way for as many drinks as one order may hold."""

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
    #: The order has changed since the caller read it.
    changed: bool = False
