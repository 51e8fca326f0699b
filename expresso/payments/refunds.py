"""Refunds of orders. Cancelling an order plans its refund, and the worker asks Stripe until Stripe accepts it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from expresso.payments import stripe_checkout
from expresso.payments.models import Payment
from expresso.payments.stripe_checkout import StripeAway, StripeRefused
from orders import lifecycle
from orders.models import Order, OrderEvent
from orders.statuses import DROPPED
from orders.verbs import order_moved

log = structlog.get_logger(__name__)
State = Payment.State

#: Time between a cancellation and its refund. During this time a barista can still undo the cancellation. A refund
#: cannot be undone.
GRACE = dt.timedelta(minutes=1)
#: Seconds between the first and the second request for a refund. Each further pause is twice as long as the one before
#: it, but at most _LONGEST_PAUSE.
_FIRST_PAUSE, _LONGEST_PAUSE = 15, 3600


def connect() -> None:
    order_moved.connect(follow_order, dispatch_uid="payments.follow_order")


def follow_order(sender: Any, *, order: Order, event: OrderEvent, **_kwargs: Any) -> None:
    if not order.paid_at:
        return
    if order.status in DROPPED:
        plan_refund(order, after=GRACE)
    elif event.verb == "undo":
        # The barista undid the cancellation, so the customer gets the drink and no refund. But a refund for which
        # Stripe was asked already (`tries` above 0) cannot be called off any more.
        Payment.objects.filter(order=order, state=State.REFUNDING, tries=0).update(state=State.PAID, next_try_at=None)


def plan_refund(order: Order, *, after: dt.timedelta = dt.timedelta(0)) -> None:
    """Plan refunds of the order's payments, to begin when the time `after` has passed.

    If the order is paid and not cancelled, its first payment is kept. Only further payments, made by mistake, are
    refunded."""
    paid = Payment.objects.filter(order=order, state=State.PAID)
    if order.paid_at and order.status not in DROPPED:
        first = paid.order_by("paid_at", "pk").values("pk")[:1]
        paid = paid.exclude(pk__in=list(first.values_list("pk", flat=True)))
    paid.update(state=State.REFUNDING, next_try_at=timezone.now() + after)


def refund_due() -> None:
    """Ask Stripe for all refunds that are due. The worker calls this function every few seconds.

    Several workers can call it at the same time: each refund is requested by only one of them."""
    now = timezone.now()
    for payment in Payment.objects.filter(state=State.REFUNDING, next_try_at__lte=now):
        # Limit the exponent, because Stripe could be away for weeks and the number would become too large.
        pause = dt.timedelta(seconds=min(_FIRST_PAUSE * 2.0 ** min(payment.tries, 20), _LONGEST_PAUSE))
        mine = Payment.objects.filter(pk=payment.pk, state=State.REFUNDING, next_try_at=payment.next_try_at)
        if not mine.update(tries=F("tries") + 1, next_try_at=now + pause):
            continue
        try:
            _refund(payment)
        except StripeAway:
            # Stripe does not answer. The next call of `refund_due` goes on with the other payments.
            break


def _refund(payment: Payment) -> None:
    try:
        stripe_checkout.refund_payment(payment.intent, reference=payment.reference)
    except StripeRefused as refusal:
        Payment.objects.filter(pk=payment.pk).update(state=State.FAILED, error_code=refusal.code[:60])
        log.error("refund_refused", payment=payment.pk, code=refusal.code)
        return
    _end(payment, was=State.REFUNDING)


def paid_back_by_hand(payment: Payment) -> bool:
    """Record that staff paid a refund back that Stripe had refused. Return False if Stripe had not refused it."""
    return _end(payment, was=State.FAILED)


@transaction.atomic
def _end(payment: Payment, *, was: str) -> bool:
    asked = Payment.objects.filter(pk=payment.pk, state=was)
    if not asked.update(state=State.REFUNDED, refunded_at=timezone.now(), next_try_at=None):
        return False
    log.info("refunded", payment=payment.pk)
    order = Order.objects.select_related("event", "station").get(pk=payment.order_id)
    lifecycle.refund(order, is_paid=order.payments.filter(state=State.PAID).exists())
    return True
