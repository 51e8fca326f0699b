"""The words of texts that Expresso starts, such as "your latte is ready". Replies are in `answering`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext

from inventory.snapshot import menu_of
from orders.messaging.texting import ToSay
from orders.models import Order
from orders.requirements import items_of
from sms.conversation.sayings import AskOption
from sms.replies.gsm7 import plain
from sms.replies.names import cut, first_upper
from sms.replies.offers import ask_option, instead
from sms.replies.order_texts import COUNT, DRINKS, FULL, spoken
from sms.segments import segments
from sms.wording.lookup import gettext as _
from sms.wording.lookup import ngettext


def order_ready(order: Order) -> str:
    """Return the text that says that the order is ready: "Sam, your large oat latte is ready at Bar 2 (K07)."

    The code is included, because two customers can have the same name."""
    form = ngettext(
        "your {items} is ready at {station} ({code}).", "your {items} are ready at {station} ({code}).", order.cups
    )
    return addressed(order, form)


def ready_by_mail(order: Order) -> str:
    return _("Your order {code} is ready at {station}.").format(code=order.code, station=order.station.name)


def reminder(order: Order) -> str:
    """Return the text that reminds the customer to collect the order."""
    form = ngettext(
        "your {items} is still here at {station} ({code}).",
        "your {items} are still here at {station} ({code}).",
        order.cups,
    )
    return addressed(order, form)


def addressed(order: Order, form: str) -> str:
    """Return the template `form` filled in for the order, after the order's name: "Sam, your latte is ready".

    The name is left out if there is none. It is also left out if the phone number was only typed on a page, because the
    number may be another person's."""
    if not order.name or order.number_is_unproven:
        return first_upper(shortest_needed(order, (form,)))
    return shortest_needed(order, ("{name}, " + form,), name=order.name)


def how_was_it(order: Order) -> str:
    return shortest_needed(
        order, (_("How was your {items}? A number from 1 to 5, or a few words, would help us. No need to, of course."),)
    )


def paid(order: Order) -> str:
    """Return the text that says that the payment has arrived and that the order is now in the queue."""
    return shortest_needed(order, (_("Thanks, that is paid. Your {items} ({code}) is in line at {station}."),))


def not_paid(order: Order) -> str:
    return shortest_needed(
        order, (_("Your {items} ({code}) was not paid in time, so we let it go. Text it again if you still want it."),)
    )


def refunded(order: Order) -> str:
    return shortest_needed(order, (_("Your money for {code} is on its way back. Banks take a few days to show it."),))


def granted(order: Order) -> str:
    """Return the text that says that the barista accepted the requested change."""
    return shortest_needed(order, (_("Done: {code} is now {items}."),))


def granted_drop(order: Order) -> str:
    return shortest_needed(order, (_("Done: your {items} ({code}) is dropped."),))


def declined(order: Order) -> str:
    """Return the text that says that the barista declined the requested change, so the order is made as it was."""
    return shortest_needed(order, (_("Sorry, {code} was too far along and comes as ordered: {items}."),))


def cancelled(order: Order, reason: str) -> str:
    """Return the text that says that a barista cancelled the order.

    `reason` is one of the ready-made reasons or the barista's own words."""
    # A ready-made reason is in the translation catalogs. The barista's own words are not, so gettext leaves them
    # unchanged.
    why = f": {cut(plain(gettext(reason)).strip(' .'), 60)}. " if reason else ". "
    sorry = _("Sorry, we can't make your {items} ({code})")
    return shortest_needed(
        order,
        (
            sorry + "{why}" + _("Text me something else, or ask at {station}."),
            sorry + "{why}" + _("Please ask at the bar."),
        ),
        why=why,
    )


def from_the_bar(order: Order, say: ToSay) -> str:
    """Return the barista's message with the order's code before it. Return "" if the message is empty."""
    text = plain(_said(order, say))
    return f"{order.code}: {text}" if text else ""


def _said(order: Order, say: ToSay) -> str:
    menu = menu_of(order.event).menu
    match say.template:
        case "come":
            return _("Could you come to {station}, please? It's about your order.").format(station=order.station.name)
        case "longer":
            return _("Sorry, your order takes a little longer than we said.")
        case "here":
            return _("Your order is at {station}.").format(station=order.station.name)
        case "out":
            return instead((say.about.name,), say.offers, menu)
        case "which":
            group = say.about.name
            drinks = menu.drink_by_name
            # Skip drinks that do not have this group of options, and drinks that were taken off the menu after the
            # order.
            asked = tuple(
                # Leave out the options of the group that is asked about: "What size for the oat latte?", not "for the
                # large oat latte?".
                replace(item, choices=tuple(choice for choice in item.choices if choice.group != group))
                for item in items_of(order)
                if item.drink in drinks and group in drinks[item.drink].groups
            )
            options = tuple(option.name for option in menu.group_by_name[group].options)
            return ask_option(AskOption(asked, group, options), menu, FULL)
        case _:
            return say.text


def takes_longer(order: Order) -> str:
    """Return the broadcast text that says that drinks take longer than promised."""
    return shortest_needed(
        order, (_("Sorry, it takes longer than we said. Your {items} ({code}) will come, and we text you."),)
    )


def short_break(order: Order) -> str:
    """Return the broadcast text that says that the bar takes a short break."""
    return shortest_needed(order, (_("{station} has a short break. Your {items} ({code}) keeps its place."),))


def closing_soon(order: Order) -> str:
    """Return the broadcast text that says that the bar closes soon."""
    return shortest_needed(
        order, (_("We close soon. Please collect your {items} ({code}) at {station} as soon as we text you."),)
    )


def shortest_needed(order: Order, forms: Sequence[str], **words: str) -> str:
    """Fill in the first of the templates (`forms`) with which the text fits one SMS segment, and return the text.

    The order is described in as much detail as fits. If nothing fits, the last template is used with the shortest
    description of the order."""
    menu, items = menu_of(order.event).menu, items_of(order)
    if order.number_is_unproven:
        # Anybody can type any number on a page, so the number may be another person's. Leave out names and notes, so
        # that nobody can use them to send their own words to a stranger.
        items = tuple(replace(item, name=None, note="") for item in items)
    text = ""
    for form in forms:
        for brief in (FULL, DRINKS, COUNT):
            told = spoken(items, menu, brief)
            text = plain(form.format(items=told, station=order.station.name, code=order.code, **words))
            if segments(text) == 1:
                return text
    return text


def nobody_here() -> str:
    """Return the reply to a text that was sent to a number which belongs to no event."""
    return plain(_("Hi! No orders are taken on this number right now. Please ask at the bar."))
