from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import user_of
from accounts.backoffice import AuditedAdmin, OwnEventsAdmin, ViewOnly
from expresso.api import webhooks
from expresso.api.forms import ApiKeyForm, WebhookForm
from expresso.api.models import ApiKey, Webhook, WebhookDelivery


@admin.register(ApiKey)
class ApiKeyAdmin(AuditedAdmin):
    event_path = "event"
    form = ApiKeyForm
    list_display = ["name", "event", "owner", "hint", "used_at", "revoked_at"]
    list_filter = ["event"]
    list_select_related = ["event", "owner"]
    readonly_fields = ["hint", "created_at", "used_at", "revoked_at"]
    actions = ["revoke"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        obj.owner = user_of(request)
        key = obj.renew()
        super().save_model(request, obj, form, change)
        said = gettext("The key is %(key)s. Copy it now: it is not shown again.") % {"key": key}
        self.message_user(request, said, messages.WARNING)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # API keys are revoked instead of deleted, because the audit log names them.
        return False

    @admin.action(description=_("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        for key in queryset:
            key.revoke(by=user_of(request))
        self.message_user(request, gettext("These keys work no more."))


@admin.register(Webhook)
class WebhookAdmin(AuditedAdmin):
    event_path = "event"
    form = WebhookForm
    list_display = ["url", "event", "active", "created_at"]
    list_filter = ["event", "active"]
    list_select_related = ["event"]
    readonly_fields = ["secret", "created_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.owner = user_of(request)
        super().save_model(request, obj, form, change)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ViewOnly, OwnEventsAdmin):
    """Shows webhook deliveries. The filter "Given up" finds deliveries that failed too often and are not tried
    again."""

    event_path = "webhook__event"
    list_display = ["created_at", "webhook", "kind", "state", "attempts", "outcome"]
    list_filter = ["state", "kind"]
    list_select_related = ["webhook"]
    actions = ["send_again"]

    @admin.action(description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        dead = queryset.filter(state=WebhookDelivery.State.DEAD)
        keys = list(dead.values_list("pk", flat=True))
        dead.update(state=WebhookDelivery.State.QUEUED, attempts=0, ended_at=None)
        for key in keys:
            webhooks.deliver.enqueue(key)
        self.message_user(request, gettext("%(count)d are sent again.") % {"count": len(keys)})
