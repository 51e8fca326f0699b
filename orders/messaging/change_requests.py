"""Change requests: a customer asks for a change while the order is being made, and the barista accepts or declines."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from inventory import stock
from inventory.models import Stock
from inventory.snapshot import menu_of
from orders import lifecycle
from orders.items import Item, as_json, from_json, name_after
from orders.models import Order, OrderItem
from orders.refusals import TooManyDrinks, TransitionError
from orders.renaming import Renaming, keys_named
from orders.requirements import items_of, rows_of, wanted
from orders.statuses import BEING_MADE
from orders.verbs import already_done, event_key, record_event, update_unchanged, verb


@verb
def wish(order: Order, *, items: Sequence[Item]) -> Order:
    """Save the customer's request to make these items instead. Without items, it is a request to cancel the order.

    It replaces an earlier request. Raises NotOnMenu, TooManyDrinks, or TransitionError if nobody is making the order
    now."""
    snapshot = menu_of(order.event)
    if items and wanted(snapshot, items).cups > order.event.max_drinks_per_order:
        raise TooManyDrinks(order.event.max_drinks_per_order)
    menu_keys = order.menu_keys | {"wish": keys_named(snapshot.menu, items)}
    update_unchanged(order, "wish", of=BEING_MADE, wish=as_json(items), menu_keys=menu_keys)
    record_event(order, "wish", was=order.status, by=None)
    return order


def wished(order: Order) -> tuple[Item, ...] | None:
    """Return the requested items. An empty tuple is a request to cancel the order, None means no request."""
    if order.wish is None:
        return None
    return Renaming.since(order.menu_keys.get("wish"), menu_of(order.event).menu).items(from_json(order.wish))


@verb
def accept(order: Order, *, by: User | None, key: str | None = None) -> Order:
    """Carry out the change request: replace the order's items, or cancel the order if the request has no items.

    The stock used by the old items is put back first, because the new items can be made from it."""
    if already_done(order, key):
        return order
    items = wished(order)
    if items is None:
        raise TransitionError("accept", order.status)
    if not items:
        return lifecycle.cancel(order, by=by, requested=True, key=key)
    snapshot = menu_of(order.event)
    new = wanted(snapshot, items)
    counted = snapshot.counted.get(order.station_id, frozenset())
    needs = {ingredient: amount for ingredient, amount in new.needs.items() if ingredient in counted}
    used = stock.from_json(order.reserved)
    name = name_after(order.name, items_of(order), new.items)
    changes = {"wish": None, "cups": new.cups, "minutes": new.minutes, "reserved": stock.as_json(needs)}
    changes["menu_keys"] = order.menu_keys | {"items": keys_named(snapshot.menu, new.items)}
    update_unchanged(order, "accept", of=BEING_MADE, name=name, **changes)
    # Lock the stock of the old and the new items with one statement, sorted by primary key. Two orders that locked rows
    # one by one could each wait for the other forever.
    stock.lock_levels([order.station_id], {*used, *needs})
    stock.put_back(order.station_id, used)
    stock.release(order.station_id, used)
    stock.reserve(order.station_id, needs)
    stock.use(order.station_id, needs)
    order.items.all().delete()
    OrderItem.objects.bulk_create(rows_of(order, new.items, snapshot.drink_ids))
    record_event(order, "accept", was=order.status, by=by, key=event_key(order, key))
    return order


def short_of(order: Order) -> list[str]:
    """Return the names of ingredients that the station does not have enough of for the items that the customer asks
    for.

    What was reserved for the order counts as available, because the new items replace the old ones."""
    items = wished(order)
    if not items:
        return []
    needs, held = wanted(menu_of(order.event), items).needs, stock.from_json(order.reserved)
    rows = Stock.objects.filter(station=order.station_id, ingredient__in=needs).select_related("ingredient")
    free = {row: row.on_hand - row.reserved + held.get(row.ingredient_id, 0) for row in rows.order_by("pk")}
    return [row.ingredient.name for row, left in free.items() if left < needs[row.ingredient_id]]


@verb
def decline(order: Order, *, by: User | None, key: str | None = None) -> Order:
    """Decline the change request, because the order is too far along. The order is made as it was ordered."""
    if already_done(order, key):
        return order
    if order.wish is None:
        raise TransitionError("decline", order.status)
    update_unchanged(order, "decline", of=BEING_MADE, wish=None)
    record_event(order, "decline", was=order.status, by=by, key=event_key(order, key))
    return order
