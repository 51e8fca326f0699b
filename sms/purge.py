"""Erases numbers, names, texts and notes some days after an event.

Workers run this every hour, possibly several at once. Each batch is one transaction and skips rows that are already
erased. Orders, drinks, times, scores and the number of texts stay for statistics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from accounts.forgetting import erase_log
from accounts.models import Customer, record
from orders.models import Order
from orders.statuses import OPEN
from orders.upkeep.erasing import erase
from sms.erasing import erase_copies
from sms.models import Broadcast, Conversation, Feedback, Ignored, InboundMessage, OutboundMessage
from stations.models import Event

#: Maximum number of orders or conversations that one transaction erases.
BATCH = 500
#: How long texts without a conversation are kept, for example texts of a deleted customer.
KEEP_STRAYS = dt.timedelta(days=7)
#: How long customers who never ordered are kept, such as VIPs whom an organizer entered.
KEEP_UNSEEN = dt.timedelta(days=90)


def purge() -> None:
    """Erase all personal data whose retention period is over."""
    now = timezone.now()
    for event in Event.objects.all():
        if until := event.personal_data_until(now):
            purge_event(event, until)
    strays = InboundMessage.objects.filter(conversation=None, received_at__lt=now - KEEP_STRAYS)
    _blank(strays.exclude(sid__startswith=ERASED))
    unseen = Customer.objects.filter(created_at__lt=now - KEEP_UNSEEN, orders=None, conversations=None)
    unseen = unseen.exclude(phone=None, name="").exclude(pk__in=_expecting_a_text())
    _blank_customers(list(unseen.values_list("pk", flat=True)[:BATCH]))


def purge_event(event: Event, until: dt.datetime) -> None:
    """Erase all personal data of the event that is older than `until`."""
    over = event.is_over(timezone.now())
    orders = 0
    while pks := _purge_orders(event, until, with_open=over):
        orders += pks
    texts = _purge_texts(event, until)
    conversations = 0
    while some := _purge_conversations(event, until):
        conversations += some
    Feedback.objects.filter(event=event, answered_at__lt=until).exclude(words="").update(words="", customer=None)
    Broadcast.objects.filter(event=event, created_at__lt=until).exclude(text="").update(text="")
    if over:
        Ignored.objects.filter(event=event).delete()
    if orders or texts or conversations:
        record("purged", event, by=None, event=event.pk, orders=orders, texts=texts, conversations=conversations)


@transaction.atomic
def _purge_orders(event: Event, until: dt.datetime, *, with_open: bool) -> int:
    due = Order.objects.filter(event=event, placed_at__lt=until, erased_at=None).select_related("event", "station")
    if not with_open:
        due = due.exclude(status__in=OPEN)
    # Skip orders that another worker is erasing.
    orders = list(due.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH])
    erase(orders, with_open=with_open)
    _forget_the_gone({pk for order in orders for pk in (order.customer_id, order.ready_text_to_id) if pk})
    return len(orders)


@transaction.atomic
def _purge_texts(event: Event, until: dt.datetime) -> int:
    received = InboundMessage.objects.filter(conversation__event=event, received_at__lt=until)
    received = received.exclude(sid__startswith=ERASED)
    sent = OutboundMessage.objects.filter(conversation__event=event, created_at__lt=until).exclude(body="")
    erase_copies(received, sent)
    return _blank(received) + sent.update(body="", sid=None)


@transaction.atomic
def _purge_conversations(event: Event, until: dt.datetime) -> int:
    """Clear the state of conversations without a text since `until`. Return the number of cleared conversations.

    Customers who have no other data left are erased."""
    due = Conversation.objects.filter(event=event, last_text_at__lt=until)
    due = due.filter(Q(erased_at=None) | Q(erased_at__lt=F("last_text_at"))).order_by("pk")
    found = dict(due.values_list("pk", "customer_id")[:BATCH])
    Conversation.objects.filter(pk__in=found).update(state={}, erased_at=timezone.now())
    _forget_the_gone(set(found.values()))
    return len(found)


#: Prefix of the sid of an erased text. Twilio's own sid is replaced, because it leads to Twilio's copy of the text.
ERASED = "erased-"


def _blank(texts: QuerySet[InboundMessage]) -> int:
    sid = Concat(Value(ERASED), Cast("pk", CharField()))
    return texts.update(body="", unknown=[], reply="", order=None, sid=sid)


def _forget_the_gone(customers: Iterable[int]) -> None:
    """Erase the number and name of those customers in the list who have no data left at any event."""
    alive = Conversation.objects.filter(Q(erased_at=None) | Q(erased_at__lt=F("last_text_at")))
    ordered = Order.objects.filter(erased_at=None).exclude(customer=None)
    gone = Customer.objects.filter(pk__in=customers)
    gone = gone.exclude(pk__in=alive.values("customer")).exclude(pk__in=ordered.values("customer"))
    _blank_customers(list(gone.exclude(pk__in=_expecting_a_text()).values_list("pk", flat=True)))


def _expecting_a_text() -> QuerySet[Order, Any]:
    """Return the keys of customers who can still get a ready text, because their number was typed with an order that is
    not erased."""
    return Order.objects.filter(erased_at=None).exclude(ready_text_to=None).values("ready_text_to")


def _blank_customers(pks: list[int]) -> None:
    """Erase all personal data of these customers.

    Their conversations stay without personal data, so that statistics still count the texts."""
    nobody = {"phone": None, "phone_hash": None, "phone_end_hash": None, "name": "", "language": "", "vip": False}
    Customer.objects.filter(pk__in=pks).update(**nobody)
    erase_log(pks)
