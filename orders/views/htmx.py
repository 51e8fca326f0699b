from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """Type of a request that has passed HtmxMiddleware, which sets `htmx`."""

    htmx: HtmxDetails


def by_htmx(request: HttpRequest) -> bool:
    """Return whether htmx sent the request. htmx needs only a fragment of the page."""
    return bool(cast(HtmxRequest, request).htmx)
