"""Checks for forms that are sent twice or late.

A new order is placed only once, and a change does not overwrite what somebody else has changed since the form was
opened."""

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

#: Posted fields that are not part of the order itself.
_NOT_SAID = {"csrfmiddlewaretoken", "key", "basket", "step"}


def placed(key: str) -> Order | None:
    """Return the order that was placed with this idempotency key, or None."""
    before = OrderEvent.objects.filter(key=f"place:{key}").select_related("order__event", "order__station").first()
    return before.order if before else None


def form_key(key: str, basket: list[Item], post: QueryDict) -> str:
    """Return the idempotency key of a submitted form. If a browser sends the same form again, it gets the same key.

    The key is made from the fields as they were posted, so a change of the menu between the two does not matter. It
    leaves out the signed text of the basket, which differs on every page, and uses the `basket` that was read from
    it."""
    said = sorted((name, values) for name, values in post.lists() if name not in _NOT_SAID)
    what = repr((key, basket, said))
    return f"page:{blake2b(what.encode(), digest_size=20).hexdigest()}"


def as_shown(order: Order) -> str:
    """Return a digest of what the form for changing an order shows: its drinks, names and wanted time."""
    shown = (drinks_digest(order), [row.name for row in order.items.all()], order.name, time_of(order))
    return blake2b(repr(shown).encode(), digest_size=8).hexdigest()


def time_of(order: Order) -> dt.datetime | None:
    return order.wanted_at if order.held else None


def check_shown(order: Order, taken: SubmittedOrder) -> None:
    """Raise ChangedMeanwhile if somebody else changed the drinks, names or time of the order after the form was opened.

    Without this, a barista who corrects a name could overwrite the milk that the customer has just changed by text. If
    the form asks for exactly what the order is now, it is accepted, because it was probably sent twice."""
    if not taken.seen or taken.seen == as_shown(order):
        return
    items = wanted(menu_of(order.event), taken.items).items
    if (items, taken.name, taken.wanted_at) != (items_of(order), order.name, time_of(order)):
        raise ChangedMeanwhile
