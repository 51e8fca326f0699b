"""The state of a conversation, such as its open question, is stored between two texts and expires after 20 minutes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from orders.items import Choice, Item
from orders.parser import Intent, Question
from sms.conversation.actions import ChangeOrder, PlaceOrder
from sms.conversation.facts import OpenOrder
from sms.conversation.sayings import DraftExpired, NothingChanged, NotUnderstood
from sms.conversation.state import ConversationState, OrderDraft
from sms.tests.decisions import (
    ESPRESSO,
    FACTS,
    LARGE,
    LARGE_LATTE,
    LATTE,
    MENU,
    MOCHA,
    NOW,
    SIZE,
    SMALL,
    STATES,
    WAITING,
    Hear,
    choosing,
)


@pytest.mark.parametrize(
    "state",
    [
        *STATES.values(),
        ConversationState(
            draft=OrderDraft(
                (Item("Latte", 2, (Choice("Sugar", "Sugar", 0.5), Choice("Foam", "Foam", "no")), "Al", "x"),)
            ),
            asked=Question("drink", quantity=2, choices=(LARGE,), offers=("Mocha",)),
            nameless=True,
        ),
        ConversationState(draft=OrderDraft((LATTE,), "Sam", "note", changes=7, was=(LARGE_LATTE,)), asked=SIZE),
    ],
)
def test_state_survives_json(state: ConversationState) -> None:
    import json

    assert ConversationState.from_json(json.loads(json.dumps(state.to_json(MENU))), MENU) == state


@pytest.mark.parametrize(
    "stored",
    [
        {},
        None,
        [],
        "x",
        {"draft": 1},
        {**ConversationState().to_json(MENU), "draft": {"items": "latte"}},
        {
            **ConversationState().to_json(MENU),
            "draft": {"items": [{"name": "Ann"}]},
        },
        {**ConversationState().to_json(MENU), "asked": {"about": "the weather"}},
        {**ConversationState().to_json(MENU), "order": "seven"},
        {**ConversationState().to_json(MENU), "at": "noon"},
    ],
)
def test_stored_state_that_is_not_understood_is_a_fresh_one(stored: object) -> None:
    assert ConversationState.from_json(stored, MENU) == ConversationState()


def test_state_of_an_older_version_keeps_what_it_holds() -> None:
    stored = {"draft": {"items": [{"drink": "Latte"}]}, "gone": 1, "at": 5}

    assert ConversationState.from_json(stored, MENU) == ConversationState(OrderDraft((LATTE,)), at=5)


def test_half_finished_order_expires_politely(hear: Hear) -> None:
    earlier = NOW.timestamp() - 21 * 60
    state = replace(choosing(LATTE), at=earlier)

    turn = hear("large", state=state, intent=Intent.UNCLEAR)

    assert turn.act is None
    assert turn.says == (DraftExpired((LATTE,)), NotUnderstood())
    assert turn.state == ConversationState(at=NOW.timestamp(), unserved=True)


@pytest.mark.parametrize(("minutes", "taken_back"), [(19, True), (21, False)])
def test_a_change_can_be_taken_back_for_twenty_minutes(hear: Hear, minutes: int, taken_back: bool) -> None:
    small = replace(LARGE_LATTE, choices=(SMALL,))
    state = ConversationState(order=7, before=(small,), at=NOW.timestamp() - minutes * 60)

    turn = hear(state=state, facts=replace(FACTS, orders=(WAITING,)), intent=Intent.UNDO)

    if taken_back:
        assert turn.act == ChangeOrder(WAITING, (small,))
    else:
        assert (turn.act, turn.says, turn.state.before) == (None, (NothingChanged(WAITING),), ())


def test_order_after_an_expired_one_is_simply_taken(hear: Hear) -> None:
    state = replace(choosing(LATTE), at=NOW.timestamp() - 21 * 60)

    turn = hear(state=state, items=(ESPRESSO,))

    assert (turn.act, turn.says) == (PlaceOrder((ESPRESSO,), "Sam"), ())


def test_notes_add_up(hear: Hear) -> None:
    order = replace(WAITING, items=(replace(LARGE_LATTE, note="no nuts"),))

    turn = hear(facts=replace(FACTS, orders=(order,)), intent=Intent.UNCLEAR, note="no soy")

    assert turn.act == ChangeOrder(order, (replace(LARGE_LATTE, note="no nuts; no soy"),))


def test_half_finished_order_waits_for_its_answer(hear: Hear) -> None:
    state = replace(choosing(LATTE), at=NOW.timestamp() - 19 * 60)

    assert hear(state=state, intent=Intent.CHANGE, items=(LARGE_LATTE,)).act == PlaceOrder((LARGE_LATTE,), "Sam")


#: States that today's code never creates. After a change of the menu, or from an earlier version, they can still be in
#: the database.
ODD = {
    "a draft and no question": ConversationState(OrderDraft((LATTE,))),
    "an offer and no question": ConversationState(OrderDraft((LATTE,)), offered=True),
    "an offer of nothing": ConversationState(OrderDraft((LATTE,)), asked=SIZE, offered=True),
    "an offer and no drink": ConversationState(asked=Question("drink", offers=("Mocha",)), offered=True),
    "a question and no drink": ConversationState(OrderDraft(), asked=SIZE),
    "a question about no drink of the draft": ConversationState(OrderDraft((LATTE,)), asked=replace(SIZE, item=3)),
    "a question about a group that is gone": ConversationState(OrderDraft((LATTE,)), asked=replace(SIZE, group="Gone")),
    "a drink that is gone": ConversationState(OrderDraft((Item("Gone"),)), asked=SIZE),
    "cups to confirm and no draft": ConversationState(asked=Question("confirm")),
    "cups to confirm and none of them": ConversationState(OrderDraft(), asked=Question("confirm")),
    "a size asked and no draft": ConversationState(asked=SIZE),
    "a time asked and no draft": ConversationState(asked=Question("time")),
    "a change of an order that is gone": ConversationState(OrderDraft((LATTE,), changes=99, was=(MOCHA,)), asked=SIZE),
    "a drink before that is gone": ConversationState(before=(Item("Gone"),), order=7),
}


@pytest.mark.parametrize("orders", [(), (WAITING,), (replace(WAITING, items=(Item("Gone"),)),)])
@pytest.mark.parametrize("state", ODD.values(), ids=ODD)
def test_no_text_to_an_odd_state_fails_and_what_follows_can_be_stored(
    hear: Hear, state: ConversationState, orders: tuple[OpenOrder, ...]
) -> None:
    facts = replace(FACTS, orders=orders, usual=(LARGE_LATTE,))

    for intent, items in product(Intent, [(), (LARGE_LATTE,), (LARGE_LATTE, MOCHA)]):
        turn = hear("a text", state=replace(state, at=NOW.timestamp()), facts=facts, intent=intent, items=items)

        assert ConversationState.from_json(turn.state.to_json(MENU), MENU) == turn.state
