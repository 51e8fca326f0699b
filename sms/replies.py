"""Every sentence that a customer reads.

`word(says, menu, facts)` puts the sayings of a turn into one text. It fits one GSM-7 segment (160 characters) where it
can: a long order is told shorter before anything is left out. The exceptions are named in LONG.
No sentence asks for one of Twilio's opt-out words: whoever wants to get rid of an order texts DROP."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence

from django.utils.translation import get_language, override

from accounts.models import Customer
from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from inventory.snapshot import menu_of
from orders.contact import ToSay
from orders.items import Amount, Choice, Item
from orders.models import Order
from orders.parser import Misfit, Topic
from orders.parser.languages import LANGUAGES, Language
from orders.refusals import (
    CannotBeMade,
    EventClosed,
    NotOnMenu,
    Refusal,
    TooManyDrinks,
    TooManyOrders,
    TransitionError,
    WindowFull,
)
from orders.wanted import items_of
from sms.conversation.deeds import Standing, Wait, Without
from sms.conversation.facts import Facts, OpenOrder
from sms.conversation.sayings import (
    Answer,
    AskDrink,
    AskOption,
    BaristaAsked,
    DoesNotFit,
    Dropped,
    Instead,
    Lapsed,
    Named,
    NotHere,
    NotUnderstood,
    OpenNow,
    Phrase,
    Refused,
    Saying,
    ShowMenu,
    Standings,
    Taken,
    TooLate,
    WhatIsKept,
)
from sms.segments import GSM_7, segments
from sms.wording import gettext as _
from sms.wording import ngettext, worded
from stations.models import Event

#: Sayings that may take more than one segment: they are lists that were asked for.
LONG = (ShowMenu, Standings, WhatIsKept)
#: How shortly an order is told: all of it, its drinks, how many.
FULL, DRINKS, COUNT = range(3)
#: Words of the customer's are repeated up to here.
ECHO = 20


def word(says: Sequence[Saying], menu: Menu, facts: Facts) -> str:
    """One text for all of it, in the customer's language and the event's words; "" when nothing is to be said."""
    with override(facts.tongue), worded(facts.wording):
        return _word(says, menu, facts)


def _word(says: Sequence[Saying], menu: Menu, facts: Facts) -> str:
    for brief in (FULL, DRINKS, COUNT):
        text = plain(" ".join(filter(None, (sentence(saying, menu, facts, brief) for saying in says))))
        if segments(text) == 1:
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
        case Taken():
            return taken(saying, menu, brief)
        case NotHere(words):
            return _("No {words}, sorry.").format(words=listed([echo(w) for w in words[:3]], _("or")))
        case DoesNotFit(misfits):
            return " ".join(misfit(each, menu) for each in misfits[: 2 if brief < COUNT else 1])
        case AskOption():
            return ask_option(saying, menu, brief)
        case AskDrink():
            return ask_drink(saying, menu)
        case Instead(missing, offers):
            return instead(missing, offers, menu)
        case Named(name, order):
            if order is None:
                return _("Thanks, {name}!").format(name=name)
            return _("Thanks, {name}! Your order {code} is under that name.").format(name=name, code=order.code)
        case Dropped():
            return dropped(saying, menu, brief)
        case TooLate(order):
            return too_late(order)
        case BaristaAsked(order):
            return barista_asked([order])
        case Standings(standings):
            return " ".join(standing(each, menu, brief) for each in standings)
        case Refused(refusal):
            return refused(refusal, menu, facts)
        case NotUnderstood():
            return not_understood(saying, menu, brief)
        case Lapsed(items):
            return _("Your earlier {items} was never finished, so I let it go.").format(
                items=spoken(items, menu, max(brief, DRINKS)) or _("order")
            )
        case ShowMenu():
            return show_menu(saying, menu)
        case Answer():
            return answer(saying, menu)
        case OpenNow(closed):
            return refused(closed, menu, facts) if closed else _("Yes, we're taking orders.")
        case WhatIsKept(kept):
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
        case Phrase.FAULT:
            return _("Sorry, something went wrong with that text. We've flagged it; please order at the bar.")
        case Phrase.NO_WORDS:
            return _("I can only read words, sorry. Text your order, like '{sample}'.").format(sample=sample)


# orders ---------------------------------------------------------------------------------------------


def taken(saying: Taken, menu: Menu, brief: int) -> str:
    order = saying.order
    what = spoken(order.items, menu, brief)
    form = _("Changed: {items} ({code}), {wait}.") if saying.changed else _("Got it: {items} ({code}), {wait}.")
    return form.format(items=what, code=order.code, wait=ready_in(saying.wait))


def ready_in(wait: Wait) -> str:
    return _("ready in {earliest}-{latest} min").format(earliest=wait.earliest, latest=wait.latest)


def standing(each: Standing, menu: Menu, brief: int) -> str:
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


def dropped(saying: Dropped, menu: Menu, brief: int) -> str:
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
    said = (
        _("No {words}, sorry.").format(words=listed([echo(w) for w in saying.unknown[:3]], _("or")))
        if saying.unknown
        else _("Sorry, I didn't get that.")
    )
    if saying.orders:
        stands = _("Still in: {orders}.").format(orders=orders_spoken(saying.orders, menu, brief))
        return f"{said} {stands} " + _("HELP shows what I know.")
    return f"{said} " + _("Text me an order like '{sample}', or MENU.").format(sample=example(menu))


def orders_spoken(orders: Iterable[OpenOrder], menu: Menu, brief: int) -> str:
    if brief == COUNT:
        return listed([order.code for order in orders], _("and"))
    return "; ".join(f"{spoken(order.items, menu, brief)} ({order.code})" for order in orders)


def spoken(items: Sequence[Item], menu: Menu, brief: int = FULL) -> str:
    """The items as one would say them: "2x large oat latte, 1 sugar and espresso"."""
    if brief == COUNT and len(items) > 1:
        cups = sum(item.quantity for item in items)
        return ngettext("{n} drink", "{n} drinks", cups).format(n=cups)
    words = [item_spoken(item, menu, brief) for item in items]
    # A list in a list needs the stronger mark.
    if any("," in each for each in words) and len(words) > 1:
        return "; ".join(words)
    return listed(words, _("and"))


def item_spoken(item: Item, menu: Menu, brief: int = FULL) -> str:
    count = f"{item.quantity}x " if item.quantity > 1 else ""
    drink = named(menu.drink_by_name.get(item.drink), item.drink)
    if brief != FULL:
        return count + drink
    before, after = sides(item, menu)
    text = count + " ".join([*before, drink]) + "".join(f", {each}" for each in after)
    if item.name:
        text = _("{item} for {name}").format(item=text, name=item.name)
    return f"{text}, {cut(item.note, 40)}" if item.note else text


def sides(item: Item, menu: Menu) -> tuple[list[str], list[str]]:
    """Short options that stand alone go before the drink where the language says so, everything else behind it."""
    before: list[str] = []
    after: list[str] = []
    drink = menu.drink_by_name.get(item.drink)
    place = {group: number for number, group in enumerate(drink.groups if drink else ())}
    for choice in sorted(item.choices, key=lambda each: place.get(each.group, len(place))):
        group = menu.group_by_name.get(choice.group)
        alone = group is not None and group.choose == "one" and not group.amounts and choice.amount is None
        said = choice_spoken(choice, menu)
        short = " " not in said and len(before) < 3
        (before if alone and short and manner().options_first else after).append(said)
    return before, after


def choice_spoken(choice: Choice, menu: Menu) -> str:
    return f"{amount_spoken(choice.amount)} {option_named(choice.option, menu, choice.group)}".strip()


def amount_spoken(amount: Amount) -> str:
    match amount:
        case None:
            return ""
        case "no":
            return _("no")
        case "light":
            return _("a little")
        case "extra":
            return _("extra")
        case 0.5:
            return "1/2"
        case _:
            return f"{amount:g}"


# questions ------------------------------------------------------------------------------------------


def ask_option(saying: AskOption, menu: Menu, brief: int) -> str:
    drinks = listed([drink_named(item.drink, menu) for item in saying.items], _("and"))
    what = _("the order") if brief == COUNT else _("the {drinks}").format(drinks=drinks)
    options = listed([option_named(option, menu, saying.group) for option in saying.options], _("or"))
    group = named(menu.group_by_name.get(saying.group), saying.group)
    return first_upper(_("What {group} for {what}: {options}?").format(group=group, what=what, options=options))


def ask_drink(saying: AskDrink, menu: Menu) -> str:
    offers = saying.offers or tuple(drink.name for drink in menu.drinks[:3])
    options = listed([drink_named(offer, menu) for offer in offers[:4]], _("or"))
    said = " ".join(choice_spoken(choice, menu) for choice in saying.choices)
    if not said:
        return _("Which drink: {options}?").format(options=options)
    return _("{said} what? We have {options}.").format(
        said=first_upper(said), options=options if saying.offers else options + " ... (MENU)"
    )


def instead(missing: Sequence[str], offers: Sequence[str], menu: Menu) -> str:
    gone = listed([thing_named(name, menu) for name in missing[:3]], _("or"))
    if not missing:
        return _("Sorry, no bar is open right now. Please try again in a little while.")
    if not offers:
        return _("Sorry, we can't make {missing} right now. Text me something else, or MENU.").format(missing=gone)
    options = listed([thing_named(offer, menu) for offer in offers[:4]], _("or"))
    return _("Sorry, no {missing} right now. {options} instead?").format(missing=gone, options=first_upper(options))


def misfit(each: Misfit, menu: Menu) -> str:
    said, drink = echo(each.said), first_upper(drink_named(each.drink, menu))
    if each.fits:
        return _("{drink} comes {fits}, not {said}.").format(
            drink=drink, fits=listed([option_named(fit, menu, each.group) for fit in each.fits], _("or")), said=said
        )
    return _("{drink} doesn't come {said}.").format(drink=drink, said=said)


# the menu and the event -----------------------------------------------------------------------------


def show_menu(saying: ShowMenu, menu: Menu) -> str:
    """The drinks by category, or what was asked about: a category, a group, what a drink comes with."""
    without = saying.without
    parts = [part for topic in saying.topics if (part := about(topic, menu, without))]
    if parts:
        return " ".join(parts)
    categories: dict[str, list[str]] = {}
    for drink in menu.drinks:
        if drink.name not in without.drinks:
            categories.setdefault(drink.category, []).append(named(drink))
    text = " ".join(f"{category}: {', '.join(drinks)}." for category, drinks in categories.items())
    if segments(plain(text)) > 3:
        text = _("We have {categories}. Text MENU and one of these.").format(
            categories=listed([within(name) for name in categories], _("and"))
        )
    return text or _("Nothing can be made right now, sorry.")


def about(topic: Topic, menu: Menu, without: Without) -> str:
    if topic.kind == "category":
        drinks = [named(d) for d in menu.drinks if d.category == topic.name and d.name not in without.drinks]
        return f"{topic.name}: {', '.join(drinks)}." if drinks else ""
    if topic.kind == "group" and topic.name in menu.group_by_name:
        names = available(topic.name, menu, without)
        return f"{first_upper(named(menu.group_by_name[topic.name]))}: {', '.join(names)}." if names else ""
    if topic.kind == "drink" and topic.name in menu.drink_by_name:
        groups = menu.drink_by_name[topic.name].groups
        return _("{drink} comes with: {groups}.").format(
            drink=first_upper(drink_named(topic.name, menu)),
            groups=", ".join(named(menu.group_by_name[group]) for group in groups) or "-",
        )
    return answer(Answer(topic, without), menu)


def available(group: str, menu: Menu, without: Without) -> list[str]:
    options = menu.group_by_name[group].options
    return [named(option) for option in options if (group, option.name) not in without.options]


def answer(saying: Answer, menu: Menu) -> str:
    topic, without = saying.topic, saying.without
    name = thing_named(topic.name, menu, topic.group)
    gone = topic.name in without.drinks if topic.kind == "drink" else (topic.group, topic.name) in without.options
    if not gone:
        return _("Yes, we have {name}.").format(name=name)
    others = available(topic.group, menu, without) if topic.group in menu.group_by_name else []
    if not others:
        return _("No {name} right now, sorry.").format(name=name)
    return _("No {name} right now, sorry. There is {others}.").format(name=name, others=listed(others, _("and")))


def refused(refusal: Refusal, menu: Menu, facts: Facts) -> str:
    match refusal:
        case EventClosed(None):
            return _("Sorry, we've stopped taking orders. Thank you for coming!")
        case EventClosed(opens, True) if opens:
            return _("We're taking a short break. Order again from {time}, please.").format(time=moment(opens, facts))
        case EventClosed(opens) if opens:
            return _("We're closed right now. Order again from {time}, please.").format(time=moment(opens, facts))
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
    """A time of day, with the day where it is not today; in the event's time zone."""
    local, today = at.astimezone(facts.now.tzinfo), facts.now.date()
    time = f"{local:%H:%M}"
    if local.date() == today:
        return time
    if local.date() == today + dt.timedelta(days=1):
        return _("{time} tomorrow").format(time=time)
    return _("{time} on {day}").format(time=time, day=f"{local:%d.%m.}")


def forgotten(facts: Facts) -> str:
    text = _("Done: your name, number and texts are deleted.")
    if not facts.orders:
        return text
    codes = listed([order.code for order in facts.orders], _("and"))
    return text + " " + _("Listen for {codes}: we can't text you any more.").format(codes=codes)


# texts that Expresso starts -------------------------------------------------------------------------


def tongue(event: Event, customer: Customer | None) -> str:
    """What the customer is spoken to in, where no text of theirs is answered."""
    known = customer.language if customer else ""
    return known if known in event.languages else str(event.languages[0])


def ready(order: Order) -> str:
    """ "Sam, your large oat latte is ready at Bar 2 (K07)."; with its code, because names repeat."""
    form = ngettext(
        "your {items} is ready at {station} ({code}).", "your {items} are ready at {station} ({code}).", order.cups
    )
    if not order.name:
        return first_upper(shortest_needed(order, (form,)))
    return shortest_needed(order, ("{name}, " + form,), name=order.name)


def reminder(order: Order) -> str:
    """Nobody came for it yet."""
    form = ngettext(
        "your {items} is still here at {station} ({code}).",
        "your {items} are still here at {station} ({code}).",
        order.cups,
    )
    if not order.name:
        return first_upper(shortest_needed(order, (form,)))
    return shortest_needed(order, ("{name}, " + form,), name=order.name)


def how_was_it(order: Order) -> str:
    return shortest_needed(
        order, (_("How was your {items}? A number from 1 to 5, or a few words, would help us. No need to, of course."),)
    )


def granted(order: Order) -> str:
    """The barista said yes to a change; the order is as it was wished."""
    return shortest_needed(order, (_("Done: {code} is now {items}."),))


def granted_drop(order: Order) -> str:
    return shortest_needed(order, (_("Done: your {items} ({code}) is dropped."),))


def declined(order: Order) -> str:
    """To drop it, or to change it: it comes as it is."""
    return shortest_needed(order, (_("Sorry, {code} was too far along and comes as ordered: {items}."),))


def cancelled(order: Order, reason: str) -> str:
    """By a barista, with the reason as the barista wrote it."""
    why = f": {cut(plain(reason).strip(' .'), 60)}. " if reason else ". "
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
    """What a barista has to say, with the order's code before it: out of what, to choose again, or in own words."""
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
            # Others may have been taken off the menu since.
            asked = [item for item in items_of(order) if item.drink in drinks and group in drinks[item.drink].groups]
            options = tuple(option.name for option in menu.group_by_name[group].options)
            return ask_option(AskOption(tuple(asked), group, options), menu, FULL)
        case _:
            return say.text


def shortest_needed(order: Order, forms: Sequence[str], **words: str) -> str:
    """The first form, and the fullest telling of the order, that fit a segment."""
    menu, items = menu_of(order.event).menu, items_of(order)
    text = ""
    for form in forms:
        for brief in (FULL, DRINKS, COUNT):
            told = spoken(items, menu, brief)
            text = plain(form.format(items=told, station=order.station.name, code=order.code, **words))
            if segments(text) == 1:
                return text
    return text


def nobody_here() -> str:
    """To whoever texts a number that no event has."""
    return _("Hi! No orders are taken on this number right now. Please ask at the bar.")


# words ----------------------------------------------------------------------------------------------


def example(menu: Menu) -> str:
    """An order that this menu takes: its first drink, with an answer to everything it asks."""
    if not menu.drinks:
        return _("a coffee")
    drink = menu.drinks[0]
    groups = (menu.group_by_name[name] for name in drink.groups if name in menu.group_by_name)
    said = [named(group.options[-1]) for group in groups if group.ask and group.options]
    order = [*said, named(drink)] if manner().options_first else [named(drink), *said]
    return cut(" ".join(order), 40)


def named(thing: MenuDrink | MenuOption | MenuGroup | None, name: str = "") -> str:
    """In the customer's language, as within a sentence; the menu's own name where it has no other."""
    words = thing.translations.get(get_language() or "", ()) if thing else ()
    return words[0] if words else within(thing.name if thing else name)


def drink_named(name: str, menu: Menu) -> str:
    return named(menu.drink_by_name.get(name), name)


def option_named(name: str, menu: Menu, group: str = "") -> str:
    """Of that group, or, where none is told, the first of the name."""
    groups = [each for each in menu.groups if each.name == group or not group]
    options = (option for each in groups for option in each.options if option.name == name)
    return named(next(options, None), name)


def thing_named(name: str, menu: Menu, group: str = "") -> str:
    drink = None if group else menu.drink_by_name.get(name)
    return named(drink) if drink else option_named(name, menu, group)


def manner() -> Language:
    """How the language that is spoken right now puts words."""
    return LANGUAGES.get(get_language() or "", LANGUAGES["en"])


def within(name: str) -> str:
    """A name of the menu's within a sentence."""
    return name if manner().capitals else first_lower(name)


def listed(words: Sequence[str], joint: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def first_lower(text: str) -> str:
    """As within a sentence; "BLT" and "XL" stay as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 3].rstrip() + "..."


def echo(text: str) -> str:
    """The customer's own word, short, and only letters and figures of it: no link travels back in our name."""
    words = "".join(char if char.isalnum() or char in " '-&%" else " " for char in text)
    return cut(" ".join(words.split()), ECHO)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})
#: They only say how the character before them is drawn.
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))


def plain(text: str) -> str:
    """Without what makes carriers count 70 characters a segment for no gain: curly quotes, emoji, rare accents.

    Letters of other scripts stay: a name is a name."""
    if GSM_7.issuperset(text):
        return text
    composed = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return " ".join("".join(_plain(char) for char in composed).split())


def _plain(char: str) -> str:
    if char in GSM_7:
        return char
    base = unicodedata.normalize("NFKD", char)[0]
    if base in GSM_7:
        return base
    if char in _VARIATIONS:
        return ""
    return char if unicodedata.category(char)[0] in "LM" else ""
