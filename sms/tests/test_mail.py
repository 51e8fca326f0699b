"""Mails about orders: chosen on the order's page, and sent by the worker through Django's mail backend."""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from orders import lifecycle
from orders.models import Channel, Order
from orders.tests import factory as rows
from orders.tests.pages import words
from sms.follow_up import follow_up
from sms.models import Delivery, OutboundMessage, Subscription
from sms.tests.factory import FakeTwilio, refusal
from sms.tests.sending import fresh, work, work_later
from stations.models import Station

pytestmark = pytest.mark.django_db
ADDRESS = "sam@example.org"


@pytest.fixture(autouse=True)
def _mail_server(settings: Settings, fake_twilio: FakeTwilio) -> None:
    settings.SENDS_MAIL = True


@pytest.fixture
def order(bar: Station) -> Order:
    return rows.order(bar, rows.item("Latte", "Large", note="BUY MY WATCHES"), channel=Channel.WEB, name="Sam")


def ask(order: Order, address: str = ADDRESS) -> Any:
    return Client().post(f"/orders/{order.token}/tell/", {"mail": address}, follow=True)


def mark_ready(order: Order) -> None:
    order.refresh_from_db()
    lifecycle.mark_ready(order, by=None)
    work()


def refusing(error: Exception) -> Any:
    return patch("django.core.mail.EmailMessage.send", side_effect=error)


def test_who_asks_for_a_mail_gets_one_when_the_order_is_ready(order: Order) -> None:
    page = ask(order)
    assert "You get a mail when it is ready." in words(page)

    mark_ready(order)

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == ([ADDRESS], f"{order.event.name}: {order.code}")
    assert sent.body == f"Your order {order.code} is ready at Bar 1.\n\nhttp://testserver/orders/{order.token}/\n"
    assert OutboundMessage.objects.get().status == Delivery.SENT


def test_nobody_can_have_their_own_words_mailed_to_somebody(order: Order) -> None:
    ask(order)

    mark_ready(order)
    lifecycle.undo(order, by=rows.user("maya"))
    lifecycle.cancel(order, by=rows.user("ben"), reason="BUY MY WATCHES")
    work()

    [sent] = mail.outbox
    assert "WATCHES" not in f"{sent.subject} {sent.body}"


@pytest.mark.parametrize("address", ["", "sam", "sam@example.org\nBcc: all@example.org", "s" * 250 + "@example.org"])
def test_what_is_no_mail_address_is_refused_in_words(order: Order, address: str) -> None:
    page = ask(order, address)

    assert "Write a mail address such as sam@example.org; nothing was saved." in words(page)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("verb", "said"), [("mark_ready", "It is ready already"), ("cancel", "This order has come to its end")]
)
def test_no_mail_is_promised_that_will_never_come(order: Order, verb: str, said: str) -> None:
    getattr(lifecycle, verb)(order, by=None)

    page = ask(order)

    assert said in words(page)
    assert not Subscription.objects.exists()


def test_asking_twice_is_asking_once_and_there_are_few_addresses(order: Order) -> None:
    for number in range(7):
        ask(order, f"{number}@example.org")
    page = ask(order, "0@example.org")

    assert Subscription.objects.count() == 5
    assert "You get a mail" in words(page)


def test_the_address_is_encrypted_at_rest(order: Order) -> None:
    ask(order)

    with connection.cursor() as cursor:
        cursor.execute("SELECT endpoint FROM sms_pushsubscription")
        [(stored,)] = cursor.fetchall()
    assert ADDRESS not in stored


def test_without_a_mail_server_no_mail_is_offered(order: Order, settings: Settings) -> None:
    settings.SENDS_MAIL = False

    assert "Tell me by mail" not in words(ask(order))

    assert not Subscription.objects.exists()


def test_a_mail_is_tried_again_while_the_server_is_away(order: Order) -> None:
    ask(order)
    with patch("django.core.mail.backends.locmem.EmailBackend.open", side_effect=ConnectionRefusedError()):
        mark_ready(order)
    assert (mail.outbox, OutboundMessage.objects.get().status) == ([], Delivery.QUEUED)

    work_later(minutes=1)

    assert len(mail.outbox) == 1


def test_a_mail_that_broke_off_is_sent_again_with_the_same_id(order: Order) -> None:
    ask(order)
    with refusing(smtplib.SMTPServerDisconnected()):
        mark_ready(order)
    between = OutboundMessage.objects.get().status

    work_later(minutes=1)

    [sent] = mail.outbox
    assert between == Delivery.SENDING
    assert sent.extra_headers["Message-ID"] == f"<expresso-{OutboundMessage.objects.get().pk}@testserver>"


def test_a_mailbox_that_does_not_exist_is_forgotten_and_the_name_is_called(order: Order) -> None:
    ask(order)

    with refusing(smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")})):
        mark_ready(order)

    assert fresh(order).call_name
    assert not Subscription.objects.exists()


def test_a_text_that_fails_is_no_reason_to_call_the_name_while_a_mail_arrives(
    bar: Station, fake_twilio: FakeTwilio
) -> None:
    order = rows.order(bar, channel=Channel.WEB, ready_text_to=rows.customer())
    fake_twilio.answers.append(refusal(400, 21408))
    ask(order)

    mark_ready(order)

    statuses = OutboundMessage.objects.order_by("pk").values_list("status", flat=True)
    assert (list(statuses), fresh(order).call_name) == ([Delivery.FAILED, Delivery.SENT], False)


def test_a_mailbox_gets_no_reminder(order: Order) -> None:
    ask(order)
    mark_ready(order)

    with patch("django.utils.timezone.now", return_value=timezone.now() + dt.timedelta(minutes=6)):
        follow_up()

    assert OutboundMessage.objects.count() == 1
