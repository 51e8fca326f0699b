"""All tables of a report, in the order in which the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from expresso.reports import cup_tables, money_tables, order_tables, text_tables
from expresso.reports.report import Report
from expresso.reports.tables import Table

Builder = Callable[[Report], Table]

#: The function that builds each table, by the table's key.
TABLES: Mapping[str, Builder] = {
    "totals": order_tables.totals,
    "days": order_tables.days,
    "hours": order_tables.hours,
    "waits": order_tables.waits,
    "promises": order_tables.promises,
    "statuses": order_tables.statuses,
    "stations": order_tables.stations,
    "baristas": order_tables.baristas,
    "channels": order_tables.channels,
    "drinks": cup_tables.drinks,
    "options": cup_tables.options,
    "milks": cup_tables.milks,
    "stock": cup_tables.stock,
    "customers": order_tables.customers,
    "languages": order_tables.languages,
    "cancellations": order_tables.cancellations,
    "revenue": money_tables.revenue,
    "texts": text_tables.texts_table,
    "reading": text_tables.reading,
    "unknown-words": text_tables.unknown_words_table,
    "ratings": text_tables.ratings,
}
