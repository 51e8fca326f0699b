"""Decisions when a customer changes an order, adds to it or cancels it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.parser import Intent, Question
from orders.refusals import EventClosed, TransitionError
from sms.conversation import conclude, respond
from sms.conversation.actions import (
    Cancelled,
    CancelOrders,
    ChangeOrder,
    ChangeRequested,
    PlaceOrder,
    RequestChange,
)
from sms.conversation.sayings import (
    AskOption,
    BaristaAsked,
    ConfirmCups,
    NothingChanged,
    NotUnderstood,
    OrderRefused,
    OrdersDropped,
    Phrase,
    TooLate,
    UnknownWords,
)
from sms.conversation.state import ConversationState, Stage
from sms.tests.decisions import (
    ESPRESSO,
    FACTS,
    LARGE,
    LARGE_LATTE,
    LATTE,
    MAKING,
    MENU,
    MOCHA,
    OAT,
    SIZE,
    SMALL,
    SOY,
    TWO,
    WAITING,
    Hear,
    choosing,
)

WHICH = Question("drink", choices=(SOY,))


def test_change_applies_to_the_order_that_waits(hear: Hear) -> None:
    oat = (replace(LARGE_LATTE, choices=(LARGE, OAT)),)

    turn = hear(facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CHANGE, items=oat)

    assert turn.act == ChangeOrder(WAITING, oat)


def test_added_drink_with_a_question_changes_nothing_until_it_is_answered(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,))
    both = (LARGE_LATTE, replace(MOCHA, choices=(SMALL,)))

    reading = {"intent": Intent.CHANGE, "items": (LARGE_LATTE, MOCHA), "missing": (replace(SIZE, item=1),)}
    asked = hear("and a mocha", facts=facts, **reading)
    answered = hear(state=asked.state, facts=facts, intent=Intent.CHANGE, items=both)

    assert (asked.act, asked.says) == (None, (AskOption((MOCHA,), "Size", ("Small", "Large")),))
    assert answered.act == ChangeOrder(WAITING, both, None, PlaceOrder((both[1],), "Sam"))


def test_what_an_order_went_in_without_is_not_asked_when_it_is_changed(hear: Hear) -> None:
    order = replace(WAITING, items=(LATTE,))
    oat = (replace(LATTE, choices=(OAT,)),)

    turn = hear(facts=replace(FACTS, orders=(order,)), intent=Intent.CHANGE, items=oat, missing=(SIZE,))

    assert turn.act == ChangeOrder(order, oat)


def test_barista_is_asked_about_an_order_in_the_making(hear: Hear) -> None:
    turn = hear(facts=replace(FACTS, orders=(MAKING,)), intent=Intent.CHANGE, items=(ESPRESSO,))

    assert turn.act == RequestChange(MAKING, (ESPRESSO,))
    assert conclude(turn, ChangeRequested(MAKING), MENU, FACTS)[0] == (BaristaAsked(MAKING),)


def test_a_further_wish_is_about_what_was_wished_before(hear: Hear) -> None:
    wished = replace(MAKING, wish=(ESPRESSO,))
    facts = replace(FACTS, orders=(wished,))

    turn = hear("and a latte", facts=facts, intent=Intent.CHANGE, items=(ESPRESSO, LARGE_LATTE))

    assert turn.act == PlaceOrder((LARGE_LATTE,), "Sam")


def test_order_that_is_ready_stays_as_it_is(hear: Hear) -> None:
    ready = replace(WAITING, status="ready")

    turn = hear(facts=replace(FACTS, orders=(ready,)), intent=Intent.CANCEL)

    assert (turn.act, turn.says) == (None, (TooLate(ready),))


def test_drink_added_to_an_order_in_the_making_is_a_new_order(hear: Hear) -> None:
    facts = replace(FACTS, orders=(MAKING,))

    turn = hear("and an espresso", facts=facts, intent=Intent.CHANGE, items=(LARGE_LATTE, ESPRESSO))

    assert turn.act == PlaceOrder((ESPRESSO,), "Sam")


def test_barista_who_was_faster_than_the_change_is_told_of(hear: Hear) -> None:
    turn = hear(facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CHANGE, items=(ESPRESSO,))

    says, _ = conclude(turn, TransitionError("change", "ready"), MENU, FACTS)

    assert says == (TooLate(WAITING),)


def test_dropping_the_last_drink_drops_the_order(hear: Hear) -> None:
    assert hear(facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CHANGE, items=()).act == CancelOrders((WAITING,))


def test_half_finished_order_is_dropped_without_a_trace(hear: Hear) -> None:
    turn = hear(state=choosing(LATTE), facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CANCEL)

    assert (turn.act, turn.says, turn.state.stage) == (None, (Phrase.NOT_ORDERED,), Stage.IDLE)


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("drop it", ["A08"]),
        ("drop a07", ["A07"]),
        ("drop #A08", ["A08"]),
        ("drop everything", ["A07", "A08"]),
    ],
)
def test_of_several_orders_the_one_that_is_meant_is_dropped(hear: Hear, text: str, dropped: list[str]) -> None:
    turn = hear(text, facts=TWO, intent=Intent.CANCEL)

    assert isinstance(turn.act, CancelOrders)
    assert [order.code for order in turn.act.orders] == dropped


@pytest.mark.parametrize(
    ("text", "dropped"),
    [("je veux annuler", ["A08"]), ("annulez tout", ["A07", "A08"]), ("storniere alles", ["A07", "A08"])],
)
def test_all_orders_are_dropped_by_words_of_the_language_that_is_spoken(text: str, dropped: list[str]) -> None:
    turn = respond(ConversationState(), text, MENU, TWO)

    assert isinstance(turn.act, CancelOrders)
    assert [order.code for order in turn.act.orders] == dropped


def test_words_of_another_language_drop_no_further_orders(hear: Hear) -> None:
    # French "je" means "I". As a German word it would mean "each", and every order would be cancelled.
    turn = hear("je ne le veux plus", facts=replace(TWO, language="fr", languages=("en", "fr")), intent=Intent.CANCEL)

    assert turn.act == CancelOrders(TWO.orders[1:])


def test_what_is_ready_is_not_dropped_with_everything_else(hear: Hear) -> None:
    ready = replace(WAITING, pk=8, code="A08", status="ready")

    turn = hear("drop everything", facts=replace(FACTS, orders=(WAITING, ready)), intent=Intent.CANCEL)

    assert turn.act == CancelOrders((WAITING,))


def test_dropping_tells_what_stays(hear: Hear) -> None:
    first, second = TWO.orders
    turn = hear(facts=TWO, intent=Intent.CANCEL)

    says, _ = conclude(turn, Cancelled((second,)), MENU, TWO)

    assert says == (OrdersDropped((second,), (), (first,)),)


def test_barista_is_asked_to_drop_what_is_being_made(hear: Hear) -> None:
    turn = hear(facts=replace(FACTS, orders=(MAKING,)), intent=Intent.CANCEL)

    assert turn.act == CancelOrders((MAKING,))
    says, _ = conclude(turn, Cancelled((), wished=(MAKING,)), MENU, replace(FACTS, orders=(MAKING,)))
    assert says == (OrdersDropped((), wished=(MAKING,)),)


def test_allergy_told_after_ordering_goes_onto_every_cup(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,))

    turn = hear(facts=facts, intent=Intent.UNCLEAR, note="allergic to nuts")

    assert turn.act == ChangeOrder(WAITING, (replace(LARGE_LATTE, note="allergic to nuts"),))


@pytest.mark.parametrize("text", ["a small mocha", "and a small mocha", "can I also get a small mocha"])
def test_further_drink_joins_the_order_while_it_can_be_changed(hear: Hear, text: str) -> None:
    both = (LARGE_LATTE, replace(MOCHA, choices=(SMALL,)))

    turn = hear(text, facts=replace(FACTS, orders=(WAITING,)), intent=Intent.CHANGE, items=both)

    assert turn.act == ChangeOrder(WAITING, both, None, PlaceOrder(both[1:], "Sam"))


@pytest.mark.parametrize(
    "text",
    [
        "separate order: espresso",
        "un espresso à part",
        "une commande separee : un espresso",
        "neue Bestellung: ein Espresso",
    ],
)
def test_further_drink_is_an_order_of_its_own_if_the_customer_says_so(hear: Hear, text: str) -> None:
    turn = respond(ConversationState(), text, MENU, replace(FACTS, orders=(WAITING,)))

    assert (turn.act, turn.says) == (PlaceOrder((ESPRESSO,), "Sam"), ())


def test_name_beside_the_words_for_an_order_of_its_own_keeps_its_accent() -> None:
    said = "Commande séparée : un espresso pour Zoë"

    turn = respond(ConversationState(), said, MENU, replace(FACTS, orders=(WAITING,)))

    assert turn.act == PlaceOrder((ESPRESSO,), "Zoë")


def test_words_for_an_order_of_its_own_are_a_note_where_no_order_is_open() -> None:
    turn = respond(ConversationState(), "an espresso with sugar separately", MENU, FACTS)

    assert isinstance(turn.act, PlaceOrder)
    assert [item.note for item in turn.act.items] == ["separately"]


def test_nothing_joins_an_order_after_closing(hear: Hear) -> None:
    closed = EventClosed(None)
    facts = replace(FACTS, orders=(WAITING,), closed=closed)

    turn = hear("and an espresso", facts=facts, intent=Intent.CHANGE, items=(LARGE_LATTE, ESPRESSO))

    assert (turn.act, turn.says) == (None, (OrderRefused(closed),))


def test_person_named_with_an_order_that_stays_as_it_is_gets_no_cup_beside_unknown_words(hear: Hear) -> None:
    facts = replace(FACTS, orders=(WAITING,))

    turn = hear(
        "and glitter for Dan", facts=facts, intent=Intent.CHANGE, items=(LARGE_LATTE,), name="Dan", unknown=("glitter",)
    )

    assert (turn.act, turn.says) == (None, (UnknownWords(("glitter",)), NothingChanged(WAITING)))


def test_order_that_is_as_the_text_asks_is_not_called_changed(hear: Hear) -> None:
    oat = replace(WAITING, items=(replace(LATTE, choices=(LARGE, OAT)),))
    again = (replace(LATTE, choices=(OAT, LARGE)),)

    turn = hear("make it large", facts=replace(FACTS, orders=(oat,)), intent=Intent.CHANGE, items=again)

    assert (turn.act, turn.says) == (None, (NothingChanged(oat),))


@pytest.mark.parametrize(("cups", "asked"), [(6, False), (7, True), (12, True), (13, False)])
def test_more_than_six_cups_are_confirmed_unless_the_event_refuses_them_anyway(
    hear: Hear, cups: int, asked: bool
) -> None:
    turn = hear(items=(replace(ESPRESSO, quantity=cups),))

    assert (turn.act is None) is asked
    assert (turn.says == (ConfirmCups((replace(ESPRESSO, quantity=cups),)),)) is asked


def test_yes_places_the_cups_that_were_read_back(hear: Hear) -> None:
    seven = (replace(ESPRESSO, quantity=7),)
    asked = hear(items=seven)

    assert hear("yes", state=asked.state, intent=Intent.YES).act == PlaceOrder(seven, "Sam")
    assert hear("7 espressos", state=asked.state, intent=Intent.CHANGE, items=seven).act == PlaceOrder(seven, "Sam")


def test_no_drops_the_cups_that_were_read_back_and_a_number_corrects_them(hear: Hear) -> None:
    asked = hear(items=(replace(ESPRESSO, quantity=7),))
    one = (ESPRESSO,)

    assert hear("no", state=asked.state, intent=Intent.NO).says == (Phrase.NOT_ORDERED,)
    assert hear("1", state=asked.state, intent=Intent.CHANGE, items=one).act == PlaceOrder(one, "Sam")


def test_drink_that_we_do_not_have_is_named_back_and_its_name_renames_nobody(hear: Hear) -> None:
    turn = hear("frappe for Zoe", intent=Intent.NAME, name="Zoe", unknown=("frappe",))

    assert (turn.act, turn.says) == (None, (NotUnderstood((), ("frappe",)),))


def test_change_of_a_ready_order_is_told_to_be_too_late(hear: Hear) -> None:
    ready = replace(WAITING, status="ready")

    turn = hear("make it soy", facts=replace(FACTS, orders=(ready,)), choices=(SOY,), missing=(WHICH,))

    assert (turn.act, turn.says) == (None, (TooLate(ready),))
