"""Functions that several pages of the support desk use: names of staff, codes of open orders, and versions of pages."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from django.db.models import Max

from accounts.models import AuditEntry, User
from orders.models import Order, OrderEvent
from sms.models import InboundMessage


def helper_name(user: User | None) -> str:
    return (user.get_short_name() or user.username) if user else ""


def masked(phone: str | None) -> str:
    """Return the phone number with all but its last four digits hidden; "" if there is no number."""
    return f"\N{BULLET}\N{BULLET}\N{BULLET} {phone[-4:]}" if phone else ""


def open_codes(event_id: int, customers: Iterable[int]) -> dict[int | None, str]:
    found: dict[int | None, list[str]] = {}
    orders = Order.objects.open().filter(event=event_id, customer__in=set(customers)).order_by("placed_at")
    for customer, code in orders.values_list("customer", "code"):
        found.setdefault(customer, []).append(code)
    return {customer: ", ".join(codes) for customer, codes in found.items()}


def desk_version(*parts: object) -> str:
    """Return a string by which a browser knows whether the page has changed.

    It consists of a number that only grows, so that browsers know which of two versions is newer, and a digest of
    `parts`, the content of the page."""
    texts = InboundMessage.objects.aggregate(newest=Max("pk"))["newest"] or 0
    acts = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    facts = OrderEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{texts + acts + facts}.{blake2b(repr(parts).encode(), digest_size=8).hexdigest()}"
