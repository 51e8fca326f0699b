"""Views of the report pages and of their downloads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.access import Right, user_of
from accounts.models import record
from expresso.reports import files, refresh
from expresso.reports.catalog import TABLES
from expresso.reports.forms import ReportForm
from expresso.reports.order_tables import totals_of
from expresso.reports.report import Report
from expresso.reports.sources import from_views
from expresso.reports.tables import Table, said
from stations.access import at_event
from stations.models import Event

#: Keys of the tables on the printed sheet for sponsors.
SHEET = ("hours", "drinks", "milks", "customers")
#: Maximum number of rows that a table has on the printed sheet.
SHEET_ROWS = 12
#: Keys of the figures that are shown in large letters above the tables.
LARGE_FIGURES = ("orders", "cups", "p50", "p95", "kept")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_event(Right.MANAGE)
@require_safe
def reports(request: HttpRequest, event: Event) -> HttpResponse:
    form = ReportForm(request.GET, event=event, user=user_of(request))
    report = form.report()
    tables = [build(report) for build in TABLES.values()]
    context = _context(request, event, report) | {"form": form, "tables": tables}
    return render(request, "reports/reports.html", context)


@at_event(Right.MANAGE)
@require_safe
def sheet(request: HttpRequest, event: Event) -> HttpResponse:
    """Show a page to print for people outside of the team, without baristas, reasons for cancellations and texts."""
    report = ReportForm(request.GET, event=event, user=user_of(request)).report()
    tables = [TABLES[key](report) for key in SHEET]
    tables = [replace(table, rows=table.rows[:SHEET_ROWS]) for table in tables]
    context = _context(request, event, report) | {"tables": tables}
    return render(request, "reports/sheet.html", context)


def _context(request: HttpRequest, event: Event, report: Report) -> dict[str, Any]:
    figures = [
        {"name": name, "value": said(value), "unit": unit}
        for key, name, value, unit in totals_of(report.all)
        if key in LARGE_FIGURES
    ]
    return {
        "event": event,
        "report": report,
        "figures": figures,
        "asked": request.GET.urlencode(),
        "counted_at": refresh.counted_at() if from_views(report.period) else None,
    }


@at_event(Right.MANAGE)
@require_safe
def file(request: HttpRequest, event: Event, table: str, kind: str) -> HttpResponse:
    """Return a table as CSV or XLSX. The table "all" is an XLSX file with all tables; "orders" lists every order."""
    personal = table == "orders" and "names" in request.GET
    report = ReportForm(request.GET, event=event, user=user_of(request)).report()
    name = f"{event.slug}-{table}-{report.period.first}-{report.period.last}.{kind}"
    response: Any
    if kind == "csv":
        pieces = _csv(report, table, personal=personal)
        response = StreamingHttpResponse(
            # ASGI needs an asynchronous iterator. Otherwise nothing would be sent before the last piece is made.
            _as_asynchronous(pieces) if isinstance(request, ASGIRequest) else pieces,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
        )
    elif kind == "xlsx":
        response = FileResponse(
            _xlsx(report, table, personal=personal), as_attachment=True, filename=name, content_type=XLSX
        )
    else:
        raise Http404
    record(
        "exported",
        f"{table} of {event}",
        by=user_of(request),
        event=event.pk,
        days=[report.period.first.isoformat(), report.period.last.isoformat()],
        kind=kind,
        with_names=personal,
    )
    return response  # type: ignore[no-any-return]


def _csv(report: Report, table: str, *, personal: bool) -> Iterator[bytes]:
    """Return a CSV file in pieces, each of which is made when it is sent."""
    if table == "orders":
        return files.orders_csv(report.period, personal=personal)
    found = _table(report, table)
    return files.csv_pieces(found.columns, [found.rows])


def _xlsx(report: Report, table: str, *, personal: bool) -> IO[bytes]:
    if table == "orders":
        return files.orders_xlsx(report.period, personal=personal)
    if table == "all":
        return files.xlsx_file(build(report) for build in TABLES.values())
    return files.xlsx_file([_table(report, table)])


def _table(report: Report, key: str) -> Table:
    if key not in TABLES:
        raise Http404
    return TABLES[key](report)


async def _as_asynchronous(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    next_piece = sync_to_async(lambda: next(pieces, None))
    while (piece := await next_piece()) is not None:
        yield piece
