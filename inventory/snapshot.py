"""An event's menu and what its stations cannot make, remembered in this process until the menu changes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar, cast

from django.db.models import Prefetch
from django.utils import timezone

from inventory.menu import Menu, MenuCategory, MenuDrink, MenuGroup, MenuNames, MenuOption, Role
from inventory.models import CannotMake, Drink, Option, OptionGroup, Stock, Use
from stations.models import Event

K = TypeVar("K")
#: Ingredient pk → amount in the ingredient's unit.
Needs = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Gap:
    """A drink (no group) or an option that a station cannot make, until a time or until further notice."""

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
    #: Ingredients that are counted, by station pk.
    counted: Mapping[int, frozenset[int]]

    def gaps_at(self, station_id: int, now: dt.datetime | None = None) -> tuple[Gap, ...]:
        now = now or timezone.now()
        return tuple(gap for gap in self.gaps.get(station_id, ()) if gap.until is None or gap.until > now)


_remembered: dict[int, Snapshot] = {}


def menu_of(event: Event) -> Snapshot:
    """The event's menu at `event.menu_version`. Takes no query if this process remembers that version."""
    known = _remembered.get(event.pk)
    if known is None or known.version != event.menu_version:
        known = _remembered[event.pk] = _load(event)
    return known


def forget_menus() -> None:
    """Forget all menus, so that each is read again when it is next needed."""
    _remembered.clear()


def _load(event: Event) -> Snapshot:
    groups = list(
        OptionGroup.objects.filter(event=event, retired_at=None)
        .select_related("default")
        .prefetch_related(Prefetch("options", Option.objects.filter(retired_at=None)))
    )
    drinks = list(
        Drink.objects.filter(event=event, retired_at=None).prefetch_related(
            Prefetch("groups", OptionGroup.objects.filter(retired_at=None)),
            Prefetch(
                "defaults",
                Option.objects.filter(retired_at=None, group__retired_at=None).select_related("group"),
            ),
        )
    )
    gaps: defaultdict[int, list[Gap]] = defaultdict(list)
    for row in CannotMake.objects.filter(station__event=event).select_related("drink", "option__group"):
        if row.option:
            gaps[row.station_id].append(Gap(row.option.name, row.option.group.name, row.until))
        elif row.drink:
            gaps[row.station_id].append(Gap(row.drink.name, "", row.until))
    counted: defaultdict[int, set[int]] = defaultdict(set)
    for station_id, ingredient_id in Stock.objects.filter(station__event=event).values_list("station", "ingredient"):
        counted[station_id].add(ingredient_id)
    uses = list(Use.objects.filter(ingredient__event=event).select_related("drink", "option__group"))
    return Snapshot(
        event_id=event.pk,
        version=event.menu_version,
        menu=Menu(
            event.name,
            tuple(_drink(d) for d in drinks),
            tuple(_group(g) for g in groups),
            # The event keeps names of categories that have no drink at the moment.
            tuple(
                MenuCategory(name, _words(said))
                for name, said in sorted(event.category_names.items())
                if name in {drink.category for drink in drinks}
            ),
            _names(event),
        ),
        drink_ids={drink.name: drink.pk for drink in drinks},
        gaps={station: tuple(rows) for station, rows in gaps.items()},
        drink_uses=_needs((use.drink.name, use) for use in uses if use.drink),
        option_uses=_needs(((use.option.group.name, use.option.name), use) for use in uses if use.option),
        counted={station: frozenset(ingredients) for station, ingredients in counted.items()},
    )


def _names(event: Event) -> MenuNames:
    options = Option.objects.filter(group__event=event).values_list("pk", "group__name", "name")
    return MenuNames(
        drinks=dict(Drink.objects.filter(event=event).values_list("pk", "name")),
        groups=dict(OptionGroup.objects.filter(event=event).values_list("pk", "name")),
        options={pk: (group, name) for pk, group, name in options},
    )


def _needs(pairs: Iterable[tuple[K, Use]]) -> dict[K, Needs]:
    needs: dict[K, dict[int, Decimal]] = {}
    for key, use in pairs:
        amounts = needs.setdefault(key, {})
        amounts[use.ingredient_id] = amounts.get(use.ingredient_id, Decimal()) + use.amount
    return dict(needs)


def _words(translations: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in translations.items()}


def _drink(row: Drink) -> MenuDrink:
    return MenuDrink(
        name=row.name,
        category=row.category,
        aliases=tuple(row.aliases),
        groups=tuple(group.name for group in row.groups.all()),
        defaults=tuple((option.group.name, option.name) for option in row.defaults.all()),
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


def _group(row: OptionGroup) -> MenuGroup:
    options = tuple(_option(option) for option in row.options.all())
    default = row.default.name if row.default and row.default.retired_at is None else None
    return MenuGroup(
        name=row.name,
        options=options,
        choose="many" if row.choose == OptionGroup.Choose.MANY else "one",
        ask=row.ask,
        amounts=row.amounts,
        role=cast(Role, row.role),
        default=default,
        aliases=tuple(row.aliases),
        translations=_words(row.translations),
    )
