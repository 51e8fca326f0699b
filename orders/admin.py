from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import Right, may, user_of
from accounts.backoffice import OwnEventsAdmin, SearchesEncrypted, ViewOnly
from accounts.models import record
from orders import lifecycle
from orders.models import LabelJob, Order, OrderEvent, OrderItem, is_code
from orders.refusals import Refusal
from orders.upkeep.erasing import erase
from orders.verbs import conflict


class ItemInline(ViewOnly, admin.TabularInline):
    model = OrderItem
    fields = ["quantity", "drink_name", "said", "name", "note"]
    readonly_fields = ["said"]

    @admin.display(description=gettext_lazy("options"))
    def said(self, item: OrderItem) -> str:
        return ", ".join(" ".join(filter(None, [_amount(c.get("amount")), c["option"]])) for c in item.choices)


def _amount(amount: Any) -> str:
    return "" if amount is None else f"{amount:g}" if isinstance(amount, int | float) else str(amount)


class OrderEventInline(ViewOnly, admin.TabularInline):
    model = OrderEvent
    fields = ["at", "verb", "was", "status", "by_name", "reason"]


class ReasonForm(ActionForm):
    """Adds a field for a reason to the admin's list of actions. If orders are cancelled, their customers are told the
    reason."""

    reason = forms.CharField(max_length=200, required=False, label=gettext_lazy("Reason:"))
    #: When the list of orders was opened. An order that has changed since is not cancelled: the user has not seen the
    #: change.
    opened_at = forms.CharField(
        required=False, label="", widget=forms.HiddenInput, initial=lambda: timezone.now().isoformat()
    )


def _moment(said: str) -> dt.datetime | None:
    try:
        moment = parse_datetime(said)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


@admin.register(Order)
class OrderAdmin(ViewOnly, SearchesEncrypted, OwnEventsAdmin):
    """Shows orders read-only. They are changed only by admin actions, which call functions of `orders.lifecycle`."""

    event_path = "event"
    list_display = ["code", "name", "status", "station", "event", "channel", "cups", "placed_at", "call_name"]
    list_filter = ["status", "event", "station", "channel", "call_name", "placed_at"]
    list_select_related = ["event", "station"]
    search_fields = ["=code"]
    encrypted_search_fields = ("name", "customer__name", "customer__phone")
    phone_search = "customer__"
    search_help_text = gettext_lazy("Code, name, phone number, or its last four digits")
    # No index sorts the orders of all events by time, so sort them by primary key, newest first.
    ordering = ["-pk"]
    inlines = [ItemInline, OrderEventInline]
    action_form = ReasonForm
    actions = ["collected", "not_collected", "cancel", "erase"]
    fieldsets = [
        (None, {"fields": ["code", "name", "note", "status", "call_name", "customer", "channel"]}),
        (gettext_lazy("Where"), {"fields": ["event", "station", "cups", "minutes"]}),
        (
            gettext_lazy("When"),
            {"fields": ["placed_at", "quoted_from", "quoted_to", "started_at", "ready_at", "closed_at"]},
        ),
    ]

    def is_never_personal(self, word: str) -> bool:
        return is_code(word.upper())

    @admin.action(description=gettext_lazy("Mark collected"), permissions=["work"])
    def collected(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        self._move(request, queryset, lambda order: lifecycle.collect(order, by=user_of(request)))

    @admin.action(description=gettext_lazy("Mark not collected"), permissions=["work"])
    def not_collected(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        self._move(request, queryset, lambda order: lifecycle.not_collected(order, by=user_of(request)))

    @admin.action(description=gettext_lazy("Cancel, with the reason"), permissions=["work"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(request, _("Write the reason beside the action; the customer reads it."), messages.ERROR)
            return
        opened_at = _moment(request.POST.get("opened_at", ""))

        def cancel(order: Order) -> Order:
            if opened_at and order.events.filter(at__gt=opened_at).exists():
                raise conflict(order, "cancel")
            return lifecycle.cancel(order, by=user_of(request), reason=reason)

        self._move(request, queryset, cancel)

    @admin.action(description=gettext_lazy("Erase name, notes, messages and link"), permissions=["manage"])
    def erase(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        """Erase the personal data of the chosen orders. Drinks and times are kept for statistics.

        An open order keeps its notes and the link to its page, because it still has to be made."""
        with transaction.atomic():
            orders = list(queryset.select_for_update(of=("self",)).select_related("event", "station"))
            erase(orders)
            for order in orders:
                record("erased", f"order {order.pk}", by=user_of(request), event=order.event_id)
        said = ngettext("%(count)d order erased.", "%(count)d orders erased.", len(orders))
        self.message_user(request, said % {"count": len(orders)}, messages.SUCCESS)

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return may(user_of(request), Right.MANAGE)

    def has_work_permission(self, request: HttpRequest) -> bool:
        return may(user_of(request), Right.WORK)

    def _move(self, request: HttpRequest, orders: QuerySet[Order], act: Callable[[Order], Order]) -> None:
        """Apply the action to each order by itself. If it is refused for one order, it is still carried out for the
        others."""
        moved, left = 0, []
        for order in orders.select_related("event", "station"):
            try:
                act(order)
                moved += 1
            except Refusal:
                left.append(f"{order.code} ({order.get_status_display()})")
        if moved:
            said = ngettext("%(count)d order moved.", "%(count)d orders moved.", moved)
            self.message_user(request, said % {"count": moved}, messages.SUCCESS)
        if left:
            self.message_user(request, _("Left as they are: %s.") % ", ".join(left), messages.WARNING)


@admin.register(OrderEvent)
class OrderEventAdmin(ViewOnly, SearchesEncrypted, OwnEventsAdmin):
    event_path = "order__event"
    list_display = ["at", "order", "verb", "was", "status", "by_name", "reason"]
    list_filter = ["status", "order__event", "order__station", "at"]
    list_select_related = ["order"]
    search_fields = ["=order__code", "by_name"]
    encrypted_search_fields = ("order__name", "reason")
    ordering = ["-pk"]


@admin.register(LabelJob)
class LabelJobAdmin(ViewOnly, SearchesEncrypted, OwnEventsAdmin):
    event_path = "order__event"
    list_display = ["asked_at", "order", "printer", "state", "outcome", "by", "fetched_at", "done_at"]
    list_filter = ["state", "printer__station", "printer", "asked_at"]
    list_select_related = ["order", "printer", "by"]
    search_fields = ["=order__code", "outcome"]
    encrypted_search_fields = ("order__name",)
    date_hierarchy = "asked_at"
    ordering = ["-pk"]
