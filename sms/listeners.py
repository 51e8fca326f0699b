"""What an order's customer is told without having asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from orders.models import Order, OrderEvent
from orders.signals import order_moved
from sms import replies
from sms.models import Carrier, Conversation, OutboundMessage
from sms.outbound import queue_text

Kind = OutboundMessage.Kind

#: A coffee that was ready longer ago is cold, or was called out.
LASTS = {Kind.READY: dt.timedelta(minutes=10), Kind.CANCELLED: dt.timedelta(minutes=30)}


def connect() -> None:
    order_moved.connect(tell_customer, dispatch_uid="sms.tell_customer")


def tell_customer(sender: Any, *, order: Order, event: OrderEvent, **_kwargs: Any) -> None:
    """Ready, and cancelled by a barista; a customer's own cancelling is answered in the same response."""
    if event.verb == "ready":
        _tell(order, event, Kind.READY)
    elif event.verb == "cancel" and event.by_id is not None:
        _tell(order, event, Kind.CANCELLED)


def _tell(order: Order, event: OrderEvent, kind: OutboundMessage.Kind) -> None:
    if order.channel not in Carrier.values:
        return
    conversation = Conversation.objects.filter(
        event=order.event_id, customer=order.customer_id, carrier=order.channel
    ).first()
    if conversation is None:
        return
    body = replies.ready(order) if kind == Kind.READY else replies.cancelled(order, event.reason)
    queue_text(conversation, kind=kind, body=body, order=order, cause=event, expires_in=LASTS[kind])
