"""Twilio's opt-out words, and what is still stored about a customer who opts out or asks to be forgotten."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Customer
from orders import lifecycle
from orders.items import Choice, Item
from orders.models import Order, OrderEvent, OrderItem
from orders.statuses import Status
from orders.tests import factory
from sms import inbound
from sms.models import Conversation, InboundMessage, OutboundMessage
from sms.tests.texting import incoming, known, text
from stations.models import Station


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


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
    # If Twilio repeats the message, the same reply is returned and no customer is created.
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
