"""A conversation on the support desk's page: its texts, the customer's orders, and what staff can do about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from expresso.support.shared import desk_version, helper_name
from inventory.snapshot import menu_of
from orders.display.tickets import TicketLine, lines_of
from orders.hints import conversation_name
from orders.lifecycle import is_past_recall
from orders.live.boards import CANCEL_REASONS
from orders.live.frames import Board, Look
from orders.models import Order
from orders.statuses import NOT_STARTED, OPEN, TO_MAKE, Status
from sms import inbound
from sms.insight.labels import INTENTS
from sms.models import Carrier, Conversation, Delivery, InboundMessage, OutboundMessage
from sms.texting import reach_in
from stations.models import Station

#: Maximum numbers of texts and of orders that the page of a conversation shows.
MOST_TEXTS, MOST_ORDERS = 120, 10
#: Labels for texts that were not treated as orders or questions, by their intent.
APART = {
    inbound.HELD: "for a person",
    inbound.IGNORED: "not answered",
    inbound.FEEDBACK: "a rating",
    inbound.ANSWER: "an answer to the barista",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a conversation."""

    at: dt.datetime
    body: str
    #: Sender of the text: "customer", "robot" (Expresso itself) or "person" (of the support desk).
    who: str
    #: Name of the person at the support desk who wrote the text; "" for other senders.
    by: str = ""
    #: Label that says how the customer's text was read.
    read: str = ""
    unknown: tuple[str, ...] = ()
    #: Primary key of a customer's text. The page that shows how it was read has this key in its URL.
    text: int | None = None
    delivery: str = ""
    failed: bool = False
    #: Primary key of a failed text that can be sent again; None for other texts.
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An order of the customer, with the facts that decide which actions the page offers."""

    pk: int
    code: str
    name: str
    status: str
    label: str
    station: str
    version: int
    vip: bool
    note: str
    placed_at: dt.datetime
    quoted_to: dt.datetime | None
    lines: tuple[TicketLine, ...]
    is_open: bool
    #: Slug and name of each station to which the order can be moved.
    elsewhere: tuple[tuple[str, str], ...]
    can_be_recalled: bool


def conversation_board(conversation: Conversation) -> Board:
    pk = conversation.pk
    return Board(
        name=conversation_name(pk),
        template="support/_talk.html",
        look=lambda: Look(talk_version(pk), lambda: talk_context(pk)),
    )


def talk_version(pk: int) -> str:
    row = Conversation.objects.get(pk=pk)
    facts = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields if field.name != "state"]
    heard = list(row.inbound.order_by("-pk").values_list("pk", flat=True)[:1])
    sent = list(row.outbound.order_by("-pk").values_list("pk", "status", "resent_at")[:MOST_TEXTS])
    orders = list(_orders_of(row).values_list("pk", "version")[:MOST_ORDERS])
    return desk_version(facts, heard, sent, orders)


def talk_context(pk: int) -> dict[str, Any]:
    row = Conversation.objects.select_related("event", "customer", "helper").get(pk=pk)
    return {
        "event": row.event,
        "talk": row,
        "helper": helper_name(row.helper),
        "carrier": Carrier(row.carrier).label,
        "said": said_in(row),
        "orders": placed_orders(row),
        "reach": reach_in(row),
        "cancel_reasons": CANCEL_REASONS,
    }


def _orders_of(conversation: Conversation) -> QuerySet[Order]:
    customer = conversation.customer_id
    mine = Q(customer=customer) | Q(ready_text_to=customer)
    return Order.objects.filter(mine, event=conversation.event_id).order_by("-placed_at", "-pk")


def placed_orders(conversation: Conversation) -> list[Placed]:
    rows = list(_orders_of(conversation).select_related("station").prefetch_related("items")[:MOST_ORDERS])
    stations = list(conversation.event.stations.all())
    for row in rows:
        row.event = conversation.event
    return [shown_order(row, stations) for row in rows]


def shown_order(order: Order, stations: Sequence[Station]) -> Placed:
    return Placed(
        pk=order.pk,
        code=order.code,
        name=order.name,
        status=order.status,
        label=str(Status(order.status).label),
        station=order.station.name,
        version=order.version,
        vip=order.vip,
        note=order.note,
        placed_at=order.placed_at,
        quoted_to=order.quoted_to if order.status in TO_MAKE else None,
        lines=lines_of(order, menu_of(order.event)),
        is_open=order.status in OPEN,
        elsewhere=tuple((each.slug, each.name) for each in stations if each.pk != order.station_id)
        if order.status in NOT_STARTED
        else (),
        can_be_recalled=order.status not in OPEN and not is_past_recall(order, timezone.now()),
    )


def said_in(conversation: Conversation) -> list[Said]:
    """Return the texts of a conversation, the newest first. A reply stands above the text that it answers."""
    found: list[Said] = []
    for heard in conversation.inbound.order_by("-received_at", "-pk")[:MOST_TEXTS]:
        unknown = tuple(heard.unknown)
        found.append(Said(heard.received_at, heard.body, "customer", read=_read(heard), unknown=unknown, text=heard.pk))
        if heard.reply:
            found.append(Said(heard.received_at, heard.reply, "robot", delivery="replied"))
    found += map(_sent, conversation.outbound.select_related("by").order_by("-created_at", "-pk")[:MOST_TEXTS])
    return sorted(found, key=lambda each: each.at)[::-1][:MOST_TEXTS]


def _sent(row: OutboundMessage) -> Said:
    failed = row.status in (Delivery.FAILED, Delivery.EXPIRED)
    state = str(Delivery(row.status).label).lower()
    if row.error_code:
        state += f" ({row.error_code})"
    if row.resent_at:
        state += ", sent again"
    kind = str(OutboundMessage.Kind(row.kind).label)
    return Said(
        row.created_at,
        row.body,
        "person" if row.by_id and row.kind == OutboundMessage.Kind.SUPPORT else "robot",
        by=helper_name(row.by),
        delivery=f"{kind}: {state}",
        failed=failed,
        again=row.pk if failed and row.resent_at is None else None,
    )


def _read(heard: InboundMessage) -> str:
    return APART.get(heard.intent) or str(INTENTS.get(heard.intent, heard.intent))
