"""Creates texts as Twilio posts them. They are signed and encoded before a measurement starts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle
from urllib.parse import urlencode
from uuid import uuid4

from twilio.request_validator import RequestValidator

#: Texts that the demonstration event accepts as orders at once, without a question to the customer.
ORDERS = (
    "large oat latte for Sam",
    "Hi! Could I get a regular flat white please, name is Kim",
    "2 large soy cappuccinos for Ana",
    "small skim latte extra hot for Jo",
    "large long black for Lee",
    "large mocha with almond milk for Max",
    "regular chai latte for Ida",
    "one large decaf oat cappuccino, thanks! for Tom",
)
#: Phone numbers of customers who have ordered before. Every second text of a round is from one of them, and a round is
#: so short that none of them texts twice.
KNOWN = tuple(f"+1555201{number:04}" for number in range(200))


#: An ingredient's amount in stock, so large that no measurement uses it up.
PLENTY = 9_000_000


@dataclass(frozen=True)
class SmsWebhook:
    """The webhook of a deployment: its public URL, the token that signs requests, and the event's phone number."""

    public_url: str
    token: str
    #: The phone number of the event, to which the texts are sent.
    number: str


@dataclass
class Texts:
    """An endless supply of texts: one from a known customer, the next from a new number, and so on."""

    webhook: SmsWebhook
    _numbers: Iterator[int] = field(default_factory=count)

    def take(self, how_many: int, *, to: Sequence[str] = ()) -> list[bytes]:
        """Return signed requests of `how_many` texts. With `to`, they go to these events' phone numbers in turn."""
        events = cycle(to or [self.webhook.number])
        return [request(self.webhook, form(next(events), next(self._numbers))) for _ in range(how_many)]


def form(to: str, number: int) -> dict[str, str]:
    """Return the form that Twilio would post for a text. Texts with an even number are from known customers, those with
    an odd number are from new ones."""
    known, sid = number % 2 == 0, f"SM{uuid4().hex}"
    sender = KNOWN[number // 2 % len(KNOWN)] if known else f"+1555{6_000_000 + number}"
    return {
        "ToCountry": "US",
        "ToState": "CA",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ToCity": "",
        "FromZip": "",
        "SmsSid": sid,
        "FromState": "CA",
        "SmsStatus": "received",
        "FromCity": "",
        # A customer's next text has other words, because the same words again could count as an automatic reply.
        "Body": ORDERS[(number // 2 + number // 2 // len(KNOWN)) % len(ORDERS)],
        "FromCountry": "US",
        "To": to,
        "ToZip": "",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": "AC" + "0" * 32,
        "From": sender,
        "ApiVersion": "2010-04-01",
    }


def twilio_signature(webhook: SmsWebhook, params: dict[str, str]) -> str:
    return str(RequestValidator(webhook.token).compute_signature(f"{webhook.public_url}/sms", params))


def request(webhook: SmsWebhook, params: dict[str, str]) -> bytes:
    body = urlencode(params).encode()
    head = (
        "POST /sms HTTP/1.1",
        f"Host: {webhook.public_url.removeprefix('http://')}",
        "User-Agent: TwilioProxy/1.1",
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
        f"Content-Length: {len(body)}",
        f"X-Twilio-Signature: {twilio_signature(webhook, params)}",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
