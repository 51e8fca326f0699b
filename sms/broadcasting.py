"""Plans, sends and stops broadcasts. A broadcast is a text to all customers who wait for an order.

Its texts are sent more slowly than the sending number allows, so that a text such as "your coffee is ready" can be sent
in between."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User, record
from orders import hints
from orders.display.page_language import language_of_order
from orders.messaging.messages import NothingToSay
from orders.models import Order
from sms.models import Broadcast, Carrier, Conversation, Delivery, OutboundMessage, Sender
from sms.outbound import queue_text
from sms.pace import USUAL_RATE
from sms.replies import notifications
from sms.replies.gsm7 import plain
from sms.segments import segments
from sms.text_kinds import TEXT_KINDS, Kind
from sms.texting import reach_in
from sms.wording.lookup import worded, wording_of
from stations.models import Event, Station

#: Share of a number's sending rate that a broadcast uses, so that other texts can still be sent.
SHARE = Decimal("0.7")


@dataclass(frozen=True, slots=True)
class Letter:
    """A text to one waiting customer: the conversation, the customer's oldest waiting order, and the words."""

    conversation: Conversation
    order: Order
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The texts that a broadcast would send now. The organizer sees this plan as a preview."""

    letters: tuple[Letter, ...]
    #: Number of waiting customers to whom the broadcast is not sent: they said STOP, are blocked, or cannot be texted
    #: now.
    left_out: int

    @property
    def segments(self) -> int:
        return sum(segments(letter.text) for letter in self.letters)

    @property
    def takes(self) -> dt.timedelta:
        """The time from now until the last text is sent."""
        return max((when for when, _ in departures(self.letters)), default=dt.timedelta(0))

    @property
    def minutes(self) -> int:
        return math.ceil(self.takes.total_seconds() / 60)

    def cost(self, price: Decimal) -> Decimal:
        return self.segments * price


def plan(event: Event, *, kind: str, text: str = "", station: Station | None = None) -> Plan:
    """Return the texts that the broadcast would send now.

    `station` limits the broadcast to customers of one station. Raises NothingToSay if the organizer's own text is
    empty."""
    if kind == Broadcast.Kind.OWN and not plain(text).strip():
        raise NothingToSay
    # Leave out orders for later, because their customers do not wait at the bar now.
    waiting = Order.objects.to_make().in_queue().filter(event=event, customer__isnull=False)
    if station is not None:
        waiting = waiting.filter(station=station)
    first: dict[int | None, Order] = {}
    for order in waiting.select_related("customer", "station").prefetch_related("items").order_by("placed_at", "pk"):
        order.event = event
        first.setdefault(order.customer_id, order)
    found = _conversations(event, first.values())
    letters = tuple(
        Letter(conversation, order, broadcast_words(order, kind=kind, text=text))
        for customer, order in first.items()
        if (conversation := found.get(customer)) and _takes(conversation)
    )
    return Plan(letters, len(first) - len(letters))


def _conversations(event: Event, orders: Iterable[Order]) -> dict[int | None, Conversation]:
    """Return each customer's conversation, by the customer's primary key.

    The conversation is on the carrier of the order. For an order that was placed on a page, it is on SMS."""
    by = {order.customer_id: order.channel if order.channel in Carrier.values else Carrier.SMS for order in orders}
    rows = Conversation.objects.filter(event=event, customer__in=by).select_related("customer")
    found: dict[int | None, Conversation] = {}
    for row in rows:
        if row.carrier == by[row.customer_id]:
            row.event = event
            found[row.customer_id] = row
    return found


def _takes(conversation: Conversation) -> bool:
    return conversation.blocked_at is None and reach_in(conversation).by_text


def broadcast_words(order: Order, *, kind: str, text: str = "") -> str:
    with override(language_of_order(order)), worded(wording_of(order.event)):
        match kind:
            case Broadcast.Kind.DELAY:
                return notifications.takes_longer(order)
            case Broadcast.Kind.BREAK:
                return notifications.short_break(order)
            case Broadcast.Kind.CLOSING:
                return notifications.closing_soon(order)
            case _:
                return f"{order.code}: {plain(' '.join(text.split()))[: Broadcast.LONGEST]}"


def departures(letters: Sequence[Letter]) -> list[tuple[dt.timedelta, Letter]]:
    """Return pairs: the delay after which a text is sent, and the text.

    The texts of each number are spaced so that the broadcast uses only SHARE of the number's sending rate. The rest is
    free for other texts."""
    senders = {letter.conversation.sender: letter.conversation.carrier for letter in letters}
    rates = dict(Sender.objects.filter(number__in=senders).values_list("number", "segments_per_second"))
    free_at = dict.fromkeys(senders, Decimal(0))
    found = []
    for letter in letters:
        number, carrier = letter.conversation.sender, letter.conversation.carrier
        rate = rates.get(number, USUAL_RATE[Carrier(carrier)]) * SHARE
        found.append((dt.timedelta(seconds=float(free_at[number])), letter))
        # For SMS the sending rate counts segments. For other carriers it counts messages.
        free_at[number] += (segments(letter.text) if carrier == Carrier.SMS else 1) / rate
    return found


@transaction.atomic
def send_broadcast(
    event: Event, *, kind: str, text: str = "", station: Station | None = None, by: User, key: str
) -> tuple[Broadcast, Plan | None]:
    """Queue a text to each waiting customer. Return the broadcast and its plan. Raises NothingToSay, like `plan`.

    `key` identifies the submitted form. If the form was submitted before, nothing is sent: the earlier broadcast is
    returned, with None as the plan."""
    planned = plan(event, kind=kind, text=text, station=station)
    broadcast, is_new = Broadcast.objects.get_or_create(
        key=key, defaults={"event": event, "kind": kind, "text": text, "station": station, "by": by}
    )
    if not is_new:
        return broadcast, None
    for wait, letter in departures(planned.letters):
        queue_text(
            letter.conversation,
            kind=Kind.BROADCAST,
            body=letter.text,
            order=letter.order,
            expires_in=TEXT_KINDS[Kind.BROADCAST].lasts,
            wait=wait,
            broadcast=broadcast,
            by=by,
        )
    record("broadcast", f"to {len(planned.letters)} waiting at {event}", by=by, event=event.pk, kind=kind)
    _tell(event.pk)
    return broadcast, planned


@transaction.atomic
def stop(broadcast: Broadcast, *, by: User) -> int:
    """Stop the broadcast, and return the number of its texts that will not be sent.

    A text that a worker is sending at this moment can still arrive."""
    if not Broadcast.objects.filter(pk=broadcast.pk, stopped_at=None).update(stopped_at=timezone.now()):
        return 0
    # A worker can put a text back into the queue after this update. Workers therefore check `stopped_at` before they
    # send.
    unsent = OutboundMessage.objects.filter(broadcast=broadcast, status=Delivery.QUEUED)
    count = unsent.update(status=Delivery.EXPIRED)
    record("stopped a broadcast", f"with {count} unsent", by=by, event=broadcast.event_id)
    _tell(broadcast.event_id)
    return count


def _tell(event_id: int) -> None:
    transaction.on_commit(partial(hints.announcer.hint, (hints.overview_of(event_id),)), robust=True)
