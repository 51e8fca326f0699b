"""A report: the figures of a period, from which its tables are built."""

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
    #: Price of a text segment in any currency; None if it was not entered.
    price: Decimal | None = None
    compared: Period | None = None

    @cached_property
    def all(self) -> Tally:
        return Tally.of(self._rows)

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        """The sums of each station. The totals are added up from them, so one SQL statement is enough for both."""
        return tally_rows(orders_in(self.period), "station_id")

    @cached_property
    def by_station(self) -> Mapping[str, Tally]:
        # Read the names without a join. With one, PostgreSQL would sort all counts by name, because it does not know
        # that there are few stations.
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
        """Ordered drinks with their options and numbers of cups, each with the status of its orders.

        Cancelled orders are left out. The drinks are cached, because four tables need them."""
        kept = cups_in(self.period).exclude(status__in=DROPPED).values("drink_name", "choices", "status")
        counted = kept.annotate(n=Sum("cups")).order_by("drink_name")
        return tuple(
            (Item(drink, cups, tuple(Choice(**choice) for choice in choices)), status)
            for drink, choices, status, cups in counted.values_list("drink_name", "choices", "status", "n")
        )
