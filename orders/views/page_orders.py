"""The bar's page for orders from the order page and the kiosk.

Staff can switch these pages off here, and cancel many made-up orders from one network together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import Right, user_of
from accounts.models import User, record
from accounts.typed_input import whole_number
from orders import lifecycle
from orders.live.boards import FROM_ONE_NETWORK
from orders.models import Order
from orders.refusals import Refusal
from orders.statuses import NOT_STARTED, TO_MAKE
from stations.access import at_station
from stations.models import Event, Station

#: Orders from one network are listed together here only if at least this many wait. Fewer can be cancelled on their
#: tickets.
FEWEST = 3
SWITCHES = {"web": "web_orders", "kiosk": "kiosk_orders"}


@dataclass(frozen=True, slots=True)
class Heap:
    """Orders from one network that no barista has started, the oldest first."""

    orders: tuple[Order, ...]

    @property
    def cups(self) -> int:
        return sum(order.cups for order in self.orders)


def heaps_of(event: Event) -> list[Heap]:
    """Return the event's groups of waiting orders by network, the group with the most drinks first."""
    waiting = Order.objects.filter(event=event, status__in=NOT_STARTED).exclude(network="")
    found: dict[str, list[Order]] = {}
    for order in waiting.select_related("station").prefetch_related("items").order_by("placed_at", "pk"):
        found.setdefault(order.network, []).append(order)
    heaps = [Heap(tuple(orders)) for orders in found.values() if len(orders) >= FEWEST]
    return sorted(heaps, key=lambda heap: -heap.cups)


@at_station(Right.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def page_orders(request: HttpRequest, station: Station) -> HttpResponse:
    if request.method != "POST":
        return render(request, "orders/page_orders.html", _context(station))
    step, _space, page = request.POST.get("step", "").partition(" ")
    if step in ("on", "off") and page in SWITCHES:
        messages.success(request, _switch(station.event, page, is_on=step == "on", by=user_of(request)))
    elif step == "drop":
        _drop(request, station.event)
    return redirect("page-orders", slug=station.slug)


def _context(station: Station) -> dict[str, Any]:
    event = station.event
    making = Order.objects.filter(event=event, status__in=TO_MAKE).exclude(network="").count()
    return {"station": station, "event": event, "heaps": heaps_of(event), "from_pages": making}


def _switch(event: Event, page: str, *, is_on: bool, by: User) -> str:
    was, field = getattr(event, SWITCHES[page]), SWITCHES[page]
    Event.objects.filter(pk=event.pk).update(**{field: is_on})
    act = "switched on" if is_on else "switched off"
    record(act, f"{page} orders at {event}", by=by, event=event.pk, changes={field: (was, is_on)})
    if page == "web":
        return _("The order page takes orders again.") if is_on else _("The order page takes no orders.")
    return _("The kiosk takes orders again.") if is_on else _("The kiosk takes no orders.")


def _drop(request: HttpRequest, event: Event) -> None:
    """Cancel those of the posted orders that are still waiting. Orders that a barista has started are kept."""
    pks = {pk for pk in map(whole_number, request.POST.getlist("order")) if pk is not None}
    dropped = 0
    for order in Order.objects.filter(event=event, pk__in=pks, status__in=NOT_STARTED).select_related(
        "event", "station"
    ):
        try:
            lifecycle.cancel(order, by=user_of(request), reason=FROM_ONE_NETWORK)
        except Refusal:
            continue
        dropped += 1
    said = ngettext("{n} order was dropped.", "{n} orders were dropped.", dropped).format(n=dropped)
    if dropped < len(pks):
        said += " " + _("All others were started meanwhile, or are over.")
    messages.success(request, said + " " + _("History calls them back."))
