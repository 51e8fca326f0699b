"""The events that a request to the admin is about. The admin of each app reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.db.models import Model
from django.http import HttpRequest


@dataclass(slots=True)
class RequestEvents:
    """The events that a request to the admin is about, by their primary keys."""

    #: The events that the user manages; None until they are read. Archived events come last.
    own: Mapping[int, Model] | None = None
    #: The event whose rows the lists show; None for all events.
    shown: int | None = None
    #: The event of the row in the form; None without a form, or if the row belongs to no event.
    of_form: int | None = None


class _Request(HttpRequest):
    """A request that was asked for its events."""

    events: RequestEvents


def events_of(request: HttpRequest) -> RequestEvents:
    """Return the events of the request, which the admin site (`expresso.backoffice`) fills in."""
    asked = cast(_Request, request)
    if not hasattr(asked, "events"):
        asked.events = RequestEvents()
    return asked.events
