"""The history of a station's or an event's orders, newest first, with a search.

An order that was closed recently can be put back on the board from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import search
from accounts.access import Right, user_of
from accounts.typed_input import whole_number
from inventory.snapshot import menu_of
from orders.display.tickets import TicketLine, lines_of
from orders.lifecycle import is_past_recall
from orders.models import Order, OrderItem
from orders.statuses import OPEN, Status
from orders.views.board_actions import Tap, TapResult, carry_out
from orders.views.htmx import by_htmx
from stations.access import at_station
from stations.models import Station

PAGE = 30
#: Maximum number of search words. Further words are ignored.
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Search:
    words: str = ""
    status: str = ""
    #: True to search all stations of the event, not only this one.
    everywhere: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        # PostgreSQL refuses text with NUL characters.
        words = " ".join(given.get("q", "").replace("\0", "").split()[:MOST_WORDS])[:80]
        status = given.get("status", "")
        return cls(words, status if status in Status.values else "", given.get("where") == "event")

    @property
    def query(self) -> str:
        given = {"q": self.words, "status": self.status, "where": "event" if self.everywhere else ""}
        return urlencode({name: value for name, value in given.items() if value})

    def orders(self, station: Station) -> QuerySet[Order]:
        """Return the orders that have the wanted status and match every search word, newest first."""
        orders = Order.objects.filter(event=station.event_id) if self.everywhere else Order.objects.at(station)
        orders = orders.filter(Q(practice=False) | Q(closed_at=None))
        if self.status:
            orders = orders.filter(status=self.status)
        return with_words(orders, self.words.split()).order_by("-placed_at", "-pk")


def with_words(orders: QuerySet[Order], words: Sequence[str]) -> QuerySet[Order]:
    """Return the orders that have every word: as the start of the code, within the name, or within the name of a drink.

    Only the newest orders are searched, because each name has to be decrypted."""
    if not words:
        return orders
    items = OrderItem.objects.filter(order=OuterRef("pk"))
    if oldest := list(orders.order_by("-pk").values_list("pk", flat=True)[search.MOST : search.MOST + 1]):
        # Look only at items of these newest orders. Otherwise PostgreSQL would read all items that were ever ordered of
        # a drink.
        orders, items = orders.filter(pk__gt=oldest[0]), items.filter(order__gt=oldest[0])
    named = search.containing(orders, ("name",), words)
    for word in words:
        drinks = items.filter(drink_name__icontains=word)
        orders = orders.filter(Q(code__istartswith=word) | Q(pk__in=named[word]) | Exists(drinks))
    # Read the primary keys of all found orders. Otherwise PostgreSQL would go through the event's orders by time and
    # check each until a page is full.
    return Order.objects.filter(pk__in=list(orders.order_by().values_list("pk", flat=True)))


@dataclass(frozen=True, slots=True)
class Past:
    pk: int
    code: str
    name: str
    status: str
    outcome: str
    version: int
    placed_at: dt.datetime
    is_today: bool
    station: str
    lines: tuple[TicketLine, ...]
    can_be_recalled: bool


@at_station(Right.WATCH)
@require_safe
def history(request: HttpRequest, station: Station) -> HttpResponse:
    """Show the history page. For htmx, return only the next orders, which follow the order `before`."""
    search = Search.of(request.GET)
    before = whole_number(request.GET.get("before"))
    page = "orders/_found.html" if by_htmx(request) else "orders/history.html"
    return render(request, page, _context(station, search) | _found(station, search, before))


@at_station(Right.WORK)
@require_POST
def recall(request: HttpRequest, station: Station, pk: int) -> HttpResponse:
    """Undo the end of an order that was closed recently. Return the order's row for the page."""
    search = Search.of(request.GET)
    order = get_object_or_404(Order.objects.select_related("event", "station"), pk=pk, event=station.event_id)
    seen = whole_number(request.POST.get("seen"))
    if seen is None:
        seen = order.version
    said = carry_out("undo", Tap(order, user_of(request), f"recall-{seen}", request.POST, seen=seen))
    if not by_htmx(request):
        messages.add_message(request, messages.WARNING if said.problem else messages.SUCCESS, said.text)
        return redirect(f"{reverse('history', args=[station.slug])}?{search.query}")
    return render(request, "orders/_past.html", _context(station, search) | _row(order, said))


def _context(station: Station, search: Search) -> dict[str, Any]:
    return {"station": station, "event": station.event, "search": search, "statuses": Status.choices}


def _found(station: Station, search: Search, before: int | None) -> dict[str, Any]:
    """Return one page of orders. It begins after the order with the primary key `before`.

    Pages are not numbered, because each new order would move all later ones by one place."""
    orders = search.orders(station)
    if before is not None:
        last = get_object_or_404(Order, pk=before, event=station.event_id)
        # The rest of the filter already implies the condition `placed_at__lte`. With it, the database can begin in the
        # middle of its index.
        orders = orders.filter(Q(placed_at__lt=last.placed_at) | Q(pk__lt=last.pk), placed_at__lte=last.placed_at)
    rows = list(orders.select_related("station").prefetch_related("items")[: PAGE + 1])
    return {
        "found": [_past(order, station) for order in rows[:PAGE]],
        "before": before,
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
    }


def _row(order: Order, said: TapResult) -> dict[str, Any]:
    now = Order.objects.select_related("event", "station").prefetch_related("items").get(pk=order.pk)
    return {"past": _past(now, now.station), "said": said}


def _past(order: Order, station: Station) -> Past:
    event, now = station.event, timezone.now()
    return Past(
        pk=order.pk,
        code=order.code,
        name=order.name,
        status=order.status,
        outcome=str(Status(order.status).label),
        version=order.version,
        placed_at=order.placed_at,
        is_today=event.day_of(order.placed_at) == event.day_of(now),
        station=order.station.name,
        lines=lines_of(order, menu_of(event)),
        can_be_recalled=order.status not in OPEN and not is_past_recall(order, now),
    )
