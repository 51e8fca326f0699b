"""Cup labels, one for each cup of an order. A label never contains a phone number."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import Right, user_of
from accounts.preferences import CHOICES
from inventory.snapshot import menu_of
from orders.display.tickets import Difference, TicketLine, lines_of
from orders.models import Order
from stations.access import at_station
from stations.models import Station


@dataclass(frozen=True, slots=True)
class Label:
    code: str
    #: `number` is the number of this cup, counted from 1. `of` is how many cups the order has.
    number: int
    of: int
    #: The name for this cup, or else the name of the order, or else "".
    whose: str
    drink: str
    #: The options that differ from the drink's defaults, milk first.
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    station: str
    #: Time of the order in the event's time zone, such as "10:25".
    time: str


def labels_of(order: Order) -> tuple[Label, ...]:
    """Return one label per cup, in the sequence of the ticket's lines."""
    cups = [line for line in lines_of(order, menu_of(order.event)) for _ in range(line.quantity)]
    return tuple(_label(order, line, number, of=len(cups)) for number, line in enumerate(cups, start=1))


def _label(order: Order, line: TicketLine, number: int, *, of: int) -> Label:
    return Label(
        code=order.code,
        number=number,
        of=of,
        whose=line.name or order.name,
        drink=line.drink,
        differences=line.differences,
        notes=tuple(filter(None, (line.note, order.note))),
        station=order.station.name,
        time=f"{order.event.local(order.placed_at):%H:%M}",
    )


SIZES = CHOICES["label_size"]
#: Label sizes in words. The buttons in templates/orders/_shift.html have shorter words.
NAMES = {size: f"{size.replace('x', ' × ')} mm" if "x" in size else f"{size} mm roll" for size in SIZES}


@at_station(Right.WORK)
@require_GET
def labels(request: HttpRequest, station: Station, pk: int) -> HttpResponse:
    """Show an order's labels, to be printed from the browser, in the requested or else the user's preferred size."""
    # Look the order up by event, because the order may have moved to another station since the page was opened.
    order = get_object_or_404(Order.objects.select_related("event", "station"), pk=pk, event=station.event_id)
    asked, preferred = request.GET.get("size"), user_of(request).preferences.get("label_size")
    context = {
        "station": station,
        "order": order,
        "labels": labels_of(order),
        "size": next((size for size in (asked, preferred) if size in SIZES), SIZES[0]),
        "sizes": NAMES.items(),
        "for_once": asked is not None,
    }
    return render(request, "orders/labels.html", context)
