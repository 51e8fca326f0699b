"""Imports a menu into an event's rows, and exports the event's menu.

Rows are found by name and updated. Rows that the new menu lacks are retired and never deleted, because old orders,
stock and "sold out" entries refer to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import User, record
from inventory.menu import Menu, MenuDrink, MenuGroup, Words
from inventory.models import Drink, Option, OptionGroup, touch_menu
from inventory.snapshot import menu_of
from stations.models import Event

Row = TypeVar("Row", Drink, Option, OptionGroup)

GROUP_FIELDS = ("name", "aliases", "translations", "choose", "ask", "amounts", "role", "retired_at")
OPTION_FIELDS = ("name", "aliases", "translations", "contains", "removes", "price", "retired_at")
DRINK_FIELDS = (
    *("name", "category", "aliases", "translations", "minutes", "contains", "made_of", "price", "retired_at"),
)


@dataclass
class Changes:
    """What an import changed. `of` maps pairs such as ("drink", "added") to the names of the drinks, options or
    groups."""

    of: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    #: Old and new values for the audit log, by a label such as "drink Latte: minutes".
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.of)

    def __str__(self) -> str:
        """Return a summary such as "2 drinks added, 1 option retired"."""
        counts = [f"{len(names)} {kind}{'s' * (len(names) != 1)} {act}" for (kind, act), names in self.of.items()]
        return ", ".join(counts) or "nothing changed"

    def note(self, kind: str, act: str, names: Iterable[str]) -> None:
        known = {name for (other, _), found in self.of.items() if other == kind for name in found}
        if new := [name for name in names if name not in known]:
            self.of.setdefault((kind, act), []).extend(new)


@transaction.atomic
def import_menu(event: Event, menu: Menu, *, by: User | None = None) -> Changes:
    """Replace the event's menu by the given menu. Stock and "sold out" entries stay as they are."""
    # Lock the event, because two simultaneous imports would both add new rows.
    event = Event.objects.select_for_update().get(pk=event.pk)
    changes = Changes()
    if event.menu_name != menu.name:
        Event.objects.filter(pk=event.pk).update(menu_name=menu.name)
        changes.values["menu_name"] = (event.menu_name, menu.name)
        changes.note("menu name", "changed", [menu.name])
    categories = {each.name: _as_json(each.translations) for each in menu.categories}
    if event.category_names != categories:
        Event.objects.filter(pk=event.pk).update(category_names=categories)
        changes.values["category_names"] = (event.category_names, categories)
        changes.note("category name", "translated", [*categories] or ["none"])
    groups = _import_groups(event, menu.groups, changes)
    options = _import_options(groups, menu.groups, changes)
    _set_default_options(groups, options, menu.groups, changes)
    _import_drinks(event, menu.drinks, groups, options, changes)
    if changes:
        touch_menu(event.pk)
        record("menu imported", event, by=by, event=event.pk, changes=changes.values, summary=str(changes))
    return changes


def export_menu(event: Event) -> Menu:
    return replace(menu_of(event).menu, name=event.menu_name or event.name)


def _import_groups(event: Event, groups: Iterable[MenuGroup], changes: Changes) -> dict[str, OptionGroup]:
    wanted = [
        OptionGroup(
            event=event,
            name=group.name,
            aliases=list(group.aliases),
            translations=_as_json(group.translations),
            choose=group.choose,
            ask=group.ask,
            amounts=group.amounts,
            role=group.role,
            position=position,
        )
        for position, group in enumerate(groups)
    ]
    rows = _sync(OptionGroup, OptionGroup.objects.filter(event=event), wanted, GROUP_FIELDS, changes)
    return {row.name: row for row in rows}


def _import_options(
    groups: Mapping[str, OptionGroup], wanted: Iterable[MenuGroup], changes: Changes
) -> dict[tuple[str, str], Option]:
    """Save the options and return them by (group name, option name). Options of retired groups stay unchanged."""
    rows = _sync(
        Option,
        Option.objects.filter(group__in=groups.values()).select_related("group"),
        [
            Option(
                group=groups[group.name],
                name=option.name,
                aliases=list(option.aliases),
                translations=_as_json(option.translations),
                contains=None if option.contains is None else list(option.contains),
                removes=list(option.removes) or None,
                price=option.price,
                position=position,
            )
            for group in wanted
            for position, option in enumerate(group.options)
        ],
        OPTION_FIELDS,
        changes,
    )
    return {(row.group.name, row.name): row for row in rows}


def _set_default_options(
    groups: Mapping[str, OptionGroup],
    options: Mapping[tuple[str, str], Option],
    wanted: Iterable[MenuGroup],
    changes: Changes,
) -> None:
    changed = []
    for group in wanted:
        row = groups[group.name]
        default = options[group.name, group.default] if group.default else None
        if row.default_id != (default and default.pk):
            changes.values[f"option group {row}: default"] = (
                row.default and str(row.default),
                default and str(default),
            )
            row.default = default
            changed.append(row)
    OptionGroup.objects.bulk_update(changed, ["default"])
    changes.note("option group", "changed", [row.name for row in changed])


def _import_drinks(
    event: Event,
    drinks: Iterable[MenuDrink],
    groups: Mapping[str, OptionGroup],
    options: Mapping[tuple[str, str], Option],
    changes: Changes,
) -> None:
    wanted = [
        Drink(
            event=event,
            name=drink.name,
            category=drink.category,
            aliases=list(drink.aliases),
            translations=_as_json(drink.translations),
            minutes=Decimal(str(drink.minutes)),
            contains=None if drink.contains is None else list(drink.contains),
            made_of=list(drink.made_of) or None,
            price=drink.price,
            position=position,
        )
        for position, drink in enumerate(drinks)
    ]
    rows = {row.name: row for row in _sync(Drink, Drink.objects.filter(event=event), wanted, DRINK_FIELDS, changes)}
    of_groups = {rows[drink.name].pk: {groups[name].pk for name in drink.groups} for drink in drinks}
    of_options = {rows[drink.name].pk: {options[key].pk for key in drink.defaults} for drink in drinks}
    related = _relate(Drink.groups.through, "optiongroup_id", event, of_groups)
    related |= _relate(Drink.defaults.through, "option_id", event, of_options)
    changes.note("drink", "changed", [row.name for row in rows.values() if row.pk in related])


def _sync(
    model: type[Row], rows: Iterable[Row], wanted: Iterable[Row], fields: tuple[str, ...], changes: Changes
) -> list[Row]:
    """Update existing rows to `wanted`, matched by name, add missing rows, and retire all others. Return the rows in
    the order of `wanted`."""
    existing = list(rows)
    by_name = {_key(row): row for row in existing}
    # A row "oat" is renamed if the file says "Oat". Exact names are tried first, so that rows "oat" and "Oat" both keep
    # their names.
    in_any_case = {(parent, name.casefold()): row for (parent, name), row in by_name.items()}
    kept: list[Row] = []
    acts: dict[str, list[Row]] = {"added": [], "changed": [], "back": [], "retired": []}
    places: list[tuple[Row, int]] = []
    for new in wanted:
        parent, name = _key(new)
        row = by_name.get((parent, name)) or in_any_case.get((parent, name.casefold()))
        kept.append(row or new)
        if row is None:
            acts["added"].append(new)
            continue
        if any(getattr(row, each) != getattr(new, each) for each in fields):
            acts["back" if row.retired_at else "changed"].append(row)
            for each in fields:
                before, after = getattr(row, each), getattr(new, each)
                if before != after:
                    changes.values[f"{model._meta.verbose_name} {_label(row)}: {each}"] = (before, after)
                    setattr(row, each, after)
        places.append((row, new.position))
    staying = {row.pk for row in kept}
    acts["retired"] = [row for row in existing if row.pk not in staying and not row.retired_at]
    for row in acts["retired"]:
        row.retired_at = timezone.now()
        changes.values[f"{model._meta.verbose_name} {_label(row)}: retired_at"] = (None, row.retired_at)
    for row in acts["added"]:
        changes.values[f"{model._meta.verbose_name} {_label(row)}"] = (None, "added")
    model._default_manager.bulk_create(acts["added"])
    model._default_manager.bulk_update(acts["changed"] + acts["back"] + acts["retired"], fields)
    for act, moved in acts.items():
        changes.note(str(model._meta.verbose_name), act, [_label(row) for row in moved])
    _place(model, places, changes)
    return kept


def _place(model: type[Row], places: Iterable[tuple[Row, int]], changes: Changes) -> None:
    """Set the rows' positions. Note "drink order changed" only if the rows have another sequence than before.

    If rows were only added or removed, positions change, but the sequence of the others does not."""
    moved = [(row, position) for row, position in places if row.position != position]
    before = [(_key(row)[0] or 0, row.position, row.pk) for row, _ in places]
    for row, position in moved:
        row.position = position
    model._default_manager.bulk_update([row for row, _ in moved], ["position"])
    as_listed = sorted(before, key=lambda place: place[0])
    if as_listed != sorted(before):
        changes.note(f"{model._meta.verbose_name} order", "changed", ["as in the file"])


def _key(row: Any) -> tuple[int | None, str]:
    return getattr(row, "group_id", None), row.name


def _label(row: Model) -> str:
    return f"{row.group}: {row}" if isinstance(row, Option) else str(row)


def _relate(through: Any, column: str, event: Event, wanted: Mapping[int, set[int]]) -> set[int]:
    """Add and delete rows of the many-to-many table `through`, until each drink in `wanted` has exactly these rows.

    `wanted` maps a drink's primary key to the primary keys of its groups or default options. Return the primary keys of
    the drinks that changed."""
    found = through.objects.filter(drink__event=event).values_list("drink_id", column, "pk")
    there = {(drink, other): pk for drink, other, pk in found if drink in wanted}
    should = {(drink, other) for drink, others in wanted.items() for other in others}
    gone = [pk for pair, pk in there.items() if pair not in should]
    new = should - there.keys()
    if gone:
        through.objects.filter(pk__in=gone).delete()
    through.objects.bulk_create(through(drink_id=drink, **{column: other}) for drink, other in sorted(new))
    return {drink for drink, _ in new | (there.keys() - should)}


def _as_json(translations: Mapping[str, Words]) -> dict[str, list[str]]:
    return {language: list(words) for language, words in translations.items()}
