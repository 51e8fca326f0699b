"""Customers' answers to a barista's message: which texts count as answers, and when an answer counts as read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from orders import lifecycle
from orders.messaging import messages
from orders.messaging.messages import talk_of
from orders.messaging.texting import OrderText, correspondence
from orders.models import Message, Order
from orders.requirements import items_of
from orders.statuses import Status
from orders.tests import factory
from orders.views.order_detail import story
from sms.models import Conversation, InboundMessage
from sms.tests.barista import ordered, sent, tap
from sms.tests.texting import text
from stations.models import Event

READ = "Thanks, the barista reads this."


def answers(order: Order) -> list[str]:
    return [answer.text for answer in talk_of(order.messages.all()).answers]


def later(**passed: float) -> None:
    """Move the times of all messages into the past by this much."""
    for row in Message.objects.all():
        Message.objects.filter(pk=row.pk).update(at=row.at - dt.timedelta(**passed))


# Answers from customers -----------------------------------------------------------------------------


def test_what_nobody_understands_goes_to_the_barista_who_is_named_once(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, text="Is the blue dog yours?")

    replies = [text(event, "the one with the hat, my brother's"), text(event, "zzz qqq vvv")]

    assert replies == [READ, ""]
    assert answers(order) == ["the one with the hat, my brother's", "zzz qqq vvv"]
    kept = InboundMessage.objects.filter(intent="answer")
    assert [(row.order, row.unknown) for row in kept] == [(order, [])] * 2


def test_what_changes_nothing_is_for_the_barista_alone(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, text="Is takeaway fine?")

    assert [text(event, "yes"), text(event, "the large one")] == [READ, ""]
    assert answers(order) == ["yes", "the large one"]
    assert Order.objects.count() == 1


@pytest.mark.parametrize("answer", ["omw", "ok thanks", "no thanks", "hi", "👍"])
def test_a_courtesy_answers_the_barista_and_not_us(event: Event, maya: User, answer: str) -> None:
    order = ordered(event)
    tap(order, maya, "come")

    assert text(event, answer) == READ
    assert answers(order) == [answer]


def test_a_yes_to_what_is_offered_changes_the_order_and_is_shown(event: Event, maya: User) -> None:
    order = ordered(event)
    factory.cannot_make(event.stations.get(), option="Oat")
    tap(order, maya, "out:Milk:Oat")
    assert sent() == [f"{order.code}: Sorry, no oat right now. Full cream or soy instead?"]

    text(event, "soy please")

    order = Order.objects.get()
    assert [{choice.option for choice in item.choices} for item in items_of(order)] == [{"Large", "Soy"}]
    assert answers(order) == ["soy please"]


@pytest.mark.parametrize(
    ("answer", "status", "orders"),
    [("cancel my order", Status.CANCELLED, 1), ("and a large tea", Status.WAITING, 1), ("where is it?", "waiting", 1)],
)
def test_a_clear_wish_is_carried_out_and_shown(event: Event, maya: User, answer: str, status: str, orders: int) -> None:
    order = ordered(event)
    tap(order, maya, "longer")

    reply = text(event, answer)

    order.refresh_from_db()
    assert reply not in ("", READ)
    assert (order.status, answers(order), Order.objects.count()) == (status, [answer], orders)


def test_an_answer_to_an_order_that_is_being_made_becomes_a_wish(event: Event, maya: User) -> None:
    order = lifecycle.start(ordered(event), by=maya)
    tap(order, maya, "out:Milk:Oat")

    text(event, "yes")

    order.refresh_from_db()
    assert (order.status, order.wish is not None, answers(order)) == (Status.MAKING, True, ["yes"])


@pytest.mark.parametrize("word", ["STOP", "HELP", "MY DATA"])
def test_what_is_between_the_customer_and_us_is_not_shown(event: Event, maya: User, word: str) -> None:
    order = ordered(event)
    tap(order, maya, "come")

    reply = text(event, word)

    assert (answers(order), reply != READ) == ([], True)


def test_stop_ends_it_and_nothing_more_is_answered(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")
    text(event, "STOP")

    assert text(event, "zzz qqq vvv") == ""


def test_an_answer_is_one_for_half_an_hour(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")

    later(minutes=29)
    assert text(event, "zzz qqq vvv") == READ
    later(minutes=2)
    assert text(event, "vvv qqq zzz").startswith("Sorry, I didn't get that.")

    assert answers(order) == ["zzz qqq vvv"]


def test_an_answer_is_one_for_five_minutes_after_the_order_is_over(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")
    lifecycle.collect(lifecycle.mark_ready(order, by=maya), by=maya)
    assert text(event, "zzz qqq vvv") == READ

    Order.objects.update(closed_at=timezone.now() - dt.timedelta(minutes=6))
    later(minutes=7)

    text(event, "vvv qqq")
    assert answers(order) == ["zzz qqq vvv"]


@pytest.mark.parametrize(("words", "calls"), [("no please, I am allergic", True), ("thanks!", False)])
def test_an_answer_about_an_order_that_is_over_is_for_a_person(
    event: Event, maya: User, words: str, calls: bool
) -> None:
    order = ordered(event)
    tap(order, maya, "come")
    lifecycle.collect(lifecycle.mark_ready(order, by=maya), by=maya)

    text(event, words)

    # The closed order is on no board, so no barista would read the answer. A person must be called to read it, but
    # "thanks!" needs no reader.
    assert Conversation.objects.get().needs_person is calls


def test_a_text_that_comes_twice_is_one_answer(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")

    replies = [text(event, "on my way zzz", sid="SM" + "7" * 32) for _ in range(2)]

    assert replies[0] == replies[1]
    assert answers(order) == ["on my way zzz"]


# Which answers the barista has read -----------------------------------------------------------------


def test_seen_takes_the_answers_that_were_seen_and_leaves_a_newer_one(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")
    text(event, "zzz qqq")
    seen = talk_of(order.messages.all()).newest
    assert seen
    text(event, "vvv qqq")

    for _ in range(2):
        messages.see(order, upto=seen, by=maya, key="k")

    assert answers(order) == ["vvv qqq"]
    assert order.events.filter(verb="seen").count() == 1


def test_whoever_writes_back_has_seen_the_answers(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")
    text(event, "zzz qqq")

    tap(order, maya, text="See you there.")

    assert answers(order) == []


def test_an_answer_holds_up_no_tap_that_was_made_before_it_came(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")
    text(event, "zzz qqq")

    lifecycle.start(order, by=maya)

    assert Order.objects.get().status == Status.MAKING


def test_the_thread_of_an_order_holds_all_that_was_said_once_in_order(event: Event, maya: User) -> None:
    order = ordered(event)
    written = tap(order, maya, "come")
    text(event, "zzz qqq")

    said = correspondence(order)
    told = [(one.from_customer, one.body) for one in story(order) if isinstance(one, OrderText)]

    assert [(one.from_customer, one.body) for one in said[:1] + said[2:]] == [
        (True, "large oat latte for Sam"),
        (False, written.text),
        (True, "zzz qqq"),
        (False, READ),
    ]
    assert told == [(one.from_customer, one.body) for one in reversed(said)]
    assert [one.delivery for one in said if one.body == written.text] == ["not sent yet"]
