from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy

from accounts.backoffice import OwnEventsAdmin, ViewOnly
from expresso.payments.models import Payment
from stations.money import spoken_amount


@admin.register(Payment)
class PaymentAdmin(ViewOnly, OwnEventsAdmin):
    """Payments are read here. A refund is made by cancelling the order."""

    event_path = "order__event"
    list_display = ["order", "event", "sum", "state", "opened_at", "paid_at", "refunded_at", "error_code"]
    list_filter = ["state", "order__event", "paid_at"]
    list_select_related = ["order__event"]
    search_fields = ["order__code", "session", "intent"]
    search_help_text = gettext_lazy("Code of the order, or the session or payment at Stripe")

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, payment: Payment) -> str:
        return spoken_amount(payment.amount, payment.currency)

    @admin.display(description=gettext_lazy("event"), ordering="order__event")
    def event(self, payment: Payment) -> str:
        return str(payment.order.event)
