from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request after HtmxMiddleware, which sets `htmx`."""

    htmx: HtmxDetails


def by_htmx(request: HttpRequest) -> bool:
    """Return whether htmx sent the request. It needs a fragment, not the whole page."""
    return bool(cast(HtmxRequest, request).htmx)
