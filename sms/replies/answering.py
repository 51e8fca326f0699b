"""Writes a reply: one or two sentences for each of its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import override

from inventory.menu import Menu
from orders.refusals import Refusal
from sms.conversation.actions import WayChosen
from sms.conversation.facts import Facts
from sms.conversation.sayings import (
    AskDrink,
    AskOption,
    AskWhich,
    ConfirmCups,
    DietNoted,
    DoesNotFit,
    ItemsNoted,
    MenuSaying,
    NoteKept,
    NothingChanged,
    NotUnderstood,
    OfferInstead,
    OpenNow,
    OrderSaying,
    OrderTaken,
    OwnAnswer,
    Phrase,
    Saying,
    ShowAllergens,
    ShowContents,
    ShowDrinks,
    ShowMenu,
    ShowPrices,
    ShowProgress,
    ShowStoredData,
    ToldOn,
    UnknownWords,
)
from sms.replies.gsm7 import plain
from sms.replies.menu import about_menu
from sms.replies.names import cut, echo, example, first_upper, listed, no_menu
from sms.replies.offers import ask_drink, ask_option, ask_which, instead, misfits
from sms.replies.order_texts import COUNT, DRINKS, FULL, MAIN, orders_spoken, spoken
from sms.replies.orders import about_orders
from sms.replies.phrases import phrase_spoken
from sms.replies.prices import prices_told
from sms.replies.refusals import moment, refused
from sms.segments import segments
from sms.wording.lookup import gettext as _
from sms.wording.lookup import ngettext, worded

#: Parts that can take more than one SMS segment, because the customer asked for a list or for an answer.
LONG = (ShowMenu, ShowDrinks, ShowAllergens, ShowContents, ShowPrices, ShowProgress, ShowStoredData, OwnAnswer)

#: Parts by which customers check their order. Sizes, milks and names are kept even if this takes a second SMS segment.
CHECKED = (OrderTaken, ConfirmCups, NothingChanged)
#: The steps by which a reply is shortened until it fits. Each step is a pair: how much of the order is described, and
#: how many SMS segments the reply can then have. So (DRINKS, 1) names only the drinks, to fit one segment. TOLD is for
#: replies that begin with a part in CHECKED, BRIEFLY for all others.
TOLD = ((FULL, 1), (MAIN, 1), (FULL, 2), (MAIN, 2), (DRINKS, 1), (COUNT, 1))
BRIEFLY = ((FULL, 1), (DRINKS, 1), (COUNT, 1))


def word(says: Sequence[Saying], menu: Menu, facts: Facts) -> str:
    """Return one text for all parts of the reply, in the customer's language and the event's own wording. Return "" if
    there are no parts."""
    with override(facts.reply_language), worded(facts.wording):
        return _word(says, menu, facts)


def _word(says: Sequence[Saying], menu: Menu, facts: Facts) -> str:
    for brief, most in TOLD if says and isinstance(says[0], CHECKED) else BRIEFLY:
        text = joined_text(says, menu, facts, brief)
        if segments(text) <= most:
            return text
    kept = list(says)
    # The first part is the answer itself. Drop parts from the end until the text fits one segment.
    while len(kept) > 1 and segments(text) > 1 and not isinstance(kept[0], LONG):
        kept.pop()
        text = joined_text(kept, menu, facts, COUNT)
    return text


def joined_text(says: Sequence[Saying], menu: Menu, facts: Facts, brief: int) -> str:
    """Return the sentences of the reply.

    After an event's own answer the next sentence begins a new line, because the answer may have no full stop: "WiFi:
    EXPO / coffee"."""
    told = ((sentence(saying, menu, facts, brief), saying) for saying in says)
    text = "".join(f"{each}\n" if isinstance(saying, OwnAnswer) else f"{each} " for each, saying in told if each)
    return plain(text.strip())


def sentence(saying: Saying, menu: Menu, facts: Facts, brief: int = FULL) -> str:
    if isinstance(saying, OrderSaying):
        return about_orders(saying, menu, facts, brief)
    if isinstance(saying, MenuSaying):
        return about_menu(saying, menu)
    match saying:
        case Phrase():
            return phrase_spoken(saying, menu, facts)
        case UnknownWords(words):
            return no_such(words)
        case DoesNotFit(every):
            return " ".join(misfits(every, menu)[: 2 if brief < COUNT else 1])
        case AskOption():
            return ask_option(saying, menu, brief)
        case AskDrink():
            return ask_drink(saying, menu)
        case AskWhich(items):
            return ask_which(items, menu, brief)
        case ItemsNoted(items):
            return _("Noted: {items}.").format(items=spoken(items, menu, brief))
        case NoteKept(note):
            return _("Noted: {items}.").format(items=cut(note, 60))
        case DietNoted(note):
            return _("Noted for the barista: {note}. What can I get you?").format(note=cut(note, 60))
        case OfferInstead(missing, offers):
            return instead(missing, offers, menu)
        case NotUnderstood():
            return not_understood(saying, menu, brief)
        case OpenNow(closed, until):
            return open_now(closed, until, menu, facts)
        case OwnAnswer(text):
            return text
        case ShowPrices():
            return prices_told(saying, menu, facts.currency)
        case ToldOn(chosen):
            return told_on(chosen)
        case ShowStoredData():
            return stored_data(saying, facts)


def open_now(closed: Refusal | None, until: dt.datetime | None, menu: Menu, facts: Facts) -> str:
    if closed:
        return refused(closed, menu, facts)
    if until is None:
        return _("Yes, we're taking orders.")
    return _("Yes, we're taking orders, until {time}.").format(time=moment(until, facts))


def told_on(chosen: WayChosen) -> str:
    match chosen.way:
        case "mail":
            return _("OK: a mail to {address} when it is ready, and a text only if that fails.").format(
                address=cut(chosen.address, 60)
            )
        case "push":
            return _("Tap the bell on your order's page to be told there: {link}").format(link=chosen.page)
        case _:
            return _("OK, you get a text when it is ready.")


def stored_data(saying: ShowStoredData, facts: Facts) -> str:
    return _(
        "We keep your number, {name}{orders} and {texts} for this event, only to get your coffee to you. "
        "FORGET ME deletes your name, number and texts at once."
    ).format(
        name=_("your name ({name}), ").format(name=facts.name) if facts.name else "",
        orders=ngettext("{n} order", "{n} orders", saying.kept.orders).format(n=saying.kept.orders),
        texts=ngettext("{n} text", "{n} texts", saying.kept.texts).format(n=saying.kept.texts),
    )


def not_understood(saying: NotUnderstood, menu: Menu, brief: int) -> str:
    said = no_such(saying.unknown) if saying.unknown else _("Sorry, I didn't get that.")
    if not menu.drinks and not saying.orders:
        return no_menu()
    if saying.orders:
        stands = _("Still in: {orders}.").format(orders=orders_spoken(saying.orders, menu, brief))
        return f"{said} {stands} " + _("HELP shows what I know.")
    return f"{said} " + _("Text me an order like '{sample}', or MENU.").format(sample=example(menu))


def no_such(words: Sequence[str]) -> str:
    return first_upper(_("No {words}, sorry.").format(words=listed([echo(w) for w in words[:3]], _("or"))))
