"""Reads the orders of a period as rows of a file, in parts, so that a long file needs no more memory than a short
one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from accounts.phones import grouped_number
from expresso.reports.order_tables import language_name
from expresso.reports.period import Period
from expresso.reports.tables import Cell, Column
from orders.models import Channel, Order, OrderItem
from orders.statuses import Status

#: Number of orders that are read at once.
PART = 1000
#: Columns of the database from which the row of an order is made.
_READ = (
    "pk",
    "code",
    "placed_at",
    "started_at",
    "ready_at",
    "closed_at",
    "status",
    "channel",
    "station__name",
    "maker__first_name",
    "maker__username",
    "cups",
    "quoted_to",
    "language",
    "customer__language",
)
_READ_PERSONAL = ("name", "customer__phone")
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


def order_parts(period: Period, *, personal: bool) -> Iterator[list[tuple[Cell, ...]]]:
    """Yield lists of up to a thousand rows, one row for each order of the period, oldest first.

    Names and phone numbers are included only with `personal`. Each list is read by a statement of its own. With one
    cursor over all orders, PostgreSQL would read all orders before it returns the first row, and SQLite could not empty
    its write-ahead log until the last row."""
    orders = Order.objects.filter(
        event=period.event, placed_at__gte=period.start, placed_at__lt=period.end, practice=False
    ).order_by("placed_at", "pk")
    # Choose the database now, during the request. The parts are read later, while the response is sent.
    return _parts(period, orders.using(orders.db), personal=personal)


def _parts(period: Period, orders: QuerySet[Order], *, personal: bool) -> Iterator[list[tuple[Cell, ...]]]:
    columns = (*_READ, *_READ_PERSONAL) if personal else _READ
    read = orders[:PART].values(*columns)
    while part := list(read):
        drinks = _drinks_of([order["pk"] for order in part], using=orders.db)
        yield [_row(period, order, "; ".join(drinks.get(order["pk"], ())), personal=personal) for order in part]
        last = part[-1]
        later = Q(placed_at__gt=last["placed_at"]) | Q(pk__gt=last["pk"])
        read = orders.filter(later, placed_at__gte=last["placed_at"])[:PART].values(*columns)


def _drinks_of(orders: list[int], *, using: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    items = OrderItem.objects.using(using).filter(order__in=orders)
    for order, quantity, drink, choices in items.values_list("order", "quantity", "drink_name", "choices"):
        found.setdefault(order, []).append(_words(quantity, drink, choices))
    return found


def _row(period: Period, order: dict[str, Any], drinks: str, *, personal: bool) -> tuple[Cell, ...]:
    def local(moment: dt.datetime | None) -> str:
        return f"{period.event.local(moment):%Y-%m-%d %H:%M:%S}" if moment else ""

    row = (
        order["code"],
        local(order["placed_at"]),
        local(order["started_at"]),
        local(order["ready_at"]),
        local(order["closed_at"]),
        str(Status(order["status"]).label),
        str(Channel(order["channel"]).label),
        order["station__name"],
        order["maker__first_name"] or order["maker__username"] or "",
        order["cups"],
        drinks,
        local(order["quoted_to"]),
        language_name(order["language"] or order["customer__language"] or ""),
    )
    return (*row, order["name"], grouped_number(order["customer__phone"] or "")) if personal else row


def _words(quantity: int, drink: str, chosen: list[dict[str, Any]]) -> str:
    choices = ", ".join(" ".join(str(part) for part in (c["amount"], c["option"]) if part) for c in chosen)
    return f"{quantity} {drink}" + (f" ({choices})" if choices else "")
