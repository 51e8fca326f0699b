"""The form fields of one drink. They are built from the menu and an Item, and a posted form is read back into an Item.

The web page, the kiosk, walk-ins and every change of an order use the same fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.typed_input import whole_number
from inventory.menu import Menu, MenuDrink, MenuGroup
from inventory.naming import option_titled, titled
from orders.display.contents import allergens_said
from orders.display.cups import sizes_of
from orders.display.milk_chips import chip_of, is_milk
from orders.display.tickets import choice_said
from orders.items import Amount, Choice, Item
from orders.ordering.availability import Gone, SoldOut
from orders.ordering.refusal_texts import off_menu
from stations.money import decimals

#: Amounts to select for an option that can be counted, such as sugar, in this sequence. "" means none.
AMOUNTS = ("", "yes", "2", "3", "4", "light", "extra")
MOST_OF_ONE = 20
#: Maximum length of a name on a public form.
MOST_LETTERS = 20
#: Number of letters that fit on one line of a narrow tile.
LONGEST_WORD = 8
_FIELD = "option "


@dataclass(frozen=True, slots=True)
class Tile:
    """A selectable value on the form: an option, or an amount of an option."""

    value: str
    label: str
    chosen: bool = False
    #: Why the option is sold out; None if the option is available or already chosen.
    gone: Gone | None = None
    #: The colour of the milk's chip; "" for an option that is not a milk.
    milk_chip: str = ""
    #: Size in which the cup is drawn if this option is chosen; "" for an option that is not a size.
    size: str = ""
    #: The option's allergens, as one text.
    contains: str = ""
    #: The option's surcharge, such as "0.50"; "" if the option costs nothing.
    price: str = ""


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An option that can be counted, with the amounts that can be selected."""

    field: str
    label: str
    gone: Gone | None
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class OptionField:
    """The form field of one option group."""

    name: str
    title: str
    kind: Literal["one", "many", "amounts"]
    #: Whether the group is shown unfolded. Groups that few people use are shown folded.
    first: bool
    needed: bool
    tiles: tuple[Tile, ...]
    rows: tuple[AmountRow, ...]
    #: What is chosen in the group, in words. It is visible while the group is folded. If nothing is chosen, it is the
    #: default option, "As usual" or "None".
    chosen: str
    fault: str

    @property
    def wide(self) -> bool:
        """Whether some label has too long a word for narrow tiles, of which a phone shows three side by side."""
        return any(len(word) > LONGEST_WORD for tile in self.tiles for word in tile.label.replace("-", " ").split())


def fields_of(
    menu: Menu, item: Item, gone: SoldOut, faults: Mapping[str, str], language: str = ""
) -> list[OptionField]:
    """Return the fields of the item's drink. Names are in `language`; "" means untranslated names."""
    return [_Form(menu, item, gone, language).field(name, faults) for name in menu.drink_by_name[item.drink].groups]


def read_item(menu: Menu, drink: MenuDrink, given: QueryDict, *, most: int) -> tuple[Item, dict[str, str]]:
    """Read a posted form. Return the item, and the error messages by field name.

    If an option was taken off the menu while the form was open, the item keeps it, and there is an error message under
    "". Without the option, the customer would get a drink that they did not choose."""
    groups = [menu.group_by_name[name] for name in drink.groups]
    strays = _strays(groups, given)
    choices = [Choice("", word) for word in strays]
    faults = {"": off_menu(*strays)} if strays else {}
    for group in groups:
        said = [_choice(group, value) for value in _values(group, given) if value]
        if group.choose == "one":
            said = said[:1]
        if _is_asked(menu, drink, group) and not said:
            faults[_name(group)] = _("Choose one.")
        if gone := [choice.option for choice in said if choice.option not in _options(group)]:
            faults[_name(group)] = off_menu(*gone)
        default = menu.default_option(drink, group)
        choices += [choice for choice in said if choice.amount is not None or choice.option != default]
    quantity = given.get("quantity", "1") or ""
    count = whole_number(quantity, most=most) or 0
    if not count:
        faults["quantity"], count = _("Give a number from 1 to {most}.").format(most=most), 1
    name = one_line(given.get("for") or "", 40)
    item = Item(drink.name, count, tuple(choices), name or None, one_line(given.get("note") or "", 200))
    return item, faults


def has_open_question(menu: Menu, item: Item) -> bool:
    """Return whether the item lacks a choice from an option group that its drink requires."""
    drink = menu.drink_by_name.get(item.drink)
    said = {choice.group for choice in item.choices}
    groups = [menu.group_by_name[name] for name in drink.groups] if drink else []
    return any(_is_asked(menu, drink, group) and group.name not in said for group in groups if drink)


def off_its_drink(menu: Menu, item: Item) -> list[str]:
    """Return the names of those chosen options that are not offered for the item's drink, perhaps since a change of the
    menu."""
    groups = [menu.group_by_name[name] for name in menu.drink_by_name[item.drink].groups]
    there = {(group.name, option) for group in groups for option in _options(group)}
    return [choice.option for choice in item.choices if (choice.group, choice.option) not in there]


def is_name(text: str) -> bool:
    """Return whether the text is at most 20 characters long and consists of letters, spaces, apostrophes and hyphens.

    Such a name cannot contain an address or a link."""
    return len(text) <= MOST_LETTERS and all(
        char.isalpha() or unicodedata.category(char)[0] == "M" or char in " '’-" for char in text
    )


def one_line(text: str, most: int) -> str:
    """Return typed text as one line of at most `most` printable characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:most].rstrip()


def _is_asked(menu: Menu, drink: MenuDrink, group: MenuGroup) -> bool:
    return group.ask and menu.default_option(drink, group) is None


def _name(group: MenuGroup) -> str:
    return _FIELD + group.name


def _values(group: MenuGroup, given: QueryDict) -> list[str]:
    if _kind(group) != "amounts":
        return given.getlist(_name(group))
    rows = ((option.name, given.get(f"{_name(group)} {option.name}") or "") for option in group.options)
    return [f"{name}|{amount}" for name, amount in rows if amount]


def _strays(groups: Sequence[MenuGroup], given: QueryDict) -> list[str]:
    """Return what was posted for the drink's options but has no field on its form, because it was taken off the
    menu."""
    known = {_name(group) for group in groups}
    known |= {f"{_name(group)} {option}" for group in groups for option in _options(group)}
    chosen = [(field, value) for field in given if field not in known for value in given.getlist(field) if value]
    said = ((field.removeprefix(_FIELD), value) for field, value in chosen if field.startswith(_FIELD))
    return [field if value in {*AMOUNTS, "no"} or _counted(value) else value.partition("|")[0] for field, value in said]


def _options(group: MenuGroup) -> set[str]:
    return {option.name for option in group.options}


def _kind(group: MenuGroup) -> Literal["one", "many", "amounts"]:
    if group.choose == "one":
        return "one"
    return "amounts" if group.amounts else "many"


def _choice(group: MenuGroup, value: str) -> Choice:
    """Return the Choice for a posted value such as "Oat" or "Sugar|2".

    If the part after "|" is no valid amount, the whole value is taken as the option's name. The menu has no such
    option, so the customer gets an error message."""
    option, _bar, amount = value.rpartition("|") if "|" in value else (value, "", "")
    if amount in {"", "yes"}:
        return Choice(group.name, option)
    counted = _counted(amount)
    return Choice(group.name, value) if counted is None else Choice(group.name, option, counted)


def _counted(amount: str) -> Amount:
    match amount:
        case "no" | "light" | "extra":
            return amount
    try:
        number = float(amount)
    except ValueError:
        return None
    return number if 0 < number <= MOST_OF_ONE else None


@dataclass(frozen=True, slots=True)
class _Form:
    """Builds the form fields for one item."""

    menu: Menu
    item: Item
    gone: SoldOut
    language: str

    def field(self, name: str, faults: Mapping[str, str]) -> OptionField:
        group = self.menu.group_by_name[name]
        kind = _kind(group)
        said = [choice for choice in self.item.choices if choice.group == name]
        default = self._default(group)
        usual = option_titled(self.menu, name, default, self.language) if default and kind == "one" else ""
        return OptionField(
            name=_name(group),
            title=titled(group, self.language),
            kind=kind,
            first=group.ask or is_milk(group),
            needed=self._needed(group),
            tiles=() if kind == "amounts" else self._tiles(group, said),
            rows=self._rows(group, said) if kind == "amounts" else (),
            chosen=", ".join(self._said(choice) for choice in said) or usual or self._unsaid(group, default),
            fault=faults.get(_name(group), ""),
        )

    def _tiles(self, group: MenuGroup, said: list[Choice]) -> tuple[Tile, ...]:
        chosen, default = {_value(choice) for choice in said}, self._default(group)
        tiles, sizes = [], sizes_of(group)
        if group.choose == "one" and default is None and not self._needed(group):
            tiles.append(Tile("", _("As usual"), chosen=not said))
        for option in group.options:
            gone = self.gone.option(group.name, option.name)
            is_chosen = option.name in chosen or (option.name == default and not said and not gone)
            tiles.append(
                Tile(
                    value=option.name,
                    label=titled(option, self.language),
                    chosen=is_chosen,
                    gone=None if is_chosen else gone,
                    milk_chip=chip_of(self.menu, group.name, option.name),
                    size=sizes.get(option.name, ""),
                    contains=allergens_said(option.contains or ()),
                    price=decimals(option.price) if option.price else "",
                )
            )
        # Show all that was chosen as tiles: an order by text can have "light foam", or an option that left the menu
        # since.
        others = [choice for choice in said if choice.amount is not None or choice.option not in _options(group)]
        tiles += [Tile(_value(choice), self._said(choice), chosen=True) for choice in others]
        return tuple(tiles)

    def _rows(self, group: MenuGroup, said: list[Choice]) -> tuple[AmountRow, ...]:
        amounts, default = {choice.option: _amount(choice) for choice in said}, self._default(group)
        # These labels stand alone, without a noun. In French, "a little foam" is "un peu de mousse", but "un peu de"
        # alone is no label. So the words that are used before a noun do not fit here.
        labels = {"": _("None"), "yes": _("Yes"), "light": _("A little"), "extra": _("Extra"), "no": _("None")}
        rows = []
        for option in group.options:
            now, title = amounts.get(option.name, ""), titled(option, self.language)
            values = [*AMOUNTS, *(["no"] if option.name == default else []), *([now] if now not in AMOUNTS else [])]
            shown = labels | ({"": _("As usual")} if option.name == default else {})
            tiles = tuple(Tile(v, shown.get(v, v), chosen=v == now) for v in dict.fromkeys(values))
            gone = None if now else self.gone.option(group.name, option.name)
            rows.append(AmountRow(f"{_name(group)} {option.name}", title, gone, tiles))
        return tuple(rows)

    def _unsaid(self, group: MenuGroup, default: str | None) -> str:
        """Return the words for a group in which nothing is chosen.

        They are "As usual" if the group has a default, or if a drink has exactly one of its options, such as a
        strength. They are "None" for additions such as syrup."""
        return _("As usual") if default or _kind(group) == "one" else _("None")

    def _default(self, group: MenuGroup) -> str | None:
        return self.menu.default_option(self.menu.drink_by_name[self.item.drink], group)

    def _needed(self, group: MenuGroup) -> bool:
        return _is_asked(self.menu, self.menu.drink_by_name[self.item.drink], group)

    def _said(self, choice: Choice) -> str:
        return choice_said(choice, self.menu, self.language)


def _value(choice: Choice) -> str:
    return choice.option if choice.amount is None else f"{choice.option}|{_amount(choice)}"


def _amount(choice: Choice) -> str:
    if choice.amount is None:
        return "yes"
    return choice.amount if isinstance(choice.amount, str) else f"{choice.amount:g}"
