"""What a barista writes to a customer, and what the customer answers."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from orders import lifecycle, messages
from orders.contact import Reach, Text, correspondence, texting
from orders.detail import story
from orders.messages import NothingToSay, Unreachable, talk_of
from orders.models import Channel, Message, Order, Status
from orders.phrases import choices, to_say
from orders.tests import factory
from orders.wanted import items_of
from sms import delivery, inbound
from sms.incoming import IncomingText
from sms.models import Conversation, Delivery, InboundMessage, OutboundMessage, PushSubscription, Wording
from stations.models import Event, Station

_sids = count(1)
PHONE = "+15550200001"
READ = "Thanks, the barista reads this."


@pytest.fixture
def bar(db: None) -> Station:
    return factory.cafe()


@pytest.fixture
def event(bar: Station) -> Event:
    return bar.event


@pytest.fixture
def maya(db: None) -> User:
    return factory.user("maya")


def text(to: Event, body: str, *, sid: str = "", **fields: Any) -> str:
    given: dict[str, Any] = {"carrier": "sms", "media": 0, "opt_out_type": ""} | fields
    number = (to.whatsapp_number if given["carrier"] == "whatsapp" else to.sms_number) or ""
    sid = sid or f"SM{next(_sids):032}"
    return inbound.receive(IncomingText(sid=sid, sender=PHONE, to=number, body=body, **given))


def ordered(at: Event, words: str = "large oat latte for Sam", **fields: Any) -> Order:
    text(at, words, **fields)
    return Order.objects.latest("pk")


def tap(order: Order, by: User, choice: str = "", *, text: str = "", key: str | None = None) -> Message:
    return messages.write(order, to_say(order, choice=choice, text=text), by=by, key=key)


def sent() -> list[str]:
    rows = OutboundMessage.objects.filter(kind=OutboundMessage.Kind.MESSAGE).order_by("pk")
    return list(rows.values_list("body", flat=True))


def answers(order: Order) -> list[str]:
    return [answer.text for answer in talk_of(order.messages.all()).answers]


def later(**passed: float) -> None:
    """Everything about messages happened so much earlier."""
    for row in Message.objects.all():
        Message.objects.filter(pk=row.pk).update(at=row.at - dt.timedelta(**passed))


# Writing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "choice", "words"),
    [
        ("en", "come", "{code}: Could you come to Bar 1, please? It's about your order."),
        ("en", "which:Size", "{code}: What size for the latte: small or large?"),
        ("de", "longer", "{code}: Entschuldigung, deine Bestellung dauert etwas länger als gesagt."),
        ("es", "here", "{code}: Tienes tu pedido en Bar 1."),
        ("fr", "here", "{code}: Votre commande est à Bar 1."),
    ],
)
def test_a_tap_is_texted_in_the_language_of_the_customer(maya: User, language: str, choice: str, words: str) -> None:
    event = factory.cafe(languages=["en", "de", "es", "fr"]).event
    order = ordered(event)
    customer = order.customer
    assert customer is not None
    customer.language = language
    customer.save()

    message = tap(order, maya, choice)

    assert sent() == [message.text] == [words.format(code=order.code)]
    assert message.event.by == maya
    (row,) = OutboundMessage.objects.filter(cause=message.event)
    assert row.expires_at - row.created_at == dt.timedelta(minutes=10)


def test_out_of_something_offers_what_this_bar_has_instead(event: Event, maya: User) -> None:
    factory.cannot_make(event.stations.get(), option="Oat")
    order = ordered(event, "large soy latte for Sam")

    tap(order, maya, "out:Milk:Soy")

    assert sent() == [f"{order.code}: Sorry, no soy right now. Full cream instead?"]


def test_own_words_go_on_one_line_with_the_code_before_them(event: Event, maya: User) -> None:
    order = ordered(event)

    tap(order, maya, text="  Your dog \n is at the bar ")

    assert sent() == [f"{order.code}: Your dog is at the bar"]


def test_an_event_says_it_in_its_own_words(event: Event, maya: User) -> None:
    Wording.objects.create(event=event, language="en", key="longer", text="Hold on a bit.")
    Event.objects.filter(pk=event.pk).update(menu_version=event.menu_version + 1)
    order = ordered(event)

    tap(order, maya, "longer")

    assert sent() == [f"{order.code}: Hold on a bit."]


def test_the_same_tap_twice_writes_once(event: Event, maya: User) -> None:
    order = ordered(event)

    first = tap(order, maya, "come", key="k1")
    again = tap(order, maya, "come", key="k1")

    assert first == again
    assert (len(sent()), order.events.filter(verb="message").count()) == (1, 1)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_tap_twice_at_once_writes_once() -> None:
    order, maya = ordered(factory.cafe().event), factory.user("maya")

    def write(_: int) -> None:
        try:
            tap(Order.objects.get(pk=order.pk), maya, "come", key="k1")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, range(2)))

    assert len(sent()) == Message.objects.count() == 1


@pytest.mark.parametrize("given", [{"text": "  \n "}, {"choice": "out:Milk:Hemp"}, {"choice": "sing"}])
def test_what_says_nothing_is_refused(event: Event, maya: User, given: dict[str, str]) -> None:
    order = ordered(event)

    with pytest.raises(NothingToSay):
        tap(order, maya, **given)

    assert (sent(), Message.objects.exists()) == ([], False)


def test_what_can_be_tapped_follows_from_the_order(event: Event) -> None:
    offered = choices(ordered(event))

    assert [choice.value for choice in offered.plain] == ["come", "longer", "here"]
    assert {choice.label for choice in offered.out} == {"Latte", "Large", "Oat"}
    assert {choice.label for choice in offered.which} == {"Size", "Milk"}


# Reaching -------------------------------------------------------------------------------------------


def test_whoever_said_stop_is_not_written_to(event: Event, maya: User) -> None:
    order = ordered(event)
    text(event, "STOP")

    assert texting().reach(order) == Reach.STOPPED
    with pytest.raises(Unreachable):
        tap(order, maya, "come")

    assert (sent(), Message.objects.exists()) == ([], False)


def test_whatsapp_takes_nothing_a_day_after_the_last_text(maya: User) -> None:
    event = factory.cafe(whatsapp_number="+15550190001").event
    order = ordered(event, carrier="whatsapp")
    assert texting().reach(order) == Reach.WHATSAPP
    Conversation.objects.update(last_text_at=timezone.now() - dt.timedelta(hours=25))

    assert texting().reach(order) == Reach.DAY_OVER
    with pytest.raises(Unreachable):
        tap(order, maya, "come")


def test_whoever_ordered_on_a_page_without_a_number_reads_it_there(bar: Station, maya: User) -> None:
    order = factory.order(bar, channel=Channel.WEB)

    message = tap(order, maya, "come")

    assert (texting().reach(order), sent()) == (Reach.NO_NUMBER, [])
    assert [said.body for said in correspondence(order)] == [message.text]


def test_a_walk_in_without_a_number_cannot_be_written_to(bar: Station, maya: User) -> None:
    with pytest.raises(Unreachable):
        tap(factory.order(bar, channel=Channel.WALK_IN), maya, "come")


def test_a_message_that_failed_is_told_on_the_order_and_asks_nobody_to_call_a_name(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")
    row = OutboundMessage.objects.get()

    delivery.move(row, to=Delivery.FAILED, error_code=30003)

    assert talk_of(order.messages.all()).failed
    assert [said.failed for said in correspondence(order)] == [False, False, True]
    order.refresh_from_db()
    assert (order.call_name, order.events.latest("pk").verb) == (False, "undelivered")


def test_a_message_about_an_order_that_is_over_is_not_sent(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "longer")

    lifecycle.cancel(order, by=None)

    row = OutboundMessage.objects.get(kind="message")
    assert not delivery.is_true(row)
    delivery.move(row, to=Delivery.EXPIRED)
    assert not talk_of(order.messages.all()).failed
    tap(order, maya, text="You left your phone here.")
    assert delivery.is_true(OutboundMessage.objects.filter(kind="message").latest("pk"))


# Answering ------------------------------------------------------------------------------------------


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
    assert text(event, "zzz qqq vvv").startswith("Sorry, I didn't get that.")

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


def test_a_text_that_comes_twice_is_one_answer(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, "come")

    replies = [text(event, "on my way zzz", sid="SM" + "7" * 32) for _ in range(2)]

    assert replies[0] == replies[1]
    assert answers(order) == ["on my way zzz"]


# Reading --------------------------------------------------------------------------------------------


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
    told = [(one.from_customer, one.body) for one in story(order) if isinstance(one, Text)]

    assert [(one.from_customer, one.body) for one in said[:1] + said[2:]] == [
        (True, "large oat latte for Sam"),
        (False, written.text),
        (True, "zzz qqq"),
        (False, READ),
    ]
    assert told == [(one.from_customer, one.body) for one in reversed(said)]
    assert [one.delivery for one in said if one.body == written.text] == ["not sent yet"]


# Forgetting -----------------------------------------------------------------------------------------


def test_messages_are_forgotten_with_the_customer(event: Event, maya: User) -> None:
    order = ordered(event)
    tap(order, maya, text="Is the blue dog yours, Sam?")
    text(event, "yes, call me on 555 0199")
    assert Message.objects.count() == 2

    text(event, "FORGET ME")

    order.refresh_from_db()
    assert (Message.objects.exists(), correspondence(order)) == (False, [])


def test_messages_are_among_the_data_that_are_kept(event: Event, maya: User) -> None:
    order = ordered(event)
    before = text(event, "MY DATA")
    assert "2 texts" in before
    tap(order, maya, "come")
    text(event, "zzz qqq")

    # Those two, and the two that asked.
    assert "5 texts" in text(event, "MY DATA")


def test_what_was_texted_and_pushed_stands_in_the_thread_once_as_it_was_texted(event: Event, maya: User) -> None:
    order = ordered(event)
    PushSubscription.objects.create(order=order, endpoint="https://push.example.org/1", p256dh="p", auth="a")
    written = tap(order, maya, "come")
    rows = OutboundMessage.objects.filter(cause=written.event)
    rows.filter(subscription=None).update(status=Delivery.DELIVERED)

    said = [one for one in correspondence(order) if one.body == written.text]

    assert (rows.count(), [one.delivery for one in said]) == (2, ["delivered"])
