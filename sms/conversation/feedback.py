"""Rules for the rating that is asked for after an order was collected."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from orders.parser import Intent
from sms.conversation.actions import StoreRating
from sms.conversation.asking import strange
from sms.conversation.facts import Facts
from sms.conversation.sayings import Phrase
from sms.conversation.smalltalk import say_unclear
from sms.conversation.state import ConversationState
from sms.conversation.turn import Heard, Rule, Turn, clean_name
from sms.ratings import judges, score_in

#: The most characters that are stored of a rating.
WORDS_LENGTH = 500


def after_pickup(state: ConversationState, facts: Facts) -> ConversationState:
    """Make the question for a rating the open one, unless an order is unfinished or a name was asked for later."""
    asked = facts.rating_asked
    if asked is None or state.draft or (state.asked and state.at > asked.at):
        return replace(state, rating_of=None)
    return replace(state, asked=None, rating_of=asked.order)


def take_rating(h: Heard) -> Turn:
    """Store the rating with the customer's words. A complaint also calls a person of the team."""
    score = score_in(h.text)
    words = "" if score and len(h.text.split()) == 1 else clean_name(h.text, WORDS_LENGTH)
    person = h.reading.intent is Intent.SUPPORT
    says = Phrase.RATED if score is None or score > 2 else Phrase.RATED_LOW
    act = StoreRating(cast(int, h.state.rating_of), score, words, person)
    return h.turn(Phrase.PERSON_CALLED if person else says, act=act, state=h.settled())


def rating_or(rule: Rule) -> Rule:
    """Take praise, blame and a number that orders nothing as the rating; any other text follows `rule`."""

    def rated(h: Heard) -> Turn:
        # To "1 to 5?" a "5" makes no five lattes of an order that still waits.
        number = h.rating_just_asked and len(h.text.split()) == 1
        ordered = (h.reading.items or h.reading.choices) and not number
        return take_rating(h) if judges(h.text) or (score_in(h.text) and not ordered) else rule(h)

    return rated


def rate_unclear(h: Heard) -> Turn:
    """Take words that mean nothing else as the rating, unless they name something that is not on the menu."""
    return say_unclear(h) if strange(h.reading) or h.reading.note else take_rating(h)
