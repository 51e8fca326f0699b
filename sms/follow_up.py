"""Reminds customers to collect their ready orders, and later closes orders that nobody collected.

Each run reads from the database which reminders and closings are due. So each is done once, even if the workers were
stopped for a while, or if several workers run at once."""

from __future__ import annotations

import datetime as dt

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from orders import lifecycle
from orders.models import Order
from orders.refusals import TransitionError
from orders.statuses import TO_COLLECT
from sms.listeners import queue_notifications
from sms.models import OutboundMessage, Subscription
from stations.models import Event

log = structlog.get_logger(__name__)

REMINDER = OutboundMessage.Kind.REMINDER


def follow_up() -> None:
    for event in Event.objects.filter(orders__status__in=TO_COLLECT).distinct():
        if event.remind_after_minutes:
            devices = Subscription.objects.filter(order=OuterRef("pk")).exclude(p256dh="")
            told = Q(customer__phone__isnull=False) | Q(Exists(devices))
            for order in (
                _standing(event, event.remind_after_minutes).filter(told, call_name=False).exclude(_where_reminded())
            ):
                remind(order)
        if event.put_aside_after_minutes:
            for order in _standing(event, event.put_aside_after_minutes):
                close_uncollected(order)


def remind(order: Order) -> None:
    fact = order.events.filter(verb="ready").last()
    if fact is None:
        return
    try:
        with transaction.atomic():
            queue_notifications(order, fact, REMINDER)
    except IntegrityError:
        # Another worker has reminded the customer.
        return
    log.info("reminded", order=order.pk)


def close_uncollected(order: Order) -> None:
    try:
        lifecycle.not_collected(order, by=None)
    except TransitionError:
        # The order was collected meanwhile.
        return
    log.info("put_aside", order=order.pk)


def _standing(event: Event, minutes: int) -> QuerySet[Order]:
    since = timezone.now() - dt.timedelta(minutes=minutes)
    ready = Order.objects.filter(event=event, status__in=TO_COLLECT, ready_at__lte=since)
    return ready.select_related("event", "station", "customer").prefetch_related("items")


def _where_reminded() -> Q:
    """Return a filter for orders whose customer was reminded since the order became ready.

    If a barista undoes "ready" and the order becomes ready again, the customer can be reminded again."""
    texts = OutboundMessage.objects.filter(kind=REMINDER, created_at__gte=F("order__ready_at"))
    return Q(pk__in=texts.values("order"))
