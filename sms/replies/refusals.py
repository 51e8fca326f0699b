"""Sentences that say why an order was refused."""

from __future__ import annotations

import datetime as dt

from inventory.menu import Menu
from orders.refusals import (
    CannotBeMade,
    ClosedThen,
    EventClosed,
    FullThen,
    NotForLater,
    NotOnMenu,
    PaidAlready,
    Refusal,
    TimePassed,
    TooFarAhead,
    TooManyDrinks,
    TooManyOrders,
    TransitionError,
    WindowFull,
)
from sms.conversation.facts import Facts
from sms.replies.names import cut, drink_named, echo
from sms.replies.offers import instead
from sms.wording.lookup import gettext as _
from sms.wording.lookup import ngettext


def refused(refusal: Refusal, menu: Menu, facts: Facts) -> str:
    match refusal:
        case EventClosed(None):
            return _("Sorry, we've stopped taking orders. Thank you for coming!")
        case EventClosed(opens, True) if opens:
            return _("We're taking a short break. Order again from {time}, please.").format(time=moment(opens, facts))
        case EventClosed(opens) if opens:
            return _("We're closed right now. Order again from {time}, please.").format(time=moment(opens, facts))
        case NotForLater():
            return _("We take orders for now only. Please text your order again without a time, when you want it.")
        case TimePassed(wanted):
            return _("{time} is over. Please text a later time, such as 'in 20 minutes'.").format(
                time=moment(wanted, facts)
            )
        case TooFarAhead(until):
            return _("I can take orders up to {time}. Please text an earlier time, or order again later.").format(
                time=moment(until, facts)
            )
        case ClosedThen(wanted, opens) if opens:
            return _("We take no orders for {time}. Please text a time from {opens} on.").format(
                time=moment(wanted, facts), opens=moment(opens, facts)
            )
        case ClosedThen(wanted):
            return _("We are closed at {time}. Please text an earlier time.").format(time=moment(wanted, facts))
        case FullThen(wanted):
            return _("The bars are full up at {time}, sorry. Please text another time.").format(
                time=moment(wanted, facts)
            )
        case PaidAlready():
            return _(
                "Your order is paid, so its price can't change. Drop it, and order again; you get your money back."
            )
        case TooManyOrders(limit):
            return ngettext(
                "You have {n} order open already. You can order again once it is ready. STATUS shows how long.",
                "You have {n} orders open already. You can order again once one is ready. STATUS shows how long.",
                limit,
            ).format(n=limit)
        case TooManyDrinks(limit):
            return ngettext(
                "We can take {n} drink per order at most. Please text a smaller order.",
                "We can take {n} drinks per order at most. Please text a smaller order.",
                limit,
            ).format(n=limit)
        case WindowFull(until):
            return _("The bars are full up right now, sorry. Please text again at {time}.").format(
                time=moment(until, facts)
            )
        case CannotBeMade(missing, offers):
            return instead(missing, offers, menu)
        case NotOnMenu(item, said):
            return _("Sorry, {word} is not on the menu for {drink}. MENU shows what there is.").format(
                word=echo(said), drink=cut(drink_named(item.drink, menu), 40)
            )
        case TransitionError():
            return _("That's too late, sorry: your order has moved on. STATUS shows where it is.")
        case _:
            return _("Sorry, I can't take that order. MENU shows what there is.")


def moment(at: dt.datetime, facts: Facts) -> str:
    """Return a time of day in the event's time zone, with the day if this is not today."""
    local, today = at.astimezone(facts.now.tzinfo), facts.now.date()
    time = f"{local:%H:%M}"
    if local.date() == today:
        return time
    if local.date() == today + dt.timedelta(days=1):
        return _("{time} tomorrow").format(time=time)
    return _("{time} on {day}").format(time=time, day=f"{local:%d.%m.}")
