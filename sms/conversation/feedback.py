"""Rules for answers to "How was your coffee?", which is asked after an order was collected."""

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

#: Maximum length of the stored words of a rating, in characters.
WORDS_LENGTH = 500


def after_pickup(state: ConversationState, facts: Facts) -> ConversationState:
    """Return the state in which the next text can answer our question for a rating.

    The question does not wait for an answer if none was sent, if the customer has an unfinished order, or if we asked
    something else later."""
    asked = facts.rating_asked
    if asked is None or state.draft or (state.asked and state.at > asked.at):
        return replace(state, rating_of=None)
    return replace(state, asked=None, rating_of=asked.order)


def take_rating(h: Heard) -> Turn:
    """Store the score and the customer's words as the rating. A complaint also calls a person of the support team."""
    score = score_in(h.text)
    words = "" if score and len(h.text.split()) == 1 else clean_name(h.text, WORDS_LENGTH)
    person = h.reading.intent is Intent.SUPPORT
    says = Phrase.RATED if score is None or score > 2 else Phrase.RATED_LOW
    act = StoreRating(cast(int, h.state.rating_of), score, words, person)
    return h.turn(Phrase.PERSON_CALLED if person else says, act=act, state=h.settled())


def rating_or(rule: Rule) -> Rule:
    """Return a rule that first looks for a rating: praise, blame, or a number in a text that orders nothing.

    Such a text is stored as the rating. Any other text is handled by `rule`."""

    def rated(h: Heard) -> Turn:
        # After the question for a rating, a bare "5" is the rating. It must not change a waiting order to five lattes.
        number = h.rating_just_asked and len(h.text.split()) == 1
        ordered = (h.reading.items or h.reading.choices) and not number
        return take_rating(h) if judges(h.text) or (score_in(h.text) and not ordered) else rule(h)

    return rated


def rate_unclear(h: Heard) -> Turn:
    """Store a text that was not understood as the rating, because the question for a rating is open.

    If the text has a note for the barista or words that are not on the menu, reply instead that it was not
    understood."""
    return say_unclear(h) if strange(h.reading) or h.reading.note else take_rating(h)
