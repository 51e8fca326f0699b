"""Put the sayings of a reply into words, each into a sentence or two."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import override

from inventory.menu import Menu
from sms.conversation.actions import OrderProgress
from sms.conversation.facts import Facts, OpenOrder
from sms.conversation.sayings import (
    AskDrink,
    AskOption,
    BaristaAsked,
    ConfirmCups,
    Contains,
    DietNoted,
    DoesNotFit,
    DraftExpired,
    NameTaken,
    NothingChanged,
    NotUnderstood,
    OfferInstead,
    OpenNow,
    OrderRefused,
    OrdersDropped,
    OrderTaken,
    Phrase,
    Saying,
    ShowAllergens,
    ShowAvailability,
    ShowDrinks,
    ShowMenu,
    ShowProgress,
    ShowStoredData,
    TooLate,
    UnknownWords,
)
from sms.replies.allergens import allergen_named, allergens_told
from sms.replies.gsm7 import plain
from sms.replies.menu import answer, show_menu
from sms.replies.names import cut, drink_named, echo, example, first_upper, listed
from sms.replies.offers import ask_drink, ask_option, instead, misfit
from sms.replies.order_texts import COUNT, DRINKS, FULL, MAIN, orders_spoken, ready_in, spoken
from sms.replies.refusals import refused
from sms.segments import segments
from sms.wording.lookup import gettext as _
from sms.wording.lookup import ngettext, worded

#: Sayings that may take more than one segment: they are lists that were asked for.
LONG = (ShowMenu, ShowDrinks, ShowAllergens, ShowProgress, ShowStoredData)

#: Sayings by which the customer checks the order: sizes, milks and names are worth a second segment.
CHECKED = (OrderTaken, ConfirmCups, NothingChanged)
#: How an order is told and how many segments that may take, the best first.
TOLD = ((FULL, 1), (MAIN, 1), (FULL, 2), (MAIN, 2), (DRINKS, 1), (COUNT, 1))
BRIEFLY = ((FULL, 1), (DRINKS, 1), (COUNT, 1))


def word(says: Sequence[Saying], menu: Menu, facts: Facts) -> str:
    """Join all sayings into one text, in the customer's language and the event's words; "" if there is none."""
    with override(facts.reply_language), worded(facts.wording):
        return _word(says, menu, facts)


def _word(says: Sequence[Saying], menu: Menu, facts: Facts) -> str:
    for brief, most in TOLD if says and isinstance(says[0], CHECKED) else BRIEFLY:
        text = plain(" ".join(filter(None, (sentence(saying, menu, facts, brief) for saying in says))))
        if segments(text) <= most:
            return text
    kept = list(says)
    # The first saying answers the text; what follows is dropped before the answer is.
    while len(kept) > 1 and segments(text) > 1 and not isinstance(kept[0], LONG):
        kept.pop()
        text = plain(" ".join(filter(None, (sentence(saying, menu, facts, COUNT) for saying in kept))))
    return text


def sentence(saying: Saying, menu: Menu, facts: Facts, brief: int = FULL) -> str:
    match saying:
        case Phrase():
            return phrase(saying, menu, facts)
        case OrderTaken():
            return taken(saying, menu, brief)
        case UnknownWords(words):
            return no_such(words)
        case DoesNotFit(misfits):
            return " ".join(misfit(each, menu) for each in misfits[: 2 if brief < COUNT else 1])
        case AskOption():
            return ask_option(saying, menu, brief)
        case AskDrink():
            return ask_drink(saying, menu)
        case ConfirmCups(items):
            return _("That is {items}, right?").format(items=spoken(items, menu, brief))
        case Contains(drink, allergen):
            return _("Note that {drink} contains {allergen}.").format(
                drink=drink_named(drink, menu), allergen=allergen_named(allergen)
            )
        case DietNoted(note):
            return _("Noted for the barista: {note}. What can I get you?").format(note=cut(note, 60))
        case ShowDrinks(drinks, without):
            here = [drink_named(drink, menu) for drink in drinks if drink not in without.drinks]
            return first_upper(", ".join(here)) + "." if here else _("Nothing can be made right now, sorry.")
        case ShowAllergens():
            return allergens_told(saying, menu)
        case NothingChanged(order):
            return _("Your order stays: {items} ({code}).").format(
                items=spoken(order.wanted, menu, brief), code=order.code
            )
        case OfferInstead(missing, offers):
            return instead(missing, offers, menu)
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
            return " ".join(standing(each, menu, brief) for each in orders_progress)
        case OrderRefused(refusal):
            return refused(refusal, menu, facts)
        case NotUnderstood():
            return not_understood(saying, menu, brief)
        case DraftExpired(items):
            return _("Your earlier {items} was never finished, so I let it go.").format(
                items=spoken(items, menu, max(brief, DRINKS)) or _("order")
            )
        case ShowMenu():
            return show_menu(saying, menu)
        case ShowAvailability():
            return answer(saying, menu)
        case OpenNow(closed):
            return refused(closed, menu, facts) if closed else _("Yes, we're taking orders.")
        case ShowStoredData(kept):
            return _(
                "We keep your number, {name}{orders} and {texts} for this event, only to get your coffee to you. "
                "FORGET ME deletes your name, number and texts at once."
            ).format(
                name=_("your name ({name}), ").format(name=facts.name) if facts.name else "",
                orders=ngettext("{n} order", "{n} orders", kept.orders).format(n=kept.orders),
                texts=ngettext("{n} text", "{n} texts", kept.texts).format(n=kept.texts),
            )


def phrase(which: Phrase, menu: Menu, facts: Facts) -> str:
    sample = example(menu)
    match which:
        case Phrase.GREETING:
            hello = _("Hi {name}!").format(name=facts.name) if facts.name else _("Hi!")
            return (
                hello + " " + _("Text me your order, like '{sample}'. MENU shows what there is.").format(sample=sample)
            )
        case Phrase.HELP:
            return _(
                "Text your order, like '{sample}'. MENU: what there is. STATUS: how long. DROP: no thanks. "
                "USUAL: same again. PERSON: talk to us."
            ).format(sample=sample)
        case Phrase.THANKS:
            return _("You're welcome!")
        case Phrase.RATED:
            return _("Thank you for telling us!")
        case Phrase.RATED_LOW:
            return _("Thank you for telling us, and sorry that it wasn't better. PERSON if we may put it right.")
        case Phrase.NOTHING_OPEN:
            return _("You have no order open. Text me one, like '{sample}'.").format(sample=sample)
        case Phrase.NOTHING_TO_CANCEL:
            return _("There is no order to drop. Text me one any time.")
        case Phrase.NO_USUAL:
            return _("I don't know your usual yet. Text me your order, like '{sample}'.").format(sample=sample)
        case Phrase.NOT_ORDERED:
            return _("OK, forgotten: nothing more is ordered.")
        case Phrase.NAMELESS:
            return _("No problem, we'll call out the code.")
        case Phrase.NAME_AGAIN:
            return _("Sure: what name shall we call?")
        case Phrase.ASK_NAME:
            return _("What name for the cup?")
        case Phrase.PERSON_CALLED:
            return _(
                "Thanks for telling us. I've flagged this for the team; for anything urgent, please ask at the bar."
            )
        case Phrase.STOPPED:
            return _("OK, no more texts from us. START turns them on again.")
        case Phrase.FORGOTTEN:
            return forgotten(facts)
        case Phrase.WHO:
            return _("I'm the order line of {event}: a program that hands your texts to the baristas.").format(
                event=cut(facts.event, 40)
            )
        case Phrase.PRICE:
            return _("I don't know about prices, sorry. The baristas do.")
        case Phrase.ALLERGENS:
            return _(
                "Please check allergies with the barista. Put it in your order, like 'allergic to nuts', "
                "and it stands on the ticket."
            )
        case Phrase.TOO_LONG:
            return _("That's too long for me, sorry. Text just your order, like '{sample}'.").format(sample=sample)
        case Phrase.TO_BARISTA:
            return _("Thanks, the barista reads this.")
        case Phrase.TOO_MANY_TEXTS:
            return _("That's more texts than I can answer. Please ask at the bar, or text again later.")
        case Phrase.FAULT:
            return _("Sorry, something went wrong with that text. We've flagged it; please order at the bar.")
        case Phrase.NO_WORDS:
            return _("I can only read words, sorry. Text your order, like '{sample}'.").format(sample=sample)


def taken(saying: OrderTaken, menu: Menu, brief: int) -> str:
    order = saying.order
    what = spoken(order.items, menu, brief)
    form = _("Changed: {items} ({code}), {wait}.") if saying.changed else _("Got it: {items} ({code}), {wait}.")
    return form.format(items=what, code=order.code, wait=ready_in(saying.wait))


def standing(each: OrderProgress, menu: Menu, brief: int) -> str:
    order, wait = each.order, each.wait
    what = f"{order.code} ({spoken(order.items, menu, brief)})"
    match order.status:
        case "ready":
            return _("{order} is ready at {station}!").format(order=what, station=order.station)
        case "making":
            making = _("{order} is being made at {station}, {wait}.").format(
                order=what, station=order.station, wait=ready_in(wait)
            )
            return making if order.wish is None else making + " " + _("Your change is with the barista.")
        case _:
            place = (
                _("next in line")
                if wait.position <= 1
                else _("number {position} in line").format(position=wait.position)
            )
            return _("{order} is {place} at {station}, {wait}.").format(
                order=what, place=place, station=order.station, wait=ready_in(wait)
            )


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


def not_understood(saying: NotUnderstood, menu: Menu, brief: int) -> str:
    said = no_such(saying.unknown) if saying.unknown else _("Sorry, I didn't get that.")
    if saying.orders:
        stands = _("Still in: {orders}.").format(orders=orders_spoken(saying.orders, menu, brief))
        return f"{said} {stands} " + _("HELP shows what I know.")
    return f"{said} " + _("Text me an order like '{sample}', or MENU.").format(sample=example(menu))


def no_such(words: Sequence[str]) -> str:
    return first_upper(_("No {words}, sorry.").format(words=listed([echo(w) for w in words[:3]], _("or"))))


def forgotten(facts: Facts) -> str:
    text = _("Done: your name, number and texts are deleted.")
    if not facts.orders:
        return text
    codes = listed([order.code for order in facts.orders], _("and"))
    return text + " " + _("Listen for {codes}: we can't text you any more.").format(codes=codes)
