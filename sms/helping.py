"""What the support desk does in a conversation. Each action is audited, and the desk's pages are updated after the
commit.

When a person of the desk has taken a conversation over, Expresso sends no automatic replies: `sms.inbound` stores each
text and alerts the person. Notices about an order (ready, cancelled) are still sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.models import Customer, User, record
from orders import hints
from orders.messaging.messages import NothingToSay, Unreachable
from orders.models import Order
from orders.parser import Intent
from orders.refusals import Refusal
from sms.models import Conversation, Delivery, InboundMessage, OutboundMessage
from sms.outbound import queue_text
from sms.replies.gsm7 import plain
from sms.text_kinds import TEXT_KINDS, Kind
from sms.texting import reach_in

#: Maximum length of an answer in characters: three SMS segments.
LONGEST_ANSWER = 459


@dataclass(eq=False)
class HasHelper(Refusal):
    """Another person takes care of this customer."""

    helper: User


class NotFailed(Refusal):
    """The text cannot be sent again: it did not fail, or it was sent again already."""


def _change(conversation: Conversation, act: str, change: Callable[[Conversation], object], *, by: User) -> None:
    """Lock the conversation's row, change it with the function `change`, and write the action's name `act` to the audit
    log.

    Incoming texts of the customer wait for the same lock."""
    with transaction.atomic():
        row = Conversation.objects.select_for_update(of=("self",)).select_related("helper").get(pk=conversation.pk)
        change(row)
        row.save(update_fields=_CHANGED)
        for name in _CHANGED:
            setattr(conversation, name, getattr(row, name))
        _note(conversation, act, by=by)


_CHANGED = ["needs_person", "needs_since", "helper", "held", "blocked_at", "looked_at"]


def _note(conversation: Conversation, act: str, *, by: User, **details: Any) -> None:
    # The audit log is kept longer than the customer's data. The entry therefore names the conversation and not the
    # customer.
    record(act, f"conversation {conversation.pk}", by=by, event=conversation.event_id, **details)
    hints.of_text(conversation.event_id, conversation.pk)


def mark_for_person(conversation: Conversation, *, by: User) -> None:
    _change(conversation, "marked for a person", lambda row: row.call_person(timezone.now()), by=by)


def claim(conversation: Conversation, *, by: User) -> None:
    """Make the user (`by`) the person who takes care of the customer. Automatic replies go on.

    Raises HasHelper if another person takes care of the customer."""

    def change(row: Conversation) -> None:
        if row.helper is not None and row.helper_id != by.pk:
            raise HasHelper(row.helper)
        row.helper = by
        row.call_person(timezone.now())

    _change(conversation, "claimed", change, by=by)


def take_over(conversation: Conversation, *, by: User) -> None:
    """Stop automatic replies until `hand_back`, and make the user (`by`) the person who answers. This is possible even
    if another person has the conversation."""

    def change(row: Conversation) -> None:
        row.helper, row.held, row.needs_person = by, True, True

    _change(conversation, "took over", change, by=by)


def hand_back(conversation: Conversation, *, by: User) -> None:
    """Start automatic replies again. The customer stays in the inbox until the case is solved."""

    def change(row: Conversation) -> None:
        row.held = False

    _change(conversation, "handed back", change, by=by)


def solve(conversation: Conversation, *, by: User) -> None:
    """Take the customer out of the inbox, and start automatic replies again."""

    def change(row: Conversation) -> None:
        row.needs_person, row.needs_since, row.helper, row.held = False, None, None, False
        row.looked_at = timezone.now()

    _change(conversation, "solved", change, by=by)


def put_aside(conversation: Conversation, *, by: User) -> None:
    """Record that nobody needs to look at the customer's earlier texts that were not understood."""

    def change(row: Conversation) -> None:
        row.looked_at = timezone.now()

    _change(conversation, "put aside", change, by=by)


def block(conversation: Conversation, *, by: User) -> None:
    """Stop replying to this customer at this event, on every carrier. The customer's texts are still stored."""
    for row in _of_customer(conversation):
        _change(row, "blocked", lambda each: setattr(each, "blocked_at", each.blocked_at or timezone.now()), by=by)


def unblock(conversation: Conversation, *, by: User) -> None:
    for row in _of_customer(conversation):
        _change(row, "unblocked", lambda each: setattr(each, "blocked_at", None), by=by)


def _of_customer(conversation: Conversation) -> list[Conversation]:
    return list(Conversation.objects.filter(event=conversation.event_id, customer=conversation.customer_id))


@transaction.atomic
def answer(conversation: Conversation, text: str, *, by: User, key: str | None = None) -> OutboundMessage:
    """Send the customer a text that the user (`by`) wrote. Automatic replies stop, and the user takes care of the
    customer.

    A second call with the same key sends nothing. Raises NothingToSay, Unreachable, or HasHelper if another person
    holds the conversation."""
    row = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("helper", "customer", "event")
        .get(pk=conversation.pk)
    )
    if key and (before := OutboundMessage.objects.filter(key=key).first()):
        return before
    body = plain(" ".join(text.split()))[:LONGEST_ANSWER]
    if not body:
        raise NothingToSay
    if not reach_in(row).by_text:
        raise Unreachable
    if row.held and row.helper is not None and row.helper_id != by.pk:
        raise HasHelper(row.helper)
    Conversation.objects.filter(pk=row.pk).update(
        helper=by, held=True, needs_person=True, needs_since=None, looked_at=timezone.now()
    )
    message = queue_text(row, kind=Kind.SUPPORT, body=body, expires_in=TEXT_KINDS[Kind.SUPPORT].lasts, by=by, key=key)
    _note(row, "answered", by=by, text=message.pk)
    return message


@transaction.atomic
def resend(message: OutboundMessage, *, by: User) -> OutboundMessage:
    """Queue a failed text once more. The worker sends it only if what it tells is still true when its turn comes.

    Raises NotFailed or Unreachable."""
    conversation = message.talk
    if not reach_in(conversation).by_text:
        raise Unreachable
    failed = OutboundMessage.objects.filter(
        pk=message.pk, status__in=(Delivery.FAILED, Delivery.EXPIRED), resent_at=None
    )
    if not failed.update(resent_at=timezone.now()):
        raise NotFailed
    kind = Kind(message.kind)
    again = queue_text(
        conversation, kind=kind, body=message.body, order=message.order, expires_in=TEXT_KINDS[kind].lasts, by=by
    )
    _note(conversation, "sent again", by=by, text=message.pk, again=again.pk)
    return again


def uncover(conversation: Conversation, *, by: User) -> str:
    """Return the customer's phone number, or "" if there is none. The audit log records who saw the number."""
    record("uncovered a number", f"customer {conversation.customer_id}", by=by, event=conversation.event_id)
    return conversation.customer.phone or ""


@transaction.atomic
def set_vip(order: Order, *, vip: bool, by: User) -> None:
    """Set or remove the VIP mark on all open orders of this order's customer at this event.

    The customer's own mark is changed too, unless the customer is known at another event. If the order has no customer,
    only this order's mark is changed."""
    orders = Order.objects.open().filter(event=order.event_id)
    mine = orders.filter(customer=order.customer_id) if order.customer_id else orders.filter(pk=order.pk)
    for each in mine.exclude(vip=vip).select_related("event", "station"):
        # The mark changes the ticket, so the order gets a new version. A tap on a ticket that still shows the old
        # version is then refused.
        Order.objects.filter(pk=each.pk).update(vip=vip, version=each.version + 1)
        hints.after_commit(each.station, each.event)
    if order.customer_id and not _known_elsewhere(order):
        Customer.objects.filter(pk=order.customer_id).update(vip=vip)
    record("made VIP" if vip else "made no VIP", f"order {order.code}", by=by, event=order.event_id)


def _known_elsewhere(order: Order) -> bool:
    orders = Order.objects.filter(customer=order.customer_id).exclude(event=order.event_id)
    return (
        orders.exists()
        or Conversation.objects.filter(customer=order.customer_id).exclude(event=order.event_id).exists()
    )


def last_not_understood(event_id: int, *, since: dt.datetime) -> list[InboundMessage]:
    """Return the texts after `since` that were not understood, that nobody has looked at, and that are the latest of
    their conversation.

    If a later text of the same customer was understood, the customer needs no help any more."""
    texts = InboundMessage.objects.filter(
        conversation__event=event_id,
        conversation__last_text_at__gte=since,
        conversation__needs_person=False,
        conversation__blocked_at=None,
        # `sms.inbound` stores the same moment as the text's `received_at` and as the conversation's `last_text_at`. So
        # the text for which both are equal is the latest of its conversation.
        received_at=models.F("conversation__last_text_at"),
        intent=Intent.UNCLEAR,
    ).exclude(body="")
    unseen = models.Q(conversation__looked_at=None) | models.Q(conversation__looked_at__lt=models.F("received_at"))
    return list(texts.filter(unseen).select_related("conversation__customer", "conversation__helper"))
