"""The drinks that were ordered in this browser before, so that they can be ordered again.

Only the browser's session knows these orders. Typing somebody else's phone number reveals nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inventory.snapshot import Snapshot
from orders.display.cups import Cup, cup_of
from orders.display.tickets import TicketLine, lines_from
from orders.items import Item
from orders.ordering.availability import SoldOut
from orders.ordering.option_fields import off_its_drink

#: Maximum number of past orders that are offered, and maximum number of cups drawn for each of them.
MOST, MOST_CUPS = 3, 3


@dataclass(frozen=True, slots=True)
class PastOrder:
    #: Token of the newest order with exactly these drinks.
    token: str
    items: tuple[Item, ...]
    lines: tuple[TicketLine, ...]
    cups: tuple[Cup, ...]
    #: True if these drinks were ordered more than once, and more often than any others.
    is_usual: bool
    #: True if a drink or option of the order is sold out or has left the menu.
    is_gone: bool

    @property
    def said(self) -> str:
        return ", ".join(f"{line.quantity} × {line.drink}" for line in self.lines)


def past_orders(
    ordered: Sequence[tuple[str, tuple[Item, ...]]], snapshot: Snapshot, gone: SoldOut, language: str
) -> list[PastOrder]:
    """Return the past orders to offer, the customer's usual one first, then the newest. Equal drinks are offered only
    once.

    `ordered` has the token and the items of each order, newest first."""
    newest: dict[tuple[Item, ...], tuple[str, tuple[Item, ...]]] = {}
    for token, items in ordered:
        newest.setdefault(_drinks(items), (token, items))
    times = Counter(_drinks(items) for _token, items in ordered)
    usual, count = times.most_common(1)[0] if times else ((), 0)
    shown = sorted(newest.items(), key=lambda each: not (count > 1 and each[0] == usual))[:MOST]
    return [
        PastOrder(
            token=token,
            items=items,
            lines=lines_from(items, snapshot, language),
            cups=tuple(cup_of(snapshot.menu, item) for item in items[:MOST_CUPS]),
            is_usual=count > 1 and drinks == usual,
            is_gone=any(_is_gone(item, snapshot, gone) for item in items),
        )
        for drinks, (token, items) in shown
    ]


def _drinks(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items without the names on the cups, so that a latte for Ann and a latte for Bob are the same."""
    return tuple(replace(item, name=None) for item in items)


def _is_gone(item: Item, snapshot: Snapshot, gone: SoldOut) -> bool:
    if item.drink not in snapshot.menu.drink_by_name or item.drink in gone.drinks or off_its_drink(snapshot.menu, item):
        return True
    return any((choice.group, choice.option) in gone.options for choice in item.choices if choice.amount != "no")
