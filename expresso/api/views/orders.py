"""Orders: list, place, change, and every step that a barista takes."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Customer
from accounts.phones import mobile_as_e164
from expresso.api.base import READ, WORK, ApiView, check_match, etag, one
from expresso.api.problems import Problem
from expresso.api.schema import IF_MATCH, problems
from expresso.api.serializers import (
    ChangedOrderSerializer,
    MessageSerializer,
    NewMessageSerializer,
    NewOrderSerializer,
    NoFieldsSerializer,
    OrderSerializer,
    OrderWithWaitSerializer,
    ReasonSerializer,
    TickSerializer,
    ToStationSerializer,
    item_of,
    paged,
)
from orders import lifecycle
from orders.messaging import messages
from orders.messaging.texting import ToSay
from orders.models import Channel, Order, Status
from stations.models import Event, Station

ORDERS = Order.objects.select_related("event", "station", "maker").prefetch_related("items")
_FILTERS = [
    OpenApiParameter("status", {"type": "array", "items": {"enum": [*Status.values, "open"]}}, explode=True),
    OpenApiParameter("station", str, description="Slug."),
    OpenApiParameter("code", str, description="The code on the cup, such as A07."),
    OpenApiParameter("placed_after", dt.datetime),
    OpenApiParameter("placed_before", dt.datetime),
    OpenApiParameter("cursor", str, description="From `next` or `previous` of another page."),
    OpenApiParameter("page_size", {"type": "integer", "minimum": 1, "maximum": 200}),
]
_ANSWERS = {200: OrderWithWaitSerializer, **problems(400, 401, 403, 404, 409, 412, 428)}


def order_response(order: Order, *, status: int = 200) -> Response:
    order = ORDERS.get(pk=order.pk)
    headers = {"ETag": etag(order)}
    if status == 201:
        headers["Location"] = reverse("api:order", args=[order.pk])
    return Response(OrderWithWaitSerializer(order).data, status=status, headers=headers)


class Orders(ApiView):
    needs = {"GET": READ, "POST": WORK}

    @extend_schema(
        summary="List orders",
        parameters=_FILTERS,
        responses={200: paged(OrderSerializer), **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, event: str) -> Response:
        """An event's orders, newest first, a page at a time."""
        return self.page(self._filtered(request), OrderSerializer, by="-placed_at")

    def _filtered(self, request: Request) -> QuerySet[Order]:
        asked = request.query_params
        rows = ORDERS.filter(event=self.event)
        if wanted := asked.getlist("status"):
            if unknown := set(wanted) - {*Status.values, "open"}:
                raise _faulty("status", f"There is no status {', '.join(sorted(unknown))}.")
            rows = rows.open() if "open" in wanted else rows.filter(status__in=wanted)
        if "station" in asked:
            rows = rows.filter(station__slug=_plain(asked, "station"))
        if "code" in asked:
            rows = rows.filter(code__iexact=_plain(asked, "code"))
        for name, lookup in (("placed_after", "placed_at__gt"), ("placed_before", "placed_at__lt")):
            if name in asked:
                rows = rows.filter(**{lookup: _moment(asked, name)})
        return rows

    @extend_schema(
        summary="Place an order",
        request=NewOrderSerializer,
        responses={201: OrderWithWaitSerializer, **problems(400, 401, 403, 404, 409)},
    )
    def post(self, request: Request, event: str) -> Response:
        """Take an order, at the station that will have it ready first or at the one that is named."""
        given = self.read(NewOrderSerializer)
        placed = lifecycle.place(
            self.event,
            items=[item_of(item) for item in given["items"]],
            channel=Channel.API,
            customer=_customer(self.event, given["phone"], given["name"]),
            name=given["name"],
            note=given["note"],
            by=self.by,
            at=self._station(given["station"]),
            wanted_at=given["wanted_at"],
        )
        return order_response(placed.order, status=201)

    def _station(self, slug: str) -> Station | None:
        if not slug:
            return None
        found = self.event.stations.filter(slug=slug).first()
        if found is None:
            raise serializers.ValidationError({"station": ["This event has no such station."]})
        return found


def _customer(event: Event, phone: str, name: str) -> Customer | None:
    if not phone:
        return None
    try:
        number = mobile_as_e164(phone, like=event.sms_number or "", countries=event.countries)
    except ValidationError as error:
        raise serializers.ValidationError({"phone": error.messages}) from None
    return Customer.objects.get_or_create(phone=number, defaults={"name": name})[0]


def _plain(asked: Any, name: str) -> str:
    value: str = asked[name]
    if "\x00" in value:
        raise _faulty(name, "Null characters are not allowed.")
    return value


def _moment(asked: Any, name: str) -> dt.datetime:
    try:
        moment = parse_datetime(asked[name])
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _faulty(name, "Give a time with its zone, such as 2026-05-01T09:30:00Z.")
    return moment


def _faulty(name: str, sentence: str) -> serializers.ValidationError:
    return serializers.ValidationError({name: [sentence]})


class OrderView(ApiView):
    def find_event(self) -> Event:
        self.order: Order = one(ORDERS.filter(pk=self.kwargs["order"]))
        return self.order.event


class OrderDetail(OrderView):
    needs = {"GET": READ, "PATCH": WORK}

    @extend_schema(summary="Read an order", responses={200: OrderWithWaitSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, order: int) -> Response:
        return order_response(self.order)

    @extend_schema(summary="Change an order", request=ChangedOrderSerializer, parameters=[IF_MATCH], responses=_ANSWERS)
    def patch(self, request: Request, order: int) -> Response:
        """Other drinks as long as nobody has started it, or another name as long as it is open."""
        given = self.read(ChangedOrderSerializer)
        check_match(request, self.order)
        if "items" in given:
            items = [item_of(item) for item in given["items"]]
            lifecycle.change(self.order, items=items, name=given.get("name"), by=self.by)
        else:
            lifecycle.rename(self.order, name=given["name"], by=self.by)
        return order_response(self.order)


class OrderStep(OrderView):
    """One step of an order: POST with If-Match, so that nobody moves an order as it no longer stands."""

    needs = {"POST": WORK}
    fields: ClassVar[type[serializers.Serializer[Any]]] = NoFieldsSerializer

    def take(self, given: dict[str, Any]) -> None:
        """Carry the step out. Raises a Refusal."""
        raise TypeError(f"{type(self).__name__} must say what it does")

    def post(self, request: Request, order: int) -> Response:
        given = self.read(self.fields)
        check_match(request, self.order)
        self.take(given)
        return order_response(self.order)


def _step(summary: str, fields: type[serializers.Serializer[Any]] = NoFieldsSerializer) -> Any:
    """Describe a step for the schema."""
    return extend_schema(methods=["POST"], summary=summary, request=fields, parameters=[IF_MATCH], responses=_ANSWERS)


@_step("Start making an order")
class Start(OrderStep):
    def take(self, given: dict[str, Any]) -> None:
        lifecycle.start(self.order, by=self.by)


@_step("Mark an order ready")
class Ready(OrderStep):
    def take(self, given: dict[str, Any]) -> None:
        lifecycle.mark_ready(self.order, by=self.by)


@_step("Hand an order over")
class Collect(OrderStep):
    def take(self, given: dict[str, Any]) -> None:
        lifecycle.collect(self.order, by=self.by)


@_step("Put an order aside that nobody collected")
class NotCollected(OrderStep):
    def take(self, given: dict[str, Any]) -> None:
        lifecycle.not_collected(self.order, by=self.by)


@_step("Cancel an order", ReasonSerializer)
class Cancel(OrderStep):
    fields = ReasonSerializer

    def take(self, given: dict[str, Any]) -> None:
        lifecycle.cancel(self.order, by=self.by, reason=given["reason"])


@_step("Take the last step back")
class Undo(OrderStep):
    def take(self, given: dict[str, Any]) -> None:
        lifecycle.undo(self.order, by=self.by)


@_step("Go on making what somebody else began")
class TakeOver(OrderStep):
    def take(self, given: dict[str, Any]) -> None:
        lifecycle.take_over(self.order, by=self.by)


@_step("Move an order to another station", ToStationSerializer)
class Move(OrderStep):
    fields = ToStationSerializer

    def take(self, given: dict[str, Any]) -> None:
        to = self.event.stations.filter(slug=given["to"]).exclude(pk=self.order.station_id).first()
        if to is None:
            raise serializers.ValidationError({"to": ["This event has no other station with that slug."]})
        lifecycle.move(self.order, to=to, by=self.by)


@_step("Tick a line off", TickSerializer)
class Tick(OrderStep):
    fields = TickSerializer

    def take(self, given: dict[str, Any]) -> None:
        if all(item.pk != given["item"] for item in self.order.items.all()):
            raise Problem(409, "no_such_line", "The order has no such line any more. Read it again.")
        lifecycle.tick(self.order, item=given["item"], made=given["made"], by=self.by)


class Messages(OrderView):
    needs = {"GET": READ, "POST": WORK}

    @extend_schema(
        summary="Read an order's messages",
        responses={200: MessageSerializer(many=True), **problems(401, 403, 404)},
    )
    def get(self, request: Request, order: int) -> Response:
        """What the bar and the customer wrote to each other about this order, oldest first."""
        return Response(MessageSerializer(self.order.messages.all(), many=True).data)

    @extend_schema(
        summary="Write to the customer",
        request=NewMessageSerializer,
        responses={201: MessageSerializer, **problems(400, 401, 403, 404, 409)},
    )
    def post(self, request: Request, order: int) -> Response:
        written = messages.write(self.order, ToSay(text=self.read(NewMessageSerializer)["text"]), by=self.by)
        return Response(MessageSerializer(written).data, status=201)
