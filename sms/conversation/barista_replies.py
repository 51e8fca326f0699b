"""Rules for a customer's answer to a barista's message. If the answer changes the order, the change is carried out. Any
other answer is shown to the barista."""

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
    """Return whether the barista's message came after the customer's last text and after our last question for a
    rating. The customer's next text can then be an answer to the barista.

    Return False if no barista has written."""
    taste = facts.rating_asked.at if facts.rating_asked else 0.0
    return written is not None and written.at > max(state.at, taste)


def after_message(state: ConversationState, written: BaristaMessage, menu: Menu, facts: Facts) -> ConversationState:
    """Return the state in which the customer's next text can answer the barista's message.

    If the message offers a substitute ("Out of oat, is soy fine?"), this offer becomes the open question. An unfinished
    order of the customer keeps its own open question."""
    if state.draft:
        return state
    state = replace(state, asked=None, offered=False, rating_of=None)
    order = next((order for order in facts.orders if order.pk == written.order), None)
    if order is None or not written.offers:
        return state
    draft = OrderDraft(order.wanted, changes=order.pk, was=order.wanted)
    return substitute(state, draft, (written.missing,), written.offers, menu) or state


#: Texts with these intents concern Expresso alone, so they are never shown to the barista.
PRIVATE = frozenset({Intent.STOP, Intent.START, Intent.HELP, Intent.FORGET, Intent.MY_DATA})


#: If a text with one of these intents, such as a bare "yes", comes directly after a barista's message, it is meant for
#: the barista.
ONLY_ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.UNCLEAR, Intent.GREETING, Intent.THANKS, Intent.CHAT})


def to_barista(h: Heard, turn: Turn) -> Turn:
    """Return the decision (`turn`), changed so that the barista who wrote to the customer also reads the text.

    If the text is meant for the barista alone, the decision's action and reply are dropped. The first such text is
    answered by "the barista reads it", later ones get no reply. The decision stays unchanged if no barista has written,
    or if the intent is PRIVATE."""
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
    """Return whether the text is meant for the barista alone.

    Such a text changes no order and asks nothing that Expresso can answer."""
    match turn.act:
        case None:
            puzzled = any(isinstance(saying, NotUnderstood | NothingChanged) for saying in turn.says)
            return puzzled or (h.just_written and h.reading.intent in ONLY_ANSWERS)
        case CheckWaits():
            return h.reading.intent in ONLY_ANSWERS
        case _:
            return False
