"""Twilio: its signature, its forms, its REST API and its answers. No other module knows these.

Without a Twilio account the phone simulator takes its place: nothing leaves the machine, and every text arrives."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4
from xml.sax.saxutils import escape

import structlog
from django.conf import settings
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from sms import deadline
from sms.carriers import PATIENCE, Accepted, Ambiguous, NotProcessed, Refused, never_connected
from sms.incoming import LONGEST, IncomingText
from sms.models import Carrier, Delivery

log = structlog.get_logger(__name__)

#: Twilio's error code for a customer who said STOP and must not be texted, https://www.twilio.com/docs/api/errors/21610
OPTED_OUT = 21610
#: Twilio's error code for a WhatsApp text more than a day after the customer's last message,
#: https://www.twilio.com/docs/api/errors/63016
OUTSIDE_WINDOW = 63016
WINDOW = dt.timedelta(hours=24)
#: Twilio's error codes for too many requests, and for a full queue of the sender. In both cases Twilio did not take the
#: text, so it can safely be sent again.
NEVER_TAKEN = {20429, 21611}
#: The largest expected difference between Twilio's clock and ours.
CLOCKS = dt.timedelta(minutes=1)

SID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_DELIVERY = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), Delivery.SENT),
    **dict.fromkeys(("delivered", "read"), Delivery.DELIVERED),
    **dict.fromkeys(("failed", "undelivered", "canceled"), Delivery.FAILED),
}


class Malformed(Exception):
    """The form lacks a field that Twilio always sends, or has too many fields."""


class Form(dict[str, list[str]]):
    """The fields of a form that Twilio posted, each with the list of its values.

    Used in place of Django's QueryDict, which would call 300 more Python functions to read the form of a text."""

    #: Twilio's library calls `getall` to get all values of a field.
    getall = dict.__getitem__

    def value(self, name: str) -> str:
        """Return the last value of the field, or "" if the form does not have the field."""
        # Remove NUL characters, because PostgreSQL cannot store them in a text.
        return self.get(name, ("",))[-1].replace("\0", "")


def read_form(body: bytes) -> Form:
    """Return the fields of a form with the content type application/x-www-form-urlencoded.

    Raises Malformed if the form has too many fields."""
    try:
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return Form(parse_qs(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=most))
    except ValueError:
        raise Malformed from None


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """Twilio's report on the delivery of one of our texts. `status` is None for a status that is not stored."""

    sid: str
    status: Delivery | None
    error_code: int | None


def sign(url: str, form: Mapping[str, Any]) -> str:
    return str(RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(url, form))


def is_signed(url: str, form: Form, signature: str) -> bool:
    """Return whether the URL and the form are signed with our Twilio token."""
    return bool(RequestValidator(settings.TWILIO_AUTH_TOKEN).validate(url, form, signature))


def read_text(form: Form) -> IncomingText:
    """Return the received text that the form describes. Raises Malformed."""
    sender, to = form.value("From"), form.value("To")
    if not sender or not to:
        raise Malformed
    carrier, sender = _channel_of(sender)
    return IncomingText(
        sid=_sid(form),
        sender=sender,
        to=_channel_of(to)[1],
        carrier=carrier,
        body=(form.value("Body") if carrier == Carrier.SMS else _tapped(form))[: LONGEST + 1],
        media=_number(form, "NumMedia") or 0,
        opt_out_type=form.value("OptOutType").strip().upper(),
    )


def _channel_of(address: str) -> tuple[Carrier, str]:
    """Split Twilio's "whatsapp:US.1349…" into carrier and id. An address without a prefix is a number for SMS.

    An address with an unknown prefix is returned whole as the number. No event has such a number."""
    channel, colon, id_ = address.partition(":")
    if colon and channel in (Carrier.WHATSAPP, Carrier.RCS):
        return Carrier(channel), id_
    return Carrier.SMS, address


def _tapped(form: Form) -> str:
    """Return the text of a WhatsApp message. If the customer tapped a button or list row instead of writing, return its
    label, or else its payload."""
    said = (form.value(name) for name in ("ButtonText", "ListTitle", "Body", "ButtonPayload", "ListId"))
    return next((text for text in said if text.strip()), "")


def read_report(form: Form) -> DeliveryReport:
    """Return the delivery report that the form describes. Raises Malformed."""
    return DeliveryReport(
        sid=_sid(form),
        status=_DELIVERY.get(form.value("MessageStatus")),
        error_code=_number(form, "ErrorCode"),
    )


def _sid(form: Form) -> str:
    sid = form.value("MessageSid")
    if not SID.fullmatch(sid):
        raise Malformed
    return sid


def _number(form: Form, name: str) -> int | None:
    value = form.value(name)
    return int(value) if re.fullmatch(r"[0-9]{1,6}", value) else None


def twiml(reply: str) -> str:
    """Return the HTTP response to a text in Twilio's format, TwiML. Twilio sends no message if `reply` is ""."""
    if not reply:
        return '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    if len(reply) > LONGEST:
        reply = reply[: LONGEST - 3] + "..."
    text = escape(_NOT_IN_XML.sub("", reply))
    return f'<?xml version="1.0" encoding="UTF-8"?><Response><Message>{text}</Message></Response>'


@cache
def client() -> Client:
    http = TwilioHttpClient(timeout=PATIENCE)
    http.session.mount("https://", deadline.Adapter(max_retries=0))
    return Client(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=http)


def send(
    *,
    to: str,
    sender: str,
    carrier: str,
    body: str,
    callback: str,
    valid_for: dt.timedelta,
    before: dt.datetime | None = None,
) -> Accepted:
    """Send the text, but not after the moment `before`. Twilio drops the text if it cannot send it within `valid_for`.

    Raises NotProcessed, Ambiguous or Refused."""
    if settings.SIMULATOR:
        return Accepted(f"SM{uuid4().hex}", Delivery.DELIVERED)
    deadline.before.set(before)
    try:
        message = client().messages.create(
            to=_address(carrier, to),
            from_=_address(carrier, sender),
            body=body,
            status_callback=callback,
            # Twilio accepts a validity of 1 to 36000 seconds, and recommends more than 5.
            validity_period=int(min(max(valid_for.total_seconds(), 6), 36000)),
        )
        return _accepted(message)
    except Exception as error:
        raise _meaning(error) from None
    finally:
        deadline.before.set(None)


def find(
    *, to: str, sender: str, carrier: str, body: str, since: dt.datetime, known: Collection[str]
) -> Accepted | None:
    """Search Twilio's list for a text with these words that was sent since `since`. Skip the texts whose sid is in
    `known`.

    Return None if there is none. Raises NotProcessed if Twilio does not answer."""
    if settings.SIMULATOR:
        return None
    try:
        # Twilio's filter DateSent cannot be used, because a text in Twilio's queue has no such date yet.
        messages = client().messages.list(
            to=_address(carrier, to), from_=_address(carrier, sender), limit=50, page_size=50
        )
        ours = (
            message
            for message in messages
            # Compare only the end, because Twilio puts a notice before the texts of trial accounts.
            if message.sid not in known
            and message.date_created >= since - CLOCKS
            and message.body.strip().endswith(body.strip())
        )
        return next((_accepted(message) for message in ours), None)
    except Exception as error:
        log.warning("lookup_failed", error=type(error).__name__)
        raise NotProcessed from None


def redact_message(sid: str) -> None:
    """Have Twilio erase the words of its copy of a text. Raises NotProcessed."""
    if settings.SIMULATOR:
        return
    try:
        client().messages(sid).update(body="")
    except TwilioRestException as error:
        # A 404 means that Twilio has no such text, for example because it was deleted by hand.
        if error.status != 404:
            raise NotProcessed from None
    except Exception as error:
        log.warning("redaction_failed", error=type(error).__name__)
        raise NotProcessed from None


def _address(carrier: str, number: str) -> str:
    return number if carrier == Carrier.SMS else f"{carrier}:{number}"


def _accepted(message: Any) -> Accepted:
    if not message.sid:
        raise ValueError("an answer without a sid")
    return Accepted(message.sid, _DELIVERY.get(message.status, Delivery.SENT), message.error_code)


def _meaning(error: Exception) -> NotProcessed | Ambiguous | Refused:
    if isinstance(error, TwilioRestException | TwilioServiceException):
        code = int(error.code or error.status)
        if error.status == 429 or code in NEVER_TAKEN:
            return NotProcessed()
        return Ambiguous() if error.status >= 500 else Refused(code)
    log.warning("send_broke_off", error=type(error).__name__)
    return NotProcessed() if never_connected(error) or isinstance(error, deadline.DeadlinePassed) else Ambiguous()
