"""The tables of a report, which are shown on pages, in files and in the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: str
    #: Unit of the numbers in the column, such as "orders", "min" or "%". It is "" if the cells are words, and "various"
    #: if each row has a unit of its own in another column.
    unit: str = ""

    @property
    def heading(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit in {"min", "%"} else self.title

    @property
    def is_number(self) -> bool:
        return bool(self.unit)


def said(cell: Cell) -> str:
    """Return a cell as text: a dash for None, and numbers with at most two decimals."""
    if cell is None:
        return "\N{EN DASH}"
    if isinstance(cell, float):
        return f"{cell:,.2f}".rstrip("0").rstrip(".")
    return f"{cell:,}" if isinstance(cell, int) else cell


@dataclass(frozen=True, slots=True)
class ShownRow:
    head: str
    cells: tuple[tuple[str, bool], ...]
    #: Length of the bar in this row, as an SVG width; "" for no bar.
    bar: str


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: str
    #: Sentence below the title that explains how the figures are counted.
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: Key of the column that is drawn as a chart; "" for no chart.
    charted: str = ""
    #: True if the rows are sorted by time. The chart then shows them in the same sequence.
    over_time: bool = False

    @property
    def shown(self) -> list[ShownRow]:
        """The rows as text. Each cell has a flag, which is True for a number."""
        keys = [column.key for column in self.columns]
        drawn = [row[keys.index(self.charted)] if self.charted else None for row in self.rows]
        values = [value if isinstance(value, int | float) else 0 for value in drawn]
        most = max(values, default=0)
        return [
            ShownRow(
                said(row[0]),
                tuple((said(cell), column.is_number) for cell, column in zip(row[1:], self.columns[1:], strict=True)),
                f"{100 * value / most:.1f}%" if most else "",
            )
            for row, value in zip(self.rows, values, strict=True)
        ]

    def as_objects(self) -> list[dict[str, Any]]:
        return [dict(zip((column.key for column in self.columns), row, strict=True)) for row in self.rows]


ORDERS = Column("orders", "Orders", "orders")
CUPS = Column("cups", "Cups", "cups")
SHARE = Column("share", "Share", "%")
CANCELLED = Column("cancelled", "Cancelled", "orders")
NOT_COLLECTED = Column("not_collected", "Not collected", "orders")
P50 = Column("p50", "Half waited at most", "min")
P95 = Column("p95", "95 % waited at most", "min")
KEPT = Column("kept", "Promise kept", "%")
