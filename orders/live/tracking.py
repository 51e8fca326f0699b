"""Data of the page on which customers follow their order and its position in the queue.

Queue positions and times are computed for all orders of an event at once, so a thousand open pages take only two SQL
statements. A page is rendered again only when its own order changes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override

from inventory.snapshot import menu_of
from orders.display.cups import cup_of
from orders.display.tickets import lines_from, lines_of
from orders.live.frames import Frame
from orders.messaging import change_requests
from orders.messaging.messages import is_asked
from orders.models import IN_TURN, Order
from orders.requirements import items_of
from orders.routing import wait_of
from orders.statuses import BEING_MADE, NOT_STARTED, OPEN, STATUSES, TO_COLLECT, TO_MAKE, Status
from orders.waits import Wait, hands_on_minutes, until
from stations.models import Event, Station
from stations.money import spoken_amount

#: Maximum number of drinks of an order that the page draws.
MOST_CUPS = 4
#: Maximum number of orders ahead in the queue that the page draws.
MOST_DRAWN = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """The version of an open order, its position in the queue, and the times between which it should be ready."""

    #: Pk of the order's newest OrderEvent. A later version is always larger.
    version: int
    #: Number of orders ahead in the queue; None if the order does not wait in the queue.
    ahead: int | None = None
    #: The order is expected to be ready between these local times, such as "10:25". Both are "" once the order is made.
    #: An order that is held back for later has only `latest`, the wanted time.
    earliest: str = ""
    latest: str = ""
    station: str = ""

    @property
    def queue(self) -> range:
        """Numbers to loop over in the template, one for each order ahead that is drawn, at most MOST_DRAWN."""
        return range(min(self.ahead or 0, MOST_DRAWN))

    @classmethod
    def of(cls, version: int, status: str, wait: Wait, station: Station, event: Event, now: dt.datetime) -> Self:
        if not wait.latest:
            return cls(version)
        if status in NOT_STARTED and not wait.position:
            return cls(version, latest=f"{event.local(wait.span(now)[1]):%H:%M}", station=station.name)
        earliest, latest = (f"{event.local(moment):%H:%M}" for moment in wait.span(now))
        ahead = wait.position - 1 if status in NOT_STARTED and wait.position else None
        return cls(version, ahead, earliest, latest, station.name)


def version_of(order: Order) -> int:
    return order.events.aggregate(newest=Max("pk"))["newest"] or 0


def standing_of(order: Order) -> Standing:
    return Standing.of(version_of(order), order.status, wait_of(order), order.station, order.event, timezone.now())


def standings(event_id: int) -> dict[int, Standing]:
    """Return the Standing of each open order of an event, by the order's pk. Runs two SQL statements for all orders.

    For one order, `orders.routing.wait_of` computes the same wait."""
    now = timezone.now()
    stations = {station.pk: station for station in Station.objects.filter(event=event_id).select_related("event")}
    orders = Order.objects.open().filter(event=event_id, station__in=stations).order_by(*IN_TURN)
    rows = orders.annotate(newest=Max("events"))
    queues: dict[int, list[_Row]] = defaultdict(list)
    for row in rows.values_list("station", "pk", "newest", "status", "minutes", "cups", "held", "wanted_at", "pay_by"):
        queues[row[0]].append(_Row(*row[1:]))
    return {
        row.pk: Standing.of(row.version, row.status, wait, stations[station], stations[station].event, now)
        for station, queue in queues.items()
        for row, wait in _waits(queue, stations[station], now)
    }


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    version: int
    status: str
    minutes: Decimal
    cups: int
    held: bool
    wanted_at: dt.datetime | None
    pay_by: dt.datetime | None

    @property
    def work_left(self) -> Decimal:
        return self.minutes * STATUSES[self.status].work_left


def _waits(queue: list[_Row], station: Station, now: dt.datetime) -> Iterator[tuple[_Row, Wait]]:
    """Yield each order of one station with its wait.

    `queue` has the orders in the sequence of the queue. Before any waiting order, the baristas finish the orders that
    they are making now, so these count as ahead of it."""
    begun = [row.work_left for row in queue if row.status in BEING_MADE]
    ahead, minutes = len(begun), sum(begun, Decimal())
    for row in queue:
        if row.status not in TO_MAKE or row.pay_by:
            yield row, Wait(0, 0, 0)
        elif row.held and row.wanted_at:
            yield row, until(row.wanted_at, now)
        elif row.status in BEING_MADE:
            yield row, Wait.at(station, float(row.work_left), position=0)
        else:
            takes = hands_on_minutes(station, minutes, row.minutes, cups=row.cups)
            yield row, Wait.at(station, takes, position=ahead + 1)
            ahead, minutes = ahead + 1, minutes + row.minutes


def order_of(token: str) -> Order:
    orders = Order.objects.select_related("event", "station", "customer").prefetch_related("items")
    return get_object_or_404(orders, token=token)


def tracking_context(order: Order, language: str) -> dict[str, Any]:
    """Return the template context of the customer's order page. Names of drinks and options are in `language`."""
    wish, said = change_requests.wished(order), list(order.messages.all())
    snapshot, standing = menu_of(order.event), standing_of(order)
    drinks = list(zip(items_of(order), order.items.all(), strict=True))[:MOST_CUPS]
    ended = order.events.filter(verb__in=("cancel", "unpaid")).last() if order.status == Status.CANCELLED else None
    price = spoken_amount(order.price, order.event.currency)
    return {
        "event": order.event,
        "order": order,
        "shown": STATUSES[order.status],
        "to_collect": order.status in TO_COLLECT,
        "path": [(status, STATUSES[status].word) for status in OPEN],
        "lines": lines_of(order, snapshot, language),
        "cups": [(cup_of(snapshot.menu, item), row.made) for item, row in drinks],
        "standing": standing,
        "cancel_reason": gettext(ended.reason) if ended and ended.reason else "",
        "unpaid": ended is not None and ended.verb == "unpaid",
        "to_pay": price if order.pay_by else "",
        "paid": price if order.paid_at else "",
        "wish": None if wish is None else lines_from(wish, snapshot, language),
        "declined": order.status in BEING_MADE and wish is None and _was_declined(order),
        "said": [message for message in said if message.on_page or not message.from_customer],
        "asked": is_asked(order, said),
        "version": standing.version,
    }


def _was_declined(order: Order) -> bool:
    last = order.events.filter(verb__in=("wish", "accept", "decline")).last()
    return last is not None and last.verb == "decline"


def page_of(pk: int, languages: set[str]) -> dict[str, Frame]:
    """Return the order page's fragment for sockets, rendered in each of these languages."""
    order = Order.objects.select_related("event", "station", "customer").prefetch_related("items").get(pk=pk)
    return {language: _page_in(language, order) for language in languages}


def _page_in(language: str, order: Order) -> Frame:
    with override(language):
        context = tracking_context(order, language) | {"oob": True}
        return Frame(str(context["version"]), render_to_string("orders/_tracking.html", context))


def ahead_of(standing: Standing, language: str) -> str:
    """Render the line with the order's queue position.

    This line is the only part of the page that changes because of other orders."""
    with override(language):
        return render_to_string("orders/_ahead.html", {"standing": standing, "oob": True})
