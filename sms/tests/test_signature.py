"""Only requests that Twilio signed are accepted. Tests what the signature covers, and which URL it is computed for."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from pytest_django.fixtures import Settings

from sms import twilio
from sms.incoming import IncomingText
from sms.tests.factory import form, raw_post, signed_post


@pytest.mark.parametrize("signature", ["", "not a signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "é" * 28])
def test_wrong_signature_is_refused(received: list[IncomingText], signature: str) -> None:
    response = signed_post("/sms", form(), **{"X-Twilio-Signature": signature})

    assert response.status_code == 403
    assert received == []


def test_missing_signature_is_refused(received: list[IncomingText]) -> None:
    response = raw_post("/sms", urlencode(form()))

    assert response.status_code == 403
    assert received == []


def test_missing_signature_is_refused_in_debug_mode_too(received: list[IncomingText], settings: Settings) -> None:
    settings.DEBUG = True

    response = raw_post("/sms", urlencode(form()))

    assert response.status_code == 403
    assert received == []


@pytest.mark.parametrize(
    "change",
    [
        {"Body": "20 lattes"},
        {"Body": "latte "},
        {"From": "+15550200002"},
        {"Unknown": "parameter"},
    ],
)
def test_signature_covers_every_parameter_to_the_last_space(
    received: list[IncomingText], change: dict[str, str]
) -> None:
    signature = twilio.sign("http://testserver/sms", form())

    response = raw_post("/sms", urlencode(form(**change)), **{"X-Twilio-Signature": signature})

    assert response.status_code == 403
    assert received == []


def test_signature_is_over_repeated_and_untrimmed_parameters(received: list[IncomingText]) -> None:
    params = form(Body="  latte  ") | {"MediaUrl": ["b", "a"], "Empty": ""}

    response = signed_post("/sms", params)

    assert response.status_code == 200
    assert [text.body for text in received] == ["  latte  "]


def test_signature_covers_the_second_value_of_a_repeated_parameter(received: list[IncomingText]) -> None:
    signed, sent = (urlencode(form() | {"MediaUrl": ["a", second]}, doseq=True) for second in "bc")
    signature = twilio.sign("http://testserver/sms", QueryDict(signed))

    response = raw_post("/sms", sent, **{"X-Twilio-Signature": signature})

    assert response.status_code == 403


def test_signature_covers_the_query_as_it_was_sent(received: list[IncomingText]) -> None:
    right = signed_post("/sms?a=%20b&c=+d", form())
    signature = twilio.sign("http://testserver/sms?a=%20b&c=+d", form())
    wrong = raw_post("/sms?a=+b&c=+d", urlencode(form()), **{"X-Twilio-Signature": signature})

    assert (right.status_code, wrong.status_code) == (200, 403)


def test_signature_is_over_the_configured_address_whatever_a_proxy_says(
    received: list[IncomingText], settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://coffee.example.org"

    ours = signed_post("/sms", form())
    theirs = raw_post(
        "/sms",
        urlencode(form()),
        **{
            "X-Twilio-Signature": twilio.sign("https://evil.example.org/sms", form()),
            "X-Forwarded-Host": "evil.example.org",
            "X-Forwarded-Proto": "https",
        },
    )

    assert (ours.status_code, theirs.status_code) == (200, 403)
