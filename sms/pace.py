"""How fast a number may send: carriers count segments a second, whatever the number of workers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from sms.models import Carrier, Sender

#: Twilio's limit for the usual kind of number; others are set in the admin.
USUAL_RATE = {Carrier.SMS: Decimal(1), Carrier.WHATSAPP: Decimal(80)}


def book(number: str, *, carrier: str, segments: int, before: dt.datetime) -> dt.datetime | None:
    """The moment at which `number` may send, taken for the caller; None when it would not be before `before`.

    A refused booking takes nothing, so texts that will expire do not hold up those behind them."""
    now = timezone.now()
    sender, _ = Sender.objects.get_or_create(
        number=number, defaults={"segments_per_second": USUAL_RATE[Carrier(carrier)], "free_at": now}
    )
    takes = dt.timedelta(seconds=float(segments / sender.segments_per_second))
    start = Greatest(F("free_at"), Value(now, output_field=DateTimeField()))
    with transaction.atomic():
        # One statement: two workers never get the same slot.
        booked = Sender.objects.filter(pk=sender.pk, free_at__lt=before).update(
            free_at=ExpressionWrapper(start + takes, output_field=DateTimeField())
        )
        if not booked or now >= before:
            return None
        return Sender.objects.values_list("free_at", flat=True).get(pk=sender.pk) - takes
