"""An order as whoever ordered it follows it: its page, and how it stands among the others.

What others' doings change (how many stand before it, when it will be ready) is counted for all orders of an event at
once: a thousand open pages cost two statements, and only the page whose order itself moved is rendered again."""

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
from orders import change_requests
from orders.display.tickets import lines_from, lines_of
from orders.live.frames import Frame
from orders.messaging.messages import is_asked
from orders.models import Order, Status
from orders.routing import Wait, minutes_until_ready, wait_of
from stations.models import Event, Station


@dataclass(frozen=True, slots=True)
class Standing:
    """An open order's version and, while it is to be made, what is ahead of it."""

    #: The number of its newest fact, which never goes back.
    version: int
    #: Orders before it; None once it is being made.
    ahead: int | None = None
    #: When it will be ready, by the event's clock; "" once there is nothing to wait for.
    earliest: str = ""
    latest: str = ""
    station: str = ""

    @classmethod
    def of(cls, version: int, status: str, wait: Wait, station: Station, event: Event, now: dt.datetime) -> Self:
        if not wait.latest:
            return cls(version)
        earliest, latest = (f"{event.local(moment):%H:%M}" for moment in wait.span(now))
        ahead = wait.position - 1 if status == Status.WAITING else None
        return cls(version, ahead, earliest, latest, station.name)


def version_of(order: Order) -> int:
    return order.events.aggregate(newest=Max("pk"))["newest"] or 0


def standing_of(order: Order) -> Standing:
    """One order's, as `standings` has it."""
    return Standing.of(version_of(order), order.status, wait_of(order), order.station, order.event, timezone.now())


def standings(event_id: int) -> dict[int, Standing]:
    """Every open order of the event, in two statements; `wait_of` for all of them."""
    now = timezone.now()
    stations = {station.pk: station for station in Station.objects.filter(event=event_id).select_related("event")}
    orders = Order.objects.open().filter(station__in=stations).order_by("placed_at", "pk")
    rows = orders.annotate(newest=Max("events"))
    queues: dict[int, list[_Row]] = defaultdict(list)
    for row in rows.values_list("station", "pk", "newest", "status", "minutes", "cups"):
        queues[row[0]].append(_Row(*row[1:]))
    return {
        row.pk: Standing.of(row.version, row.status, wait, stations[station], stations[station].event, now)
        for station, queue in queues.items()
        for row, wait in _waits(queue, stations[station])
    }


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    version: int
    status: str
    minutes: Decimal
    cups: int


def _waits(queue: list[_Row], station: Station) -> Iterator[tuple[_Row, Wait]]:
    """The station's orders, oldest first: what is being made counts before all that waits."""
    making = [row for row in queue if row.status == Status.MAKING]
    ahead, minutes = len(making), sum((row.minutes for row in making), Decimal()) / 2
    for row in queue:
        match row.status:
            case Status.WAITING:
                takes = minutes_until_ready(station, minutes, row.minutes, cups=row.cups)
                yield row, Wait.of(takes, position=ahead + 1)
                ahead, minutes = ahead + 1, minutes + row.minutes
            case Status.MAKING:
                yield row, Wait.of(float(row.minutes) / 2, position=0)
            case _:
                yield row, Wait(0, 0, 0)


def order_of(token: str) -> Order:
    orders = Order.objects.select_related("event", "station", "customer").prefetch_related("items")
    return get_object_or_404(orders, token=token)


def tracking_context(order: Order, language: str) -> dict[str, Any]:
    """What an attendee sees of their own order, the menu's names in that language."""
    wish, said = change_requests.wished(order), list(order.messages.all())
    snapshot, standing = menu_of(order.event), standing_of(order)
    cancelled = order.events.filter(verb="cancel").last() if order.status == Status.CANCELLED else None
    return {
        "event": order.event,
        "order": order,
        "lines": lines_of(order, snapshot, language),
        "standing": standing,
        "cancel_reason": gettext(cancelled.reason) if cancelled and cancelled.reason else "",
        "wish": None if wish is None else lines_from(wish, snapshot, language),
        "declined": order.status == Status.MAKING and wish is None and _was_declined(order),
        "said": said,
        "asked": is_asked(order, said),
        "version": standing.version,
    }


def _was_declined(order: Order) -> bool:
    last = order.events.filter(verb__in=("wish", "accept", "decline")).last()
    return last is not None and last.verb == "decline"


def page_of(pk: int, languages: set[str]) -> dict[str, Frame]:
    """The order's whole fragment for its socket, in each of the languages that somebody follows it in."""
    order = Order.objects.select_related("event", "station", "customer").prefetch_related("items").get(pk=pk)
    return {language: _page_in(language, order) for language in languages}


def _page_in(language: str, order: Order) -> Frame:
    with override(language):
        context = tracking_context(order, language) | {"oob": True}
        return Frame(str(context["version"]), render_to_string("orders/_tracking.html", context))


def ahead_of(standing: Standing, language: str) -> str:
    """The one line that changes because of others."""
    with override(language):
        return render_to_string("orders/_ahead.html", {"standing": standing, "oob": True})
