"""The board, the wall and the attendee's order page: find, permit, call, render."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allowed, user_of
from accounts.models import User
from orders import lifecycle, wishes
from orders.boards import Board, station_board, tracking_context, wall
from orders.models import Order, Status
from orders.refusals import TransitionError
from stations.models import Event, Station


@dataclass(frozen=True, slots=True)
class Said:
    """What the last tap did, or why it did nothing; `undo` is the order to take one step back."""

    text: str
    undo: int | None = None
    problem: bool = False


def _start(order: Order, user: User, key: str | None, reason: str) -> str:
    lifecycle.start(order, by=user, key=key)
    return _("{who} is being made.")


def _ready(order: Order, user: User, key: str | None, reason: str) -> str:
    lifecycle.mark_ready(order, by=user, key=key)
    return _("{who} is ready.")


def _collect(order: Order, user: User, key: str | None, reason: str) -> str:
    lifecycle.collect(order, by=user, key=key)
    return _("{who} was collected.")


def _not_collected(order: Order, user: User, key: str | None, reason: str) -> str:
    lifecycle.not_collected(order, by=user, key=key)
    return _("{who} was not collected.")


def _cancel(order: Order, user: User, key: str | None, reason: str) -> str:
    lifecycle.cancel(order, by=user, key=key, reason=reason)
    return _("{who} was cancelled.")


def _undo(order: Order, user: User, key: str | None, reason: str) -> str:
    lifecycle.undo(order, by=user, key=key)
    return _("{who} is back: %s.") % Status(order.status).label.lower()


def _accept(order: Order, user: User, key: str | None, reason: str) -> str:
    wishes.accept(order, by=user, key=key)
    return _("{who} is made as wished.")


def _decline(order: Order, user: User, key: str | None, reason: str) -> str:
    wishes.decline(order, by=user, key=key)
    return _("{who} is made as ordered.")


VERBS: dict[str, Callable[[Order, User, str | None, str], str]] = {
    "start": _start,
    "ready": _ready,
    "collect": _collect,
    "not_collected": _not_collected,
    "cancel": _cancel,
    "undo": _undo,
    "accept": _accept,
    "decline": _decline,
}


@allowed(lambda user: user.sees_boards)
@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    return _live_page(request, station_board(get_object_or_404(Station, slug=slug)), "orders/board.html")


@allowed(lambda user: user.sees_walls)
@require_GET
def wall_page(request: HttpRequest, slug: str) -> HttpResponse:
    return _live_page(request, wall(get_object_or_404(Event, slug=slug)), "orders/wall.html")


def _live_page(request: HttpRequest, shown: Board, page: str) -> HttpResponse:
    """The page with its fragment in it; the fragment alone where the page asks to catch up."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(shown.frame(oob=False).html)
    return render(request, page, shown.context() | {"version": shown.version()})


@allowed(lambda user: user.works_boards)
@require_POST
def act(request: HttpRequest, slug: str, pk: int, verb: str) -> HttpResponse:
    """One tap on one ticket. A race that was lost answers 200 with the board as it is and a sentence."""
    station = get_object_or_404(Station, slug=slug)
    order = get_object_or_404(Order.objects.select_related("event", "station"), pk=pk, station=station)
    if verb not in VERBS:
        raise Http404
    said = _try(order, verb, user_of(request), request)
    if not request.htmx:  # type: ignore[attr-defined]
        messages.add_message(request, messages.WARNING if said.problem else messages.SUCCESS, said.text)
        return redirect("board", slug=slug)
    answer = render_to_string("orders/_said.html", {"said": said, "station": station, "oob": True})
    return HttpResponse(station_board(station).frame(oob=False).html + answer)


def _try(order: Order, verb: str, user: User, request: HttpRequest) -> Said:
    who = f"{order.code} {order.name}".strip()
    key = request.headers.get("Idempotency-Key", "")[:64] or None
    reason = (request.POST.get("reason_text") or request.POST.get("reason") or "").strip()[:120]
    try:
        text = VERBS[verb](order, user, key, reason)
    except TransitionError as lost:
        return Said(_lost(lost, who), problem=True)
    return Said(text.format(who=who), undo=order.pk if verb in lifecycle.STEPS else None)


def _lost(lost: TransitionError, who: str) -> str:
    if lost.verb == "undo":
        return _("{who} cannot be taken back any more.").format(who=who)
    if lost.verb in {"accept", "decline"} and lost.status == Status.MAKING:
        return _("The wish for {who} was already answered.").format(who=who)
    by = lost.by or _("Somebody else")
    states = {
        Status.WAITING: _("{by} put {who} back to waiting."),
        Status.MAKING: _("{by} already started {who}."),
        Status.READY: _("{by} already marked {who} ready."),
        Status.COLLECTED: _("{by} already handed over {who}."),
        Status.NOT_COLLECTED: _("{by} already put {who} aside."),
        Status.CANCELLED: _("{who} was already cancelled."),
    }
    return states[Status(lost.status)].format(by=by, who=who)


@never_cache
@require_GET
def tracking(request: HttpRequest, token: str) -> HttpResponse:
    """The attendee's page: whoever has the token may see the order, and nothing else."""
    orders = Order.objects.select_related("event", "station").prefetch_related("items")
    order = get_object_or_404(orders, token=token)
    page = "orders/_tracking.html" if request.htmx else "orders/tracking.html"  # type: ignore[attr-defined]
    return render(request, page, {"event": order.event} | tracking_context(order))
