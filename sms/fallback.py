"""Says by text what could not be told in the way that the customer chose, or by the carrier that the order came by.

A push whose device is gone, or a mail that is refused, becomes a text; a text that WhatsApp or RCS does not deliver is
sent by SMS. Each way is tried once for each event, and the next one only when the one before has surely failed."""

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
    """Queue a text that says what the failed message said, in the caller's transaction. False if none may be sent."""
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
            # STOP on one carrier is no request to be texted by another.
            return None
        if conversation.pk not in tried and reach.by_text:
            return conversation
    return None


def _conversations(order: Order, kind: Kind) -> Iterator[Conversation]:
    """The conversations in which the order's customer may be told, the one of the order's own carrier first."""
    own = conversation_for(order, kind)
    if own is None:
        return
    yield own
    if own.carrier != Carrier.SMS and own.event.sms_number and _is_number(own.customer.phone):
        yield Conversation.objects.select_related("customer", "event").get_or_create(
            event=own.event, customer=own.customer, carrier=Carrier.SMS
        )[0]


def _is_number(phone: str | None) -> bool:
    """False for the id of a WhatsApp user who shows no number."""
    try:
        e164(phone or "")
    except ValidationError:
        return False
    return True
