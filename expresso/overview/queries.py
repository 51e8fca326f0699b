"""Everything on the live overview of an event, read from the database at one moment."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from statistics import median
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import AuditEntry
from expresso.charts import Chart, Series
from inventory.models import Stock
from inventory.stock import from_json
from orders.hints import name_of, overview_of, wall_of
from orders.live import presence
from orders.live.boards import wait_now
from orders.live.frames import Board
from orders.models import OPEN, Order, OrderEvent, Status
from orders.statements import Queue, workload_of
from orders.waits import Wait
from sms.models import Broadcast, Conversation, Delivery, OutboundMessage, Sender
from stations.models import Event, Printer, Shift, Station
from stations.printers import state_of

#: The charts show so much, in slots of so many minutes.
SPAN, SLOT = dt.timedelta(hours=4), 15
#: What "now" means for drinks per hour and for waits.
LATELY = dt.timedelta(hours=1)
#: Seconds: of a rush of orders the figures are read once.
GATHER = 1.0
#: An order that is ready was ordered at most so long ago.
LONGEST_ORDER = dt.timedelta(hours=3)
#: Nothing was done at a station with waiting orders for so long.
SILENT_AFTER = dt.timedelta(minutes=8)
#: The shortest time from which a pace of use is told.
SHORTEST_PACE = 0.5
COLOURS = ("accent", "making", "waiting", "ready", "late", "muted")


@dataclass(frozen=True, slots=True)
class MadeOrder:
    """An order that became ready."""

    station: int
    placed_at: dt.datetime
    started_at: dt.datetime | None
    ready_at: dt.datetime
    quoted_from: dt.datetime | None
    quoted_to: dt.datetime | None
    cups: int

    @property
    def waited(self) -> float:
        """Minutes."""
        return (self.ready_at - self.placed_at).total_seconds() / 60

    @property
    def quoted(self) -> float | None:
        """The latest minute that was promised."""
        return (self.quoted_to - self.placed_at).total_seconds() / 60 if self.quoted_to else None

    @property
    def in_time(self) -> bool | None:
        return self.ready_at <= self.quoted_to if self.quoted_to else None


@dataclass(frozen=True, slots=True)
class Device:
    what: str
    seen: dt.datetime | None
    #: Empty where all is well.
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class SupplyNow:
    """A counted ingredient and how long it lasts at the pace of today; None: nothing was used yet."""

    name: str
    left: str
    hours: float | None

    @property
    def is_short(self) -> bool:
        return self.hours is not None and self.hours < 1


@dataclass(frozen=True, slots=True)
class StationNow:
    pk: int
    slug: str
    name: str
    #: "open", "paused" or "closed".
    state: str
    until: dt.datetime | None
    extra_minutes: int
    waiting: int
    making: int
    ready: int
    #: Drinks that are still to be made.
    cups: int
    oldest: dt.datetime | None
    #: Waiting orders that nobody has touched for the event's `late_after_minutes`.
    untouched: int
    last_act: dt.datetime | None
    per_hour: int
    minutes_per_drink: float | None
    quoted_now: Wait | None
    quoted: float | None
    waited: float | None
    #: Per cent of the last hour's orders that were ready in the time that was promised.
    kept: int | None
    on_shift: tuple[str, ...]
    devices: tuple[Device, ...]
    supplies: tuple[SupplyNow, ...]
    elsewhere: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TextsNow:
    waiting: int
    failed: int
    people: int
    oldest_person: dt.datetime | None
    #: Minutes until the numbers have sent all that they are booked for.
    behind: int


@dataclass(frozen=True, slots=True)
class RunningBroadcast:
    """A broadcast that has texts left to send."""

    pk: int
    kind: str
    unsent: int
    count: int


def overview(event: Event) -> Board:
    return Board(
        name=overview_of(event.pk),
        template="overview/_overview.html",
        version=lambda: overview_version(event.pk),
        context=lambda: overview_context(event.pk),
        gather=GATHER,
    )


def overview_version(event_id: int) -> str:
    """As boards have it. What is shown depends on the time too, so all of it is read."""
    shown = overview_context(event_id)
    facts = OrderEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    acts = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{facts + acts}.{blake2b(repr(shown).encode(), digest_size=8).hexdigest()}"


def overview_context(event_id: int) -> dict[str, Any]:
    # Imported here, because alerts are made of what this module reads.
    from expresso.overview.alerts import alerts_of

    now = timezone.now()
    event = Event.objects.get(pk=event_id)
    made = _made(event, now)
    stations = _stations(event, made, now)
    texts, broadcasts = _texts(event, now), _broadcasts(event)
    return {
        "event": event,
        "is_open": event.is_open(now),
        "stations": stations,
        "walls": _wall(event, now),
        "texts": texts,
        "broadcasts": broadcasts,
        "alerts": alerts_of(event, stations, texts, now),
        "charts": [throughput_chart(event, stations, made, now), waits_chart(event, made, now)],
    }


def _made(event: Event, now: dt.datetime) -> list[MadeOrder]:
    rows = Order.objects.filter(
        event=event, placed_at__gte=now - SPAN - LONGEST_ORDER, ready_at__gte=now - SPAN, practice=False
    ).exclude(status=Status.CANCELLED)
    fields = ("station", "placed_at", "started_at", "ready_at", "quoted_from", "quoted_to", "cups")
    return [MadeOrder(*row) for row in rows.order_by("ready_at").values_list(*fields)]


def _stations(event: Event, made: Sequence[MadeOrder], now: dt.datetime) -> list[StationNow]:
    queues = workload_of(event).queues
    open_orders: dict[int, list[tuple[str, dt.datetime, int]]] = defaultdict(list)
    rows = Order.objects.filter(event=event, status__in=OPEN).values_list("station", "status", "placed_at", "cups")
    for station, status, placed_at, cups in rows:
        open_orders[station].append((status, placed_at, cups))
    pks = [queue.station.pk for queue in queues]
    acts = OrderEvent.objects.filter(order__station__in=pks, order__event=event, at__gte=now - LATELY, by__isnull=False)
    last_acts = dict(acts.values_list("order__station").annotate(last=Max("at")).order_by())
    shifts: dict[int, list[str]] = defaultdict(list)
    current = Shift.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), station__in=pks, starts_at__lte=now)
    for shift in current.select_related("user").order_by("starts_at"):
        shifts[shift.station_id].append(shift.user.get_short_name() or shift.user.username)
    printers: dict[int, list[Printer]] = defaultdict(list)
    for printer in Printer.objects.filter(station__in=pks):
        printers[printer.station_id].append(printer)
    seen = presence.screens_seen([name_of(queue.station) for queue in queues])
    supplies = supplies_of(event, now)
    lately = [each for each in made if each.ready_at > now - LATELY]
    return [
        _station(
            queue,
            event,
            open_orders[queue.station.pk],
            [each for each in lately if each.station == queue.station.pk],
            now,
            last_act=last_acts.get(queue.station.pk),
            on_shift=tuple(dict.fromkeys(shifts[queue.station.pk])),
            devices=(
                _screen("Tablet", seen.get(name_of(queue.station)), now),
                *(_printer(printer, now) for printer in printers[queue.station.pk]),
            ),
            supplies=supplies.get(queue.station.pk, ()),
            elsewhere=tuple((q.station.slug, q.station.name) for q in queues if q is not queue),
        )
        for queue in queues
    ]


def _station(
    queue: Queue,
    event: Event,
    orders: Sequence[tuple[str, dt.datetime, int]],
    lately: Sequence[MadeOrder],
    now: dt.datetime,
    **more: Any,
) -> StationNow:
    station = queue.station
    waiting = [placed_at for status, placed_at, _ in orders if status == Status.WAITING]
    late = now - dt.timedelta(minutes=event.late_after_minutes)
    paused = station.is_open and not station.takes_orders(now)
    promised = [each.in_time for each in lately if each.in_time is not None]
    return StationNow(
        pk=station.pk,
        slug=station.slug,
        name=station.name,
        state="paused" if paused else "open" if station.is_open else "closed",
        until=station.paused_until if paused else None,
        extra_minutes=station.extra_minutes,
        waiting=len(waiting),
        making=sum(status == Status.MAKING for status, *_ in orders),
        ready=sum(status == Status.READY for status, *_ in orders),
        cups=sum(cups for status, _, cups in orders if status != Status.READY),
        oldest=min((placed for status, placed, _ in orders if status != Status.READY), default=None),
        untouched=sum(placed_at < late for placed_at in waiting),
        per_hour=sum(each.cups for each in lately),
        minutes_per_drink=minutes_per_drink(lately),
        quoted_now=wait_now([queue], now),
        quoted=_median(each.quoted for each in lately),
        waited=_median(each.waited for each in lately),
        kept=round(100 * sum(promised) / len(promised)) if promised else None,
        **more,
    )


def minutes_per_drink(made: Iterable[MadeOrder]) -> float | None:
    """From the start to "ready", shared among the cups; None where no order was started by a tap."""
    timed = [(each.ready_at - each.started_at, each.cups) for each in made if each.started_at]
    cups = sum(cups for _, cups in timed)
    return round(sum(taken.total_seconds() for taken, _ in timed) / 60 / cups, 1) if cups else None


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 1) if known else None


def _screen(what: str, seen: dt.datetime | None, now: dt.datetime) -> Device:
    if not presence.is_away(seen, now):
        return Device(what, None)
    return Device(what, seen, "not seen" if seen is None else "not connected")


def _printer(printer: Printer, now: dt.datetime) -> Device:
    state = state_of(printer, now)
    return Device(printer.name, state.since, "" if state.kind == "ready" else state.words)


def _wall(event: Event, now: dt.datetime) -> list[Device]:
    """The walls that somebody has shown lately, and the event's own in any case."""
    stations = list(event.stations.all())
    names = {name_of(event): "Wall"} | {wall_of(station): f"Wall of {station.name}" for station in stations}
    seen = presence.screens_seen(names)
    return [_screen(what, seen.get(name), now) for name, what in names.items() if name in seen or what == "Wall"]


# Stock ----------------------------------------------------------------------------------------------------


def supplies_of(event: Event, now: dt.datetime) -> dict[int, tuple[SupplyNow, ...]]:
    """By station, what is counted there, the shortest-lived first."""
    midnight = event.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Order.objects.filter(event=event, placed_at__gte=midnight).exclude(
        status__in=(Status.WAITING, Status.CANCELLED)
    )
    used: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    first: dict[int, dt.datetime] = {}
    for station, reserved, placed_at in today.values_list("station", "reserved", "placed_at"):
        first[station] = min(first.get(station, placed_at), placed_at)
        for ingredient, amount in from_json(reserved).items():
            used[station, ingredient] += amount
    found: dict[int, list[SupplyNow]] = defaultdict(list)
    for row in Stock.objects.filter(station__event=event).select_related("ingredient"):
        since = first.get(row.station_id)
        hours = max(SHORTEST_PACE, (now - since).total_seconds() / 3600) if since else 0
        free = max(row.on_hand - row.reserved, Decimal(0))
        found[row.station_id].append(
            SupplyNow(
                row.ingredient.name,
                f"{free.normalize():f} {row.ingredient.unit}",
                hours_left(free, used[row.station_id, row.ingredient_id], hours),
            )
        )
    longest = float("inf")
    return {
        station: tuple(sorted(rows, key=lambda row: longest if row.hours is None else row.hours))
        for station, rows in found.items()
    }


def hours_left(free: Decimal, used: Decimal, hours: float) -> float | None:
    """How long it lasts if it goes on being used as it was in these hours; 0 for nothing left."""
    if not free:
        return 0.0
    return round(float(free / used) * hours, 1) if used and hours else None


# Texts ----------------------------------------------------------------------------------------------------


def _texts(event: Event, now: dt.datetime) -> TextsNow:
    texts = OutboundMessage.objects.filter(conversation__event=event)
    people = Conversation.objects.filter(event=event, needs_person=True, blocked_at=None, needs_since__isnull=False)
    since = people.aggregate(count=Count("pk"), oldest=Max("needs_since"))
    oldest = people.order_by("needs_since").values_list("needs_since", flat=True).first()
    numbers = [number for number in (event.sms_number, event.whatsapp_number) if number]
    free_at = Sender.objects.filter(number__in=numbers).aggregate(latest=Max("free_at"))["latest"]
    return TextsNow(
        waiting=texts.filter(status__in=(Delivery.QUEUED, Delivery.SENDING)).count(),
        failed=texts.filter(status=Delivery.FAILED, created_at__gte=now - LATELY, resent_at=None).count(),
        people=since["count"],
        oldest_person=oldest,
        behind=max(0, int((free_at - now).total_seconds() // 60)) if free_at else 0,
    )


def _broadcasts(event: Event) -> list[RunningBroadcast]:
    unsent = Count("texts", filter=Q(texts__status__in=(Delivery.QUEUED, Delivery.SENDING)))
    rows = Broadcast.objects.filter(event=event, stopped_at=None).annotate(unsent=unsent, count=Count("texts"))
    return [
        RunningBroadcast(row.pk, row.get_kind_display(), row.unsent, row.count) for row in rows.filter(unsent__gt=0)
    ]


# Charts ---------------------------------------------------------------------------------------------------


def _slots(event: Event, now: dt.datetime) -> tuple[list[dt.datetime], list[str]]:
    """The beginnings of the slots, the last one being under way, and how they are called."""
    local = event.local(now)
    last = local.replace(minute=local.minute // SLOT * SLOT, second=0, microsecond=0)
    count = int(SPAN.total_seconds() // 60) // SLOT
    starts = [last - dt.timedelta(minutes=SLOT * back) for back in range(count)][::-1]
    return starts, [f"{start:%H:%M}" for start in starts]


def _by_slot(starts: Sequence[dt.datetime], made: Iterable[MadeOrder]) -> Mapping[int, list[MadeOrder]]:
    found: dict[int, list[MadeOrder]] = defaultdict(list)
    for each in made:
        place = int((each.ready_at - starts[0]).total_seconds() // 60) // SLOT
        if 0 <= place < len(starts):
            found[place].append(each)
    return found


def throughput_chart(
    event: Event, stations: Sequence[StationNow], made: Sequence[MadeOrder], now: dt.datetime
) -> Chart:
    starts, labels = _slots(event, now)
    series = []
    for number, station in enumerate(stations):
        slots = _by_slot(starts, [each for each in made if each.station == station.pk])
        cups = [float(sum(each.cups for each in slots[place])) for place in range(len(starts))]
        series.append(Series(station.name, cups, colour=COLOURS[number % len(COLOURS)]))
    return Chart("throughput", "Drinks made", labels, series, unit=f"drinks in {SLOT} min")


def waits_chart(event: Event, made: Sequence[MadeOrder], now: dt.datetime) -> Chart:
    starts, labels = _slots(event, now)
    slots = _by_slot(starts, made)
    true = [_median(each.waited for each in slots[place]) for place in range(len(starts))]
    quoted = [_median(each.quoted for each in slots[place]) for place in range(len(starts))]
    series = (
        Series("waited", true, colour="accent"),
        Series("promised at most", quoted, is_line=True, colour="waiting"),
    )
    return Chart("waits", "Wait of half the orders", labels, series, unit="minutes")


def station_with(event: Event, slug: str) -> Station | None:
    return event.stations.filter(slug=slug).first()
