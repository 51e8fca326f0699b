"""Diets and allergies. Finds them in texts, asks for an option without the allergen, and warns about drinks that
contain it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache

from inventory.allergens import free_options, groups_of, known_contents, must_choose, possible_options
from inventory.menu import ALLERGENS, Menu, MenuDrink, MenuGroup
from orders.items import Choice, Item
from orders.parser import Question, options_refused
from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.words import compounds_apart
from sms.conversation.options import in_group
from sms.conversation.sayings import Contains
from sms.conversation.spoken import any_of, folded_text, in_roles


def allergens_in(text: str) -> tuple[str, ...]:
    """Return the allergens (as in ALLERGENS) that the text names in any language."""
    folded = compounds_apart(folded_text(text))
    return tuple(allergen for allergen in ALLERGENS if _named(allergen).search(folded))


def is_diet(note: str) -> bool:
    """Return whether a note for the barista says that the customer must avoid something, such as "allergic to eggs".
    Any food counts, not only those in ALLERGENS."""
    folded = compounds_apart(folded_text(note))
    return bool(in_roles(Kind.NOTE, Kind.REFUSES, Kind.ALLERGY).search(folded)) and not in_roles(Kind.IF_NOT).search(
        folded
    )


def states_diet(note: str, menu: Menu, language: str | None) -> bool:
    """Return whether a note for the barista is a diet, or refuses an option of the menu as "milk and I are not friends"
    does."""
    return is_diet(note) or bool(note and options_refused(note, menu, language))


def avoided(note: str) -> tuple[str, ...]:
    """Return the allergens that the customer must avoid according to a note.

    "If no soy then oat" only names a second choice, so it avoids nothing."""
    return () if in_roles(Kind.IF_NOT).search(folded_text(note)) else allergens_in(note)


@cache
def _named(allergen: str) -> re.Pattern[str]:
    return any_of(word for language in LANGUAGES.values() for word in language.allergens.get(allergen, "").split(","))


def question_about(items: tuple[Item, ...], note: str, menu: Menu) -> Question | None:
    """Return a question that offers the options without the customer's allergen: "Oat, soy or lactose free?".

    The question is about a group of options, such as milks, in which the customer chose nothing. The group's default
    option contains the allergen, or the group has no default. Return None if there is no such group."""
    for at, item, drink, allergen in _conflicts(items, note, menu):
        for group in groups_of(drink, menu):
            usual = menu.default_option(drink, group)
            free = free_options(drink, group, menu, allergen)
            comes = usual or must_choose(group)
            if comes and free and not in_group(item, group.name) and usual not in free:
                return Question("option", item=at, group=group.name, offers=free)
    return None


def to_ask_again(
    items: tuple[Item, ...], note: str, refused: Collection[tuple[str, str]], kept: Collection[Choice], menu: Menu
) -> Question | None:
    """Return a question for another option, if an ordered drink has an option that the customer must avoid.

    This is an option that the customer chose, or a default option whose name the customer refused. Options in `kept`
    are not asked about. `refused` holds pairs (group, option). Return None if there is nothing to ask."""
    for at, item in enumerate(items):
        drink = menu.drink_by_name.get(item.drink)
        for group in [menu.group_by_name[name] for name in drink.groups] if drink else ():
            said = [choice for choice in in_group(item, group.name) if choice.amount != "no"]
            usual = menu.default_option(drink, group) if drink else None
            comes = usual or must_choose(group)
            if not comes or any(choice in kept for choice in said):
                continue
            names = [choice.option for choice in said] or [option for name, option in refused if option == usual]
            avoids = {*avoided(note), *_in_usual(group, usual, refused)}
            unfit = {
                option.name
                for option in group.options
                if (group.name, option.name) in refused or not avoids.isdisjoint(option.contains or ())
            }
            offers = tuple(option.name for option in group.options if option.name not in unfit)
            if offers and unfit.intersection(names):
                return Question("option", item=at, group=group.name, offers=offers)
    return None


def _in_usual(group: MenuGroup, usual: str | None, refused: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Return what the default option contains, if the customer refused this option.

    If the default is whole milk, "allergic to milk" refuses it, and the dairy in it rules out skim milk too."""
    option = next((option for option in group.options if option.name == usual), None)
    return option.contains or () if option and (group.name, option.name) in refused else ()


def without_refused(
    items: tuple[Item, ...], refused: Collection[tuple[str, str]], kept: Collection[Choice]
) -> tuple[Item, ...]:
    """Return the items with each refused option changed to "no": hazelnut becomes "no hazelnut".

    `refused` holds pairs (group, option). Options in `kept` stay as they are."""
    return tuple(
        replace(
            item,
            choices=tuple(
                replace(each, amount="no") if (each.group, each.option) in refused and each not in kept else each
                for each in item.choices
            ),
        )
        for item in items
    )


def with_removers(items: tuple[Item, ...], note: str, menu: Menu) -> tuple[Item, ...]:
    """Return the items with added options that take out what the customer must avoid: decaf for "no caffeine"."""
    found = [*items]
    for at, item, drink, allergen in _conflicts(items, note, menu):
        for group in groups_of(drink, menu):
            removers = [option for option in group.options if allergen in option.removes]
            comes = menu.default_option(drink, group) or must_choose(group) or in_group(item, group.name)
            if len(removers) == 1 and not comes:
                found[at] = replace(item, choices=(*item.choices, Choice(group.name, removers[0].name)))
    return tuple(found)


def warnings(items: tuple[Item, ...], note: str, menu: Menu) -> tuple[Contains, ...]:
    """Return a warning for each ordered drink that contains an allergen which the customer must avoid."""
    found = (Contains(item.drink, allergen) for _, item, _, allergen in _conflicts(items, note, menu))
    return tuple(dict.fromkeys(found))


def _conflicts(items: tuple[Item, ...], note: str, menu: Menu) -> Iterator[tuple[int, Item, MenuDrink, str]]:
    for at, item in enumerate(items):
        drink = menu.drink_by_name.get(item.drink)
        unwanted = avoided("; ".join((note, item.note)))
        if drink is None or not unwanted:
            continue
        chosen = [(choice.group, choice.option) for choice in item.choices if choice.amount != "no"]
        # The menu may state no contents for some options. The stated contents of the other options still give a
        # warning.
        known = known_contents(drink, possible_options(drink, menu, chosen))
        yield from ((at, item, drink, allergen) for allergen in unwanted if allergen in known)
