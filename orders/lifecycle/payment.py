"""Functions that record online payments: a paid order joins the queue, and an order that is not paid is cancelled."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone

from orders.lifecycle.moving import move_status
from orders.models import Order
from orders.statements import workload_of
from orders.statuses import OPEN, Status
from orders.verbs import (
    conflict,
    record_event,
    update_unchanged,
    verb,
)
from orders.waits import Wait, hands_on_minutes


@verb
def pay(order: Order) -> Order:
    """Record that an open order is paid.

    If it was held back only until its payment, it joins the queue now. An order for later stays held until its time."""
    if order.paid_at:
        raise conflict(order, "pay")
    now, changes = timezone.now(), dict[str, Any]()
    if order.pay_by and not order.wanted_at:
        here = next(queue for queue in workload_of(order.event).queues if queue.station.pk == order.station_id)
        hands_on = hands_on_minutes(here.station, here.minutes_ahead, order.minutes, cups=order.cups)
        quoted_from, quoted_to = Wait.at(here.station, hands_on, position=here.orders_ahead + 1).span(now)
        changes = {"held": False, "placed_at": now, "hands_on_minutes": hands_on}
        changes |= {"quoted_from": quoted_from, "quoted_to": quoted_to}
    update_unchanged(order, "pay", of=OPEN, paid_at=now, pay_by=None, **changes)
    record_event(order, "pay", was=order.status, by=None)
    return order


@verb
def end_unpaid(order: Order) -> Order:
    """Cancel an order that was not paid in time, and release its stock."""
    if not order.pay_by:
        raise conflict(order, "unpaid")
    move_status(order, "unpaid", to=Status.CANCELLED, by=None, changes={"closed_at": timezone.now(), "pay_by": None})
    return order


@verb
def refund(order: Order, *, is_paid: bool) -> Order:
    """Record a refund. `is_paid` is True if the customer paid twice and got only one payment back, so the order is
    still paid."""
    paid_at = order.paid_at if is_paid else None
    Order.objects.filter(event=order.event_id, pk=order.pk).update(paid_at=paid_at, version=F("version") + 1)
    order.refresh_from_db(fields=["paid_at", "version"])
    record_event(order, "refund", was=order.status, by=None)
    return order
