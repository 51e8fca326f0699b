"""Texts that Expresso starts: their words, when they are not sent, and how fast they are sent."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import Role
from orders import lifecycle
from orders.models import Channel, Order
from orders.tests import factory as rows
from sms import tasks
from sms.models import Carrier, Conversation, Delivery, OutboundMessage, Sender
from sms.tests import factory
from sms.tests.factory import FakeTwilio
from sms.tests.sending import fresh, work, work_later
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


def queued(talk: Conversation) -> list[str]:
    return list(talk.outbound.filter(status=Delivery.QUEUED).order_by("pk").values_list("kind", flat=True))


# The words of texts that Expresso starts ------------------------------------------------------------


def test_customer_is_told_that_the_order_is_ready(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    order = factory.ready_order(bar, talk)

    work()

    [sent] = fake_twilio.sent
    text = talk.outbound.get()
    assert (sent["To"], sent["From"]) == (talk.customer.phone, bar.event.sms_number)
    assert sent["Body"] == text.body
    assert order.code in text.body
    assert sent["StatusCallback"] == f"http://testserver/sms/status?message={text.pk}"
    assert 590 <= int(sent["ValidityPeriod"]) <= 600
    assert (text.status, text.sid, text.attempts) == (Delivery.SENT, "SM" + "1".zfill(32), 1)


def test_customer_is_told_why_a_barista_cancelled(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    order = factory.order(bar, talk)

    lifecycle.cancel(order, by=rows.user("bea", Role.BARISTA), reason="the grinder broke")
    work()

    [sent] = fake_twilio.sent
    assert "the grinder broke" in sent["Body"]


def test_customer_who_cancelled_is_not_told_a_second_time(bar: Station, talk: Conversation) -> None:
    lifecycle.cancel(factory.order(bar, talk))

    assert queued(talk) == []


def test_other_steps_and_other_channels_send_nothing(bar: Station, talk: Conversation) -> None:
    order = lifecycle.collect(factory.ready_order(bar, talk), by=None)
    lifecycle.undo(order, by=None)
    nobody = rows.order(bar, channel=Channel.KIOSK)
    lifecycle.mark_ready(nobody, by=None)

    assert queued(talk) == ["ready"]


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.KIOSK, Channel.WALK_IN])
def test_number_left_with_an_order_on_a_page_is_texted(bar: Station, channel: Channel, fake_twilio: FakeTwilio) -> None:
    order = rows.order(bar, customer=rows.customer(phone="+15550102030"), channel=channel)

    lifecycle.mark_ready(order, by=None)
    work()

    [sent] = fake_twilio.sent
    assert (sent["To"], sent["From"]) == ("+15550102030", bar.event.sms_number)


def test_event_without_a_number_texts_nobody(bar: Station) -> None:
    Event.objects.update(sms_number=None)
    bar.event.refresh_from_db()

    lifecycle.mark_ready(rows.order(bar, customer=rows.customer(), channel=Channel.WEB), by=None)

    assert not Conversation.objects.exists()


def test_text_goes_by_the_carrier_and_number_that_was_texted(fake_twilio: FakeTwilio) -> None:
    bar = rows.cafe(whatsapp_number="+15550990001")
    talk = factory.conversation(bar, carrier=Carrier.WHATSAPP)
    factory.ready_order(bar, talk)

    work()

    [sent] = fake_twilio.sent
    assert (sent["To"], sent["From"]) == (f"whatsapp:{talk.customer.phone}", "whatsapp:+15550990001")


@pytest.mark.parametrize(
    ("carrier", "ago", "sent"),
    [
        (Carrier.WHATSAPP, dt.timedelta(hours=23, minutes=59), 1),
        (Carrier.WHATSAPP, dt.timedelta(hours=24), 0),
        (Carrier.SMS, dt.timedelta(days=3), 1),
    ],
)
def test_whatsapp_is_not_texted_a_day_after_the_customers_last_message(
    fake_twilio: FakeTwilio, carrier: str, ago: dt.timedelta, sent: int
) -> None:
    bar = rows.cafe(whatsapp_number="+15550990001")
    if carrier == Carrier.WHATSAPP:
        # Without an SMS number, the event cannot send the text by SMS when WhatsApp does not take it.
        Event.objects.update(sms_number=None)
        bar.event.refresh_from_db()
    talk = factory.conversation(bar, carrier=carrier)
    order = factory.ready_order(bar, talk)
    Conversation.objects.update(last_text_at=timezone.now() - ago)

    work()

    text = talk.outbound.get()
    assert len(fake_twilio.sent) == sent
    assert (text.status, text.error_code) == ((Delivery.SENT, None) if sent else (Delivery.FAILED, 63016))
    assert fresh(order).call_name is not bool(sent)


def test_text_and_its_task_belong_to_the_transaction_that_causes_them(bar: Station, talk: Conversation) -> None:
    order = factory.order(bar, talk)

    with transaction.atomic():
        lifecycle.mark_ready(order, by=None)
        inside = queued(talk), DBTaskResult.objects.count()
        transaction.set_rollback(True)

    assert inside == (["ready"], 1)
    assert (queued(talk), DBTaskResult.objects.count()) == ([], 0)


def test_simulators_texts_arrive_without_a_network(bar: Station, talk: Conversation) -> None:
    factory.ready_order(bar, talk)

    work()

    text = talk.outbound.get()
    assert text.status == Delivery.DELIVERED
    assert str(text.sid).startswith("SM")


# Texts that are not sent ----------------------------------------------------------------------------


def test_text_is_not_sent_once_ready_was_undone(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    order = factory.ready_order(bar, talk)
    lifecycle.undo(order, by=None)

    work()

    assert fake_twilio.sent == []
    assert talk.outbound.get().status == Delivery.EXPIRED
    assert not fresh(order).call_name


def test_ready_undone_and_ready_again_is_one_text(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    order = lifecycle.undo(factory.ready_order(bar, talk), by=None)
    lifecycle.mark_ready(order, by=None)

    work()

    assert len(fake_twilio.sent) == 1
    assert list(talk.outbound.order_by("pk").values_list("status", flat=True)) == [Delivery.EXPIRED, Delivery.SENT]


def test_stale_text_is_not_sent_and_the_barista_calls_the_name(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    talk.outbound.update(expires_at=timezone.now())

    work()

    assert fake_twilio.sent == []
    assert talk.outbound.get().status == Delivery.EXPIRED
    assert fresh(order).call_name


def test_text_that_grew_stale_while_it_waited_for_its_slot_is_not_sent(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    text = factory.text(factory.ready_order(bar, talk), talk, expires_at=timezone.now())

    tasks.deliver.call(text.pk, paced=True)

    assert fake_twilio.sent == []
    assert fresh(text).status == Delivery.EXPIRED


def test_who_said_stop_is_not_texted_and_the_barista_calls_the_name(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    Conversation.objects.update(opted_out_at=timezone.now())

    work()

    text = talk.outbound.get()
    assert fake_twilio.sent == []
    assert (text.status, text.error_code) == (Delivery.FAILED, 21610)
    assert fresh(order).call_name


def test_event_that_lost_its_number_lets_the_barista_call_the_name(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    bar.event.sms_number = None
    bar.event.save()

    work()

    assert fake_twilio.sent == []
    assert fresh(order).call_name


# The sending rate of a number -----------------------------------------------------------------------


def test_a_senders_texts_are_sent_at_its_pace(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    for _ in range(3):
        factory.ready_order(bar, talk)

    work()
    first = len(fake_twilio.sent)
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("run_after")
    second_slot, third_slot = waiting.values_list("run_after", flat=True)
    work_later(seconds=1)
    second = len(fake_twilio.sent)
    work_later(seconds=1)

    assert (first, second, len(fake_twilio.sent)) == (1, 2, 3)
    assert round((third_slot - second_slot).total_seconds()) == 1


def test_pace_counts_segments(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    Sender.objects.create(number=bar.event.sms_number or "", segments_per_second=2)
    order = factory.ready_order(bar, talk)
    OutboundMessage.objects.update(status=Delivery.EXPIRED)
    text = factory.text(order, talk, body="☕" * 201)
    before = timezone.now()

    tasks.deliver.call(text.pk)

    # 201 emoji characters in UCS-2 take three segments of 67.
    takes = dt.timedelta(seconds=1.5)
    assert len(fake_twilio.sent) == 1
    assert before + takes <= Sender.objects.get().free_at <= timezone.now() + takes


def test_senders_do_not_wait_for_each_other(fake_twilio: FakeTwilio) -> None:
    for _ in range(2):
        bar = rows.cafe()
        factory.ready_order(bar, factory.conversation(bar))

    work()

    assert len(fake_twilio.sent) == 2


def test_texts_that_would_come_too_late_take_no_slot_from_those_behind_them(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    free_at = timezone.now() + dt.timedelta(minutes=11)
    Sender.objects.create(number=bar.event.sms_number or "", free_at=free_at)

    work()

    assert talk.outbound.get().status == Delivery.EXPIRED
    assert Sender.objects.get().free_at == free_at
    assert Order.objects.get(pk=order.pk).call_name
