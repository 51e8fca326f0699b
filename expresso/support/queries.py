"""What the support desk shows: customers who need a person, texts not understood, conversations, and search results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import search
from accounts.models import AuditEntry, Customer, User
from accounts.phones import grouped_number
from inventory.snapshot import menu_of
from orders.display.tickets import TicketLine, lines_of
from orders.hints import conversation_name, inbox_of
from orders.lifecycle import is_past_recall
from orders.live.boards import CANCEL_REASONS
from orders.live.frames import Board
from orders.models import Order, OrderEvent
from orders.statuses import NOT_STARTED, OPEN, TO_MAKE, Status
from orders.views.history import MOST_WORDS, with_words
from sms import helping, inbound
from sms.insight.reading_stages import INTENTS
from sms.models import Carrier, Conversation, Delivery, InboundMessage, OutboundMessage
from sms.texting import reach_in
from stations.models import Event, Station

#: The inbox shows failed texts and texts that nobody understood for this long.
NEWS = dt.timedelta(hours=2)
#: Maximum number of rows of a list, texts of a conversation, orders of a customer, and customers found.
MOST, MOST_TEXTS, MOST_ORDERS, MOST_FOUND = 60, 120, 10, 30
#: How the page labels texts that the parser did not read, by their intent.
APART = {
    inbound.HELD: "for a person",
    inbound.IGNORED: "not answered",
    inbound.FEEDBACK: "a rating",
    inbound.ANSWER: "an answer to the barista",
}


def helper_name(user: User | None) -> str:
    return (user.get_short_name() or user.username) if user else ""


def masked(phone: str | None) -> str:
    """Return the phone number with only its last four digits shown; "" without a number."""
    return f"\N{BULLET}\N{BULLET}\N{BULLET} {phone[-4:]}" if phone else ""


# The inbox ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """A customer in the inbox."""

    pk: int
    called: str
    #: Codes of the customer's open orders.
    codes: str
    #: Since when the customer waits; None once a person has answered.
    since: dt.datetime | None
    helper: str
    held: bool
    #: The last text, as it was typed.
    says: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A text that did not reach its customer."""

    conversation: int
    called: str
    at: dt.datetime
    body: str


def inbox(event: Event) -> Board:
    return Board(
        name=inbox_of(event.pk),
        template="support/_inbox.html",
        version=lambda: inbox_version(event.pk),
        context=lambda: inbox_context(event.pk),
    )


def inbox_version(event_id: int) -> str:
    rows = _cases(event_id).values_list("pk", "needs_since", "helper", "held")[:MOST]
    stuck = [text.pk for _talk, text in _stuck(event_id)]
    return _version(list(rows), stuck, list(_failed(event_id).values_list("pk", flat=True)[:MOST]))


def inbox_context(event_id: int) -> dict[str, Any]:
    event = Event.objects.get(pk=event_id)
    rows = list(_cases(event_id)[:MOST])
    stuck = _stuck(event_id)[:MOST]
    customers = [row.customer_id for row in rows] + [talk.customer_id for talk, _text in stuck]
    codes = _codes(event_id, customers)
    last = _last_texts(rows)
    cases = [
        Case(
            row.pk,
            row.customer.called,
            codes.get(row.customer_id, ""),
            row.needs_since,
            helper_name(row.helper),
            row.held,
            last.get(row.pk, ""),
        )
        for row in rows
    ]
    return {
        "event": event,
        "cases": cases,
        "ringing": sum(case.since is not None and not case.helper for case in cases),
        "stuck": [
            Case(
                talk.pk,
                talk.customer.called,
                codes.get(talk.customer_id, ""),
                text.received_at,
                "",
                False,
                text.body,
            )
            for talk, text in stuck
        ],
        "failed": [
            Failed(text.talk.pk, text.talk.customer.called, text.created_at, text.body)
            for text in _failed(event_id).select_related("conversation__customer")[:MOST]
        ],
        "more": max(0, _cases(event_id).count() - len(cases)),
    }


def _cases(event_id: int) -> QuerySet[Conversation]:
    """Return the customers who wait, the longest wait first, then the customers whom a person has answered."""
    rows = Conversation.objects.filter(event=event_id, needs_person=True, blocked_at=None)
    return rows.select_related("customer", "helper").order_by(
        F("needs_since").asc(nulls_last=True), "last_text_at", "pk"
    )


def _stuck(event_id: int) -> list[tuple[Conversation, InboundMessage]]:
    texts = helping.last_not_understood(event_id, since=timezone.now() - NEWS)
    return [(text.conversation, text) for text in texts if text.conversation]


def _failed(event_id: int) -> QuerySet[OutboundMessage]:
    """Return the texts of the last two hours that failed and that nobody has sent again."""
    return OutboundMessage.objects.filter(
        conversation__event=event_id,
        conversation__opted_out_at=None,
        status=Delivery.FAILED,
        created_at__gte=timezone.now() - NEWS,
        resent_at=None,
    )


def _codes(event_id: int, customers: Iterable[int]) -> dict[int | None, str]:
    found: dict[int | None, list[str]] = {}
    orders = Order.objects.open().filter(event=event_id, customer__in=set(customers)).order_by("placed_at")
    for customer, code in orders.values_list("customer", "code"):
        found.setdefault(customer, []).append(code)
    return {customer: ", ".join(codes) for customer, codes in found.items()}


def _last_texts(rows: Sequence[Conversation]) -> dict[int | None, str]:
    texts = InboundMessage.objects.filter(
        conversation__in=[row.pk for row in rows], received_at=F("conversation__last_text_at")
    )
    return dict(texts.values_list("conversation", "body"))


def _version(*parts: object) -> str:
    """Return a version of the page: a number that only grows, and a digest of what the page shows."""
    texts = InboundMessage.objects.aggregate(newest=Max("pk"))["newest"] or 0
    acts = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    facts = OrderEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{texts + acts + facts}.{blake2b(repr(parts).encode(), digest_size=8).hexdigest()}"


# A conversation -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a conversation."""

    at: dt.datetime
    body: str
    #: The sender: "customer", "robot" or "person".
    who: str
    #: Name of the person at the desk who wrote the text.
    by: str = ""
    #: How the customer's text was read.
    read: str = ""
    unknown: tuple[str, ...] = ()
    #: Pk of the customer's text, for the page that shows how it was read.
    text: int | None = None
    delivery: str = ""
    failed: bool = False
    #: Pk of the text if it can be sent again, or else None.
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An order of the customer, and the acts that the support desk has for the order."""

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
    #: Stations that the order can be moved to: (slug, name).
    elsewhere: tuple[tuple[str, str], ...]
    can_be_recalled: bool


def conversation_board(conversation: Conversation) -> Board:
    pk = conversation.pk
    return Board(
        name=conversation_name(pk),
        template="support/_talk.html",
        version=lambda: talk_version(pk),
        context=lambda: talk_context(pk),
    )


def talk_version(pk: int) -> str:
    row = Conversation.objects.get(pk=pk)
    facts = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields if field.name != "state"]
    heard = list(row.inbound.order_by("-pk").values_list("pk", flat=True)[:1])
    sent = list(row.outbound.order_by("-pk").values_list("pk", "status", "resent_at")[:MOST_TEXTS])
    orders = list(_orders_of(row).values_list("pk", "version")[:MOST_ORDERS])
    return _version(facts, heard, sent, orders)


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
    """Return the texts, the newest first. A reply stands above the text that it answers."""
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


# Search -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A customer, or an order without a known customer."""

    called: str
    phone: str
    #: Pk of the conversation, or else of the order.
    talk: int | None
    order: int | None
    codes: str
    at: dt.datetime

    @property
    def icon(self) -> str:
        return "message-square" if self.talk else "coffee"

    @property
    def what(self) -> str:
        """What happened at the time `at`."""
        return "last text" if self.talk else "ordered"


def find_customers(event: Event, typed: str) -> list[Found]:
    """Return the customers and orders that match a code, a name, a drink or the end of a number, the newest first."""
    typed = " ".join(typed.replace("\0", "").split())[:80]
    words = typed.split()[:MOST_WORDS]
    if not words:
        return []
    # Sorted by primary key: sorted by time, PostgreSQL would read all orders of the event.
    orders = with_words(Order.objects.filter(event=event), words).select_related("customer").order_by("-pk")
    newest = list(orders[:MOST_FOUND])
    talks = Conversation.objects.filter(event=event).select_related("customer")
    # A customer who texted by two carriers is found once, by the carrier of the latest text.
    ordered_by = talks.filter(customer__in=[order.customer_id for order in newest if order.customer_id])
    by_number = talks.filter(search.phone_is("customer__", typed))
    found = {row.customer_id: row for row in [*ordered_by, *by_number, *_named(event, talks, words)][::-1]}
    codes = _codes(event.pk, found)
    rows = [
        Found(row.customer.called, masked(row.customer.phone), row.pk, None, codes.get(pk, ""), row.last_text_at)
        for pk, row in found.items()
    ]
    rows += [
        Found(order.name or order.code, "", None, order.pk, order.code, order.placed_at)
        for order in newest
        if order.customer_id not in found
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:MOST_FOUND]


def _named(event: Event, talks: QuerySet[Conversation], words: Sequence[str]) -> QuerySet[Conversation]:
    """Return the conversations with the latest texts, of customers whose name has all words.

    A customer has a conversation for each carrier, so the limit leaves room for `MOST_FOUND` customers."""
    customers = Customer.objects.filter(Exists(Conversation.objects.filter(event=event, customer=OuterRef("pk"))))
    sets = search.containing(customers, ("name",), words).values()
    named = talks.filter(customer__in=set.intersection(*sets) if sets else set())
    return named.order_by("-last_text_at")[: MOST_FOUND * len(Carrier)]


def shown_number(phone: str) -> str:
    return grouped_number(phone)
