"""Django's admin, changed: it shows one event at a time, uses Expresso's sign-in page and groups models in sections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.access import Right, may, user_of, within
from accounts.request_events import events_of
from accounts.typed_input import whole_number
from expresso.overview.home import first_of, home_context
from stations.models import Event, shared_zone

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

#: Sections of the admin's first page. Each has a title, the page to which the title links (one of the event's pages),
#: and its models. Models that are in no section are shown in a last section, RECORDS.
SECTIONS = (
    (_("Setup"), ("setup",), ("Event", "Station", "Printer", "Wording", "FrequentQuestion")),
    (_("Menu"), ("setup-step", "menu"), ("Drink", "OptionGroup", "Option", "Ingredient", "Stock", "CannotMake")),
    (_("Team"), ("setup-step", "staff"), ("User", "Shift")),
    (_("Live"), ("live",), ("Order", "Payment", "Conversation", "Customer")),
    (_("Reports"), ("reports",), ("Feedback", "InboundMessage", "OutboundMessage", "AuditEntry")),
)
RECORDS = _("Programs and records")
#: Session key of the event whose rows the user chose to see.
CHOSEN = "admin_event"


class Backoffice(AdminSite):
    site_title = site_header = "Expresso"
    index_title = "Admin"
    index_template = "admin/index_of_event.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether the user can open the admin: True for admins, and for organizers of at least one event.

        The single pages then show organizers only the rows of their own events."""
        return may(user_of(request), Right.MANAGE)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Redirect to the site's sign-in page. Raise PermissionDenied for a signed-in user without admin access."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the admin's first page: the present state of the event, and below it the sections."""
        events = own_events(request)
        shown = events_of(request).shown
        event = events.get(shown) if shown else first_of(events.values(), timezone.now())
        return super().index(request, (home_context(event.pk) if event else {}) | (extra_context or {}))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        choose = path("choose-event/", self.admin_view(require_POST(self.choose_event)), name="choose_event")
        return [choose, *super().get_urls()]

    def choose_event(self, request: HttpRequest) -> HttpResponse:
        """Store in the session which event's rows the admin shows from now on. Without a valid choice it shows all."""
        chosen = whole_number(request.POST.get("event"))
        request.session[CHOSEN] = chosen if chosen in own_events(request) else None
        back = request.POST.get("next", "")
        # Go back to the list from which the user chose the event, but not to the page of a single row. That row may
        # belong to an event that is no longer shown, so show the first page instead.
        is_list = back.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return redirect(back if is_list and not any(part.isdigit() for part in back.split("/")) else "admin:index")

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Wrap an admin view so that it shows and reads times in the events' time zone. Each page names this zone."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def on_event_time(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request):
                note_events(request)
            with timezone.override(shared_zone()):
                response = guarded(request, *args, **kwargs)
                # Render the response now, because outside this block its times would be in UTC.
                return response.render() if isinstance(response, SimpleTemplateResponse) else response

        return cast(View, on_event_time)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        events = own_events(request) if self.has_permission(request) else {}
        shown = events_of(request).shown
        return super().each_context(request) | {"own_events": list(events.values()), "shown_event": shown}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the sections of the admin's first page, each with its models.

        For the page of one app (`app_label`), return Django's own list of that app's models instead."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        events = own_events(request)
        event = events.get(events_of(request).shown or next(iter(events), 0))
        sections = [
            _section(title, _page(event, page), [models.pop(name) for name in names if name in models])
            for title, page, names in SECTIONS
        ]
        return [each for each in (*sections, _section(RECORDS, "", list(models.values()))) if each["models"]]


def _section(title: Any, page: str, models: list[Any]) -> dict[str, Any]:
    return {"name": title, "app_label": "section", "app_url": page, "has_module_perms": True, "models": models}


def _page(event: Event | None, page: tuple[str, ...]) -> str:
    return reverse(page[0], args=[event.slug, *page[1:]]) if event else ""


def own_events(request: HttpRequest) -> Mapping[int, Event]:
    """Return the events that the user manages, by primary key. Archived events come last."""
    events = events_of(request)
    if events.own is None:
        rows = within(user_of(request), Right.MANAGE, Event.objects.all(), "pk")
        events.own = {event.pk: event for event in sorted(rows, key=lambda event: event.archived_at is not None)}
    return cast(Mapping[int, Event], events.own)


def note_events(request: HttpRequest) -> None:
    """Store in the request which event's rows the admin's lists show; None for all of the user's events."""
    chosen = request.session.get(CHOSEN)
    events_of(request).shown = chosen if chosen in own_events(request) else None
