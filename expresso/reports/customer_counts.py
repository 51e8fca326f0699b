"""Counts how many customers ordered, and how many of them had ordered before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, Value

from expresso.reports.models import CustomerCount
from expresso.reports.period import Period
from expresso.reports.sources import from_views
from orders.models import Order


@dataclass(frozen=True, slots=True)
class Customers:
    #: Number of customers who ordered in the period and whose phone number is known.
    all: int
    #: Number of these customers who had ordered before the period, at this event or another one.
    returning: int
    #: Number of these customers who ordered more than once in the period.
    again: int


def customers_in(period: Period) -> Customers:
    if from_views(period):
        return _counted(period)
    placed = Order.objects.filter(
        event=period.event, placed_at__gte=period.start, placed_at__lt=period.end, practice=False
    )
    people = placed.filter(customer__isnull=False).order_by().values("customer").annotate(n=Count("pk"))
    sums = {"all": Count("customer"), "again": Count("customer", filter=Q(n__gt=1))}
    earlier = Order.objects.filter(customer=OuterRef("customer"), placed_at__lt=period.start, practice=False)
    return Customers(**people.aggregate(**sums), returning=people.filter(Exists(earlier)).count())


def _counted(period: Period) -> Customers:
    """Return the counts from the materialized view, by one statement.

    A large event can have hundreds of thousands of orders, so they are not counted one by one. The view has a sorted
    list of order times for each customer. PostgreSQL finds the start and the end of the period in this list, and the
    distance between them is the number of the customer's orders."""
    first, end = period.first_slot, period.end_slot
    people = CustomerCount.objects.filter(event=period.event, first_slot__lt=end)
    people = people.annotate(n=_orders_before(end) - _orders_before(first)).filter(n__gt=0)
    elsewhere = CustomerCount.objects.filter(first_slot__lt=first).exclude(event=period.event)
    before = Q(first_slot__lt=first) | Q(customer__in=elsewhere.values("customer"))
    return Customers(
        **people.aggregate(
            all=Count("customer"),
            returning=Count("customer", filter=before),
            again=Count("customer", filter=Q(n__gt=1)),
        )
    )


def _orders_before(slot: int) -> Func:
    """Return an SQL expression for the number of a customer's orders before this slot (a quarter of an hour)."""
    # `width_bucket` returns how many values of an ascending array are not above the given value.
    return Func(Value(slot - 1), F("slots"), function="width_bucket", output_field=IntegerField())
