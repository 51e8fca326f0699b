"""Requests to the webhook /sms. Signed texts are passed on; every other request gets a defined answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from structlog.testing import capture_logs

from orders.models import Order
from orders.tests import factory as rows
from sms import twilio
from sms.incoming import IncomingText
from sms.models import Carrier
from sms.tests.factory import form, raw_post, signed_post

SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def said(response: HttpResponse) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(response.content).iter("Message")]


@pytest.mark.parametrize("path", ["/sms", "/sms/"])
def test_signed_text_is_handed_on_and_answered_without_a_redirect(received: list[IncomingText], path: str) -> None:
    response = signed_post(path, form(Body="Large oat latte\nfor Sam", NumMedia="2"))

    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert said(response) == ["Hello"]
    assert received == [
        IncomingText(
            sid="SM" + "1" * 32,
            sender="+15550200001",
            to="+15550100001",
            carrier=Carrier.SMS,
            body="Large oat latte\nfor Sam",
            media=2,
        )
    ]


def test_whatsapp_text_is_told_apart_by_its_prefix(received: list[IncomingText]) -> None:
    signed_post("/sms", form(From="whatsapp:+15550200001", To="whatsapp:+15550100001"))

    assert [(text.sender, text.to, text.carrier) for text in received] == [
        ("+15550200001", "+15550100001", Carrier.WHATSAPP)
    ]


@pytest.mark.parametrize(
    ("form_says", "body"),
    [
        ({"Body": "", "ButtonText": "Large", "ButtonPayload": "size-3"}, "Large"),
        ({"Body": "size-3", "ButtonText": "Large", "ButtonPayload": "size-3"}, "Large"),
        ({"Body": "oat-1", "ListTitle": "Oat latte", "ListId": "oat-1"}, "Oat latte"),
        ({"Body": " ", "ButtonPayload": "large latte"}, "large latte"),
        ({"Body": "", "ListId": "mocha"}, "mocha"),
        ({"Body": "latte", "ButtonText": "", "ListTitle": " "}, "latte"),
        ({"Body": ""}, ""),
    ],
)
def test_tapped_button_or_list_row_is_a_text(
    received: list[IncomingText], form_says: dict[str, str], body: str
) -> None:
    signed_post("/sms", form(From="whatsapp:+15550200001", To="whatsapp:+15550100001", **form_says))

    assert [text.body for text in received] == [body]


def test_buttons_are_whatsapps_alone(received: list[IncomingText]) -> None:
    signed_post("/sms", form(Body="latte", ButtonText="Large"))

    assert [text.body for text in received] == ["latte"]


def test_opt_out_that_twilio_answered_itself_is_handed_on(received: list[IncomingText]) -> None:
    signed_post("/sms", form(Body="STOP", OptOutType="STOP"))

    assert [text.opt_out_type for text in received] == ["STOP"]


# Requests that are no valid text ----------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_other_methods_are_refused(method: str) -> None:
    response = getattr(Client(), method)("/sms")

    assert response.status_code == 405
    assert response["Allow"] == "POST"


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To"])
def test_text_without_its_essentials_is_a_bad_request(received: list[IncomingText], missing: str) -> None:
    absent = signed_post("/sms", form(**{missing: None}))
    empty = signed_post("/sms", form(**{missing: ""}))

    assert (absent.status_code, empty.status_code) == (400, 400)
    assert received == []


@pytest.mark.parametrize("sid", ["S" * 65, "SM 1", "SM\n1", "SMé"])
def test_impossible_message_sid_is_a_bad_request(received: list[IncomingText], sid: str) -> None:
    response = signed_post("/sms", form(MessageSid=sid))

    assert response.status_code == 400
    assert received == []


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 415),
        ("multipart/form-data; boundary=x", 415),
        ("text/plain", 415),
        ("", 415),
        ("application/x-www-form-urlencoded; charset=latin-1", 400),
    ],
)
def test_other_content_types_are_refused(received: list[IncomingText], content_type: str, status: int) -> None:
    signature = twilio.sign("http://testserver/sms", {})

    response = raw_post("/sms", urlencode(form()), content_type, **{"X-Twilio-Signature": signature})

    assert response.status_code == status
    assert received == []


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"Body=%FF%FE&From=%", b"&&&===", b"Body" * 9999])
def test_malformed_form_is_refused(received: list[IncomingText], body: bytes) -> None:
    response = raw_post("/sms", body, **{"X-Twilio-Signature": twilio.sign("http://testserver/sms", form())})

    assert response.status_code == 403
    assert received == []


def test_signed_bytes_that_are_no_text_are_handed_on_as_replacement_characters(received: list[IncomingText]) -> None:
    params = form(Body="latte \ufffd")
    body = urlencode(params).replace("%EF%BF%BD", "%FF")

    response = raw_post("/sms", body, **{"X-Twilio-Signature": twilio.sign("http://testserver/sms", params)})

    assert response.status_code == 200
    assert [text.body for text in received] == ["latte \ufffd"]


def test_too_many_fields_and_too_large_a_form_are_bad_requests(received: list[IncomingText]) -> None:
    fields = signed_post("/sms", form() | {f"x{n}": "" for n in range(2001)})
    large = signed_post("/sms", form(Body="x" * 300_000))

    assert (fields.status_code, large.status_code) == (400, 400)
    assert received == []


def test_overlong_text_is_handed_on_as_one_character_too_long(received: list[IncomingText]) -> None:
    signed_post("/sms", form(Body="a" * 1600))
    signed_post("/sms", form(Body="a" * 5000))

    assert [len(text.body) for text in received] == [1600, 1601]


@pytest.mark.parametrize(("count", "media"), [("", 0), ("0", 0), ("3", 3), ("-1", 0), ("many", 0), ("9" * 400, 0)])
def test_media_is_counted_whatever_is_written_there(received: list[IncomingText], count: str, media: int) -> None:
    response = signed_post("/sms", form(Body="", NumMedia=count))

    assert response.status_code == 200
    assert [(text.body, text.media) for text in received] == [("", media)]


def test_nul_in_a_text_does_not_reach_the_database(received: list[IncomingText]) -> None:
    signed_post("/sms", form(Body="la\0tte", To="+1555\x000100001"))

    assert [(text.body, text.to) for text in received] == [("latte", "+15550100001")]


@pytest.mark.parametrize(
    "sender", ["32665", "EXPRESSO", "rcs:brand", "client:bob", "+", "+0", "whatsapp:", "+1555" * 9]
)
def test_sender_who_cannot_be_answered_gets_silence(received: list[IncomingText], sender: str) -> None:
    response = signed_post("/sms", form(From=sender))

    assert (response.status_code, response.content.decode()) == (200, SILENCE)
    assert received == []


# Responses to Twilio ----------------------------------------------------------------------------------


def test_reply_is_escaped() -> None:
    with patch("sms.inbound.receive", return_value='Tea & <b>"milk"</b>\x07 for Zoë ☕'):
        response = signed_post("/sms", form())

    assert said(response) == ['Tea & <b>"milk"</b> for Zoë ☕']
    assert b"&amp; &lt;b&gt;" in response.content


def test_no_reply_is_silence() -> None:
    with patch("sms.inbound.receive", return_value=""):
        response = signed_post("/sms", form())

    assert (response.status_code, response.content.decode()) == (200, SILENCE)


def test_reply_is_never_longer_than_twilio_sends() -> None:
    with patch("sms.inbound.receive", return_value="a" * 1601):
        response = signed_post("/sms", form())

    assert said(response) == ["a" * 1597 + "..."]


@pytest.mark.django_db(transaction=True)
def test_lost_connection_is_tried_once_more() -> None:
    with patch("sms.inbound.receive", side_effect=[OperationalError("server closed the connection"), "Hello"]):
        response = signed_post("/sms", form())

    assert said(response) == ["Hello"]


@pytest.mark.django_db(transaction=True)
def test_database_that_is_down_is_a_503_for_twilios_fallback() -> None:
    with patch("sms.inbound.receive", side_effect=OperationalError("no server")) as receive:
        response = signed_post("/sms", form())

    assert (response.status_code, receive.call_count) == (503, 2)


def test_slow_database_is_not_tried_again_within_twilios_patience() -> None:
    with (
        patch("sms.inbound.receive", side_effect=OperationalError("database is locked")) as receive,
        patch("sms.views.time.monotonic", side_effect=[0.0, 10.0]),
    ):
        response = signed_post("/sms", form())

    assert (response.status_code, receive.call_count) == (503, 1)


def test_logs_name_the_message_and_never_a_number_or_a_text(received: list[IncomingText]) -> None:
    with capture_logs() as lines:
        signed_post("/sms", form(From="32665", Body="secret latte"))
        raw_post("/sms", urlencode(form(Body="secret latte")))

    assert [line["event"] for line in lines if line["event"] != "request"] == ["sender_ignored", "signature_refused"]
    assert "32665" not in str(lines)
    assert "secret" not in str(lines)
    assert "5550" not in str(lines)


# From request to response, with the database ----------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "params",
    [
        {"To": "+15550109999"},
        {"To": "32665"},
        {"To": "x" * 400},
        {"To": "whatsapp:+15550109999", "From": "whatsapp:+15550200001"},
        {"Body": ""},
        {"Body": "", "NumMedia": "1"},
        {"Body": " \n\t\u00a0"},
        {"Body": "a" * 1600},
        {"Body": "latte " * 1000},
        {"Body": "\0\x07\ufffd\u202e\u200d"},
        {"Body": "☕" * 800},
        {"Body": "<Response><Message>hi</Message></Response>"},
        {"Body": "%s {0} {name} \\ ' \" -- ;"},
        {"Body": "9" * 400 + " lattes"},
        {"Body": "STOP", "OptOutType": "STOP"},
        {"Body": "latte", "OptOutType": "SOMETHING"},
    ],
    ids=lambda params: str(params)[:50],
)
def test_odd_text_gets_an_answer_and_orders_nothing_odd(params: dict[str, str]) -> None:
    bar = rows.cafe(sms_number="+15550100001")

    response = signed_post("/sms", form(**params))

    assert response.status_code == 200
    assert len(said(response)) <= 1
    assert all(order.cups <= bar.event.max_drinks_per_order for order in Order.objects.all())


@pytest.mark.django_db
def test_twilios_retry_and_its_fallback_get_the_same_reply_and_order_nothing_more() -> None:
    rows.cafe(sms_number="+15550100001")
    order = form(Body="large latte for Sam")

    first = signed_post("/sms", order)
    retried = signed_post("/sms", order)
    fallback = signed_post("/sms/?from=fallback", order | {"ErrorCode": "11200", "ErrorUrl": "http://testserver/sms"})

    assert Order.objects.count() == 1
    assert said(first) == said(retried) == said(fallback)
    assert len(said(first)) == 1


@pytest.mark.django_db
def test_webhook_asks_for_no_session_and_no_user(
    django_assert_num_queries: Callable[..., AbstractContextManager[Any]],
) -> None:
    with patch("sms.inbound.receive", return_value="Hello"), django_assert_num_queries(0):
        response = signed_post("/sms", form())

    assert said(response) == ["Hello"]
    assert response.cookies == {}
