"""Finds out what drinks and options contain, from what the menu states. Contents that the menu does not state are
unknown.

This module does not import Django, because `sms.conversation`, which uses it, must not import Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption


def states_facts(menu: Menu) -> bool:
    return any(drink.contains is not None for drink in menu.drinks)


def contents(drink: MenuDrink, menu: Menu, chosen: Iterable[tuple[str, str]] = ()) -> frozenset[str] | None:
    """Return the allergens that a cup with the `chosen` options, as (group, option), contains or could contain.

    Return None if the menu does not state all contents."""
    options = possible_options(drink, menu, chosen)
    return known_contents(drink, options) if states_all(drink, options) else None


def states_all(drink: MenuDrink, options: Iterable[MenuOption]) -> bool:
    return drink.contains is not None and all(option.contains is not None for option in options)


def known_contents(drink: MenuDrink, options: Iterable[MenuOption]) -> frozenset[str]:
    """Return the allergens of the drink with these options, as far as the menu states them.

    An option can remove what the drink itself contains, but not what another option adds: "Decaf" removes the caffeine
    of a latte, but not the caffeine of an added energy syrup."""
    found, added = set(drink.contains or ()), set[str]()
    for option in options:
        found -= set(option.removes)
        added |= set(option.contains or ())
    return frozenset(found | added)


def options_in(drink: MenuDrink, menu: Menu, chosen: Iterable[tuple[str, str]] = ()) -> list[MenuOption]:
    """Return the options in a cup: the chosen options, and for the other groups the default options."""
    return [option for group, names in _picked(drink, menu, chosen) for option in group.options if option.name in names]


def possible_options(drink: MenuDrink, menu: Menu, chosen: Iterable[tuple[str, str]] = ()) -> list[MenuOption]:
    """Return the options in a cup, plus all options of groups from which the customer must still choose one."""
    open_groups = (group for group, names in _picked(drink, menu, chosen) if not names and must_choose(group))
    # Ignore the allergens that these options would remove. The customer can still choose an option that removes none.
    may_come = [replace(option, removes=()) for group in open_groups for option in group.options]
    return options_in(drink, menu, chosen) + may_come


def must_choose(group: MenuGroup) -> bool:
    """Return True if every cup must have exactly one option of this group. The customer is asked if none was chosen."""
    return group.ask and group.choose == "one"


def _picked(drink: MenuDrink, menu: Menu, chosen: Iterable[tuple[str, str]]) -> Iterator[tuple[MenuGroup, list[str]]]:
    """Yield each group that `groups_of` returns, with the names of its options that are in the cup.

    Without a chosen option, this is the default option, or none if there is no default."""
    picked: dict[str, list[str]] = {}
    for group_name, option_name in chosen:
        picked.setdefault(group_name, []).append(option_name)
    for group in groups_of(drink, menu):
        usual = menu.default_option(drink, group)
        yield group, picked.get(group.name) or ([usual] if usual else [])


def groups_of(drink: MenuDrink, menu: Menu) -> list[MenuGroup]:
    """Return the drink's groups in which at least one option has stated contents. Sizes, for example, are left out."""
    groups = [menu.group_by_name[name] for name in drink.groups]
    return [group for group in groups if any(option.contains is not None for option in group.options)]


def named_options(drink: MenuDrink, menu: Menu, named: Iterable[tuple[str, str]]) -> list[MenuOption]:
    """Return the options in a cup that a question describes, such as "the oat latte".

    Unlike `possible_options`, this also returns named options from groups without stated contents. Only sizes are left
    out, because a size contains nothing."""
    named = [*named]
    known = {group.name for group in groups_of(drink, menu)}
    others = (menu.group_by_name[group] for group in dict(named) if group not in known)
    return possible_options(drink, menu, named) + [
        option
        for group in others
        for option in group.options
        if group.role != "size" and (group.name, option.name) in named
    ]


def free_options(
    drink: MenuDrink, group: MenuGroup, menu: Menu, allergen: str, named: Iterable[tuple[str, str]] = ()
) -> tuple[str, ...]:
    """Return the names of the group's options with which the drink is free of the allergen.

    `named` has the options that the customer named. Those of other groups are kept, and each option of this group is
    tried in place of the named one. For a latte, the group Milk and "dairy", it returns names such as ("Oat",
    "Soy")."""
    others = [pair for pair in named if pair[0] != group.name]
    cups = ((option.name, named_options(drink, menu, [*others, (group.name, option.name)])) for option in group.options)
    return tuple(name for name, cup in cups if states_all(drink, cup) and allergen not in known_contents(drink, cup))


def freeing_options(
    drink: MenuDrink, menu: Menu, allergen: str, named: Iterable[tuple[str, str]] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the options, as (group, option), of which a single one makes the cup free of the allergen.

    They belong to the first group that has such options. The result is empty if no group has any."""
    named = [*named]
    for group in groups_of(drink, menu):
        if group.choose == "many" and group.name in dict(named):
            # In a group of which a cup can have several options, a further one does not replace the first: a vanilla
            # syrup does not remove the hazelnut syrup. So skip such groups if the cup has one of their options.
            continue
        if free := free_options(drink, group, menu, allergen, named):
            return tuple((group.name, name) for name in free)
    return ()


def holding(menu: Menu, allergen: str) -> tuple[list[MenuDrink], list[tuple[MenuGroup, MenuOption]]] | None:
    """Return the drinks and the options that contain the allergen.

    Return None if this is not known: a drink has no stated contents, or a group has options with and without them."""
    options = [(group, option) for group in menu.groups for option in group.options]
    stated = {group.name for group, option in options if option.contains is not None}
    options = [(group, option) for group, option in options if group.name in stated]
    if None in [*(drink.contains for drink in menu.drinks), *(option.contains for _, option in options)]:
        return None
    drinks = [drink for drink in menu.drinks if allergen in (drink.contains or ())]
    return drinks, [(group, option) for group, option in options if allergen in (option.contains or ())]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Drinks that are free of an allergen, if they are ordered with one of `options`.

    If `options` is empty, the drinks are free of it as they are."""

    options: tuple[tuple[str, str], ...]
    drinks: tuple[str, ...]


def can_be_without(menu: Menu, allergen: str) -> tuple[Alternative, ...]:
    """Return the drinks that are free of the allergen, or can be made free of it.

    The first entry has the drinks that do not contain it. Each other entry has options, and the drinks that any one of
    these options makes free of it. Drinks with unknown contents are left out."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {(): []}
    for drink in menu.drinks:
        cup = contents(drink, menu)
        if cup is None:
            continue
        if allergen not in cup:
            found[()].append(drink.name)
            continue
        if free := freeing_options(drink, menu, allergen):
            found.setdefault(free, []).append(drink.name)
    return tuple(Alternative(options, tuple(drinks)) for options, drinks in found.items() if drinks)
