"""What to say once the act was carried out or refused, and where that leaves the conversation."""

from __future__ import annotations

from dataclasses import replace

from inventory.menu import Menu
from orders.parser import Asked
from orders.refusals import CannotBeMade, Refusal, TransitionError
from sms.conversation.actions import Cancelled, Change, Kept, Ordered, Outcome, Place, Waits, Wish, Wished, Without
from sms.conversation.facts import Facts
from sms.conversation.options import substitute
from sms.conversation.sayings import (
    Answer,
    BaristaAsked,
    Dropped,
    Instead,
    Phrase,
    Refused,
    Saying,
    ShowMenu,
    Standings,
    Taken,
    TooLate,
    WhatIsKept,
)
from sms.conversation.state import Draft, State
from sms.conversation.turn import Turn


def conclude(turn: Turn, outcome: Outcome, menu: Menu, facts: Facts) -> tuple[tuple[Saying, ...], State]:
    """What to say once the act was carried out or refused, and where that leaves the conversation."""
    match outcome:
        case Ordered():
            return ordered(turn, outcome)
        case Cancelled(orders, too_late, wished):
            gone = {order.pk for order in (*orders, *too_late, *wished)}
            left = tuple(order for order in facts.orders if order.pk not in gone)
            return (Dropped(orders, too_late, left, wished), *turn.says), turn.state
        case Wished(order):
            return (BaristaAsked(order), *turn.says), turn.state
        case Waits(standings):
            return ((Standings(standings) if standings else Phrase.NOTHING_OPEN), *turn.says), turn.state
        case Without():
            says = (replace(s, without=outcome) if isinstance(s, ShowMenu | Answer) else s for s in turn.says)
            return tuple(says), turn.state
        case Kept():
            return (WhatIsKept(outcome), *turn.says), turn.state
        case CannotBeMade():
            return offer(turn, outcome, menu)
        case TransitionError(status="ready") if isinstance(turn.act, Change | Wish):
            return (TooLate(replace(turn.act.order, status="ready")),), turn.state
        case Refusal():
            return (Refused(outcome), *turn.says), turn.state
        case _:
            return turn.says, turn.state


def ordered(turn: Turn, outcome: Ordered) -> tuple[tuple[Saying, ...], State]:
    placed = outcome.order
    changed = isinstance(turn.act, Change)
    says: tuple[Saying, ...] = (Taken(placed, outcome.wait, changed), *turn.says)
    state = replace(turn.state, order=placed.pk)
    if placed.name or state.nameless or all(item.name for item in placed.items):
        return says, state
    # Asked once an order; an answer is still welcome after a change.
    return says if changed else (*says, Phrase.ASK_NAME), replace(state, asked=Asked("name"))


def offer(turn: Turn, refusal: CannotBeMade, menu: Menu) -> tuple[tuple[Saying, ...], State]:
    """What cannot be made is kept as a draft, with a question about what to take instead."""
    says = (Instead(refusal.missing, refusal.instead), *turn.says)
    act = turn.act
    if not isinstance(act, Place | Change) or not refusal.instead:
        return says, turn.state
    draft = Draft(act.items, act.name or "")
    if isinstance(act, Place):
        draft = replace(draft, note=act.note)
    else:
        draft = replace(draft, changes=act.order.pk, was=act.order.items)
    return says, substitute(turn.state, draft, refusal.missing, refusal.instead, menu) or turn.state
