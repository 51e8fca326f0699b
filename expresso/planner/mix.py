"""How often each drink and each milk is ordered, how long a drink takes to make, and which ingredients it uses."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from expresso.planner.models import EventPlan
from expresso.planner.trial import mean_minutes
from expresso.reports.period import Period
from expresso.reports.sources import cups_in
from expresso.simulation.scenario import OTHER_MILK
from inventory.menu import Menu, MenuDrink, MenuGroup
from inventory.models import Ingredient, Stock
from inventory.snapshot import Snapshot, menu_of
from inventory.stock import needs_of
from orders.items import Choice, Item
from orders.requirements import portions_of
from orders.statuses import DROPPED
from stations.models import Event, Station

#: Drinks that are assumed to be ordered five times as often as others. docs/planning.md names the sources.
POPULAR, MORE_OFTEN = ("latte", "cappuccino", "flat white"), 5
#: Reserve to buy, as a share of the expected use: if 100 l of milk are expected to be used, 110 l are bought.
SPARE = 0.1
#: A station learns its pace (real minutes for each minute that the menu states) from its orders. The pace is used only
#: if it was learned from at least this many.
LEARNT = 30

#: Relative frequencies by name. Only their proportions count.
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mix:
    """How often each drink is ordered, and how often each milk and size. Keys are the names on the menu."""

    drinks: Weights
    options: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class PlannedSupply:
    """An ingredient of the plan: its expected use, the stock of all stations, and the amount to buy.

    The needed amount and the amount to buy are rounded up to whole units."""

    name: str
    unit: str
    needed: int
    on_hand: float
    #: False if no station counts this ingredient. It never runs out then.
    is_counted: bool = True

    @property
    def to_buy(self) -> int:
        return max(0, _whole(self.needed * (1 + SPARE) - self.on_hand))

    @property
    def lasts(self) -> bool:
        return self.on_hand >= self.needed


def mix_of(plan: EventPlan, snapshot: Snapshot) -> Mix:
    """Return how often drinks and options are ordered according to the plan.

    If none of the plan's drinks is on the menu, return the usual frequencies of the drinks."""
    usual, names = usual_mix(snapshot.menu), snapshot.menu.names
    drinks = {names.drinks[int(pk)]: float(weight) for pk, weight in plan.drinks.items() if int(pk) in names.drinks}
    options = {names.options[int(pk)]: float(n) for pk, n in plan.options.items() if int(pk) in names.options}
    drinks = {drink.name: drinks.get(drink.name, 0.0) for drink in snapshot.menu.drinks}
    weighed = {group for (group, _), weight in options.items() if weight}
    # For an option group without numbers in the plan, use the usual frequencies.
    options = {key: options.get(key, 0.0) if key[0] in weighed else usual.options[key] for key in usual.options}
    return Mix(drinks if any(drinks.values()) else usual.drinks, options)


def usual_mix(menu: Menu) -> Mix:
    drinks = {drink.name: float(MORE_OFTEN if drink.name.casefold() in POPULAR else 1) for drink in menu.drinks}
    options = {
        (group.name, option.name): weight
        for group in menu.groups
        if is_weighed(group)
        for option, weight in zip(group.options, _usual_weights(group), strict=True)
    }
    return Mix(drinks, options)


def is_weighed(group: MenuGroup | None) -> bool:
    """Return whether organizers can enter in a plan how often each option of this group is ordered.

    They can for milks and sizes of which a customer chooses exactly one."""
    return group is not None and group.role in ("milk", "size") and group.choose == "one"


def _usual_weights(group: MenuGroup) -> list[float]:
    """Return how often each option of a group is usually ordered, in per cent.

    The default option gets what is left after OTHER_MILK (40 %), and the other options share OTHER_MILK equally. With
    two others the result is 60, 20 and 20. Without a default option, all options are equally frequent."""
    if group.default is None or len(group.options) == 1:
        return [100 / len(group.options) for _ in group.options]
    others = 100 * OTHER_MILK / (len(group.options) - 1)
    return [100 * (1 - OTHER_MILK) if option.name == group.default else others for option in group.options]


def ordered_at(event: Event) -> Mix:
    """Return how often each drink and option was ordered at an event, without cancelled orders.

    Keys are the menu's current names."""
    snapshot, drinks, options = menu_of(event), Counter[str](), Counter[tuple[str, str]]()
    rows = cups_in(Period.whole(event)).exclude(status__in=DROPPED)
    for row in rows.values("drink_name", "choices").annotate(n=Sum("cups")).order_by():
        drinks[row["drink_name"]] += row["n"]
        if row["drink_name"] not in snapshot.menu.drink_by_name:
            continue
        item = Item(row["drink_name"], 1, tuple(Choice(**choice) for choice in row["choices"]))
        for portion in portions_of(snapshot.menu, item):
            if portion.share and is_weighed(snapshot.menu.group_by_name.get(portion.group)):
                options[portion.group, portion.option] += row["n"]
    return Mix(drinks, options)


def pace_of(events: list[Event]) -> float | None:
    """Return the mean pace of the events' stations: real minutes for each minute that the menu states.

    Stations that learned it from fewer than LEARNT orders are left out. Return None if no station remains."""
    stations = Station.objects.filter(event__in=events, orders_learnt__gte=LEARNT).values_list("pace", flat=True)
    return sum(stations) / len(stations) if stations else None


def planned_minutes(plan: EventPlan, snapshot: Snapshot, mix: Mix) -> float:
    """Return how many real minutes a drink takes: the number that the organizer typed, or else the menu's minutes times
    a pace.

    The pace was learned by the stations of this event, or else by those of the event whose figures were copied. If
    neither event has learned one, the pace is 1."""
    if plan.minutes_per_drink:
        return float(plan.minutes_per_drink)
    pace = pace_of([plan.event]) or (pace_of([plan.taken_from]) if plan.taken_from else None) or 1.0
    return mean_minutes(snapshot.menu, mix.drinks) * pace


def needs_per_drink(snapshot: Snapshot, mix: Mix) -> dict[int, float]:
    """Return how much of each ingredient a drink uses on average, by the ingredient's primary key."""
    total: dict[int, float] = {}
    weights = sum(mix.drinks.values())
    for drink in snapshot.menu.drinks:
        for choices, share in _ways(snapshot.menu, drink, mix):
            portions = portions_of(snapshot.menu, Item(drink.name, 1, choices))
            often = share * mix.drinks.get(drink.name, 0.0) / weights
            for ingredient, amount in needs_of(snapshot, drink.name, portions, 1).items():
                total[ingredient] = total.get(ingredient, 0.0) + float(amount) * often
    return total


def _ways(menu: Menu, drink: MenuDrink, mix: Mix) -> list[tuple[tuple[Choice, ...], float]]:
    """Return the combinations of milk and size in which a drink is ordered, each with its share of the drink's orders.

    For example, (oat, large) with 0.1 means that every tenth cup of this drink is a large one with oat milk."""
    ways: list[tuple[tuple[Choice, ...], float]] = [((), 1.0)]
    for name in drink.groups:
        group = menu.group_by_name[name]
        weights = {option.name: mix.options.get((name, option.name), 0.0) for option in group.options}
        if is_weighed(group) and (total := sum(weights.values())):
            ways = [
                ((*choices, Choice(name, option)), share * weight / total)
                for choices, share in ways
                for option, weight in weights.items()
                if weight
            ]
    return ways


def supplies_needed(event: Event, snapshot: Snapshot, mix: Mix, cups: float) -> list[PlannedSupply]:
    """Return the ingredients that this number of drinks needs, each with the stock of all stations."""
    per_drink = needs_per_drink(snapshot, mix)
    on_hand: dict[int, Decimal] = {}
    for ingredient, amount in Stock.objects.filter(station__event=event).values_list("ingredient", "on_hand"):
        on_hand[ingredient] = on_hand.get(ingredient, Decimal()) + amount
    return [
        PlannedSupply(
            row.name,
            row.unit,
            needed=_whole(per_drink[row.pk] * cups),
            on_hand=float(on_hand.get(row.pk, Decimal())),
            is_counted=row.pk in on_hand,
        )
        for row in Ingredient.objects.filter(event=event, pk__in=per_drink)
    ]


def _whole(amount: float) -> int:
    """Round up to a whole number, but ignore errors of floating-point arithmetic: 52.0000001 becomes 52."""
    return math.ceil(round(amount, 6))
