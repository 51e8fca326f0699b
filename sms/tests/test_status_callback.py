"""Delivery reports at /sms/status that come twice, late, out of order, or before Expresso knows the sid."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from structlog.testing import capture_logs

from orders import lifecycle
from orders.models import Order
from orders.tests import factory as rows
from sms import delivery, tasks, twilio
from sms.models import Delivery, OutboundMessage
from sms.tests import factory
from sms.tests.factory import FakeTwilio, message, raw_post, reply, signed_post

pytestmark = pytest.mark.django_db

SID = "SM" + "7" * 32


@pytest.fixture
def text() -> OutboundMessage:
    """Create a text which says that an order is ready, and which Twilio has accepted."""
    bar = rows.cafe()
    talk = factory.conversation(bar)
    order = lifecycle.mark_ready(factory.order(bar, talk), by=None)
    OutboundMessage.objects.all().delete()
    return factory.text(order, talk, status=Delivery.SENT, sid=SID, sent_at=timezone.now())


def report(status: str, path: str = "/sms/status", **params: str) -> HttpResponse:
    given = {"MessageSid": SID, "MessageStatus": status, "To": "+15550200001", "From": "+15550100001"}
    return signed_post(path, given | params)


def now(text: OutboundMessage) -> tuple[str, int | None]:
    return OutboundMessage.objects.values_list("status", "error_code").get(pk=text.pk)


def call_name(text: OutboundMessage) -> bool:
    return Order.objects.get(texts=text).call_name


@pytest.mark.parametrize("path", ["/sms/status", "/sms/status/"])
def test_report_is_kept_and_answered_without_a_redirect(text: OutboundMessage, path: str) -> None:
    response = report("delivered", path)

    assert response.status_code == 204
    assert now(text) == (Delivery.DELIVERED, None)


def test_report_that_twilio_did_not_sign_is_refused(text: OutboundMessage) -> None:
    body = urlencode({"MessageSid": SID, "MessageStatus": "failed"})

    missing = raw_post(f"/sms/status?message={text.pk}", body)
    wrong = raw_post("/sms/status", body, **{"X-Twilio-Signature": "x" * 28})

    assert (missing.status_code, wrong.status_code) == (403, 403)
    assert now(text) == (Delivery.SENT, None)


def test_the_message_named_in_the_url_is_signed_too(text: OutboundMessage) -> None:
    other = factory.text(Order.objects.get(), text.talk, status=Delivery.SENT)
    params = {"MessageSid": SID, "MessageStatus": "failed"}
    signature = twilio.sign(f"http://testserver/sms/status?message={text.pk}", params)

    response = raw_post(f"/sms/status?message={other.pk}", urlencode(params), **{"X-Twilio-Signature": signature})

    assert response.status_code == 403
    assert now(other) == (Delivery.SENT, None)


def test_get_is_refused() -> None:
    assert Client().get("/sms/status").status_code == 405


@pytest.mark.parametrize(
    ("reports", "end"),
    [
        (["queued", "sending", "sent", "delivered"], Delivery.DELIVERED),
        (["delivered", "sent", "sending", "queued"], Delivery.DELIVERED),
        (["delivered", "delivered"], Delivery.DELIVERED),
        (["delivered", "read"], Delivery.DELIVERED),
        (["delivered", "undelivered"], Delivery.DELIVERED),
        (["sent", "sent"], Delivery.SENT),
        (["undelivered", "sent"], Delivery.FAILED),
        (["undelivered", "delivered"], Delivery.FAILED),
        (["failed", "failed"], Delivery.FAILED),
        (["canceled"], Delivery.FAILED),
        (["something new", "", "received"], Delivery.SENT),
    ],
)
def test_status_never_goes_backwards(text: OutboundMessage, reports: list[str], end: str) -> None:
    answers = [report(status).status_code for status in reports]

    assert answers == [204] * len(reports)
    assert now(text)[0] == end


def test_text_that_failed_makes_the_barista_call_the_name(text: OutboundMessage) -> None:
    response = report("undelivered", ErrorCode="30003")

    assert response.status_code == 204
    assert now(text) == (Delivery.FAILED, 30003)
    assert call_name(text)


def test_text_that_failed_after_the_order_was_collected_disturbs_nobody(text: OutboundMessage) -> None:
    order = lifecycle.collect(Order.objects.get(), by=None)

    report("undelivered", ErrorCode="30003")

    assert now(text) == (Delivery.FAILED, 30003)
    assert not call_name(text)
    assert Order.objects.get().version == order.version


def test_error_code_of_a_text_that_arrived_is_not_kept(text: OutboundMessage) -> None:
    report("delivered", ErrorCode="30003")

    assert now(text) == (Delivery.DELIVERED, None)
    assert not call_name(text)


def test_opt_out_that_is_reported_is_remembered(text: OutboundMessage) -> None:
    report("failed", ErrorCode="21610")

    text.talk.refresh_from_db()
    assert text.talk.opted_out_at is not None


@pytest.mark.parametrize("code", ["", "x", "-1", "9" * 30, "30003 "])
def test_odd_error_code_is_no_error_of_ours(text: OutboundMessage, code: str) -> None:
    response = report("failed", ErrorCode=code)

    assert response.status_code == 204
    assert now(text) == (Delivery.FAILED, None)


def test_report_that_comes_before_the_answer_to_our_request_is_not_lost(
    text: OutboundMessage, fake_twilio: FakeTwilio
) -> None:
    OutboundMessage.objects.update(status=Delivery.QUEUED, sid=None)

    def delivered_at_once(request: dict[str, Any]) -> Any:
        callback = request["data"]["StatusCallback"].removeprefix("http://testserver")
        assert report("delivered", callback).status_code == 204
        return reply(201, message(SID, request["data"], status="queued"))

    fake_twilio.answers = [delivered_at_once]
    tasks.deliver.call(text.pk)

    assert now(text) == (Delivery.DELIVERED, None)
    assert OutboundMessage.objects.get().sid == SID


def test_text_that_was_reported_is_not_sent_again_after_a_timeout(
    text: OutboundMessage, fake_twilio: FakeTwilio
) -> None:
    OutboundMessage.objects.update(status=Delivery.SENDING, sid=None)

    report("sent", f"/sms/status?message={text.pk}")

    assert delivery.claim_message(text.pk) is None
    assert OutboundMessage.objects.get().sid == SID


@pytest.mark.parametrize("query", ["?message=999999", "?message=", "?message=x", "?message=" + "9" * 18, "?message=²"])
def test_report_about_an_unknown_text_is_taken_and_forgotten(query: str) -> None:
    path = "/sms/status" + query.replace("²", "%C2%B2")

    assert report("delivered", path).status_code == 204


@pytest.mark.parametrize("query", ["?message=x", "?message=" + "9" * 40])
def test_report_with_an_odd_query_still_finds_its_text_by_sid(text: OutboundMessage, query: str) -> None:
    report("delivered", "/sms/status" + query)

    assert now(text) == (Delivery.DELIVERED, None)


def test_report_without_a_sid_is_a_bad_request(text: OutboundMessage) -> None:
    response = report("delivered", MessageSid="")

    assert response.status_code == 400
    assert now(text) == (Delivery.SENT, None)


@pytest.mark.django_db(transaction=True)
def test_database_that_is_down_is_a_503() -> None:
    with patch("sms.views._message", side_effect=OperationalError("no server")):
        assert report("delivered").status_code == 503


def test_logs_name_sid_and_code_alone(text: OutboundMessage) -> None:
    with capture_logs() as lines:
        report("undelivered", ErrorCode="30003")

    [line] = [line for line in lines if line["event"] == "text_reported"]
    assert (line["message"], line["status"], line["error_code"]) == (text.pk, "failed", 30003)
    assert "+1555" not in str(lines)
    assert text.body not in str(lines)
