from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import Right, may, user_of
from accounts.backoffice import OwnEventsAdmin, ViewOnly
from accounts.models import record
from expresso.payments import refunds
from expresso.payments.models import Payment
from stations.money import spoken_amount


@admin.register(Payment)
class PaymentAdmin(ViewOnly, OwnEventsAdmin):
    """Shows payments in the admin without letting anybody change them. Cancelling an order refunds its payment. If
    Stripe refuses the refund, staff pay back by hand."""

    event_path = "order__event"
    list_display = ["order", "event", "sum", "state", "opened_at", "paid_at", "refunded_at", "error_code"]
    list_filter = ["state", "order__event", "paid_at"]
    list_select_related = ["order__event"]
    search_fields = ["order__code", "session", "intent"]
    search_help_text = gettext_lazy("Code of the order, or the session or payment at Stripe")

    actions = ["paid_back"]

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return may(user_of(request), Right.MANAGE)

    @admin.action(description=gettext_lazy("Mark as paid back by hand"), permissions=["manage"])
    def paid_back(self, request: HttpRequest, queryset: QuerySet[Payment]) -> None:
        """Mark refunds that Stripe refused as paid back by hand. The customers get a text about it."""
        done = [payment for payment in queryset.select_related("order__event") if refunds.paid_back_by_hand(payment)]
        for payment in done:
            record("paid back", f"order {payment.order}", by=user_of(request), event=payment.order.event_id)
        self.message_user(
            request, ngettext("%(count)d was paid back.", "%(count)d were paid back.", len(done)) % {"count": len(done)}
        )

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, payment: Payment) -> str:
        return spoken_amount(payment.amount, payment.currency)

    @admin.display(description=gettext_lazy("event"), ordering="order__event")
    def event(self, payment: Payment) -> str:
        return str(payment.order.event)
