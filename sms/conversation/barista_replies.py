"""Rules for a customer's answer to a barista's message: pass the answer on to the bar, or carry it out if it orders
something."""

from __future__ import annotations

from dataclasses import replace

from inventory.menu import Menu
from orders.parser import Intent
from sms.conversation.actions import CheckWaits
from sms.conversation.facts import BaristaMessage, Facts
from sms.conversation.options import substitute
from sms.conversation.sayings import NothingChanged, NotUnderstood, Phrase
from sms.conversation.state import ConversationState, OrderDraft
from sms.conversation.turn import Heard, Turn


def is_last(written: BaristaMessage | None, state: ConversationState, facts: Facts) -> bool:
    """Tell whether nothing came after the barista's message: no text of the customer, and no question for a rating."""
    taste = facts.rating_asked.at if facts.rating_asked else 0.0
    return written is not None and written.at > max(state.at, taste)


def after_message(state: ConversationState, written: BaristaMessage, menu: Menu, facts: Facts) -> ConversationState:
    """Make the barista's message the open question, unless the customer has an unfinished order.

    If the message offers a substitute ("Out of oat, is soy fine?"), the next text is read as the answer to that
    offer."""
    if state.draft:
        return state
    state = replace(state, asked=None, offered=False, rating_of=None)
    order = next((order for order in facts.orders if order.pk == written.order), None)
    if order is None or not written.offers:
        return state
    draft = OrderDraft(order.wanted, changes=order.pk, was=order.wanted)
    return substitute(state, draft, (written.missing,), written.offers, menu) or state


#: Texts with these intents are never shown to the barista.
PRIVATE = frozenset({Intent.STOP, Intent.START, Intent.HELP, Intent.FORGET, Intent.MY_DATA})


#: Right after a barista's message, a text with one of these intents answers the barista, and only the barista knows
#: what it means.
ONLY_ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.UNCLEAR, Intent.GREETING, Intent.THANKS, Intent.CHAT})


def to_barista(h: Heard, turn: Turn) -> Turn:
    """Mark the turn so that the barista is shown the text.

    If the text is for the barista alone, the turn does nothing else. After the first such text, the reply says that the
    text was passed on."""
    written = h.facts.barista_message
    if written is None or h.reading.intent in PRIVATE:
        return turn
    turn = replace(turn, answers=written.order)
    if not only_answers(h, turn):
        return turn
    says = () if h.state.passed_on == written.message else (Phrase.TO_BARISTA,)
    state = replace(turn.state, passed_on=written.message)
    return replace(turn, act=None, says=says, state=state, only_answers=True)


def only_answers(h: Heard, turn: Turn) -> bool:
    """Tell whether the text is for the barista alone, because it changes nothing and asks us nothing that we can
    answer."""
    match turn.act:
        case None:
            puzzled = any(isinstance(saying, NotUnderstood | NothingChanged) for saying in turn.says)
            return puzzled or (h.just_written and h.reading.intent in ONLY_ANSWERS)
        case CheckWaits():
            return h.reading.intent in ONLY_ANSWERS
        case _:
            return False
