"""API views of orders: list, place and change orders, and every step that a barista takes."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Customer
from accounts.phones import mobile_as_e164
from expresso.api.base import READ, WORK, ApiView, check_match, etag, one
from expresso.api.filters import PAGE, STATION, STATUS, by_status, moment_asked, word_asked
from expresso.api.order_serializers import (
    CalledBackSerializer,
    ChangedOrderSerializer,
    NewOrderSerializer,
    OrderSerializer,
    OrderWithWaitSerializer,
    ReasonSerializer,
    TickSerializer,
    ToStationSerializer,
    item_of,
)
from expresso.api.problems import Problem
from expresso.api.schema import IF_MATCH, problems
from expresso.api.serializers import MessageSerializer, NewMessageSerializer
from expresso.api.strict import NoFieldsSerializer, paged
from inventory.snapshot import menu_of
from orders import lifecycle
from orders.items import Item
from orders.messaging import messages
from orders.messaging.texting import ToSay
from orders.models import Channel, Order
from orders.upkeep.rescheduling import want_at
from stations.models import Event, Station

ORDERS = Order.objects.select_related("event", "station", "maker").prefetch_related("items")
_ANSWERS = {200: OrderWithWaitSerializer, **problems(400, 401, 403, 404, 409, 412, 428)}


def items_asked(event: Event, given: dict[str, Any]) -> list[Item]:
    menu = menu_of(event).menu
    return [item_of(item, menu) for item in given["items"]]


def order_response(
    order: Order, *, status: int = 200, shape: type[OrderWithWaitSerializer] = OrderWithWaitSerializer
) -> Response:
    order = ORDERS.get(pk=order.pk)
    headers = {"ETag": etag(order)}
    if status == 201:
        headers["Location"] = reverse("api:order", args=[order.pk])
    return Response(shape(order).data, status=status, headers=headers)


class Orders(ApiView):
    needs = {"GET": READ, "POST": WORK}
    asks = (
        STATUS,
        STATION,
        OpenApiParameter("code", str, description="List only orders with this code, such as A07."),
        OpenApiParameter("placed_after", dt.datetime, description="List only orders placed after this time."),
        OpenApiParameter("placed_before", dt.datetime, description="List only orders placed before this time."),
        *PAGE,
    )

    @extend_schema(
        summary="List orders",
        responses={200: paged(OrderSerializer), **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, event: str) -> Response:
        """List an event's orders, newest first, in pages."""
        return self.page(self._filtered(request), OrderSerializer, by="-placed_at")

    def _filtered(self, request: Request) -> QuerySet[Order]:
        asked = request.query_params
        rows = by_status(ORDERS.filter(event=self.event), asked)
        if "station" in asked:
            rows = rows.filter(station__slug=word_asked(asked, "station"))
        if "code" in asked:
            rows = rows.filter(code__iexact=word_asked(asked, "code"))
        for name, lookup in (("placed_after", "placed_at__gt"), ("placed_before", "placed_at__lt")):
            if name in asked:
                rows = rows.filter(**{lookup: moment_asked(asked, name)})
        return rows

    @extend_schema(
        summary="Place an order",
        request=NewOrderSerializer,
        responses={201: OrderWithWaitSerializer, **problems(400, 401, 403, 404, 409)},
    )
    def post(self, request: Request, event: str) -> Response:
        """Place an order at the station that the request names. If it names none, the order goes to the station that
        can have it ready first."""
        given = self.read(NewOrderSerializer)
        placed = lifecycle.place(
            self.event,
            items=items_asked(self.event, given),
            channel=Channel.API,
            # The program sends a number, but this does not prove that the customer owns it. So the number gets only the
            # text that the order is ready. Once the order's code is texted from the number, its owner becomes the
            # order's customer.
            ready_text_to=_owner_of_number(self.event, given["phone"]),
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


def _owner_of_number(event: Event, phone: str) -> Customer | None:
    if not phone:
        return None
    try:
        number = mobile_as_e164(phone, like=event.sms_number or "", countries=event.countries)
    except ValidationError as error:
        raise serializers.ValidationError({"phone": error.messages}) from None
    return Customer.objects.get_or_create(phone=number)[0]


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
        """Change an order's drinks or time before it is started, or its name while it is open.

        Either all changes are made or none."""
        given = self.read(ChangedOrderSerializer)
        check_match(request, self.order)
        with transaction.atomic():
            self.change(given)
        return order_response(self.order)

    def change(self, given: dict[str, Any]) -> None:
        if "items" in given:
            lifecycle.change(self.order, items=items_asked(self.event, given), name=given.get("name"), by=self.by)
        elif "name" in given:
            lifecycle.rename(self.order, name=given["name"], by=self.by)
        wanted = self.order.wanted_at if self.order.held else None
        if given.get("wanted_at", wanted) != wanted:
            want_at(self.order, wanted_at=given["wanted_at"], by=self.by)


class OrderStep(OrderView):
    """Base of the views for one step of an order, such as start or undo. A request needs If-Match with the version of
    the order that the caller has read, so that it is refused if the order has changed since."""

    needs = {"POST": WORK}
    fields: ClassVar[type[serializers.Serializer[Any]]] = NoFieldsSerializer
    shape: ClassVar[type[OrderWithWaitSerializer]] = OrderWithWaitSerializer

    def take(self, given: dict[str, Any]) -> None:
        """Take the step. Raise a Refusal if the order does not allow it."""
        raise TypeError(f"{type(self).__name__} must say what it does")

    def post(self, request: Request, order: int) -> Response:
        given = self.read(self.fields)
        check_match(request, self.order)
        self.take(given)
        return order_response(self.order, shape=self.shape)


def _step(
    summary: str,
    fields: type[serializers.Serializer[Any]] = NoFieldsSerializer,
    shape: type[OrderWithWaitSerializer] = OrderWithWaitSerializer,
) -> Any:
    """Return a decorator that describes a step in the OpenAPI schema."""
    answers = _ANSWERS | {200: shape}
    return extend_schema(methods=["POST"], summary=summary, request=fields, parameters=[IF_MATCH], responses=answers)


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


@_step("Take the last step back", shape=CalledBackSerializer)
class Undo(OrderStep):
    shape = CalledBackSerializer

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
        """List the messages between the baristas and the customer about this order, oldest first."""
        return Response(MessageSerializer(self.order.messages.all(), many=True).data)

    @extend_schema(
        summary="Write to the customer",
        request=NewMessageSerializer,
        responses={201: MessageSerializer, **problems(400, 401, 403, 404, 409)},
    )
    def post(self, request: Request, order: int) -> Response:
        written = messages.write(self.order, ToSay(text=self.read(NewMessageSerializer)["text"]), by=self.by)
        return Response(MessageSerializer(written).data, status=201)
