"""Requests to the webhook addresses that do not come from Twilio. Each is refused, and none causes a server error."""

from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils.datastructures import MultiValueDict

from expresso import webhooks
from orders.models import Order
from orders.tests import factory
from sms import twilio
from sms.models import Conversation, InboundMessage
from sms.tests.factory import form
from stations.models import Station

# Use real transactions, because the WSGI application closes its database connection, as in production.
pytestmark = pytest.mark.django_db(transaction=True)
FORM = "application/x-www-form-urlencoded"
PATHS = ["/sms", "/sms/", "/sms/status", "/sms/status/"]
Forgery = tuple[str, str, str, bytes, dict[str, str]]


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


def sign(url: str, params: dict[str, str]) -> str:
    return twilio.sign(url, MultiValueDict({name: [value] for name, value in params.items()}))


def by(token: str, url: str, params: dict[str, str], digest: str = "sha1") -> bytes:
    """Return a signature of the request, made with this token and this hash function."""
    text = url + "".join(name + params[name] for name in sorted(params))
    return hmac.digest(token.encode(), text.encode(), digest)


def forgeries(bar: Station, path: str) -> Iterator[Forgery]:
    """Yield forged requests: what is forged, HTTP method, path with query, body, and headers."""
    params = form(From="+12025550123", To=bar.event.sms_number, Body="large oat latte for Mallory")
    params |= {"MessageStatus": "delivered"}
    url, body = f"{settings.PUBLIC_URL}{path}", urlencode(params).encode()
    right = sign(url, params)
    yield "no signature", "POST", path, body, {}
    signatures = {
        "an empty one": "",
        "blanks": "   ",
        "a word": "signature",
        "base64 of nothing": base64.b64encode(b"").decode(),
        "twenty zeros": base64.b64encode(bytes(20)).decode(),
        "without its last letter": right[:-1],
        "without its first letter": right[1:],
        "its letters changed": right.swapcase(),
        "twice": f"{right}, {right}",
        "with something behind": f"{right}x",
        "in quotes": f'"{right}"',
        "a thousand letters": "A" * 1000,
        "not ASCII": "é" * 28,
        "in hexadecimal digits": base64.b64decode(right).hex(),
        "by another token": base64.b64encode(by("guessed", url, params)).decode(),
        "by no token": base64.b64encode(by("", url, params)).decode(),
        "by the name of a token": base64.b64encode(by("TWILIO_AUTH_TOKEN", url, params)).decode(),
        "by SHA-256": base64.b64encode(by(settings.TWILIO_AUTH_TOKEN, url, params, "sha256")).decode(),
        "by MD5": base64.b64encode(by(settings.TWILIO_AUTH_TOKEN, url, params, "md5")).decode(),
        "of the address alone": sign(url, {}),
        "of nothing": sign("", {}),
        "of the other address": sign(url.rstrip("/") if url.endswith("/") else f"{url}/", params),
        "of the other webhook": sign(f"{settings.PUBLIC_URL}{'/sms' if 'status' in path else '/sms/status'}", params),
        "of another host": sign(f"https://evil.example.org{path}", params),
        "of another scheme": sign(url.replace("http:", "https:"), params),
        "of the path alone": sign(path, params),
        "of a query that was not asked": sign(f"{url}?message=1", params),
    }
    for name, value in signatures.items():
        yield f"signature {name}", "POST", path, body, {"X-Twilio-Signature": value}
    changed: dict[str, dict[str, str]] = {
        f"{name} changed": params | {name: value}
        for name, value in {
            "Body": "cancel",
            "From": "+12025550199",
            "To": "+12025550100",
            "MessageSid": "SM" + "0" * 32,
            "NumMedia": "1",
            "MessageStatus": "failed",
        }.items()
    }
    changed |= {f"{name} left out": {key: value for key, value in params.items() if key != name} for name in params}
    changed |= {"a field more": params | {"Extra": "1"}, "an empty field more": params | {"Extra": ""}}
    changed |= {"a field's name in capitals": {name.upper(): value for name, value in params.items()}}
    changed |= {"blanks behind": {name: f"{value} " for name, value in params.items()}, "nothing": {}}
    signed = {"X-Twilio-Signature": right}
    for name, values in changed.items():
        yield f"form with {name}", "POST", path, urlencode(values).encode(), signed
    bodies = {
        "with a field twice": body + b"&Body=cancel",
        "with another sender first": b"From=%2B12025550199&" + body,
        "cut off": body[:-30],
        "with NUL": body + b"%00",
        "that is not UTF-8": body + b"%ff%fe",
        "with a raw byte": body + b"\xff",
        "of too many fields": body + b"&a=1" * 5000,
        "that is too large": body + b"&a=" + b"x" * 600_000,
        "of separators": b"&" * 1000,
        "with semicolons": body.replace(b"&", b";"),
    }
    for name, sent in bodies.items():
        yield f"body {name}", "POST", path, sent, signed
    types = ["application/json", "text/plain", "text/xml", "", "x", f"{FORM}; charset=utf-16", "multipart/form-data"]
    types += ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded-not"]
    for content_type in types:
        sent = json.dumps(params).encode() if "json" in content_type else body + b"&a=1"
        yield f"content type {content_type}", "POST", path, sent, signed | {"Content-Type": content_type}
    digest = hashlib.sha256(json.dumps(params).encode()).hexdigest()
    of_json = {"X-Twilio-Signature": sign(f"{url}?bodySHA256={digest}", {}), "Content-Type": "application/json"}
    yield "signed JSON", "POST", f"{path}?bodySHA256={digest}", json.dumps(params).encode(), of_json
    packed = signed | {"Content-Encoding": "gzip"}
    yield "packed body", "POST", path, gzip.compress(body), packed
    query = urlencode(params)
    in_query = {"X-Twilio-Signature": sign(f"{url}?{query}", {})}
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"):
        yield f"signed {method}", method, f"{path}?{query}", b"", in_query
    yield "method in a header", "GET", path, body, signed | {"X-HTTP-Method-Override": "POST"}
    yield "signature in the query", "POST", f"{path}?{urlencode({'X-Twilio-Signature': right})}", body, {}
    yield "signature in a cookie", "POST", path, body, {"Cookie": f"X-Twilio-Signature={right}"}
    yield "signature in the body", "POST", path, body + b"&" + urlencode({"X-Twilio-Signature": right}).encode(), {}
    yield "a query more", "POST", f"{path}?a=1", body, signed
    elsewhere = {"X-Twilio-Signature": sign(f"https://evil.example.org{path}", params)}
    for header in ("Host", "X-Forwarded-Host", "X-Original-URL", "X-Forwarded-Proto"):
        yield f"another host by {header}", "POST", path, body, elsewhere | {header: "evil.example.org"}


def short_way(method: str, address: str, body: bytes, headers: dict[str, str]) -> int:
    """Send a request to the WSGI application, which answers webhooks without the middleware that pages need. Return the
    status of the response."""
    path, _, query = address.partition("?")
    given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    answered: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": given.pop("HTTP_CONTENT_TYPE", FORM),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    } | given
    response = webhooks.wsgi(WSGIHandler())(environ, lambda status, _headers: answered.append(status))
    b"".join(response)
    return int(answered[0].split()[0])


@pytest.mark.parametrize("path", PATHS)
def test_no_forged_request_is_taken(path: str, bar: Station) -> None:
    seventy = list(forgeries(bar, path))
    assert len({name for name, *_ in seventy}) == len(seventy) >= 70
    client = Client(raise_request_exception=False)
    answers: dict[str, tuple[int, int]] = {}

    for name, method, address, body, headers in seventy:
        content_type = headers.get("Content-Type", FORM)
        plain = {key: value for key, value in headers.items() if key != "Content-Type"}
        by_page = client.generic(method, address, body, content_type, headers=plain)
        answers[name] = by_page.status_code, short_way(method, address, body, headers)

    allowed = {400, 403, 405, 413, 415}
    assert {name: found for name, found in answers.items() if not set(found) <= allowed} == {}
    assert not InboundMessage.objects.exists()
    assert not Conversation.objects.exists()
    assert not Order.objects.exists()


def test_the_request_that_they_are_made_of_would_be_taken_in_any_order_of_its_fields(bar: Station) -> None:
    """The valid request is accepted, with its fields in any order. All forged requests are made from this request, so
    if it were refused, too, the tests of forged requests would prove nothing."""
    [(_, _, path, body, _), *_] = forgeries(bar, "/sms")
    signed = {"X-Twilio-Signature": sign(f"{settings.PUBLIC_URL}{path}", dict(parse_qsl(body.decode())))}
    turned = b"&".join(reversed(body.split(b"&")))

    for sent in (body, turned):
        assert Client().generic("POST", path, sent, FORM, headers=signed).status_code == 200

    # The second request repeats the first message, so it places no second order.
    assert (InboundMessage.objects.count(), Order.objects.count()) == (1, 1)
