"""One drink and its options as a form shows them: from the menu, with what is sold out, from and to an Item.

Nothing here knows who orders, so the web page, the kiosk, a walk-in and every change choose alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from inventory.menu import Menu, MenuDrink, MenuGroup
from orders.availability import SoldOut
from orders.items import Amount, Choice, Item
from orders.tickets import MILK

#: What can be said of an option that is counted, in this order.
AMOUNTS = ("", "yes", "2", "3", "4", "light", "extra")
MOST_OF_ONE = 20


@dataclass(frozen=True, slots=True)
class Tile:
    """A drink, an option, or an amount, to tap."""

    value: str
    label: str
    chosen: bool = False
    #: Sold out; what is chosen already stays choosable.
    gone: bool = False
    milk_key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An option that is counted, and how much of it."""

    field: str
    label: str
    gone: bool
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """An option group of the drink."""

    name: str
    title: str
    kind: Literal["one", "many", "amounts"]
    #: Most people choose here; the other groups are one tap away.
    first: bool
    needed: bool
    tiles: tuple[Tile, ...]
    rows: tuple[Row, ...]
    #: What is chosen, in words; "" is as it is usually made.
    chosen: str
    fault: str


@dataclass(frozen=True, slots=True)
class Category:
    name: str
    tiles: tuple[Tile, ...]


def categories(menu: Menu, gone: SoldOut) -> list[Category]:
    found: dict[str, list[Tile]] = {}
    for drink in menu.drinks:
        found.setdefault(drink.category, []).append(Tile(drink.name, drink.name, gone=drink.name in gone.drinks))
    return [Category(name, tuple(tiles)) for name, tiles in found.items()]


def fields_of(menu: Menu, item: Item, gone: SoldOut, faults: Mapping[str, str]) -> list[Field]:
    drink = menu.drink_by_name[item.drink]
    return [_field(menu, drink, menu.group_by_name[name], item, gone, faults) for name in drink.groups]


def read_item(menu: Menu, drink: MenuDrink, given: QueryDict, *, most: int) -> tuple[Item, dict[str, str]]:
    """The item as far as it was understood, and what is wrong with it by field."""
    choices: list[Choice] = []
    faults: dict[str, str] = {}
    for name in drink.groups:
        group = menu.group_by_name[name]
        said = [choice for value in _values(group, given) if (choice := _choice(group, value))]
        if group.choose == "one":
            said = said[:1]
        if _is_asked(menu, drink, group) and not said:
            faults[_name(group)] = _("Choose one.")
        default = menu.default_option(drink, group)
        choices += [choice for choice in said if choice.amount is not None or choice.option != default]
    quantity = given.get("quantity", "1") or ""
    if not (quantity.isascii() and quantity.isdigit() and len(quantity) < 4 and 1 <= int(quantity) <= most):
        faults["quantity"], quantity = _("Give a number from 1 to {most}.").format(most=most), "1"
    name = one_line(given.get("for") or "", 40)
    item = Item(drink.name, int(quantity), tuple(choices), name or None, one_line(given.get("note") or "", 200))
    return item, faults


def is_open(menu: Menu, item: Item) -> bool:
    """Something that the menu wants asked is not said yet."""
    drink = menu.drink_by_name.get(item.drink)
    said = {choice.group for choice in item.choices}
    groups = [menu.group_by_name[name] for name in drink.groups] if drink else []
    return any(_is_asked(menu, drink, group) and group.name not in said for group in groups if drink)


def one_line(text: str, most: int) -> str:
    """As it can stand on a cup and on a ticket: one line, nothing invisible, not too long."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:most].rstrip()


def _is_asked(menu: Menu, drink: MenuDrink, group: MenuGroup) -> bool:
    return group.ask and menu.default_option(drink, group) is None


def _name(group: MenuGroup) -> str:
    return f"option {group.name}"


def _values(group: MenuGroup, given: QueryDict) -> list[str]:
    if _kind(group) != "amounts":
        return given.getlist(_name(group))
    rows = ((option.name, given.get(f"{_name(group)} {option.name}") or "") for option in group.options)
    return [f"{name}|{amount}" for name, amount in rows if amount]


def _kind(group: MenuGroup) -> Literal["one", "many", "amounts"]:
    if group.choose == "one":
        return "one"
    return "amounts" if group.amounts else "many"


def _choice(group: MenuGroup, value: str) -> Choice | None:
    """ "Oat", or "Sugar|2"; None for nothing, and for what the menu does not have."""
    option, _bar, amount = value.rpartition("|") if "|" in value else (value, "", "")
    if option not in {each.name for each in group.options}:
        return None
    if amount in {"", "yes"}:
        return Choice(group.name, option)
    counted = _counted(amount)
    return Choice(group.name, option, counted) if counted is not None else None


def _counted(amount: str) -> Amount:
    match amount:
        case "no" | "light" | "extra":
            return amount
    try:
        number = float(amount)
    except ValueError:
        return None
    return number if 0 < number <= MOST_OF_ONE else None


def _field(
    menu: Menu, drink: MenuDrink, group: MenuGroup, item: Item, gone: SoldOut, faults: Mapping[str, str]
) -> Field:
    said = [choice for choice in item.choices if choice.group == group.name]
    default = menu.default_option(drink, group)
    kind, needed = _kind(group), _is_asked(menu, drink, group)
    return Field(
        name=_name(group),
        title=group.name,
        kind=kind,
        first=group.ask or group.name.casefold() == MILK,
        needed=needed,
        tiles=() if kind == "amounts" else _tiles(group, said, default, gone, needed=needed),
        rows=_rows(group, said, default, gone) if kind == "amounts" else (),
        chosen=", ".join(_said(choice) for choice in said) or (default or "" if kind == "one" else ""),
        fault=faults.get(_name(group), ""),
    )


def _tiles(
    group: MenuGroup, said: list[Choice], default: str | None, gone: SoldOut, *, needed: bool
) -> tuple[Tile, ...]:
    chosen = {_value(choice) for choice in said}
    milk = group.name.casefold() == MILK
    tiles = []
    if group.choose == "one" and default is None and not needed:
        tiles.append(Tile("", _("As usual"), chosen=not said))
    for option in group.options:
        sold_out = (group.name, option.name) in gone.options
        is_chosen = option.name in chosen or (option.name == default and not said and not sold_out)
        key = slugify(option.name) if milk else ""
        tiles.append(Tile(option.name, option.name, is_chosen, sold_out and not is_chosen, key))
    # "light foam", as it was texted: nothing to choose here, but not to be lost either.
    tiles += [Tile(_value(choice), _said(choice), chosen=True) for choice in said if choice.amount is not None]
    return tuple(tiles)


def _rows(group: MenuGroup, said: list[Choice], default: str | None, gone: SoldOut) -> tuple[Row, ...]:
    amounts = {choice.option: _amount(choice) for choice in said}
    labels = {"": _("none"), "yes": _("yes"), "light": _("a little"), "extra": _("extra"), "no": _("none")}
    rows = []
    for option in group.options:
        now = amounts.get(option.name, "")
        values = [*AMOUNTS, *(["no"] if option.name == default else []), *([now] if now not in AMOUNTS else [])]
        shown = labels | ({"": _("as usual")} if option.name == default else {})
        tiles = tuple(Tile(v, shown.get(v, v), chosen=v == now) for v in dict.fromkeys(values))
        sold_out = (group.name, option.name) in gone.options and not now
        rows.append(Row(f"{_name(group)} {option.name}", option.name, sold_out, tiles))
    return tuple(rows)


def _value(choice: Choice) -> str:
    return choice.option if choice.amount is None else f"{choice.option}|{_amount(choice)}"


def _amount(choice: Choice) -> str:
    if choice.amount is None:
        return "yes"
    return choice.amount if isinstance(choice.amount, str) else f"{choice.amount:g}"


def _said(choice: Choice) -> str:
    return choice.option if choice.amount is None else f"{_amount(choice)} {choice.option}"
