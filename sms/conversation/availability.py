"""Decides what to say about things of the menu that a question asks for: "do you have strong coffee?"."""

from __future__ import annotations

from collections.abc import Sequence

from inventory.menu import Menu
from orders.items import Choice, Item
from orders.parser import Topic
from sms.conversation.sayings import OnlyWithOthers, Saying, ShowAvailability, ShowMenu


def what_there_is(topics: Sequence[Topic], menu: Menu) -> tuple[Saying, ...]:
    """Return what a reply to "do you have …?" says: whether each thing that the question names (`topics`) can be
    ordered.

    One drink with options ("oat latte") counts as one thing. If this drink cannot have one of the options, the reply
    instead names the drinks of the same category that can."""
    topics = [as_option(topic, menu) for topic in topics]
    drinks = [topic.name for topic in topics if topic.kind == "drink"]
    choices = tuple(Choice(topic.group, topic.name) for topic in topics if topic.kind == "option")
    if len(drinks) != 1 or not choices or len(choices) + 1 != len(topics) or _alternatives(choices, menu):
        return tuple(_alone(topic) for topic in topics)
    drink = menu.drink_by_name[drinks[0]]
    alike = [each for each in menu.drinks if each.category == drink.category]
    unfit = [
        OnlyWithOthers(drink.name, choice, tuple(each.name for each in alike if choice.group in each.groups))
        for choice in choices
        if choice.group not in drink.groups
    ]
    return (*unfit,) or (ShowAvailability(Topic("drink", drink.name), cup=Item(drink.name, choices=choices)),)


def not_ordered(topics: Sequence[Topic], items: Sequence[Item]) -> tuple[Topic, ...]:
    """Return the topics without the drinks and options of these items.

    "Large latte, do you have lattes?" needs no answer to its question: the reply confirms the order, so the customer
    sees that there are lattes."""
    ordered = {("", item.drink) for item in items}
    ordered |= {(choice.group, choice.option) for item in items for choice in item.choices}
    return tuple(topic for topic in topics if (topic.group, topic.name) not in ordered)


def as_option(topic: Topic, menu: Menu) -> Topic:
    """Return the option in place of its group if both have the same name, such as the option "Decaf" of the group
    "Decaf".

    Return any other topic unchanged."""
    group = menu.group_by_name.get(topic.name) if topic.kind == "group" else None
    named = [option.name for option in (group.options if group else ()) if option.name == topic.name]
    return Topic("option", named[0], topic.name) if named else topic


def _alternatives(choices: Sequence[Choice], menu: Menu) -> bool:
    """Return whether two of the options exclude each other in one cup: a latte has oat or soy milk, but not both."""
    single = [each.group for each in choices if menu.group_by_name[each.group].choose == "one"]
    return len(single) > len(set(single))


def _alone(topic: Topic) -> Saying:
    return ShowMenu((topic,)) if topic.kind in ("group", "category") else ShowAvailability(topic)
