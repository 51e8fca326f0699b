"""Refunds: planned in the transaction that makes one due, done by the worker's round until Stripe has taken it."""

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
from orders.models import Order, OrderEvent, Status
from orders.verbs import order_moved

log = structlog.get_logger(__name__)
State = Payment.State

#: A refund cannot be taken back, so a barista has this time to undo a cancellation.
GRACE = dt.timedelta(minutes=1)
#: Seconds to the next try, doubled with each one.
_FIRST_PAUSE, _LONGEST_PAUSE = 15, 3600


def connect() -> None:
    order_moved.connect(follow_order, dispatch_uid="payments.follow_order")


def follow_order(sender: Any, *, order: Order, event: OrderEvent, **_kwargs: Any) -> None:
    if not order.paid_at:
        return
    if order.status == Status.CANCELLED:
        plan_refund(order, after=GRACE)
    elif event.verb == "undo":
        # One that Stripe was asked for cannot be called back.
        Payment.objects.filter(order=order, state=State.REFUNDING, tries=0).update(state=State.PAID, next_try_at=None)


def plan_refund(order: Order, *, after: dt.timedelta = dt.timedelta(0)) -> None:
    """Refund what was paid for the order and is not kept for it."""
    paid = Payment.objects.filter(order=order, state=State.PAID)
    if order.paid_at and order.status != Status.CANCELLED:
        # An order that is paid keeps its first payment.
        first = paid.order_by("paid_at", "pk").values("pk")[:1]
        paid = paid.exclude(pk__in=list(first.values_list("pk", flat=True)))
    paid.update(state=State.REFUNDING, next_try_at=timezone.now() + after)


def refund_due() -> None:
    """A round of the worker: ask Stripe for the refunds that are due. Several workers may do this at once."""
    now = timezone.now()
    for payment in Payment.objects.filter(state=State.REFUNDING, next_try_at__lte=now):
        # Stripe may be away for weeks: the power alone would be too large for a number by then.
        pause = dt.timedelta(seconds=min(_FIRST_PAUSE * 2.0 ** min(payment.tries, 20), _LONGEST_PAUSE))
        mine = Payment.objects.filter(pk=payment.pk, state=State.REFUNDING, next_try_at=payment.next_try_at)
        if not mine.update(tries=F("tries") + 1, next_try_at=now + pause):
            continue
        try:
            _refund(payment)
        except StripeAway:
            # The next round tries the others, too.
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
    """Note that the customer got the money that Stripe refused to refund; whether it had refused."""
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
