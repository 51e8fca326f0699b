"""Adds usual names to drinks and options: short names such as "cap" and "flattie", and names in other languages.

The usual names of a drink or option are those that it has in the template menu or in `more_drinks.yaml`. Customers can
then order by these names, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from expresso import demo
from inventory.importing import Changes, import_menu
from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption, Words
from inventory.menu_file import read_menu
from inventory.snapshot import menu_of
from stations.models import Event

Part = TypeVar("Part", MenuDrink, MenuOption, MenuGroup)
#: Pairs of a name that many menus lack and a drink that is made instead. If only "Americano" is on the menu, a customer
#: who texts "long black" gets an Americano.
OTHERWISE = (("long black", "Americano"), ("americano", "Long black"), ("white coffee", "Flat white"))


def with_usual_names(menu: Menu) -> Menu:
    """Return the menu with usual names added to its drinks and options.

    A name that something on the menu already has is not added."""
    groups = tuple(
        replace(group, options=_named(group.options, _options_like(group))) for group in _named(menu.groups, _groups())
    )
    return replace(menu, drinks=_named(menu.drinks, _drinks(), otherwise=OTHERWISE), groups=groups)


@transaction.atomic
def add_usual_names(event: Event, *, by: User) -> Changes:
    """Add usual names to the drinks and options of the event's menu."""
    # Lock the event's row. Otherwise a change of the menu between reading and writing would be lost.
    event = Event.objects.select_for_update().get(pk=event.pk)
    return import_menu(event, replace(with_usual_names(menu_of(event).menu), name=event.menu_name), by=by)


def lacks_usual_names(menu: Menu) -> bool:
    """Return True if no drink on the menu has other names or translations, but `with_usual_names` would add some."""
    return not any(drink.aliases or drink.translations for drink in menu.drinks) and with_usual_names(menu) != menu


@cache
def _known() -> tuple[Menu, Menu]:
    template = Path(demo.__file__).parent / "menu.yaml"
    more = Path(__file__).parent / "more_drinks.yaml"
    return read_menu(template.read_text()), read_menu(more.read_text())


@cache
def _drinks() -> tuple[MenuDrink, ...]:
    return tuple(chain.from_iterable(menu.drinks for menu in reversed(_known())))


@cache
def _groups() -> tuple[MenuGroup, ...]:
    return _known()[0].groups


def _options_like(group: MenuGroup) -> tuple[MenuOption, ...]:
    """Return the options of the template menu whose names an option of this group can take over.

    They are the options of the template's group with the same name. Without such a group, they are those of its groups
    with the same role, or else of all its groups."""
    alike = _like(group, _groups())[:1] or [each for each in _groups() if group.role and each.role == group.role]
    return tuple(chain.from_iterable(each.options for each in alike or _groups()))


def _named(parts: Iterable[Part], known: Iterable[Part], otherwise: Iterable[tuple[str, str]] = ()) -> tuple[Part, ...]:
    parts, known = tuple(parts), tuple(known)
    owners = {word.casefold(): part.name for part in reversed(parts) for word in _words(part)}
    found = []
    for part in parts:
        for like in _like(part, known)[:1]:
            part = _with_words(part, like, owners, otherwise)
        found.append(part)
    return tuple(found)


def _with_words(part: Part, like: Part, owners: dict[str, str], otherwise: Iterable[tuple[str, str]]) -> Part:
    more = (like.name, *like.aliases, *(word for word, name in otherwise if name == like.name))
    aliases = _more(part.aliases, more, part, owners, but=(part.name,))
    return replace(part, aliases=aliases, translations=_translations(part, like, owners))


def _like(part: Part, known: Iterable[Part]) -> list[Part]:
    """Return the drinks, options or groups in `known` that have the name of `part` as one of their names.

    Their names are the main name, the other names and the translations. Drinks, options or groups whose main name is
    that of `part` come first."""
    name = part.name.casefold()
    meant = [each for each in known if name in {word.casefold() for word in _words(each)}]
    return sorted(meant, key=lambda each: each.name.casefold() != name)


def _words(part: MenuDrink | MenuOption | MenuGroup) -> Iterable[str]:
    return part.name, *part.aliases, *chain.from_iterable(part.translations.values())


def _more(words: Words, more: Iterable[str], part: Part, owners: dict[str, str], but: Words = ()) -> Words:
    """Return `words`, followed by those of `more` that nothing else on the menu uses.

    `owners` maps each word on the menu to the name of the drink or option that it orders. The added words are entered
    there for `part`. Words in `but` are not added."""
    found = {word.casefold(): word for word in words}
    for word in more:
        if owners.setdefault(word.casefold(), part.name) == part.name and word.casefold() not in map(str.casefold, but):
            found.setdefault(word.casefold(), word)
    return tuple(found.values())


def _translations(part: Part, like: Part, owners: dict[str, str]) -> Mapping[str, Words]:
    """Return the translations of `part`, with those of the known drink or option `like` added.

    Pages and texts show the first word of a language. This is the name on the menu in two cases: if it is a word of
    that language, or if `like` is a drink with another name. So an "Iced coffee" that takes over words of "Cold brew"
    is not shown as "Cold brew" in German."""
    other_drink = isinstance(part, MenuDrink) and part.name.casefold() != like.name.casefold()
    found = dict(part.translations)
    for language, words in like.translations.items():
        own = (part.name,) if other_drink or part.name.casefold() in map(str.casefold, words) else ()
        before = found.get(language, own)
        if (more := _more(before, words, part, owners)) != before:
            found[language] = more
    return found
