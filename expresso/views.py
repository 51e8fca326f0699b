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

from accounts.access import allowed, user_of
from accounts.models import User
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


@allowed(lambda user: user.is_active)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """List the pages that the user's role may open."""
    user = user_of(request)
    sections = [Section(event.name, _places(event, user)) for event in Event.objects.prefetch_related("stations")]
    sections.append(Section(_("Everything else"), _tools(user)))
    return render(request, "home.html", {"sections": [section for section in sections if section.places]})


def _places(event: Event, user: User) -> list[Place]:
    places = []
    if user.sees_boards:
        places += [
            Place(reverse("board", args=[station.slug]), station.name, _("Orders to make here"), "coffee")
            for station in event.stations.all()
        ]
    if user.sees_walls:
        places.append(Place(reverse("wall", args=[event.slug]), _("Wall"), _("Whose order is ready"), "monitor"))
        places.append(
            Place(reverse("kiosk", args=[event.slug]), _("Kiosk"), _("A tablet for guests to order"), "store")
        )
    if user.is_manager:
        places.append(Place(reverse("posters", args=[event.slug]), _("Posters"), _("Codes to scan, to print"), "inbox"))
    return places


def _tools(user: User) -> list[Place]:
    tools = []
    if settings.SIMULATOR and user.sees_boards:
        hint = _("Text orders without a phone")
        tools.append(Place(reverse("simulator"), _("Phone simulator"), hint, "smartphone"))
    if user.is_staff:
        hint = _("Menu, stations, people, limits")
        tools.append(Place(reverse("admin:index"), _("Set up"), hint, "settings"))
    return tools


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Show the sign-in page with a message that there were too many wrong passwords (called by axes)."""
    if request.path.startswith("/api/"):
        return problems.locked()
    return render(request, "accounts/login.html", {"form": AuthenticationForm(), "locked": True}, status=429)
