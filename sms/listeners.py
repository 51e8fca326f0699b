"""Queue the texts about an order that its customer did not ask for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from orders.display.page_language import language_of_order
from orders.messaging.messages import customer_written
from orders.models import Message, Order, OrderEvent
from orders.verbs import order_moved
from sms import texting
from sms.models import Carrier, Conversation, OutboundMessage, PushSubscription
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
    """Queue what a barista wrote, if its customer takes texts."""
    order = message.order
    conversation = texting.conversation_of(order)
    if conversation is not None and not texting.reach_in(conversation).by_text:
        conversation = None
    _queue(conversation, order, message.event, Kind.MESSAGE)


def queue_notifications(order: Order, event: OrderEvent, kind: OutboundMessage.Kind) -> None:
    """Queue the text of that kind about the event for the order's customer, and for each device that asked for it."""
    conversation = texting.conversation_of(order)
    if order.number_is_unproven and kind == Kind.READY:
        conversation = texting.conversation_with(order.ready_text_to_id, order)
    _queue(conversation, order, event, kind)


def _queue(conversation: Conversation | None, order: Order, event: OrderEvent, kind: OutboundMessage.Kind) -> None:
    row = TEXT_KINDS[kind]
    to: list[Conversation | PushSubscription] = [conversation] if conversation else []
    told = list(PushSubscription.objects.filter(order=order))
    to += [each for each in told if not each.is_mailbox] if row.is_pushed else []
    mailboxes = [each for each in told if each.is_mailbox] if row.mailed else []
    if not to and not mailboxes:
        return
    with override(language_of_order(order)), worded(wording_of(order.event)):
        body = row.words(order, event) if to else ""
        mailed = row.mailed(order) if row.mailed else ""
    wait = row.wait(order)
    for each in (*to, *mailboxes):
        own = mailed if isinstance(each, PushSubscription) and each.is_mailbox else body
        queue_text(each, kind=kind, body=own, order=order, cause=event, expires_in=row.lasts, wait=wait)


def _allow_texts(order: Order) -> None:
    """Begin a conversation: who leaves a number on a page agrees to be texted about the order."""
    owner = order.customer or order.ready_text_to
    if owner is not None and owner.phone and order.event.sms_number:
        Conversation.objects.get_or_create(event=order.event, customer=owner, carrier=Carrier.SMS)
