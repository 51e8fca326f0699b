"""A received text, in a form that does not depend on the provider."""

from __future__ import annotations

from dataclasses import dataclass

#: Maximum number of characters in a message, Twilio's limit: https://www.twilio.com/docs/messaging/api/message-resource
LONGEST = 1600


@dataclass(frozen=True, slots=True)
class IncomingText:
    sid: str
    #: The customer's number (E.164), or the id of a WhatsApp user who shows no number.
    sender: str
    #: The number that was texted, as the provider wrote it.
    to: str
    #: A value of `sms.models.Carrier`.
    carrier: str
    #: The text as typed, cut after `LONGEST` + 1 characters, so that a text that is too long can be noticed.
    body: str
    #: Number of pictures, sounds or contact cards in the message.
    media: int = 0
    #: STOP, START or HELP, if the text is this keyword and the provider has replied to it already; else "".
    opt_out_type: str = ""
