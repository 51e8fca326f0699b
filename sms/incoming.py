"""A received text, in a form that does not depend on the provider (Twilio)."""

from __future__ import annotations

from dataclasses import dataclass

#: Maximum number of characters in a message (Twilio's limit):
#: https://www.twilio.com/docs/messaging/api/message-resource
LONGEST = 1600


@dataclass(frozen=True, slots=True)
class IncomingText:
    sid: str
    #: The customer's phone number (E.164), or the id of a WhatsApp user who shows no number.
    sender: str
    #: The event's number to which the text was sent, as the provider writes it.
    to: str
    #: The carrier of the text, a value of `sms.models.Carrier`.
    carrier: str
    #: The text as typed. One character more than `LONGEST` is kept, so that a text which is too long can be recognized.
    body: str
    #: Number of attachments of the message, such as pictures, sounds or contact cards.
    media: int = 0
    #: "STOP", "START" or "HELP" if the text is this keyword and the provider has already replied to it; else "".
    opt_out_type: str = ""
