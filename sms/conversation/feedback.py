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

#: Longest text of a rating that is stored, in characters.
WORDS_LENGTH = 500


def after_pickup(state: ConversationState, facts: Facts) -> ConversationState:
    """Make our question for a rating the open question.

    An unfinished order or a later question of ours stays open instead."""
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
    """Wrap `rule`, so that praise, blame, or a number in a text without an order is stored as the rating.

    Any other text follows `rule`."""

    def rated(h: Heard) -> Turn:
        # As an answer to "1 to 5?", a "5" must not change a waiting order to five lattes.
        number = h.rating_just_asked and len(h.text.split()) == 1
        ordered = (h.reading.items or h.reading.choices) and not number
        return take_rating(h) if judges(h.text) or (score_in(h.text) and not ordered) else rule(h)

    return rated


def rate_unclear(h: Heard) -> Turn:
    """Store a text that means nothing else as the rating.

    If the text has a note or words that are not on the menu, say instead that the text is unclear."""
    return say_unclear(h) if strange(h.reading) or h.reading.note else take_rating(h)
