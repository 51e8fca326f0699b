"""Decisions when no question is open any more: place, change, name or cancel an order, or refuse this because a barista
has started the order or it is ready."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from orders.items import Item
from orders.parser import Intent, Question
from orders.refusals import EventClosed
from sms.conversation import respond
from sms.conversation.actions import Act, CancelOrders, ChangeOrder, ChangeTime, PlaceOrder, RequestChange, SetName
from sms.conversation.facts import OpenOrder
from sms.conversation.sayings import (
    AskDrink,
    AskOption,
    ConfirmCups,
    ItemsNoted,
    NothingChanged,
    OrderRefused,
    Phrase,
    Saying,
    TooLate,
)
from sms.conversation.state import ConversationState, Stage
from sms.conversation.turn import Turn
from sms.tests.decisions import (
    ESPRESSO,
    FACTS,
    LARGE,
    LARGE_LATTE,
    LATTE,
    MAKING,
    MENU,
    MOCHA,
    NOW,
    OAT,
    SIZE,
    SOY,
    TWO,
    WAITING,
    Hear,
    choosing,
    naming,
)

READY = replace(WAITING, status="ready")
OAT_LATTE = Item("Latte", choices=(LARGE, OAT))
ASK_SIZE = AskOption((LATTE,), "Size", ("Small", "Large"))
CLOSED = EventClosed(None)


def texted(text: str, *orders: OpenOrder, state: ConversationState | None = None, **facts: Any) -> Turn:
    """Return the decision about a text. Here the real parser reads the text, while tests with the fixture `hear` give
    the parser's result."""
    return respond(state or ConversationState(at=NOW.timestamp()), text, MENU, replace(FACTS, orders=orders, **facts))


# Closed events --------------------------------------------------------------------------------------


def test_closed_event_takes_orders_for_a_time_and_asks_for_the_time_of_a_day() -> None:
    eleven = texted("large latte at 11", closed=CLOSED)
    tomorrow = texted("large latte tomorrow", closed=CLOSED)
    usual = texted("the usual at 11", closed=CLOSED, usual=(LARGE_LATTE,))

    assert eleven.act == usual.act == PlaceOrder((LARGE_LATTE,), "Sam", "", NOW + dt.timedelta(hours=1))
    assert tomorrow.says == (Phrase.ASK_TIME,)


@pytest.mark.parametrize("text", ["large latte", "large latte now", "the usual", "the usual now"])
def test_closed_event_refuses_what_is_wanted_now(text: str) -> None:
    turn = texted(text, closed=CLOSED, usual=(LARGE_LATTE,))

    assert (turn.act, turn.says) == (None, (OrderRefused(CLOSED),))


def test_an_order_that_waits_can_be_changed_after_closing(hear: Hear) -> None:
    turn = hear(facts=replace(FACTS, orders=(WAITING,), closed=CLOSED), intent=Intent.CHANGE, items=(OAT_LATTE,))

    assert turn.act == ChangeOrder(WAITING, (OAT_LATTE,))


# Texts that only name a time ------------------------------------------------------------------------


def test_a_time_alone_changes_what_waits_and_nothing_is_made_sooner_than_now(hear: Hear) -> None:
    later, half_past = replace(WAITING, wanted_at=NOW + dt.timedelta(hours=1)), NOW + dt.timedelta(minutes=30)

    assert texted("make it at 10:30", WAITING).act == ChangeTime(WAITING, half_past)
    for order, act in ((later, ChangeTime(later, None)), (WAITING, None)):
        assert hear("as soon as possible", facts=replace(FACTS, orders=(order,)), intent=Intent.TIME).act == act


def test_a_time_for_what_is_being_made_or_ready_is_refused() -> None:
    for order in (MAKING, READY):
        turn = texted(f"{order.code} at 10:30", order)

        assert turn.act is None
        assert [type(saying) for saying in turn.says] == [OrderRefused]


# Ready orders ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["make it soy", "with oat", "small please"])
def test_a_change_of_what_is_ready_is_too_late(text: str) -> None:
    assert texted(text, READY).says == (TooLate(READY),)


@pytest.mark.parametrize(("text", "question"), [("coffee please", AskDrink()), ("and a large one", AskDrink((LARGE,)))])
def test_a_further_drink_after_a_ready_one_is_asked_for(text: str, question: Saying) -> None:
    assert texted(text, READY).says == (question,)


def test_what_lacks_its_drink_is_asked_for_it_while_another_order_waits(hear: Hear) -> None:
    which = Question("drink", choices=(SOY,))
    facts = replace(FACTS, orders=(READY, replace(WAITING, pk=8, code="A08")))

    turn = hear("make it soy", facts=facts, choices=(SOY,), missing=(which,))

    assert turn.says == (AskDrink((SOY,)),)


# Unfinished orders ----------------------------------------------------------------------------------


def test_an_answer_that_leaves_no_drink_drops_the_draft(hear: Hear) -> None:
    turn = hear("no latte", state=choosing(LATTE), intent=Intent.CHANGE)

    assert (turn.act, turn.says, turn.state.stage) == (None, (Phrase.NOT_ORDERED,), Stage.IDLE)


def test_an_answer_with_another_question_is_asked_it(hear: Hear) -> None:
    which = Question("drink", choices=(OAT,))

    turn = hear("no, with oat", state=choosing(LATTE), intent=Intent.CHANGE, missing=(which,))

    assert turn.says == (AskDrink((OAT,)),)


def test_another_number_of_cups_is_read_back_again(hear: Hear) -> None:
    eight = (replace(ESPRESSO, quantity=8),)
    asked = hear(items=(replace(ESPRESSO, quantity=7),))

    turn = hear("8", state=asked.state, intent=Intent.CHANGE, items=eight)

    assert (turn.act, turn.says) == (None, (ConfirmCups(eight),))


def test_many_cups_are_asked_for_their_size_before_they_are_read_back(hear: Hear) -> None:
    seven = (replace(LATTE, quantity=7),)
    large = (replace(LARGE_LATTE, quantity=7),)

    asked = hear(items=seven, missing=(SIZE,))
    without = hear("7 lattes", state=asked.state, intent=Intent.CHANGE, items=seven)
    answered = hear("large", state=asked.state, intent=Intent.CHANGE, items=large)

    assert asked.says == (AskOption(seven, "Size", ("Small", "Large")),)
    assert without.says == (ConfirmCups(seven),)
    assert answered.says == (ConfirmCups(large),)


@pytest.mark.parametrize(
    ("before", "after", "asked"), [(2, 8, True), (7, 8, False), (7, 14, True), (7, 13, False), (8, 7, False)]
)
def test_a_change_is_read_back_where_it_passes_six_cups_or_adds_as_many(
    hear: Hear, before: int, after: int, asked: bool
) -> None:
    order = replace(WAITING, items=(replace(ESPRESSO, quantity=before),))
    items = (replace(ESPRESSO, quantity=after),)

    turn = hear(facts=replace(FACTS, orders=(order,), most_cups=20), intent=Intent.CHANGE, items=items)

    assert turn.says == ((ConfirmCups(items),) if asked else ())


def test_a_further_drink_is_noted_beside_a_question_about_another_one_only(hear: Hear) -> None:
    state = choosing(LATTE)

    further = hear("and an espresso", state=state, intent=Intent.CHANGE, items=(LATTE, ESPRESSO))
    asked_too = hear("and a mocha", state=state, intent=Intent.CHANGE, items=(LATTE, MOCHA))

    assert further.says == (ItemsNoted((ESPRESSO,)), ASK_SIZE)
    assert asked_too.says == (AskOption((LATTE, MOCHA), "Size", ("Small", "Large")),)


def test_a_further_drink_for_a_time_joins_an_unfinished_order() -> None:
    turn = texted("and an espresso at 11", state=choosing(LATTE))

    assert turn.says == (ItemsNoted((ESPRESSO,)), ASK_SIZE)


def test_what_is_asked_next_names_no_further_drinks_unless_it_is_about_an_option(hear: Hear) -> None:
    which = Question("drink", choices=(OAT,))

    turn = hear(
        "and one with oat",
        state=choosing(LARGE_LATTE),
        intent=Intent.CHANGE,
        items=(LARGE_LATTE, ESPRESSO),
        missing=(which,),
    )

    assert turn.says == (AskDrink((OAT,)),)


# Placed orders --------------------------------------------------------------------------------------


def change(order: int = 7, **draft: Any) -> ConversationState:
    """Return the state in which a customer is changing this order, and was asked for the size."""
    return choosing(LATTE, changes=order, was=(LATTE,), **draft)


@pytest.mark.parametrize(
    ("orders", "act", "says"),
    [
        ((replace(WAITING, items=(LATTE,)),), ChangeOrder(replace(WAITING, items=(LATTE,)), (LARGE_LATTE,)), ()),
        ((replace(MAKING, items=(LATTE,)),), RequestChange(replace(MAKING, items=(LATTE,)), (LARGE_LATTE,)), ()),
        ((replace(READY, items=(LATTE,)),), None, (TooLate(replace(READY, items=(LATTE,))),)),
        ((), None, (Phrase.NOTHING_OPEN,)),
    ],
)
def test_an_answer_about_an_order_finds_it_as_it_is_by_then(
    hear: Hear, orders: tuple[OpenOrder, ...], act: Act, says: tuple[Saying, ...]
) -> None:
    turn = hear(
        "large", state=change(), facts=replace(FACTS, orders=orders), intent=Intent.CHANGE, items=(LARGE_LATTE,)
    )

    assert (turn.act, turn.says) == (act, says)


def test_an_answer_is_about_the_order_for_which_it_was_asked(hear: Hear) -> None:
    first, second = (replace(order, items=(LATTE,)) for order in TWO.orders)

    facts = replace(FACTS, orders=(first, second))
    turn = hear("large", state=change(second.pk), facts=facts, intent=Intent.CHANGE, items=(LARGE_LATTE,))

    assert turn.act == ChangeOrder(second, (LARGE_LATTE,))


def test_a_further_drink_for_an_order_that_is_over_by_then_is_an_order(hear: Hear) -> None:
    turn = hear(
        "large, and an espresso",
        state=choosing(LATTE, ESPRESSO, changes=7, was=(LATTE,)),
        intent=Intent.CHANGE,
        items=(LATTE, ESPRESSO),
    )

    assert turn.act == PlaceOrder((ESPRESSO,), "Sam")


@pytest.mark.parametrize(
    ("draft", "name", "wanted_at"),
    [({"name": "Ann"}, "Ann", None), ({"wanted_at": NOW}, None, NOW)],
)
def test_a_name_or_a_time_alone_changes_an_order(hear: Hear, draft: dict[str, Any], name: str, wanted_at: Any) -> None:
    order = replace(WAITING, items=(LATTE,))
    state = change(**draft)

    turn = hear("any", state=state, facts=replace(FACTS, orders=(order,)), intent=Intent.NO)

    assert turn.act == ChangeOrder(order, (LATTE,), name, None, wanted_at)


def test_an_answer_that_leaves_an_order_as_it_is_closes_the_question_and_is_said_to_change_nothing(hear: Hear) -> None:
    order = replace(WAITING, items=(LATTE,))

    turn = hear("any", state=change(), facts=replace(FACTS, orders=(order,)), intent=Intent.NO)

    assert (turn.act, turn.says, turn.state.asked) == (None, (NothingChanged(order),), None)


def test_a_name_is_still_asked_for_after_a_text_that_changes_nothing(hear: Hear) -> None:
    turn = hear(
        "large", state=naming(), facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CHANGE, items=(LARGE_LATTE,)
    )

    assert (turn.says, turn.state.stage) == ((NothingChanged(WAITING),), Stage.NAMING)


def test_a_name_beside_strange_words_is_taken_after_the_question_for_it(hear: Hear) -> None:
    reading = {"intent": Intent.CHANGE, "items": (LARGE_LATTE,), "name": "Jo", "unknown": ("xyzzy",)}

    turn = hear("Jo xyzzy", state=naming(), facts=replace(FACTS, orders=(WAITING,)), **reading)

    assert turn.act == SetName("Jo", WAITING)


@pytest.mark.parametrize(("mentioned", "named"), [(7, 0), (8, 1), (99, 1), (None, 1)])
def test_a_name_is_for_the_order_that_was_mentioned_last(hear: Hear, mentioned: int | None, named: int) -> None:
    state = replace(naming(), order=mentioned)

    turn = hear("Ana", state=state, facts=TWO, intent=Intent.NAME, name="Ana")

    assert turn.act == SetName("Ana", TWO.orders[named])


def test_a_name_that_comes_with_the_usual_is_for_this_order(hear: Hear) -> None:
    turn = hear("the usual for Kim", facts=replace(FACTS, usual=(LARGE_LATTE,)), intent=Intent.USUAL, name="Kim")

    assert turn.act == PlaceOrder((LARGE_LATTE,), "Kim")


def test_a_note_is_kept_once(hear: Hear) -> None:
    state = choosing(LATTE, note="extra hot")

    again = hear("large, extra hot", state=state, intent=Intent.CHANGE, items=(LARGE_LATTE,), note="extra hot")
    more = hear("large, no lid", state=state, intent=Intent.CHANGE, items=(LARGE_LATTE,), note="no lid")

    assert again.act == PlaceOrder((LARGE_LATTE,), "Sam", "extra hot")
    assert more.act == PlaceOrder((LARGE_LATTE,), "Sam", "extra hot; no lid")


# Cancelled orders and undone changes ----------------------------------------------------------------


def test_without_an_order_there_is_nothing_to_drop(hear: Hear) -> None:
    assert hear("drop it", intent=Intent.CANCEL).says == (Phrase.NOTHING_TO_CANCEL,)


def test_an_order_that_is_ready_is_not_dropped_by_its_code_either() -> None:
    turn = texted("cancel A08", WAITING, replace(READY, pk=8, code="A08"))

    assert (turn.act, turn.says) == (None, (TooLate(replace(READY, pk=8, code="A08")),))


def test_everything_of_one_order_is_that_order(hear: Hear) -> None:
    turn = hear("drop all of A07", facts=TWO, intent=Intent.CANCEL)

    assert turn.act == CancelOrders(TWO.orders[:1])


@pytest.mark.parametrize(("orders", "before"), [((WAITING,), (LARGE_LATTE,)), ((MAKING,), ()), (TWO.orders, ())])
def test_one_order_that_waited_can_be_taken_back_after_it_was_dropped(
    hear: Hear, orders: tuple[OpenOrder, ...], before: tuple[Item, ...]
) -> None:
    turn = hear("drop everything", facts=replace(FACTS, orders=orders), intent=Intent.CANCEL)

    assert turn.state.before == before


@pytest.mark.parametrize(
    ("state", "orders", "act", "says"),
    [
        # No order is open, and `before` holds the items of the cancelled order. So "undo that" orders them again.
        ({"before": (ESPRESSO,)}, (), PlaceOrder((ESPRESSO,), "Sam"), ()),
        ({"before": (ESPRESSO,)}, (READY,), None, (Phrase.NOTHING_OPEN,)),
        ({}, (), None, (Phrase.NOTHING_OPEN,)),
        ({"before": (ESPRESSO,), "order": 7}, (WAITING,), ChangeOrder(WAITING, (ESPRESSO,)), ()),
        ({"order": 7}, (WAITING,), None, (NothingChanged(WAITING),)),
        # The last change was made to another order (6) than the open one (7), so there is nothing to undo.
        ({"before": (ESPRESSO,), "order": 6}, (WAITING,), None, (NothingChanged(WAITING),)),
    ],
)
def test_the_last_change_is_taken_back_and_no_other(
    hear: Hear, state: dict[str, Any], orders: tuple[OpenOrder, ...], act: Act, says: tuple[Saying, ...]
) -> None:
    at = ConversationState(at=NOW.timestamp(), **state)

    turn = hear("undo that", state=at, facts=replace(FACTS, orders=orders), intent=Intent.UNDO)

    assert (turn.act, turn.says) == (act, says)
