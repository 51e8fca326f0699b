"""The kinds of text that Expresso starts, one row each: when it is sent, how long it stays valid, and its words.

A new kind is a value of `OutboundMessage.Kind` and a row here."""

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
#: A function of the order, and of the OrderEvent that the text is about.
About = Callable[[Order, OrderEvent], T]

#: How long the question for a rating waits, so that people taste their coffee first and a barista can undo a wrong tap.
RATED_AFTER = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TextKind:
    #: The verb of the OrderEvent after which the text is sent; None if other code sends it.
    verb: str | None
    #: The words of the text; None if the code that sends it writes them.
    words: About[str] | None
    #: How long the text is worth sending, counted from the earliest moment at which it may be sent.
    lasts: dt.timedelta
    #: The text is sent only in these statuses of the order. None: the text is not sent if the order was closed after
    #: the text was queued.
    true_while: tuple[Status, ...] | None
    #: Tells whether this order's customer gets the text.
    applies: About[bool] = lambda _order, _event: True
    #: Returns how long the text waits before it is sent.
    wait: Callable[[Order], dt.timedelta] = lambda _order: dt.timedelta(0)
    #: Whether devices that are subscribed to the order get the message as a push.
    is_pushed: bool = True
    #: Returns the words of a mail; None if mailboxes get none. The mail must not repeat the customer's own words,
    #: because anybody could make us mail their words to somebody else.
    mailed: Callable[[Order], str] | None = None
    #: Whether the barista has to call the name if the text does not arrive.
    is_needed: bool = True
    #: Whether the text is about an order. If so, the text is not sent once the order was deleted.
    needs_order: bool = True


def _by_the_bar(order: Order, event: OrderEvent) -> bool:
    """Tell whether the bar cancelled the order. A customer who cancels by text gets the answer as the reply."""
    return event.by_id is not None or event.requested


def _asks_feedback(order: Order, event: OrderEvent) -> bool:
    """Tell whether to ask for a rating: at most once a day, however many orders the customer has."""
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
        # After that, the coffee is cold or the barista has called the name.
        lasts=dt.timedelta(minutes=10),
        true_while=TO_COLLECT,
        # Within this time a barista can undo a wrong tap, and no text is sent.
        wait=lambda order: dt.timedelta(seconds=order.event.ready_grace_seconds),
        mailed=notifications.ready_by_mail,
    ),
    # `sms.follow_up` sends the reminder when nobody fetches the order.
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
    # Once the order is ready, this text is not needed, because the ready text names the drinks.
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
    # The page after the payment at Stripe says this too. The text is for a customer who closed that page.
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
    # A barista's message. `orders.messaging.messages.write` has put it into words.
    Kind.MESSAGE: TextKind(
        None,
        lambda _order, event: event.message.text,
        lasts=dt.timedelta(minutes=10),
        true_while=None,
    ),
    # A text of the support desk. `sms.helping.answer` sends it.
    Kind.SUPPORT: TextKind(
        None,
        None,
        lasts=dt.timedelta(hours=1),
        true_while=None,
        is_pushed=False,
        is_needed=False,
        needs_order=False,
    ),
    # A text to everybody who waits. `sms.broadcasting.send_broadcast` sends it.
    Kind.BROADCAST: TextKind(
        None,
        None,
        lasts=dt.timedelta(minutes=10),
        true_while=None,
        is_pushed=False,
        is_needed=False,
    ),
}
