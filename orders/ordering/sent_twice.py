"""Forms that are sent twice: a new order is placed once, and a change never undoes what somebody else changed since."""

from __future__ import annotations

import datetime as dt
from hashlib import blake2b

from django.http import QueryDict

from inventory.snapshot import menu_of
from orders.items import Item
from orders.models import Order, OrderEvent
from orders.ordering.desk import SubmittedOrder
from orders.refusals import ChangedMeanwhile
from orders.requirements import drinks_digest, items_of, wanted

#: Posted fields that are no part of the order itself.
_NOT_SAID = {"csrfmiddlewaretoken", "key", "basket", "step"}


def placed(key: str) -> Order | None:
    """The order that was placed with this idempotency key, or None."""
    before = OrderEvent.objects.filter(key=f"place:{key}").select_related("order__event", "order__station").first()
    return before.order if before else None


def form_key(key: str, basket: list[Item], post: QueryDict) -> str:
    """Idempotency key of a submitted form: same form and same fields, same key.

    Made from the posted fields, not from what the menu makes of them now. The signed basket is left out because its
    signature differs on every page."""
    said = sorted((name, values) for name, values in post.lists() if name not in _NOT_SAID)
    what = repr((key, basket, said))
    return f"page:{blake2b(what.encode(), digest_size=20).hexdigest()}"


def as_shown(order: Order) -> str:
    """A digest of what the form shows of an order that is changed: its drinks, name and time."""
    shown = (drinks_digest(order), [row.name for row in order.items.all()], order.name, time_of(order))
    return blake2b(repr(shown).encode(), digest_size=8).hexdigest()


def time_of(order: Order) -> dt.datetime | None:
    return order.wanted_at if order.held else None


def check_shown(order: Order, taken: SubmittedOrder) -> None:
    """Raise ChangedMeanwhile if the order's drinks, names or time changed after the form was opened.

    Otherwise a barista who corrects a name would also put back the old milk that the customer has just changed by text.
    A form that asks for what the order already is passes: it was sent twice."""
    if not taken.seen or taken.seen == as_shown(order):
        return
    items = wanted(menu_of(order.event), taken.items).items
    if (items, taken.name, taken.wanted_at) != (items_of(order), order.name, time_of(order)):
        raise ChangedMeanwhile
