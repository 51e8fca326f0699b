"""Diets and allergies. Finds them in texts, asks for an option without the allergen, and warns about drinks that
contain it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
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

#: Separator between the parts of a note, such as the comma in "no sugar, extra hot".
_PARTS = re.compile(r"[,;] ")


def parts_of_note(note: str) -> list[str]:
    return _PARTS.split(note)


def allergens_in(text: str) -> tuple[str, ...]:
    """Return the values of ALLERGENS that the text names, in any language."""
    folded = compounds_apart(folded_text(text))
    return tuple(allergen for allergen in ALLERGENS if _named(allergen).search(folded))


def is_diet(note: str) -> bool:
    """Return whether a note for the barista says that the customer must avoid something, such as "allergic to eggs".
    Any food counts, not only those in ALLERGENS."""
    return any(map(_is_diet, parts_of_note(note)))


def _is_diet(part: str) -> bool:
    return bool(in_roles(Kind.NOTE, Kind.REFUSES, Kind.ALLERGY).search(compounds_apart(folded_text(part)))) and not (
        _is_condition(part)
    )


def _is_condition(part: str) -> bool:
    return bool(in_roles(Kind.IF_NOT).search(folded_text(part)))


def states_diet(note: str, menu: Menu, language: str | None) -> bool:
    """Return whether a note for the barista states a diet ("allergic to eggs") or refuses an option of the menu.

    For example, "milk and I are not friends" refuses the option milk."""
    return is_diet(note) or bool(note and options_refused(note, menu, language))


def states_new_diet(note: str, known: str, menu: Menu, language: str | None) -> bool:
    """Return whether a part of the note states a diet that the `known` notes do not have."""
    return states_diet(", ".join(part for part in parts_of_note(note) if part not in known), menu, language)


def avoided(note: str) -> tuple[str, ...]:
    """Return the allergens that the customer must avoid according to a note: "allergic to soy" → soy.

    "If no soy then oat" is only a second choice. So from such a condition on, only parts of the note that state a diet
    count."""
    parts = parts_of_note(note)
    first = next((at for at, part in enumerate(parts) if _is_condition(part)), len(parts))
    return allergens_in(", ".join([*parts[:first], *filter(_is_diet, parts[first:])]))


@cache
def _named(allergen: str) -> re.Pattern[str]:
    return any_of(word for language in LANGUAGES.values() for word in language.allergens.get(allergen, "").split(","))


def question_about(items: tuple[Item, ...], note: str, menu: Menu) -> Question | None:
    """Return the question that must be asked because the customer avoids an allergen: "Oat, soy or lactose free?" about
    the milk of a latte, if the customer avoids dairy.

    Such a question is about a group of options in which the customer chose nothing, and in which the default option
    contains the allergen or there is no default. It offers the options without the allergen. Return None if there is no
    such group."""
    for at, item, drink, allergen in _conflicts(items, note, menu):
        for group in groups_of(drink, menu):
            usual = menu.default_option(drink, group)
            free = free_options(drink, group, menu, allergen)
            comes = usual or must_choose(group)
            if comes and free and not in_group(item, group.name) and usual not in free:
                return Question("option", item=at, group=group.name, offers=free)
    return None


@dataclass(frozen=True, slots=True)
class Diet:
    """The diets and allergies that one cup must respect, and what they mean on this menu."""

    #: The customer's words, such as "nut allergy" or "Ben is allergic to nuts".
    note: str
    #: The options that the customer's words refuse, as pairs (group, option).
    refused: Collection[tuple[str, str]]
    #: Options that the diet forbids but the customer insists on, so they stay in the order: triples (drink, group,
    #: option).
    kept: Collection[tuple[str, str, str]]
    menu: Menu

    def groups(self, item: Item) -> Iterator[tuple[MenuGroup, str | None]]:
        """Yield each group of options of the item's drink, with the name of the drink's default option in this group.

        The name is None if the drink has no default in the group."""
        drink = self.menu.drink_by_name.get(item.drink)
        for group in [self.menu.group_by_name[name] for name in drink.groups] if drink else ():
            yield group, self.menu.default_option(drink, group) if drink else None

    def excludes(self, group: MenuGroup, usual: str | None) -> set[str]:
        """Return the names of the group's options that the customer must avoid. `usual` is the default option."""
        avoids = {*avoided(self.note), *self._in_usual(group, usual)}
        return {
            option.name
            for option in group.options
            if (group.name, option.name) in self.refused or not avoids.isdisjoint(option.contains or ())
        }

    def _in_usual(self, group: MenuGroup, usual: str | None) -> tuple[str, ...]:
        """If the customer refused the default option (`usual`), return the allergens that it contains, else an empty
        tuple.

        "Allergic to milk" refuses the default "Whole milk". Whole milk contains dairy, so the customer must avoid every
        other milk with dairy too."""
        option = next((option for option in group.options if option.name == usual), None)
        return option.contains or () if option and (group.name, option.name) in self.refused else ()


def to_ask_again(items: Iterable[Item], diets: Iterable[Diet]) -> Question | None:
    """Return a question for the first cup that now lacks an option it needs, such as a milk.

    A cup lacks an option if the customer refused the default, or any other option of the group ("no almond"), and chose
    no other. The question offers the options that fit the diet. Return None if no cup lacks an option."""
    for at, (item, diet) in enumerate(zip(items, diets, strict=True)):
        for group, usual in diet.groups(item):
            unfit = diet.excludes(group, usual)
            offers = tuple(option.name for option in group.options if option.name not in unfit)
            chosen = in_group(item, group.name)
            lacks = not any(choice.amount != "no" for choice in chosen)
            refused = chosen or (
                (group.name, usual) in diet.refused and (item.drink, group.name, usual) not in diet.kept
            )
            if (usual or must_choose(group)) and offers and lacks and refused:
                return Question("option", item=at, group=group.name, offers=offers)
    return None


def as_chosen(item: Item, said: Item, diet: Diet) -> Item:
    """Return the item without the options that the parser chose in place of a refused default option.

    `said` is the same item as read from the text without its words about the diet. The customer chose every option that
    is in `said`, so these options stay."""
    refused = {group.name for group, usual in diet.groups(item) if (group.name, usual) in diet.refused}
    kept = (each for each in item.choices if each.group not in refused or each.amount == "no" or each in said.choices)
    return replace(item, choices=tuple(kept))


def without_unfit(item: Item, diet: Diet) -> Item:
    """Return the item with each option that the customer must avoid changed to "no": hazelnut becomes "no hazelnut".

    Options in `diet.kept` stay as they are."""
    unfit = {(group.name, name) for group, usual in diet.groups(item) for name in diet.excludes(group, usual)}
    choices = tuple(
        replace(each, amount="no")
        if (each.group, each.option) in unfit and (item.drink, each.group, each.option) not in diet.kept
        else each
        for each in item.choices
    )
    return replace(item, choices=choices)


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
        # Warn even if the menu does not state the contents of every option: the allergens that it does state are
        # certain.
        known = known_contents(drink, possible_options(drink, menu, chosen))
        yield from ((at, item, drink, allergen) for allergen in unwanted if allergen in known)
