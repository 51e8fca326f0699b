"""Builds tables of ordered drinks and options, and of the ingredients that were used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from expresso.reports.figures import share
from expresso.reports.report import Report
from expresso.reports.tables import CUPS, SHARE, Cell, Column, Table
from inventory.models import Ingredient
from inventory.snapshot import Snapshot, menu_of
from inventory.stock import Portion, needs_of, share_of
from orders.display.milk_chips import is_milk
from orders.items import Item
from orders.requirements import portions_of
from orders.statuses import MADE


def drinks(report: Report) -> Table:
    found: Counter[str] = Counter()
    for item in _items(report):
        found[item.drink] += item.quantity
    rows = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return _counted("drinks", "Drinks", "Cups of orders that were not cancelled.", "Drink", rows)


def options(report: Report) -> Table:
    found: Counter[tuple[str, str]] = Counter()
    for item in _items(report):
        for choice in item.choices:
            if share_of(choice.amount):
                found[choice.group, choice.option] += item.quantity
    total = sum(item.quantity for item in _items(report))
    rows = tuple((group, option, cups, share(cups, total)) for (group, option), cups in found.most_common())
    columns = (Column("group", "Group"), Column("option", "Option"), CUPS, SHARE)
    about = "Cups with what customers asked for; what a drink has by default is not counted."
    return Table("options", "Options", about, columns, rows)


def milks(report: Report) -> Table:
    snapshot, found = menu_of(report.period.event), Counter[str]()
    for item in _items(report):
        for portion in _portions(snapshot, item):
            if portion.share and is_milk(snapshot.menu.group_by_name.get(portion.group)):
                found[portion.option] += item.quantity
    about = "Cups with each milk, also where it is the drink’s own."
    return _counted("milks", "Milks", about, "Milk", found.most_common())


def stock(report: Report) -> Table:
    """Build the table of used ingredients: the cups that were made, multiplied by the amounts in today's recipes."""
    snapshot = menu_of(report.period.event)
    used: dict[int, Decimal] = {}
    unknown = 0
    for item in _items(report, made=True):
        if item.drink not in snapshot.menu.drink_by_name:
            unknown += item.quantity
        for ingredient, amount in needs_of(snapshot, item.drink, _portions(snapshot, item), item.quantity).items():
            used[ingredient] = used.get(ingredient, Decimal()) + amount
    names = {row.pk: row for row in Ingredient.objects.filter(pk__in=used)}
    rows: list[tuple[Cell, ...]] = sorted(
        (names[pk].name, float(amount), names[pk].unit) for pk, amount in used.items() if pk in names
    )
    about = "What the cups that were made have taken, by today’s recipes."
    if unknown:
        about += f" Not in it: {unknown} cups of drinks that have left the menu."
    columns = (Column("ingredient", "Ingredient"), Column("used", "Used", "various"), Column("unit", "Unit"))
    return Table("stock", "Stock used", about, columns, tuple(rows))


def _items(report: Report, *, made: bool = False) -> Iterator[Item]:
    """Return the ordered drinks with their options and numbers of cups. With `made`, return only drinks that were made.

    A drink with the same options appears once for each status of its orders."""
    return (item for item, status in report.cups if not made or status in MADE)


def _portions(snapshot: Snapshot, item: Item) -> list[Portion]:
    """Return the options that go into a cup.

    For a drink that has left the menu these are only the chosen options, because its default options are unknown."""
    if item.drink in snapshot.menu.drink_by_name:
        return portions_of(snapshot.menu, item)
    return [Portion(choice.group, choice.option, share_of(choice.amount)) for choice in item.choices]


def _counted(key: str, title: str, about: str, name: str, rows: list[tuple[str, int]]) -> Table:
    total = sum(cups for _, cups in rows)
    shares = tuple((what, cups, share(cups, total)) for what, cups in rows)
    return Table(key, title, about, (Column(name.lower(), name), CUPS, SHARE), shares, charted="cups")
