"""Stock of a station: the amounts on hand, the amounts that orders have reserved, and the amounts that a cup needs.

Rows are locked before they are changed, in ascending sequence of their primary keys. So if two orders need the same
ingredients, one waits until the other is done, and they cannot deadlock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, DecimalField, F, QuerySet, Value, When
from django.db.models.functions import Greatest

from inventory.models import Stock
from inventory.snapshot import Needs, Snapshot

#: Amounts that are not reserved by orders, by the primary keys of station and ingredient.
Levels = Mapping[int, Mapping[int, Decimal]]

#: How much of an option's usual portion a cup gets if the customer orders "no", "light" or "extra" of it. None is for
#: an option without such a word.
SHARES = {"no": Decimal(0), "light": Decimal("0.5"), "extra": Decimal("1.5"), None: Decimal(1)}


class Portion(NamedTuple):
    """An option in a cup, ordered or by default. `share` is the share of a full portion, such as 0.5 for "light
    milk"."""

    group: str
    option: str
    share: Decimal = Decimal(1)


def share_of(amount: float | str | None) -> Decimal:
    return SHARES[amount] if amount is None or isinstance(amount, str) else Decimal(str(amount))


def needs_of(snapshot: Snapshot, drink: str, portions: Iterable[Portion], quantity: int) -> dict[int, Decimal]:
    """Return the amounts of ingredients that `quantity` cups of the drink with these options need."""
    total: dict[int, Decimal] = {}
    takes = [(snapshot.drink_uses.get(drink, {}), Decimal(1))]
    takes += [(snapshot.option_uses.get((p.group, p.option), {}), p.share) for p in portions]
    for needs, share in takes:
        for ingredient, amount in needs.items():
            total[ingredient] = total.get(ingredient, Decimal()) + amount * share * quantity
    return {ingredient: amount for ingredient, amount in total.items() if amount}


def free_levels(stock: QuerySet[Stock]) -> Levels:
    """Return the amounts on hand without the reserved amounts, by station and ingredient."""
    free: dict[int, dict[int, Decimal]] = {}
    for row in stock.order_by("pk"):
        free.setdefault(row.station_id, {})[row.ingredient_id] = row.on_hand - row.reserved
    return free


def lock_levels(station_ids: Iterable[int], ingredients: Iterable[int]) -> Levels:
    """Lock the stock rows until the transaction ends, and return the amounts that are not reserved."""
    rows = Stock.objects.filter(station__in=station_ids, ingredient__in=ingredients)
    return free_levels(rows.select_for_update())


def reserve(station_id: int, needs: Needs) -> None:
    """Reserve amounts for an order. Call `lock_levels` first and check that they are available."""
    _add(station_id, needs, reserved=1)


def release(station_id: int, needs: Needs) -> None:
    _add(station_id, needs, reserved=-1, lock=True)


def use(station_id: int, needs: Needs) -> None:
    """Subtract amounts that were reserved and are now used up."""
    _add(station_id, needs, reserved=-1, on_hand=-1, lock=True)


def put_back(station_id: int, needs: Needs) -> None:
    """Undo `use`: the amounts are on hand and reserved again. For example, a barista has undone the tap on Start."""
    _add(station_id, needs, reserved=1, on_hand=1, lock=True)


def _add(station_id: int, needs: Needs, *, reserved: int = 0, on_hand: int = 0, lock: bool = False) -> None:
    if lock:
        lock_levels([station_id], needs)
    amount = Case(
        *(When(ingredient=ingredient, then=Value(amount)) for ingredient, amount in needs.items()),
        output_field=DecimalField(max_digits=10, decimal_places=2),
    )
    # Do not go below 0: if a count was corrected by hand, more can be reserved than is on hand.
    changes = {
        name: Greatest(F(name) + amount * sign, Value(Decimal(0)))
        for name, sign in (("reserved", reserved), ("on_hand", on_hand))
    }
    Stock.objects.filter(station=station_id, ingredient__in=list(needs)).update(**changes)


def as_json(needs: Mapping[int, Decimal]) -> list[list[int | str]]:
    return [[ingredient, str(amount)] for ingredient, amount in sorted(needs.items())]


def from_json(rows: Iterable[Iterable[int | str]]) -> dict[int, Decimal]:
    return {int(ingredient): Decimal(amount) for ingredient, amount in rows}
