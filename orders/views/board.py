"""Views of a station's board and of wall displays, and the view that carries out a tap on a ticket."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Right, user_of
from accounts.typed_input import whole_number
from orders.display.page_language import language_for
from orders.live.boards import station_board, wall
from orders.live.frames import Board
from orders.live.kept import for_a_second
from orders.models import Order
from orders.upkeep import left_over
from orders.views.board_actions import VERBS, Tap, TapResult, carry_out
from orders.views.htmx import by_htmx
from orders.views.posters import showing_logo
from stations.access import at_event, at_station
from stations.models import Event, Station


@at_station(Right.WATCH)
@require_GET
def board(request: HttpRequest, station: Station) -> HttpResponse:
    return _live_page(request, station_board(station), "orders/board.html")


@at_event(Right.WALL)
@require_GET
def wall_page(request: HttpRequest, event: Event) -> HttpResponse:
    return _wall_page(request, event)


@at_station(Right.WALL)
@require_GET
def station_wall(request: HttpRequest, station: Station) -> HttpResponse:
    """Show a wall display with the orders of a single station."""
    return _wall_page(request, station.event, station)


def _wall_page(request: HttpRequest, event: Event, only: Station | None = None) -> HttpResponse:
    with override(language_for(event)):
        shown = wall(event, only)
        # The wall display is the same for every user, so its HTML is cached. The user's permission was checked before.
        frame = for_a_second(lambda: shown.frame(oob=False), "wall", shown.name, language_for(event))
        if by_htmx(request):
            return showing_logo(HttpResponse(frame.html), event)
        context = {"event": event, "only": only, "version": frame.version, "shown": SafeString(frame.html)}
        return showing_logo(render(request, "orders/wall.html", context), event)


def _live_page(request: HttpRequest, shown: Board, page: str) -> HttpResponse:
    """Render the whole page, or only the live fragment if htmx asks for it."""
    if by_htmx(request):
        return HttpResponse(shown.frame(oob=False).html)
    return render(request, page, shown.page_context())


@at_station(Right.WORK)
@require_POST
def act(request: HttpRequest, station: Station, pk: int, verb: str) -> HttpResponse:
    """Carry out one tap on one ticket.

    If the tap is refused, the response has the reason and the present board, with status 200 all the same, because htmx
    does not show a response with an error status."""
    # Find the order at any station of the event: it may have moved to another station since the page was rendered.
    order = get_object_or_404(Order.objects.select_related("event", "station"), pk=pk, event=station.event_id)
    if verb not in VERBS:
        raise Http404
    return board_response(request, station, carry_out(verb, _tap(request, order)), about={pk})


def _seen(request: HttpRequest) -> int | None:
    return whole_number(request.headers.get("Seen-Version"))


def _seen_drinks(request: HttpRequest) -> dict[str, str]:
    """Return the digests of the drinks that the tablet showed, by the order's pk as text.

    The header has the form "12=0a1b2c3d,13=…"."""
    pairs = (pair.partition("=") for pair in request.headers.get("Seen-Drinks", "").split(","))
    return {order.strip(): digest.strip() for order, _, digest in pairs}


@at_station(Right.WORK)
@require_POST
def start_batch(request: HttpRequest, station: Station) -> HttpResponse:
    """Start several waiting orders with one tap. Orders that another barista has started meanwhile are skipped."""
    pks = {pk for pk in map(whole_number, request.POST.get("orders", "").split(",")) if pk is not None}
    orders = Order.objects.filter(event=station.event_id, pk__in=pks).select_related("event", "station").order_by("pk")
    said = [carry_out("start", _tap(request, order)) for order in orders]
    lost = [one.text for one in said if one.problem]
    started = len(said) - len(lost)
    text = ngettext("{n} order started.", "{n} orders started.", started).format(n=started)
    return board_response(request, station, TapResult(" ".join([text, *lost]), problem=bool(lost)), about=pks)


@at_station(Right.WORK)
@require_POST
def left_over_closed(request: HttpRequest, station: Station) -> HttpResponse:
    """Close the orders that are left over from an earlier day, at all stations of the event."""
    closed = left_over.close_left_over(station.event, by=user_of(request))
    said = ngettext("{n} order was closed.", "{n} orders were closed.", closed).format(n=closed)
    messages.success(request, f"{said} " + _("History calls them back."))
    return redirect("board", slug=station.slug)


def _tap(request: HttpRequest, order: Order) -> Tap:
    key = request.headers.get("Idempotency-Key", "")[:64] or None
    drinks = _seen_drinks(request).get(str(order.pk), "")
    return Tap(order, user_of(request), key, request.POST, seen=_seen(request), seen_drinks=drinks)


def board_response(request: HttpRequest, station: Station, said: TapResult, *, about: set[int]) -> HttpResponse:
    """Return the current board and a message about the tap. Without JavaScript, redirect to the board's page.

    Tickets of the orders in `about` are sent in full, all others as stubs, because the page already has them."""
    if not by_htmx(request):
        messages.add_message(request, messages.WARNING if said.problem else messages.SUCCESS, said.text)
        return redirect("board", slug=station.slug)
    said_bar = render_to_string("orders/_said.html", {"said": said, "station": station, "oob": True})
    # outbox.js reads this header. A response without the header came from a proxy or a Wi-Fi sign-in page.
    act = "refused" if said.problem else "done"
    return HttpResponse(station_board(station).frame(oob=False).about(about) + said_bar, headers={"Act": act})
