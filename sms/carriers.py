"""Results and exceptions that all carriers of our messages use: Twilio (`twilio`), web push (`push`) and mail (`mail`).

The exceptions never contain the carrier's own error text, because it can contain the customer's number."""

from __future__ import annotations

from dataclasses import dataclass

import requests
from urllib3.exceptions import NewConnectionError

from sms.models import Delivery

#: Timeout in seconds, once for connecting to a carrier and once for its response.
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier took the message. `sid` is Twilio's id of the message; other carriers give no id."""

    sid: str | None = None
    status: Delivery = Delivery.SENT
    error_code: int | None = None


class NotProcessed(Exception):
    """The carrier did not take the message, so sending it again cannot deliver it twice."""


class Ambiguous(Exception):
    """It is unknown whether the carrier took the message. Ask the carrier before sending the message again."""


@dataclass(eq=False)
class Refused(Exception):
    """The carrier will never take this message. `code` is Twilio's error code, or the status of the push service
    or mail server."""

    code: int


def never_connected(error: Exception) -> bool:
    """Return whether the request failed before the carrier could receive it."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    # A connection that breaks after the request was sent raises ConnectionError too, but then the carrier may have
    # received the request.
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(reason, NewConnectionError)
