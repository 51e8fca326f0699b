"""Rules for answers to our questions: a name, a yes, a no."""

from __future__ import annotations

from dataclasses import replace

from orders.parser import read
from sms.conversation.actions import SetName
from sms.conversation.asking import not_served, still_open, strange
from sms.conversation.ordering import commit, drop_draft, fill_draft, take_name
from sms.conversation.sayings import Phrase
from sms.conversation.smalltalk import say_unclear
from sms.conversation.state import Stage
from sms.conversation.turn import Heard, Turn


def name_given(h: Heard) -> Turn:
    """Take the name. "A frappe for Zoe" orders something that we do not have, and names nobody here."""
    if not h.name or (strange(h.reading) and h.state.stage is not Stage.NAMING):
        return say_unclear(h)
    return take_name(h)


def name_draft(h: Heard) -> Turn:
    draft = replace(h.state.unfinished, name=h.name)
    says = (*not_served(h), *still_open(h))
    return h.turn(*says, act=SetName(h.name) if h.name else None, state=replace(h.state, draft=draft))


def without_name(h: Heard) -> Turn:
    return h.turn(Phrase.NAMELESS, state=replace(h.settled(), nameless=True))


def ask_name_again(h: Heard) -> Turn:
    return h.turn(Phrase.NAME_AGAIN)


def accept_offer(h: Heard) -> Turn:
    """Yes to a list of substitutes takes the first of them."""
    offers = h.state.asked.offers if h.state.asked else ()
    if not offers:
        return ask_again(h)
    reading = read(offers[0], h.menu, order=h.state.unfinished.items, asked=h.state.asked)
    return fill_draft(replace(h, reading=reading)) if reading.items else ask_again(h)


def confirm_cups(h: Heard) -> Turn:
    """Yes confirms the number of cups; it answers no other question."""
    return commit(h, h.state.unfinished) if h.state.asks("confirm") else ask_again(h)


def without_option(h: Heard) -> Turn:
    """No preference: place the order without the option, and the barista makes the usual one."""
    draft = h.state.unfinished
    return commit(h, draft) if h.state.asks("option") and draft.items else drop_draft(h)


def ask_again(h: Heard) -> Turn:
    return h.turn(*not_served(h), *still_open(h))


def no_name(h: Heard) -> Turn:
    """One or two words that are no name ("skip", "no name") mean that the customer gives none."""
    if len(h.text.split()) <= 2 and not h.reading.unknown and not h.reading.note:
        return without_name(h)
    return say_unclear(h)
