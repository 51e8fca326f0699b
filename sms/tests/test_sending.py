"""Each text is sent exactly once, whatever Twilio answers and whichever process dies meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
import requests
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from structlog.testing import capture_logs
from urllib3.exceptions import MaxRetryError, NewConnectionError

from orders import lifecycle
from sms import carriers, delivery, tasks
from sms.channels import channel_of
from sms.models import Conversation, Delivery, OutboundMessage
from sms.tests import factory
from sms.tests.factory import FakeTwilio, message, refusal, reply
from sms.tests.sending import fresh, work, work_later
from stations.models import Station

pytestmark = pytest.mark.django_db


def connection_refused() -> requests.ConnectionError:
    reason = NewConnectionError(None, "Connection refused")  # type: ignore[arg-type]
    return requests.ConnectionError(MaxRetryError(None, "/", reason))  # type: ignore[arg-type]


# Twilio's answers -----------------------------------------------------------------------------------


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


def test_the_same_words_wait_while_an_earlier_text_with_them_may_have_left(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    unsure = {"status": Delivery.SENDING, "attempts": 1, "claimed_at": timezone.now(), "unsure_since": timezone.now()}
    earlier = factory.text(order, talk, **unsure)
    later = factory.text(order, talk)

    tasks.deliver.call(later.pk)
    while_unsure = len(fake_twilio.sent), fresh(later).status
    delivery.advance(earlier, to=Delivery.SENT, sid="SM" + "7" * 32)
    tasks.deliver.call(later.pk, paced=True)

    assert while_unsure == (0, Delivery.QUEUED)
    assert (len(fake_twilio.sent), fresh(later).status) == (1, Delivery.SENT)


def test_two_texts_with_the_same_words_that_surely_did_not_leave_do_not_wait_for_each_other(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    factory.text(order, talk, status=Delivery.SENDING, claimed_at=timezone.now())
    other = factory.text(order, talk)

    tasks.deliver.call(other.pk)

    assert len(fake_twilio.sent) == 1


def test_ready_undone_and_ready_again_while_the_first_text_is_unsure_is_texted_once(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    """Twilio took the first "ready" text, but the connection broke before it answered. A barista then undoes "ready",
    and the order becomes ready again.

    The first text is found in Twilio's list and not sent again. The second "ready" has a text of its own."""
    order = factory.ready_order(bar, talk)
    fake_twilio.answers = [requests.ConnectionError("Connection aborted.")]
    work()
    [sent] = fake_twilio.sent
    fake_twilio.messages = [message("SMfirst", sent, status="delivered")]
    order = lifecycle.mark_ready(lifecycle.undo(order, by=None), by=None)

    for _ in range(5):
        work_later(seconds=10)

    assert [text.sid for text in talk.outbound.order_by("pk")].index("SMfirst") == 0
    assert {text.status for text in talk.outbound.all()} <= {Delivery.SENT, Delivery.DELIVERED}
    assert len({text.sid for text in talk.outbound.all()}) == 2


def test_a_message_older_than_the_texts_first_send_is_not_adopted(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    """After a failed request, Twilio's list has a message with the same words that is older than this request. It
    belongs to another text, so the text is sent again."""
    order = factory.ready_order(bar, talk)
    talk.outbound.update(created_at=timezone.now() - dt.timedelta(minutes=8))
    fake_twilio.answers = [refusal(500, 20500)]
    work()
    [sent] = fake_twilio.sent
    earlier = (timezone.now() - dt.timedelta(minutes=5)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    fake_twilio.messages = [message("SManother", sent, date_created=earlier)]

    work_later(seconds=10)

    assert [method for method, _ in fake_twilio.asked] == ["POST", "GET", "POST"]
    assert talk.outbound.get().sid != "SManother"
    assert not fresh(order).call_name


def test_a_sid_that_another_text_has_is_no_error(bar: Station, talk: Conversation) -> None:
    order, sid = factory.ready_order(bar, talk), "SM" + "7" * 32
    factory.text(order, talk, sid=sid, status=Delivery.SENT)
    text = factory.text(order, talk, status=Delivery.SENDING)

    assert delivery.advance(text, to=Delivery.SENT, sid=sid)

    assert (fresh(text).status, fresh(text).sid) == (Delivery.SENT, None)


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


def test_text_that_is_never_taken_is_sent_until_it_expires(
    bar: Station, talk: Conversation, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    nothing = reply(200, {"messages": [], "page": 0, "next_page_uri": None})
    fake_twilio.answers = [refusal(429, 20429), refusal(429, 20429), *[refusal(500, 20500), nothing] * 20]

    for _ in range(8):
        work_later(minutes=2)
    alive = talk.outbound.get().status, fresh(order).call_name
    talk.outbound.update(expires_at=timezone.now())
    work_later(minutes=2)

    assert alive == (Delivery.SENDING, False)
    assert len(fake_twilio.sent) == 8
    assert talk.outbound.get().status == Delivery.EXPIRED
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


# Several workers, and workers that are killed -------------------------------------------------------


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
    claim = delivery.claim_message(text.pk)
    assert claim is not None
    OutboundMessage.objects.filter(pk=text.pk).update(claimed_at=timezone.now() + dt.timedelta(seconds=1))

    tasks._send(claim.message, channel_of(claim.message), unsure=False)

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
    killed_while_sending(talk, ago=delivery.CLAIM_HOLDS + dt.timedelta(seconds=1))
    fake_twilio.messages = [message("SMfound", {"Body": talk.outbound.get().body})]

    work()

    assert [method for method, _ in fake_twilio.asked] == ["GET"]
    assert talk.outbound.get().sid == "SMfound"


def test_worker_that_may_be_alive_is_not_overtaken(bar: Station, talk: Conversation, fake_twilio: FakeTwilio) -> None:
    factory.ready_order(bar, talk)
    killed_while_sending(talk, ago=dt.timedelta(seconds=4 * carriers.PATIENCE + 1))

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
