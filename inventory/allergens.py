"""What drinks and options contain, from the facts that the menu states. Nothing is guessed: unstated is unknown.

No Django here: the conversation answers questions with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption


def states_facts(menu: Menu) -> bool:
    return any(drink.contains is not None for drink in menu.drinks)


def contents(drink: MenuDrink, menu: Menu, chosen: Iterable[tuple[str, str]] = ()) -> frozenset[str] | None:
    """What a cup contains or may contain, with the (group, option)s that were chosen; None if that is unknown."""
    options = possible_options(drink, menu, chosen)
    return known_contents(drink, options) if states_all(drink, options) else None


def states_all(drink: MenuDrink, options: Iterable[MenuOption]) -> bool:
    return drink.contains is not None and all(option.contains is not None for option in options)


def known_contents(drink: MenuDrink, options: Iterable[MenuOption]) -> frozenset[str]:
    """What the menu states. An option removes what the drink contains, not what another option adds."""
    found, added = set(drink.contains or ()), set[str]()
    for option in options:
        found -= set(option.removes)
        added |= set(option.contains or ())
    return frozenset(found | added)


def options_in(drink: MenuDrink, menu: Menu, chosen: Iterable[tuple[str, str]] = ()) -> list[MenuOption]:
    """The options of a cup: those chosen, and the usual ones of the other groups."""
    return [option for group, names in _picked(drink, menu, chosen) for option in group.options if option.name in names]


def possible_options(drink: MenuDrink, menu: Menu, chosen: Iterable[tuple[str, str]] = ()) -> list[MenuOption]:
    """The options of a cup, and all of each group from which the customer still has to choose one."""
    open_groups = (group for group, names in _picked(drink, menu, chosen) if not names and must_choose(group))
    # What only one of them removes stays.
    may_come = [replace(option, removes=()) for group in open_groups for option in group.options]
    return options_in(drink, menu, chosen) + may_come


def must_choose(group: MenuGroup) -> bool:
    """Whether a cup gets one option of the group in any case, so that the customer is asked which."""
    return group.ask and group.choose == "one"


def _picked(drink: MenuDrink, menu: Menu, chosen: Iterable[tuple[str, str]]) -> Iterator[tuple[MenuGroup, list[str]]]:
    """The groups of `groups_of`, each with the names of its options in the cup."""
    picked: dict[str, list[str]] = {}
    for group_name, option_name in chosen:
        picked.setdefault(group_name, []).append(option_name)
    for group in groups_of(drink, menu):
        usual = menu.default_option(drink, group)
        yield group, picked.get(group.name) or ([usual] if usual else [])


def groups_of(drink: MenuDrink, menu: Menu) -> list[MenuGroup]:
    """The drink's groups of which the menu states contents. Sizes, for example, are not among them."""
    groups = [menu.group_by_name[name] for name in drink.groups]
    return [group for group in groups if any(option.contains is not None for option in group.options)]


def free_options(drink: MenuDrink, group: MenuGroup, menu: Menu, allergen: str) -> tuple[str, ...]:
    """The options of the group with which the drink is without the allergen."""
    cups = ((option.name, contents(drink, menu, [(group.name, option.name)])) for option in group.options)
    return tuple(name for name, cup in cups if cup is not None and allergen not in cup)


def holding(menu: Menu, allergen: str) -> tuple[list[MenuDrink], list[tuple[MenuGroup, MenuOption]]] | None:
    """The drinks and options that contain the allergen; None unless the menu states it of all."""
    options = [(group, option) for group in menu.groups for option in group.options]
    stated = {group.name for group, option in options if option.contains is not None}
    options = [(group, option) for group, option in options if group.name in stated]
    if None in [*(drink.contains for drink in menu.drinks), *(option.contains for _, option in options)]:
        return None
    drinks = [drink for drink in menu.drinks if allergen in (drink.contains or ())]
    return drinks, [(group, option) for group, option in options if allergen in (option.contains or ())]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Drinks that are without an allergen: as they come (no options), or with one of these options."""

    options: tuple[tuple[str, str], ...]
    drinks: tuple[str, ...]


def can_be_without(menu: Menu, allergen: str) -> tuple[Alternative, ...]:
    """What can be had without the allergen.

    First the drinks that come without it, then, for each set of options that makes drinks free of it, those drinks.
    Drinks of which the menu does not say what they contain are left out."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {(): []}
    for drink in menu.drinks:
        cup = contents(drink, menu)
        if cup is None:
            continue
        if allergen not in cup:
            found[()].append(drink.name)
            continue
        for group in groups_of(drink, menu):
            if free := free_options(drink, group, menu, allergen):
                found.setdefault(tuple((group.name, name) for name in free), []).append(drink.name)
                break
    return tuple(Alternative(options, tuple(drinks)) for options, drinks in found.items() if drinks)
