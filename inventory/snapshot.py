"""Keeps in memory, until the menu changes, each event's menu and the drinks and options that its stations cannot
make."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar, cast

from django.utils import timezone

from inventory.menu import Menu, MenuCategory, MenuDrink, MenuGroup, MenuNames, MenuOption, Role
from inventory.models import CannotMake, Drink, Option, OptionGroup, Stock, Use
from stations.models import Event

K = TypeVar("K")
#: Amounts of ingredients by the ingredient's primary key, in the ingredient's unit.
Needs = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Gap:
    """A drink or option that a station cannot make until `until`; None stands for no end. `group` is "" for a drink."""

    name: str
    group: str
    until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    event_id: int
    version: int
    menu: Menu
    drink_ids: Mapping[str, int]
    gaps: Mapping[int, tuple[Gap, ...]]
    drink_uses: Mapping[str, Needs]
    option_uses: Mapping[tuple[str, str], Needs]
    #: Primary keys of the ingredients whose stock is counted, by the station's primary key.
    counted: Mapping[int, frozenset[int]]

    def gaps_at(self, station_id: int, now: dt.datetime | None = None) -> tuple[Gap, ...]:
        now = now or timezone.now()
        return tuple(gap for gap in self.gaps.get(station_id, ()) if gap.until is None or gap.until > now)


_remembered: dict[int, Snapshot] = {}


def menu_of(event: Event) -> Snapshot:
    """Return the menu of `event.menu_version`. If this process has loaded this version before, no query is needed."""
    known = _remembered.get(event.pk)
    if known is None or known.version != event.menu_version:
        known = _remembered[event.pk] = _load(event)
    return known


def forget_menus() -> None:
    """Forget all cached menus, so that each is loaded again when it is needed."""
    _remembered.clear()


def _load(event: Event) -> Snapshot:
    rows = _rows(event)
    drinks = [drink for drink in rows.drinks if drink.retired_at is None]
    gaps: defaultdict[int, list[Gap]] = defaultdict(list)
    cannot = CannotMake.objects.filter(station__event=event).values_list(
        "station_id", "drink__name", "option__name", "option__group__name", "until"
    )
    for station_id, drink_name, option_name, group_name, until in cannot:
        gaps[station_id].append(Gap(option_name or drink_name, group_name or "", until))
    counted: defaultdict[int, set[int]] = defaultdict(set)
    for station_id, ingredient_id in Stock.objects.filter(station__event=event).values_list("station", "ingredient"):
        counted[station_id].add(ingredient_id)
    uses = Use.objects.filter(ingredient__event=event).values_list(
        "drink__name", "option__group__name", "option__name", "ingredient_id", "amount"
    )
    drink_uses: list[tuple[str, int, Decimal]] = []
    option_uses: list[tuple[tuple[str, str], int, Decimal]] = []
    for drink_name, group_name, option_name, ingredient_id, amount in uses:
        if drink_name is not None:
            drink_uses.append((drink_name, ingredient_id, amount))
        else:
            option_uses.append(((group_name, option_name), ingredient_id, amount))
    return Snapshot(
        event_id=event.pk,
        version=event.menu_version,
        menu=Menu(
            event.name,
            tuple(_drink(drink, rows) for drink in drinks),
            tuple(_group(group, rows.options[group.pk]) for group in rows.groups if group.retired_at is None),
            # Leave out categories that have no drink at the moment. The event keeps their translations.
            tuple(
                MenuCategory(name, _words(said))
                for name, said in sorted(event.category_names.items())
                if name in {drink.category for drink in drinks}
            ),
            _names(rows),
        ),
        drink_ids={drink.name: drink.pk for drink in drinks},
        gaps={station: tuple(found) for station, found in gaps.items()},
        drink_uses=_needs(drink_uses),
        option_uses=_needs(option_uses),
        counted={station: frozenset(ingredients) for station, ingredients in counted.items()},
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """All rows of an event's menu, sorted as on the menu. Retired drinks and options are included, because old orders
    show them."""

    drinks: list[Drink]
    groups: list[OptionGroup]
    #: Options of each group, by the group's primary key.
    options: Mapping[int, list[Option]]
    #: Pairs of primary keys: (drink, group), and in the next field (drink, default option).
    groups_of_drinks: set[tuple[int, int]]
    defaults_of_drinks: set[tuple[int, int]]


def _rows(event: Event) -> _Rows:
    options: defaultdict[int, list[Option]] = defaultdict(list)
    for option in Option.objects.filter(group__event=event).order_by("position", "pk"):
        options[option.group_id].append(option)
    groups_of, defaults_of = Drink.groups.through.objects, Drink.defaults.through.objects
    return _Rows(
        drinks=list(Drink.objects.filter(event=event).order_by("position", "pk")),
        groups=list(OptionGroup.objects.filter(event=event).order_by("position", "pk")),
        options=options,
        groups_of_drinks=set(groups_of.filter(drink__event=event).values_list("drink_id", "optiongroup_id")),
        defaults_of_drinks=set(defaults_of.filter(drink__event=event).values_list("drink_id", "option_id")),
    )


def _names(rows: _Rows) -> MenuNames:
    return MenuNames(
        drinks={drink.pk: drink.name for drink in rows.drinks},
        groups={group.pk: group.name for group in rows.groups},
        options={option.pk: (group.name, option.name) for group in rows.groups for option in rows.options[group.pk]},
    )


def _needs(uses: Iterable[tuple[K, int, Decimal]]) -> dict[K, Needs]:
    needs: dict[K, dict[int, Decimal]] = {}
    for key, ingredient_id, amount in uses:
        amounts = needs.setdefault(key, {})
        amounts[ingredient_id] = amounts.get(ingredient_id, Decimal()) + amount
    return dict(needs)


def _words(translations: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in translations.items()}


def _drink(row: Drink, rows: _Rows) -> MenuDrink:
    groups = [group for group in rows.groups if group.retired_at is None]
    return MenuDrink(
        name=row.name,
        category=row.category,
        aliases=tuple(row.aliases),
        groups=tuple(group.name for group in groups if (row.pk, group.pk) in rows.groups_of_drinks),
        defaults=tuple(
            (group.name, option.name)
            for group in groups
            for option in rows.options[group.pk]
            if option.retired_at is None and (row.pk, option.pk) in rows.defaults_of_drinks
        ),
        minutes=float(row.minutes),
        translations=_words(row.translations),
        contains=None if row.contains is None else tuple(row.contains),
        made_of=tuple(row.made_of or ()),
        price=row.price,
    )


def _option(row: Option) -> MenuOption:
    return MenuOption(
        name=row.name,
        aliases=tuple(row.aliases),
        translations=_words(row.translations),
        contains=None if row.contains is None else tuple(row.contains),
        removes=tuple(row.removes or ()),
        price=row.price,
    )


def _group(row: OptionGroup, rows: list[Option]) -> MenuGroup:
    options = [option for option in rows if option.retired_at is None]
    default = next((option.name for option in options if option.pk == row.default_id), None)
    return MenuGroup(
        name=row.name,
        options=tuple(map(_option, options)),
        choose="many" if row.choose == OptionGroup.Choose.MANY else "one",
        ask=row.ask,
        amounts=row.amounts,
        role=cast(Role, row.role),
        default=default,
        aliases=tuple(row.aliases),
        translations=_words(row.translations),
    )
