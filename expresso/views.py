"""The home page, and the response to too many wrong passwords."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import Right, may, signed_in, user_of, within
from accounts.models import User
from accounts.sign_in import note_refused
from expresso import own_account, sign_in_cards
from expresso.api import problems
from stations.models import Event


@dataclass(frozen=True, slots=True)
class Place:
    url: str
    title: str
    hint: str
    icon: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    places: list[Place]


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The start page: the places that the user may go to, by event."""
    user = user_of(request)
    events = within(user, Right.WALL, Event.objects.prefetch_related("stations"), "pk").filter(archived_at=None)
    sections = [Section(event.name, _places(event, user)) for event in events]
    sections.append(Section(_("Everything else"), _tools(user)))
    sections.append(Section(_("Archived"), _archived(user)))
    return render(request, "home.html", {"sections": [section for section in sections if section.places]})


def _places(event: Event, user: User) -> list[Place]:
    places = []
    if may(user, Right.WATCH, event.pk):
        places += [
            Place(reverse("board", args=[station.slug]), station.name, _("Orders to make here"), "coffee")
            for station in event.stations.all()
        ]
    if may(user, Right.HELP, event.pk):
        hint = _("Queues, waits, devices, stock, and what needs somebody")
        places.append(Place(reverse("live", args=[event.slug]), _("Live overview"), hint, "clock"))
        hint = _("Who needs a person, texts, and orders by code, name or number")
        places.append(Place(reverse("support", args=[event.slug]), _("Support desk"), hint, "message-square"))
    if may(user, Right.WALL, event.pk):
        places.append(Place(reverse("wall", args=[event.slug]), _("Wall"), _("Whose order is ready"), "monitor"))
    if may(user, Right.KIOSK, event.pk):
        places.append(
            Place(reverse("kiosk", args=[event.slug]), _("Kiosk"), _("A tablet for guests to order"), "store")
        )
    if may(user, Right.MANAGE, event.pk):
        hint = _("Menu, stations, staff, look")
        places.append(Place(reverse("setup", args=[event.slug]), _("Set up"), hint, "settings"))
        hint = _("Orders, waits, drinks, texts")
        places.append(Place(reverse("reports", args=[event.slug]), _("Reports"), hint, "history"))
        hint = _("For staff: a PIN and a code to scan")
        places.append(Place(reverse("cards", args=[event.slug]), _("Sign-in cards"), hint, "log-in"))
        places.append(Place(reverse("posters", args=[event.slug]), _("Posters"), _("Codes to scan, to print"), "inbox"))
    return places


def _archived(user: User) -> list[Place]:
    events = within(user, Right.MANAGE, Event.objects.exclude(archived_at=None), "pk")
    hint = _("Reports, restore")
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
    """Show the sign-in page with a message that there were too many wrong passwords (called by axes)."""
    note_refused(str(credentials.get("username", "")), "locked")
    if request.path.startswith("/api/"):
        return problems.locked()
    if page := sign_in_cards.locked_page(request) or _locked_person(request):
        return page
    return render(request, "accounts/login.html", {"form": AuthenticationForm(), "locked": True}, status=429)


def _locked_person(request: HttpRequest) -> HttpResponse | None:
    """The answer on pages of the own account and of the code; None where the request is for another page."""
    match request.resolver_match.url_name if request.resolver_match else None:
        case "account":
            return own_account.locked_account(request)
        case "authenticator":
            return render(request, "accounts/authenticator.html", {"locked": True}, status=429)
        case "code":
            return render(request, "accounts/code.html", {"locked": True}, status=429)
    return None
