"""A received text, without anything that is particular to the provider."""

from __future__ import annotations

from dataclasses import dataclass

#: Twilio's limit for one message, https://www.twilio.com/docs/messaging/api/message-resource
LONGEST = 1600


@dataclass(frozen=True, slots=True)
class IncomingText:
    sid: str
    #: The customer's number, E.164, or the id of a WhatsApp user who shows none.
    sender: str
    #: The number that was texted, as the provider wrote it.
    to: str
    #: A value of `sms.models.Carrier`.
    carrier: str
    #: As typed, cut after one character more than `LONGEST`.
    body: str
    #: How many pictures, sounds or cards came along.
    media: int = 0
    #: STOP, START or HELP if the provider has replied to it already; else "".
    opt_out_type: str = ""
