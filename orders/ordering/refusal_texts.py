"""Sentences for pages about a refused order: why it was refused, and what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.naming import thing_titled
from inventory.snapshot import menu_of
from orders.refusals import (
    CannotBeMade,
    ChangedMeanwhile,
    ClosedThen,
    CodeTaken,
    EventClosed,
    FullThen,
    NotForLater,
    NotOnMenu,
    PageOff,
    PaidAlready,
    Refusal,
    TimePassed,
    TooFarAhead,
    TooManyDrinks,
    TooManyDrinksOpen,
    TooManyFromHere,
    TooManyOrders,
    TransitionError,
    WindowFull,
)
from orders.statuses import BEING_MADE, NOT_STARTED, OPEN
from stations.models import Event


def refusal_text(refusal: Refusal, event: Event, language: str = "") -> str:
    """Return a sentence about the refusal, in the active language.

    Names of drinks and options are in `language`; "" means untranslated names."""
    match refusal:
        case EventClosed(opens, paused):
            return _closed(opens, event, paused=paused)
        case TimePassed() | TooFarAhead() | ClosedThen() | FullThen():
            return _not_then(refusal, event)
        case NotForLater():
            return _("Orders are taken for now only. Leave out the time; nothing was ordered.")
        case PaidAlready():
            return _("It is paid, so its price cannot change. Cancel it and order again; you get your money back.")
        case TooManyOrders(limit):
            return ngettext(
                "You have {limit} order under way already. Order again when it is ready.",
                "You have {limit} orders under way already. Order again when one is ready.",
                limit,
            ).format(limit=limit)
        case TooManyDrinks(limit):
            return _("One order holds at most {limit} drinks. Take some out, or order twice.").format(limit=limit)
        case WindowFull(until):
            time = clock_time(until, event)
            return _("The bar has its hands full. Order again at {time}; nothing was ordered.").format(time=time)
        case CannotBeMade(missing, instead):
            return _cannot(_titled(missing, event, language), _titled(instead, event, language))
        case TooManyFromHere():
            return _("More was ordered from this network than the bar can make. Please order at the bar.")
        case TooManyDrinksOpen(limit):
            return _("You have {limit} drinks under way already. Order more when they are ready.").format(limit=limit)
        case PageOff():
            return _("This page takes no orders right now. Please order at the bar; nothing was ordered.")
        case NotOnMenu(_item, word):
            return off_menu(*_titled((word,), event, language))
        case ChangedMeanwhile():
            return _("The order changed meanwhile. Look at it again.")
        case CodeTaken():
            return _("Another order has its code now. Take it as a new order.")
        case TransitionError(_verb, status):
            return _moved_on(status)
        case _:
            return _("Choose a drink first.")


def _not_then(refusal: TimePassed | TooFarAhead | ClosedThen | FullThen, event: Event) -> str:
    match refusal:
        case TimePassed(wanted):
            said = _("{time} is over. Choose a later time; nothing was ordered.")
        case TooFarAhead(wanted):
            said = _("Orders are taken up to {time}. Choose an earlier time; nothing was ordered.")
        case FullThen(wanted):
            said = _("The bar has its hands full at {time}. Choose another time; nothing was ordered.")
        case ClosedThen(wanted):
            said = _("No orders are taken for {time}. Choose another time; nothing was ordered.")
    return said.format(time=clock_time(wanted, event))


def off_menu(*words: str) -> str:
    return _("“{word}” is not on the menu any more. Choose something else.").format(word=", ".join(words))


def clock_time(at: dt.datetime, event: Event) -> str:
    """Return the time of day in the event's time zone, with the weekday if the day is not today."""
    at, today = event.local(at), event.local(timezone.now()).date()
    return f"{at:%H:%M}" if at.date() == today else f"{date_format(at, 'D')} {at:%H:%M}"


def _titled(names: Sequence[str], event: Event, language: str) -> list[str]:
    return [thing_titled(menu_of(event).menu, name, language) for name in names]


def _closed(opens: dt.datetime | None, event: Event, *, paused: bool) -> str:
    if opens is None:
        return _("This bar is closed and takes no more orders.")
    time = clock_time(opens, event)
    if paused:
        return _("No new orders until {time}. Come back then; nothing was ordered.").format(time=time)
    return _("Closed until {time}. Come back then; nothing was ordered.").format(time=time)


def _cannot(missing: list[str], instead: list[str]) -> str:
    if not missing:
        return _("No bar takes orders just now. Try again in a few minutes; nothing was ordered.")
    gone = _("Sold out just now: {names}.").format(names=", ".join(missing))
    if not instead:
        return _("{gone} Choose something else.").format(gone=gone)
    return _("{gone} There is {instead}.").format(gone=gone, instead=", ".join(instead))


def _moved_on(status: str) -> str:
    if status in NOT_STARTED:
        return _("The order changed meanwhile. Look at it again.")
    if status in BEING_MADE:
        return _("It is being made already, so nothing was changed.")
    if status in OPEN:
        return _("It is ready already, so nothing was changed.")
    return _("This order has come to its end, so nothing was changed.")
