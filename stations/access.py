"""View decorators that find the station or event from the URL, and refuse users who lack the required right there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.access import Right, View, may, signed_in, user_of
from stations.models import Event, Station


def at_station(right: Right) -> Callable[[View], View]:
    """Pass the station from the URL to the view, if the user has the right at the station's event."""

    def decorate(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            station = get_object_or_404(Station.objects.select_related("event"), slug=slug)
            _require(request, right, station.event_id)
            return view(request, station, **kwargs)

        return guarded

    return decorate


def at_event(right: Right) -> Callable[[View], View]:
    """Pass the event from the URL to the view, if the user has the right at this event."""

    def decorate(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            event = get_object_or_404(Event, slug=slug)
            _require(request, right, event.pk)
            return view(request, event, **kwargs)

        return guarded

    return decorate


def _require(request: HttpRequest, right: Right, event: int) -> None:
    if not may(user_of(request), right, event):
        raise PermissionDenied
