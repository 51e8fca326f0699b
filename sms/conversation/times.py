"""The rule for a text that consists of a time: "not now, in half an hour"."""

from __future__ import annotations

from dataclasses import replace

from orders.parser import Question
from orders.refusals import TransitionError
from sms.conversation.actions import ChangeTime
from sms.conversation.answers import ask_again
from sms.conversation.ordering import ask_or_commit, wanted_at, with_day
from sms.conversation.sayings import AskDrink, OrderRefused
from sms.conversation.smalltalk import say_unclear
from sms.conversation.state import OrderDraft
from sms.conversation.turn import Heard, Turn


def set_time(h: Heard) -> Turn:
    """Set the time of the unfinished order. If there is none, change the time of the open order.

    If there is no order at all, ask which drink is wanted at that time."""
    moment = wanted_at(h)
    if h.state.draft:
        draft = replace(h.state.draft, wanted_at=moment)
        if h.state.asks("time"):
            return ask_or_commit(h, draft, ())
        return ask_again(replace(h, state=replace(h.state, draft=with_day(h, draft))))
    if h.order and h.order.changeable and (moment or h.order.wanted_at):
        return h.turn(act=ChangeTime(h.order, moment), state=h.settled())
    if moment is None:
        return say_unclear(h)
    if h.order:
        return h.turn(OrderRefused(TransitionError("retime", h.order.status)), state=h.settled())
    draft = OrderDraft(wanted_at=moment)
    return h.turn(AskDrink(), state=replace(h.settled(), draft=draft, asked=Question("drink")))
