"""API views of events and stations: whether they take orders, how long orders wait, pauses, and added waiting time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Count, Min, Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Right, within
from expresso.api.base import READ, ApiView, Need, one
from expresso.api.models import Scope
from expresso.api.order_serializers import WaitSerializer
from expresso.api.schema import problems
from expresso.api.serializers import (
    EventSerializer,
    ExtraMinutesSerializer,
    HoursSerializer,
    PauseSerializer,
    QueueSerializer,
    StationSerializer,
    TextSerializer,
    UnderstoodSerializer,
)
from expresso.api.strict import NoFieldsSerializer
from inventory.snapshot import menu_of
from orders.models import Order
from orders.statements import workload_of
from orders.statuses import NOT_STARTED, OPEN
from orders.waits import Wait, hands_on_minutes
from sms.dry_run import Rehearsal
from sms.management.commands.understand import as_json
from stations import pausing
from stations.models import Event, Station

RUN_EVENT = Need(Right.MANAGE, Scope.EVENT)
RUN_STATION = Need(Right.WORK, Scope.EVENT)
LONGEST_PAUSE = dt.timedelta(hours=12)


class Events(ApiView):
    @extend_schema(summary="List events", responses={200: EventSerializer(many=True), **problems(401, 403)})
    def get(self, request: Request) -> Response:
        """List the events at which the caller has a role."""
        key = self.caller.key
        events = within(self.by, Right.WATCH, Event.objects.all(), "pk")
        if key:
            events = events.filter(pk=key.event_id)
        return Response(EventSerializer(events, many=True).data)


class EventDetail(ApiView):
    @extend_schema(summary="Read an event", responses={200: EventSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, event: str) -> Response:
        return Response(EventSerializer(self.event).data)


class PauseEvent(ApiView):
    needs = {"POST": RUN_EVENT}

    @extend_schema(
        summary="Pause an event",
        request=PauseSerializer,
        responses={200: EventSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, event: str) -> Response:
        """Pause the event: it takes no orders for a while."""
        pausing.pause(self.event, until=_end(self.read(PauseSerializer)), by=self.by)
        return Response(EventSerializer(self.event).data)


class ResumeEvent(ApiView):
    needs = {"POST": RUN_EVENT}

    @extend_schema(
        summary="Resume an event",
        request=NoFieldsSerializer,
        responses={200: EventSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, event: str) -> Response:
        self.read(NoFieldsSerializer)
        pausing.resume(self.event, by=self.by)
        return Response(EventSerializer(self.event).data)


class EventHours(ApiView):
    needs = {"PUT": RUN_EVENT}

    @extend_schema(
        summary="Set an event's hours",
        request=HoursSerializer,
        responses={200: EventSerializer, **problems(400, 401, 403, 404)},
    )
    def put(self, request: Request, event: str) -> Response:
        """Replace the event's opening hours: the usual hours and the hours of single days."""
        given = self.read(HoursSerializer)
        try:
            pausing.set_hours(self.event, by=self.by, **given)
        except DjangoValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from None
        return Response(EventSerializer(self.event).data)


def _end(given: dict[str, Any]) -> dt.datetime:
    now = timezone.now()
    until = given.get("until") or now + dt.timedelta(minutes=given["minutes"])
    if not now < until <= now + LONGEST_PAUSE:
        raise serializers.ValidationError({"until": ["Give a time within the next 12 hours."]})
    return until


class Understand(ApiView):
    needs = {"POST": READ}

    @extend_schema(
        summary="Read a text",
        request=TextSerializer,
        responses={200: UnderstoodSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, event: str) -> Response:
        """Return how Expresso would read a text and reply to it. No order is placed."""
        given = self.read(TextSerializer)
        rehearsal = Rehearsal(menu_of(self.event).menu)
        for earlier in given.get("after", ()):
            rehearsal.text(earlier)
        understood = as_json(rehearsal.text(given["text"]))
        del understood["ms"]
        return Response(understood)


class StationView(ApiView):
    def find_event(self) -> Event:
        return self.find_station().event

    def find_station(self) -> Station:
        self.station: Station = one(Station.objects.filter(slug=self.kwargs["station"]).select_related("event"))
        return self.station


class Stations(ApiView):
    @extend_schema(
        summary="List an event's stations", responses={200: StationSerializer(many=True), **problems(401, 403, 404)}
    )
    def get(self, request: Request, event: str) -> Response:
        return Response(StationSerializer(self.event.stations.select_related("event"), many=True).data)


class StationDetail(StationView):
    @extend_schema(summary="Read a station", responses={200: StationSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, station: str) -> Response:
        return Response(StationSerializer(self.station).data)


class StationAct(StationView):
    """Base of the views that change a station when they get a POST request."""

    needs = {"POST": RUN_STATION}

    def done(self) -> Response:
        return Response(StationSerializer(self.station).data)


_STATION = {200: StationSerializer, **problems(400, 401, 403, 404)}


class OpenStation(StationAct):
    @extend_schema(summary="Open a station", request=NoFieldsSerializer, responses=_STATION)
    def post(self, request: Request, station: str) -> Response:
        self.read(NoFieldsSerializer)
        pausing.set_open(self.station, is_open=True, by=self.by)
        return self.done()


class CloseStation(StationAct):
    @extend_schema(summary="Close a station", request=NoFieldsSerializer, responses=_STATION)
    def post(self, request: Request, station: str) -> Response:
        """Close the station. It gets no new orders; the orders that it already has are still made."""
        self.read(NoFieldsSerializer)
        pausing.set_open(self.station, is_open=False, by=self.by)
        return self.done()


class PauseStation(StationAct):
    @extend_schema(summary="Pause a station", request=PauseSerializer, responses=_STATION)
    def post(self, request: Request, station: str) -> Response:
        pausing.pause(self.station, until=_end(self.read(PauseSerializer)), by=self.by)
        return self.done()


class ResumeStation(StationAct):
    @extend_schema(summary="Resume a station", request=NoFieldsSerializer, responses=_STATION)
    def post(self, request: Request, station: str) -> Response:
        self.read(NoFieldsSerializer)
        pausing.resume(self.station, by=self.by)
        return self.done()


class SlowDownStation(StationAct):
    @extend_schema(summary="Add minutes to every wait", request=ExtraMinutesSerializer, responses=_STATION)
    def post(self, request: Request, station: str) -> Response:
        pausing.slow_down(self.station, minutes=self.read(ExtraMinutesSerializer)["minutes"], by=self.by)
        return self.done()


class StationQueue(StationView):
    @extend_schema(summary="Read a station's queue", responses={200: QueueSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, station: str) -> Response:
        orders = Order.objects.at(self.station).open().in_queue()
        counts = orders.aggregate(
            **{status: Count("pk", filter=Q(status=status)) for status in OPEN},
            oldest_placed_at=Min("placed_at", filter=Q(status__in=NOT_STARTED)),
        )
        here = next(queue for queue in workload_of(self.event).queues if queue.station.pk == self.station.pk)
        wait = None
        if self.station.takes_orders() and self.event.is_open():
            minutes = hands_on_minutes(self.station, here.minutes_ahead, Decimal(1), cups=1)
            wait = WaitSerializer(Wait.at(self.station, minutes, position=here.orders_ahead + 1)).data
        ahead = {"minutes_ahead": float(here.minutes_ahead), "wait": wait, "station": self.station.slug}
        return Response(QueueSerializer(counts | ahead).data)
