"""How it was, asked after an order was collected."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from orders.parser import Intent
from sms.conversation.actions import StoreRating
from sms.conversation.asking import strange
from sms.conversation.facts import Facts
from sms.conversation.sayings import Phrase
from sms.conversation.smalltalk import not_understood
from sms.conversation.state import ConversationState
from sms.conversation.turn import Heard, Rule, Turn, clean_name
from sms.ratings import judges, score_in

#: As much as is kept of how it was.
WORDS_LENGTH = 500


def after_pickup(state: ConversationState, facts: Facts) -> ConversationState:
    """How it was is what we asked last, unless an order is half finished or its name was asked for since."""
    asked = facts.rating_asked
    if asked is None or state.draft or (state.asked and state.at > asked.at):
        return replace(state, rating_of=None)
    return replace(state, asked=None, rating_of=asked.order)


def rate(h: Heard) -> Turn:
    """An answer, stored as it was texted; a complaint is one for a person too."""
    score = score_in(h.text)
    words = "" if score and len(h.text.split()) == 1 else clean_name(h.text, WORDS_LENGTH)
    person = h.reading.intent is Intent.SUPPORT
    says = Phrase.RATED if score is None or score > 2 else Phrase.RATED_LOW
    act = StoreRating(cast(int, h.state.rating_of), score, words, person)
    return h.turn(Phrase.PERSON_CALLED if person else says, act=act, state=h.settled())


def rated_or(rule: Rule) -> Rule:
    """Whoever judges, or gives a number and orders nothing by it, answers; any other text is what it always is."""

    def rated(h: Heard) -> Turn:
        # To "1 to 5?" a "5" makes no five lattes of an order that still waits.
        number = h.rating_just_asked and len(h.text.split()) == 1
        ordered = (h.reading.items or h.reading.choices) and not number
        return rate(h) if judges(h.text) or (score_in(h.text) and not ordered) else rule(h)

    return rated


def unclear_taste(h: Heard) -> Turn:
    """A few words that say nothing else are the answer; what names something that is not here is not."""
    return not_understood(h) if strange(h.reading) or h.reading.note else rate(h)
