"""What an order's customer is told without having asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from orders.display.page_language import tongue_of
from orders.models import Message, Order, OrderEvent
from orders.signals import customer_written, order_moved
from sms import texting
from sms.models import Carrier, Conversation, Feedback, OutboundMessage, PushSubscription
from sms.outbound import queue_text
from sms.replies import notifications
from sms.wording.lookup import worded, wording_of

Kind = OutboundMessage.Kind

#: A coffee that was ready longer ago is cold, or was called out.
LASTS = {
    Kind.READY: dt.timedelta(minutes=10),
    Kind.CANCELLED: dt.timedelta(minutes=30),
    Kind.GRANTED: dt.timedelta(minutes=10),
    Kind.DECLINED: dt.timedelta(minutes=10),
    Kind.REMINDER: dt.timedelta(minutes=10),
    Kind.FEEDBACK: dt.timedelta(minutes=20),
    Kind.MESSAGE: dt.timedelta(minutes=10),
}

#: A coffee is tasted first; and a tap that is undone asks nothing.
TASTED_AFTER = dt.timedelta(minutes=5)


def connect() -> None:
    order_moved.connect(tell_customer, dispatch_uid="sms.tell_customer")
    customer_written.connect(send_written, dispatch_uid="sms.send_written")


def tell_customer(sender: Any, *, order: Order, event: OrderEvent, **_kwargs: Any) -> None:
    """What the bar did. A customer's own cancelling is answered in the same response."""
    match event.verb:
        case "place" if order.channel not in Carrier.values:
            _may_text(order)
        case "ready":
            # A tap that is undone in time is never texted.
            tell(order, event, Kind.READY, wait=dt.timedelta(seconds=order.event.ready_grace_seconds))
        case "cancel" if event.by_id is not None or event.requested:
            tell(order, event, Kind.CANCELLED)
        case "collect" if order.event.ask_feedback:
            ask_feedback(order, event)
        case "accept":
            tell(order, event, Kind.GRANTED)
        case "decline":
            tell(order, event, Kind.DECLINED)


def send_written(sender: Any, *, message: Message, **_kwargs: Any) -> None:
    """What a barista wrote, as it was put into words when it was written."""
    order = message.order
    conversation, kind = texting.conversation_of(order), Kind.MESSAGE
    if conversation and texting.reach_in(conversation).by_text:
        queue_text(conversation, kind=kind, body=message.text, order=order, cause=message.event, expires_in=LASTS[kind])
    for device in devices_of(order):
        queue_text(device, kind=kind, body=message.text, order=order, cause=message.event, expires_in=LASTS[kind])


def _may_text(order: Order) -> None:
    """Whoever ordered on a page and left a number for it agreed to be texted about the order."""
    if order.customer is not None and order.customer.phone and order.event.sms_number:
        Conversation.objects.get_or_create(event=order.event, customer=order.customer, carrier=Carrier.SMS)


def ask_feedback(order: Order, event: OrderEvent) -> None:
    """Once a day of the event and customer, whatever they order."""
    if order.customer is None or not order.customer.phone:
        return
    day = order.event.local(event.at).date()
    _, first = Feedback.objects.get_or_create(
        event=order.event, customer=order.customer, day=day, defaults={"order": order}
    )
    if first:
        tell(order, event, Kind.FEEDBACK, wait=TASTED_AFTER)


def _words(order: Order, event: OrderEvent, kind: OutboundMessage.Kind) -> str:
    match kind:
        case Kind.READY:
            return notifications.ready(order)
        case Kind.REMINDER:
            return notifications.reminder(order)
        case Kind.FEEDBACK:
            return notifications.how_was_it(order)
        case Kind.GRANTED:
            return notifications.granted(order)
        case Kind.DECLINED:
            return notifications.declined(order)
        case _:
            return (
                notifications.granted_drop(order) if event.requested else notifications.cancelled(order, event.reason)
            )


def tell(order: Order, event: OrderEvent, kind: OutboundMessage.Kind, *, wait: dt.timedelta = dt.timedelta(0)) -> None:
    """Queue the text of that kind, where its customer can be texted, and one for each device that asked to be told.

    `event` is the fact it tells."""
    conversation = texting.conversation_of(order)
    to: list[Conversation | PushSubscription] = [conversation] if conversation else []
    to += devices_of(order) if kind != Kind.FEEDBACK else ()
    if not to:
        return
    with override(tongue_of(order)), worded(wording_of(order.event)):
        body = _words(order, event, kind)
    for each in to:
        queue_text(each, kind=kind, body=body, order=order, cause=event, expires_in=LASTS[kind], wait=wait)


def devices_of(order: Order) -> Iterable[PushSubscription]:
    return PushSubscription.objects.filter(order=order)
