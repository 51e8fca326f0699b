"""A page with simulated phones, to try Expresso without a Twilio account.

Texts from these phones are signed and pass through the real webhook view. Texts that Expresso starts are simulated in
`sms.twilio`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from io import BytesIO
from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import Right, may, user_of, within
from accounts.models import User
from accounts.typed_input import whole_number
from sms import twilio, views
from sms.incoming import LONGEST
from sms.models import Carrier, Conversation, Delivery
from stations.models import Event

#: The phones' numbers. They are reserved for fiction, so they belong to nobody.
PHONES = [f"+120255501{n:02d}" for n in range(1, 9)]
USUAL_PHONES = 3
#: Maximum number of texts that are shown on one phone. Older texts are left out.
BUBBLES = 60


@dataclass(frozen=True)
class Number:
    """An event's number that can be texted, in the form of Twilio's addresses."""

    value: str
    label: str
    event: Event
    carrier: Carrier


@dataclass(frozen=True)
class Bubble:
    text: str
    mine: bool
    at: dt.datetime


@dataclass(frozen=True)
class Phone:
    n: int
    number: str
    bubbles: list[Bubble]
    #: Different after every new text on the phone. The page sends it back, and renders the phone again only if it has
    #: changed.
    version: str
    #: True if this phone has opted out by STOP, so that a carrier would deliver nothing to it.
    opted_out: bool = False
    #: Why the last text was not accepted; "" if it was accepted.
    trouble: str = ""


def for_trying(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view of the simulator so that only users who take orders at some event can use it.

    If a Twilio account is configured, the view answers 404."""

    @wraps(view)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.SIMULATOR:
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may(request.user, Right.WORK):
            raise PermissionDenied
        return view(request, **kwargs)

    return checked


@require_GET
@for_trying
def page(request: HttpRequest) -> HttpResponse:
    numbers = numbers_for(user_of(request))
    to = chosen(numbers, request.GET.get("to", ""))
    count = _count(request.GET.get("phones", ""))
    more = f"?{urlencode({'to': to.value, 'phones': count + 1})}" if to and count < len(PHONES) else ""
    phones = [phone_at(n, to) for n in range(1, count + 1)] if to else []
    return render(request, "sms/simulator.html", {"numbers": numbers, "to": to, "phones": phones, "more": more})


@require_http_methods(["GET", "POST"])
@for_trying
def phone(request: HttpRequest, n: int) -> HttpResponse:
    """Show one phone. Answer 204 if nothing on it has changed since the last request. A POST sends a text from the
    phone."""
    asked = request.POST if request.method == "POST" else request.GET
    to = chosen(numbers_for(user_of(request)), asked.get("to", ""))
    if to is None or not 1 <= n <= len(PHONES):
        raise Http404
    trouble = ""
    if request.method == "POST":
        trouble = post_text(sender=PHONES[n - 1], to=to, body=asked.get("body", ""))
        if not request.headers.get("HX-Request"):
            return redirect(f"{reverse('simulator')}?{urlencode({'to': to.value, 'phones': max(n, USUAL_PHONES)})}")
    shown = phone_at(n, to, trouble=trouble)
    if request.method == "GET" and shown.version == asked.get("seen"):
        return HttpResponse(status=204)
    return render(request, "sms/_phone.html", {"phone": shown, "to": to})


def _count(wanted: str) -> int:
    count = whole_number(wanted, most=99)
    return USUAL_PHONES if count is None else min(max(count, 1), len(PHONES))


def numbers_for(user: User) -> list[Number]:
    """Return the numbers of the events where the user takes orders."""
    numbers = []
    for event in within(user, Right.WORK, Event.objects.order_by("name"), "pk"):
        if event.sms_number:
            numbers.append(Number(event.sms_number, f"{event.name} · SMS", event, Carrier.SMS))
        if event.whatsapp_number:
            address = f"whatsapp:{event.whatsapp_number}"
            numbers.append(Number(address, f"{event.name} · WhatsApp", event, Carrier.WHATSAPP))
    return numbers


def chosen(numbers: list[Number], value: str) -> Number | None:
    """Return the number with this value, else the first number. Return None if there are no numbers."""
    return next((number for number in numbers if number.value == value), numbers[0] if numbers else None)


def phone_at(n: int, to: Number, *, trouble: str = "") -> Phone:
    number = PHONES[n - 1]
    talk = Conversation.objects.filter(event=to.event, carrier=to.carrier, customer__phone=number).first()
    bubbles = _bubbles(talk) if talk else []
    opted_out = talk is not None and talk.opted_out_at is not None
    version = f"{len(bubbles)}{'-out' if opted_out else ''}"
    return Phone(n, number, bubbles[-BUBBLES:], version, opted_out, trouble)


def _bubbles(talk: Conversation) -> list[Bubble]:
    """Return all texts in both directions, oldest first."""
    bubbles = []
    for text in talk.inbound.order_by("received_at", "pk"):
        bubbles.append(Bubble(text.body, mine=True, at=text.received_at))
        if text.reply:
            bubbles.append(Bubble(text.reply, mine=False, at=text.received_at))
    for arrived in talk.outbound.filter(status__in=[Delivery.SENT, Delivery.DELIVERED]):
        bubbles.append(Bubble(arrived.body, mine=False, at=arrived.sent_at or arrived.created_at))
    # Sorting is stable, so a reply with the same time stays behind its text.
    return sorted(bubbles, key=lambda bubble: bubble.at)


def post_text(*, sender: str, to: Number, body: str) -> str:
    """Sign the text as Twilio does and pass it to the webhook. Return what went wrong, or "".

    The webhook's view is called directly. An HTTP request to this server would take up a second thread while the first
    one waits, so four phones that text at once would block a small server. The reply is not used, because the page
    reads all texts from the database."""
    sid = f"SM{uuid4().hex}"
    form = {
        "AccountSid": "AC" + "0" * 32,
        "ApiVersion": "2010-04-01",
        "MessageSid": sid,
        "SmsSid": sid,
        "From": f"whatsapp:{sender}" if to.carrier == Carrier.WHATSAPP else sender,
        "To": to.value,
        "Body": body[:LONGEST],
        "NumMedia": "0",
    }
    path, content = reverse("sms"), urlencode(form).encode()
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(content)),
            "HTTP_X_TWILIO_SIGNATURE": twilio.sign(settings.PUBLIC_URL + path, form),
            "wsgi.input": BytesIO(content),
        }
    )
    answer = cast(HttpResponse, convert_exception_to_response(views.text_received)(request))
    if answer.status_code == 200:
        return ""
    return f"This text was not taken: the webhook answered {answer.status_code}. Send it again."
