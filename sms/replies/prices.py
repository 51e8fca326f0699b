"""Sentences that say what drinks and options cost, from the prices on the menu."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.allergens import must_choose
from inventory.menu import Menu
from orders.items import Choice, Item
from orders.requirements import portions_of, price_of_cup
from sms.conversation.sayings import ShowPrices
from sms.replies.gsm7 import plain
from sms.replies.names import drink_named, first_upper, option_named
from sms.replies.order_texts import counted, item_spoken
from sms.segments import segments
from sms.wording.lookup import gettext as _
from stations.money import spoken_amount

#: Maximum number of segments of a list of all prices.
MOST = 3


def prices_told(saying: ShowPrices, menu: Menu, currency: str) -> str:
    if not (saying.cups or saying.options):
        return all_prices(menu, currency)
    told = [f"{each}." for each in _of_cups(saying, menu, currency)]
    return " ".join([*told, *(f"{_of_option(option, menu, currency)}." for option in saying.options)])


def _of_cups(saying: ShowPrices, menu: Menu, currency: str) -> Iterator[str]:
    total, varies = 0, False
    for item in counted(saying.cups):
        low, high = prices_of(item, menu)
        yield f"{first_upper(item_spoken(item, menu))}: {_amount(low * item.quantity, currency, varies=low < high)}"
        total, varies = total + low * item.quantity, varies or low < high
    if saying.together and len(saying.cups) > 1:
        yield _("Together {amount}").format(amount=_amount(total, currency, varies=varies))


def prices_of(item: Item, menu: Menu) -> tuple[int, int]:
    """Return the lowest and the highest price of one cup, in the currency's smallest unit.

    They differ if the customer must still choose an option, such as a size."""
    drink = menu.drink_by_name[item.drink]
    chosen = {choice.group for choice in item.choices}
    groups = [menu.group_by_name[name] for name in drink.groups if name not in chosen]
    open_groups = [each for each in groups if must_choose(each) and menu.default_option(drink, each) is None]
    price = price_of_cup(menu, item, portions_of(menu, item))
    extras = [[option.price for option in group.options] for group in open_groups]
    return price + sum(map(min, extras)), price + sum(map(max, extras))


def _amount(amount: int, currency: str, *, varies: bool) -> str:
    if not amount and not varies:
        return _("free")
    said = spoken_amount(amount, currency)
    return _("from {amount}").format(amount=said) if varies else said


def _of_option(choice: Choice, menu: Menu, currency: str) -> str:
    option = next(each for each in menu.group_by_name[choice.group].options if each.name == choice.option)
    name = first_upper(option_named(choice.option, menu, choice.group))
    return (
        f"{name}: +{spoken_amount(option.price, currency)}"
        if option.price
        else _("{option}: at no extra cost").format(option=name)
    )


def all_prices(menu: Menu, currency: str) -> str:
    """Return a text with the price of every drink, the cheapest first.

    If this is longer than a text can be, return only the lowest and the highest price."""
    drinks: dict[str, list[str]] = {}
    prices = {drink.name: prices_of(Item(drink.name), menu) for drink in menu.drinks}
    for drink, (low, high) in sorted(prices.items(), key=lambda each: each[1]):
        drinks.setdefault(_amount(low, currency, varies=low < high), []).append(drink_named(drink, menu))
    text = " ".join(f"{first_upper(', '.join(names))}: {price}." for price, names in drinks.items())
    if segments(plain(text)) <= MOST:
        return text
    lowest, highest = min(low for low, _high in prices.values()), max(high for _low, high in prices.values())
    return _("Prices go from {low} to {high}. Ask me about any drink.").format(
        low=_amount(lowest, currency, varies=False), high=spoken_amount(highest, currency)
    )
