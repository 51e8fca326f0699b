"""The endpoint that label printers poll: Star CloudPRNT over HTTP.

Every few seconds a printer sends its status and asks for a job (POST). The printer fetches the job in a media type that
it supports (GET) and reports the outcome (DELETE). The key in the URL is the printer's only credential.

Source: Star CloudPRNT Protocol Guide 2.4 (star-m.jp/products/s_print/sdk/StarCloudPRNT/manual): "Polling the server",
"Print job requests", "Print job confirmation", "Client HTTP Request Headers". Printers may repeat a GET or DELETE.
After a response other than 200 the printer sends a DELETE with the code 520."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from orders.printing import jobs, star_commands
from orders.printing.labels import labels_of
from stations import printers
from stations.models import Printer

_MAC = re.compile(r"[0-9A-Fa-f:.-]{12,17}")
_TOKEN = re.compile(r"[0-9A-Za-z_-]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})?")

#: Printable width for each paper width, both in mm. `_DOTS_PER_MM` is the resolution of all Star CloudPRNT printers.
_PRINTED = {40: 36.0, 58: 48.0, 80: 72.0}
_DOTS_PER_MM = 8.0


@csrf_exempt
@never_cache
@require_http_methods(["POST", "GET", "DELETE"])
def printer(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Printer.objects.select_related("station"), key=key)
    if request.method == "POST":
        return _poll(request, found)
    token = _plain(_TOKEN, request.GET.get("token"))
    if request.method == "DELETE":
        jobs.settle(found, token=token, said=request.GET.get("code", ""))
        return HttpResponse()
    return _fetch(request, found, token)


def _poll(request: HttpRequest, printer: Printer) -> HttpResponse:
    """Save the printer's status from its poll, and say in the response whether there is a job to print.

    Usually the status is the same as before. Then a poll takes two SQL statements: find the printer, and its next
    job."""
    said = _json(request.body)
    if printers.note(printer, said=str(said.get("statusCode", "")), mac=_plain(_MAC, said.get("printerMAC"))):
        jobs.hint_board(printer.station)
    token = None if said.get("printingInProgress") is True else jobs.next_token(printer)
    if token is None:
        return JsonResponse({"jobReady": False})
    return JsonResponse({"jobReady": True, "mediaTypes": star_commands.MEDIA_TYPES, "jobToken": token})


def _fetch(request: HttpRequest, printer: Printer, token: str) -> HttpResponse:
    # A printer that asks for no media type wants the one that was offered to it first.
    media_type = request.GET.get("type", star_commands.MEDIA_TYPES[0]).partition(";")[0].strip()
    if media_type not in star_commands.MEDIA_TYPES:
        return HttpResponse(status=415)
    job = jobs.fetch(printer, token=token)
    if job is None:
        return HttpResponse(status=404)
    labels, columns = labels_of(job.order), _columns(request, printer)
    if media_type == star_commands.PLAIN:
        data = star_commands.as_text(labels, columns=columns)
    else:
        data = star_commands.as_commands(
            labels, columns=columns, utf8="utf" in request.headers.get("X-Star-Accept-Codepages", "")
        )
    # The content type has no charset parameter, because the first firmware refuses media types with parameters.
    return HttpResponse(data, content_type=media_type)


def _columns(request: HttpRequest, printer: Printer) -> int:
    """Return how many characters fit on a line, by the width that the printer reports, or else by its paper."""
    width = float(_plain(_NUMBER, request.headers.get("X-Star-Print-Width")) or _PRINTED[printer.paper])
    dots = float(_plain(_NUMBER, request.headers.get("X-Star-Horizontal-Resolution")) or _DOTS_PER_MM)
    return max(int(width * dots) // star_commands.DOTS, star_commands.NARROWEST)


def _json(body: bytes) -> Mapping[str, Any]:
    """Return the posted JSON object; an empty dict if the body is not a JSON object."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _plain(pattern: re.Pattern[str], given: object) -> str:
    """Return the value if it is a text that matches the pattern from start to end; else ""."""
    return given if isinstance(given, str) and pattern.fullmatch(given) else ""
