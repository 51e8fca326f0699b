"""Payments of orders. They do not tell who paid, because names and cards stay at Stripe."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models import Order


def new_reference() -> str:
    return secrets.token_hex(12)


class Payment(models.Model):
    """A checkout of one order for one amount.

    If the order's price changes before it is paid, a new checkout takes the place of the old one."""

    class State(models.TextChoices):
        OPEN = "open", _("Not paid yet")
        CLOSED = "closed", _("Closed without a payment")
        PAID = "paid", _("Paid")
        REFUNDING = "refunding", _("To be refunded")
        REFUNDED = "refunded", _("Refunded")
        FAILED = "failed", _("Refund refused")

    order = models.ForeignKey(Order, models.CASCADE, related_name="payments")
    #: Our own id of the checkout. The idempotency keys of calls to Stripe are made from it.
    reference = models.CharField(max_length=24, unique=True, default=new_reference, editable=False)
    amount = models.PositiveIntegerField(help_text=_("The amount in the currency's smallest unit, such as cents."))
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    session = models.CharField(max_length=255, blank=True, help_text=_("Stripe's id of the Checkout Session."))
    intent = models.CharField(max_length=255, blank=True, help_text=_("Stripe's id of the payment."))
    error_code = models.CharField(
        max_length=60, blank=True, help_text=_("Stripe's reason for refusing the refund. Empty if it was not refused.")
    )
    opened_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)
    #: When the worker next asks Stripe for the refund, and how often it has asked so far.
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # Allow only one open checkout for an order. With two, the customer could pay twice.
            models.UniqueConstraint(fields=["order"], condition=Q(state="open"), name="one_open_checkout_per_order")
        ]
        indexes = [
            # Index for the queries that the worker makes every few seconds. It stays small, because it contains only
            # the few payments that are open or have to be refunded.
            models.Index(fields=["state"], condition=Q(state__in=("open", "refunding")), name="payment_under_way")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"

    def is_due(self, now: dt.datetime) -> bool:
        return self.next_try_at is None or self.next_try_at <= now
