"""Find the present names of drinks and options that were renamed after a customer chose them.

Orders, change requests, unfinished orders by text, baskets and offers store drinks and options by name. Beside the
names they store primary keys, and a `Renaming` looks these up in the present menu. This module does not import Django,
because the conversation uses it without Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from inventory.menu import Menu
from orders.items import Choice, Item

#: Primary keys by name, as JSON: {"drinks": {name: pk}, "groups": {name: pk}, "options": [[group, name, pk], …]}
Keys = Mapping[str, Any]


def keys_named(menu: Menu, items: Iterable[Item], words: Iterable[str] = ()) -> Keys:
    """Return the primary keys of all drinks, option groups and options that `items` name.

    `words` are further names, each of a drink or an option."""
    items, words = tuple(items), set(words)
    chosen = {(choice.group, choice.option) for item in items for choice in item.choices}
    drinks = {item.drink for item in items} | words
    groups = {group for group, _option in chosen}
    names = menu.names
    return {
        "drinks": {name: pk for pk, name in names.drinks.items() if name in drinks},
        "groups": {name: pk for pk, name in names.groups.items() if name in groups},
        "options": [[*pair, pk] for pk, pair in names.options.items() if pair in chosen or pair[1] in words],
    }


@dataclass(frozen=True, slots=True)
class Renaming:
    """Maps stored names to present names, for those drinks, groups and options that were renamed."""

    drinks: Mapping[str, str]
    groups: Mapping[str, str]
    #: Stored (group, option) → present (group, option).
    options: Mapping[tuple[str, str], tuple[str, str]]

    @classmethod
    def since(cls, keys: Keys | None, menu: Menu) -> Renaming:
        keys, names = keys or {}, menu.names
        options = {(group, name): names.options.get(pk, (group, name)) for group, name, pk in keys.get("options", ())}
        return cls(
            drinks=_changed({name: names.drinks.get(pk, name) for name, pk in keys.get("drinks", {}).items()}),
            groups=_changed({name: names.groups.get(pk, name) for name, pk in keys.get("groups", {}).items()}),
            options=_changed(options),
        )

    def __bool__(self) -> bool:
        return bool(self.drinks or self.groups or self.options)

    def items(self, items: Iterable[Item]) -> tuple[Item, ...]:
        if not self:
            return tuple(items)
        return tuple(
            replace(item, drink=self.drinks.get(item.drink, item.drink), choices=self.choices(item.choices))
            for item in items
        )

    def choices(self, choices: Iterable[Choice]) -> tuple[Choice, ...]:
        return tuple(map(self._choice, choices))

    def _choice(self, choice: Choice) -> Choice:
        elsewhere = (self.group(choice.group), choice.option)
        group, option = self.options.get((choice.group, choice.option), elsewhere)
        return replace(choice, group=group, option=option)

    def group(self, name: str) -> str:
        return self.groups.get(name, name)

    def words(self, words: Iterable[str], *, group: str | None = None) -> tuple[str, ...]:
        """Return the present name for each stored name in `words`.

        With a `group`, these are options of this group; with "", they are drinks. With None, each can be a drink or an
        option."""
        return tuple(self._word(word, group) for word in words)

    def _word(self, word: str, group: str | None) -> str:
        if not group and word in self.drinks:
            return self.drinks[word]
        found = (now for (of, name), now in self.options.items() if name == word and group in (None, of))
        return next(found, ("", word))[1]


def _changed(names: dict[Any, Any]) -> dict[Any, Any]:
    return {before: now for before, now in names.items() if before != now}
