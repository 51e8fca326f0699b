from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import user_of
from accounts.backoffice import NATIVE_TIMES, AuditedAdmin, NamesInFull, OwnChoicesInline
from accounts.live_forms import LiveForm
from accounts.models import Membership, Role
from stations.forms import EventForm, StationForm, WithinEventForm, warn_of_lost_number
from stations.models import Event, Printer, Shift, Station, new_key
from stations.printers import state_of

PAUSE = timedelta(minutes=15)


class PausableAdmin(AuditedAdmin):
    actions = ["pause", "resume"]

    @admin.action(description=gettext_lazy("Pause for 15 minutes"), permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        until = timezone.now() + PAUSE
        self._pause_until(request, queryset, "paused", until=until)

    @admin.action(description=gettext_lazy("Resume now"), permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._pause_until(request, queryset, "resumed", until=None)

    def _pause_until(self, request: HttpRequest, queryset: QuerySet[Any], act: str, *, until: Any) -> None:
        rows = list(queryset)
        queryset.update(paused_until=until)
        for row in rows:
            self.record_act(request, act, row, changes={"paused_until": (row.paused_until, until)})
        if until:
            said = ngettext("%(count)d paused for 15 minutes.", "%(count)d paused for 15 minutes.", len(rows))
        else:
            said = ngettext("%(count)d takes orders again.", "%(count)d take orders again.", len(rows))
        self.message_user(request, said % {"count": len(rows)})


class StationInline(admin.TabularInline):
    model = Station
    form = StationForm
    extra = 0
    fields = ["name", "slug", "position", "is_open", "baristas"]
    prepopulated_fields = {"slug": ["name"]}
    show_change_link = True


class RolesAtEventInline(OwnChoicesInline, admin.TabularInline):
    model = Membership
    form = LiveForm
    extra = 0


class ShiftInline(OwnChoicesInline, admin.TabularInline):
    model = Shift
    form = LiveForm
    extra = 0
    formfield_overrides = NATIVE_TIMES


@admin.register(Event)
class EventAdmin(PausableAdmin):
    event_path = "pk"
    list_display = [
        "name",
        "number",
        "open_now",
        "paused_until",
        "station_count",
        "orders_taken",
        "wall",
        "texts",
    ]
    form = EventForm
    search_fields = ["name", "slug", "sms_number", "whatsapp_number"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["orders_taken", "logo_shown"]
    inlines = [StationInline, RolesAtEventInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "time_zone", ("languages", "first_language"), "menu_name", "orders_taken"]}),
        (gettext_lazy("Numbers"), {"fields": ["sms_number", "whatsapp_number", "rcs_agent", "countries"]}),
        (gettext_lazy("Features"), {"fields": ["features", ("currency", "pay_within_minutes")]}),
        (
            gettext_lazy("Look"),
            {
                "fields": ["colour", "logo_shown", "logo_url", "message"],
                "description": gettext_lazy("How the wall, the order page and the posters look."),
            },
        ),
        (
            gettext_lazy("Hours"),
            {
                "fields": [("first_day", "last_day"), ("opens_at", "closes_at"), "day_hours", "paused_until"],
                "description": gettext_lazy(
                    "Leave all of these empty to take orders day and night, whenever a station is open."
                ),
            },
        ),
        (
            gettext_lazy("Limits"),
            {
                "fields": [
                    ("web_orders", "kiosk_orders"),
                    "max_open_orders",
                    "max_drinks_per_order",
                    ("max_drinks_per_window", "window_minutes"),
                ]
            },
        ),
        (
            gettext_lazy("Personal data"),
            {
                "fields": ["keep_days", "erase_at", "erase_at_carrier"],
                "description": gettext_lazy(
                    "When personal data is erased. Orders, drinks and times stay for statistics, without names."
                ),
            },
        ),
        (gettext_lazy("While it waits"), {"fields": [("warn_after_minutes", "late_after_minutes")]}),
        (
            gettext_lazy("When it is ready"),
            {
                "fields": [
                    "ready_grace_seconds",
                    "remind_after_minutes",
                    "put_aside_after_minutes",
                    "ask_feedback",
                ]
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(station_count=Count("stations"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        warn_of_lost_number(request, form)
        if not change and not user_of(request).is_superuser:
            # The user who creates an event becomes its organizer.
            Membership.objects.get_or_create(
                user=user_of(request), event=form.instance, defaults={"role": Role.ORGANIZER}
            )

    @admin.display(description=gettext_lazy("Logo"))
    def logo_shown(self, event: Event) -> str:
        if event.pk is None:
            return _("Uploaded in the set-up, once the event is saved.")
        page = reverse("setup-step", args=[event.slug, "branding"])
        if event.logo_id is None:
            return format_html('<a href="{}">{}</a>', page, _("Upload one"))
        return format_html(
            '<a href="{}"><img class="logo-shown" src="{}" alt="{}" height="40"></a>',
            page, event.logo_address, _("Change the logo"),
        )  # fmt: skip

    @admin.display(description=gettext_lazy("SMS number"), ordering="sms_number")
    def number(self, event: Event) -> str | None:
        return event.sms_number

    @admin.display(description=gettext_lazy("open now"), boolean=True)
    def open_now(self, event: Event) -> bool:
        return event.is_open()

    @admin.display(description=gettext_lazy("stations"), ordering="station_count")
    def station_count(self, event: Any) -> int:
        return int(event.station_count)

    @admin.display(description=gettext_lazy("wall"))
    def wall(self, event: Event) -> str:
        return format_html('<a href="{}">{}</a>', reverse("wall", args=[event.slug]), _("Show"))

    @admin.display(description=gettext_lazy("texts"))
    def texts(self, event: Event) -> str:
        page = reverse("admin:sms_not_understood")
        return format_html('<a href="{}?event={}">{}</a>', page, event.slug, _("Not understood"))


@admin.register(Station)
class StationAdmin(PausableAdmin):
    event_path = "event"
    form = StationForm
    list_display = ["name", "event", "is_open", "takes_orders_now", "paused_until", "baristas", "board"]
    list_filter = ["event", "is_open"]
    list_select_related = ["event"]
    search_fields = ["name", "slug", "event__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ShiftInline]
    actions = ["pause", "resume", "open_station", "close_station"]

    @admin.action(description=gettext_lazy("Open"), permissions=["change"])
    def open_station(self, request: HttpRequest, queryset: QuerySet[Station]) -> None:
        self._set_open(request, queryset, "opened", is_open=True)

    @admin.action(description=gettext_lazy("Close"), permissions=["change"])
    def close_station(self, request: HttpRequest, queryset: QuerySet[Station]) -> None:
        self._set_open(request, queryset, "closed", is_open=False)

    def _set_open(self, request: HttpRequest, queryset: QuerySet[Station], act: str, *, is_open: bool) -> None:
        rows = list(queryset)
        queryset.update(is_open=is_open)
        for row in rows:
            self.record_act(request, act, row, changes={"is_open": (row.is_open, is_open)})
        self.message_user(request, _("Now open.") if is_open else _("Now closed; its open orders can still be made."))

    @admin.display(description=gettext_lazy("takes orders"), boolean=True)
    def takes_orders_now(self, station: Station) -> bool:
        return station.takes_orders()

    @admin.display(description=gettext_lazy("board"))
    def board(self, station: Station) -> str:
        return format_html('<a href="{}">{}</a>', reverse("board", args=[station.slug]), _("Show"))


@admin.register(Shift)
class ShiftAdmin(NamesInFull, AuditedAdmin):
    form = WithinEventForm
    event_path = "station__event"
    told_apart_by = {"station": "event"}
    list_display = ["user", "station", "event", "starts_at", "ends_at"]
    list_filter = ["station__event", "station", ("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "station__event"]
    search_fields = ["user__username", "user__first_name", "station__name"]
    date_hierarchy = "starts_at"

    @admin.display(description=gettext_lazy("event"), ordering="station__event")
    def event(self, shift: Shift) -> str:
        return str(shift.station.event)


@admin.register(Printer)
class PrinterAdmin(NamesInFull, AuditedAdmin):
    form = WithinEventForm
    event_path = "station__event"
    told_apart_by = {"station": "event"}
    list_display = ["name", "station", "event", "automatic", "doing", "heard_at"]
    list_filter = ["station__event", "station"]
    list_select_related = ["station__event"]
    search_fields = ["name", "station__name", "mac"]
    readonly_fields = ["address", "doing", "heard_at", "mac"]
    actions = ["new_address"]
    fieldsets = [
        (None, {"fields": ["station", "name", "automatic", "paper"]}),
        (
            gettext_lazy("Set it up"),
            {
                "fields": ["address"],
                "description": gettext_lazy(
                    "Open the printer's own settings page in a browser; its self-test prints the address. Choose "
                    "CloudPRNT, enter the address below as the server, 5 seconds as the polling time, no user and no "
                    "password, and save. The printer calls within a minute and is then shown as ready here. Keep the "
                    "address secret: whoever knows it can read the labels."
                ),
            },
        ),
        (gettext_lazy("State"), {"fields": ["doing", "heard_at", "mac"]}),
    ]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Let a printer be deleted together with its label jobs, although Django finds that these cannot be deleted one
        by one."""
        deleted, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), protected

    @admin.action(description=gettext_lazy("Replace the address (the old one stops working)"), permissions=["change"])
    def new_address(self, request: HttpRequest, queryset: QuerySet[Printer]) -> None:
        for printer in queryset:
            printer.key = new_key()
            printer.save(update_fields=["key"])
            self.record_act(request, "gave a new address", printer)
        self.message_user(request, _("Enter the new address in the printer. The old one no longer works."))

    @admin.display(description=gettext_lazy("address"))
    def address(self, printer: Printer) -> str:
        if printer.pk is None:
            return _("Shown after saving.")
        return settings.PUBLIC_URL + reverse("printer", args=[printer.key])

    @admin.display(description=gettext_lazy("state"))
    def doing(self, printer: Printer) -> str:
        return state_of(printer, timezone.now()).words

    @admin.display(description=gettext_lazy("event"), ordering="station__event")
    def event(self, printer: Printer) -> str:
        return str(printer.station.event)
