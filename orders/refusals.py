"""Why an order was not taken or not moved. Each carries facts; the words are in templates and `sms.replies`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from orders.items import Item


class Refusal(Exception):
    """Nothing was changed."""


@dataclass(eq=False)
class EventClosed(Refusal):
    """`opens` is the next moment orders are taken, in the event's time; None when there is none."""

    opens: dt.datetime | None
    paused: bool = False


@dataclass(eq=False)
class TooManyOrders(Refusal):
    """The customer has `limit` orders open already."""

    limit: int


@dataclass(eq=False)
class TooManyDrinks(Refusal):
    limit: int


@dataclass(eq=False)
class WindowFull(Refusal):
    """So many drinks were taken lately that no more are for now; `until` there is room for one again."""

    until: dt.datetime


@dataclass(eq=False)
class CannotBeMade(Refusal):
    """No open station can make all of it. `missing` names drinks and options ("Oat"); `instead` offers what there is.

    Both are empty when no station is open at all."""

    missing: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(eq=False)
class NotOnMenu(Refusal):
    """An item names what the menu does not have (any more), or options that do not fit its drink."""

    item: Item
    word: str


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


class NoPrinter(Refusal):
    """The order's station has none."""


@dataclass(eq=False)
class TransitionError(Refusal):
    """The verb does not apply to the status that the order has by now; somebody else may have been first."""

    verb: str
    status: str
    by: str = ""
    #: It is not as the caller saw it any more.
    changed: bool = False
