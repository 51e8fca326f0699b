"""The kinds of text that Expresso starts. Each kind has a row with its words, when it is sent, and how long it is
valid.

To add a kind, add a value to `OutboundMessage.Kind` and a row to this table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from orders.models import Order, OrderEvent
from orders.statuses import BEING_MADE, DROPPED, NOT_STARTED, TO_COLLECT, Status
from sms.models import Feedback, OutboundMessage
from sms.replies import notifications

Kind = OutboundMessage.Kind
T = TypeVar("T")
#: A function that gets the order, and the OrderEvent that the text is about.
About = Callable[[Order, OrderEvent], T]

#: How long after the pickup the rating is asked for. People taste their coffee first, and baristas can undo a wrong
#: tap.
RATED_AFTER = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TextKind:
    #: The verb of the OrderEvent that causes this text; None if other code queues it.
    verb: str | None
    #: Function that returns the words of the text; None if the code that queues the text writes them.
    words: About[str] | None
    #: How long the text is worth sending, from the first moment at which it can be sent.
    lasts: dt.timedelta
    #: The text is sent only while the order has one of these statuses. None: in any status, unless the order was closed
    #: after the text was queued.
    true_while: tuple[Status, ...] | None
    #: Function that returns whether this order's customer gets the text.
    applies: About[bool] = lambda _order, _event: True
    #: Function that returns how long the text waits before it is sent.
    wait: Callable[[Order], dt.timedelta] = lambda _order: dt.timedelta(0)
    #: True if devices that are subscribed to the order get the message as a push.
    is_pushed: bool = True
    #: Function that returns the words of a mail; None if mailboxes get none. The mail must not repeat customers' own
    #: words, because anybody can order with another person's address.
    mailed: Callable[[Order], str] | None = None
    #: True if the barista must call the customer's name when the text does not arrive.
    is_needed: bool = True
    #: True if the text is about an order. Such a text is not sent after the order was deleted.
    needs_order: bool = True


def _by_the_bar(order: Order, event: OrderEvent) -> bool:
    """Return whether the bar cancelled the order, perhaps on the customer's request. A customer who cancels by text
    gets a reply instead of this text."""
    return event.by_id is not None or event.requested


def _asks_feedback(order: Order, event: OrderEvent) -> bool:
    """Return whether to ask for a rating. A customer is asked at most once a day, even after several orders."""
    if not order.event.ask_feedback or order.customer is None or not order.customer.phone:
        return False
    day = order.event.day_of(event.at)
    _, first = Feedback.objects.get_or_create(
        event=order.event, customer=order.customer, day=day, defaults={"order": order}
    )
    return first


TEXT_KINDS: dict[Kind, TextKind] = {
    Kind.READY: TextKind(
        "ready",
        lambda order, _event: notifications.order_ready(order),
        # The ready text is not sent later than this, because then the coffee is cold or the barista has called the
        # name.
        lasts=dt.timedelta(minutes=10),
        true_while=TO_COLLECT,
        # The ready text waits this long, so that a barista can undo a wrong tap before it is sent.
        wait=lambda order: dt.timedelta(seconds=order.event.ready_grace_seconds),
        mailed=notifications.ready_by_mail,
    ),
    # The reminder is queued by `sms.follow_up` if the customer does not collect the order.
    Kind.REMINDER: TextKind(
        None,
        lambda order, _event: notifications.reminder(order),
        lasts=dt.timedelta(minutes=10),
        true_while=TO_COLLECT,
    ),
    Kind.CANCELLED: TextKind(
        "cancel",
        lambda order, event: (
            notifications.granted_drop(order) if event.requested else notifications.cancelled(order, event.reason)
        ),
        lasts=dt.timedelta(minutes=30),
        true_while=DROPPED,
        applies=_by_the_bar,
    ),
    # Says that the barista accepted a change. Not sent once the order is ready, because the ready text names the drinks
    # too.
    Kind.GRANTED: TextKind(
        "accept",
        lambda order, _event: notifications.granted(order),
        lasts=dt.timedelta(minutes=10),
        true_while=BEING_MADE,
    ),
    Kind.DECLINED: TextKind(
        "decline",
        lambda order, _event: notifications.declined(order),
        lasts=dt.timedelta(minutes=10),
        true_while=BEING_MADE,
    ),
    # Says the same as the page after the payment, for customers who closed that page.
    Kind.PAID: TextKind(
        "pay",
        lambda order, _event: notifications.paid(order),
        lasts=dt.timedelta(minutes=5),
        true_while=NOT_STARTED,
        is_pushed=False,
        is_needed=False,
    ),
    Kind.NOT_PAID: TextKind(
        "unpaid",
        lambda order, _event: notifications.not_paid(order),
        lasts=dt.timedelta(minutes=30),
        true_while=DROPPED,
        is_needed=False,
    ),
    Kind.REFUNDED: TextKind(
        "refund",
        lambda order, _event: notifications.refunded(order),
        lasts=dt.timedelta(hours=12),
        true_while=None,
        is_needed=False,
    ),
    Kind.FEEDBACK: TextKind(
        "collect",
        lambda order, _event: notifications.how_was_it(order),
        lasts=dt.timedelta(minutes=20),
        true_while=(Status.COLLECTED,),
        applies=_asks_feedback,
        wait=lambda _order: RATED_AFTER,
        is_pushed=False,
        is_needed=False,
    ),
    # Message of a barista. Its words come from `orders.messaging.messages.write`.
    Kind.MESSAGE: TextKind(
        None,
        lambda _order, event: event.message.text,
        lasts=dt.timedelta(minutes=10),
        true_while=None,
    ),
    # Text of the support desk, queued by `sms.helping.answer`.
    Kind.SUPPORT: TextKind(
        None,
        None,
        lasts=dt.timedelta(hours=1),
        true_while=None,
        is_pushed=False,
        is_needed=False,
        needs_order=False,
    ),
    # Text to all waiting customers, queued by `sms.broadcasting.send_broadcast`.
    Kind.BROADCAST: TextKind(
        None,
        None,
        lasts=dt.timedelta(minutes=10),
        true_while=None,
        is_pushed=False,
        is_needed=False,
    ),
}
