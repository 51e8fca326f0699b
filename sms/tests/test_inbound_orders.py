"""Texts that become an order, a change or a change request in the database, and their replies."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Customer
from inventory import snapshot
from orders import lifecycle
from orders.items import Item
from orders.messaging import change_requests
from orders.models import Order
from orders.requirements import items_of
from orders.statuses import Status
from orders.tests import factory
from sms import conversation, delivery
from sms.models import InboundMessage, OutboundMessage
from sms.tests.texting import PHONE, known, text
from stations.models import Event, Station


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


def items(order: Order) -> tuple[Item, ...]:
    return items_of(Order.objects.get(pk=order.pk))


def test_one_text_becomes_one_order(cafe: Station) -> None:
    known(cafe.event)

    reply = text(cafe.event, "large oat latte")

    order = Order.objects.get()
    assert reply == f"Got it: large oat latte ({order.code}), ready in 1-4 min."
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
    assert reply == f"Got it: large latte ({order.code}), ready in 1-4 min. What name for the cup?"
    assert thanks == f"Thanks, Ana! Your order {order.code} is under that name."
    assert order.name == "Ana"
    assert Customer.objects.get().name == "Ana"


def test_name_said_with_the_first_order_is_remembered(cafe: Station) -> None:
    text(cafe.event, "large latte for Ana")
    text(cafe.event, "as a separate order: large mocha")

    assert list(Order.objects.values_list("name", flat=True)) == ["Ana", "Ana"]


def test_half_an_order_survives_a_restart(cafe: Station) -> None:
    known(cafe.event)

    question = text(cafe.event, "oat latte")
    snapshot._remembered.clear()
    answer = text(cafe.event, "large")

    assert question == "What size for the oat latte: small or large?"
    assert answer == f"Got it: large oat latte ({Order.objects.get().code}), ready in 1-4 min."
    assert items(Order.objects.get()) == (factory.item("Latte", "Large", "Oat"),)


def test_further_drink_joins_the_order_and_the_reply_tells_all_of_it(cafe: Station) -> None:
    text(cafe.event, "large latte")
    reply = text(cafe.event, "can I get a small mocha")
    text(cafe.event, "Ana")

    order = Order.objects.get()
    assert reply == f"Changed: large latte and small mocha ({order.code}), ready in 3-8 min."
    assert (order.name, items(order)) == ("Ana", (factory.item("Latte", "Large"), factory.item("Mocha", "Small")))


def test_further_drink_that_no_station_can_make_with_the_rest_is_an_order_of_its_own(cafe: Station) -> None:
    teas = factory.station(cafe.event, "Bar 2")
    factory.cannot_make(cafe, drink="Tea")
    factory.cannot_make(teas, drink="Latte")
    known(cafe.event)
    text(cafe.event, "large latte")

    reply = text(cafe.event, "large tea")

    latte, tea = Order.objects.order_by("pk")
    assert (items(latte), items(tea)) == ((factory.item("Latte", "Large"),), (factory.item("Tea", "Large"),))
    assert (latte.station, tea.station) == (cafe, teas)
    assert reply == f"Got it: large tea ({tea.code}), ready within 2 min."


def test_further_drink_beyond_the_drinks_of_one_order_is_an_order_of_its_own(cafe: Station) -> None:
    Event.objects.update(max_drinks_per_order=2)
    known(cafe.event)
    text(cafe.event, "2 large lattes")

    text(cafe.event, "large tea")

    assert list(Order.objects.order_by("pk").values_list("cups", flat=True)) == [2, 1]


def test_order_is_changed_while_nobody_makes_it(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "large latte")

    reply = text(cafe.event, "make it oat")

    order = Order.objects.get()
    assert reply == f"Changed: large oat latte ({order.code}), ready in 1-4 min."
    assert items(order) == (factory.item("Latte", "Large", "Oat"),)


def being_made(at: Station) -> Order:
    known(at.event)
    text(at.event, "large latte")
    return lifecycle.start(Order.objects.get(), by=None)


def tap(verb: str, order: Order) -> None:
    """Tap a button on the barista's board."""
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
    assert change_requests.wished(order) == (factory.item("Latte", "Oat", "Small"),)
    assert status.endswith("min. Your change is with the barista.")


def test_name_that_comes_with_a_wish_goes_onto_the_cup_at_once(cafe: Station) -> None:
    order = being_made(cafe)

    text(cafe.event, "make it oat for Ana")

    order.refresh_from_db()
    assert (order.name, change_requests.wished(order)) == ("Ana", (factory.item("Latte", "Large", "Oat"),))


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
    assert change_requests.wished(order) == (factory.item("Latte", "Large", "Oat"),)
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
    assert reply == f"{code} (large latte) is number 2 in line at Bar 1, ready in 2-6 min."


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
    assert taken == f"Got it: large soy latte ({order.code}), ready in 1-4 min."


def test_sold_out_drink_is_offered_another_and_yes_takes_it(cafe: Station) -> None:
    known(cafe.event)
    factory.cannot_make(cafe, drink="Latte")

    offer = text(cafe.event, "large oat latte")
    taken = text(cafe.event, "yes please")

    assert offer == "Sorry, no latte right now. Mocha instead?"
    assert taken == f"Got it: large oat mocha ({Order.objects.get().code}), ready in 2-5 min."


def test_order_that_no_bar_takes_is_refused_in_words(cafe: Station) -> None:
    Station.objects.update(is_open=False)
    known(cafe.event)

    reply = text(cafe.event, "large latte")

    assert reply == "Sorry, no bar is open right now. Please try again in a little while."
    assert not Order.objects.exists()


def test_limit_of_open_orders_is_told(cafe: Station) -> None:
    Event.objects.update(max_open_orders=2)
    known(cafe.event)

    replies = [text(cafe.event, f"new order: large {drink}") for drink in ("latte", "mocha", "tea")]

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


def test_question_beside_an_order_is_answered_truly(cafe: Station) -> None:
    known(cafe.event)
    factory.stock(cafe, option="Oat", on_hand=0)

    reply = text(cafe.event, "large latte. Do you have oat milk?")

    assert reply.startswith("Got it: large latte")
    assert "No oat right now, sorry." in reply


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
