"""Implements `orders.messaging.texting.Texting`, through which `orders` uses texts without importing `sms`.

The functions tell whether a customer can be texted, which texts are about an order, and how a barista's message is
worded."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orders.display.page_language import language_of_order
from orders.messaging.texting import OrderText, PersonCall, Reach, ToSay
from orders.models import Order
from sms import twilio
from sms.models import Carrier, Conversation, Delivery, InboundMessage, OutboundMessage
from sms.replies import notifications
from sms.wording.lookup import worded, wording_of
from stations.models import Station

#: How long the support desk has to take on a customer who asked for a person. After this time the bar is told too.
DESK_TAKES_WITHIN = dt.timedelta(minutes=1)
#: Maximum number of customers that a barista's board shows as waiting for a person.
MOST_CALLS = 5


def conversation_of(order: Order) -> Conversation | None:
    """Return the conversation with the order's customer.

    Return None if nobody has proven, by a text from the number, that the order is theirs."""
    return conversation_with(order.customer_id, order)


def conversation_with(customer_id: int | None, order: Order) -> Conversation | None:
    carrier = order.channel if order.channel in Carrier.values else Carrier.SMS
    found = Conversation.objects.filter(event=order.event_id, customer=customer_id, carrier=carrier)
    return found.select_related("customer", "event").first()


def reach(order: Order) -> Reach:
    return reach_in(conversation_of(order))


def reach_in(conversation: Conversation | None) -> Reach:
    if conversation is None or not conversation.sender or not conversation.customer.phone:
        return Reach.NO_NUMBER
    if conversation.opted_out_at:
        return Reach.STOPPED
    if conversation.carrier == Carrier.WHATSAPP and timezone.now() - conversation.last_text_at >= twilio.WINDOW:
        return Reach.DAY_OVER
    return Reach(conversation.carrier)


def message_words(order: Order, say: ToSay) -> str:
    with override(language_of_order(order)), worded(wording_of(order.event)):
        return notifications.from_the_bar(order, say)


def texts(order: Order) -> list[OrderText]:
    received = InboundMessage.objects.filter(order=order)
    # If the customer was told by push and by text, list only the text, because its delivery status says more. Texts are
    # sorted last, so that they replace the push in `sent`.
    rows = sorted(OutboundMessage.objects.filter(order=order), key=lambda row: row.conversation_id is not None)
    sent = {(row.cause_id or -row.pk, row.kind): row for row in rows}
    return [
        *(OrderText(row.received_at, row.body, from_customer=True) for row in received),
        *(OrderText(row.received_at, row.reply) for row in received if row.reply),
        *map(_sent, sent.values()),
    ]


def calls(station: Station) -> list[PersonCall]:
    rows = list(waiting_calls(station).select_related("customer").order_by("needs_since", "pk")[:MOST_CALLS])
    if not rows:
        return []
    last = InboundMessage.objects.filter(conversation__in=rows, received_at=F("conversation__last_text_at"))
    said = dict(last.values_list("conversation", "body"))
    here = Order.objects.open().filter(event=station.event_id, customer__in=[row.customer_id for row in rows])
    codes: dict[int | None, list[str]] = {}
    for customer, code in here.order_by("placed_at").values_list("customer", "code"):
        codes.setdefault(customer, []).append(code)
    return [
        PersonCall(
            row.pk,
            row.customer.called,
            ", ".join(codes.get(row.customer_id, [])),
            said.get(row.pk, ""),
            row.needs_since or row.last_text_at,
        )
        for row in rows
    ]


def waiting_calls(station: Station) -> QuerySet[Conversation]:
    orders = Order.objects.open().filter(event=station.event_id, customer=OuterRef("customer"))
    return Conversation.objects.filter(
        Exists(orders.filter(station=station)) | ~Exists(orders),
        Q(needs_since__lt=timezone.now() - DESK_TAKES_WITHIN),
        event=station.event_id,
        needs_person=True,
        helper=None,
        blocked_at=None,
    )


def _sent(row: OutboundMessage) -> OrderText:
    status = Delivery(row.status)
    states = {
        Delivery.QUEUED: _("not sent yet"),
        Delivery.SENDING: _("being sent"),
        Delivery.SENT: _("sent"),
        Delivery.DELIVERED: _("delivered"),
        Delivery.FAILED: _("failed: call the name"),
        Delivery.EXPIRED: _("not sent: it was too late"),
    }
    failed = status in (Delivery.FAILED, Delivery.EXPIRED)
    return OrderText(row.created_at, row.body, delivery=states[status], failed=failed, fact=row.cause_id)
