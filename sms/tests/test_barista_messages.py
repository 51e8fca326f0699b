"""Messages from a barista to a customer: their words, which customers get them, and how they are erased."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from orders import lifecycle
from orders.messaging.messages import NothingToSay, Unreachable, talk_of
from orders.messaging.quick_messages import quick_messages
from orders.messaging.texting import Reach, correspondence, texting
from orders.models import Channel, Message, Order
from orders.tests import factory
from sms import delivery
from sms.models import Conversation, Delivery, OutboundMessage, Subscription, Wording
from sms.tests.barista import ordered, sent, tap
from sms.tests.texting import text
from stations.models import Event, Station

# Writing a message ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "choice", "words"),
    [
        ("en", "come", "{code}: Could you come to Bar 1, please? It's about your order."),
        ("en", "which:Size", "{code}: What size for the oat latte: small or large?"),
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
    offered = quick_messages(ordered(event))

    assert [choice.value for choice in offered.plain] == ["come", "longer", "here"]
    assert {choice.label for choice in offered.out} == {"Latte", "Large", "Oat"}
    assert {choice.label for choice in offered.which} == {"Size", "Milk"}


def test_what_is_made_unsaid_can_be_out_only_where_something_is_used_for_it(bar: Station, event: Event) -> None:
    plain = Order.objects.select_related("event").get(pk=ordered(event, "large latte for Sam").pk)
    before = {choice.label for choice in quick_messages(plain).out}
    factory.stock(bar, option="Full cream", on_hand=9)
    plain.event.refresh_from_db()

    after = {choice.label for choice in quick_messages(plain).out}

    assert (before, after) == ({"Latte", "Large"}, {"Latte", "Large", "Full cream"})


# Which customers a message reaches ------------------------------------------------------------------


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

    delivery.advance(row, to=Delivery.FAILED, error_code=30003)

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
    delivery.advance(row, to=Delivery.EXPIRED)
    assert not talk_of(order.messages.all()).failed
    tap(order, maya, text="You left your phone here.")
    assert delivery.is_true(OutboundMessage.objects.filter(kind="message").latest("pk"))


# Customers who asked to be forgotten ----------------------------------------------------------------


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

    # Five texts are stored: the order, the barista's message, the customer's answer, and MY DATA twice.
    assert "5 texts" in text(event, "MY DATA")


def test_what_was_texted_and_pushed_stands_in_the_thread_once_as_it_was_texted(event: Event, maya: User) -> None:
    order = ordered(event)
    Subscription.objects.create(order=order, endpoint="https://push.example.org/1", p256dh="p", auth="a")
    written = tap(order, maya, "come")
    rows = OutboundMessage.objects.filter(cause=written.event)
    rows.filter(subscription=None).update(status=Delivery.DELIVERED)

    said = [one for one in correspondence(order) if one.body == written.text]

    assert (rows.count(), [one.delivery for one in said]) == (2, ["delivered"])
