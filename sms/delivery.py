"""The delivery status of a message of ours. It only ever moves forward.

QUEUED: the message was not sent. SENDING: it may have been sent, so a worker that takes it over asks Twilio first.
`claimed_at` is when a worker claimed the message; it is empty while none has. Every step is one conditional update, so
workers, status callbacks and recovery may run at the same time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils import timezone

from orders import lifecycle
from orders.messaging import messages
from orders.models import OrderEvent
from sms import metrics
from sms.carriers import PATIENCE
from sms.models import Conversation, Delivery, OutboundMessage
from sms.opting import audit_opt_out
from sms.text_kinds import TEXT_KINDS
from sms.twilio import OPTED_OUT

#: How long a claim is valid. A worker renews it before each request. The four parts of a request (name lookup,
#: connection, handshake, answer) take at most PATIENCE each, so a claim that is older belongs to a dead worker.
CLAIM_HOLDS = dt.timedelta(seconds=4 * PATIENCE + 5)
#: Nothing is sent later than this after the claim. A worker that was frozen that long may have been taken for dead:
#: when its claim ends, another one asks Twilio, and by then the answer to this one's request must be in Twilio's list.
SENT_WITHIN = CLAIM_HOLDS - dt.timedelta(seconds=PATIENCE + 5)

_AFTER = {
    Delivery.SENT: (Delivery.QUEUED, Delivery.SENDING),
    Delivery.DELIVERED: (Delivery.QUEUED, Delivery.SENDING, Delivery.SENT),
    Delivery.FAILED: (Delivery.QUEUED, Delivery.SENDING, Delivery.SENT),
    Delivery.EXPIRED: (Delivery.QUEUED, Delivery.SENDING),
}


@dataclass(frozen=True, slots=True)
class Claim:
    message: OutboundMessage
    #: The message may have been sent already.
    unsure: bool


def abandoned(now: dt.datetime) -> Q:
    return Q(status=Delivery.SENDING) & (Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_HOLDS))


def claim_message(pk: int) -> Claim | None:
    """Claim the message for this worker. None if it is done, or if another worker has claimed it."""
    now = timezone.now()
    rows = OutboundMessage.objects.filter(pk=pk)
    for unsure, free in ((False, Q(status=Delivery.QUEUED)), (True, abandoned(now))):
        if rows.filter(free).update(status=Delivery.SENDING, claimed_at=now):
            message = rows.select_related(
                "conversation__event", "conversation__customer", "subscription", "order__event", "broadcast"
            ).get()
            return Claim(message, unsure)
    return None


class SameWordsUnsure(Exception):
    """Another text with the same words may have been sent; a search for it at Twilio must not find this one."""


def count_attempt(message: OutboundMessage) -> bool:
    """Renew the claim just before sending; False when it was lost meanwhile.

    From now on the text may have been sent. Raises SameWordsUnsure while that holds for another text with its words."""
    now = timezone.now()
    with transaction.atomic():
        if message.conversation_id and _same_words_are_unsure(message):
            raise SameWordsUnsure
        since = Coalesce("unsure_since", Value(now))
        if not _claimed(message).update(attempts=F("attempts") + 1, claimed_at=now, unsure_since=since):
            return False
    message.attempts, message.claimed_at = message.attempts + 1, now
    message.unsure_since = message.unsure_since or now
    return True


def _same_words_are_unsure(message: OutboundMessage) -> bool:
    # Locked, so that two workers do not send two texts with the same words at the same moment.
    Conversation.objects.select_for_update().only("pk").get(pk=message.talk.pk)
    here = Q(conversation=message.conversation_id)
    if message.order_id is not None:
        # By another carrier, too: a text that failed on WhatsApp is sent by SMS.
        here |= Q(order=message.order_id, conversation__isnull=False)
    unsure = OutboundMessage.objects.filter(here, status=Delivery.SENDING, unsure_since__isnull=False)
    # Bodies are encrypted, each time differently: the database cannot compare them.
    return any(text.body == message.body for text in unsure.exclude(pk=message.pk))


def let_go(message: OutboundMessage, *, unsure: bool) -> bool:
    """End the claim without a result; False when it was lost meanwhile."""
    ended = {"status": Delivery.SENDING} if unsure else {"status": Delivery.QUEUED, "unsure_since": None}
    return bool(_claimed(message).update(claimed_at=None, **ended))


def was_not_taken(message: OutboundMessage) -> None:
    """Note that Twilio has none of the requests sent so far."""
    if _claimed(message).update(unsure_since=None):
        message.unsure_since = None


def _claimed(message: OutboundMessage) -> models.QuerySet[OutboundMessage]:
    return OutboundMessage.objects.filter(pk=message.pk, status=Delivery.SENDING, claimed_at=message.claimed_at)


def is_true(message: OutboundMessage) -> bool:
    """Whether the text is still true: a barista may have undone the step, or a newer text may say the same."""
    order = message.order
    if message.broadcast is not None and message.broadcast.stopped_at is not None:
        return False
    if order is None:
        return not TEXT_KINDS[OutboundMessage.Kind(message.kind)].needs_order
    true_while = TEXT_KINDS[OutboundMessage.Kind(message.kind)].true_while
    if true_while is None:
        # A text that was written before the order was closed is no longer true.
        return order.closed_at is None or order.closed_at <= message.created_at
    if order.status != true_while:
        return False
    newer = OutboundMessage.objects.filter(
        order=order, kind=message.kind, subscription=message.subscription_id, pk__gt=message.pk
    )
    return not newer.exists()


#: Signal: a message failed, and no other message about the same OrderEvent reached the customer. It is sent in the
#: transaction that records the failure. A receiver that answers True tells the customer in another way
#: (`sms.fallback`). `is_sure` is False where the message may have arrived all the same.
not_reached = Signal()


def advance(
    message: OutboundMessage,
    *,
    to: Delivery,
    sid: str | None = None,
    error_code: int | None = None,
    unsure: bool = False,
) -> bool:
    """Move the message forward to this status. One that failed is said in another way, or shown on the order's ticket.

    False, and nothing changed, where it would be a step back. `unsure`: it failed, and may have arrived after all."""
    try:
        return _move(message, to=to, sid=sid, error_code=error_code, unsure=unsure)
    except IntegrityError:
        if sid is None:
            raise
        # Another text has this sid already, perhaps since this very moment. This one was sent all the same.
        return _move(message, to=to, sid=None, error_code=error_code, unsure=True)


def _move(message: OutboundMessage, *, to: Delivery, sid: str | None, error_code: int | None, unsure: bool) -> bool:
    with transaction.atomic():
        rows = OutboundMessage.objects.filter(pk=message.pk, status__in=_AFTER[to])
        gone = (
            {"sent_at": Coalesce("sent_at", Value(timezone.now()))} if to in (Delivery.SENT, Delivery.DELIVERED) else {}
        )
        # The first sid stays: of two that were sent, either tells the same.
        if not rows.update(status=to, error_code=error_code, sid=Coalesce("sid", Value(sid)), **gone):
            return False
        if error_code == OPTED_OUT and message.conversation_id:
            had_not = Conversation.objects.filter(pk=message.conversation_id, opted_out_at=None)
            if had_not.update(opted_out_at=timezone.now()):
                audit_opt_out(message.talk)
        if to in (Delivery.FAILED, Delivery.EXPIRED) and not _said_elsewhere(message):
            is_sure = to == Delivery.FAILED and not unsure and _is_the_only_one_sent(message, sid)
            if not any(told for _, told in not_reached.send(OutboundMessage, message=message, is_sure=is_sure)):
                _unsaid(message)
        metrics.count_delivery(message, to, error_code)
        return True


def _is_the_only_one_sent(message: OutboundMessage, sid: str | None) -> bool:
    """Whether the message that the carrier reports on is the one that we know; another one may still arrive."""
    return sid is None or OutboundMessage.objects.filter(pk=message.pk, sid=sid).exists()


def _said_elsewhere(message: OutboundMessage) -> bool:
    """Whether another message about the same event reached the customer, or still may."""
    if message.cause_id is None:
        return False
    # Of two messages that fail at the same moment, the second must see that the first has.
    OrderEvent.objects.select_for_update(no_key=True).filter(pk=message.cause_id).values_list("pk").first()
    same = OutboundMessage.objects.filter(cause=message.cause_id, kind=message.kind).exclude(pk=message.pk)
    return same.exclude(status__in=(Delivery.FAILED, Delivery.EXPIRED)).exists()


def _unsaid(message: OutboundMessage) -> None:
    """Show on the order's ticket that its customer was not reached."""
    if message.order is None or not TEXT_KINDS[OutboundMessage.Kind(message.kind)].is_needed or not is_true(message):
        return
    if message.kind != OutboundMessage.Kind.MESSAGE:
        lifecycle.text_failed(message.order)
    elif message.cause:
        messages.not_delivered(message.cause)
