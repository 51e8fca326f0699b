"""Texts that Expresso starts, from the row in the barista's transaction to Twilio's HTTP edge."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import requests
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from structlog.testing import capture_logs
from urllib3.exceptions import MaxRetryError, NewConnectionError

from accounts.models import Role
from orders import lifecycle
from orders.models import Channel, Order
from orders.tests import factory as rows
from sms import delivery, tasks
from sms.models import Carrier, Conversation, Delivery, OutboundMessage, Sender
from sms.tests import factory
from sms.tests.factory import FakeTwilio, message, refusal, reply
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return rows.cafe()


@pytest.fixture
def talk(bar: Station) -> Conversation:
    return factory.conversation(bar)


def queued(talk: Conversation) -> list[str]:
    return list(talk.outbound.filter(status=Delivery.QUEUED).order_by("pk").values_list("kind", flat=True))


def work() -> None:
    """What a worker does now. (The real one closes connections, and with them the test's transaction.)"""
    tasks.recover()
    while task := DBTaskResult.objects.ready().first():
        task.claim("test")
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        task.set_successful(None)


def work_later(**after: float) -> None:
    """What is due once so much time has passed."""
    passed = dt.timedelta(**after)
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        if task.run_after.year < 9999:
            DBTaskResult.objects.filter(pk=task.pk).update(run_after=task.run_after - passed)
    for sender in Sender.objects.all():
        Sender.objects.filter(pk=sender.pk).update(free_at=sender.free_at - passed)
    work()


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def connection_refused() -> requests.ConnectionError:
    reason = NewConnectionError(None, "Connection refused")  # type: ignore[arg-type]
    return requests.ConnectionError(MaxRetryError(None, "/", reason))  # type: ignore[arg-type]


# What is said -----------------------------------------------------------------------------------------


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


# What is not said -------------------------------------------------------------------------------------


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


# What Twilio answers ----------------------------------------------------------------------------------


def test_refusal_because_of_an_opt_out_is_remembered(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    order = factory.ready_order(bar, talk)
    fake_twilio.answers = [refusal(400, 21610)]

    work()
    work_later(minutes=5)

    text = talk.outbound.get()
    assert (text.status, text.error_code, len(fake_twilio.sent)) == (Delivery.FAILED, 21610, 1)
    assert fresh(talk).opted_out_at is not None
    assert fresh(order).call_name


@pytest.mark.parametrize(("status", "code"), [(400, 21408), (400, 21211), (401, 20003), (404, 20404)])
def test_permanent_refusal_is_not_tried_again_and_the_barista_calls_the_name(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio, status: int, code: int
) -> None:
    order = factory.ready_order(bar, talk)
    fake_twilio.answers = [refusal(status, code)]

    work()
    work_later(minutes=5)

    text = talk.outbound.get()
    assert (text.status, text.error_code, len(fake_twilio.sent)) == (Delivery.FAILED, code, 1)
    assert fresh(talk).opted_out_at is None
    assert fresh(order).call_name


@pytest.mark.parametrize(
    "answer", [refusal(429, 20429), refusal(400, 21611), connection_refused(), requests.ConnectTimeout()]
)
def test_what_was_never_processed_is_sent_again_later_without_asking(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio, answer: object
) -> None:
    order = factory.ready_order(bar, talk)
    fake_twilio.answers = [answer]

    work()
    at_once = len(fake_twilio.sent), talk.outbound.get().status
    work_later(seconds=4)

    assert at_once == (1, Delivery.QUEUED)
    assert [method for method, _ in fake_twilio.asked] == ["POST", "POST"]
    assert talk.outbound.get().status == Delivery.SENT
    assert not fresh(order).call_name


def test_pauses_grow_and_are_drawn(bar: Station, talk: Conversation) -> None:
    text = OutboundMessage()

    for attempts, least, most in [(1, 1, 2), (3, 4, 8), (5, 16, 32), (10, 30, 60)]:
        text.attempts = attempts
        pauses = {tasks._pause(text) for _ in range(50)}
        assert least <= min(pauses) <= max(pauses) <= most
        assert len(pauses) > 10


def test_refused_connections_end_with_the_texts_life(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    order = factory.ready_order(bar, talk)
    fake_twilio.answers = [refusal(429, 20429)] * 50

    for _ in range(3):
        work_later(minutes=2)
    talk.outbound.update(expires_at=timezone.now())
    work_later(minutes=2)

    assert talk.outbound.get().status == Delivery.EXPIRED
    assert fresh(order).call_name


UNSURE = [
    refusal(500, 20500),
    refusal(503, 20503),
    requests.ReadTimeout("HTTPSConnectionPool(...): Read timed out."),
    requests.ConnectionError("Connection aborted."),
    reply(201, {}),
]


@pytest.mark.parametrize("answer", UNSURE)
def test_text_that_may_have_left_is_looked_for_and_adopted(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio, answer: object
) -> None:
    factory.ready_order(bar, talk)
    fake_twilio.answers = [answer]

    work()
    [sent] = fake_twilio.sent
    trial = "Sent from your Twilio trial account - "
    fake_twilio.messages = [
        message("SMother", sent | {"Body": "Another text"}),
        message("SMfound", sent | {"Body": trial + sent["Body"]}, status="delivered"),
    ]
    work_later(seconds=10)

    assert [method for method, _ in fake_twilio.asked] == ["POST", "GET"]
    assert (fake_twilio.asked[1][1]["To"], fake_twilio.asked[1][1]["From"]) == (sent["To"], sent["From"])
    text = talk.outbound.get()
    assert (text.status, text.sid) == (Delivery.DELIVERED, "SMfound")


@pytest.mark.parametrize("answer", UNSURE)
def test_text_that_did_not_leave_is_sent_again(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio, answer: object
) -> None:
    factory.ready_order(bar, talk)
    fake_twilio.answers = [answer]

    work()
    work_later(seconds=10)

    assert [method for method, _ in fake_twilio.asked] == ["POST", "GET", "POST"]
    assert talk.outbound.get().status == Delivery.SENT


def test_the_same_words_sent_earlier_or_for_another_text_are_not_adopted(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    fake_twilio.answers = [refusal(500, 20500)]
    work()
    [sent] = fake_twilio.sent
    factory.text(order, talk, sid="SMknown", status=Delivery.SENT, created_at=timezone.now(), kind="cancelled")
    fake_twilio.messages = [
        message("SMknown", sent),
        message("SMold", sent, date_created="Mon, 16 Nov 2026 10:00:00 +0000"),
    ]

    work_later(seconds=10)

    assert [method for method, _ in fake_twilio.asked] == ["POST", "GET", "POST"]


def test_while_twilio_does_not_say_what_became_of_it_nothing_is_sent(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    fake_twilio.answers = [refusal(500, 20500)] * 4

    work()
    for _ in range(3):
        work_later(minutes=2)
    [text] = talk.outbound.all()
    talk.outbound.update(expires_at=timezone.now())
    fake_twilio.answers = [refusal(500, 20500)]
    work_later(minutes=2)

    assert len(fake_twilio.sent) == 1
    assert text.status == Delivery.SENDING
    assert talk.outbound.get().status == Delivery.FAILED
    assert fresh(order).call_name


def test_unsure_sends_are_bounded(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    order = factory.ready_order(bar, talk)
    nothing = reply(200, {"messages": [], "page": 0, "next_page_uri": None})
    fake_twilio.answers = [refusal(500, 20500), nothing] * 20

    for _ in range(10):
        work_later(minutes=2)

    assert len(fake_twilio.sent) == tasks.MOST_UNSURE_SENDS
    assert talk.outbound.get().status == Delivery.FAILED
    assert fresh(order).call_name


def test_no_trace_of_a_number_or_a_text_is_left_by_failures(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    factory.ready_order(bar, talk)
    nothing = reply(200, {"messages": [], "page": 0, "next_page_uri": None})
    fake_twilio.answers = [refusal(429, 20429), refusal(500, 20500), refusal(500, 20500), nothing, refusal(400, 21211)]

    with capture_logs() as lines:
        for _ in range(5):
            work_later(minutes=1)

    body = talk.outbound.get().body
    seen = str(lines) + str(list(DBTaskResult.objects.values()))
    assert [line["event"] for line in lines if line["event"].startswith("text_")][-1] == "text_not_sent"
    assert body not in seen
    assert "+1555" not in seen


# One worker or many, alive or killed ------------------------------------------------------------------


def test_task_that_runs_twice_sends_once(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    text = factory.text(factory.ready_order(bar, talk), talk)

    tasks.deliver.call(text.pk)
    tasks.deliver.call(text.pk)

    assert len(fake_twilio.sent) == 1


def test_text_in_another_workers_hands_is_left_alone(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    factory.ready_order(bar, talk)
    talk.outbound.update(status=Delivery.SENDING, claimed_at=timezone.now())

    work()

    assert fake_twilio.asked == []
    assert talk.outbound.get().status == Delivery.SENDING


def test_worker_that_lost_its_claim_does_not_send(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    text = factory.text(factory.ready_order(bar, talk), talk)
    claim = delivery.claim(text.pk)
    assert claim is not None
    OutboundMessage.objects.filter(pk=text.pk).update(claimed_at=timezone.now() + dt.timedelta(seconds=1))

    tasks._send(claim.message)

    assert fake_twilio.asked == []


def test_text_whose_worker_was_killed_before_sending_gets_a_new_task(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    factory.ready_order(bar, talk)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    talk.outbound.update(created_at=timezone.now() - dt.timedelta(seconds=6))

    work()

    assert len(fake_twilio.sent) == 1
    assert talk.outbound.get().status == Delivery.SENT


def killed_while_sending(talk: Conversation, *, ago: dt.timedelta) -> None:
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    talk.outbound.update(status=Delivery.SENDING, attempts=1, claimed_at=timezone.now() - ago)


def test_text_whose_worker_was_killed_while_sending_is_asked_for_first(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    factory.ready_order(bar, talk)
    killed_while_sending(talk, ago=dt.timedelta(minutes=1))
    fake_twilio.messages = [message("SMfound", {"Body": talk.outbound.get().body})]

    work()

    assert [method for method, _ in fake_twilio.asked] == ["GET"]
    assert talk.outbound.get().sid == "SMfound"


def test_worker_that_may_be_alive_is_not_overtaken(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    factory.ready_order(bar, talk)
    killed_while_sending(talk, ago=dt.timedelta(seconds=30))

    work()

    assert fake_twilio.asked == []


def test_texts_that_wait_for_their_task_are_not_given_another(bar: Station, talk: Conversation) -> None:
    factory.ready_order(bar, talk)
    talk.outbound.update(created_at=timezone.now() - dt.timedelta(minutes=1))

    assert tasks.recover() == 0
    assert DBTaskResult.objects.count() == 1


def test_recovering_twice_gives_one_task(bar: Station, talk: Conversation) -> None:
    factory.ready_order(bar, talk)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    talk.outbound.update(created_at=timezone.now() - dt.timedelta(minutes=1))

    assert (tasks.recover(), tasks.recover()) == (1, 0)


# The sender's pace ------------------------------------------------------------------------------------


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

    # 201 characters of UCS-2 are three segments of 67.
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
