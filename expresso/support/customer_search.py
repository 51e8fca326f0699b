"""Search of the support desk. It finds customers, and orders whose customer is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from accounts import search
from accounts.models import Customer
from expresso.support.shared import masked, open_codes
from orders.models import Order
from orders.views.history import MOST_WORDS, with_words
from sms.models import Carrier, Conversation
from stations.models import Event

#: Maximum number of results.
MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Found:
    """A search result: a customer, or an order whose customer is not known."""

    called: str
    phone: str
    #: Primary key of the conversation (if a customer was found) or of the order (if its customer is not known). One of
    #: the two fields is None.
    talk: int | None
    order: int | None
    codes: str
    at: dt.datetime

    @property
    def icon(self) -> str:
        return "message-square" if self.talk else "coffee"

    @property
    def what(self) -> str:
        """Label of the time `at`: "last text" or "ordered"."""
        return "last text" if self.talk else "ordered"


def find_customers(event: Event, typed: str) -> list[Found]:
    """Return customers and orders that match what was typed, the latest first.

    They match by an order's code, a name, a drink, or the last digits of a phone number."""
    typed = " ".join(typed.replace("\0", "").split())[:80]
    words = typed.split()[:MOST_WORDS]
    if not words:
        return []
    # Sort by primary key. To sort by time, PostgreSQL would read all orders of the event.
    orders = with_words(Order.objects.filter(event=event), words).select_related("customer").order_by("-pk")
    newest = list(orders[:MOST_FOUND])
    talks = Conversation.objects.filter(event=event).select_related("customer")
    # A customer with conversations on two carriers is listed once, with the conversation that has the latest text.
    ordered_by = talks.filter(customer__in=[order.customer_id for order in newest if order.customer_id])
    by_number = talks.filter(search.phone_is("customer__", typed))
    found = {row.customer_id: row for row in [*ordered_by, *by_number, *_named(event, talks, words)][::-1]}
    codes = open_codes(event.pk, found)
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
    """Return the conversations of customers whose name contains all words. Those with the latest texts come first.

    A customer can have a conversation on each carrier (SMS, WhatsApp and so on). So the limit is MOST_FOUND customers
    with one conversation for each carrier."""
    customers = Customer.objects.filter(Exists(Conversation.objects.filter(event=event, customer=OuterRef("pk"))))
    sets = search.containing(customers, ("name",), words).values()
    named = talks.filter(customer__in=set.intersection(*sets) if sets else set())
    return named.order_by("-last_text_at")[: MOST_FOUND * len(Carrier)]
