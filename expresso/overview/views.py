"""Pages of the live overview: the overview with its buttons, and the page for a text to all customers who wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Right, user_of
from accounts.models import User
from accounts.typed_input import whole_number
from expresso.overview import queries
from expresso.overview.forms import BroadcastForm
from inventory import sold_out
from inventory.models import Drink, Option
from orders import lifecycle
from orders.messaging.messages import NothingToSay
from orders.models import Order
from orders.refusals import Refusal
from orders.statuses import NOT_STARTED
from orders.views.htmx import by_htmx
from sms import broadcasting
from sms.models import Broadcast, Delivery
from stations import pausing
from stations.access import at_event
from stations.models import Event, Station

PAUSES, SLOWER = (5, 10, 15, 30), (0, 2, 5, 10)


@at_event(Right.HELP)
@require_safe
def overview_page(request: HttpRequest, event: Event) -> HttpResponse:
    board = queries.overview(event)
    if by_htmx(request):
        return HttpResponse(board.frame(oob=False).html)
    more = {"parts": _parts(event), "every_station": event.stations.all()}
    return render(request, "overview/live.html", board.page_context() | more)


def _parts(event: Event) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what staff can choose to mark as sold out: the options of each group, and then the drinks.

    Each choice has a form value and a name, such as ("drink 5", "Latte")."""
    options = Option.objects.filter(group__event=event, retired_at=None, group__retired_at=None)
    groups: dict[str, list[tuple[str, str]]] = {}
    for option in options.select_related("group").order_by("group__position", "position", "pk"):
        groups.setdefault(option.group.name, []).append((f"option {option.pk}", option.name))
    drinks = [(f"drink {drink.pk}", drink.name) for drink in Drink.objects.filter(event=event, retired_at=None)]
    return [*groups.items(), ("Drinks", drinks)]


@at_event(Right.WORK)
@require_POST
def overview_act(request: HttpRequest, event: Event, station: str, act: str) -> HttpResponse:
    """Carry out the action of a station's button, such as pausing the station.

    The functions in ACTS are the same as those behind the buttons on the station's tablet."""
    if act not in ACTS:
        raise Http404
    row = get_object_or_404(Station.objects.select_related("event"), event=event, slug=station)
    try:
        said = ACTS[act](row, request, user_of(request))
    except ValueError:
        messages.warning(request, "That was not understood; nothing was changed. Choose again.")
    else:
        messages.success(request, said)
    return redirect("live", event.slug)


def _pause(station: Station, request: HttpRequest, by: User) -> str:
    minutes = _one_of(request, "minutes", PAUSES)
    until = timezone.now() + dt.timedelta(minutes=minutes)
    pausing.pause(station, until=until, by=by)
    return f"{station}: no new orders until {station.event.local(until):%H:%M}."


def _resume(station: Station, request: HttpRequest, by: User) -> str:
    pausing.resume(station, by=by)
    return f"{station} takes orders again."


def _slow_down(station: Station, request: HttpRequest, by: User) -> str:
    minutes = _one_of(request, "minutes", SLOWER)
    pausing.slow_down(station, minutes=minutes, by=by)
    return f"{station}: {minutes} minutes are added to every wait." if minutes else f"{station} quotes waits as usual."


def _open(station: Station, request: HttpRequest, by: User) -> str:
    pausing.set_open(station, is_open=True, by=by)
    return f"{station} is open."


def _close(station: Station, request: HttpRequest, by: User) -> str:
    pausing.set_open(station, is_open=False, by=by)
    return f"{station} is closed: it makes what it has, and gets no new orders."


def _move(station: Station, request: HttpRequest, by: User) -> str:
    """Move waiting orders to another station. Orders that the other station cannot make stay."""
    to = queries.station_with(station.event, request.POST.get("to", ""))
    if to is None or to == station:
        raise ValueError
    moved = stayed = 0
    for order in Order.objects.at(station).filter(status__in=NOT_STARTED).select_related("event", "station"):
        try:
            lifecycle.move(order, to=to, by=by)
        except Refusal:
            stayed += 1
        else:
            moved += 1
    said = f"{moved} orders moved to {to}." if moved != 1 else f"1 order moved to {to}."
    return f"{said} {stayed} stayed: {to} cannot make them, or is not open." if stayed else said


def _one_of(request: HttpRequest, name: str, allowed: tuple[int, ...]) -> int:
    number = whole_number(request.POST.get(name))
    if number not in allowed:
        raise ValueError
    return number


ACTS: dict[str, Callable[[Station, HttpRequest, User], str]] = {
    "pause": _pause,
    "resume": _resume,
    "slow-down": _slow_down,
    "open": _open,
    "close": _close,
    "move": _move,
}


@at_event(Right.WORK)
@require_POST
def sell_out_today(request: HttpRequest, event: Event) -> HttpResponse:
    """Mark a drink or an option as sold out until the end of the day, at one station or at all stations."""
    kind, _space, pk = request.POST.get("part", "").partition(" ")
    number = whole_number(pk) or 0
    part: Any = (
        Drink.objects.filter(pk=number, event=event).first()
        if kind == "drink"
        else Option.objects.filter(pk=number, group__event=event).first()
    )
    where = request.POST.get("station", "")
    stations = [station for station in event.stations.all() if where in ("", station.slug)]
    if part is None or not stations:
        messages.warning(request, "Nothing was sold out: choose a drink or an option, and a station.")
        return redirect("live", event.slug)
    sold_out.sell_out(stations, part, until=event.end_of_day(timezone.now()), by=user_of(request))
    messages.success(request, f"{part} is sold out today at {', '.join(map(str, stations))}.")
    return redirect("live", event.slug)


@at_event(Right.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def broadcast_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Show the form of a text to all customers who wait, preview the text, and send it."""
    form = BroadcastForm(request.POST or None, event=event)
    context: dict[str, Any] = {"event": event, "form": form, "sent": _sent(event), "key": get_random_string(16)}
    if form.is_bound and form.is_valid():
        try:
            context["plan"] = plan = broadcasting.plan(event, **form.message)
        except NothingToSay:
            form.add_error("text", "Write what they should read.")
        else:
            if request.POST.get("step") == "send" and plan.letters:
                return _send(request, event, form)
            price = form.cleaned_data["price"]
            context |= {"examples": plan.letters[:3], "cost": plan.cost(price) if price else None}
    return render(request, "overview/broadcast.html", context)


def _send(request: HttpRequest, event: Event, form: BroadcastForm) -> HttpResponse:
    key = f"{event.pk}-{request.POST.get('key', '')[:40]}"
    _row, planned = broadcasting.send_broadcast(event, by=user_of(request), key=key, **form.message)
    if planned is None:
        messages.warning(request, "This was sent already, and is not sent twice.")
    else:
        messages.success(request, f"On its way to {len(planned.letters)} people. It can be stopped below.")
    return redirect("broadcast", event.slug)


def _sent(event: Event) -> Any:
    """Return the ten latest broadcasts. Each has the number of its texts (`count`), of sent texts (`done`), and of
    texts that are still to be sent (`left`)."""
    done = Count("texts", filter=Q(texts__status__in=(Delivery.SENT, Delivery.DELIVERED)))
    left = Count("texts", filter=Q(texts__status__in=(Delivery.QUEUED, Delivery.SENDING)))
    rows = Broadcast.objects.filter(event=event).select_related("by", "station")
    return rows.annotate(done=done, left=left, count=Count("texts"))[:10]


@at_event(Right.MANAGE)
@require_POST
def stop_broadcast(request: HttpRequest, event: Event, broadcast: int) -> HttpResponse:
    row = get_object_or_404(Broadcast.objects.select_related("event"), pk=broadcast, event=event)
    unsent = broadcasting.stop(row, by=user_of(request))
    messages.success(request, f"Stopped: {unsent} texts are not sent.")
    return redirect("broadcast", event.slug)
