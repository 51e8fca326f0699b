"""What a station's board and the wall show: the same render for the page, the socket and the answer to an act.

A render depends on the database alone. `version` is one cheap statement and changes with everything that is
shown, so a heartbeat can compare without rendering."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.phones import grouped
from inventory.menu import MenuDrink
from inventory.snapshot import Snapshot, menu_of
from orders.announce import name_of, wall_of
from orders.items import Choice, Item
from orders.lifecycle import RECALL
from orders.models import OPEN, TO_MAKE, Order, OrderEvent, Status
from orders.routing import Wait, minutes_until_ready, queues, wait_of
from orders.wanted import items_of
from orders.wishes import wished
from stations.models import Event, Station

#: Groups whose options stand first on a ticket, as a coloured chip: taking the wrong carton is the costliest slip.
MILK = "milk"
#: Sentences' ends, as the customer reads them.
CANCEL_REASONS = (
    "we are out of an ingredient",
    "the machine is down",
    "we could not find you",
    "it was a duplicate",
)
#: Indentation is half of a fragment, and a fragment goes to every tablet with every change.
_SPACES = re.compile(r"\s{2,}")
#: Open orders on one board; more is a queue that nobody reads to its end.
MOST_TICKETS = 300


@dataclass(frozen=True, slots=True)
class Frame:
    version: str
    html: str


@dataclass(frozen=True, slots=True)
class Difference:
    text: str
    group: str
    is_milk: bool = False
    milk_key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    quantity: int
    drink: str
    differences: tuple[Difference, ...]
    name: str
    note: str
    pk: int | None = None
    made: bool = False


@dataclass(frozen=True, slots=True)
class NextVerb:
    verb: str
    label: str


@dataclass(frozen=True, slots=True)
class Ticket:
    pk: int
    code: str
    name: str
    status: str
    version: int
    placed_at: dt.datetime
    ready_at: dt.datetime | None
    note: str
    call_name: bool
    vip: bool
    #: Who is making it; "" while nobody does.
    maker: str
    lines: tuple[Line, ...]
    next_verb: NextVerb | None
    #: Where its lines are ticked off one by one; "" where there is nothing to tick.
    tick_at: str
    #: What the customer would rather have; empty to drop it, None without a wish.
    wish: tuple[Line, ...] | None

    @property
    def digest(self) -> str:
        """Two tickets with the same one look the same: a page need not look into it for what changed."""
        return blake2b(repr(self).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Finished:
    pk: int
    code: str
    name: str
    status: str
    version: int
    outcome: str
    finished_at: dt.datetime


def lines_of(order: Order, snapshot: Snapshot) -> tuple[Line, ...]:
    """One line a drink with only what differs from how it is made when nobody says, milk first."""
    lines = lines_from(items_of(order), snapshot)
    return tuple(replace(line, pk=row.pk, made=row.made) for line, row in zip(lines, order.items.all(), strict=True))


def lines_from(items: Iterable[Item], snapshot: Snapshot) -> tuple[Line, ...]:
    lines = []
    for item in items:
        drink = snapshot.menu.drink_by_name.get(item.drink)
        usual = _made_unsaid(snapshot, drink) if drink else set()
        said = [c for c in item.choices if c.amount is not None or (c.group, c.option) not in usual]
        differences = sorted((_difference(choice) for choice in said), key=lambda d: not d.is_milk)
        lines.append(Line(item.quantity, item.drink, tuple(differences), item.name or "", item.note))
    return tuple(lines)


def _made_unsaid(snapshot: Snapshot, drink: MenuDrink) -> set[tuple[str, str | None]]:
    menu = snapshot.menu
    return {(group, menu.default_option(drink, menu.group_by_name[group])) for group in drink.groups}


def _difference(choice: Choice) -> Difference:
    amount = f"{choice.amount:g}" if isinstance(choice.amount, int | float) else choice.amount
    text = f"{amount} {choice.option}" if amount else choice.option
    if choice.group.casefold() != MILK:
        return Difference(text, choice.group)
    return Difference(text, choice.group, is_milk=True, milk_key=slugify(choice.option))


_NEXT = {Status.WAITING: "start", Status.MAKING: "ready", Status.READY: "collect"}


def next_verb(status: str) -> NextVerb | None:
    labels = {"start": _("Start"), "ready": _("Ready"), "collect": _("Collected")}
    verb = _NEXT.get(Status(status))
    return NextVerb(verb, labels[verb]) if verb else None


def ticket(order: Order, snapshot: Snapshot) -> Ticket:
    lines = lines_of(order, snapshot)
    ticks = order.status == Status.MAKING and len(lines) > 1
    return Ticket(
        pk=order.pk,
        code=order.code,
        name=order.name,
        status=order.status,
        version=order.version,
        placed_at=order.placed_at,
        ready_at=order.ready_at,
        note=order.note,
        call_name=order.call_name and order.status == Status.READY,
        vip=order.vip,
        maker=(order.maker.get_short_name() or order.maker.username) if order.maker else "",
        lines=lines,
        next_verb=next_verb(order.status),
        tick_at=f"/stations/{order.station.slug}/orders/{order.pk}/" if ticks else "",
        wish=lines_from(wish, snapshot) if (wish := wished(order)) is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Board:
    """A page of orders that renews itself. `version` and `context` read the database when they are called."""

    #: The group of its hints, as `announce` names it.
    name: str
    template: str
    version: Callable[[], str]
    context: Callable[[], dict[str, Any]]

    def frame(self, *, oob: bool) -> Frame:
        """The fragment as it is now. The version is read first: what changes in between shows at the next beat."""
        version = self.version()
        context = self.context() | {"version": version, "oob": oob}
        return Frame(version, _SPACES.sub(" ", render_to_string(self.template, context)))


def station_board(station: Station) -> Board:
    return Board(
        name=name_of(station),
        template="orders/_board.html",
        version=lambda: station_version(station.pk),
        context=lambda: station_context(station.pk),
    )


def wall(event: Event, only: Station | None = None) -> Board:
    """Everybody's order at the event, or those of one station."""
    at = only.pk if only else None
    return Board(
        name=wall_of(only) if only else name_of(event),
        template="orders/_wall.html",
        version=lambda: wall_version(event.pk, at),
        context=lambda: wall_context(event.pk, at),
    )


def _on_board(station_id: int, now: dt.datetime) -> QuerySet[Order]:
    """Open orders, the oldest first, then what was closed so lately that it can be called back, the newest first.

    In this order, or on a full board what is over would crowd out what is still to be made."""
    shown = Order.objects.filter(Q(status__in=OPEN) | Q(closed_at__gt=now - RECALL), station=station_id)
    return shown.order_by(F("closed_at").desc(nulls_first=True), "placed_at", "pk")


def station_version(station_id: int) -> str:
    now = timezone.now()
    station = Station.objects.select_related("event").get(pk=station_id)
    orders = _on_board(station_id, now).values_list("pk", "version")[:MOST_TICKETS]
    return _version(list(orders), _facts(station, now), _facts(station.event, now))


def station_context(station_id: int) -> dict[str, Any]:
    now = timezone.now()
    station = Station.objects.select_related("event").get(pk=station_id)
    event, snapshot = station.event, menu_of(station.event)
    orders = list(_on_board(station_id, now).select_related("maker").prefetch_related("items")[:MOST_TICKETS])
    for order in orders:
        order.station, order.event = station, event
    tickets = [ticket(order, snapshot) for order in orders if order.is_open]
    # An order cannot be paused into the past: what has passed is not shown.
    station.paused_until = _ahead(station.paused_until, now)
    closed = [o for o in orders if not o.is_open]
    full = len(tickets) == MOST_TICKETS
    return {
        "event": event,
        "station": station,
        "unseen": Order.objects.open().at(station).count() - len(tickets) if full else 0,
        "elsewhere": [other for other in event.stations.all() if other.pk != station.pk],
        "batches": batches(tickets),
        "columns": [(str(status), Status(status).label, [t for t in tickets if t.status == status]) for status in OPEN],
        "recent": [_finished(order, now) for order in closed],
        "cancel_reasons": CANCEL_REASONS,
    }


def _finished(order: Order, now: dt.datetime) -> Finished:
    outcome = Status(order.status).label.lower()
    return Finished(order.pk, order.code, order.name, order.status, order.version, outcome, order.closed_at or now)


@dataclass(frozen=True, slots=True)
class Batch:
    """Cups with the same milk that can be steamed together; the queue's order stays as it is."""

    milk: str
    milk_key: str
    cups: int
    #: "3 latte, 1 flat white"
    drinks: str
    #: Orders that wait with all their cups in this batch, so that starting it starts nothing else.
    startable: tuple[int, ...]


def batches(tickets: Sequence[Ticket]) -> list[Batch]:
    """By milk, for milks that two or more cups waiting or in the making want; most cups first."""
    found: dict[str, list[tuple[Ticket, Line]]] = {}
    for shown in tickets:
        for line in shown.lines if shown.status in TO_MAKE else ():
            for difference in line.differences:
                if difference.is_milk and not line.made:
                    found.setdefault(difference.milk_key, []).append((shown, line))
    made = [_batch(lines) for lines in found.values()]
    return sorted((batch for batch in made if batch.cups > 1), key=lambda batch: -batch.cups)


def _batch(lines: list[tuple[Ticket, Line]]) -> Batch:
    milk = next(difference for difference in lines[0][1].differences if difference.is_milk)
    drinks: dict[str, int] = {}
    for _ticket, line in lines:
        drinks[line.drink] = drinks.get(line.drink, 0) + line.quantity
    whole = {
        shown.pk
        for shown, _line in lines
        if shown.status == Status.WAITING
        and all(any(d.milk_key == milk.milk_key for d in line.differences) for line in shown.lines)
    }
    return Batch(
        milk=milk.milk_key.replace("-", " ").capitalize(),
        milk_key=milk.milk_key,
        cups=sum(drinks.values()),
        drinks=", ".join(f"{count} {drink.lower()}" for drink, count in drinks.items()),
        startable=tuple(sorted(whole)),
    )


def _on_wall(event: Event, at: int | None) -> QuerySet[Order]:
    orders = Order.objects.open().filter(event=event).order_by("placed_at", "pk")
    return orders.filter(station=at) if at else orders


def wall_version(event_id: int, at: int | None = None) -> str:
    now = timezone.now()
    event = Event.objects.get(pk=event_id)
    orders = _on_wall(event, at).values_list("pk", "version")
    stations = [_facts(station, now) for station in event.stations.all()]
    return _version(list(orders[:MOST_TICKETS]), stations, _facts(event, now))


def wall_context(event_id: int, at: int | None = None) -> dict[str, Any]:
    now = timezone.now()
    event = Event.objects.get(pk=event_id)
    stations = [station for station in queues(event) if at in (None, station.pk)]
    orders = list(_on_wall(event, at).select_related("station")[:MOST_TICKETS])
    ready = sorted((o for o in orders if o.status == Status.READY), key=lambda o: o.ready_at or now, reverse=True)
    return {
        "event": event,
        "stations": [station.name for station in stations],
        "only": stations[0] if at and stations else None,
        "preparing": [order for order in orders if order.status != Status.READY],
        "ready": ready,
        "wait": wait_in_words(stations, now),
        "how_to_order": grouped(event.sms_number or event.whatsapp_number or ""),
        "state": state_of(event, stations, now),
    }


@dataclass(frozen=True, slots=True)
class State:
    """Whether orders are taken: "open", "paused" or "closed", and until when."""

    kind: str
    until: dt.datetime | None = None


def state_of(event: Event, stations: Sequence[Station], now: dt.datetime) -> State:
    if not event.is_open(now):
        paused = bool(_ahead(event.paused_until, now))
        return State("paused" if paused else "closed", event.opens_next(now))
    if any(station.takes_orders(now) for station in stations):
        return State("open")
    resume = [s.paused_until for s in stations if s.is_open and s.paused_until]
    return State("paused", min(resume)) if resume else State("closed")


def wait_in_words(stations: Sequence[Station], now: dt.datetime) -> str:
    """What one more drink would wait at the quickest station, or "" where none takes orders."""
    cup = Decimal(1)
    minutes = [
        minutes_until_ready(s, s.minutes_ahead, cup, cups=1)  # type: ignore[attr-defined]
        for s in stations
        if s.takes_orders(now)
    ]
    if not minutes:
        return ""
    wait = Wait.of(min(minutes), position=0)
    return f"about {wait.earliest}–{wait.latest} min"


def tracking_context(order: Order) -> dict[str, Any]:
    """What an attendee sees of their own order."""
    wait = wait_of(order)
    earliest, latest = (f"{order.event.local(moment):%H:%M}" for moment in wait.span(timezone.now()))
    cancelled = order.events.filter(verb="cancel").last() if order.status == Status.CANCELLED else None
    return {
        "order": order,
        "lines": lines_of(order, menu_of(order.event)),
        "wait": _("about {earliest}–{latest}").format(earliest=earliest, latest=latest) if wait.latest else "",
        "ahead": wait.position - 1 if order.status == Status.WAITING else None,
        "cancel_reason": cancelled.reason if cancelled else "",
    }


def _ahead(moment: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    return moment if moment and moment > now else None


def _facts(row: Event | Station, now: dt.datetime) -> list[str]:
    """Everything shown of an event or station; a pause or the hours count by what they mean now."""
    facts = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields if field.name not in _APART]
    state = row.is_open(now) if isinstance(row, Event) else row.takes_orders(now)
    return [*facts, str(state)]


#: Counts up with every order taken anywhere at the event; no board shows it.
_APART = {"orders_taken"}


def _version(*parts: object) -> str:
    """The newest fact's number, which never goes back, and a digest of what is shown.

    A page tells by the number which of two fragments is the older one, by the digest whether they differ."""
    newest = OrderEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{newest}.{blake2b(repr(parts).encode(), digest_size=8).hexdigest()}"
