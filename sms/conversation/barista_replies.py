"""What a barista wrote to the customer, and the answers to it."""

from __future__ import annotations

from dataclasses import replace

from inventory.menu import Menu
from orders.items import Choice, Item
from orders.parser import Intent
from sms.conversation.actions import ChangeOrder, CheckWaits, RequestChange
from sms.conversation.facts import BaristaMessage, Facts
from sms.conversation.options import substitute
from sms.conversation.sayings import NotUnderstood, Phrase
from sms.conversation.state import ConversationState, OrderDraft
from sms.conversation.turn import Heard, Turn


def is_last(written: BaristaMessage | None, state: ConversationState, facts: Facts) -> bool:
    """Nothing was said since the barista wrote."""
    taste = facts.rating_asked.at if facts.rating_asked else 0.0
    return written is not None and written.at > max(state.at, taste)


def after_message(state: ConversationState, written: BaristaMessage, menu: Menu, facts: Facts) -> ConversationState:
    """The barista's words are what is answered now, unless an order is half finished.

    Out of oat, is soy fine? stands open like a question of ours, about the order that stands."""
    if state.draft:
        return state
    state = replace(state, asked=None, offered=False, rating_of=None)
    order = next((order for order in facts.orders if order.pk == written.order), None)
    if order is None or not written.offers:
        return state
    draft = OrderDraft(order.wanted, changes=order.pk, was=order.wanted)
    return substitute(state, draft, (written.missing,), written.offers, menu) or state


#: Between the customer and us.
PRIVATE = frozenset({Intent.STOP, Intent.START, Intent.HELP, Intent.FORGET, Intent.MY_DATA})


#: What these say in answer to a barista, only the barista knows.
ONLY_ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.UNCLEAR, Intent.GREETING, Intent.THANKS})


def to_barista(h: Heard, turn: Turn) -> Turn:
    """An answer to what a barista wrote is passed on, whatever else it does; the customer is told so once."""
    written = h.facts.written
    if written is None or h.reading.intent in PRIVATE:
        return turn
    turn = replace(turn, answers=written.order)
    if not only_answers(h, turn):
        return turn
    says = () if h.state.passed_on == written.message else (Phrase.TO_BARISTA,)
    state = replace(turn.state, passed_on=written.message)
    return replace(turn, act=None, says=says, state=state, only_answers=True)


def only_answers(h: Heard, turn: Turn) -> bool:
    match turn.act:
        case None:
            puzzled = any(isinstance(saying, NotUnderstood) for saying in turn.says)
            return puzzled or (h.just_written and h.reading.intent in ONLY_ANSWERS)
        case CheckWaits():
            return h.reading.intent in ONLY_ANSWERS
        case ChangeOrder(order, items, None) | RequestChange(order, items, None):
            # "The large one", of an order that is large.
            return _unordered(items) == _unordered(order.wanted)
        case _:
            return False


def _unordered(items: tuple[Item, ...]) -> list[tuple[Item, frozenset[Choice]]]:
    """What is said again of a drink comes last among its options."""
    return [(replace(item, choices=()), frozenset(item.choices)) for item in items]
