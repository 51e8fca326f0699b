"""Check an order's items against the menu, sort their options as on the menu, and sum up price, time and stock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import blake2b

from inventory.menu import Menu, MenuDrink
from inventory.snapshot import Snapshot, menu_of
from inventory.stock import Portion, needs_of, share_of
from orders.items import Choice, Item
from orders.models import Order, OrderItem
from orders.refusals import EmptyOrder, NotOnMenu
from orders.renaming import Renaming


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a station can run out of: a drink (`group` is "") or an option of a group."""

    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order whose items were checked against the menu, with what it costs and needs."""

    items: tuple[Item, ...]
    cups: int
    minutes: Decimal
    #: Price of all cups, in the smallest unit of the event's currency.
    price: int
    #: All that the drinks of the order consist of: each drink with its options, also default options that nobody named.
    parts: frozenset[Part]
    #: `needs`: the amount of each ingredient, by its pk. `needed_for`: the drink or option that needs the ingredient.
    needs: Mapping[int, Decimal]
    needed_for: Mapping[int, Part]


def wanted(snapshot: Snapshot, items: Sequence[Item]) -> Wanted:
    """Check the items against the menu.

    Raises EmptyOrder, or NotOnMenu with the first word that the menu or the item's drink does not have."""
    if not items:
        raise EmptyOrder
    valid = tuple(_in_menu_order(snapshot, item) for item in items)
    parts: set[Part] = set()
    needs: dict[int, Decimal] = {}
    needed_for: dict[int, Part] = {}
    price = 0
    for item in valid:
        portions = portions_of(snapshot.menu, item)
        price += item.quantity * price_of_cup(snapshot.menu, item, portions)
        parts |= {Part(item.drink)} | {Part(p.option, p.group) for p in portions if p.share}
        for portion in portions:
            for ingredient in snapshot.option_uses.get((portion.group, portion.option), ()):
                needed_for[ingredient] = Part(portion.option, portion.group)
        for ingredient, amount in needs_of(snapshot, item.drink, portions, item.quantity).items():
            needs[ingredient] = needs.get(ingredient, Decimal()) + amount
            needed_for.setdefault(ingredient, Part(item.drink))
    minutes = (Decimal(str(_drink(snapshot.menu, item).minutes)) * item.quantity for item in valid)
    return Wanted(
        items=valid,
        cups=sum(item.quantity for item in valid),
        minutes=sum(minutes, start=Decimal()),
        price=price,
        parts=frozenset(parts),
        needs=needs,
        needed_for=needed_for,
    )


def price_of_cup(menu: Menu, item: Item, portions: Iterable[Portion]) -> int:
    """Return the price of one cup with these portions, in the currency's smallest unit."""
    return _drink(menu, item).price + sum([_extra(menu, portion) for portion in portions])


def portions_of(menu: Menu, item: Item) -> list[Portion]:
    """Return the options in one cup of the item: those that were ordered, and the defaults of groups from which none
    was."""
    drink = _drink(menu, item)
    portions = [Portion(c.group, c.option, share_of(c.amount)) for c in item.choices]
    chosen = {portion.group for portion in portions if portion.share}
    refused = {(portion.group, portion.option) for portion in portions if not portion.share}
    for group_name in drink.groups:
        default = menu.default_option(drink, menu.group_by_name[group_name])
        if default and group_name not in chosen and (group_name, default) not in refused:
            portions.append(Portion(group_name, default))
    return portions


def _extra(menu: Menu, portion: Portion) -> int:
    """Return what an option adds to the price of one cup.

    Two portions of sugar cost twice its price, and half a portion costs as much as a whole one. "No sugar" costs
    nothing."""
    if not portion.share:
        return 0
    options = menu.group_by_name[portion.group].options
    price = next((option.price for option in options if option.name == portion.option), 0)
    return price * max(1, int(portion.share))


def _drink(menu: Menu, item: Item) -> MenuDrink:
    drink = menu.drink_by_name.get(item.drink)
    if drink is None:
        raise NotOnMenu(item, item.drink)
    return drink


def _in_menu_order(snapshot: Snapshot, item: Item) -> Item:
    drink = _drink(snapshot.menu, item)
    if item.quantity < 1:
        raise NotOnMenu(item, str(item.quantity))
    place: dict[tuple[str, str], int] = {}
    for group_name in drink.groups:
        for option in snapshot.menu.group_by_name[group_name].options:
            place[group_name, option.name] = len(place)
    taken: set[str] = set()
    for choice in item.choices:
        if (choice.group, choice.option) not in place:
            raise NotOnMenu(item, choice.option)
        if snapshot.menu.group_by_name[choice.group].choose == "one" and choice.amount != "no":
            if choice.group in taken:
                raise NotOnMenu(item, choice.option)
            taken.add(choice.group)
    choices = tuple(sorted(item.choices, key=lambda choice: place[choice.group, choice.option]))
    return replace(item, choices=choices, name=(item.name or "")[:40] or None, note=item.note[:200])


def rows_of(order: Order, items: Iterable[Item], drink_ids: Mapping[str, int]) -> list[OrderItem]:
    return [
        OrderItem(
            order=order,
            drink_id=drink_ids[item.drink],
            position=position,
            quantity=item.quantity,
            drink_name=item.drink,
            choices=[{"group": c.group, "option": c.option, "amount": c.amount} for c in item.choices],
            name=item.name or "",
            note=item.note,
        )
        for position, item in enumerate(items)
    ]


def drinks_digest(order: Order) -> str:
    """Return a digest of the order's drinks and notes, which stays the same if anything else of the order changes.

    A tap sends the digest that the tablet showed. So no barista goes on with drinks that were changed meanwhile."""
    drinks = [replace(item, name=None) for item in _as_ordered(order)]
    return blake2b(repr((drinks, order.note)).encode(), digest_size=4).hexdigest()


def items_of(order: Order, menu: Menu | None = None) -> tuple[Item, ...]:
    """Return the order's items as values, with the present names of their drinks and options.

    Runs no SQL query if `order.items` is prefetched and the menu is given or `order.event` is loaded."""
    menu = menu or menu_of(order.event).menu
    return Renaming.since(order.menu_keys.get("items"), menu).items(_as_ordered(order))


def _as_ordered(order: Order) -> tuple[Item, ...]:
    return tuple(
        Item(
            drink=row.drink_name,
            quantity=row.quantity,
            choices=tuple(Choice(**choice) for choice in row.choices),
            name=row.name or None,
            note=row.note,
        )
        for row in order.items.all()
    )
