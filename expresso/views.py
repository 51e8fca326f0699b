"""The home page, and the response to too many wrong passwords."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.access import Right, may, signed_in, user_of, within
from accounts.models import User
from accounts.sign_in import note_refused
from expresso import own_account, sign_in_cards
from expresso.api import problems
from expresso.overview.home import first_of, home_board
from orders.views.htmx import by_htmx
from stations.models import Event


@dataclass(frozen=True, slots=True)
class Place:
    url: str
    title: str
    hint: str
    icon: str


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page for one event. Staff with the right to help its customers also see its present figures."""
    user = user_of(request)
    events = list(within(user, Right.WALL, Event.objects.prefetch_related("stations"), "pk").filter(archived_at=None))
    asked = request.GET.get("event", "")
    event = next((each for each in events if each.slug == asked), None) or first_of(events, timezone.now())
    helps = event is not None and may(user, Right.HELP, event.pk)
    if event and helps and by_htmx(request):
        return HttpResponse(home_board(event).frame(oob=False).html)
    context: dict[str, Any] = {
        "event": event,
        "others": [each for each in events if each != event],
        "helps": helps,
        "places": [*([] if helps else _boards(event, user)), *_places(event, user)] if event else [],
        "tools": [*_tools(user), *_archived(user)],
    }
    if event and helps:
        context |= home_board(event).page_context()
    return render(request, "home.html", context)


def _boards(event: Event, user: User) -> list[Place]:
    if not may(user, Right.WATCH, event.pk):
        return []
    return [
        Place(reverse("board", args=[station.slug]), station.name, _("Orders to make here"), "coffee")
        for station in event.stations.all()
    ]


#: Pages of an event that the home page links to: name of the URL, title, icon, and the right that a user needs.
PAGES = (
    ("live", gettext_lazy("Live overview"), "clock", Right.HELP),
    ("support", gettext_lazy("Support desk"), "message-square", Right.HELP),
    ("wall", gettext_lazy("Wall"), "monitor", Right.WALL),
    ("kiosk", gettext_lazy("Kiosk"), "store", Right.KIOSK),
    ("setup", gettext_lazy("Set up"), "settings", Right.MANAGE),
    ("plan", gettext_lazy("Plan"), "calendar", Right.MANAGE),
    ("reports", gettext_lazy("Reports"), "history", Right.MANAGE),
    ("cards", gettext_lazy("Sign-in cards"), "log-in", Right.MANAGE),
    ("posters", gettext_lazy("Posters"), "inbox", Right.MANAGE),
)


def _places(event: Event, user: User) -> list[Place]:
    return [
        Place(reverse(name, args=[event.slug]), str(title), "", icon)
        for name, title, icon, right in PAGES
        if may(user, right, event.pk)
    ]


def _archived(user: User) -> list[Place]:
    events = within(user, Right.MANAGE, Event.objects.exclude(archived_at=None), "pk")
    hint = _("Archived: reports, restore")
    return [Place(reverse("setup", args=[event.slug]), event.name, hint, "inbox") for event in events]


def _tools(user: User) -> list[Place]:
    tools = []
    if settings.SIMULATOR and may(user, Right.WORK):
        hint = _("Text orders without a phone")
        tools.append(Place(reverse("simulator"), _("Phone simulator"), hint, "smartphone"))
    if may(user, Right.MANAGE):
        tools.append(Place(reverse("event-new"), _("New event"), _("Ready in ten minutes"), "plus"))
        hint = _("Limits, wording, texts, everything in detail")
        tools.append(Place(reverse("admin:index"), _("Admin"), hint, "settings"))
    return tools


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the response to too many wrong passwords or codes, on the page or in the API where they were sent.

    django-axes calls this function (AXES_LOCKOUT_CALLABLE)."""
    note_refused(str(credentials.get("username", "")), "locked")
    if request.path.startswith("/api/"):
        return problems.locked()
    if page := sign_in_cards.locked_page(request) or _locked_person(request):
        return page
    return render(request, "accounts/login.html", {"form": AuthenticationForm(), "locked": True}, status=429)


def _locked_person(request: HttpRequest) -> HttpResponse | None:
    """Return the "locked" page of the account or of the page that asks for a code; None for other pages."""
    match request.resolver_match.url_name if request.resolver_match else None:
        case "account":
            return own_account.locked_account(request)
        case "authenticator":
            return render(request, "accounts/authenticator.html", {"locked": True}, status=429)
        case "code":
            return render(request, "accounts/code.html", {"locked": True}, status=429)
    return None
