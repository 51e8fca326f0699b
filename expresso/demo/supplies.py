"""Creates the stock of the demonstration event's stations, and the amount of each ingredient that a cup uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from inventory.models import Drink, Ingredient, Option, Stock, Use
from stations.models import Event, Station

#: A stock counts as low when at most this share of the initial amount is left.
LOW = Decimal("0.1")


@dataclass(frozen=True)
class Supply:
    """An ingredient, the amount that each station has at the start, and the amounts that drinks and options use."""

    name: str
    unit: str
    on_hand: int
    drinks: dict[str, int] = field(default_factory=dict)
    #: Amount that one cup with an option uses, by (group, option), such as ("Milk", "Oat").
    options: dict[tuple[str, str], int] = field(default_factory=dict)


def _each(names: Iterable[str], amount: int) -> dict[str, int]:
    return dict.fromkeys(names, amount)


_ESPRESSO = ("Latte", "Cappuccino", "Flat white", "Mocha", "Cortado", "Piccolo", "Macchiato", "Espresso")
_BLACK = ("Long black", "Americano", "Filter coffee", "Cold brew")
_WITHOUT_SIZE = ("Cortado", "Piccolo", "Macchiato", "Espresso")

SUPPLIES = (
    Supply(
        "Beans",
        "g",
        40_000,
        _each((*_ESPRESSO, *_BLACK), 18),
        {("Strength", "Strong"): 9, ("Strength", "Triple"): 18},
    ),
    # 150 ml of milk in a cup is an average of all drinks: a latte takes more, a tea only a splash.
    Supply("Full cream milk", "ml", 200_000, options={("Milk", "Full cream"): 150}),
    Supply("Skim milk", "ml", 100_000, options={("Milk", "Skim"): 150}),
    Supply("Oat milk", "ml", 150_000, options={("Milk", "Oat"): 150}),
    Supply("Soy milk", "ml", 100_000, options={("Milk", "Soy"): 150}),
    Supply("Almond milk", "ml", 100_000, options={("Milk", "Almond"): 150}),
    Supply("Lactose free milk", "ml", 100_000, options={("Milk", "Lactose free"): 150}),
    Supply("Small cups", "pcs", 2_000, _each(_WITHOUT_SIZE, 1), {("Size", "Small"): 1}),
    Supply("Regular cups", "pcs", 2_000, options={("Size", "Regular"): 1}),
    Supply("Large cups", "pcs", 2_000, options={("Size", "Large"): 1}),
    Supply("Chocolate", "g", 20_000, {"Mocha": 15, "Hot chocolate": 25}, {("Extras", "Chocolate"): 3}),
    Supply("Chai", "g", 15_000, {"Chai latte": 20}),
    Supply("Matcha", "g", 5_000, {"Matcha latte": 3}),
    Supply("Black tea bags", "pcs", 1_000, {"English breakfast tea": 1}),
    Supply("Peppermint tea bags", "pcs", 1_000, {"Peppermint tea": 1}),
)


def fill(event: Event, stations: Iterable[Station], supplies: Iterable[Supply]) -> None:
    """Create the ingredients, their use by drinks and options, and the stations' stock.

    The caller must call `touch_menu` afterwards, which makes all processes read the changed menu."""
    supplies = list(supplies)
    ingredients = Ingredient.objects.bulk_create(Ingredient(event=event, name=s.name, unit=s.unit) for s in supplies)
    drinks = {drink.name: drink for drink in Drink.objects.filter(event=event)}
    options = {(o.group.name, o.name): o for o in Option.objects.filter(group__event=event).select_related("group")}
    uses, stock = [], []
    for supply, ingredient in zip(supplies, ingredients, strict=True):
        uses += [Use(ingredient=ingredient, drink=drinks[name], amount=n) for name, n in supply.drinks.items()]
        uses += [Use(ingredient=ingredient, option=options[key], amount=n) for key, n in supply.options.items()]
        stock += [
            Stock(station=station, ingredient=ingredient, on_hand=supply.on_hand, low_at=supply.on_hand * LOW)
            for station in stations
        ]
    Use.objects.bulk_create(uses)
    Stock.objects.bulk_create(stock)
