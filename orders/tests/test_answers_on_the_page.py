"""Tests of answers that a customer writes on the order's page. The ticket shows them like texted answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from orders import lifecycle
from orders.messaging.messages import MOST, see, write
from orders.messaging.texting import ToSay
from orders.models import Channel, Message, Order
from orders.tests import factory
from orders.tests.pages import words
from tests.forms import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(maya: User) -> Order:
    """Create an order from the web page, with a question from the barista to its customer."""
    placed = factory.order(factory.cafe(), channel=Channel.WEB)
    write(placed, ToSay(text="Is soy fine?"), by=maya)
    return placed


def page_of(order: Order) -> Any:
    return Client().get(f"/orders/{order.token}/")


def says(order: Order, text: str, page: Any = None) -> str:
    """Send an answer with the form of the order's page. Return the words of the next page."""
    fields = fields_of(page or page_of(order)) | {"text": text}
    return words(Client().post(f"/orders/{order.token}/answer/", fields, follow=True))


def heard(order: Order) -> list[str]:
    return [message.text for message in Message.objects.filter(order=order, from_customer=True)]


def board(order: Order, maya: User) -> str:
    tablet = Client()
    tablet.force_login(maya)
    return words(tablet.get(f"/stations/{order.station.slug}/"))


def test_answer_stands_on_the_ticket_and_on_the_page_until_it_is_seen(order: Order) -> None:
    maya = factory.user("ben")
    page = says(order, "  yes, soy\n please ")

    assert "yes, soy please" in board(order, maya)
    assert "You: yes, soy please" in page
    [answer] = Message.objects.filter(from_customer=True)
    see(order, upto=answer.pk, by=maya)
    assert "yes, soy please" not in board(order, maya)
    assert ", seen" in words(page_of(order))


def test_answer_sent_twice_is_one_answer_and_another_one_is_another(order: Order) -> None:
    page = page_of(order)

    says(order, "yes", page)
    says(order, "yes", page)
    says(order, "yes")

    assert heard(order) == ["yes", "yes"]


def test_another_answer_from_the_same_page_is_heard_too(order: Order) -> None:
    page = page_of(order)

    says(order, "yes", page)
    says(order, "no, oat", page)
    says(order, "yes", page)

    assert heard(order) == ["yes", "no, oat"]


def test_key_written_by_hand_is_as_good_as_any(order: Order) -> None:
    answer = Client().post(f"/orders/{order.token}/answer/", {"text": "yes", "key": "\x1f"})

    assert (answer.status_code, heard(order)) == (302, ["yes"])


def test_page_without_a_question_has_no_field(maya: User) -> None:
    order = factory.order(factory.cafe(), channel=Channel.WEB)

    page = says(order, "hello?")

    assert "Your answer to the bar" not in page
    assert "nothing was sent" in page
    assert heard(order) == []


def test_what_nobody_has_seen_is_not_piled_up(order: Order, maya: User) -> None:
    for number in range(4):
        page = says(order, f"answer {number}")

    assert "The bar has several answers of yours to read." in page
    assert heard(order) == ["answer 0", "answer 1", "answer 2"]
    write(order, ToSay(text="Got it"), by=maya)
    says(order, "thanks")
    assert heard(order)[-1] == "thanks"


@pytest.mark.parametrize("text", ["", "   ", "\u200b\x1f\n"])
def test_nothing_is_no_answer(order: Order, text: str) -> None:
    assert "Write a few words first" in says(order, text)
    assert heard(order) == []


def test_long_answer_is_cut_to_what_a_ticket_holds(order: Order) -> None:
    says(order, "soy " * 200)

    assert [len(text) <= MOST for text in heard(order)] == [True]


def test_answer_is_text_wherever_it_stands(order: Order, maya: User) -> None:
    says(order, "<script>alert(1)</script>")

    tablet = Client()
    tablet.force_login(maya)
    shown = [page_of(order), tablet.get(f"/stations/{order.station.slug}/")]
    assert ["<script>alert" in page.content.decode() for page in shown] == [False, False]


def test_a_question_of_long_ago_is_not_answered_any_more(order: Order) -> None:
    page = page_of(order)
    Message.objects.update(at=timezone.now() - dt.timedelta(hours=1))

    assert "That was a while ago" in says(order, "yes", page)
    assert heard(order) == []


def test_answer_to_an_order_that_moved_meanwhile_is_heard(order: Order, maya: User) -> None:
    page = page_of(order)
    lifecycle.start(Order.objects.get(pk=order.pk), by=maya)

    says(order, "yes", page)

    assert heard(order) == ["yes"]


def test_form_of_another_site_is_refused(order: Order) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(f"/orders/{order.token}/answer/", {"text": "yes"}).status_code == 403
    assert heard(order) == []
