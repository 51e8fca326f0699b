"""A message that arrives twice, and several messages of one customer that arrive at the same time."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from accounts.models import Customer
from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from orders.tests.race import at_once
from sms import conversation, inbound
from sms.models import Conversation, InboundMessage
from sms.tests.texting import incoming, known, text
from stations.models import Station


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


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


@pytest.fixture
def side_by_side() -> Iterator[None]:
    """Let two texts be decided at the same time: each waits up to half a second for the other."""
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
    """A customer sends "large" twice at the same time after the question for the size. One text answers the question,
    and the other is handled after the order was placed. So there is one order, not two."""
    cafe = factory.cafe()
    known(cafe.event)
    text(cafe.event, "latte")

    at_once(lambda: text(cafe.event, "large"), lambda: text(cafe.event, "large"))

    assert Order.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_texts_of_one_customer_meet_in_one_conversation() -> None:
    cafe = factory.cafe()

    at_once(*[lambda: text(cafe.event, "large latte")] * 6)

    assert (Customer.objects.count(), Conversation.objects.count(), Order.objects.get().cups) == (1, 1, 6)


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
        # Delay the first text, so that the second one has to wait for it.
        if not deciding.is_set():
            deciding.set()
            time.sleep(0.4)
        return conversation.respond(*args)

    def second() -> str:
        deciding.wait(10)
        return text(cafe.event, "large mocha, separately")

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
