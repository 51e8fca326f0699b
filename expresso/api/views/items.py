"""API views of items, i.e. the drinks in an event's orders, for programs that make drinks one by one."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from expresso.api.base import READ, WORK, ApiView, check_match, etag, one
from expresso.api.filters import PAGE, STATION, STATUS, by_status, number_asked, word_asked
from expresso.api.order_serializers import LineSerializer
from expresso.api.schema import IF_MATCH, problems
from expresso.api.strict import Strict, paged
from orders import lifecycle
from orders.models import Order, OrderItem
from orders.statuses import Status

ITEMS = OrderItem.objects.select_related("order__event", "order__station")


class ItemOfOrderSerializer(LineSerializer):
    """An item of a saved order, together with its order."""

    order = serializers.IntegerField(source="order_id")
    code = serializers.CharField(source="order.code", help_text="Code of the order, such as A07.")
    station = serializers.CharField(source="order.station.slug")
    status = serializers.ChoiceField(choices=Status.choices, source="order.status")
    version = serializers.IntegerField(
        source="order.version", help_text="Version of the order. The order's ETag is this number in quotes."
    )


class MadeSerializer(Strict):
    made = serializers.BooleanField(help_text="True ticks the item off as made, false undoes that.")


class Items(ApiView):
    asks = (
        OpenApiParameter(
            "order", int, description="Id of the order whose items are listed. Leave it out to list all orders."
        ),
        STATUS,
        STATION,
        *PAGE,
    )

    @extend_schema(
        summary="List items",
        responses={200: paged(ItemOfOrderSerializer), **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, event: str) -> Response:
        """List the items of an event's orders, newest first, in pages."""
        asked = request.query_params
        orders = by_status(Order.objects.filter(event=self.event), asked)
        if "station" in asked:
            orders = orders.filter(station__slug=word_asked(asked, "station"))
        if "order" in asked:
            orders = orders.filter(pk=number_asked(asked, "order"))
        return self.page(ITEMS.filter(order__in=orders), ItemOfOrderSerializer, by="-pk")


class ItemDetail(ApiView):
    needs = {"GET": READ, "PATCH": WORK}

    def item(self) -> OrderItem:
        return one(ITEMS.filter(order__event=self.event, pk=self.kwargs["item"]))

    def answer(self, item: OrderItem) -> Response:
        return Response(ItemOfOrderSerializer(item).data, headers={"ETag": etag(item.order)})

    @extend_schema(summary="Read an item", responses={200: ItemOfOrderSerializer, **problems(401, 403, 404)})
    def get(self, request: Request, event: str, item: int) -> Response:
        return self.answer(self.item())

    @extend_schema(
        summary="Tick an item off",
        request=MadeSerializer,
        parameters=[IF_MATCH],
        responses={200: ItemOfOrderSerializer, **problems(400, 401, 403, 404, 409, 412, 428)},
    )
    def patch(self, request: Request, event: str, item: int) -> Response:
        """Mark an item as made or not made. This is possible while its order is being made."""
        given: dict[str, Any] = self.read(MadeSerializer)
        row = self.item()
        check_match(request, row.order)
        lifecycle.tick(row.order, item=row.pk, made=given["made"], by=self.by)
        return self.answer(self.item())
