"""Reads from the database what the live overview of an event shows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from accounts.models import AuditEntry
from expresso.overview.alerts import alerts_of
from expresso.overview.charts import SPAN, demand_chart, throughput_chart, waits_chart
from expresso.overview.figures import (
    Device,
    MadeOrder,
    RunningBroadcast,
    StationNow,
    TextsNow,
    median_of,
    minutes_per_drink,
)
from expresso.overview.supplies import supplies_of
from expresso.planner.prediction import Forecast, forecast_of
from orders.hints import name_of, overview_of, wall_of
from orders.live import presence
from orders.live.frames import Board, Look
from orders.models import Order, OrderEvent
from orders.routing import wait_now
from orders.statements import Queue, workload_of
from orders.statuses import DROPPED, NOT_STARTED, TO_MAKE
from orders.upkeep.left_over import left_before
from sms.models import Broadcast, Conversation, Delivery, OutboundMessage, Sender
from stations.models import Event, Printer, Shift, Station
from stations.printers import state_of

#: Drinks per hour, waits and failed texts are counted over this time, up to now.
LATELY = dt.timedelta(hours=1)
#: Seconds between a change and the next reading of the figures. Further changes in this time cause no other reading.
GATHER = 1.0
#: Orders are assumed to be ready at most this long after they were placed. The charts show orders by the time at which
#: they became ready. So orders that were placed more than this time before a chart begins need not be read.
LONGEST_ORDER = dt.timedelta(hours=3)


def overview(event: Event) -> Board:
    return Board(
        name=overview_of(event.pk),
        template="overview/_overview.html",
        look=lambda: Look(overview_version(event.pk), lambda: overview_context(event.pk)),
        gather=GATHER,
    )


def overview_version(event_id: int) -> str:
    """Return a string by which a browser knows whether the page has changed.

    It consists of a growing number, so that browsers know which of two versions is newer, and a digest of all figures.
    The digest is needed because some figures, such as waits, change without any event."""
    shown = overview_context(event_id)
    facts = OrderEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    acts = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{facts + acts}.{blake2b(repr(shown).encode(), digest_size=8).hexdigest()}"


def overview_context(event_id: int) -> dict[str, Any]:
    now = timezone.now()
    event = Event.objects.get(pk=event_id)
    made = _made(event, now)
    queues = workload_of(event).queues
    forecast = forecast_of(event, [queue.station for queue in queues], now)
    stations = _stations(event, queues, made, forecast, now)
    texts, broadcasts = _texts(event, now), _broadcasts(event)
    return {
        "event": event,
        "is_open": event.is_open(now),
        "stations": stations,
        "walls": _wall(event, now),
        "texts": texts,
        "broadcasts": broadcasts,
        "alerts": alerts_of(event, stations, texts, forecast, now),
        "charts": [
            *([demand_chart(event, forecast)] if forecast else []),
            throughput_chart(event, stations, made, now),
            waits_chart(event, made, now),
        ],
    }


def _made(event: Event, now: dt.datetime) -> list[MadeOrder]:
    rows = Order.objects.filter(
        event=event, placed_at__gte=now - SPAN - LONGEST_ORDER, ready_at__gte=now - SPAN, practice=False
    ).exclude(status__in=DROPPED)
    fields = ("station", "placed_at", "started_at", "ready_at", "quoted_from", "quoted_to", "cups")
    return [MadeOrder(*row) for row in rows.order_by("ready_at").values_list(*fields)]


class OrderOnBoard(NamedTuple):
    status: str
    placed_at: dt.datetime
    quoted_to: dt.datetime | None
    cups: int


def _stations(
    event: Event, queues: Sequence[Queue], made: Sequence[MadeOrder], forecast: Forecast | None, now: dt.datetime
) -> list[StationNow]:
    open_orders: dict[int, list[OrderOnBoard]] = defaultdict(list)
    # Leave out orders for later and unpaid orders, because nobody has to make them yet.
    rows = Order.objects.open().in_queue().filter(event=event)
    fields = ("station", "status", "placed_at", "quoted_to", "cups")
    for station, status, placed_at, quoted_to, cups in rows.values_list(*fields):
        open_orders[station].append(OrderOnBoard(status, placed_at, quoted_to, cups))
    pks = [queue.station.pk for queue in queues]
    acts = OrderEvent.objects.filter(order__station__in=pks, order__event=event, at__gte=now - LATELY, by__isnull=False)
    last_acts = dict(acts.values_list("order__station").annotate(last=Max("at")).order_by())
    shifts: dict[int, list[str]] = defaultdict(list)
    # Count a shift without an end only on the day on which it began. Otherwise it would count for ever.
    of_today = Q(ends_at=None, starts_at__gte=left_before(event, now))
    current = Shift.objects.filter(of_today | Q(ends_at__gt=now), station__in=pks, starts_at__lte=now)
    for shift in current.select_related("user").order_by("starts_at"):
        shifts[shift.station_id].append(shift.user.get_short_name() or shift.user.username)
    printers: dict[int, list[Printer]] = defaultdict(list)
    for printer in Printer.objects.filter(station__in=pks):
        printers[printer.station_id].append(printer)
    seen = presence.screens_seen([name_of(queue.station) for queue in queues])
    supplies = supplies_of(event, now, forecast)
    lately = [each for each in made if each.ready_at > now - LATELY]
    return [
        _station(
            queue,
            event,
            open_orders[queue.station.pk],
            [each for each in lately if each.station == queue.station.pk],
            forecast,
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
    orders: Sequence[OrderOnBoard],
    lately: Sequence[MadeOrder],
    forecast: Forecast | None,
    now: dt.datetime,
    **more: Any,
) -> StationNow:
    station = queue.station
    waiting = [order for order in orders if order.status in NOT_STARTED]
    late = now - dt.timedelta(minutes=event.late_after_minutes)
    paused = station.is_open and not station.takes_orders(now)
    to_make = [order for order in orders if order.status in TO_MAKE]
    cups = sum(order.cups for order in to_make)
    promised = [each.in_time for each in lately if each.in_time is not None]
    return StationNow(
        pk=station.pk,
        slug=station.slug,
        name=station.name,
        state="paused" if paused else "open" if station.is_open else "closed",
        until=station.paused_until if paused else None,
        extra_minutes=station.extra_minutes,
        waiting=len(waiting),
        making=len(to_make) - len(waiting),
        ready=len(orders) - len(to_make),
        cups=cups,
        oldest=min((order.placed_at for order in to_make), default=None),
        # An order is late only after its promised wait has ended, as on the barista's board.
        untouched=sum(order.placed_at < late and (order.quoted_to or late) < now for order in waiting),
        per_hour=sum(each.cups for each in lately),
        minutes_per_drink=minutes_per_drink(lately),
        quoted_now=wait_now([queue], now),
        soon=forecast.soon_at(station.pk) if forecast else None,
        wait_soon=forecast.longest_wait_at(station.pk, station.baristas, cups) if forecast else None,
        quoted=median_of(each.quoted for each in lately),
        waited=median_of(each.waited for each in lately),
        kept=round(100 * sum(promised) / len(promised)) if promised else None,
        **more,
    )


def _screen(what: str, seen: dt.datetime | None, now: dt.datetime) -> Device:
    if not presence.is_away(seen, now):
        return Device(what, None)
    return Device(what, seen, "not seen" if seen is None else "not connected")


def _printer(printer: Printer, now: dt.datetime) -> Device:
    state = state_of(printer, now)
    return Device(printer.name, state.since, "" if state.kind == "ready" else state.words)


def _wall(event: Event, now: dt.datetime) -> list[Device]:
    """Return the state of each wall display (a screen that shows customers the list of orders).

    The event's own display is always included. A station's display is included only if a screen showed it lately."""
    stations = list(event.stations.all())
    names = {name_of(event): "Wall"} | {wall_of(station): f"Wall of {station.name}" for station in stations}
    seen = presence.screens_seen(names)
    return [_screen(what, seen.get(name), now) for name, what in names.items() if name in seen or what == "Wall"]


def _texts(event: Event, now: dt.datetime) -> TextsNow:
    texts = OutboundMessage.objects.filter(conversation__event=event)
    people = Conversation.objects.filter(event=event, needs_person=True, blocked_at=None, needs_since__isnull=False)
    waiting = people.aggregate(count=Count("pk"), oldest=Min("needs_since"))
    numbers = filter(None, (event.sms_number, event.whatsapp_number, event.rcs_agent))
    free_at = Sender.objects.filter(number__in=numbers).aggregate(latest=Max("free_at"))["latest"]
    return TextsNow(
        waiting=texts.filter(status__in=(Delivery.QUEUED, Delivery.SENDING)).count(),
        failed=texts.filter(status=Delivery.FAILED, created_at__gte=now - LATELY, resent_at=None).count(),
        people=waiting["count"],
        oldest_person=waiting["oldest"],
        behind=max(0, int((free_at - now).total_seconds())) if free_at else 0,
    )


def _broadcasts(event: Event) -> list[RunningBroadcast]:
    unsent = Count("texts", filter=Q(texts__status__in=(Delivery.QUEUED, Delivery.SENDING)))
    rows = Broadcast.objects.filter(event=event, stopped_at=None).annotate(unsent=unsent, count=Count("texts"))
    return [
        RunningBroadcast(row.pk, row.get_kind_display(), row.unsent, row.count) for row in rows.filter(unsent__gt=0)
    ]


def station_with(event: Event, slug: str) -> Station | None:
    return event.stations.filter(slug=slug).first()
