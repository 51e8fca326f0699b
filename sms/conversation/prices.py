"""Finds out which prices a question asks for: "how much is a large oat latte?", "was kostet das?"."""

from __future__ import annotations

from collections.abc import Sequence

from inventory.menu import Menu, MenuDrink
from orders.items import Choice, Item
from orders.parser import Topic
from sms.conversation.sayings import Phrase, ShowPrices
from sms.conversation.turn import Heard


def prices_asked(h: Heard) -> ShowPrices | Phrase:
    """Return the prices that the text asks for. If the menu has no prices, return a fixed sentence (`Phrase`) instead.

    A question that names nothing of the menu asks for the price of the order. If there is no order, it asks for all
    prices."""
    if not states_prices(h.menu):
        return Phrase.PRICE
    drinks = named_drinks(h.reading.topics, h.menu)
    options = tuple(Choice(topic.group, topic.name) for topic in h.reading.topics if topic.kind == "option")
    groups = (h.menu.group_by_name[topic.name] for topic in h.reading.topics if topic.kind == "group")
    options += tuple(Choice(group.name, option.name) for group in groups for option in group.options)
    if len(drinks) == 1 and (cup := _cup(drinks[0], options, h.menu)):
        return ShowPrices((cup,))
    cups = tuple(Item(drink.name) for drink in drinks)
    if cups or options:
        return ShowPrices(cups, options)
    ordered = h.state.unfinished.items or h.reading.items or (h.order.items if h.order else ())
    return ShowPrices(ordered, together=True)


def states_prices(menu: Menu) -> bool:
    return any(drink.price for drink in menu.drinks)


def named_drinks(topics: Sequence[Topic], menu: Menu) -> list[MenuDrink]:
    """Return the drinks that the topics name, and all drinks of the categories that they name, the cheapest first."""
    names = {topic.name for topic in topics if topic.kind == "drink"}
    categories = {topic.name for topic in topics if topic.kind == "category"}
    named = (drink for drink in menu.drinks if drink.name in names or drink.category in categories)
    return sorted(named, key=lambda drink: drink.price)


def _cup(drink: MenuDrink, options: Sequence[Choice], menu: Menu) -> Item | None:
    """Return one cup of the drink with all the options. Return None if no cup can have them all: "a latte with oat or
    with soy"."""
    single = [each.group for each in options if menu.group_by_name[each.group].choose == "one"]
    fits = all(each.group in drink.groups for each in options)
    return Item(drink.name, choices=tuple(options)) if fits and len(single) == len(set(single)) else None
