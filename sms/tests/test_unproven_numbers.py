"""A number that was typed on a page may belong to another person, so it gets only the text that the order is ready."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Customer, Role
from orders import lifecycle
from orders.messaging import messages
from orders.messaging.texting import Reach, ToSay, texting
from orders.models import Channel, Order
from orders.tests import factory
from orders.tests.pages import order_latte, page_of, staff, words
from sms.models import Conversation, InboundMessage, OutboundMessage
from sms.tests.texting import PHONE, known, text
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


def ordered_with_the_number_of_somebody_else(bar: Station, **fields: str) -> tuple[Order, Client]:
    client = Client()
    order_latte(client, page_of(bar), phone=PHONE, **{"name": "Mallory", "note": "call evil.com", **fields})
    return Order.objects.get(channel=Channel.WEB), client


def queued() -> list[str]:
    return list(OutboundMessage.objects.order_by("pk").values_list("body", flat=True))


def test_number_gets_the_ready_text_without_a_word_of_the_orderer(bar: Station, event: Event) -> None:
    order, _ = ordered_with_the_number_of_somebody_else(bar, **{"for": "Mal"})

    lifecycle.mark_ready(order, by=None)

    assert queued() == [f"Your large oat latte is ready at Bar 1 ({order.code})."]


def test_number_typed_at_the_kiosk_is_not_its_owners_order_either(bar: Station, event: Event) -> None:
    known(event, name="Sam")
    Customer.objects.update(vip=True)

    order_latte(staff(Role.DISPLAY), f"/events/{event.slug}/kiosk/", phone=PHONE, name="Mallory")

    order, owner = Order.objects.get(channel=Channel.KIOSK), Customer.objects.get(phone=PHONE)
    assert (order.customer, order.ready_text_to, order.vip) == (None, owner, False)
    assert owner.name == "Sam"


def test_number_gets_no_other_text(bar: Station, event: Event) -> None:
    Event.objects.update(ask_feedback=True)
    order, _ = ordered_with_the_number_of_somebody_else(bar)
    maya = factory.user("maya")

    messages.write(order, ToSay("come"), by=maya)
    lifecycle.cancel(order, by=maya, reason="the machine is down")

    assert queued() == []
    assert texting().reach(order) == Reach.NO_NUMBER


def test_owner_of_the_number_keeps_their_orders_name_language_and_usual(bar: Station, event: Event) -> None:
    Event.objects.update(max_open_orders=1, languages=["en", "de"])
    event.refresh_from_db()
    known(event, name="Sam")
    order, _ = ordered_with_the_number_of_somebody_else(bar, language="de")

    status, mine = text(event, "status"), text(event, "small mocha")

    owner = Customer.objects.get(phone=PHONE)
    assert order.code not in status
    assert "small mocha" in mine
    assert (owner.name, owner.language) == ("Sam", "")
    assert list(Order.objects.of(owner).values_list("channel", flat=True)) == [Channel.SMS]


def test_state_of_the_owners_conversation_stays(bar: Station, event: Event) -> None:
    talk = known(event)
    text(event, "latte")
    talk.refresh_from_db()
    asked = talk.state

    ordered_with_the_number_of_somebody_else(bar)

    talk.refresh_from_db()
    assert (talk.state, Conversation.objects.count()) == (asked, 1)


def test_vip_mark_of_the_number_is_not_lent(bar: Station, event: Event) -> None:
    talk = known(event)
    Customer.objects.filter(pk=talk.customer_id).update(vip=True)

    order, _ = ordered_with_the_number_of_somebody_else(bar)

    assert not order.vip


def test_texts_of_the_owner_are_never_on_the_page(bar: Station, event: Event) -> None:
    known(event)
    order, client = ordered_with_the_number_of_somebody_else(bar)
    messages.write(order, ToSay(text="Which size?"), by=factory.user("maya"))
    messages.answer_from_page(order, "From the page", key="k")
    text(event, order.code)
    text(event, "my secret answer")
    messages.hear(order, "my secret answer")

    page = words(client.get(f"/orders/{order.token}/"))

    assert "my secret answer" not in page
    assert "From the page" in page


def test_text_with_the_code_proves_the_number(bar: Station, event: Event) -> None:
    known(event)
    order, _ = ordered_with_the_number_of_somebody_else(bar)

    text(event, order.code.lower())

    order.refresh_from_db()
    assert (order.customer, order.ready_text_to) == (Customer.objects.get(phone=PHONE), None)
    assert order.code in text(event, "status")


@pytest.mark.parametrize("first", ["status", "make it soy", "cancel", "hello", "yes"])
def test_first_text_from_the_number_proves_nothing_without_the_code(bar: Station, event: Event, first: str) -> None:
    """An order for which somebody else typed the number stays unproven. Only a text with the order's code shows that
    the owner of the number knows about the order."""
    order, _ = ordered_with_the_number_of_somebody_else(bar)

    reply = text(event, first)

    order.refresh_from_db()
    assert (order.customer, order.number_is_unproven, order.status) == (None, True, "waiting")
    assert order.code not in reply


def test_code_of_somebody_elses_order_proves_nothing(bar: Station, event: Event) -> None:
    known(event, phone="+15550209999", name="Eve")
    order, _ = ordered_with_the_number_of_somebody_else(bar)

    text(event, order.code, sender="+15550209999")

    order.refresh_from_db()
    assert (order.customer, order.number_is_unproven) == (None, True)


def test_number_that_said_stop_gets_nothing(bar: Station, event: Event) -> None:
    known(event)
    text(event, "STOP", opt_out_type="STOP")
    order, _ = ordered_with_the_number_of_somebody_else(bar)

    lifecycle.mark_ready(order, by=None)

    assert Conversation.objects.get().opted_out_at is not None
    assert InboundMessage.objects.get().reply == ""
