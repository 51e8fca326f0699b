"""Parses a menu file strictly, and reports every fault with its line number. `menu_export` writes such files.

This module does not import Django, so `manage.py understand --menu FILE` works without a database."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import cast

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from inventory.menu import (
    ALLERGENS,
    LAYERS,
    MOST_LAYERS,
    ROLES,
    Choose,
    Menu,
    MenuCategory,
    MenuDrink,
    MenuGroup,
    MenuOption,
    Role,
    Words,
)
from inventory.menu_yaml import Fault, MenuFileError, line_number, yaml_nodes
from stations.money import minor_units

#: Maximum numbers of characters. Names and titles are limited by their database columns.
NAME_LENGTH = 40
TITLE_LENGTH = 80
WORD_LENGTH = 60

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_NUMBER = re.compile(r"\d{1,4}(\.\d{1,4})?")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def read_menu(text: str) -> Menu:
    """Parse a menu file and return its Menu. Raise MenuFileError with all faults if the file has any."""
    root = yaml_nodes(text)
    reading = _Reading()
    menu = reading.menu(root)
    if reading.faults:
        raise MenuFileError(*reading.faults)
    return menu


def tidy(word: str) -> str:
    """Remove spaces at both ends, and replace each run of white space by one space."""
    return " ".join(word.split())


@dataclass
class _Owners:
    """Remembers which drink or option each word belongs to, so that no word gets two meanings."""

    kind: str
    of: dict[str, tuple[str, int]] = field(default_factory=dict)

    def clash(self, word: str, owner: str, line: int) -> str:
        """Assign the word to `owner` and return "". If it already belongs to another owner, return the fault as a
        sentence."""
        first, first_line = self.of.setdefault(word.casefold(), (owner, line))
        if first == owner:
            return ""
        return f"{word!r} already means the {self.kind} {first!r} (line {first_line}); keep it in one place."


class _Reading:
    """Reads the menu from the nodes of a YAML file, and collects every fault."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, node: Node, reason: str) -> None:
        self.faults.append(Fault(line_number(node), reason))

    def menu(self, root: Node) -> Menu:
        fields = self.fields(root, "the menu", needs=("name", "drinks"), may=("categories", "option_groups"))
        name = self.text(fields.get("name"), "name", limit=TITLE_LENGTH)
        owners = _Owners("option group")
        groups = [self.group(node, owners) for node in self.rows(fields.get("option_groups"), "option_groups")]
        by_name = {group.name: group for group in reversed(groups) if group.name}
        owners = _Owners("drink")
        drinks = [self.drink(node, by_name, owners) for node in self.rows(fields.get("drinks"), "drinks")]
        known = {drink.category for drink in drinks}
        owners = _Owners("category")
        categories = [self.category(node, known, owners) for node in self.rows(fields.get("categories"), "categories")]
        # Sort categories by name, because the database does not store their order.
        return Menu(name, tuple(drinks), tuple(groups), tuple(sorted(categories, key=attrgetter("name"))))

    def category(self, node: Node, known: set[str], owners: _Owners) -> MenuCategory:
        fields = self.fields(node, "a category", needs=("name", "translations"), may=())
        name = self.own_name(fields, "category", owners)
        if name and name not in known:
            self.unknown(fields["name"], name, "the category of a drink", sorted(known))
        return MenuCategory(name, self.translations(fields.get("translations"), name, owners))

    def group(self, node: Node, owners: _Owners) -> MenuGroup:
        fields = self.fields(
            node,
            "an option group",
            needs=("name", "options"),
            may=("choose", "ask", "amounts", "role", "default", "aliases", "translations"),
        )
        name = self.own_name(fields, "option group", owners)
        aliases = self.words(fields.get("aliases"), name, owners)
        translations = self.translations(fields.get("translations"), name, owners)
        inside = _Owners("option")
        options = tuple(self.option(row, inside) for row in self.rows(fields.get("options"), "options"))
        default = self.text(fields.get("default"), "default") or None
        if default and default not in {option.name for option in options}:
            self.unknown(fields["default"], default, f"an option of {name}", [option.name for option in options])
        return MenuGroup(
            name=name,
            options=options,
            choose=self.choose(fields.get("choose")),
            ask=self.flag(fields.get("ask"), "ask"),
            amounts=self.flag(fields.get("amounts"), "amounts"),
            role=self.role(fields.get("role")),
            default=default,
            aliases=aliases,
            translations=translations,
        )

    def option(self, node: Node, owners: _Owners) -> MenuOption:
        fields = self.fields(
            node, "an option", needs=("name",), may=("aliases", "translations", "contains", "removes", "price")
        )
        name = self.own_name(fields, "option", owners)
        return MenuOption(
            name=name,
            aliases=self.words(fields.get("aliases"), name, owners),
            translations=self.translations(fields.get("translations"), name, owners),
            contains=self.allergens(fields.get("contains"), "contains") if "contains" in fields else None,
            removes=self.allergens(fields.get("removes"), "removes"),
            price=self.price(fields.get("price")),
        )

    def drink(self, node: Node, groups: Mapping[str, MenuGroup], owners: _Owners) -> MenuDrink:
        fields = self.fields(
            node,
            "a drink",
            needs=("name", "category"),
            may=("aliases", "options", "defaults", "minutes", "translations", "contains", "made_of", "price"),
        )
        name = self.own_name(fields, "drink", owners)
        applies = self.groups_of(fields.get("options"), groups)
        return MenuDrink(
            name=name,
            category=self.text(fields.get("category"), "category"),
            aliases=self.words(fields.get("aliases"), name, owners),
            groups=applies,
            defaults=self.defaults(fields.get("defaults"), {key: groups[key] for key in applies if key in groups}),
            minutes=self.minutes(fields.get("minutes")),
            translations=self.translations(fields.get("translations"), name, owners),
            contains=self.allergens(fields.get("contains"), "contains") if "contains" in fields else None,
            made_of=self.layers(fields.get("made_of")),
            price=self.price(fields.get("price")),
        )

    # Methods that read the fields of groups, options and drinks

    def layers(self, node: Node | None) -> Words:
        rows = self.rows(node, "made_of", empty=True)
        if node and len(rows) > MOST_LAYERS:
            self.fault(node, f"made_of has {len(rows)} layers; {MOST_LAYERS} are the most.")
        found = []
        for row in rows:
            name = self.text(row, "made_of").lower()
            if name and name not in LAYERS:
                self.unknown(row, name, "one of the things that made_of can list", list(LAYERS))
            found.append(name)
        return tuple(found)

    def allergens(self, node: Node | None, what: str) -> Words:
        found = []
        for row in self.rows(node, what, empty=True):
            name = self.text(row, what).lower()
            if name and name not in ALLERGENS:
                self.unknown(row, name, f"one of the things that {what} can list", list(ALLERGENS))
            found.append(name)
        return tuple(dict.fromkeys(found))

    def groups_of(self, node: Node | None, groups: Mapping[str, MenuGroup]) -> Words:
        names = []
        for row in self.rows(node, "options", empty=True):
            name = self.text(row, "options")
            if name in names:
                self.fault(row, f"the group {name!r} is listed twice; keep one.")
            elif name and name not in groups:
                self.unknown(row, name, "a group under option_groups", list(groups))
            names.append(name)
        return tuple(names)

    def defaults(self, node: Node | None, groups: Mapping[str, MenuGroup]) -> tuple[tuple[str, str], ...]:
        found = []
        for key, value in self.pairs(node, "defaults", example="{Milk: Oat}"):
            option = self.text(value, f"the default of {key}")
            if key not in groups:
                self.unknown(value, key, "among this drink's options", list(groups))
            elif option and option not in (names := [known.name for known in groups[key].options]):
                self.unknown(value, option, f"an option of {key}", names)
            found.append((key, option))
        return tuple(found)

    def translations(self, node: Node | None, name: str, owners: _Owners) -> Mapping[str, Words]:
        found = {}
        for language, words in self.pairs(node, "translations", example="{de: [Hafer, Hafermilch]}"):
            if not LANGUAGE.fullmatch(language):
                self.fault(words, f"{language!r} is no language code; write one such as de or pt-BR.")
            found[language] = self.words(words, name, owners, what=f"translations of {language}")
        return found

    def choose(self, node: Node | None) -> Choose:
        value = self.text(node, "choose") if node else "one"
        if node and value not in ("one", "many"):
            self.fault(node, f"choose is {value!r}; write one or many.")
        return cast(Choose, value)

    def role(self, node: Node | None) -> Role:
        value = self.text(node, "role") if node else ""
        if node and value not in ROLES:
            self.fault(node, f"role is {value!r}; write {' or '.join(ROLES)}, or remove the line.")
        return cast(Role, value)

    def flag(self, node: Node | None, key: str) -> bool:
        value = self.text(node, key).lower() if node else "false"
        if node and value not in _FLAGS:
            self.fault(node, f"{key} is {value!r}; write true or false.")
        return _FLAGS.get(value, False)

    def minutes(self, node: Node | None) -> float:
        if not node:
            return 1.0
        value = self.text(node, "minutes")
        number = Decimal(value) if _NUMBER.fullmatch(value) else Decimal(0)
        if not 0 < number < 1000 or number != round(number, 1):
            self.fault(node, f"minutes is {value!r}; give hands-on minutes for one cup above 0, such as 1.5.")
        return float(number)

    def price(self, node: Node | None) -> int:
        if node is None:
            return 0
        value = self.text(node, "price")
        amount = minor_units(value)
        if amount is None:
            self.fault(node, f"price is {value!r}; give an amount up to 999.99, such as 3.50, without a currency.")
        return amount or 0

    # Methods that read mappings, lists, words and texts

    def fields(self, node: Node, what: str, *, needs: Words, may: Words) -> dict[str, Node]:
        known = needs + may
        found = {}
        for key, value in self.pairs(node, what, example="name: Latte"):
            if key in known:
                found[key] = value
            else:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
                self.fault(value, f"{what} has no {key!r}; {hint}")
        if isinstance(node, MappingNode):
            for key in needs:
                if key not in found:
                    self.fault(node, f"{what} needs {key}; add it.")
        return found

    def pairs(self, node: Node | None, what: str, *, example: str) -> Iterator[tuple[str, Node]]:
        if node is None:
            return
        if not isinstance(node, MappingNode):
            self.fault(node, f"{what} must be written with keys, such as {example}")
            return
        seen = set()
        for key_node, value in node.value:
            key = self.text(key_node, "a key")
            if key in seen:
                self.fault(key_node, f"{key!r} is given twice; keep one.")
            elif key:
                yield key, value
            seen.add(key)

    def rows(self, node: Node | None, what: str, *, empty: bool = False) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self.fault(node, f"{what} must be a list: rows that start with a dash, or [one, two].")
            return []
        if not node.value and not empty:
            self.fault(node, f"{what} is empty; list at least one.")
        return list(node.value)

    def own_name(self, fields: Mapping[str, Node], kind: str, owners: _Owners) -> str:
        node = fields.get("name")
        name = self.text(node, f"the name of the {kind}")
        if node and name:
            line = line_number(node)
            # `owners.clash` would accept a second drink of the same name as the same owner, so refuse it here.
            first = owners.of.get(name.casefold())
            if first and first[0].casefold() == name.casefold():
                self.fault(node, f"there is a second {kind} {name!r} (the first is on line {first[1]}); keep one.")
            elif reason := owners.clash(name, name, line):
                self.fault(node, reason)
        return name

    def words(self, node: Node | None, owner: str, owners: _Owners, *, what: str = "aliases") -> Words:
        found: list[str] = []
        for row in self.rows(node, what, empty=True):
            word = self.text(row, f"a word in {what}", limit=WORD_LENGTH)
            if word.casefold() in map(str.casefold, found):
                self.fault(row, f"{word!r} is listed twice; keep one.")
            elif word and (reason := owners.clash(word, owner, line_number(row))):
                self.fault(row, reason)
            found.append(word)
        return tuple(found)

    def text(self, node: Node | None, what: str, *, limit: int = NAME_LENGTH) -> str:
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self.fault(node, f"{what} must be a single text.")
            return ""
        value = tidy(node.value)
        if not value:
            self.fault(node, f"{what} is empty; write something or remove the line.")
        elif len(value) > limit:
            self.fault(node, f"{what} has {len(value)} characters; {limit} is the most.")
        elif any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
            self.fault(node, f"{what} has a control character; remove it.")
        return value

    def unknown(self, node: Node, name: str, what: str, known: list[str]) -> None:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known) or 'none'}."
        self.fault(node, f"{name!r} is not {what}; {hint}")
