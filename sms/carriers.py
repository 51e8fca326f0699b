"""What the carriers of our messages share: Twilio (`twilio`), the browsers' push services (`push`), and mail (`mail`).

The exceptions carry no text of the carrier's, which may repeat the customer's number."""

from __future__ import annotations

from dataclasses import dataclass

import requests
from urllib3.exceptions import NewConnectionError

from sms.models import Delivery

#: Seconds that a carrier may take to connect, and then to answer.
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier took the message. `sid` is Twilio's id of it; the others give none."""

    sid: str | None = None
    status: Delivery = Delivery.SENT
    error_code: int | None = None


class NotProcessed(Exception):
    """The carrier did not take the message; sending it again cannot double it."""


class Ambiguous(Exception):
    """The carrier may have taken the message: ask before sending it again."""


@dataclass(eq=False)
class Refused(Exception):
    """The carrier will never take this message. `code` is Twilio's error code, or the status of the push service
    or mail server."""

    code: int


def never_connected(error: Exception) -> bool:
    """Whether the request failed before the carrier can have received it."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    # A connection that breaks later raises ConnectionError too. The carrier may have received the request by then.
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(reason, NewConnectionError)
