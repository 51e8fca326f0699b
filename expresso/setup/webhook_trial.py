"""Sends a test text to the webhook, as the carrier sends texts of customers.

The text is signed as a carrier's and posted to the public address. So the test detects a host name that does not
resolve, a proxy that blocks requests, and a public address that differs from the signed one. The text is addressed to a
phone number that no event has. The webhook answers such a text and stores nothing."""

from __future__ import annotations

import datetime as dt
import time
from uuid import uuid4

import requests
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from sms import twilio
from sms.carriers import PATIENCE
from sms.simulator import PHONES
from stations.models import Event

#: A phone number that is reserved for fiction, so no event has it.
NOBODY = "+12025550199"
#: A text that came through the webhook within this time (from a customer or as a test) proves that the webhook works.
COUNTS_FOR = dt.timedelta(days=1)


def send_test_text(event: Event, *, address: str = "") -> str:
    """Send a test text, and store the time if it was answered. Return a sentence about what went wrong, or "".

    The text is posted to the public address, unless another `address` is given."""
    path = reverse("sms")
    form = {"MessageSid": f"SM{uuid4().hex}", "From": PHONES[-1], "To": NOBODY, "Body": "menu", "NumMedia": "0"}
    headers = {"X-Twilio-Signature": twilio.sign(settings.PUBLIC_URL + path, form)}
    if address:
        scheme, _, host = settings.PUBLIC_URL.partition("://")
        headers |= {"Host": host, "X-Forwarded-Proto": scheme}
    try:
        answer = requests.post(
            (address or settings.PUBLIC_URL) + path, data=form, headers=headers, timeout=PATIENCE, allow_redirects=False
        )
    except requests.RequestException as error:
        return f"{settings.PUBLIC_URL} was not reached ({type(error).__name__}). Check its name, certificate and proxy."
    if trouble := _trouble(answer):
        return trouble
    cache.set(_key(event), time.time(), COUNTS_FOR.total_seconds())
    return ""


def _trouble(answer: requests.Response) -> str:
    if answer.status_code == 200 and "<Response" in answer.text:
        return ""
    if answer.status_code == 403:
        return "The webhook refused the signature: a proxy changes the address, or PUBLIC_URL leads to another server."
    return f"The webhook answered {answer.status_code}: something else answers at PUBLIC_URL, or lets it not through."


def last_test(event: Event) -> dt.datetime | None:
    """Return when a test text was last answered; None if that was never or more than a day ago."""
    at = cache.get(_key(event))
    return dt.datetime.fromtimestamp(at, dt.UTC) if at else None


def _key(event: Event) -> str:
    return f"webhook-tested-{event.pk}"
