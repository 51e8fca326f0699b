"""Ways in, to be scanned: QR codes to text, to write on WhatsApp, or to the order page; and posters with them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote, urlsplit

import segno
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.access import allowed
from accounts.phones import grouped
from orders.display.example_order import for_somebody
from orders.display.page_language import tongue
from stations.models import Event

#: What somebody who scans a poster texts first: it is answered with the menu.
FIRST_TEXT = "menu"


@dataclass(frozen=True, slots=True)
class Poster:
    kind: str
    #: What the code leads to.
    link: str
    title: str
    todo: str
    #: What to type where the code cannot be scanned.
    by_hand: str


def posters_of(event: Event) -> list[Poster]:
    """One for each way to order that the event has, in its own language."""
    with override(tongue(event)):
        return _posters_of(event)


def _posters_of(event: Event) -> list[Poster]:
    found = []
    if number := event.sms_number:
        # "?&": iPhones read what comes after "&", Androids what comes after "?".
        link = f"sms:{number}?&body={quote(FIRST_TEXT)}"
        found.append(Poster("sms", link, _("Text for coffee"), _("Scan, or text your order to"), grouped(number)))
    if number := event.whatsapp_number:
        link = f"https://wa.me/{number[1:]}?text={quote(FIRST_TEXT)}"
        todo = _("Scan, or write your order on WhatsApp to")
        found.append(Poster("whatsapp", link, _("Coffee by WhatsApp"), todo, grouped(number)))
    link = address_of(event)
    by_hand = link.split("://", 1)[1].rstrip("/")
    found.append(Poster("web", link, _("Order coffee here"), _("Scan, or open on your phone"), by_hand))
    return found


def address_of(event: Event) -> str:
    """The order page, as a phone outside reaches it."""
    return f"{settings.PUBLIC_URL}{reverse('order', args=[event.slug])}"


def code(link: str) -> SafeString:
    """A QR code as SVG, with the white edge that scanners need."""
    written = BytesIO()
    segno.make(link, error="m", micro=False).save(
        written, kind="svg", border=4, light="#fff", dark="#000", omitsize=True, xmldecl=False, svgclass=None, nl=False
    )
    return mark_safe(written.getvalue().decode())  # noqa: S308 - drawn from modules, the link is not in it


def showing_logo(response: HttpResponse, event: Event) -> HttpResponse:
    """Let the page show the event's logo, from where it is, and nothing else from there."""
    parts = urlsplit(event.logo_url)
    if parts.scheme != "https" or not parts.hostname:
        return response
    origin = f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    allow = csp_update({"img-src": [origin]})
    return allow(lambda _request: response)(HttpRequest())  # type: ignore[return-value]


@require_GET
@cache_control(public=True, max_age=3600)
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The code to the order page, for the wall."""
    return _svg(code(address_of(get_object_or_404(Event, slug=slug))))


@require_GET
@cache_control(public=True, max_age=3600)
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """The event's colour as a stylesheet: pages hold no inline style."""
    event = get_object_or_404(Event, slug=slug)
    rule = f":root{{--event:{event.colour};--on-event:{event.on_colour}}}" if event.colour else ""
    return HttpResponse(rule, content_type="text/css; charset=utf-8")


@allowed(lambda user: user.is_manager)
@require_GET
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """One poster, A4, to be printed or sent to a printer's."""
    event = get_object_or_404(Event, slug=slug)
    kind = request.GET.get("kind", "web")
    found = next((each for each in posters_of(event) if each.kind == kind), None)
    if found is None:
        raise Http404
    language = tongue(event)
    context = {"event": event, "poster": found, "code": code(found.link), "example": for_somebody(event, language)}
    with override(language):
        response = render(request, "orders/poster.svg", context, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{event.slug}-{kind}.svg"'
    return response


@allowed(lambda user: user.is_manager)
@require_GET
def posters(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them, a sheet of paper each."""
    event = get_object_or_404(Event, slug=slug)
    return render(request, "orders/posters.html", {"event": event, "posters": posters_of(event)})


def _svg(drawing: str) -> HttpResponse:
    return HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
