"""Where a conversation stands is kept between two texts, and expires."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.items import Choice, Item
from orders.parser import Intent, Question
from sms.conversation.actions import ChangeOrder, PlaceOrder
from sms.conversation.sayings import DraftExpired, NothingChanged, NotUnderstood
from sms.conversation.state import ConversationState, OrderDraft
from sms.tests.decisions import (
    ESPRESSO,
    FACTS,
    LARGE,
    LARGE_LATTE,
    LATTE,
    MENU,
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
