"""Builds tables of orders, of waits, and of the baristas and customers of orders."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db.models import Sum

from expresso.reports.customer_counts import customers_in
from expresso.reports.figures import Tally, minutes, share
from expresso.reports.report import Report
from expresso.reports.sources import people_in
from expresso.reports.tables import (
    CANCELLED,
    CUPS,
    KEPT,
    NOT_COLLECTED,
    ORDERS,
    P50,
    P95,
    SHARE,
    Cell,
    Column,
    Table,
)
from orders.models import Channel, Order, OrderEvent
from orders.statuses import DROPPED, OPEN, Status

#: Maximum number of cancelled orders whose reasons are read, the latest first. It is limited because each reason has to
#: be decrypted.
MOST_REASONS = 2000


def totals_of(tally: Tally) -> tuple[tuple[str, str, Cell, str], ...]:
    """Return the figures that sum up a group of orders, each as (key, name, value, unit)."""
    return (
        ("orders", "Orders", tally.orders, "orders"),
        ("cups", "Cups", tally.cups, "cups"),
        ("p50", "Half waited at most", tally.percentile(50), "min"),
        ("p95", "95 % waited at most", tally.percentile(95), "min"),
        ("kept", "Promise kept", tally.kept_share, "%"),
        ("cancelled", "Cancelled", tally.cancelled, "orders"),
        ("not_collected", "Not collected", tally.not_collected, "orders"),
        ("open", "Still open", tally.open, "orders"),
    )


def totals(report: Report) -> Table:
    figures = totals_of(report.all)
    columns = [Column("figure", "Figure"), Column("unit", "Unit"), Column("value", str(report.period), "various")]
    rows: list[tuple[Cell, ...]] = [(name, unit, value) for _, name, value, unit in figures]
    if report.compared is not None:
        other = Report(report.compared)
        columns.append(Column("compared", _name_of_compared(report), "various"))
        rows = [(*row, value) for row, (_, _, value, _) in zip(rows, totals_of(other.all), strict=True)]
    return Table(
        "totals",
        "All in all",
        "Cups leave out cancelled orders. A wait is the time from order to ready, in whole minutes. A promise is kept "
        "when the order was ready by the end of the time that was quoted.",
        tuple(columns),
        tuple(rows),
    )


def _name_of_compared(report: Report) -> str:
    compared = report.compared
    if compared is None:
        return ""
    return str(compared) if compared.event == report.period.event else f"{compared.event.name}, {compared}"


_TALLIED = (ORDERS, CUPS, CANCELLED, NOT_COLLECTED, P50, P95, KEPT)


def _tallied(tally: Tally) -> tuple[Cell, ...]:
    return (
        tally.orders,
        tally.cups,
        tally.cancelled,
        tally.not_collected,
        tally.percentile(50),
        tally.percentile(95),
        tally.kept_share,
    )


def days(report: Report) -> Table:
    rows = tuple((day.isoformat(), *_tallied(tally)) for day, tally in report.times.by_day.items())
    about = "Each order counts on the day it was placed, in the event’s time zone."
    return Table("days", "Days", about, (Column("day", "Day"), *_TALLIED), rows, charted="orders", over_time=True)


def hours(report: Report) -> Table:
    rows = tuple((f"{hour:02}:00", *_tallied(tally)) for hour, tally in report.times.by_hour.items())
    about = "Hours of the day in which orders were placed; all days together."
    return Table("hours", "Hours", about, (Column("hour", "Hour"), *_TALLIED), rows, charted="orders", over_time=True)


def stations(report: Report) -> Table:
    rows = tuple((name, *_tallied(tally)) for name, tally in report.by_station.items())
    about = "An order that was moved counts at the station that it was moved to."
    return Table("stations", "Stations", about, (Column("station", "Station"), *_TALLIED), rows, charted="orders")


def channels(report: Report) -> Table:
    rows = tuple((str(Channel(channel).label), *_tallied(tally)) for channel, tally in report.by_channel.items())
    return Table("channels", "Ways to order", "", (Column("channel", "Channel"), *_TALLIED), rows, charted="orders")


def waits(report: Report) -> Table:
    found, seen, rows = report.all.waits, 0, []
    total = sum(found.values())
    for waited, orders in found.items():
        seen += orders
        rows.append((waited, orders, share(seen, total)))
    columns = (Column("minutes", "Minutes", "min"), ORDERS, Column("so_far", "Waited no longer", "%"))
    about = (
        "Whole minutes from order to ready; 60 stands for an hour and more. Orders that were never ready are left out."
    )
    return Table("waits", "Waits", about, columns, tuple(rows), charted="orders", over_time=True)


def promises(report: Report) -> Table:
    named = {"early": "Ready before the quoted time", "kept": "Ready within it", "late": "Ready after it"}
    every = report.all
    rows: list[tuple[Cell, ...]] = [
        (name, every.promised(how), share(every.promised(how), every.promised()), None) for how, name in named.items()
    ]
    rows.append(("Mean of the latest time that was quoted", every.promised(), None, every.quoted_minutes))
    rows.append(("Mean of the true wait", every.promised(), None, every.true_minutes))
    columns = (Column("outcome", "Outcome"), ORDERS, SHARE, Column("minutes", "Minutes", "min"))
    about = "Quoted against true, of the orders that were quoted a time and became ready."
    return Table("promises", "Quoted and true", about, columns, tuple(rows))


def statuses(report: Report) -> Table:
    every = report.all
    rows = tuple(
        (str(Status(status).label), every.sums[f"{status}_orders"], every.minutes_in(status)) for status in OPEN
    )
    about = "Mean minutes that an order stood in each status, of the orders that have left it."
    columns = (Column("status", "Status"), ORDERS, Column("minutes", "Mean time", "min"))
    return Table("statuses", "Time in each status", about, columns, rows, charted="minutes")


def baristas(report: Report) -> Table:
    made = people_in(report.period).filter(maker__isnull=False).exclude(status__in=DROPPED)
    sums = made.values("maker__username", "maker__first_name").annotate(
        n=Sum("orders"), made=Sum("cups"), seconds=Sum("making_seconds"), timed=Sum("making_orders")
    )
    rows = tuple(
        (
            row["maker__first_name"] or row["maker__username"],
            row["n"],
            row["made"],
            minutes(row["seconds"], row["timed"]),
        )
        for row in sums.order_by("-n", "maker__username")
    )
    columns = (Column("barista", "Barista"), ORDERS, CUPS, Column("minutes", "Mean time to make", "min"))
    about = "Who made an order, or took it over last. Cancelled orders are left out."
    return Table("baristas", "Baristas", about, columns, rows, charted="cups")


def languages(report: Report) -> Table:
    sums = people_in(report.period).values("speaks").annotate(n=Sum("orders"), made=Sum("cups"))
    total = report.all.orders
    rows = tuple(
        (language_name(row["speaks"]), row["n"], share(row["n"], total)) for row in sums.order_by("-n", "speaks")
    )
    about = "Of the page on which was ordered, or else of the customer’s texts."
    return Table(
        "languages", "Languages", about, (Column("language", "Language"), ORDERS, SHARE), rows, charted="orders"
    )


def language_name(code: str) -> str:
    return str(LANG_INFO[code]["name"]) if code in dict(settings.LANGUAGES) else code or "Unknown"


def cancellations(report: Report) -> Table:
    period = report.period
    # Choose the latest cancelled orders in a subquery of its own. Without it, PostgreSQL would read and sort the events
    # of all cancelled orders.
    orders = Order.objects.filter(
        event=period.event,
        placed_at__gte=period.start,
        placed_at__lt=period.end,
        practice=False,
        status=Status.CANCELLED,
    ).order_by("-placed_at", "-pk")[:MOST_REASONS]
    events = OrderEvent.objects.filter(order__in=orders.values("pk"), verb="cancel").order_by("-pk")
    latest: dict[int, tuple[str, str]] = {}
    for order, by, requested, reason in events.values_list("order", "by", "requested", "reason"):
        # An order has several such events if its cancellation was undone and it was cancelled again. Only the latest
        # counts, which comes first.
        latest.setdefault(order, _why(by, requested, reason))
    found = Counter(latest.values())
    rows = tuple((*why, orders) for why, orders in found.most_common())
    about = f"Reasons as they were given, of the {MOST_REASONS} cancelled orders that were placed last."
    columns = (Column("by", "Cancelled by"), Column("reason", "Reason"), ORDERS)
    return Table("cancellations", "Cancelled, and why", about, columns, rows)


def _why(by: int | None, requested: bool, reason: str) -> tuple[str, str]:
    who = "The customer" if by is None or requested else "The bar"
    return who, reason or "No reason given"


def customers(report: Report) -> Table:
    found = customers_in(report.period)
    total, returning, again = found.all, found.returning, found.again
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Customers", total, share(total, total)),
        ("New: ordered for the first time", total - returning, share(total - returning, total)),
        ("Returning: ordered before these days, here or at another event", returning, share(returning, total)),
        ("Ordered more than once in these days", again, share(again, total)),
    )
    about = (
        "Customers are known by their number. Orders from the page, the kiosk and the bar have no customer unless "
        "somebody texted the order’s code."
    )
    return Table(
        "customers", "Customers", about, (Column("who", "Who"), Column("people", "People", "people"), SHARE), rows
    )
