"""Data of a station's board and of the wall display, the screen for customers.

The page, the socket and the response to a tap show the same data, which is read from the database. A board's version
changes whenever something changes that the board shows. It is quick to read, so at each heartbeat only the version is
read and compared, and the board is rendered only if the version is new."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import Case, F, Max, Q, QuerySet, Sum, When
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from accounts.phones import grouped_number
from orders.display.example_order import example_with_name
from orders.display.page_language import language_for
from orders.display.tickets import Seen, VoidLabels, batches, tickets_of
from orders.hints import name_of, wall_of
from orders.lifecycle import RECALL
from orders.live.frames import GATHER_FOR_CUSTOMERS, Board, Look
from orders.messaging.messages import Talk, talks_at
from orders.messaging.texting import texting
from orders.models import IN_TURN, Order, OrderEvent
from orders.printing.jobs import printers_at, void_labels_at
from orders.routing import wait_now
from orders.statements import workload_of
from orders.statuses import DROPPED, NOT_STARTED, OPEN, TO_COLLECT, TO_MAKE, Status
from orders.upkeep.left_over import left_before
from stations.models import Event, Station

#: Reasons that complete "Sorry, we can't make your …: <reason>"; translated when the customer is texted.
CANCEL_REASONS = (
    _("we are out of an ingredient"),
    _("the machine is down"),
    _("we could not find you"),
    _("it was a duplicate"),
)
#: The cancel reason of orders that are cancelled together on the page of `orders.views.page_orders`.
FROM_ONE_NETWORK = _("too much was ordered from one network")
#: Maximum number of orders that a board shows. Nobody reads a longer queue to its end.
MOST_TICKETS = 300


@dataclass(frozen=True, slots=True)
class Finished:
    pk: int
    code: str
    name: str
    status: str
    version: int
    outcome: str
    finished_at: dt.datetime


def station_board(station: Station) -> Board:
    return Board(
        name=name_of(station),
        template="orders/_board.html",
        look=lambda: station_look(station.pk),
    )


def wall(event: Event, only: Station | None = None) -> Board:
    """Return the wall display of an event, or of a single station (`only`)."""
    at = only.pk if only else None
    return Board(
        name=wall_of(only) if only else name_of(event),
        template="orders/_wall.html",
        look=lambda: wall_look(event.pk, at),
        gather=GATHER_FOR_CUSTOMERS,
    )


def _on_board(station: Station, now: dt.datetime) -> QuerySet[Order]:
    """Return the orders for the board: started ones, then waiting ones, then closed ones that can still be put back.

    The board shows at most MOST_TICKETS. If there are more, the closed ones at the end are left out first."""
    lately = Q(closed_at__gt=now - RECALL, practice=False)
    shown = Order.objects.in_queue().filter(Q(status__in=OPEN) | lately, event=station.event_id, station=station)
    waits = Case(When(status__in=NOT_STARTED, then=1), default=0)
    return shown.order_by(F("closed_at").desc(nulls_first=True), waits, *IN_TURN)


def station_look(station_id: int) -> Look:
    now = timezone.now()
    station = Station.objects.select_related("event").get(pk=station_id)
    rows = list(_on_board(station, now).values(*_ROW)[:MOST_TICKETS])
    printers = printers_at(station_id, now)
    talks, void_labels = talks_at(station), void_labels_at(station_id) if printers else {}
    calls = texting().calls(station)
    version = _version(
        [(row["pk"], row["version"]) for row in rows],
        talks,
        printers,
        void_labels,
        calls,
        _facts(station, now),
        _facts(station.event, now),
        _left_over(rows, station.event, now),
    )

    def context() -> dict[str, Any]:
        return _station_context(station, now, rows, talks, void_labels) | {"printers": printers, "calls": calls}

    return Look(version, context)


def _station_context(
    station: Station,
    now: dt.datetime,
    rows: Sequence[Mapping[str, Any]],
    talks: Mapping[int, Talk],
    void_labels: Mapping[int, VoidLabels],
) -> dict[str, Any]:
    event = station.event
    still_open = [row for row in rows if row["status"] in OPEN]
    seen = [
        Seen(
            pk=row["pk"],
            version=row["version"],
            placed_at=row["placed_at"],
            maker=row["maker__first_name"],
            talk=talks.get(row["pk"], Talk()),
            void_labels=void_labels.get(row["pk"]),
        )
        for row in still_open
    ]
    tickets = tickets_of(seen, station)
    pauses = [until for until in (_ahead(station.paused_until, now), _ahead(event.paused_until, now)) if until]
    full = len(tickets) == MOST_TICKETS
    columns = [(str(status), Status(status).label, [t for t in tickets if t.status == status]) for status in OPEN]
    return {
        "event": event,
        "station": station,
        "paused_until": max(pauses, default=None),
        "today": _today(station, now),
        "unseen": Order.objects.open().in_queue().at(station).count() - len(tickets) if full else 0,
        "elsewhere": [other for other in event.stations.all() if other.pk != station.pk],
        "batches": batches(tickets),
        "columns": columns,
        "rush": _rush(Counter(ticket.status for ticket in tickets)),
        "recent": [_finished(row) for row in rows if row["status"] not in OPEN],
        "left_over": _left_over(still_open, event, now),
        "opens": event.opens_next(now),
        "heap": _largest_heap(rows),
        "cancel_reasons": CANCEL_REASONS,
    }


@dataclass(frozen=True, slots=True)
class MadeToday:
    """How many cups a station has made since the event's day began, and how long customers waited for them. Both change
    only when an order becomes ready."""

    cups: int
    #: Average minutes from placing to ready, over the LAST orders that became ready; None if none has been made.
    wait: int | None


#: Number of orders that the average wait is computed from.
LAST = 10


def _today(station: Station, now: dt.datetime) -> MadeToday:
    made = Order.objects.filter(
        event=station.event_id,
        station=station,
        placed_at__gte=station.event.day_began(now),
        ready_at__isnull=False,
        practice=False,
    ).exclude(status__in=DROPPED)
    cups = made.aggregate(cups=Sum("cups"))["cups"] or 0
    last = made.order_by("-ready_at").values_list("placed_at", "ready_at")[:LAST] if cups else []
    waits = [(ready - placed).total_seconds() / 60 for placed, ready in last if ready]
    return MadeToday(cups, round(sum(waits) / len(waits)) if waits else None)


#: Columns that are read for all orders whenever a board is rendered. For an unchanged order, all else comes from the
#: cached ticket (`tickets_of`).
_ROW = ("pk", "version", "status", "code", "name", "placed_at", "closed_at", "maker__first_name", "network", "cups")
#: A board warns if this many waiting drinks or more come from one network. For one barista, orders from the network are
#: refused only a little later, above `orders.limits.CUPS_OF_NETWORK` drinks.
HEAP = 15
#: From MANY_WAIT waiting tickets on, a tablet shows them denser and in two columns. From MANY_MADE orders being made
#: on, there is no room for a second column.
MANY_WAIT, MANY_MADE = 7, 5


def _rush(tickets: Counter[str]) -> str:
    """Return how a tablet lays out the waiting tickets.

    "" is the normal layout, "dense" is denser in one column, and "wide" is denser in two columns."""
    if tickets[Status.WAITING] < MANY_WAIT:
        return ""
    return "dense" if tickets[Status.MAKING] >= MANY_MADE else "wide"


def _finished(row: Mapping[str, Any]) -> Finished:
    outcome = Status(row["status"]).label.lower()
    return Finished(row["pk"], row["code"], row["name"], row["status"], row["version"], outcome, row["closed_at"])


def _largest_heap(rows: Iterable[Mapping[str, Any]]) -> int:
    """Return how many waiting drinks come from the network with the most of them; 0 if there are fewer than HEAP."""
    cups: Counter[str] = Counter()
    for row in rows:
        if row["status"] in NOT_STARTED and row["network"]:
            cups[row["network"]] += row["cups"]
    most = max(cups.values(), default=0)
    return most if most >= HEAP else 0


def _left_over(rows: Iterable[Mapping[str, Any]], event: Event, now: dt.datetime) -> int:
    before = left_before(event, now)
    return sum(row["status"] in OPEN and row["placed_at"] < before for row in rows)


def _on_wall(event: Event, at: int | None) -> QuerySet[Order]:
    orders = Order.objects.open().in_queue().filter(event=event).order_by("placed_at", "pk")
    return orders.filter(station=at) if at else orders


#: The columns of an order that a wall display needs. Other columns are not read.
_ON_WALL = ("code", "name", "status", "placed_at", "ready_at", "call_name", "event", "station__name")


def wall_look(event_id: int, at: int | None = None) -> Look:
    now = timezone.now()
    event = Event.objects.get(pk=event_id)
    orders = _on_wall(event, at).values_list("pk", "version")
    stations = [_facts(station, now) for station in event.stations.all()]
    version = _version(list(orders[:MOST_TICKETS]), stations, _facts(event, now))
    return Look(version, lambda: _wall_context(event, at, now))


def _wall_context(event: Event, at: int | None, now: dt.datetime) -> dict[str, Any]:
    queues = [queue for queue in workload_of(event).queues if at in (None, queue.station.pk)]
    stations = [queue.station for queue in queues]
    orders = list(_on_wall(event, at).select_related("station").only(*_ON_WALL)[:MOST_TICKETS])
    language = language_for(event)
    example = example_with_name(event, language)
    ready = [order for order in orders if order.status in TO_COLLECT]
    return {
        "event": event,
        "stations": [station.name for station in stations],
        "only": stations[0] if at and stations else None,
        "preparing": [order for order in orders if order.status in TO_MAKE],
        "ready": sorted(ready, key=lambda order: order.ready_at or now, reverse=True),
        "wait": wait_now(queues, now) if example else None,
        "language": language,
        "example": example,
        "how_to_order": grouped_number(event.sms_number or event.whatsapp_number or ""),
        "state": event_state(event, stations, now),
    }


@dataclass(frozen=True, slots=True)
class EventState:
    """Whether an event takes orders.

    `kind` is "open", "paused", "closed", or "off" if staff switched the order page off. `until` is when the event takes
    orders again; None if that is not known."""

    kind: str
    until: dt.datetime | None = None


def event_state(event: Event, stations: Sequence[Station], now: dt.datetime) -> EventState:
    if not event.is_open(now):
        paused = bool(_ahead(event.paused_until, now))
        return EventState("paused" if paused else "closed", event.opens_next(now))
    if any(station.takes_orders(now) for station in stations):
        return EventState("open")
    resume = [s.paused_until for s in stations if s.is_open and s.paused_until]
    return EventState("paused", min(resume)) if resume else EventState("closed")


def _ahead(moment: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    return moment if moment and moment > now else None


def _facts(row: Event | Station, now: dt.datetime) -> list[str]:
    """Return all columns of an event or station as strings, and whether it takes orders now. Boards change if one of
    these changes."""
    facts = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields if field.name not in _APART]
    state = row.is_open(now) if isinstance(row, Event) else row.takes_orders(now)
    return [*facts, str(state)]


#: Columns that do not count for a board's version. `orders_taken` changes with every order, and no board shows it.
_APART = {"orders_taken"}


def _version(*parts: object) -> str:
    """Return a board's version, such as "1234.0a1b…": the pk of the newest OrderEvent, and a digest of what the board
    shows.

    Pks only grow, so a page can tell which of two versions is older. The digest changes if anything on the board
    changes."""
    newest = OrderEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{newest}.{blake2b(repr(parts).encode(), digest_size=8).hexdigest()}"
