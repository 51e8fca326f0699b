"""API views of the menu, of sold-out drinks and options, and of stock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Right
from accounts.audit import record_once_a_minute
from expresso.api.base import READ, ApiView, Need, one
from expresso.api.models import Scope
from expresso.api.problems import Problem
from expresso.api.schema import problems
from expresso.api.serializers import (
    AdjustSerializer,
    CountSerializer,
    OptionGroupSerializer,
    SoldOutSerializer,
    StockSerializer,
)
from expresso.api.views.events import StationView
from inventory import sold_out
from inventory.importing import export_menu, import_menu
from inventory.menu_export import write_menu
from inventory.menu_file import read_menu
from inventory.menu_yaml import MAX_SIZE, MenuFileError
from inventory.models import CannotMake, Drink, Option, OptionGroup, Stock
from stations.models import Station

EDIT = Need(Right.MANAGE, Scope.MENU)
SUPPLY = Need(Right.WORK, Scope.MENU)


class EventMenu(ApiView):
    needs = {"GET": READ, "PUT": EDIT}

    @extend_schema(summary="Read the whole menu", responses={200: OpenApiTypes.OBJECT, **problems(401, 403, 404)})
    def get(self, request: Request, event: str) -> Response:
        """Return the menu in the format of a menu file (`manage.py import_menu`)."""
        subject = f"menu of {self.event}"
        record_once_a_minute("exported", subject, user=self.by, event=self.event.pk, by_way_of="API")
        return self._whole_menu()

    def _whole_menu(self) -> Response:
        return Response(yaml.safe_load(write_menu(export_menu(self.event))))

    @extend_schema(
        summary="Replace the whole menu",
        request=OpenApiTypes.OBJECT,
        responses={200: OpenApiTypes.OBJECT, **problems(400, 401, 403, 404)},
    )
    def put(self, request: Request, event: str) -> Response:
        """Replace the menu. Drinks and options that the new menu lacks are retired; existing orders keep them."""
        text = request._request.body.decode("utf-8", "replace")
        if len(text) > MAX_SIZE:
            raise Problem(400, "invalid", f"A menu has at most {MAX_SIZE} characters.")
        if not isinstance(request.data, dict):
            raise Problem(400, "invalid", "A menu is an object with a name and drinks.")
        try:
            # JSON is valid YAML, so the parser of menu files reads the body and reports each fault with its line.
            menu = read_menu(text)
        except MenuFileError as error:
            errors = [{"pointer": "", "detail": str(fault)} for fault in error.faults]
            raise Problem(400, "invalid", "This is not a menu; nothing was changed.", errors=errors) from None
        import_menu(self.event, menu, by=self.by)
        self.event.refresh_from_db()
        return self._whole_menu()


class OptionGroups(ApiView):
    @extend_schema(
        summary="List option groups with their options",
        responses={200: OptionGroupSerializer(many=True), **problems(401, 403, 404)},
    )
    def get(self, request: Request, event: str) -> Response:
        rows = OptionGroup.objects.filter(event=self.event, retired_at=None).prefetch_related("options")
        return Response(OptionGroupSerializer(rows, many=True).data)


class GapSerializer(serializers.Serializer[Any]):
    drink = serializers.IntegerField(source="drink_id", allow_null=True)
    option = serializers.IntegerField(source="option_id", allow_null=True)
    name = serializers.SerializerMethodField()
    until = serializers.DateTimeField(allow_null=True)

    def get_name(self, gap: CannotMake) -> str:
        return str(gap.drink or gap.option)


_GAPS = {200: GapSerializer(many=True), **problems(400, 401, 403, 404)}


class StationSoldOut(StationView):
    needs = {"GET": READ, "POST": SUPPLY}

    @extend_schema(summary="List what a station is out of", responses=_GAPS)
    def get(self, request: Request, station: str) -> Response:
        return self.gaps()

    def gaps(self) -> Response:
        rows = CannotMake.objects.filter(station=self.station).select_related("drink", "option")
        return Response(GapSerializer([row for row in rows if row.holds()], many=True).data)

    @extend_schema(summary="Take a drink or option off", request=SoldOutSerializer, responses=_GAPS)
    def post(self, request: Request, station: str) -> Response:
        """Mark a drink or an option as sold out. The station offers it to nobody until it is marked as available
        again."""
        given = self.read(SoldOutSerializer)
        until: dt.datetime | None = given["until"]
        if until is not None and until <= timezone.now():
            raise serializers.ValidationError({"until": ["Give a time that is still to come."]})
        sold_out.sell_out(self.where(given), self.part(given), until=until, by=self.by)
        return self.gaps()

    def part(self, given: dict[str, Any]) -> Drink | Option:
        if "drink" in given:
            return one(Drink.objects.filter(event=self.event, pk=given["drink"]))
        return one(Option.objects.filter(group__event=self.event, pk=given["option"]))

    def where(self, given: dict[str, Any]) -> list[Station]:
        return list(self.event.stations.all()) if given["everywhere"] else [self.station]


class BackAgain(StationSoldOut):
    needs = {"POST": SUPPLY}
    http_method_names = ["post", "options"]

    @extend_schema(summary="Put a drink or option back", request=SoldOutSerializer, responses=_GAPS)
    def post(self, request: Request, station: str) -> Response:
        given = self.read(SoldOutSerializer)
        sold_out.put_back_on_sale(self.where(given), self.part(given), by=self.by)
        return self.gaps()


class StationStock(StationView):
    @extend_schema(
        summary="List a station's stock", responses={200: StockSerializer(many=True), **problems(401, 403, 404)}
    )
    def get(self, request: Request, station: str) -> Response:
        """List the ingredients whose stock is counted. An ingredient that is not listed never runs out."""
        rows = Stock.objects.filter(station=self.station).select_related("ingredient")
        return Response(StockSerializer(rows, many=True).data)


class _StockAct(StationView):
    needs = {"POST": SUPPLY}

    def row(self) -> Stock:
        return one(Stock.objects.filter(station=self.station, pk=self.kwargs["stock"]))

    def done(self, row: Stock) -> Response:
        return Response(StockSerializer(Stock.objects.select_related("ingredient").get(pk=row.pk)).data)


class CountStock(_StockAct):
    @extend_schema(
        summary="Set what is on hand",
        request=CountSerializer,
        responses={200: StockSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, station: str, stock: int) -> Response:
        given, row = self.read(CountSerializer), self.row()
        sold_out.set_on_hand(row, on_hand=given["on_hand"], reason=given["reason"], by=self.by)
        return self.done(row)


class AdjustStock(_StockAct):
    @extend_schema(
        summary="Add to or take from what is on hand",
        request=AdjustSerializer,
        responses={200: StockSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, station: str, stock: int) -> Response:
        given, row = self.read(AdjustSerializer), self.row()
        sold_out.adjust(row, add=given["add"], reason=given["reason"], by=self.by)
        return self.done(row)
