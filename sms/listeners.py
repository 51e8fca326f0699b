"""Receives the signals of order events, and queues the messages that tell customers about them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from orders.display.page_language import language_of_order
from orders.messaging.messages import customer_written
from orders.models import Message, Order, OrderEvent
from orders.verbs import order_moved
from sms import texting
from sms.models import Carrier, Conversation, OutboundMessage, Subscription
from sms.outbound import queue_text
from sms.text_kinds import TEXT_KINDS, Kind
from sms.wording.lookup import worded, wording_of


def connect() -> None:
    order_moved.connect(tell_customer, dispatch_uid="sms.tell_customer")
    customer_written.connect(send_written, dispatch_uid="sms.send_written")


def tell_customer(sender: Any, *, order: Order, event: OrderEvent, **_kwargs: Any) -> None:
    if event.verb == "place":
        if order.channel not in Carrier.values:
            _allow_texts(order)
        return
    for kind, row in TEXT_KINDS.items():
        if row.verb == event.verb and row.applies(order, event):
            queue_notifications(order, event, kind)


def send_written(sender: Any, *, message: Message, **_kwargs: Any) -> None:
    """Queue a barista's message to the order's customer.

    It is sent as a text, and to all devices and mailboxes that are subscribed to the order. If the customer cannot be
    texted, it is sent only to the devices and mailboxes."""
    order = message.order
    conversation = texting.conversation_of(order)
    if conversation is not None and not texting.reach_in(conversation).by_text:
        conversation = None
    _queue(conversation, order, message.event, Kind.MESSAGE)


def queue_notifications(order: Order, event: OrderEvent, kind: OutboundMessage.Kind) -> None:
    """Queue the messages of this kind that tell the order's customer about the OrderEvent.

    Devices and mailboxes that are subscribed to the order get a push or mail, unless messages of this kind are only
    texted. A customer who prefers push or mail gets no text, except for a reminder."""
    _queue(conversation_for(order, kind), order, event, kind)


def conversation_for(order: Order, kind: OutboundMessage.Kind) -> Conversation | None:
    """Return the conversation in which a text of this kind about the order is sent. Return None if there is none.

    A number that was only typed on a page gets no other text than the ready text."""
    if order.number_is_unproven and kind == Kind.READY:
        return texting.conversation_with(order.ready_text_to_id, order)
    return texting.conversation_of(order)


def _queue(conversation: Conversation | None, order: Order, event: OrderEvent, kind: OutboundMessage.Kind) -> None:
    row = TEXT_KINDS[kind]
    told = Subscription.objects.filter(order=order)
    addresses = [each for each in told if (row.mailed if each.is_mailbox else row.is_pushed)]
    to: list[Conversation | Subscription] = [*addresses]
    # A reminder is for a customer who missed the first message, so send it to every address and as a text.
    if conversation and (kind == Kind.REMINDER or not any(each.is_first for each in addresses)):
        to.insert(0, conversation)
    if not to:
        return
    words = text_words(order, event, kind)
    with override(language_of_order(order)), worded(wording_of(order.event)):
        mailed = row.mailed(order) if row.mailed else ""
    wait = row.wait(order)
    for each in to:
        body = mailed if isinstance(each, Subscription) and each.is_mailbox else words
        queue_text(each, kind=kind, body=body, order=order, cause=event, expires_in=row.lasts, wait=wait)


def text_words(order: Order, event: OrderEvent, kind: OutboundMessage.Kind) -> str:
    """Return the text of this kind, in the order's language and the event's own wording."""
    words = TEXT_KINDS[kind].words
    if words is None:
        raise TypeError(f"whoever sends a text of the kind {kind} writes it")
    with override(language_of_order(order)), worded(wording_of(order.event)):
        return words(order, event)


def _allow_texts(order: Order) -> None:
    """Create the conversation in which the number on the order can be texted.

    Customers who type a number on a page thereby agree to be texted about the order."""
    owner = order.customer or order.ready_text_to
    if owner is not None and owner.phone and order.event.sms_number:
        Conversation.objects.get_or_create(event=order.event, customer=owner, carrier=Carrier.SMS)
