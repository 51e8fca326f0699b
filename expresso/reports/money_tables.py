"""Builds the table of payments and refunds."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from expresso.payments.models import Payment
from expresso.reports.report import Report
from expresso.reports.tables import Cell, Column, Table

#: Key by which payments are added up: day and currency.
_Key = tuple[dt.date, str]


def revenue(report: Report) -> Table:
    paid, refunded = _amounts(report, "paid_at"), _amounts(report, "refunded_at")
    payments = Counter(key for key, _ in paid)
    came, went = _sums(paid), _sums(refunded)
    found: list[tuple[Cell, ...]] = [
        (
            f"{day:%Y-%m-%d}",
            currency,
            payments[day, currency],
            came[day, currency] / 100,
            went[day, currency] / 100,
            (came[day, currency] - went[day, currency]) / 100,
        )
        for day, currency in sorted({*came, *went})
    ]
    return Table(
        "revenue",
        "Payments",
        "A payment counts on the day on which it was made, a refund on the day on which it was given back. What was "
        "paid at the bar is not here.",
        (
            Column("day", "Day"),
            Column("currency", "Currency"),
            Column("payments", "Payments", "payments"),
            Column("paid", "Paid", "money"),
            Column("refunded", "Refunded", "money"),
            Column("kept", "Kept", "money"),
        ),
        tuple(found),
        charted="kept",
        over_time=True,
    )


def _amounts(report: Report, moment: str) -> list[tuple[_Key, int]]:
    period = report.period
    within = {f"{moment}__gte": period.start, f"{moment}__lt": period.end}
    rows = Payment.objects.filter(order__event=period.event, **within).order_by()
    return [
        ((period.event.day_of(at), currency), amount)
        for at, currency, amount in rows.values_list(moment, "currency", "amount")
    ]


def _sums(amounts: list[tuple[_Key, int]]) -> Counter[_Key]:
    sums: Counter[_Key] = Counter()
    for key, amount in amounts:
        sums[key] += amount
    return sums
