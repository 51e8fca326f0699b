"""The part of the home page that shows one event. It is updated live, as baristas' boards are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from expresso.overview.queries import GATHER, overview_context, overview_version
from orders.hints import home_of
from orders.live.boards import event_state
from orders.live.frames import Board, Look
from orders.models import Order
from orders.statuses import DROPPED
from stations.models import Event


@dataclass(frozen=True, slots=True)
class Today:
    """Numbers of orders and cups that were placed since the event's day began. Cancelled orders are not counted."""

    orders: int
    cups: int


def home_board(event: Event) -> Board:
    return Board(
        name=home_of(event.pk),
        template="overview/_home.html",
        look=lambda: Look(overview_version(event.pk), lambda: home_context(event.pk)),
        gather=GATHER,
    )


def home_context(event_id: int) -> dict[str, Any]:
    now, shown = timezone.now(), overview_context(event_id)
    event = shown["event"]
    return shown | {"today": _today(event, now), "state": event_state(event, event.stations.all(), now)}


def _today(event: Event, now: dt.datetime) -> Today:
    ordered = Order.objects.filter(event=event, placed_at__gte=event.day_began(now), practice=False)
    found = ordered.exclude(status__in=DROPPED).aggregate(orders=Count("pk"), cups=Sum("cups"))
    return Today(found["orders"], found["cups"] or 0)


def first_of(events: Iterable[Event], now: dt.datetime) -> Event | None:
    """Return the event that the home page shows first: an open one, or else the next to open, or else the latest."""
    return min(events, key=lambda event: _rank(event, now), default=None)


def _rank(event: Event, now: dt.datetime) -> tuple[int, float]:
    opens = event.opens_next(now)
    if opens is None:
        # Events that are over come last, beginning with the one that ended most recently.
        return 2, -(event.last_day.toordinal() if event.last_day else 0)
    return (0, 0) if opens == now else (1, opens.timestamp())
