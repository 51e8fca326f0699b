"""Sentences about the menu."""

from __future__ import annotations

from inventory.menu import Menu
from orders.display.contents import allergen_named
from orders.display.cups import made_of_said
from orders.parser import Topic
from sms.conversation.facts import Unavailable
from sms.conversation.sayings import (
    Contains,
    MenuSaying,
    OnlyWithOthers,
    ShowAllergens,
    ShowAvailability,
    ShowContents,
    ShowDrinks,
    ShowMenu,
)
from sms.replies.allergens import allergens_told
from sms.replies.gsm7 import plain
from sms.replies.names import (
    category_named,
    drink_named,
    first_upper,
    listed,
    named,
    no_menu,
    option_named,
    thing_named,
    within_sentence,
)
from sms.replies.order_texts import item_spoken
from sms.segments import segments
from sms.wording.lookup import gettext as _


def about_menu(saying: MenuSaying, menu: Menu) -> str:
    match saying:
        case ShowMenu():
            return show_menu(saying, menu)
        case ShowDrinks(drinks, without):
            here = [drink_named(drink, menu) for drink in drinks if drink not in without.drinks]
            return first_upper(", ".join(here)) + "." if here else nothing_here(menu)
        case ShowAvailability():
            return whether_available(saying, menu)
        case OnlyWithOthers():
            return only_with_others(saying, menu)
        case ShowAllergens():
            return allergens_told(saying, menu)
        case ShowContents(drinks):
            return " ".join(contents_told(drink, menu) for drink in drinks)
        case Contains(drink, allergen):
            return _("Note that {drink} contains {allergen}.").format(
                drink=drink_named(drink, menu), allergen=allergen_named(allergen)
            )


def contents_told(drink: str, menu: Menu) -> str:
    made_of = within_sentence(made_of_said(menu.drink_by_name[drink].made_of))
    return f"{first_upper(drink_named(drink, menu))}: {made_of}."


def show_menu(saying: ShowMenu, menu: Menu) -> str:
    """Return the list of drinks by category. If the customer asked about a category, a group or a drink, list only this
    part."""
    without = saying.without
    parts = [part for topic in saying.topics if (part := about_topic(topic, menu, without))]
    if parts:
        return " ".join(parts)
    categories: dict[str, list[str]] = {}
    for drink in menu.drinks:
        if drink.name not in without.drinks:
            categories.setdefault(category_named(drink.category, menu), []).append(named(drink))
    text = " ".join(f"{category}: {', '.join(drinks)}." for category, drinks in categories.items())
    if segments(plain(text)) > 3:
        text = _("We have {categories}. Text MENU and one of these.").format(
            categories=listed([within_sentence(name) for name in categories], _("and"))
        )
    return text or nothing_here(menu)


def nothing_here(menu: Menu) -> str:
    return _("Nothing can be made right now, sorry.") if menu.drinks else no_menu()


def about_topic(topic: Topic, menu: Menu, without: Unavailable) -> str:
    if topic.kind == "category":
        drinks = [named(d) for d in menu.drinks if d.category == topic.name and d.name not in without.drinks]
        return f"{category_named(topic.name, menu)}: {', '.join(drinks)}." if drinks else ""
    if topic.kind == "group" and topic.name in menu.group_by_name:
        names = available(topic.name, menu, without)
        return f"{first_upper(named(menu.group_by_name[topic.name]))}: {', '.join(names)}." if names else ""
    if topic.kind == "drink" and topic.name in menu.drink_by_name:
        groups = menu.drink_by_name[topic.name].groups
        return _("{drink} comes with: {groups}.").format(
            drink=first_upper(drink_named(topic.name, menu)),
            groups=", ".join(named(menu.group_by_name[group]) for group in groups) or "-",
        )
    return whether_available(ShowAvailability(topic, without), menu)


def available(group: str, menu: Menu, without: Unavailable) -> list[str]:
    options = menu.group_by_name[group].options
    return [named(option) for option in options if (group, option.name) not in without.options]


def only_with_others(saying: OnlyWithOthers, menu: Menu) -> str:
    drink, option = drink_named(saying.drink, menu), option_named(saying.choice.option, menu, saying.choice.group)
    others = [drink_named(each, menu) for each in saying.drinks if each not in saying.without.drinks]
    told = _("{drink} doesn't come {said}.").format(drink=first_upper(drink), said=option)
    return f"{told} {first_upper(', '.join(others))}." if others else told


def whether_available(saying: ShowAvailability, menu: Menu) -> str:
    topic, without = saying.topic, saying.without
    if saying.cup:
        out = [each for each in saying.cup.choices if (each.group, each.option) in without.options]
        if out and topic.name not in without.drinks:
            return whether_available(ShowAvailability(Topic("option", out[0].option, out[0].group), without), menu)
    name = item_spoken(saying.cup, menu) if saying.cup else thing_named(topic.name, menu, topic.group)
    gone = topic.name in without.drinks if topic.kind == "drink" else (topic.group, topic.name) in without.options
    if not gone:
        return _("Yes, we have {name}.").format(name=name)
    others = available(topic.group, menu, without) if topic.group in menu.group_by_name else []
    if not others:
        return _("No {name} right now, sorry.").format(name=name)
    return _("No {name} right now, sorry. There is {others}.").format(name=name, others=listed(others, _("and")))
