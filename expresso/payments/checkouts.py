"""Opens checkouts for orders, records payments, and ends orders that are not paid in time.

Stripe is never called inside a transaction. Three parties can report the same payment: the webhook, the customer's
return from Stripe, and the worker. `settle_checkout` records it once."""

from __future__ import annotations

import datetime as dt

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from expresso.payments import refunds, stripe_checkout
from expresso.payments.models import Payment
from expresso.payments.stripe_checkout import Checkout, StripeAway
from orders import lifecycle
from orders.models import Order
from orders.refusals import Refusal, TransitionError
from orders.statuses import NOT_STARTED, OPEN, Status

log = structlog.get_logger(__name__)
State = Payment.State


def way_to_pay(order: Order) -> str:
    """Return the URL of the page on which the order can be paid; "" if no payment is needed any more.

    Raise StripeAway or StripeRefused without changing the order."""
    payment = _open_payment(order)
    if payment is None:
        return ""
    checkout = stripe_checkout.find_checkout(payment.session) if payment.session else _begin(payment)
    if checkout.is_paid:
        settle_checkout(checkout)
        return ""
    if checkout.is_open:
        return checkout.url
    # The checkout is closed: it expired after a day, or staff closed it in Stripe's dashboard. So open a new one.
    _close(payment)
    payment = _open_payment(order)
    return _begin(payment).url if payment else ""


def _open_payment(order: Order) -> Payment | None:
    """Return the order's open payment, with its present price. Return None if the order does not wait for a payment."""
    for old in Payment.objects.filter(order=order, state=State.OPEN).exclude(amount=F("order__price")):
        close_unpaid(old)
    with transaction.atomic():
        now = Order.objects.select_for_update().select_related("event").get(pk=order.pk)
        if not now.pay_by or now.status not in NOT_STARTED:
            return None
        payment, _ = Payment.objects.get_or_create(
            order=now, state=State.OPEN, defaults={"amount": now.price, "currency": now.event.currency}
        )
    payment.order = now
    return payment


def _begin(payment: Payment) -> Checkout:
    order = payment.order
    page = settings.PUBLIC_URL + reverse("tracking", args=[order.token])
    checkout = stripe_checkout.open_checkout(
        reference=payment.reference,
        amount=payment.amount,
        currency=payment.currency,
        what=f"{order.event.name}, {order.code}",
        paid_url=settings.PUBLIC_URL + reverse("paid", args=[order.token]),
        back_url=page,
    )
    Payment.objects.filter(pk=payment.pk).update(session=checkout.session)
    return checkout


def look_up(order: Order) -> None:
    """Ask Stripe whether the order is paid, because Stripe's webhook can be late. Raise StripeAway or StripeRefused."""
    payment = Payment.objects.filter(order=order, state=State.OPEN).exclude(session="").first()
    if payment and (checkout := stripe_checkout.find_checkout(payment.session)).is_paid:
        settle_checkout(checkout)


@transaction.atomic
def settle_checkout(checkout: Checkout) -> None:
    """Record that a checkout was paid. Repeated calls record it once.

    If the order cannot take the payment, because it was cancelled or has another price now, plan a refund."""
    payment = Payment.objects.filter(reference=checkout.reference).first()
    if payment is None or not checkout.is_paid:
        # If no payment has this reference, the checkout belongs to another system that uses the same Stripe account.
        return
    order = Order.objects.select_for_update().select_related("event", "station").get(pk=payment.order_id)
    unpaid = Payment.objects.filter(pk=payment.pk, state__in=(State.OPEN, State.CLOSED))
    if not unpaid.update(state=State.PAID, session=checkout.session, intent=checkout.intent, paid_at=timezone.now()):
        return
    log.info("paid", payment=payment.pk, order=order.pk)
    try:
        if order.status not in OPEN or payment.amount != order.price:
            raise TransitionError("pay", order.status)
        lifecycle.pay(order)
    except Refusal:
        refunds.plan_refund(order)


def close_unpaid(payment: Payment) -> None:
    """Close the checkout of a payment, or record the payment if the customer has paid.

    Raise StripeAway if Stripe does not answer."""
    if payment.session:
        checkout = stripe_checkout.close_checkout(payment.session)
        if checkout.is_paid:
            settle_checkout(checkout)
            return
    _close(payment)


def _close(payment: Payment) -> None:
    Payment.objects.filter(pk=payment.pk, state=State.OPEN).update(state=State.CLOSED)


def end_overdue() -> None:
    """Close checkouts that must not be paid any more, then end orders that were not paid in time.

    The worker calls this function every few seconds. While Stripe does not answer, no order is ended: its customer
    could have paid in the meantime."""
    now = timezone.now()
    over = Q(order__pay_by=None) | Q(order__pay_by__lte=now) | ~Q(amount=F("order__price"))
    for payment in Payment.objects.filter(over, state=State.OPEN):
        # If a payment has no session, another request may be opening its checkout right now. So leave the payment alone
        # until the longest possible call to Stripe is over.
        if not payment.session and payment.opened_at > now - dt.timedelta(seconds=2 * stripe_checkout.PATIENCE):
            continue
        try:
            close_unpaid(payment)
        except StripeAway:
            log.warning("checkout_not_closed", payment=payment.pk)
            break
    late = Order.objects.filter(pay_by__lte=now, status=Status.WAITING).exclude(payments__state=State.OPEN)
    for order in late.select_related("event", "station"):
        try:
            lifecycle.end_unpaid(order)
        except TransitionError:
            # Do not end this order: it was paid, changed or cancelled after the query.
            continue
        log.info("ended_unpaid", order=order.pk)
