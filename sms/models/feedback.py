"""Ratings of collected orders."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import EncryptedCharField
from accounts.models import Customer
from orders.models import Order
from stations.models import Event


class Feedback(models.Model):
    """The question to a customer to rate a collected order, and the customer's answer if there is one.

    The row stays when its customer is deleted."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="feedback", db_index=False)
    customer = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="feedback")
    order = models.ForeignKey(Order, models.CASCADE, related_name="feedback")
    #: The day on which the order was collected, in the event's time zone.
    day = models.DateField()
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("From 1 (worst) to 5 (best). Empty if the customer gave no number.")
    )
    words = EncryptedCharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["-answered_at", "-pk"]
        constraints = [
            # Unique, because a customer must be asked only once a day, even after collecting two orders at the same
            # moment.
            models.UniqueConstraint(fields=["event", "customer", "day"], name="feedback_asked_once_a_day"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="feedback_score_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.score or '-'}"
