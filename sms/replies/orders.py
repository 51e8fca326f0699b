"""Sentences about the customer's orders: that one was placed, changed, dropped or refused, or how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inventory.menu import Menu
from sms.conversation.actions import OrderProgress, QuotedWait
from sms.conversation.facts import Facts, OpenOrder
from sms.conversation.sayings import (
    BaristaAsked,
    ConfirmCups,
    DraftExpired,
    NameTaken,
    NothingChanged,
    OrderRefused,
    OrderSaying,
    OrdersDropped,
    OrderTaken,
    ShowProgress,
    ShowWait,
    TooLate,
)
from sms.replies.names import listed
from sms.replies.order_texts import DRINKS, order_spoken, orders_spoken, spoken, wait_spoken
from sms.replies.refusals import moment, refused
from sms.wording.lookup import gettext as _
from sms.wording.lookup import ngettext


def about_orders(saying: OrderSaying, menu: Menu, facts: Facts, brief: int) -> str:
    match saying:
        case OrderTaken():
            return taken(saying, menu, facts, brief)
        case ConfirmCups(items):
            return _("That is {items}, right?").format(items=spoken(items, menu, brief))
        case NothingChanged(order):
            return _("Your order stays: {items} ({code}).").format(
                items=order_spoken(replace(order, items=order.wanted), menu, brief), code=order.code
            )
        case NameTaken(name, order):
            if order is None:
                return _("Thanks, {name}!").format(name=name)
            return _("Thanks, {name}! Your order {code} is under that name.").format(name=name, code=order.code)
        case OrdersDropped():
            return dropped(saying, menu, brief)
        case TooLate(order):
            return too_late(order)
        case BaristaAsked(order):
            return barista_asked([order])
        case ShowProgress(orders_progress):
            return " ".join(standing(each, menu, facts, brief) for each in orders_progress)
        case ShowWait(wait):
            return _("An order now would be {wait}.").format(wait=wait_spoken(wait))
        case OrderRefused(refusal):
            return refused(refusal, menu, facts)
        case DraftExpired(items):
            return _("Your earlier {items} was never finished, so I let it go.").format(
                items=spoken(items, menu, max(brief, DRINKS)) or _("order")
            )


def taken(saying: OrderTaken, menu: Menu, facts: Facts, brief: int) -> str:
    order = saying.order
    what = order_spoken(order, menu, brief)
    if order.to_pay:
        form = (
            _("Changed: {items} ({code}). Pay {amount} here, and we make it: {link}")
            if saying.changed
            else _("Got it: {items} ({code}). Pay {amount} here, and we make it: {link}")
        )
        return form.format(items=what, code=order.code, amount=order.to_pay.amount, link=order.to_pay.link)
    form = _("Changed: {items} ({code}), {wait}.") if saying.changed else _("Got it: {items} ({code}), {wait}.")
    return form.format(items=what, code=order.code, wait=when_spoken(order, saying.wait, facts))


def standing(each: OrderProgress, menu: Menu, facts: Facts, brief: int) -> str:
    order, wait = each.order, each.wait
    what = f"{order.code} ({order_spoken(order, menu, brief)})"
    match order.status:
        case "ready":
            return _("{order} is ready at {station}!").format(order=what, station=order.station)
        case "making":
            making = _("{order} is being made at {station}, {wait}.").format(
                order=what, station=order.station, wait=wait_spoken(wait)
            )
            return making if order.wish is None else making + " " + _("Your change is with the barista.")
        case _ if order.to_pay:
            return _("{order} is not paid yet. Pay {amount} here, and we make it: {link}").format(
                order=what, amount=order.to_pay.amount, link=order.to_pay.link
            )
        case _ if order.wanted_at:
            return _("{order} is for {time}, at {station}. We make it in time.").format(
                order=what, time=moment(order.wanted_at, facts), station=order.station
            )
        case _:
            place = (
                _("next in line")
                if wait.position <= 1
                else _("number {position} in line").format(position=wait.position)
            )
            return _("{order} is {place} at {station}, {wait}.").format(
                order=what, place=place, station=order.station, wait=wait_spoken(wait)
            )


def when_spoken(order: OpenOrder, wait: QuotedWait, facts: Facts) -> str:
    if order.wanted_at:
        return _("ready at {time}").format(time=moment(order.wanted_at, facts))
    return wait_spoken(wait)


def dropped(saying: OrdersDropped, menu: Menu, brief: int) -> str:
    parts = []
    if saying.orders:
        parts.append(_("OK, dropped: {orders}.").format(orders=orders_spoken(saying.orders, menu, brief)))
    if saying.wished:
        parts.append(barista_asked(saying.wished))
    if saying.too_late:
        parts.append(too_late(saying.too_late[0]))
    if saying.left:
        codes = listed([order.code for order in saying.left], _("and"))
        parts.append(ngettext("{codes} stays.", "{codes} stay.", len(saying.left)).format(codes=codes))
    return " ".join(parts)


def barista_asked(orders: Sequence[OpenOrder]) -> str:
    codes = listed([order.code for order in orders], _("and"))
    return ngettext(
        "{codes} is being made already. I've asked the barista; you'll get a text.",
        "{codes} are being made already. I've asked the barista; you'll get a text.",
        len(orders),
    ).format(codes=codes)


def too_late(order: OpenOrder) -> str:
    return _("{code} is ready already, at {station}.").format(code=order.code, station=order.station)
