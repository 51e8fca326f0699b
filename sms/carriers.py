"""What the carriers of our messages share: Twilio (`twilio`) and the browsers' push services (`push`).

The exceptions carry no text of the carrier's, which may repeat the customer's number."""

from __future__ import annotations

from dataclasses import dataclass

#: Seconds that a carrier may take to connect, and then to answer.
PATIENCE = 10.0


class NotProcessed(Exception):
    """The carrier did not take the message; sending it again cannot double it."""


class Ambiguous(Exception):
    """The carrier may have taken the message: ask before sending it again."""


@dataclass(eq=False)
class Refused(Exception):
    """The carrier will never take this message. `code` is Twilio's error code, or the push service's HTTP status."""

    code: int
