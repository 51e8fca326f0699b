"""Keeps each sending number within its carrier's limit of segments per second, across all workers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from sms.models import Carrier, Sender

#: Twilio's limits in segments per second, for numbers without a rate of their own in the admin.
USUAL_RATE = {Carrier.SMS: Decimal(1), Carrier.WHATSAPP: Decimal(80), Carrier.RCS: Decimal(20)}


def book(number: str, *, carrier: str, segments: int, before: dt.datetime) -> dt.datetime | None:
    """Book the next moment at which `number` is allowed to send, and return this moment.

    `before` is when the text expires. If the number is not free before this moment, book nothing and return None: the
    text will not be sent, so it must not delay other texts."""
    now = timezone.now()
    sender, _ = Sender.objects.get_or_create(
        number=number, defaults={"segments_per_second": USUAL_RATE[Carrier(carrier)], "free_at": now}
    )
    takes = dt.timedelta(seconds=float(segments / sender.segments_per_second))
    start = Greatest(F("free_at"), Value(now, output_field=DateTimeField()))
    with transaction.atomic():
        # A single UPDATE statement, so that two workers never get the same moment.
        booked = Sender.objects.filter(pk=sender.pk, free_at__lt=before).update(
            free_at=ExpressionWrapper(start + takes, output_field=DateTimeField())
        )
        if not booked or now >= before:
            return None
        return Sender.objects.values_list("free_at", flat=True).get(pk=sender.pk) - takes
