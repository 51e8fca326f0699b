"""Forgetting a customer. Each app erases what it keeps of them; accounts, the lowest app, knows none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounts.access import Right, may
from accounts.models import Customer, User, record

#: Apps add their own in `AppConfig.ready`. They run in this order, before the customer is deleted.
STEPS: list[Callable[[Customer], None]] = []


def looks_after_customer(user: User, customer: Customer) -> bool:
    """Whether somebody may change and forget a customer. One who also ordered at another event is left to admins."""
    rows = Customer.objects.filter(pk=customer.pk)
    events = {*rows.values_list("orders__event", flat=True), *rows.values_list("conversations__event", flat=True)}
    return all(may(user, Right.MANAGE, event) for event in events if event is not None)


@transaction.atomic
def forget(customer: Customer, *, by: User | None, event: int | None = None) -> None:
    """Delete the customer with everything personal. What was ordered and counted stays, without a person.

    `by` is None where the customer asked for it, at the event with that primary key."""
    pk = customer.pk
    for step in STEPS:
        step(customer)
    erase_log([pk])
    customer.delete()
    record("forgotten", f"customer {pk}", by=by, event=event)


def erase_log(customers: Iterable[int]) -> None:
    """Delete what the admin's own log keeps about these customers."""
    about = ContentType.objects.get_for_model(Customer)
    LogEntry.objects.filter(content_type=about, object_id__in=[str(pk) for pk in customers]).delete()
