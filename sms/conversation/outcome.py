"""Decides what the reply says after an action was carried out, and what the conversation's next state is."""

from __future__ import annotations

from dataclasses import replace

from inventory.menu import Menu
from orders.parser import Question
from orders.refusals import CannotBeMade, Refusal, TransitionError
from sms.conversation.actions import (
    Cancelled,
    ChangeOrder,
    ChangeRequested,
    ChangeTime,
    NoAddress,
    Ordered,
    Outcome,
    PlaceOrder,
    ProgressReport,
    RequestChange,
    StoredData,
    WayChosen,
)
from sms.conversation.facts import TO_COLLECT, Facts
from sms.conversation.options import substitute
from sms.conversation.sayings import (
    BaristaAsked,
    OfferInstead,
    OnlyWithOthers,
    OrderRefused,
    OrdersDropped,
    OrderTaken,
    Phrase,
    Saying,
    ShowAllergens,
    ShowAvailability,
    ShowDrinks,
    ShowMenu,
    ShowProgress,
    ShowStoredData,
    ShowWait,
    ToldOn,
    TooLate,
)
from sms.conversation.state import ConversationState, OrderDraft
from sms.conversation.turn import Turn

#: Parts of a reply that tell what the menu has. Their field `without` gets what cannot be made now.
_OF_MENU = ShowMenu | ShowAvailability | OnlyWithOthers | ShowAllergens | ShowDrinks


def conclude(turn: Turn, outcome: Outcome, menu: Menu, facts: Facts) -> tuple[tuple[Saying, ...], ConversationState]:
    """Return the parts of the reply and the next state, from the decision (`turn`) and the outcome of its action."""
    says, state = _after(turn, outcome, menu, facts)
    if [said for said in says if isinstance(said, _OF_MENU)]:
        without = facts.unavailable()
        says = tuple(replace(said, without=without) if isinstance(said, _OF_MENU) else said for said in says)
    return says, state


def _after(turn: Turn, outcome: Outcome, menu: Menu, facts: Facts) -> tuple[tuple[Saying, ...], ConversationState]:
    match outcome:
        case Ordered():
            return ordered(turn, outcome)
        case Cancelled(orders, too_late, wished):
            gone = {order.pk for order in (*orders, *too_late, *wished)}
            left = tuple(order for order in facts.orders if order.pk not in gone)
            return (OrdersDropped(orders, too_late, left, wished), *turn.says), turn.state
        case ChangeRequested(order):
            return (BaristaAsked(order), *turn.says), turn.state
        case ProgressReport(orders_progress) if orders_progress:
            return (ShowProgress(orders_progress), *turn.says), turn.state
        case ProgressReport(now=now):
            waits = (ShowWait(now),) if now else ()
            return (*waits, Phrase.NOTHING_OPEN, *turn.says), turn.state
        case StoredData():
            return (ShowStoredData(outcome), *turn.says), turn.state
        case WayChosen():
            return (ToldOn(outcome), *turn.says), turn.state
        case NoAddress():
            return (Phrase.NO_ADDRESS, *turn.says), turn.state
        case CannotBeMade():
            return offer(turn, outcome, menu)
        case TransitionError() if outcome.status in TO_COLLECT and isinstance(turn.act, ChangeOrder | RequestChange):
            return (TooLate(turn.act.order),), turn.state
        case Refusal():
            return (OrderRefused(outcome), *turn.says), turn.state
        case _:
            return turn.says, turn.state


def ordered(turn: Turn, outcome: Ordered) -> tuple[tuple[Saying, ...], ConversationState]:
    placed = outcome.order
    # Added drinks can become a new order. The reply then confirms a new order and not a change.
    changed = isinstance(turn.act, ChangeOrder | ChangeTime) and turn.act.order.pk == placed.pk
    says: tuple[Saying, ...] = (OrderTaken(placed, outcome.wait, changed), *turn.says)
    state = replace(turn.state, order=placed.pk)
    if placed.own_name or state.nameless or all(item.name for item in placed.items):
        return says, state
    # Ask for the name only when the order is placed. After a change the reply does not ask again, but a name in the
    # next text is still accepted.
    return says if changed else (*says, Phrase.ASK_NAME), replace(state, asked=Question("name"))


def offer(turn: Turn, refusal: CannotBeMade, menu: Menu) -> tuple[tuple[Saying, ...], ConversationState]:
    """Offer substitutes for an order that cannot be made. The order is kept as a draft until the customer chooses one
    of them."""
    says = (OfferInstead(refusal.missing, refusal.instead), *turn.says)
    act = turn.act
    if not isinstance(act, PlaceOrder | ChangeOrder) or not refusal.instead:
        return says, turn.state
    draft = OrderDraft(act.items, act.name or "")
    if isinstance(act, PlaceOrder):
        draft = replace(draft, note=act.note, wanted_at=act.wanted_at)
    else:
        draft = replace(draft, changes=act.order.pk, was=act.order.items)
    return says, substitute(turn.state, draft, refusal.missing, refusal.instead, menu) or turn.state
