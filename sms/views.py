"""Webhooks for Twilio: incoming texts and delivery reports. Every request must carry Twilio's signature."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps

import structlog
from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import InterfaceError, OperationalError, close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import tracing
from accounts.database_away import database_is_away
from accounts.models import address, e164
from accounts.typed_input import whole_number
from sms import delivery, inbound, metrics, twilio
from sms.models import Carrier, Delivery, OutboundMessage

log = structlog.get_logger(__name__)

View = Callable[[HttpRequest], HttpResponse]
#: A view that gets a request signed by Twilio, and the posted form.
TwilioView = Callable[[HttpRequest, twilio.Form], HttpResponse]

#: The view is called a second time only if the first call took at most this many seconds, because Twilio waits only 15
#: seconds for an answer.
SECONDS_FOR_A_SECOND_TRY = 4


def from_twilio(view: TwilioView) -> View:
    """Decorate a view so that it gets only requests that Twilio signed.

    Other requests are answered 403 (wrong signature), 400 (malformed form) or 415 (other content type). If the database
    cannot be reached, the answer is 503 and nothing is stored: Twilio then calls the fallback URL."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if request.content_type != "application/x-www-form-urlencoded":
            return HttpResponse(status=415)
        form = _form(request)
        if form is None:
            return HttpResponse(status=400)
        if not twilio.is_signed(_public_url(request), form, request.headers.get("X-Twilio-Signature", "")):
            log.warning("signature_refused", signed="X-Twilio-Signature" in request.headers)
            return HttpResponse(status=403)
        try:
            return _with_a_second_try(view, request, form)
        except twilio.Malformed:
            return HttpResponse(status=400)
        except (OperationalError, InterfaceError) as error:
            if not database_is_away(error):
                raise
            log.error("database_away", error=type(error).__name__)
            return HttpResponse(status=503)

    return checked


def _form(request: HttpRequest) -> twilio.Form | None:
    if request.encoding not in (None, "utf-8", "UTF-8"):
        return None
    try:
        return twilio.read_form(request.body)
    except (twilio.Malformed, SuspiciousOperation, UnreadablePostError):
        return None


def _public_url(request: HttpRequest) -> str:
    """Return the URL that Twilio called, built from the settings.

    Behind a proxy the request does not show this URL, and headers can be forged."""
    query = request.META.get("QUERY_STRING", "")
    return f"{settings.PUBLIC_URL}{request.path}{'?' if query else ''}{query}"


def _with_a_second_try(view: TwilioView, request: HttpRequest, form: twilio.Form) -> HttpResponse:
    """Call the view. If the database connection was lost, or if the database ended the transaction because of a
    deadlock, call it once more.

    This never stores a message twice, because the message's sid is unique."""
    started = time.monotonic()
    try:
        return view(request, form)
    except (OperationalError, InterfaceError) as error:
        if not database_is_away(error) or time.monotonic() - started > SECONDS_FOR_A_SECOND_TRY:
            raise
        close_old_connections()
        return view(request, form)


@from_twilio
def text_received(_request: HttpRequest, form: twilio.Form) -> HttpResponse:
    text = twilio.read_text(form)
    structlog.contextvars.bind_contextvars(sid=text.sid)
    if _can_be_answered(text.sender, text.carrier):
        with metrics.reply_seconds.time():
            reply = inbound.receive(text)
    else:
        # Short codes, sender names and hidden numbers belong to machines and cannot be answered.
        log.info("sender_ignored")
        reply = ""
    return HttpResponse(twilio.twiml(reply), content_type="text/xml; charset=utf-8")


def _can_be_answered(sender: str, carrier: str) -> bool:
    """Return whether the sender is a phone number or, on WhatsApp, the id of a user who shows no number."""
    try:
        (address if carrier == Carrier.WHATSAPP else e164)(sender)
    except ValidationError:
        return False
    return True


@from_twilio
def delivery_reported(request: HttpRequest, form: twilio.Form) -> HttpResponse:
    """Store a delivery report.

    Reports can come twice, late, out of order, and even before Twilio's response to the request that sent the text."""
    report = twilio.read_report(form)
    structlog.contextvars.bind_contextvars(sid=report.sid)
    message = _message(request.GET.get("message", ""), report.sid)
    if message is None or report.status is None:
        log.info("report_ignored")
        return HttpResponse(status=204)
    error_code = report.error_code if report.status == Delivery.FAILED else None
    # The callback's URL names the trace of our text, so this span becomes a part of that trace. The trace of Twilio's
    # request is only linked as the cause.
    with tracing.span("delivery report", parent=request.GET.get("trace", ""), causes=[tracing.here()]):
        structlog.contextvars.bind_contextvars(message=message.pk)
        moved = delivery.advance(message, to=report.status, sid=report.sid, error_code=error_code)
        log.info("text_reported", message=message.pk, status=report.status, error_code=error_code, moved=moved)
    return HttpResponse(status=204)


def _message(pk: str, sid: str) -> OutboundMessage | None:
    messages = OutboundMessage.objects.select_related("order__event", "order__station")
    if (number := whole_number(pk)) is not None:
        return messages.filter(pk=number).first()
    return messages.filter(sid=sid).first()
