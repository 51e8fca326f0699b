"""Erases texts when a customer wants to be forgotten, and when orders are erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import structlog
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from accounts.models import Customer
from orders.upkeep.erasing import erase, orders_of
from sms import twilio
from sms.carriers import NotProcessed
from sms.insight import not_understood
from sms.models import Feedback, InboundMessage, OutboundMessage, Subscription

log = structlog.get_logger(__name__)

#: Number of texts that one task erases at Twilio. Each text is one request.
AT_ONCE = 50
#: How long a task waits before it tries again to erase texts at Twilio, and how many times it tries.
TRY_AGAIN, MOST_TRIES = dt.timedelta(minutes=10), 50


def forget_texts_of(customer: Customer) -> None:
    """Erase the customer's texts, and everything personal in the customer's orders.

    This is a step of `accounts.forgetting`."""
    texts = InboundMessage.objects.filter(conversation__customer=customer)
    erase_copies(texts, OutboundMessage.objects.filter(conversation__customer=customer))
    not_understood.forget_ignored(texts)
    texts.update(conversation=None, body="", unknown=[], reply="", order=None)
    Feedback.objects.filter(customer=customer).update(words="")
    erase(orders_of(customer))


def erase_with_orders(orders: Sequence[int]) -> None:
    """Delete the subscriptions of these orders, and erase the words of their texts and ratings.

    This is a step of `orders.upkeep.erasing`."""
    Subscription.objects.filter(order__in=orders).delete()
    InboundMessage.objects.filter(order__in=orders).update(body="", unknown=[], reply="")
    OutboundMessage.objects.filter(order__in=orders).update(body="")
    Feedback.objects.filter(order__in=orders).update(words="", customer=None)


def erase_copies(received: QuerySet[InboundMessage], sent: QuerySet[OutboundMessage]) -> None:
    """Queue tasks that have Twilio erase its copies of these texts. Skip texts of events that do not want this."""
    wanted = Q(conversation__event__erase_at_carrier=True)
    both = [*received.filter(wanted).values_list("sid", flat=True), *sent.filter(wanted).values_list("sid", flat=True)]
    sids = [sid for sid in both if sid]
    for first in range(0, len(sids), AT_ONCE):
        redact_copies.enqueue(sids[first : first + AT_ONCE])


@task()
def redact_copies(sids: list[str], tries: int = 0) -> None:
    """Have Twilio erase its copies of these texts. Can safely be run twice."""
    left = []
    for sid in sids:
        try:
            twilio.redact_message(sid)
        except NotProcessed:
            left.append(sid)
    if left and tries < MOST_TRIES:
        redact_copies.using(run_after=timezone.now() + TRY_AGAIN).enqueue(left, tries + 1)
    elif left:
        log.error("copies_not_erased", texts=len(left))
