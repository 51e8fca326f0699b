"""Writes tables and orders as CSV and XLSX files. No spreadsheet reads a cell of them as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from accounts.phones import grouped_number
from expresso.reports.order_tables import language_name
from expresso.reports.period import Period
from expresso.reports.tables import Cell, Column, Table
from orders.models import Channel, Order, OrderItem
from orders.statuses import Status

#: Spreadsheets read a cell as a formula if it begins with one of these characters. The last four are full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Excel allows 1 048 576 rows in a sheet.
ROWS_PER_SHEET = 1_000_000


def harmless(cell: Cell) -> Cell:
    """Put an apostrophe before a text that looks like a formula, so that every spreadsheet shows it as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_file(columns: Iterable[Column], rows: Iterable[tuple[Cell, ...]]) -> IO[bytes]:
    """Return a CSV file. It begins with a byte order mark, because without the mark Excel misreads umlauts."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([harmless(column.heading) for column in columns])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    text.detach()
    file.seek(0)
    return file


def xlsx_file(tables: Iterable[Table]) -> IO[bytes]:
    """Return a workbook with a sheet for each table."""
    return _workbook((table.title, table.columns, table.rows) for table in tables)


def _workbook(sheets: Iterable[tuple[str, Iterable[Column], Iterable[tuple[Cell, ...]]]]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    # Each row is written to the disk at once, so that long tables need no more memory.
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for title, columns, rows in sheets:
        headings = [column.heading for column in columns]
        sheet = None
        for number, row in enumerate(rows):
            if number % ROWS_PER_SHEET == 0:
                sheet = _sheet(book, title, number // ROWS_PER_SHEET, headings, bold)
            _write(sheet, number % ROWS_PER_SHEET + 1, row)
        if sheet is None:
            _sheet(book, title, 0, headings, bold)
    book.close()
    file.seek(0)
    return file


def _sheet(book: Any, title: str, part: int, headings: list[str], bold: Any) -> Any:
    # Excel allows 31 characters in the name of a sheet.
    sheet = book.add_worksheet(f"{title[:27]} {part + 1}" if part else title[:31])
    sheet.freeze_panes(1, 0)
    for column, words in enumerate(headings):
        sheet.set_column(column, column, max(12, min(40, len(words))))
        sheet.write_string(0, column, words, bold)
    return sheet


def _write(sheet: Any, number: int, row: tuple[Cell, ...]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            # Not `write`, which would turn some texts into formulas or links.
            sheet.write_string(number, column, cell)
        elif cell is not None:
            sheet.write_number(number, column, cell)


# -- orders --------------------------------------------------------------------------------

_OF_ORDERS = (
    Column("code", "Code"),
    Column("placed", "Placed"),
    Column("started", "Started"),
    Column("ready", "Ready"),
    Column("closed", "Closed"),
    Column("status", "Status"),
    Column("channel", "Channel"),
    Column("station", "Station"),
    Column("barista", "Barista"),
    Column("cups", "Cups", "cups"),
    Column("drinks", "Drinks"),
    Column("quoted", "Quoted until"),
    Column("language", "Language"),
)
_PERSONAL = (Column("name", "Name"), Column("number", "Number"))


def order_columns(*, personal: bool) -> tuple[Column, ...]:
    return (*_OF_ORDERS, *_PERSONAL) if personal else _OF_ORDERS


def order_rows(period: Period, *, personal: bool) -> Iterator[tuple[Cell, ...]]:
    """Yield every order of the period, in the order of placing. Names and numbers are included only if `personal`."""
    orders = Order.objects.filter(
        event=period.event, placed_at__gte=period.start, placed_at__lt=period.end, practice=False
    ).select_related("station", "maker", "customer")
    for order in orders.prefetch_related("items").order_by("placed_at", "pk").iterator(chunk_size=2000):
        row = _row(period, order)
        yield (*row, order.name, _number_of(order)) if personal else row


def orders_csv(period: Period, *, personal: bool) -> IO[bytes]:
    return csv_file(order_columns(personal=personal), order_rows(period, personal=personal))


def orders_xlsx(period: Period, *, personal: bool) -> IO[bytes]:
    return _workbook([("Orders", order_columns(personal=personal), order_rows(period, personal=personal))])


def _row(period: Period, order: Order) -> tuple[Cell, ...]:
    def local(moment: Any) -> str:
        return f"{period.event.local(moment):%Y-%m-%d %H:%M:%S}" if moment else ""

    customer = order.customer
    return (
        order.code,
        local(order.placed_at),
        local(order.started_at),
        local(order.ready_at),
        local(order.closed_at),
        str(Status(order.status).label),
        str(Channel(order.channel).label),
        order.station.name,
        (order.maker.get_short_name() or order.maker.username) if order.maker else "",
        order.cups,
        "; ".join(_words(item) for item in order.items.all()),
        local(order.quoted_to),
        language_name(order.language or (customer.language if customer else "")),
    )


def _number_of(order: Order) -> str:
    return grouped_number(order.customer.phone) if order.customer and order.customer.phone else ""


def _words(item: OrderItem) -> str:
    choices = ", ".join(" ".join(str(part) for part in (c["amount"], c["option"]) if part) for c in item.choices)
    return f"{item.quantity} {item.drink_name}" + (f" ({choices})" if choices else "")
