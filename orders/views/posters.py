"""Posters with QR codes that open an SMS, WhatsApp or the order page."""

from __future__ import annotations

from base64 import b64encode
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

from accounts.access import Right
from accounts.phones import grouped_number
from inventory.snapshot import menu_of
from orders.display.example_order import example_with_name
from orders.display.fitting import fitted
from orders.display.page_language import language_for
from orders.display.poster_parts import cups_on_poster, font_style, font_style_hash
from stations.access import at_event
from stations.models import Event, Logo

#: The text that a scanned QR code prefills. The reply to this text is the menu.
FIRST_TEXT = "menu"


@dataclass(frozen=True, slots=True)
class Poster:
    kind: str
    #: The link in the QR code.
    link: str
    title: str
    todo: str
    #: The number or address to type by hand, for people who cannot scan the code.
    by_hand: str


def posters_of(event: Event) -> list[Poster]:
    """Return a poster for each way in which the event takes orders, in the event's language."""
    with override(language_for(event)):
        return _posters_of(event)


def _posters_of(event: Event) -> list[Poster]:
    found = []
    if number := event.sms_number:
        # In an "sms:" link, iPhones read the text after "&", Android phones the text after "?". "?&" works on both.
        link = f"sms:{number}?&body={quote(FIRST_TEXT)}"
        found.append(
            Poster("sms", link, _("Text for coffee"), _("Scan, or text your order to"), grouped_number(number))
        )
    if number := event.whatsapp_number:
        link = f"https://wa.me/{number[1:]}?text={quote(FIRST_TEXT)}"
        todo = _("Scan, or write your order on WhatsApp to")
        found.append(Poster("whatsapp", link, _("Coffee by WhatsApp"), todo, grouped_number(number)))
    link = address_of(event)
    by_hand = link.split("://", 1)[1].rstrip("/")
    found.append(Poster("web", link, _("Order coffee here"), _("Scan, or open on your phone"), by_hand))
    return found


def address_of(event: Event) -> str:
    """Return the public URL of the event's order page."""
    return f"{settings.PUBLIC_URL}{reverse('order', args=[event.slug])}"


def code(link: str) -> SafeString:
    """Return the QR code of a link as SVG, with the white margin that scanners need."""
    written = BytesIO()
    segno.make(link, error="m", micro=False).save(
        written, kind="svg", border=4, light="#fff", dark="#000", omitsize=True, xmldecl=False, svgclass=None, nl=False
    )
    return mark_safe(written.getvalue().decode())  # noqa: S308 - drawn from modules, the link is not in it


def showing_logo(response: HttpResponse, event: Event) -> HttpResponse:
    """Allow this page to load images from the server of the event's logo, in its content security policy."""
    parts = urlsplit(event.logo_url)
    if parts.scheme != "https" or not parts.hostname:
        return response
    try:
        origin = f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        # The port is not valid. Such an address was saved before the form checked the port.
        return response
    return _with_policy(response, {"img-src": [origin]})


def _with_policy(response: HttpResponse, sources: dict[str, list[str]]) -> HttpResponse:
    """Add sources to the content security policy of this response only."""
    return csp_update(sources)(lambda _request: response)(HttpRequest())  # type: ignore[return-value]


@require_GET
@cache_control(public=True, max_age=3600)
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the QR code of the order page, for the wall display."""
    return _svg(code(address_of(get_object_or_404(Event, slug=slug))))


@require_GET
@cache_control(public=True, max_age=3600)
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a stylesheet with the event's colour, because the content security policy forbids inline styles."""
    event = get_object_or_404(Event, slug=slug)
    rule = f":root{{--event:{event.colour};--on-event:{event.on_colour}}}" if event.colour else ""
    return HttpResponse(rule, content_type="text/css; charset=utf-8")


@require_GET
@cache_control(public=True, max_age=31536000, immutable=True)
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """Return an uploaded logo. Its content security policy forbids scripts and loading, also if opened as a page."""
    row = get_object_or_404(Logo, pk=digest)
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@at_event(Right.MANAGE)
@require_GET
def poster(request: HttpRequest, event: Event) -> HttpResponse:
    """Return one A4 poster as an SVG file, to be printed or sent to a print shop."""
    kind = request.GET.get("kind", "web")
    found = next((each for each in posters_of(event) if each.kind == kind), None)
    if found is None:
        raise Http404
    language = language_for(event)
    with override(language):
        order = example_with_name(event, language)
        logo = _embedded(event.logo)
        context = {
            "event": event,
            "poster": found,
            "code": code(found.link),
            "logo": logo,
            "font": font_style(),
            "cups": cups_on_poster(menu_of(event).menu),
            "name": fitted(event.name, size=11, y=38 if logo else 30, wraps=True),
            "title": fitted(found.title, size=22, y=65 if logo else 60),
            "todo": fitted(found.todo, size=9.5, y=233),
            "by_hand": fitted(found.by_hand, size=15, y=250),
            "example": fitted(_("“{order}”").format(order=order), size=9.5, y=281) if order else [],
        }
        response = render(request, "orders/poster.svg", context, content_type="image/svg+xml; charset=utf-8")
    # This policy matters only if the SVG file is opened as a page. It must allow the font that is embedded in the file.
    response = _with_policy(response, {"style-src": [font_style_hash()], "font-src": ["data:"]})
    response.headers["Content-Disposition"] = f'inline; filename="{event.slug}-{kind}.svg"'
    return response


@at_event(Right.MANAGE)
@require_GET
def posters(request: HttpRequest, event: Event) -> HttpResponse:
    """Show a page with all posters. When the page is printed, each poster gets its own sheet."""
    return render(request, "orders/posters.html", {"event": event, "posters": posters_of(event)})


def _embedded(logo: Logo | None) -> str:
    """Return the logo as a data URL; "" if no logo was uploaded.

    A print shop gets only the poster's file, so the logo must be embedded."""
    return f"data:{logo.media_type};base64,{b64encode(bytes(logo.content)).decode()}" if logo else ""


def _svg(drawing: str) -> HttpResponse:
    return HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
