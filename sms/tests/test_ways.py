"""Texts in which customers choose how they are notified, such as "push", and similar texts about something else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args, get_type_hints

import pytest

from orders.parser import Intent
from sms.conversation import respond
from sms.conversation.actions import ChangeOrder, ChooseWay, PlaceOrder, WayChosen
from sms.conversation.facts import OpenOrder
from sms.conversation.sayings import Phrase
from sms.conversation.state import ConversationState
from sms.conversation.turn import Turn
from sms.conversation.ways import without_ways
from sms.replies.answering import told_on
from sms.tests.decisions import ESPRESSO, FACTS, LARGE_LATTE, LATTE, MAKING, MENU, NOW, WAITING, Hear, choosing

ADDRESS = "sam@example.org"
READY = replace(WAITING, pk=9, code="A09", status="ready")


def texted(text: str, *orders: OpenOrder, state: ConversationState | None = None, sends_mail: bool = True) -> Turn:
    facts = replace(FACTS, orders=orders, sends_mail=sends_mail)
    return respond(state or ConversationState(at=NOW.timestamp()), text, MENU, facts)


@pytest.mark.parametrize(
    ("text", "way", "address"),
    [
        (f"mail me at {ADDRESS}!", "mail", ADDRESS),
        (f"please send a mail to {ADDRESS} when ready", "mail", ADDRESS),
        ("push", "push", ""),
        ("notify me by push.", "push", ""),
        ("push notifications please", "push", ""),
        ("text me instead", "text", ""),
        ("by sms please", "text", ""),
        ("tell me by SMS", "text", ""),
        ("sms me", "text", ""),
    ],
)
def test_a_way_is_chosen_for_all_orders_that_are_still_to_be_made(text: str, way: Any, address: str) -> None:
    assert texted(text, WAITING, READY, replace(MAKING, pk=8)).act == ChooseWay(
        way, (WAITING, replace(MAKING, pk=8)), address
    )


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        # The customer has no open order, or only a ready one, so there is nothing to notify about.
        ("push", ()),
        ("text me instead", (READY,)),
        (f"mail me at {ADDRESS}", ()),
        # The text contains "push", "text" or an address, but it is about something else, or also about something else.
        ("can you push my order to half past eleven please", (WAITING,)),
        (f"I had asked you before to write to {ADDRESS} about it", (WAITING,)),
        ("push the button", (WAITING,)),
        ("and an espresso by text", (WAITING,)),
        ("help", (WAITING,)),
    ],
)
def test_other_texts_choose_no_way(text: str, orders: tuple[OpenOrder, ...]) -> None:
    assert not isinstance(texted(text, *orders).act, ChooseWay)


@pytest.mark.parametrize("intent", [Intent.STOP, Intent.FORGET, Intent.SUPPORT])
def test_who_leaves_or_complains_chooses_no_way(hear: Hear, intent: Intent) -> None:
    turn = hear(f"stop writing to {ADDRESS}", facts=replace(FACTS, orders=(WAITING,), sends_mail=True), intent=intent)

    assert not isinstance(turn.act, ChooseWay)


def test_an_address_in_an_order_goes_with_it_or_is_refused_where_no_mail_is_sent() -> None:
    sent = texted(f"espresso, mail {ADDRESS}")
    unsent = texted(f"espresso, mail {ADDRESS}", sends_mail=False)
    changed = texted(f"make it an espresso and mail {ADDRESS}", WAITING)

    assert (sent.act, sent.mail) == (PlaceOrder((ESPRESSO,), "Sam"), ADDRESS)
    assert (unsent.act, unsent.mail, unsent.says) == (PlaceOrder((ESPRESSO,), "Sam"), "", (Phrase.NO_MAIL,))
    assert (changed.act, changed.mail) == (ChangeOrder(WAITING, (ESPRESSO,)), ADDRESS)


def test_an_address_in_an_unfinished_order_is_kept_until_it_is_placed() -> None:
    asked = texted(f"latte, mail {ADDRESS}")
    placed = texted("large", state=asked.state)
    another = texted("large, to kim@example.org", state=asked.state)

    assert (asked.act, asked.mail) == (None, "")
    assert asked.state.draft is not None
    assert asked.state.draft.mail == ADDRESS
    assert (placed.act, placed.mail) == (PlaceOrder((LARGE_LATTE,), "Sam"), ADDRESS)
    assert another.mail == "kim@example.org"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"latte, mail {ADDRESS} please", "latte, mail   please"),
        (ADDRESS, ""),
        ("large latte, tell me by SMS", "large latte, tell me"),
        ("sms me", ""),
        ("2 sms and a large", "2 sms and a large"),
        # A very long word does not make the function slow.
        ("x" * 200_000, "x" * 200_000),
    ],
)
def test_a_way_and_an_address_are_read_as_no_drink(text: str, rest: str) -> None:
    assert without_ways(text) == rest


def test_an_address_without_an_order_is_kept_nowhere() -> None:
    turn = texted(f"hello from {ADDRESS}")

    assert (turn.act, turn.mail, turn.state.draft) == (None, "", None)


def test_a_way_that_is_chosen_keeps_an_unfinished_order(hear: Hear) -> None:
    turn = texted("push", WAITING, state=choosing(LATTE))

    assert turn.act == ChooseWay("push", (WAITING,))
    assert turn.state.draft == choosing(LATTE).draft


def test_a_mail_that_cannot_be_sent_is_refused_and_push_is_not() -> None:
    mail, push = (texted(text, WAITING, sends_mail=False) for text in (f"mail {ADDRESS}", "push"))

    assert (mail.act, mail.says) == (None, (Phrase.NO_MAIL,))
    assert push.act == ChooseWay("push", (WAITING,))


def test_every_way_has_its_own_words() -> None:
    ways = get_args(get_type_hints(WayChosen)["way"])

    assert len({told_on(WayChosen(way, "page", ADDRESS)) for way in ways}) == len(ways)
