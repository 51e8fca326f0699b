"""The figures of a period, from which the tables of a report are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Sum

from expresso.reports.by_time import Times
from expresso.reports.figures import Row, Tally, grouped
from expresso.reports.period import Period
from expresso.reports.sources import cups_in, orders_in, tally_rows
from orders.items import Choice, Item
from orders.statuses import DROPPED


@dataclass(frozen=True)
class Report:
    period: Period
    #: Price of a segment of a text, in any currency; None if nobody gave one.
    price: Decimal | None = None
    compared: Period | None = None

    @cached_property
    def all(self) -> Tally:
        return Tally.of(self._rows)

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        """The sums of each station. The totals are added up from these sums, so one SQL statement gives both."""
        return tally_rows(orders_in(self.period), "station_id")

    @cached_property
    def by_station(self) -> Mapping[str, Tally]:
        # No join: PostgreSQL would sort all counts by the station's name, because it cannot tell that stations are few.
        names = dict(self.period.event.stations.values_list("pk", "name"))
        return grouped(self._rows, lambda row: names[int(row["station_id"])])

    @cached_property
    def by_channel(self) -> Mapping[str, Tally]:
        return grouped(tally_rows(orders_in(self.period), "channel"), lambda row: str(row["channel"]))

    @cached_property
    def times(self) -> Times:
        return Times(self.period)

    @cached_property
    def cups(self) -> tuple[tuple[Item, str], ...]:
        """Cups of orders that were not cancelled, by drink and options, each with the status of the orders.

        They are read once for four tables."""
        kept = cups_in(self.period).exclude(status__in=DROPPED).values("drink_name", "choices", "status")
        counted = kept.annotate(n=Sum("cups")).order_by("drink_name")
        return tuple(
            (Item(drink, cups, tuple(Choice(**choice) for choice in choices)), status)
            for drink, choices, status, cups in counted.values_list("drink_name", "choices", "status", "n")
        )
