"""Finds out which allergens a question asks about, and for which drinks and options.

In "is the oat latte free of nuts?" the allergen is nuts, the drink is the latte and the option is oat."""

from __future__ import annotations

from collections.abc import Sequence

from inventory.allergens import states_facts
from inventory.menu import Menu, MenuOption
from orders.items import Choice, Item
from orders.parser import Topic
from orders.parser.menu_phrases import every_name
from sms.conversation.diet import allergens_in
from sms.conversation.sayings import ShowAllergens
from sms.conversation.spoken import any_of, folded_text
from sms.conversation.turn import Heard


def allergens_asked(h: Heard) -> ShowAllergens | None:
    """Return which allergens the question asks about, and for which drinks and options, as a part of the reply.

    Return None if the text asks about no allergen, or if the menu does not state what its drinks contain."""
    topics = h.reading.topics
    kinds = {topic.kind for topic in topics}
    options = [topic for topic in topics if topic.kind == "option"]
    freeing = _freeing_options(topics, h.menu)
    if not states_facts(h.menu) or not (kinds & {"allergens", "inside", "free"} or freeing):
        return None
    groups = (h.menu.group_by_name[topic.name] for topic in topics if topic.kind == "group")
    # "Is there milk in the mocha?" asks about the allergen that the menu calls "dairy".
    milk = ("dairy",) if "inside" in kinds and any(group.role == "milk" for group in groups) else ()
    in_text = allergens_in(h.text)
    besides = (*allergens_in(_without_names(h.text, options, h.menu)), *milk)
    if freeing:
        # "Lactose free" is the name of a milk. In "is the latte with soy lactose free?" it asks about the allergen
        # dairy. It does not say which milk is in the latte, so drop it from the options.
        asked = tuple(allergen for topic in freeing for allergen in _freed(topic, h.menu))
        options = [topic for topic in options if topic not in freeing]
    elif besides:
        # "Is the soy latte nut free?" asks only about nuts, because "soy" says which latte is meant. "Is there soy or
        # nuts in it?" asks about both.
        asked = (*besides, *in_text) if "inside" in kinds else besides
    else:
        # The only allergen in "does the latte contain soy?" is the name of a milk. The text asks whether the plain
        # latte contains soy, so drop soy from the latte's options.
        asked = in_text
        options = [topic for topic in options if not allergens_in(" ".join(every_name(_option(topic, h.menu))))]
    if not asked:
        return None
    choices = tuple(Choice(topic.group, topic.name) for topic in options)
    cups = tuple(Item(topic.name, choices=choices) for topic in topics if topic.kind == "drink")
    return ShowAllergens(tuple(dict.fromkeys(asked)), cups, () if cups else choices)


def _freeing_options(topics: Sequence[Topic], menu: Menu) -> list[Topic]:
    """Return the options whose names ask whether a drink is free of an allergen.

    In "is the latte lactose free?" this is the milk "Lactose free", because the customer does not order it but asks
    about it. In "what is in the lactose free latte?" the option comes before the drink and only says which latte is
    meant, so nothing is returned."""
    if Topic("made") not in topics:
        return []
    kinds = [topic.kind for topic in topics]
    after = topics[kinds.index("drink") + 1 :] if "drink" in kinds else topics
    return [topic for topic in after if topic.kind == "option" and _freed(topic, menu)]


def _freed(topic: Topic, menu: Menu) -> tuple[str, ...]:
    """Return the allergens that the option's names mention but that the option does not contain, such as the dairy in
    the name of the milk "Lactose free".

    Return an empty tuple if the menu does not state what the option contains."""
    option = _option(topic, menu)
    if option.contains is None:
        return ()
    named = allergens_in(" ".join(every_name(option)))
    return tuple(allergen for allergen in named if allergen not in option.contains)


def _option(topic: Topic, menu: Menu) -> MenuOption:
    return next(option for option in menu.group_by_name[topic.group].options if option.name == topic.name)


def _without_names(text: str, options: Sequence[Topic], menu: Menu) -> str:
    """Return the text without the first mention of each option.

    "Is the soy latte soy free" becomes "is the latte soy free": the first "soy" says which latte is meant, the second
    is an allergen."""
    text = folded_text(text)
    for topic in options:
        text = any_of(every_name(_option(topic, menu))).sub(" ", text, count=1)
    return text
