"""A name, a yes, a no: answers to what we asked."""

from __future__ import annotations

from dataclasses import replace

from orders.parser import read
from sms.conversation.actions import SetName
from sms.conversation.asking import not_served, still_open
from sms.conversation.ordering import commit, fill, let_go, named
from sms.conversation.sayings import Phrase
from sms.conversation.smalltalk import not_understood
from sms.conversation.state import OrderDraft
from sms.conversation.turn import Heard, Turn


def rename(h: Heard) -> Turn:
    return named(h) if h.name else not_understood(h)


def name_draft(h: Heard) -> Turn:
    draft = replace(h.state.draft or OrderDraft(), name=h.name)
    return h.turn(*still_open(h), act=SetName(h.name) if h.name else None, state=replace(h.state, draft=draft))


def without_name(h: Heard) -> Turn:
    return h.turn(Phrase.NAMELESS, state=replace(h.settled(), nameless=True))


def ask_name_again(h: Heard) -> Turn:
    return h.turn(Phrase.NAME_AGAIN)


def accept(h: Heard) -> Turn:
    """Yes, to something offered: the first of it."""
    offers = h.state.asked.offers if h.state.asked else ()
    if not offers:
        return ask_again(h)
    items = h.state.draft.items if h.state.draft else ()
    reading = read(offers[0], h.menu, order=items, asked=h.state.asked)
    return fill(replace(h, reading=reading)) if reading.items else ask_again(h)


def without_option(h: Heard) -> Turn:
    """No preference: the order goes in without it, and the barista makes it as usual."""
    asked, draft = h.state.asked, h.state.draft
    if draft is None or asked is None or asked.about != "option" or not draft.items:
        return let_go(h)
    return commit(h, draft)


def ask_again(h: Heard) -> Turn:
    return h.turn(*not_served(h.reading), *still_open(h))


def no_name(h: Heard) -> Turn:
    """A word or two that are no name ("skip", "no name") are a way to give none."""
    if len(h.text.split()) <= 2 and not h.reading.unknown and not h.reading.note:
        return without_name(h)
    return replace(not_understood(h), state=h.settled())
