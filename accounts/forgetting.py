"""Erases a customer. Each app registers a function that erases its own data, because `accounts` imports no other
app."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounts.access import Right, may
from accounts.models import Customer, User, record

#: Functions that erase an app's data about a customer, in the order in which they run. The customer is deleted
#: afterwards. Each app adds its function in `AppConfig.ready`.
STEPS: list[Callable[[Customer], None]] = []


def looks_after_customer(user: User, customer: Customer) -> bool:
    """Return whether the user is allowed to change and erase a customer.

    The user must manage every event at which the customer ordered or texted."""
    rows = Customer.objects.filter(pk=customer.pk)
    events = {*rows.values_list("orders__event", flat=True), *rows.values_list("conversations__event", flat=True)}
    return all(may(user, Right.MANAGE, event) for event in events if event is not None)


@transaction.atomic
def forget(customer: Customer, *, by: User | None, event: int | None = None) -> None:
    """Delete the customer with all personal data. Their orders stay for statistics, without a person.

    `by` is the user who erases, or None if the customer asked for it. `event` is the primary key of the event where
    they asked."""
    pk = customer.pk
    for step in STEPS:
        step(customer)
    erase_log([pk])
    customer.delete()
    record("forgotten", f"customer {pk}", by=by, event=event)


def erase_log(customers: Iterable[int]) -> None:
    """Delete the log entries about these customers that Django's admin wrote."""
    about = ContentType.objects.get_for_model(Customer)
    LogEntry.objects.filter(content_type=about, object_id__in=[str(pk) for pk in customers]).delete()
