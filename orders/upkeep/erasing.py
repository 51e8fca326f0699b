"""Erase what orders contain about a person. Drinks, times and statuses are kept for statistics."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Q
from django.utils import timezone

from accounts.models import Customer
from orders import lifecycle
from orders.models import Message, Order, OrderEvent, OrderItem, new_token

#: Functions by which other apps erase their own data about orders. They are called with the orders' primary keys. Apps
#: add them in `AppConfig.ready`.
STEPS: list[Callable[[Sequence[int]], None]] = []


def erase(orders: Sequence[Order], *, with_open: bool = False) -> None:
    """Erase names, notes, messages, reasons, links to pages, and customers from these orders.

    The caller has opened a transaction, and has locked and loaded the orders with event and station. An open order
    keeps its notes and the link to its page, because it still has to be made and a note can be about an allergy. With
    `with_open` it loses them too."""
    pks = [order.pk for order in orders]
    over = [order.pk for order in orders if with_open or not order.is_open]
    for order in orders:
        if order.pk not in over and order.name:
            # `rename` also updates boards and wall displays, so that they stop showing the name at once.
            lifecycle.rename(order, name="")
    for step in STEPS:
        step(pks)
    Message.objects.filter(order__in=pks).delete()
    OrderEvent.objects.filter(order__in=pks).exclude(reason="").update(reason="")
    OrderItem.objects.filter(order__in=pks).update(name="")
    OrderItem.objects.filter(order__in=over).update(note="")
    nobody = {"name": "", "note": "", "wish": None, "network": "", "customer": None, "ready_text_to": None}
    Order.objects.filter(pk__in=over).update(**nobody, erased_at=timezone.now())
    # A new token makes the old link to the order's page stop working.
    Order.objects.bulk_update([Order(pk=pk, token=new_token()) for pk in over], ["token"])


def orders_of(customer: Customer) -> list[Order]:
    """Lock and return the customer's orders, including orders from a page on which the customer's number was typed."""
    mine = Order.objects.filter(Q(customer=customer) | Q(ready_text_to=customer))
    return list(mine.select_for_update(of=("self",)).select_related("event", "station"))
