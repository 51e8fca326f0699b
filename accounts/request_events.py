"""The events that an admin request concerns. The admin pages of all apps read them here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.db.models import Model
from django.http import HttpRequest


@dataclass(slots=True)
class RequestEvents:
    """The events that an admin request concerns, as primary keys."""

    #: The events that the user manages, with archived events last. None until they are loaded.
    own: Mapping[int, Model] | None = None
    #: The event whose rows the admin's lists show; None if they show the rows of all events.
    shown: int | None = None
    #: The event of the row in the form. None if there is no form or the row belongs to no event.
    of_form: int | None = None


class _Request(HttpRequest):
    """A request on which `events_of` has stored a RequestEvents."""

    events: RequestEvents


def events_of(request: HttpRequest) -> RequestEvents:
    """Return the request's RequestEvents, which is empty at first. `expresso.backoffice` fills it in for admin
    pages."""
    asked = cast(_Request, request)
    if not hasattr(asked, "events"):
        asked.events = RequestEvents()
    return asked.events
