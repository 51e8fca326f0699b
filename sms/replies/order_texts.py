"""Describes orders in words, in full or in shorter forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import get_language

from inventory.menu import Menu
from orders.display.amounts import with_amount
from orders.items import Amount, Choice, Item, with_owner
from sms.conversation.actions import QuotedWait
from sms.conversation.facts import OpenOrder
from sms.replies.names import cut, listed, manner, named, option_named
from sms.wording.lookup import gettext as _
from sms.wording.lookup import ngettext

#: How much of an order is written: everything (FULL), drinks with sizes, milks and names (MAIN), only the drinks
#: (DRINKS), or only the number of drinks (COUNT).
FULL, MAIN, DRINKS, COUNT = range(4)


def wait_spoken(wait: QuotedWait) -> str:
    if not wait.earliest:
        return _("ready within {latest} min").format(latest=wait.latest)
    return _("ready in {earliest}-{latest} min").format(earliest=wait.earliest, latest=wait.latest)


def orders_spoken(orders: Iterable[OpenOrder], menu: Menu, brief: int) -> str:
    if brief == COUNT:
        return listed([order.code for order in orders], _("and"))
    return "; ".join(f"{order_spoken(order, menu, brief)} ({order.code})" for order in orders)


def order_spoken(order: OpenOrder, menu: Menu, brief: int) -> str:
    return spoken(with_owner(order.items, order.name), menu, brief)


def spoken(items: Sequence[Item], menu: Menu, brief: int = FULL) -> str:
    """Return the items in words, as people say them: "2x large oat latte, 1 sugar and espresso"."""
    if brief == COUNT and len(items) > 1:
        cups = sum(item.quantity for item in items)
        return ngettext("{n} drink", "{n} drinks", cups).format(n=cups)
    words = [item_spoken(item, menu, brief) for item in counted(items)]
    # If an item contains commas, separate the items by semicolons.
    if any("," in each for each in words) and len(words) > 1:
        return "; ".join(words)
    return listed(words, _("and"))


def counted(items: Sequence[Item]) -> list[Item]:
    """Return the items with equal cups merged: a latte, a mocha and another latte become two lattes and a mocha.

    The merged cups keep the position of the first of them."""
    cups: dict[Item, int] = {}
    for item in items:
        one = replace(item, quantity=1)
        cups[one] = cups.get(one, 0) + item.quantity
    return [replace(one, quantity=quantity) for one, quantity in cups.items()]


def item_spoken(item: Item, menu: Menu, brief: int = FULL) -> str:
    count = f"{item.quantity}x " if item.quantity > 1 else ""
    drink = named(menu.drink_by_name.get(item.drink), item.drink)
    if brief >= DRINKS:
        return count + drink
    before, after = sides(item if brief == FULL else without_extras(item, menu), menu)
    text = count + " ".join([*before, drink]) + "".join(f", {each}" for each in after)
    if item.name:
        text = _("{item} for {name}").format(item=text, name=item.name)
    return f"{text}, {cut(item.note, 40)}" if item.note else text


def without_extras(item: Item, menu: Menu) -> Item:
    """Return the item with only the options of groups that allow one option, such as size and milk. Syrups and amounts
    are left out."""
    single = {group.name for group in menu.groups if group.choose == "one" and not group.amounts}
    return replace(item, choices=tuple(choice for choice in item.choices if choice.group in single))


def sides(item: Item, menu: Menu) -> tuple[list[str], list[str]]:
    """Return the words for the options in two lists: those before the drink, and those after it.

    In "large oat latte, vanilla", "large" and "oat" come before the drink. In languages that put options first, this
    holds for options of one word, whose group allows only one option. At most three come before the drink."""
    before: list[str] = []
    after: list[str] = []
    drink = menu.drink_by_name.get(item.drink)
    place = {group: number for number, group in enumerate(drink.groups if drink else ())}
    for choice in sorted(item.choices, key=lambda each: place.get(each.group, len(place))):
        group = menu.group_by_name.get(choice.group)
        alone = group is not None and group.choose == "one" and not group.amounts and choice.amount is None
        said = choice_spoken(choice, menu)
        short = " " not in said and len(before) < 3
        (before if alone and short and manner().options_first else after).append(said)
    return before, after


def choice_spoken(choice: Choice, menu: Menu) -> str:
    name = option_named(choice.option, menu, choice.group)
    return with_amount(amount_spoken(choice.amount), name, get_language() or "")


def amount_spoken(amount: Amount) -> str:
    match amount:
        case None:
            return ""
        case "no":
            return _("no")
        case "light":
            return _("a little")
        case "extra":
            return _("extra")
        case 0.5:
            return "1/2"
        case _:
            return f"{amount:g}"
