"""Writes tables and orders as CSV and XLSX files, in which no spreadsheet program reads a cell as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from expresso.reports.order_list import order_columns, order_parts
from expresso.reports.period import Period
from expresso.reports.tables import Cell, Column, Table

#: A spreadsheet program reads a cell as a formula if it begins with one of these characters. The last four are
#: full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Maximum number of rows that are written to one sheet. Excel allows 1 048 576.
ROWS_PER_SHEET = 1_000_000


def harmless(cell: Cell) -> Cell:
    """Put an apostrophe before a text that looks like a formula, so that spreadsheet programs show it as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_pieces(columns: Iterable[Column], parts: Iterable[Iterable[tuple[Cell, ...]]]) -> Iterator[bytes]:
    """Yield a CSV file in pieces: first the headings, then the rows of each part.

    The file begins with a byte order mark, because without one Excel misreads umlauts."""
    yield _csv("utf-8-sig", [tuple(column.heading for column in columns)])
    for rows in parts:
        yield _csv("utf-8", rows)


def _csv(encoding: str, rows: Iterable[tuple[Cell, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


def xlsx_file(tables: Iterable[Table]) -> IO[bytes]:
    """Return an XLSX file with a sheet for each table."""
    return _workbook((table.title, table.columns, table.rows) for table in tables)


def _workbook(sheets: Iterable[tuple[str, Iterable[Column], Iterable[tuple[Cell, ...]]]]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    # Write each row to the disk at once, so that long tables do not need more memory.
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
    # Excel allows at most 31 characters in the name of a sheet.
    sheet = book.add_worksheet(f"{title[:27]} {part + 1}" if part else title[:31])
    sheet.freeze_panes(1, 0)
    for column, words in enumerate(headings):
        sheet.set_column(column, column, max(12, min(40, len(words))))
        sheet.write_string(0, column, words, bold)
    return sheet


def _write(sheet: Any, number: int, row: tuple[Cell, ...]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            # Write a string. The method `write` would turn some texts into formulas or links.
            sheet.write_string(number, column, cell)
        elif cell is not None:
            sheet.write_number(number, column, cell)


def orders_csv(period: Period, *, personal: bool) -> Iterator[bytes]:
    return csv_pieces(order_columns(personal=personal), order_parts(period, personal=personal))


def orders_xlsx(period: Period, *, personal: bool) -> IO[bytes]:
    rows = chain.from_iterable(order_parts(period, personal=personal))
    return _workbook([("Orders", order_columns(personal=personal), rows)])
