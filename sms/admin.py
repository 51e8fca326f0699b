"""Admin pages of texts. Lists show only the status of each text. The words are shown on the page of a conversation."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import Right, may, user_of, within
from accounts.backoffice import AuditedAdmin, OwnEventsAdmin, SearchesEncrypted, ViewOnly
from accounts.live_forms import LiveForm
from accounts.models import record
from accounts.phones import as_e164
from accounts.request_events import events_of
from accounts.typed_input import whole_number
from sms import helping
from sms.insight import admin_pages
from sms.insight.labels import INTENTS
from sms.models import SENDER_FIELDS, Conversation, Feedback, InboundMessage, OutboundMessage, Sender
from sms.rewording.admin_page import FrequentQuestionAdmin, WordingAdmin
from stations.models import Event

__all__ = ["FrequentQuestionAdmin", "WordingAdmin"]


class ForManagers:
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(user_of(request), Right.MANAGE)


#: Maximum number of received texts, and of sent texts, on the page of a conversation, because a machine can send
#: thousands.
NEWEST = 100


def newest(texts: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Return only the newest texts of the conversation whose page is shown."""
    match = request.resolver_match
    conversation = whole_number(match.kwargs.get("object_id", "")) if match else None
    return texts.filter(pk__in=texts.filter(conversation=conversation).order_by("-pk").values("pk")[:NEWEST])


class AuditedReading(admin.ModelAdmin[Any]):
    """Writes to the audit log who opened a page that shows a customer's texts."""

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().change_view(request, object_id, *args, **kwargs)
        if response.status_code == 200 and request.method == "GET":
            row: Any = self.get_object(request, object_id)
            conversation = row if isinstance(row, Conversation) else row.conversation
            subject = f"conversation {conversation.pk}" if conversation else f"{row._meta.verbose_name} {row.pk}"
            event = conversation.event_id if conversation else None
            record("read", subject, by=user_of(request), event=event)
        return response


class InboundInline(ForManagers, ViewOnly, admin.TabularInline):
    model = InboundMessage
    fields = ["received_at", "body", "intent", "why", "reply", "order"]
    readonly_fields = ["why"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[InboundMessage]:
        return newest(super().get_queryset(request), request).select_related("order", "conversation__event")

    @admin.display(description=gettext_lazy("why"))
    def why(self, message: InboundMessage) -> str:
        if not (message.conversation and message.body):
            return ""
        page = reverse("admin:sms_read_text")
        return format_html(
            '<a href="{}?event={}&amp;message={}">{}</a>', page, message.conversation.event.slug, message.pk, _("Why?")
        )


class OutboundInline(ForManagers, ViewOnly, admin.TabularInline):
    model = OutboundMessage
    fields = ["created_at", "kind", "body", "status", "error_code", "order"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutboundMessage]:
        return newest(super().get_queryset(request), request).select_related("order")


@admin.register(Conversation)
class ConversationAdmin(AuditedReading, ForManagers, ViewOnly, SearchesEncrypted, AuditedAdmin):
    event_path = "event"
    list_display = ["called", "event", "carrier", "needs_person", "opted_out", "last_text_at"]
    list_filter = ["event", "needs_person", "carrier", ("opted_out_at", admin.EmptyFieldListFilter), "last_text_at"]
    list_select_related = ["customer", "event"]
    encrypted_search_fields = ("customer__name", "customer__phone")
    phone_search = "customer__"
    search_help_text = gettext_lazy("Name, phone number, or its last four digits")
    fields = ["customer", "phone", "event", "carrier", "needs_person", "opted_out_at", "last_text_at"]
    readonly_fields = ["phone"]
    inlines = [InboundInline, OutboundInline]
    actions = ["taken_care_of"]

    def get_ordering(self, request: HttpRequest) -> tuple[str]:
        # Sort by `last_text_at` only if one event is chosen. The index on `last_text_at` begins with the event, so it
        # does not help to sort the conversations of all events.
        return ("-last_text_at",) if events_of(request).shown else ("-pk",)

    @admin.display(description=gettext_lazy("customer"))
    def called(self, conversation: Conversation) -> str:
        return conversation.customer.called

    @admin.display(description=gettext_lazy("phone"))
    def phone(self, conversation: Conversation) -> str | None:
        return conversation.customer.phone

    @admin.display(description=gettext_lazy("said STOP"), boolean=True, ordering="opted_out_at")
    def opted_out(self, conversation: Conversation) -> bool:
        return conversation.opted_out_at is not None

    @admin.action(description=gettext_lazy("Mark as taken care of by a person"), permissions=["view"])
    def taken_care_of(self, request: HttpRequest, queryset: QuerySet[Conversation]) -> None:
        waiting = list(queryset.filter(needs_person=True))
        for row in waiting:
            helping.solve(row, by=user_of(request))
        said = ngettext("%(count)d taken care of.", "%(count)d taken care of.", len(waiting))
        self.message_user(request, said % {"count": len(waiting)})

    def subject_of(self, row: Any) -> str:
        # The audit log is kept longer than the customer's data, so the log names no person.
        return f"conversation {row.pk}"


class IntentFilter(admin.SimpleListFilter):
    """Filter of texts by intent. Lists all known intents, because Django's own filter would search all texts to find
    the intents in use."""

    title = gettext_lazy("intent")
    parameter_name = "intent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(INTENTS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(intent=self.value()) if self.value() else queryset


@admin.register(InboundMessage)
class InboundMessageAdmin(AuditedReading, ForManagers, ViewOnly, SearchesEncrypted, OwnEventsAdmin):
    event_path = "conversation__event"
    list_display = ["received_at", "conversation", "intent", "answered", "order"]
    list_filter = [IntentFilter, "conversation__event", "received_at"]
    list_select_related = ["conversation__customer", "conversation__event", "order"]
    search_fields = ["sid__exact"]
    encrypted_search_fields = ("conversation__customer__name", "conversation__customer__phone", "body")
    phone_search = "conversation__customer__"
    ordering = ["-pk"]

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path("read/", self._page(admin_pages.read_text_page), name="sms_read_text"),
            path("not-understood/", self._page(admin_pages.not_understood_page), name="sms_not_understood"),
        ]
        return [*pages, *super().get_urls()]

    def _page(self, view: Callable[[HttpRequest, AdminSite], HttpResponse]) -> Callable[..., HttpResponse]:
        def for_managers(request: HttpRequest) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(request, self.admin_site)

        return self.admin_site.admin_view(for_managers)

    @admin.display(description=gettext_lazy("answered"), boolean=True)
    def answered(self, message: InboundMessage) -> bool:
        return bool(message.reply)


@admin.register(OutboundMessage)
class OutboundMessageAdmin(AuditedReading, ForManagers, ViewOnly, SearchesEncrypted, OwnEventsAdmin):
    event_path = "conversation__event"
    list_display = ["created_at", "conversation", "kind", "status", "error_code", "attempts", "sent_at", "order"]
    list_filter = ["status", "kind", "conversation__event", "created_at"]
    list_select_related = ["conversation__customer", "conversation__event", "order"]
    search_fields = ["sid__exact"]
    encrypted_search_fields = ("conversation__customer__name", "conversation__customer__phone", "body")
    phone_search = "conversation__customer__"
    ordering = ["-pk"]


class SenderForm(LiveForm):
    def clean_number(self) -> str:
        """Return the number as the event that uses it has stored it.

        Refuse a number that no event uses. Nothing is sent from such a number, so a sending rate for it would have no
        effect."""
        typed: str = self.cleaned_data["number"].strip().removeprefix("rcs:")
        if "number" not in self.changed_data:
            return typed
        known = {
            address for event in Event.objects.values_list(*SENDER_FIELDS.values()) for address in event if address
        }
        if typed not in known and (typed := as_e164(typed)) not in known:
            raise forms.ValidationError(_("No event has this number. Give it to the event first."))
        return typed


@admin.register(Sender)
class SenderAdmin(AuditedAdmin):
    form = SenderForm
    list_display = ["number", "segments_per_second", "free_at"]
    readonly_fields = ["free_at"]
    search_fields = ["number"]

    def of_own_events(self, request: HttpRequest, rows: QuerySet[Sender]) -> QuerySet[Sender]:
        events = within(user_of(request), Right.MANAGE, Event.objects.all(), "pk")
        if user_of(request).is_superuser:
            return rows
        own = [Q(number__in=events.values(field)) for field in SENDER_FIELDS.values()]
        return rows.filter(reduce(or_, own))


@admin.register(Feedback)
class FeedbackAdmin(ForManagers, ViewOnly, SearchesEncrypted, OwnEventsAdmin):
    """Shows the ratings that customers gave. Rows of customers who were asked but have not answered are hidden."""

    event_path = "event"
    list_display = ["answered_at", "event", "score", "words", "order"]
    list_filter = ["event", "score", "answered_at"]
    list_select_related = ["event", "order"]
    encrypted_search_fields = ("words",)
    date_hierarchy = "answered_at"
    fields = ["event", "day", "order", "score", "words", "answered_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feedback]:
        return super().get_queryset(request).filter(answered_at__isnull=False)
