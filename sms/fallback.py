"""Sends a text when a message on another channel could not be delivered.

A text replaces a push to a device that is gone, and a mail that was refused. An SMS replaces a text that WhatsApp or
RCS does not deliver.

A customer has one conversation for each carrier. A message about an OrderEvent is sent in one conversation after the
other, once in each. The next conversation is tried only after the message in the one before has certainly failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import e164
from orders.messaging.texting import Reach
from orders.models import Order
from sms import delivery
from sms.listeners import conversation_for, text_words
from sms.models import Carrier, Conversation, OutboundMessage
from sms.outbound import queue_text
from sms.text_kinds import TEXT_KINDS, Kind
from sms.texting import reach_in

log = structlog.get_logger(__name__)


def connect() -> None:
    delivery.not_reached.connect(say_otherwise, dispatch_uid="sms.say_otherwise")


def say_otherwise(sender: Any, *, message: OutboundMessage, is_sure: bool, **_kwargs: Any) -> bool:
    """Queue a text that says the same as the failed message, in the caller's transaction.

    Return True if a text was queued. Return False if no other text can be sent."""
    order, event, kind = message.order, message.cause, Kind(message.kind)
    left = message.expires_at - timezone.now()
    if order is None or event is None or left.total_seconds() <= 0:
        return False
    if not is_sure or not TEXT_KINDS[kind].is_needed:
        return False
    conversation = _next(message, order)
    if conversation is None:
        return False
    queue_text(conversation, kind=kind, body=text_words(order, event, kind), order=order, cause=event, expires_in=left)
    log.info("said_otherwise", message=message.pk, by=conversation.carrier)
    return True


def _next(message: OutboundMessage, order: Order) -> Conversation | None:
    texts = OutboundMessage.objects.filter(cause=message.cause_id, kind=message.kind, conversation__isnull=False)
    tried = {*texts.values_list("conversation", flat=True)}
    for conversation in _conversations(order, Kind(message.kind)):
        reach = reach_in(conversation)
        if reach is Reach.STOPPED:
            # A customer who said STOP on one carrier must not be texted on another carrier either.
            return None
        if conversation.pk not in tried and reach.by_text:
            return conversation
    return None


def _conversations(order: Order, kind: Kind) -> Iterator[Conversation]:
    """Yield the conversations in which the order's customer can be texted, the one on the order's carrier first."""
    own = conversation_for(order, kind)
    if own is None:
        return
    yield own
    if own.carrier != Carrier.SMS and own.event.sms_number and _is_number(own.customer.phone):
        yield Conversation.objects.select_related("customer", "event").get_or_create(
            event=own.event, customer=own.customer, carrier=Carrier.SMS
        )[0]


def _is_number(phone: str | None) -> bool:
    """Return whether `phone` is a phone number. For a WhatsApp user who shows no number, it is an id."""
    try:
        e164(phone or "")
    except ValidationError:
        return False
    return True
