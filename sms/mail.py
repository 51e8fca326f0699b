"""Sends mails about orders through Django's mail backend (EMAIL_URL), and interprets the mail server's answers."""

from __future__ import annotations

import smtplib
from contextlib import suppress

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from sms.carriers import Ambiguous, NotProcessed, Refused

log = structlog.get_logger(__name__)

#: The longest mail address that RFC 5321 allows, in characters.
LONGEST_ADDRESS = 254


class NoMailAddress(ValueError):
    """The given text is not a valid mail address."""


def check_address(address: str) -> str:
    """Return the address without spaces around it. Raises NoMailAddress."""
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise NoMailAddress from None
    if len(address) > LONGEST_ADDRESS:
        raise NoMailAddress
    return address


def send_mail(address: str, *, subject: str, body: str, reference: str) -> None:
    """Hand the mail to the mail server. Raises NotProcessed, Ambiguous, or Refused with the server's status.

    The Message-ID is made from `reference`. Mail programs therefore show a mail once, even if it is sent twice."""
    host = settings.PUBLIC_URL.rpartition("/")[2].partition(":")[0]
    server = get_connection()
    headers = {"Message-ID": f"<{reference}@{host}>"}
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        log.warning("mail_server_away", error=type(error).__name__)
        raise NotProcessed from None
    try:
        EmailMessage(subject, body, to=[address], headers=headers, connection=server).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        [(code, _)] = refusal.recipients.values()
        raise _refused(code) from None
    except smtplib.SMTPResponseException as refusal:
        raise _refused(refusal.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        log.warning("mail_broke_off", error=type(error).__name__)
        raise Ambiguous from None
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.close()


def _refused(code: int) -> NotProcessed | Refused:
    # Status codes from 400 to 499 mean "try again later" (RFC 5321, 4.2.1).
    return Refused(code) if code >= 500 else NotProcessed()
