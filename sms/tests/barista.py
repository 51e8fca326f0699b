"""Helpers: order by text, write to the customer as a barista, and return the messages that were sent."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from orders.messaging import messages
from orders.messaging.quick_messages import to_say
from orders.models import Message, Order
from sms.models import OutboundMessage
from sms.tests.texting import text
from stations.models import Event


def ordered(at: Event, words: str = "large oat latte for Sam", **fields: Any) -> Order:
    text(at, words, **fields)
    return Order.objects.latest("pk")


def tap(order: Order, by: User, choice: str = "", *, text: str = "", key: str | None = None) -> Message:
    return messages.write(order, to_say(order, choice=choice, text=text), by=by, key=key)


def sent() -> list[str]:
    rows = OutboundMessage.objects.filter(kind=OutboundMessage.Kind.MESSAGE).order_by("pk")
    return list(rows.values_list("body", flat=True))
