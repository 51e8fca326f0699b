"""The reply after an action, such as placing an order, was carried out or failed, and the question that it asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from orders.items import Choice, Item
from orders.parser import Topic
from orders.refusals import CannotBeMade, EventClosed, TransitionError
from sms.conversation import conclude, respond
from sms.conversation.actions import (
    Act,
    Cancelled,
    ChangeOrder,
    ChangeTime,
    CheckWaits,
    Done,
    NoAddress,
    Ordered,
    PlaceOrder,
    ProgressReport,
    QuotedWait,
    RequestChange,
)
from sms.conversation.facts import OpenOrder, Unavailable
from sms.conversation.sayings import (
    OfferInstead,
    OnlyWithOthers,
    OrderRefused,
    OrdersDropped,
    OrderTaken,
    Phrase,
    ShowAvailability,
    ShowWait,
    TooLate,
)
from sms.conversation.state import ConversationState, OrderDraft, Stage
from sms.conversation.turn import Turn
from sms.tests.decisions import ESPRESSO, FACTS, LARGE, LARGE_LATTE, LATTE, MAKING, MENU, NOW, OAT, WAIT, WAITING

AT = NOW.timestamp()
OAT_LATTE = Item("Latte", choices=(LARGE, OAT))
READY = replace(WAITING, status="ready")


# Outcomes of actions --------------------------------------------------------------------------------


def turn_of(act: Act, *says: Any, **state: Any) -> Turn:
    return Turn(respond(ConversationState(at=AT), "hello", MENU, FACTS).reading, act, says, ConversationState(**state))


def test_a_changed_order_is_called_changed_and_a_further_one_is_not() -> None:
    change = turn_of(ChangeOrder(WAITING, (LARGE_LATTE, ESPRESSO)))
    apart = replace(WAITING, pk=9)

    assert conclude(change, Ordered(WAITING, WAIT), MENU, FACTS)[0] == (OrderTaken(WAITING, WAIT, changed=True),)
    assert conclude(change, Ordered(apart, WAIT), MENU, FACTS)[0] == (OrderTaken(apart, WAIT, changed=False),)
    retimed = conclude(turn_of(ChangeTime(WAITING, None)), Ordered(WAITING, WAIT), MENU, FACTS)[0]
    assert retimed == (OrderTaken(WAITING, WAIT, changed=True),)


@pytest.mark.parametrize(
    ("placed", "nameless", "asked"),
    [
        (replace(WAITING, name=""), False, True),
        (replace(WAITING, name=""), True, False),
        (WAITING, False, False),
        (replace(WAITING, name="", items=(replace(LATTE, name="Ann"), LATTE)), False, True),
    ],
)
def test_a_name_is_asked_for_where_a_cup_has_none(placed: OpenOrder, nameless: bool, asked: bool) -> None:
    says, state = conclude(turn_of(PlaceOrder(placed.items), nameless=nameless), Ordered(placed, WAIT), MENU, FACTS)

    assert (Phrase.ASK_NAME in says, state.stage is Stage.NAMING) == (asked, asked)


def test_orders_that_stay_are_told_and_those_that_were_too_late_or_only_wished_are_not_among_them() -> None:
    orders = tuple(replace(WAITING, pk=pk) for pk in range(7, 11))
    facts = replace(FACTS, orders=orders)

    says, _ = conclude(turn_of(None), Cancelled(orders[:1], orders[1:2], orders[2:3]), MENU, facts)

    assert says == (OrdersDropped(orders[:1], orders[1:2], orders[3:], orders[2:3]),)


@pytest.mark.parametrize("now", [None, QuotedWait(0, 1, 3)])
def test_the_wait_is_told_where_orders_are_taken(now: QuotedWait | None) -> None:
    says, _ = conclude(turn_of(CheckWaits()), ProgressReport((), now), MENU, FACTS)

    assert says == ((ShowWait(now), Phrase.NOTHING_OPEN) if now else (Phrase.NOTHING_OPEN,))


def test_what_is_out_is_added_to_what_the_menu_says_and_to_nothing_else() -> None:
    out, topic = Unavailable(frozenset({"Latte"})), Topic("drink", "Latte")

    strong = OnlyWithOthers("Mocha", Choice("Strength", "Strong"), ("Latte",))

    facts = replace(FACTS, unavailable=lambda: out)

    says, _ = conclude(turn_of(None, ShowAvailability(topic), strong, Phrase.PRICE), Done(), MENU, facts)

    assert says == (ShowAvailability(topic, out), replace(strong, without=out), Phrase.PRICE)


def test_a_change_that_comes_too_late_is_told_so_and_a_cancellation_is_refused() -> None:
    late = TransitionError("change", "ready")

    for act in (ChangeOrder(WAITING, (ESPRESSO,)), RequestChange(WAITING, (ESPRESSO,))):
        assert conclude(turn_of(act), late, MENU, FACTS)[0] == (TooLate(WAITING),)
    assert conclude(turn_of(ChangeTime(WAITING, None)), late, MENU, FACTS)[0] == (OrderRefused(late),)
    started = TransitionError("change", "making")
    assert conclude(turn_of(ChangeOrder(WAITING, (ESPRESSO,))), started, MENU, FACTS)[0] == (OrderRefused(started),)


@pytest.mark.parametrize(
    ("act", "refusal", "draft"),
    [
        (
            PlaceOrder((OAT_LATTE,), "Ann", "hot", NOW),
            CannotBeMade(("Oat",), ("Soy",)),
            OrderDraft((OAT_LATTE,), "Ann", "hot", NOW),
        ),
        (
            ChangeOrder(WAITING, (OAT_LATTE,)),
            CannotBeMade(("Oat",), ("Soy",)),
            OrderDraft((OAT_LATTE,), changes=7, was=(LARGE_LATTE,)),
        ),
        (PlaceOrder((OAT_LATTE,)), CannotBeMade(("Oat",), ()), None),
        (PlaceOrder((OAT_LATTE,)), CannotBeMade(("Vanilla",), ("Hazelnut",)), None),
        (RequestChange(MAKING, (OAT_LATTE,)), CannotBeMade(("Oat",), ("Soy",)), None),
    ],
)
def test_what_cannot_be_made_is_kept_where_there_is_something_instead(
    act: Act, refusal: CannotBeMade, draft: OrderDraft | None
) -> None:
    says, state = conclude(turn_of(act), refusal, MENU, FACTS)

    assert says == (OfferInstead(refusal.missing, refusal.instead),)
    assert (state.draft, state.offered) == (draft, draft is not None)


def test_other_outcomes_are_told_before_what_was_to_be_said() -> None:
    closed = EventClosed(None)

    assert conclude(turn_of(None, Phrase.PRICE), closed, MENU, FACTS)[0] == (OrderRefused(closed), Phrase.PRICE)
    assert conclude(turn_of(None, Phrase.PRICE), NoAddress(), MENU, FACTS)[0] == (Phrase.NO_ADDRESS, Phrase.PRICE)
    assert conclude(turn_of(None, Phrase.PRICE), Done(), MENU, FACTS)[0] == (Phrase.PRICE,)
