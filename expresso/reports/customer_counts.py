"""How many customers ordered, and how many of them had ordered before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from expresso.reports.models import CustomerCount
from expresso.reports.period import Period
from expresso.reports.sources import from_views
from orders.models import Order


@dataclass(frozen=True, slots=True)
class Customers:
    #: Customers with a number.
    all: int
    #: Number of these customers who had ordered before the period, at this event or another.
    returning: int
    #: Number of these customers who ordered several times in the period.
    again: int


def customers_in(period: Period) -> Customers:
    if from_views(period) and period == Period.whole(period.event):
        return _counted(period)
    placed = Order.objects.filter(
        event=period.event, placed_at__gte=period.start, placed_at__lt=period.end, practice=False
    )
    people = placed.filter(customer__isnull=False).order_by().values("customer").annotate(n=Count("pk"))
    sums = {"all": Count("customer"), "again": Count("customer", filter=Q(n__gt=1))}
    if from_views(period):
        # A single statement, because some days of a large event have hundreds of thousands of orders.
        before = CustomerCount.objects.filter(first_slot__lt=period.first_slot).values("customer")
        return Customers(**people.aggregate(**sums, returning=Count("customer", filter=Q(customer__in=before))))
    earlier = Order.objects.filter(customer=OuterRef("customer"), placed_at__lt=period.start, practice=False)
    return Customers(**people.aggregate(**sums), returning=people.filter(Exists(earlier)).count())


def _counted(period: Period) -> Customers:
    """Return the counts for all days of an event, from the materialized view."""
    people = CustomerCount.objects.filter(event=period.event)
    earlier = CustomerCount.objects.filter(customer=OuterRef("customer"), first_slot__lt=period.first_slot)
    found = people.aggregate(all=Count("customer"), again=Count("customer", filter=Q(orders__gt=1)))
    # Only other events matter: at this event nobody ordered before its first day.
    elsewhere = earlier.exclude(event=period.event)
    returning = people.filter(Exists(elsewhere)).values("customer").count()
    return Customers(found["all"], returning, found["again"])
