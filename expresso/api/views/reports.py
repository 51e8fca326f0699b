"""API views of reports. Their tables are those of the reports' pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Right
from accounts.audit import record_once_a_minute
from expresso.api.base import ApiView, Need
from expresso.api.problems import Problem
from expresso.api.schema import problems
from expresso.reports.catalog import TABLES
from expresso.reports.forms import ReportForm
from expresso.reports.order_tables import totals_of
from expresso.reports.report import Report


class PeriodSerializer(serializers.Serializer[Any]):
    event = serializers.CharField(help_text="Slug of the event.")
    first = serializers.DateField(help_text="First day, in the event's time zone.")
    last = serializers.DateField(help_text="Last day, in the event's time zone.")


class FiguresSerializer(PeriodSerializer):
    orders = serializers.IntegerField(help_text="Number of orders.")
    cups = serializers.IntegerField(help_text="Number of cups, without those of cancelled orders.")
    p50 = serializers.IntegerField(allow_null=True, help_text="Half of the orders were ready within this many minutes.")
    p95 = serializers.IntegerField(allow_null=True, help_text="95 % of the orders were ready within this many minutes.")
    kept = serializers.FloatField(
        allow_null=True, help_text="Percentage of the orders that were ready by the end of the quoted time."
    )
    cancelled = serializers.IntegerField(help_text="Number of cancelled orders.")
    not_collected = serializers.IntegerField(help_text="Number of orders that nobody collected.")
    open = serializers.IntegerField(help_text="Number of orders that are waiting, being made or ready.")
    tables = serializers.ListField(
        child=serializers.CharField(), help_text="Keys of the tables. Each table can be read at `reports/{table}/`."
    )


class ColumnSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField(
        help_text="Unit of the numbers in this column, such as min, %, orders or cups. Empty for text."
    )


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}]})
class CellField(serializers.Field[Any, Any, Any, Any]):
    def to_representation(self, value: Any) -> Any:
        return value


class TableSerializer(PeriodSerializer):
    table = serializers.CharField(help_text="Key of the table.")
    title = serializers.CharField()
    about = serializers.CharField(help_text="How the figures of this table are counted, in one sentence.")
    columns = ColumnSerializer(many=True)
    rows = serializers.ListField(
        child=serializers.DictField(child=CellField()),
        help_text="Rows of the table. Each row has one cell for each column, by its key.",
    )


_DAYS = (
    OpenApiParameter(
        "first",
        str,
        description="First day, such as 2026-11-09. Leave it out to begin with the first day that has orders.",
    ),
    OpenApiParameter(
        "last", str, description="Last day, such as 2026-11-10. Leave it out to end with the last day that has orders."
    ),
)
_PRICE = OpenApiParameter(
    "price",
    str,
    description="Price of one text segment, such as 0.0079. Only the table `texts` needs it, for the costs.",
)
_TABLE = OpenApiParameter("table", str, OpenApiParameter.PATH, enum=list(TABLES))


class ReportView(ApiView):
    needs = {"GET": Need(Right.MANAGE)}

    def report(self) -> Report:
        form = ReportForm(self.request.query_params, event=self.event, user=self.by)
        if not form.is_valid():
            faults = [(field, fault) for field, faults in form.errors.items() for fault in faults]
            errors = [{"pointer": f"/{field}", "detail": fault} for field, fault in faults]
            raise Problem(400, "invalid", "Give days such as 2026-11-09.", errors=errors)
        return form.report()

    def answer(self, report: Report, **content: Any) -> dict[str, Any]:
        return {"event": self.event.slug, "first": report.period.first, "last": report.period.last, **content}


class Reports(ReportView):
    asks = _DAYS

    @extend_schema(
        summary="Read the figures of an event",
        responses={200: FiguresSerializer, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, event: str) -> Response:
        """Return the totals of orders, cups and waits. `tables` lists the tables that can be read, by the keys for
        their URLs."""
        report = self.report()
        figures = {key: value for key, _, value, _ in totals_of(report.all)}
        return Response(FiguresSerializer(self.answer(report, **figures, tables=list(TABLES))).data)


class ReportTable(ReportView):
    asks = (*_DAYS, _PRICE)

    @extend_schema(
        summary="Read a table of the reports",
        parameters=[_TABLE],
        responses={200: TableSerializer, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, event: str, table: str) -> Response:
        """Return a table. `columns` lists its columns, each with key, title and unit. Each row is an object with these
        keys."""
        if table not in TABLES:
            raise Http404
        report = self.report()
        built = TABLES[table](report)
        subject = f"{table} of {self.event}"
        record_once_a_minute("exported", subject, user=self.by, event=self.event.pk, by_way_of="API")
        columns = [{"key": each.key, "title": each.title, "unit": each.unit} for each in built.columns]
        content = {"table": table, "title": built.title, "about": built.about, "columns": columns}
        return Response(TableSerializer(self.answer(report, **content, rows=built.as_objects())).data)
