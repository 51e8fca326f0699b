"""Reads a menu from a spreadsheet (CSV or XLSX).

The first row names the columns. The columns "Drink", "Category", "Minutes" and "Price" have a fixed meaning. Each other
column is a group of options, such as Milk. Its cells list the options of the drink in that row, separated by commas. An
asterisk marks the default option: in "Full cream*, Oat, Soy" full cream is the default."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import openpyxl
import yaml
from openpyxl.utils.exceptions import InvalidFileException

from inventory.menu import Menu
from inventory.menu_file import read_menu
from inventory.menu_yaml import MenuFileError

#: Maximum number of rows, of columns, and of bytes after unpacking that are read.
ROWS, COLUMNS, UNPACKED = 500, 30, 20_000_000
DRINK, CATEGORY, MINUTES, PRICE = "drink", "category", "minutes", "price"


class SheetError(ValueError):
    """The sheet cannot be read as a menu. The message says what to do."""


def read_sheet(content: bytes, *, title: str) -> Menu:
    """Return the menu in a sheet. Raise SheetError; its message names the faulty row if there is one."""
    rows = list(_xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content))
    if not any(any(row) for row in rows):
        raise SheetError("The sheet is empty.")
    heads = [head.strip() for head in rows[0]]
    known = [head.casefold() for head in heads]
    if DRINK not in known:
        raise SheetError("The first row has to name the columns, one of them “Drink”.")
    groups: dict[str, dict[str, Any]] = {}
    drinks = [
        _drink(number, dict(zip(heads, row, strict=False)), groups)
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
    if not drinks:
        raise SheetError("There is no drink below the first row.")
    content_of = {"name": title, "drinks": drinks, "option_groups": [*groups.values()]}
    try:
        # Write the content as a menu file and read that, because `read_menu` checks all rules of a menu.
        return read_menu(yaml.safe_dump(content_of, allow_unicode=True, sort_keys=False))
    except MenuFileError as error:
        raise SheetError("; ".join(fault.reason for fault in error.faults)) from None


def _drink(number: int, row: dict[str, str], groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    given = {head.casefold(): cell.strip() for head, cell in row.items()}
    if not given[DRINK]:
        raise SheetError(f"Row {number}: the drink has no name.")
    drink: dict[str, Any] = {"name": given[DRINK], "category": given.get(CATEGORY) or "Drinks"}
    if minutes := given.get(MINUTES):
        drink["minutes"] = minutes.replace(",", ".")
    if price := given.get(PRICE):
        drink["price"] = price
    offered = []
    for head, cell in row.items():
        options = [option.strip() for option in cell.split(",") if option.strip()]
        if head and head.casefold() not in {DRINK, CATEGORY, MINUTES, PRICE} and options:
            offered.append(head)
            _note(groups.setdefault(head, {"name": head, "options": []}), drink, options)
    if offered:
        drink["options"] = offered
    return drink


def _note(group: dict[str, Any], drink: dict[str, Any], options: Sequence[str]) -> None:
    if group["name"].casefold() in {"milk", "milks", "milch", "leche", "lait"}:
        group["role"] = "milk"
    for option in options:
        name = option.rstrip("*").strip()
        if name not in (each["name"] for each in group["options"]):
            group["options"].append({"name": name})
        if option.endswith("*"):
            drink.setdefault("defaults", {})[group["name"]] = name


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The file is not UTF-8: Excel writes CSV in the encoding of the system.
        text = content.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SheetError(f"This is no CSV file: {error}.") from None


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED:
                raise SheetError("The workbook is too large.")
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(max_row=ROWS + 2, max_col=COLUMNS, values_only=True)
        yield from _bounded(["" if cell is None else str(cell) for cell in row] for row in rows)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, OSError, ValueError) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError("This is no XLSX workbook. Save the sheet again as XLSX or CSV.") from None


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(islice(rows, ROWS + 2)):
        if number > ROWS:
            raise SheetError(f"A menu has at most {ROWS} drinks.")
        yield row[:COLUMNS]
