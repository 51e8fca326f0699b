"""Notices by mail, through Django's mail backend (EMAIL_URL), and the answers of mail servers."""

from __future__ import annotations

import smtplib

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from sms.carriers import NotProcessed, Refused

log = structlog.get_logger(__name__)

#: As RFC 5321 allows at most.
LONGEST_ADDRESS = 254


class NoMailAddress(ValueError):
    """The text is no mail address."""


def check_address(address: str) -> str:
    """The address without what people type around it. Raises NoMailAddress."""
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise NoMailAddress from None
    if len(address) > LONGEST_ADDRESS:
        raise NoMailAddress
    return address


def send_mail(address: str, *, subject: str, body: str, reference: str) -> None:
    """Hand the mail to the mail server. Raises NotProcessed, or Refused with the server's status.

    Never raises Ambiguous: a mail that is sent twice has the same Message-ID, by which mailboxes show it once."""
    host = settings.PUBLIC_URL.rpartition("/")[2].partition(":")[0]
    mail = EmailMessage(subject, body, to=[address], headers={"Message-ID": f"<{reference}@{host}>"})
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        [(code, _)] = refusal.recipients.values()
        if code >= 500:
            raise Refused(code) from None
        raise NotProcessed from None
    except (smtplib.SMTPException, OSError) as error:
        log.warning("mail_broke_off", error=type(error).__name__)
        raise NotProcessed from None
