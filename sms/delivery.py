"""The delivery status of a message to a customer. The status only moves forward.

QUEUED: the message was not sent. SENDING: the message may have been sent, so a worker that takes it over first asks
Twilio. `claimed_at` is when a worker claimed the message, or None. Every step is one conditional UPDATE, so workers,
status callbacks and recovery can run at the same time."""

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

#: How long a worker's claim of a message is valid. The worker renews the claim before each request, and a request takes
#: less time than this: each of its four parts (name lookup, connection, handshake, answer) takes at most PATIENCE. So
#: if a claim is older, its worker has died.
CLAIM_HOLDS = dt.timedelta(seconds=4 * PATIENCE + 5)
#: How long after claiming a message a worker can still send it. This ends some seconds before the claim. So if another
#: worker then takes the message over and searches Twilio's list for it, a request that the first worker sent is already
#: in the list.
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
    #: True if an earlier worker may have sent the message already.
    unsure: bool


def where_abandoned(now: dt.datetime) -> Q:
    """Return a filter for messages whose worker died while sending them."""
    return Q(status=Delivery.SENDING) & (Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_HOLDS))


def claim_message(pk: int) -> Claim | None:
    """Claim the message for this worker. Return None if the message is finished, or if another worker has claimed
    it."""
    now = timezone.now()
    rows = OutboundMessage.objects.filter(pk=pk)
    for unsure, free in ((False, Q(status=Delivery.QUEUED)), (True, where_abandoned(now))):
        if rows.filter(free).update(status=Delivery.SENDING, claimed_at=now):
            message = rows.select_related(
                "conversation__event", "conversation__customer", "subscription", "order__event", "broadcast"
            ).get()
            return Claim(message, unsure)
    return None


class SameWordsUnsure(Exception):
    """This text must not be sent now, because it is unknown whether another text with the same words was sent. A search
    in Twilio's list could not tell these two texts apart."""


def count_attempt(message: OutboundMessage) -> bool:
    """Renew the claim and count an attempt, just before sending. Return False if the claim was lost.

    From now on the message counts as perhaps sent. Raises SameWordsUnsure if another text with the same words may have
    been sent."""
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
    # Lock the conversation. Otherwise two workers could send two texts with the same words at the same moment.
    Conversation.objects.select_for_update().only("pk").get(pk=message.talk.pk)
    here = Q(conversation=message.conversation_id)
    if message.order_id is not None:
        # Look at texts on other carriers too, because a text that failed on WhatsApp is repeated by SMS.
        here |= Q(order=message.order_id, conversation__isnull=False)
    unsure = OutboundMessage.objects.filter(here, status=Delivery.SENDING, unsure_since__isnull=False)
    # Compare in Python: the bodies are encrypted, and equal texts are encrypted differently each time.
    return any(text.body == message.body for text in unsure.exclude(pk=message.pk))


def let_go(message: OutboundMessage, *, unsure: bool) -> bool:
    """Give the claim up before the message is finished. Return False if the claim was already lost.

    If `unsure` is True, the message may have been sent and keeps the status SENDING. Otherwise it goes back to the
    queue."""
    ended = {"status": Delivery.SENDING} if unsure else {"status": Delivery.QUEUED, "unsure_since": None}
    return bool(_claimed(message).update(claimed_at=None, **ended))


def was_not_taken(message: OutboundMessage) -> None:
    """Record that Twilio took none of the requests for this message so far."""
    if _claimed(message).update(unsure_since=None):
        message.unsure_since = None


def _claimed(message: OutboundMessage) -> models.QuerySet[OutboundMessage]:
    return OutboundMessage.objects.filter(pk=message.pk, status=Delivery.SENDING, claimed_at=message.claimed_at)


def is_true(message: OutboundMessage) -> bool:
    """Return whether the text still tells the truth. Otherwise it is not sent.

    For example, it is outdated if a barista has undone "ready", if a newer text about the order says the same, or if
    the text belongs to a broadcast that was stopped."""
    order = message.order
    if message.broadcast is not None and message.broadcast.stopped_at is not None:
        return False
    if order is None:
        return not TEXT_KINDS[OutboundMessage.Kind(message.kind)].needs_order
    true_while = TEXT_KINDS[OutboundMessage.Kind(message.kind)].true_while
    if true_while is None:
        # A text of this kind stays true in every status of the order. Only if the order was closed after the text was
        # queued, the text is outdated.
        return order.closed_at is None or order.closed_at <= message.created_at
    if order.status not in true_while:
        return False
    newer = OutboundMessage.objects.filter(
        order=order, kind=message.kind, subscription=message.subscription_id, pk__gt=message.pk
    )
    return not newer.exists()


#: Signal: a message failed, so the customer does not know of the OrderEvent that it was about. It is not sent if
#: another message has told the customer of the same event. Receivers run in the transaction that records the failure. A
#: receiver that notifies the customer in another way, such as `sms.fallback`, returns True. `is_sure` is False if the
#: failed message might still arrive.
not_reached = Signal()


def advance(
    message: OutboundMessage,
    *,
    to: Delivery,
    sid: str | None = None,
    error_code: int | None = None,
    unsure: bool = False,
) -> bool:
    """Move the message forward to the status `to`. Return False and change nothing if this would be a step back.

    If the message failed, notify the customer in another way. If there is no other way, the order's ticket shows that
    the customer was not reached. `unsure` is True if the failed message might still arrive."""
    try:
        return _move(message, to=to, sid=sid, error_code=error_code, unsure=unsure)
    except IntegrityError:
        if sid is None:
            raise
        # The sid is already stored with another message, and a sid can be stored only once. So store this message's
        # status without the sid.
        return _move(message, to=to, sid=None, error_code=error_code, unsure=True)


def _move(message: OutboundMessage, *, to: Delivery, sid: str | None, error_code: int | None, unsure: bool) -> bool:
    with transaction.atomic():
        rows = OutboundMessage.objects.filter(pk=message.pk, status__in=_AFTER[to])
        gone = (
            {"sent_at": Coalesce("sent_at", Value(timezone.now()))} if to in (Delivery.SENT, Delivery.DELIVERED) else {}
        )
        # A message that was sent twice has two sids. Keep the first: a delivery report about either copy is enough.
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
    """Return whether the message was certainly not sent twice, as far as the carrier's report tells.

    If the report is about another `sid` than the stored one, the message was sent twice, so the other copy might still
    arrive. A report without a sid is about the only copy."""
    return sid is None or OutboundMessage.objects.filter(pk=message.pk, sid=sid).exists()


def _said_elsewhere(message: OutboundMessage) -> bool:
    """Return whether another message about the same OrderEvent has reached the customer, or might still do so."""
    if message.cause_id is None:
        return False
    # Lock the OrderEvent. If two messages fail at the same moment, the second must see that the first has failed.
    OrderEvent.objects.select_for_update(no_key=True).filter(pk=message.cause_id).values_list("pk").first()
    same = OutboundMessage.objects.filter(cause=message.cause_id, kind=message.kind).exclude(pk=message.pk)
    return same.exclude(status__in=(Delivery.FAILED, Delivery.EXPIRED)).exists()


def _unsaid(message: OutboundMessage) -> None:
    """Show on the order's ticket that this message did not reach the customer.

    Do nothing if the customer can do without the message (`TextKind.is_needed`), or if the message is outdated
    (`is_true`)."""
    if message.order is None or not TEXT_KINDS[OutboundMessage.Kind(message.kind)].is_needed or not is_true(message):
        return
    if message.kind != OutboundMessage.Kind.MESSAGE:
        lifecycle.text_failed(message.order)
    elif message.cause:
        messages.not_delivered(message.cause)
