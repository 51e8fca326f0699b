"""Creates rows and signed requests for tests of texts, in addition to `orders.tests.factory`."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from twilio.http import HttpClient
from twilio.http.response import Response

from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from sms import twilio
from sms.models import Carrier, Conversation, OutboundMessage
from stations.models import Station


def conversation(at: Station, *, carrier: str = Carrier.SMS, **fields: Any) -> Conversation:
    return Conversation.objects.create(event=at.event, customer=factory.customer(), carrier=carrier, **fields)


def order(at: Station, talk: Conversation, **fields: Any) -> Order:
    """Create a waiting order that was placed by text."""
    placed = factory.order(at, customer=talk.customer, channel=talk.carrier, **fields)
    return Order.objects.get(pk=placed.pk)


def ready_order(at: Station, talk: Conversation) -> Order:
    """Create a ready order. Marking it ready also queues the text that tells the customer."""
    return lifecycle.mark_ready(order(at, talk), by=None)


def text(of: Order, talk: Conversation, **fields: Any) -> OutboundMessage:
    """Create a queued text which says that the order is ready, but no task that would send the text."""
    given: dict[str, Any] = {
        "kind": OutboundMessage.Kind.READY,
        "body": f"Your coffee is ready ({of.code}).",
        "expires_at": timezone.now() + dt.timedelta(minutes=10),
    } | fields
    return OutboundMessage.objects.create(conversation=talk, order=of, **given)


def form(**params: str | None) -> dict[str, str]:
    """Return the fields that Twilio always posts for a text. `params` replaces some of them, and a field with the value
    None is left out."""
    given = {"MessageSid": "SM" + "1" * 32, "From": "+15550200001", "To": "+15550100001", "Body": "latte"}
    return {name: value for name, value in (given | params).items() if value is not None}


def signed_post(path: str, params: dict[str, Any], **headers: str) -> HttpResponse:
    """Post a form as Twilio does: without cookies, and signed for the site's public URL, not for the host name of the
    test client."""
    body = urlencode(params, doseq=True)
    values = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in params.items()})
    signature = twilio.sign(f"{settings.PUBLIC_URL}{path}", values)
    return raw_post(path, body, **{"X-Twilio-Signature": signature} | headers)


def raw_post(
    path: str, body: str | bytes, content_type: str = "application/x-www-form-urlencoded", **headers: str
) -> HttpResponse:
    client = Client(enforce_csrf_checks=True)
    return client.post(path, body, content_type=content_type, headers=headers)  # type: ignore[return-value]


class FakeTwilio(HttpClient):  # type: ignore[misc]
    """Fakes Twilio's HTTP API, and records each request in `asked`.

    A request is answered with the first of `answers`, which is then removed: a response, a function that returns a
    response, or an exception to raise. If `answers` is empty, a POST is accepted, and a GET returns `messages`."""

    def __init__(self) -> None:
        super().__init__(logging.getLogger("twilio"), is_async=False)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[Any] = []
        #: The messages that `GET /Messages.json` lists, newest first.
        self.messages: list[dict[str, Any]] = []

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [data for method, data in self.asked if method == "POST"]

    def request(self, method: str, uri: str, **kwargs: Any) -> Response:
        self.asked.append((method, kwargs.get("data") or kwargs.get("params") or {}))
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            if callable(answer):
                answer = answer(kwargs)
            return answer
        if method == "GET":
            return reply(200, {"messages": self.messages, "page": 0, "next_page_uri": None})
        return reply(201, message(f"SM{len(self.sent):032}", kwargs["data"]))


def reply(status: int, body: dict[str, Any]) -> Response:
    return Response(status, json.dumps(body))


def refusal(status: int, code: int) -> Response:
    """Return an error response of Twilio. Its message contains the phone number, as Twilio's real messages do."""
    return reply(status, {"code": code, "message": "The number +15550200001 ...", "more_info": "", "status": status})


def message(sid: str, data: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a message as Twilio's API returns it, with the fields of Twilio's documentation."""
    now = dt.datetime.now(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return {
        "account_sid": "AC" + "0" * 32,
        "api_version": "2010-04-01",
        "body": data.get("Body"),
        "date_created": now,
        "date_sent": None,
        "date_updated": now,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": data.get("From"),
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": sid,
        "status": "queued",
        "to": data.get("To"),
    } | fields
