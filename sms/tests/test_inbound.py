"""From a text to its reply, with a real database: what is stored, and what happens twice or at once."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from structlog.testing import capture_logs

from accounts.models import Customer
from inventory import snapshot
from orders import lifecycle, wishes
from orders.items import Choice, Item
from orders.models import Order, OrderEvent, OrderItem, Status
from orders.tests import factory
from orders.wanted import items_of
from sms import conversation, delivery, inbound
from sms.conversation.state import State
from sms.incoming import IncomingText
from sms.models import Carrier, Conversation, InboundMessage, OutboundMessage
from sms.wording import wording_of
from stations.models import Event, Station

_sids = count(1)
PHONE = "+15550200001"


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


def incoming(to: Event, body: str, *, sender: str = PHONE, **fields: Any) -> IncomingText:
    given: dict[str, Any] = {"sid": f"SM{next(_sids):032}", "carrier": Carrier.SMS} | fields
    number = to.whatsapp_number if given["carrier"] == Carrier.WHATSAPP else to.sms_number
    return IncomingText(sender=sender, to=number or "", body=body, **given)


def text(to: Event, body: str, **fields: Any) -> str:
    return inbound.receive(incoming(to, body, **fields))


def known(to: Event, *, name: str = "Sam", phone: str = PHONE, **fields: Any) -> Conversation:
    customer = Customer.objects.create(phone=phone, name=name)
    return Conversation.objects.create(event=to, customer=customer, **fields)


def items(order: Order) -> tuple[Item, ...]:
    return items_of(Order.objects.get(pk=order.pk))


# Ordering -------------------------------------------------------------------------------------------


def test_one_text_becomes_one_order(cafe: Station) -> None:
    known(cafe.event)

    reply = text(cafe.event, "large oat latte")

    order = Order.objects.get()
    assert reply == f"Got it: large oat latte ({order.code}), ready in 2-4 min."
    assert (order.station, order.channel, order.name, order.status) == (cafe, "sms", "Sam", Status.WAITING)
    assert items(order) == (factory.item("Latte", "Large", "Oat"),)
    message = InboundMessage.objects.get()
    assert (message.body, message.intent, message.reply) == ("large oat latte", "order", reply)
    assert message.order == order


def test_stranger_is_asked_for_a_name_after_the_order_is_in(cafe: Station) -> None:
    reply = text(cafe.event, "large latte")
    order = Order.objects.get()
    thanks = text(cafe.event, "Ana")

    order.refresh_from_db()
    assert reply == f"Got it: large latte ({order.code}), ready in 2-4 min. What name for the cup?"
    assert thanks == f"Thanks, Ana! Your order {order.code} is under that name."
    assert order.name == "Ana"
    assert Customer.objects.get().name == "Ana"


def test_name_said_with_the_first_order_is_remembered(cafe: Station) -> None:
    text(cafe.event, "large latte for Ana")
    text(cafe.event, "large mocha")

    assert list(Order.objects.values_list("name", flat=True)) == ["Ana", "Ana"]


def test_half_an_order_survives_a_restart(cafe: Station) -> None:
    known(cafe.event)

    question = text(cafe.event, "oat latte")
    snapshot._remembered.clear()
    answer = text(cafe.event, "large")

    assert question == "What size for the latte: small or large?"
    assert answer == f"Got it: large oat latte ({Order.objects.get().code}), ready in 2-4 min."
    assert items(Order.objects.get()) == (factory.item("Latte", "Large", "Oat"),)


def test_order_is_changed_while_nobody_makes_it(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "large latte")

    reply = text(cafe.event, "make it oat")

    order = Order.objects.get()
    assert reply == f"Changed: large oat latte ({order.code}), ready in 2-4 min."
    assert items(order) == (factory.item("Latte", "Large", "Oat"),)


def being_made(at: Station) -> Order:
    known(at.event)
    text(at.event, "large latte")
    return lifecycle.start(Order.objects.get(), by=None)


def tap(verb: str, order: Order) -> None:
    """On the tablet."""
    client = Client()
    client.force_login(factory.user(verb))
    client.post(f"/stations/{order.station.slug}/orders/{order.pk}/{verb}/")


def texts_to(phone: str = PHONE) -> list[str]:
    told = OutboundMessage.objects.filter(conversation__customer__phone=phone)
    return list(told.order_by("pk").values_list("body", flat=True))


def test_barista_grants_a_change_of_what_is_being_made(cafe: Station) -> None:
    order = being_made(cafe)

    reply = text(cafe.event, "make it oat")
    before = items(order)
    tap("accept", order)

    assert reply == f"{order.code} is being made already. I've asked the barista; you'll get a text."
    assert before == (factory.item("Latte", "Large"),)
    assert items(order) == (factory.item("Latte", "Large", "Oat"),)
    assert texts_to() == [f"Done: {order.code} is now large oat latte."]


def test_barista_declines_a_change_of_what_is_being_made(cafe: Station) -> None:
    order = being_made(cafe)

    text(cafe.event, "make it oat")
    tap("decline", order)

    assert items(order) == (factory.item("Latte", "Large"),)
    assert texts_to() == [f"Sorry, {order.code} was too far along and comes as ordered: large latte."]


def test_barista_lets_go_of_what_is_being_made(cafe: Station) -> None:
    order = being_made(cafe)

    reply = text(cafe.event, "drop it")
    tap("accept", order)

    order.refresh_from_db()
    assert reply == f"{order.code} is being made already. I've asked the barista; you'll get a text."
    assert order.status == Status.CANCELLED
    assert texts_to() == [f"Done: your large latte ({order.code}) is dropped."]


def test_wish_is_changed_by_the_next_text_and_told_in_the_status(cafe: Station) -> None:
    order = being_made(cafe)

    text(cafe.event, "make it oat")
    text(cafe.event, "and make it small")
    status = text(cafe.event, "status")

    order.refresh_from_db()
    assert wishes.wished(order) == (factory.item("Latte", "Oat", "Small"),)
    assert status.endswith("min. Your change is with the barista.")


def test_name_that_comes_with_a_wish_goes_onto_the_cup_at_once(cafe: Station) -> None:
    order = being_made(cafe)

    text(cafe.event, "make it oat for Ana")

    order.refresh_from_db()
    assert (order.name, wishes.wished(order)) == ("Ana", (factory.item("Latte", "Large", "Oat"),))


def test_granted_wish_is_not_told_once_the_ready_text_tells_it(cafe: Station) -> None:
    order = being_made(cafe)
    text(cafe.event, "make it oat")
    tap("accept", order)

    lifecycle.mark_ready(Order.objects.get(), by=None)

    granted, ready = OutboundMessage.objects.order_by("pk")
    assert (delivery.is_true(granted), delivery.is_true(ready)) == (False, True)


def test_change_becomes_a_wish_where_the_barista_has_just_started(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "large latte")

    def started_meanwhile(*args: Any) -> Any:
        lifecycle.start(Order.objects.get(), by=None)
        return conversation.respond(*args)

    with patch("sms.inbound.respond", started_meanwhile):
        reply = text(cafe.event, "make it oat")

    order = Order.objects.get()
    assert wishes.wished(order) == (factory.item("Latte", "Large", "Oat"),)
    assert reply == f"{order.code} is being made already. I've asked the barista; you'll get a text."


def test_barista_who_starts_between_reading_and_changing_wins(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "large latte")
    order = Order.objects.get()

    def started_meanwhile(*args: Any) -> Any:
        lifecycle.start(Order.objects.get(), by=None)
        return conversation.respond(*args)

    with patch("sms.inbound.respond", started_meanwhile):
        reply = text(cafe.event, "cancel my order")

    order.refresh_from_db()
    assert (order.status, order.wish) == (Status.MAKING, [])
    assert reply == f"{order.code} is being made already. I've asked the barista; you'll get a text."


def test_order_is_dropped_in_other_words_than_twilios(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "large latte")

    reply = text(cafe.event, "drop")

    order = Order.objects.get()
    assert reply == f"OK, dropped: large latte ({order.code})."
    assert order.status == Status.CANCELLED


def test_status_tells_the_place_and_the_range(cafe: Station) -> None:
    factory.order(cafe)
    known(cafe.event)
    text(cafe.event, "large latte")

    reply = text(cafe.event, "status")

    code = Order.objects.get(customer__phone=PHONE).code
    assert reply == f"{code} (large latte) is number 2 in line at Bar 1, ready in 4-7 min."


def test_usual_is_the_last_order_at_this_event_that_was_not_dropped(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "large oat latte")
    lifecycle.mark_ready(Order.objects.get(), by=None)
    text(cafe.event, "large mocha")
    text(cafe.event, "drop")

    text(cafe.event, "usual")

    newest = Order.objects.latest("pk")
    assert items(newest) == (factory.item("Latte", "Large", "Oat"),)


def test_sold_out_milk_is_offered_a_substitute_and_the_answer_taken(cafe: Station) -> None:
    known(cafe.event)
    factory.cannot_make(cafe, option="Oat")

    offer = text(cafe.event, "large oat latte")
    taken = text(cafe.event, "soy")

    assert offer == "Sorry, no oat right now. Full cream or soy instead?"
    order = Order.objects.get()
    assert taken == f"Got it: large soy latte ({order.code}), ready in 2-4 min."


def test_sold_out_drink_is_offered_another_and_yes_takes_it(cafe: Station) -> None:
    known(cafe.event)
    factory.cannot_make(cafe, drink="Latte")

    offer = text(cafe.event, "large oat latte")
    taken = text(cafe.event, "yes please")

    assert offer == "Sorry, no latte right now. Mocha instead?"
    assert taken == f"Got it: large oat mocha ({Order.objects.get().code}), ready in 3-6 min."


def test_order_that_no_bar_takes_is_refused_in_words(cafe: Station) -> None:
    Station.objects.update(is_open=False)
    known(cafe.event)

    reply = text(cafe.event, "large latte")

    assert reply == "Sorry, no bar is open right now. Please try again in a little while."
    assert not Order.objects.exists()


def test_limit_of_open_orders_is_told(cafe: Station) -> None:
    Event.objects.update(max_open_orders=2)
    known(cafe.event)

    replies = [text(cafe.event, f"large {drink}") for drink in ("latte", "mocha", "tea")]

    assert replies[-1].startswith("You have 2 orders open already.")
    assert Order.objects.count() == 2


def test_too_many_drinks_are_refused_with_the_limit(cafe: Station) -> None:
    known(cafe.event)

    reply = text(cafe.event, "15 large lattes")

    assert reply == "We can take 12 drinks per order at most. Please text a smaller order."
    assert not Order.objects.exists()


def test_question_about_what_is_sold_out_is_answered_truly(cafe: Station) -> None:
    known(cafe.event)
    factory.stock(cafe, option="Oat", on_hand=0)

    reply = text(cafe.event, "do you have oat milk?")

    assert reply == "No oat right now, sorry. There is full cream and soy."


def test_closed_event_says_so_and_takes_nothing(cafe: Station) -> None:
    until = timezone.now() + dt.timedelta(hours=1)
    Event.objects.update(paused_until=until, time_zone="UTC")
    known(cafe.event)

    reply = text(cafe.event, "latte")

    assert reply.startswith("We're taking a short break. Order again from ")
    assert not Order.objects.exists()


def test_complaint_flags_the_conversation(cafe: Station) -> None:
    talk = known(cafe.event)

    text(cafe.event, "this coffee tastes burnt")

    talk.refresh_from_db()
    assert talk.needs_person
    assert InboundMessage.objects.get().intent == "support"


# Whose event ----------------------------------------------------------------------------------------


def test_number_that_was_texted_finds_the_event(db: None) -> None:
    here, there = factory.cafe(), factory.cafe()

    text(there.event, "large latte")

    assert Order.objects.get().event == there.event
    assert not Order.objects.filter(event=here.event).exists()


def test_whatsapp_and_sms_are_two_conversations_of_one_customer(db: None) -> None:
    cafe = factory.cafe(whatsapp_number="+15550300001")

    text(cafe.event, "large latte for Ana")
    text(cafe.event, "large mocha", carrier=Carrier.WHATSAPP)

    assert [talk.carrier for talk in Conversation.objects.order_by("pk")] == ["sms", "whatsapp"]
    assert list(Order.objects.order_by("pk").values_list("channel", "name")) == [("sms", "Ana"), ("whatsapp", "Ana")]


def test_number_of_no_event_is_answered_and_nothing_about_the_sender_kept(cafe: Station) -> None:
    nowhere = replace(incoming(cafe.event, "large latte"), to="+15559999999")

    reply = inbound.receive(nowhere)

    assert reply == "Hi! No orders are taken on this number right now. Please ask at the bar."
    assert (Customer.objects.count(), InboundMessage.objects.count()) == (0, 0)


# Odd texts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "media", "start"),
    [
        ("", 0, "Sorry, I didn't get that."),
        ("  \n ", 0, "Sorry, I didn't get that."),
        ("", 1, "I can only read words, sorry."),
        ("x" * 1601, 0, "That's too long for me, sorry."),
        ("latte " * 266, 0, ""),
        ("\x00\ud83d", 0, "Sorry, I didn't get that."),
    ],
)
def test_every_odd_text_has_a_defined_reply(cafe: Station, body: str, media: int, start: str) -> None:
    reply = text(cafe.event, body, media=media)

    assert reply.startswith(start)
    assert reply == InboundMessage.objects.get().reply != ""
    assert len(InboundMessage.objects.get().body) <= 1600
    assert not Order.objects.exists()


def test_picture_with_an_order_is_an_order(cafe: Station) -> None:
    text(cafe.event, "large latte", media=2)

    assert Order.objects.count() == 1


def test_state_of_another_version_is_no_trap(cafe: Station) -> None:
    known(cafe.event, state={"stage": "from the future", "draft": [1]})

    text(cafe.event, "large latte")

    assert Order.objects.count() == 1


def test_fault_in_a_decision_is_answered_and_flagged_and_quotes_nothing(cafe: Station) -> None:
    talk = known(cafe.event)

    with patch("sms.inbound.respond", side_effect=KeyError("secret words")), capture_logs() as logs:
        reply = text(cafe.event, "secret words")

    talk.refresh_from_db()
    assert reply == "Sorry, something went wrong with that text. We've flagged it; please order at the bar."
    assert talk.needs_person
    assert logs == [{"event": "text_not_decided", "error": "KeyError", "log_level": "error"}]


# Leaving --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", ["", "STOP"])
def test_stop_is_recorded_and_not_answered(cafe: Station, provider: str) -> None:
    talk = known(cafe.event)

    reply = text(cafe.event, "STOP", opt_out_type=provider)

    talk.refresh_from_db()
    assert reply == ""
    assert talk.opted_out_at is not None


def test_nothing_is_said_to_somebody_who_left_until_they_come_back(cafe: Station) -> None:
    talk = known(cafe.event, opted_out_at=timezone.now())

    silent = text(cafe.event, "large latte")
    back = text(cafe.event, "START", opt_out_type="START")
    answered = text(cafe.event, "hi")

    talk.refresh_from_db()
    assert (silent, back, talk.opted_out_at) == ("", "", None)
    assert answered.startswith("Hi Sam!")


def test_help_that_the_provider_answered_is_not_answered_twice(cafe: Station) -> None:
    assert text(cafe.event, "HELP", opt_out_type="HELP") == ""
    assert text(cafe.event, "help") != ""


def test_word_cancel_drops_the_order_and_keeps_the_customer(cafe: Station) -> None:
    talk = known(cafe.event)
    text(cafe.event, "large latte")

    text(cafe.event, "CANCEL")

    talk.refresh_from_db()
    assert Order.objects.get().status == Status.CANCELLED
    assert talk.opted_out_at is None


def test_word_cancel_that_the_provider_took_for_leaving_drops_the_order_too(cafe: Station) -> None:
    talk = known(cafe.event)
    text(cafe.event, "large latte")

    reply = text(cafe.event, "CANCEL", opt_out_type="STOP")

    talk.refresh_from_db()
    assert (reply, Order.objects.get().status) == ("", Status.CANCELLED)
    assert talk.opted_out_at is not None


def test_forget_me_deletes_name_number_and_texts_and_keeps_counts(cafe: Station) -> None:
    text(cafe.event, "large latte for Ana")
    lifecycle.mark_ready(Order.objects.get(), by=None)
    text(cafe.event, "large mocha")
    assert OutboundMessage.objects.count() == 1

    request = incoming(cafe.event, "forget me")
    reply = inbound.receive(request)

    code = Order.objects.latest("pk").code
    assert reply.startswith("Done: your name, number and texts are deleted.")
    assert code in reply
    assert (Customer.objects.count(), Conversation.objects.count(), OutboundMessage.objects.count()) == (0, 0, 0)
    assert not InboundMessage.objects.exclude(conversation=None, body="", order=None).exists()
    assert not Order.objects.exclude(customer=None, name="").exists()
    assert (InboundMessage.objects.count(), Order.objects.count()) == (3, 2)
    assert list(OrderEvent.objects.filter(verb="rename").values_list("reason", flat=True)) == ["", ""]
    # The same message again is still the same message.
    assert inbound.receive(request) == reply
    assert Customer.objects.count() == 0


def test_allergy_of_a_forgotten_customer_stays_on_the_open_ticket(cafe: Station) -> None:
    talk = known(cafe.event)
    nuts = Item("Latte", choices=(Choice("Size", "Large"),), note="allergic to nuts", name="Ana")
    factory.order(cafe, nuts, customer=talk.customer, note="no nuts")
    closed = factory.order(cafe, nuts, customer=talk.customer)
    lifecycle.cancel(closed)

    text(cafe.event, "forget me")

    lines = OrderItem.objects.order_by("pk").values_list("order__name", "order__note", "name", "note")
    assert list(lines) == [("", "no nuts", "", "allergic to nuts"), ("", "", "", "")]


def test_my_data_counts_what_is_kept(cafe: Station) -> None:
    text(cafe.event, "large latte for Ana")

    reply = text(cafe.event, "my data")

    assert reply.startswith("We keep your number, your name (Ana), 1 order and 2 texts for this event")


# The same message again -----------------------------------------------------------------------------


@pytest.mark.parametrize("later", [False, True])
def test_same_message_again_gets_the_same_reply_and_no_second_order(cafe: Station, later: bool) -> None:
    known(cafe.event)
    message = incoming(cafe.event, "large latte")
    reply = inbound.receive(message)
    if later:
        lifecycle.collect(lifecycle.mark_ready(Order.objects.get(), by=None), by=None)
        text(cafe.event, "large mocha")
        InboundMessage.objects.update(received_at=timezone.now() - dt.timedelta(hours=5))
    before = list(Order.objects.values_list("pk", "status", "version"))
    state = Conversation.objects.get().state

    again = inbound.receive(message)

    assert again == reply
    assert list(Order.objects.values_list("pk", "status", "version")) == before
    assert Conversation.objects.get().state == state


def at_once(*acts: Callable[[], str]) -> list[str]:
    """What each returns, started together on connections of their own."""
    together = threading.Barrier(len(acts))

    def run(act: Callable[[], str]) -> str:
        together.wait(10)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def side_by_side() -> Iterator[None]:
    """Whoever gets as far as deciding waits a moment for the others to get there too."""
    together = threading.Barrier(2)

    def respond(*args: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            together.wait(0.5)
        return conversation.respond(*args)

    with patch("sms.inbound.respond", respond):
        yield


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("side_by_side")
@pytest.mark.parametrize("stranger", [True, False])
def test_same_message_in_parallel_is_one_order_and_one_reply(stranger: bool) -> None:
    cafe = factory.cafe()
    if not stranger:
        known(cafe.event)
    message = incoming(cafe.event, "large latte")

    first, second = at_once(lambda: inbound.receive(message), lambda: inbound.receive(message))

    assert first == second
    assert (Order.objects.count(), InboundMessage.objects.count(), Customer.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("side_by_side")
def test_two_texts_of_one_customer_are_taken_one_after_the_other() -> None:
    """One "large" answers the question; the other one meets an order that is in already."""
    cafe = factory.cafe()
    known(cafe.event)
    text(cafe.event, "latte")

    at_once(lambda: text(cafe.event, "large"), lambda: text(cafe.event, "large"))

    assert Order.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_texts_of_one_customer_meet_in_one_conversation() -> None:
    cafe = factory.cafe()

    at_once(*[lambda: text(cafe.event, "large latte")] * 8)

    assert (Customer.objects.count(), Conversation.objects.count(), Order.objects.count()) == (1, 1, 3)


@pytest.mark.django_db(transaction=True)
def test_text_that_meets_forget_me_is_answered_as_a_strangers() -> None:
    cafe = factory.cafe()
    known(cafe.event)

    forgotten, other = at_once(lambda: text(cafe.event, "forget me"), lambda: text(cafe.event, "large latte"))

    assert forgotten.startswith("Done:")
    assert other.startswith("Got it: large latte")
    assert Order.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_customer_who_is_forgotten_between_two_statements_is_met_as_a_stranger() -> None:
    cafe = factory.cafe()
    find = Customer.objects.get_or_create
    forgotten: list[object] = []

    def find_then_lose(**fields: Any) -> tuple[Customer, bool]:
        found = find(**fields)
        if not forgotten:
            forgotten.append(Customer.objects.filter(pk=found[0].pk).delete())
        return found

    with patch.object(Customer.objects, "get_or_create", find_then_lose):
        reply = text(cafe.event, "large latte")

    assert reply.startswith("Got it: large latte")
    assert Order.objects.get().customer == Customer.objects.get()


@pytest.mark.django_db(transaction=True)
def test_text_that_waits_reads_what_the_one_before_it_wrote() -> None:
    cafe = factory.cafe()
    known(cafe.event, name="")
    deciding = threading.Event()

    def respond(*args: Any) -> Any:
        # Long enough for the other text to queue up.
        if not deciding.is_set():
            deciding.set()
            time.sleep(0.4)
        return conversation.respond(*args)

    def second() -> str:
        deciding.wait(10)
        return text(cafe.event, "large mocha")

    with patch("sms.inbound.respond", respond):
        at_once(lambda: text(cafe.event, "large latte for Ana"), second)

    assert list(Order.objects.order_by("pk").values_list("name", flat=True)) == ["Ana", "Ana"]


@pytest.mark.django_db(transaction=True)
def test_fault_in_the_middle_leaves_nothing_behind() -> None:
    cafe = factory.cafe()
    known(cafe.event)
    message = incoming(cafe.event, "large latte")

    with patch("sms.inbound.answering.word", side_effect=RuntimeError), pytest.raises(RuntimeError):
        inbound.receive(message)
    left = (Order.objects.count(), InboundMessage.objects.count(), Conversation.objects.get().state)
    inbound.receive(message)

    assert left == (0, 0, {})
    assert Order.objects.count() == 1


# How much it costs ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ordered_before", [False, True])
def test_text_of_one_drink_takes_ten_statements_at_most(ordered_before: bool) -> None:
    cafe = factory.cafe()
    known(cafe.event)
    if ordered_before:
        text(cafe.event, "large mocha")
    wording_of(cafe.event)

    with CaptureQueriesContext(connection) as captured:
        text(cafe.event, "large oat latte")

    statements = [query["sql"].split(None, 1)[0] for query in captured]
    assert [word for word in statements if word not in ("BEGIN", "COMMIT")] == [
        "SELECT",  # the conversation, its event and customer, locked
        "SELECT",  # the customer's last orders
        *(["SELECT"] if ordered_before else []),  # what was in them
        "UPDATE",  # the event's next code
        "SELECT",  # the queues
        "INSERT",  # order
        "INSERT",  # item
        "INSERT",  # what happened
        "UPDATE",  # the conversation's state
        "INSERT",  # the message and its reply
    ]


def test_state_is_kept_as_json(cafe: Station) -> None:
    known(cafe.event)

    text(cafe.event, "latte")

    state = State.from_json(Conversation.objects.get().state)
    assert state.draft is not None
    assert [item.drink for item in state.draft.items] == ["Latte"]
