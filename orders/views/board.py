"""The board and the wall: find, permit, call, render."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allowed, user_of
from accounts.typed_input import whole_number
from orders.display.page_language import tongue
from orders.live.boards import station_board, wall
from orders.live.frames import Board
from orders.models import Order
from orders.views.board_actions import VERBS, Said, Tap, carry_out
from orders.views.htmx import by_htmx
from orders.views.posters import showing_logo
from stations.models import Event, Station


@allowed(lambda user: user.sees_boards)
@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    return _live_page(request, station_board(get_object_or_404(Station, slug=slug)), "orders/board.html")


@allowed(lambda user: user.sees_walls)
@require_GET
def wall_page(request: HttpRequest, slug: str) -> HttpResponse:
    return _wall_page(request, get_object_or_404(Event, slug=slug))


@allowed(lambda user: user.sees_walls)
@require_GET
def station_wall(request: HttpRequest, slug: str) -> HttpResponse:
    """For a bar with a screen of its own."""
    station = get_object_or_404(Station.objects.select_related("event"), slug=slug)
    return _wall_page(request, station.event, station)


def _wall_page(request: HttpRequest, event: Event, only: Station | None = None) -> HttpResponse:
    with override(tongue(event)):
        return showing_logo(_live_page(request, wall(event, only), "orders/wall.html"), event)


def _live_page(request: HttpRequest, shown: Board, page: str) -> HttpResponse:
    """The page with its fragment in it; the fragment alone where the page asks to catch up."""
    if by_htmx(request):
        return HttpResponse(shown.frame(oob=False).html)
    # The version first: what changes in between shows with the socket.
    return render(request, page, {"version": shown.version()} | shown.context())


@allowed(lambda user: user.works_boards)
@require_POST
def act(request: HttpRequest, slug: str, pk: int, verb: str) -> HttpResponse:
    """One tap on one ticket. A race that was lost answers 200 with the board as it is and a sentence."""
    station = get_object_or_404(Station, slug=slug)
    # Of the event: a tap that was sent before the order moved to another station still finds it.
    order = get_object_or_404(Order.objects.select_related("event", "station"), pk=pk, event=station.event_id)
    if verb not in VERBS:
        raise Http404
    return answer(request, station, carry_out(verb, _tap(request, order)), about={pk})


def _seen(request: HttpRequest) -> int | None:
    return whole_number(request.headers.get("Seen-Version"))


@allowed(lambda user: user.works_boards)
@require_POST
def start_batch(request: HttpRequest, slug: str) -> HttpResponse:
    """Start several waiting orders with one tap; one that somebody else started meanwhile is left alone."""
    station = get_object_or_404(Station, slug=slug)
    pks = {pk for pk in map(whole_number, request.POST.get("orders", "").split(",")) if pk is not None}
    orders = Order.objects.filter(event=station.event_id, pk__in=pks).select_related("event", "station").order_by("pk")
    said = [carry_out("start", _tap(request, order)) for order in orders]
    lost = [one.text for one in said if one.problem]
    started = len(said) - len(lost)
    text = ngettext("{n} order started.", "{n} orders started.", started).format(n=started)
    return answer(request, station, Said(" ".join([text, *lost]), problem=bool(lost)), about=pks)


def _tap(request: HttpRequest, order: Order) -> Tap:
    key = request.headers.get("Idempotency-Key", "")[:64] or None
    return Tap(order, user_of(request), key, request.POST, seen=_seen(request))


def answer(request: HttpRequest, station: Station, said: Said, *, about: set[int]) -> HttpResponse:
    """The board as it is now, and the sentence; without JavaScript, the way back to the page that shows both."""
    if not by_htmx(request):
        messages.add_message(request, messages.WARNING if said.problem else messages.SUCCESS, said.text)
        return redirect("board", slug=station.slug)
    answer = render_to_string("orders/_said.html", {"said": said, "station": station, "oob": True})
    # The outbox tells by this header that the answer is ours and not a gateway's, and how it went.
    act = "refused" if said.problem else "done"
    return HttpResponse(station_board(station).frame(oob=False).about(about) + answer, headers={"Act": act})
