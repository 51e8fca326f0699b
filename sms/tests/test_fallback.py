"""If a push, a mail or a WhatsApp message to a customer fails, a text is sent instead."""

from __future__ import annotations

import datetime as dt
import smtplib
import threading
from contextlib import suppress
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
import requests
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from orders import lifecycle
from orders.models import Channel, Order
from orders.tests import factory as rows
from orders.tests.race import at_once
from sms import delivery
from sms.follow_up import follow_up
from sms.models import Carrier, Conversation, Delivery, OutboundMessage, Subscription
from sms.tests import factory
from sms.tests.choosing import ADDRESS, choose
from sms.tests.devices import Device, Services
from sms.tests.factory import FakeTwilio, refusal, reply, signed_post
from sms.tests.sending import fresh, work, work_later
from stations.models import Station

pytestmark = pytest.mark.django_db
NOT_ON_WHATSAPP = 63024


@pytest.fixture(autouse=True)
def _carriers(settings: Settings, fake_twilio: FakeTwilio) -> None:
    settings.SENDS_MAIL = True


@pytest.fixture
def bar(bar: Station) -> Station:
    bar.event.whatsapp_number = "+15550100009"
    bar.event.save()
    return bar


@pytest.fixture
def order(bar: Station) -> Order:
    """Create an order of a customer with a phone number."""
    talk = factory.conversation(bar)
    return factory.order(bar, talk, name="Sam")


@pytest.fixture
def by_whatsapp(bar: Station) -> Order:
    return factory.order(bar, factory.conversation(bar, carrier=Carrier.WHATSAPP))


def ready(order: Order) -> Order:
    made = lifecycle.mark_ready(fresh(order), by=None)
    work()
    return made


def told() -> list[tuple[str, str]]:
    """Return the channel and the delivery status of each message."""
    messages = OutboundMessage.objects.order_by("pk").select_related("subscription", "conversation")
    return [(_way(each), each.status) for each in messages]


def _way(message: OutboundMessage) -> str:
    if message.subscription is None:
        return message.talk.carrier
    return "mail" if message.subscription.is_mailbox else "push"


def refusing(code: int) -> Any:
    error = smtplib.SMTPRecipientsRefused({ADDRESS: (code, b"no")})
    return patch("django.core.mail.EmailMessage.send", side_effect=error)


def test_whoever_chose_a_mailbox_gets_a_mail_and_no_text(order: Order, fake_twilio: FakeTwilio) -> None:
    choose(order, mail=ADDRESS)

    ready(order)

    assert (len(mail.outbox), fake_twilio.sent) == (1, [])
    assert told() == [("mail", Delivery.SENT)]


def test_a_mail_that_is_refused_becomes_a_text(order: Order, fake_twilio: FakeTwilio) -> None:
    choose(order, mail=ADDRESS)

    with refusing(550):
        ready(order)

    [sent] = fake_twilio.sent
    assert sent["Body"] == f"Sam, your latte is ready at Bar 1 ({order.code})."
    assert fresh(order).call_name is False


def test_a_device_that_is_gone_becomes_a_text(order: Order, services: Services, fake_twilio: FakeTwilio) -> None:
    choose(order, **Device().subscription)
    services.answers = [410]

    ready(order)

    assert (len(services.posts), len(fake_twilio.sent)) == (1, 1)
    assert fresh(order).call_name is False


def test_of_two_chosen_ways_one_that_arrives_is_enough(
    order: Order, services: Services, fake_twilio: FakeTwilio
) -> None:
    choose(order, mail=ADDRESS)
    choose(order, **Device().subscription)
    services.answers = [410]

    ready(order)

    assert (len(mail.outbox), fake_twilio.sent) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_of_two_ways_that_fail_at_the_same_moment_one_text_says_it(order: Order) -> None:
    choose(order, mail=ADDRESS)
    choose(order, mail="sam@example.net")
    lifecycle.mark_ready(fresh(order), by=None)
    together = threading.Barrier(2)

    def fails(message: OutboundMessage) -> None:
        with transaction.atomic():
            delivery.advance(message, to=Delivery.FAILED)
            with suppress(threading.BrokenBarrierError):
                together.wait(0.5)

    at_once(*[partial(fails, message) for message in OutboundMessage.objects.all()])

    assert told() == [("mail", Delivery.FAILED), ("mail", Delivery.FAILED), ("sms", Delivery.QUEUED)]


def test_who_also_asked_for_a_mail_gets_both(order: Order, fake_twilio: FakeTwilio) -> None:
    Client().post(f"/orders/{order.token}/tell/", {"mail": ADDRESS})

    ready(order)

    assert (len(mail.outbox), len(fake_twilio.sent)) == (1, 1)


def test_a_service_that_is_away_is_not_waited_for(order: Order, services: Services, fake_twilio: FakeTwilio) -> None:
    choose(order, **Device().subscription)
    services.answers = [503] * 9

    ready(order)
    for _ in range(4):
        work_later(seconds=10)

    assert (len(services.posts), len(fake_twilio.sent)) == (3, 1)


def test_what_may_have_arrived_is_not_said_again_by_text(
    order: Order, services: Services, fake_twilio: FakeTwilio
) -> None:
    """No text is sent after a push that might have arrived. The barista calls the customer's name instead.

    The first request times out, and the last one says that the device is gone (410)."""
    choose(order, **Device().subscription)
    services.answers = [requests.ReadTimeout(), 503, 503, 503, 410]

    ready(order)
    for _ in range(5):
        work_later(seconds=60)

    assert (len(services.posts), fake_twilio.sent) == (5, [])
    assert fresh(order).call_name is True


@pytest.mark.parametrize("at_once", [True, False])
def test_what_whatsapp_does_not_deliver_is_sent_by_sms(
    by_whatsapp: Order, fake_twilio: FakeTwilio, at_once: bool
) -> None:
    if at_once:
        fake_twilio.answers = [refusal(400, NOT_ON_WHATSAPP)]

    ready(by_whatsapp)
    if not at_once:
        report(fake_twilio, "undelivered")
        work()

    number = by_whatsapp.customer and by_whatsapp.customer.phone
    assert [sent["To"] for sent in fake_twilio.sent] == [f"whatsapp:{number}", number]
    assert told() == [("whatsapp", Delivery.FAILED), ("sms", Delivery.SENT)]
    assert fresh(by_whatsapp).call_name is False


def report(fake_twilio: FakeTwilio, status: str, *, sid: str = "") -> None:
    first = OutboundMessage.objects.order_by("pk")[0]
    form = {"MessageSid": sid or first.sid, "MessageStatus": status, "ErrorCode": str(NOT_ON_WHATSAPP)}
    assert signed_post(f"/sms/status?message={first.pk}", form).status_code == 204


def test_a_report_that_comes_twice_says_it_once_by_sms(by_whatsapp: Order, fake_twilio: FakeTwilio) -> None:
    ready(by_whatsapp)

    for status in ("failed", "undelivered", "failed"):
        report(fake_twilio, status)
        work()

    assert len(fake_twilio.sent) == 2


def test_a_report_on_another_request_than_the_one_that_is_known_says_nothing_again(
    by_whatsapp: Order, fake_twilio: FakeTwilio
) -> None:
    """A failure report with another sid than the stored one is about a second copy of the WhatsApp message. The copy
    with the stored sid might have arrived, so no SMS is sent."""
    ready(by_whatsapp)

    report(fake_twilio, "failed", sid="SM" + "9" * 32)
    work()

    assert len(fake_twilio.sent) == 1


def test_when_sms_fails_as_well_the_name_is_called(by_whatsapp: Order, fake_twilio: FakeTwilio) -> None:
    fake_twilio.answers = [refusal(400, NOT_ON_WHATSAPP), refusal(400, 21211)]

    ready(by_whatsapp)

    assert len(fake_twilio.sent) == 2
    assert fresh(by_whatsapp).call_name is True


def test_who_wrote_to_whatsapp_a_day_ago_is_told_by_sms(by_whatsapp: Order, fake_twilio: FakeTwilio) -> None:
    Conversation.objects.update(last_text_at=timezone.now() - dt.timedelta(days=2))

    ready(by_whatsapp)

    [sent] = fake_twilio.sent
    assert not sent["To"].startswith("whatsapp")


def test_whoever_said_stop_to_whatsapp_is_not_texted_by_sms(by_whatsapp: Order, fake_twilio: FakeTwilio) -> None:
    Conversation.objects.update(opted_out_at=timezone.now())

    ready(by_whatsapp)

    assert fake_twilio.sent == []
    assert fresh(by_whatsapp).call_name is True


def test_a_whatsapp_user_without_a_number_is_called(bar: Station, fake_twilio: FakeTwilio) -> None:
    talk = factory.conversation(bar, carrier=Carrier.WHATSAPP)
    talk.customer.phone = "US.13491208655302741918"
    talk.customer.save()
    order = factory.order(bar, talk)
    fake_twilio.answers = [refusal(400, NOT_ON_WHATSAPP)]

    ready(order)

    assert len(fake_twilio.sent) == 1
    assert fresh(order).call_name is True


def test_a_step_that_was_undone_is_not_said_by_the_next_way(by_whatsapp: Order, fake_twilio: FakeTwilio) -> None:
    made = ready(by_whatsapp)
    lifecycle.undo(made, by=None)

    report(fake_twilio, "failed")
    work()

    assert len(fake_twilio.sent) == 1


def test_nothing_is_said_by_sms_while_the_same_words_may_be_on_their_way_by_whatsapp(
    by_whatsapp: Order, fake_twilio: FakeTwilio
) -> None:
    """While a WhatsApp text with an unknown outcome might still arrive, the same words are not sent by SMS.

    The first WhatsApp text times out, and a barista undoes "ready". When the order is ready again, the customer's last
    text is so old that WhatsApp takes no text, so an SMS is due. The SMS waits until the outcome of the first text is
    known."""
    fake_twilio.answers = [requests.ReadTimeout()]
    lifecycle.undo(ready(by_whatsapp), by=None)
    Conversation.objects.update(last_text_at=timezone.now() - dt.timedelta(days=2))

    ready(by_whatsapp)
    while_unsure = len(fake_twilio.sent)
    work_later(seconds=30)
    work_later(seconds=30)

    assert (while_unsure, len(fake_twilio.sent)) == (1, 2)


def test_a_reminder_goes_by_text_as_well(order: Order, services: Services, fake_twilio: FakeTwilio) -> None:
    choose(order, **Device().subscription)
    ready(order)
    Order.objects.update(ready_at=timezone.now() - dt.timedelta(minutes=6))

    follow_up()
    work()

    assert (len(services.posts), len(fake_twilio.sent)) == (2, 1)


def test_who_left_no_number_has_nothing_to_fall_back_to(bar: Station, services: Services) -> None:
    order = rows.order(bar, channel=Channel.WEB)
    choose(order, **Device().subscription)
    services.answers = [503] * 9

    ready(order)
    for _ in range(4):
        work_later(seconds=60)

    assert len(services.posts) == 5
    assert Subscription.objects.get().is_first is False


def test_unknown_answer_of_twilio_about_a_first_attempt_is_no_reason_for_sms(
    by_whatsapp: Order, fake_twilio: FakeTwilio
) -> None:
    fake_twilio.answers = [reply(500, {})] * 40

    ready(by_whatsapp)
    for _ in range(12):
        work_later(minutes=1)
    OutboundMessage.objects.update(expires_at=timezone.now())
    work_later(minutes=2)

    assert len([sent for sent in fake_twilio.sent if not sent["To"].startswith("whatsapp")]) == 0
