"""Draw a drink's cup from its layers, such as espresso, milk and foam, which the menu states for each drink.

A drawing has one SVG path for each layer, on a field of 48 by 48 units, and the outline of the cup, which is a symbol
of static/icons.svg. Colours and size come from static/css/cups.css. So when somebody taps another milk or size, only
the style changes, and no new drawing is needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from django.utils.translation import gettext as _

from inventory.menu import Menu, MenuDrink, MenuGroup
from orders.display.milk_chips import chip_of, is_milk
from orders.items import Item

Size = Literal["small", "middle", "large"]
#: Outlines of cups, by their names in static/icons.svg.
Outline = Literal["cup", "cup-tea", "cup-glass"]


@dataclass(frozen=True, slots=True)
class Vessel:
    """The shape of a cup's outline in static/icons.svg, in units of the drawing."""

    rim: float
    bottom: float
    #: Half of the cup's width, at the rim and at the bottom. `centre` is the x position of the cup's vertical middle
    #: line.
    at_rim: float
    at_bottom: float
    centre: float

    def half(self, y: float) -> float:
        return self.at_rim - (self.at_rim - self.at_bottom) * (y - self.rim) / (self.bottom - self.rim)


CUP, GLASS = Vessel(15, 42, 14, 11, 21), Vessel(10, 44, 12, 9, 24)
ICE = "M17 17l6-2 2 6-6 2zM26 22l5 2-2 5-5-2z"
#: If a drink has only these layers, it is tea, and the string of a tea bag hangs from its cup.
TEAS = {"tea", "herbs"}
#: The share of the cup's height that is filled.
FULL = 0.86
#: If a milk can be chosen for a drink such as tea, but its layers on the menu have no milk or foam, a splash of milk is
#: drawn on top. The splash is this much of the height of the other layers together.
SPLASH = 0.22


@dataclass(frozen=True, slots=True)
class Layer:
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Cup:
    layers: tuple[Layer, ...]
    outline: Outline
    size: Size
    #: The colour of the milk's chip (a small label on tickets); "" for a drink without a choice of milks.
    milk_chip: str


def cup_of(menu: Menu, item: Item) -> Cup:
    """Return the drawing of one cup of the item. The default milk and size are drawn if the customer chose none."""
    drink = menu.drink_by_name.get(item.drink)
    if drink is None:
        return _drawn((), False, "middle", "")
    milk = _chosen(menu, drink, item, "milk")
    has_milk = any(is_milk(menu.group_by_name[name]) for name in drink.groups)
    chip = chip_of(menu, *milk) if milk else ""
    return _drawn(drink.made_of, has_milk, _size(menu, drink, item), chip)


def sizes_of(group: MenuGroup) -> dict[str, Size]:
    """Return the drawn size of the cup for each option of a group of sizes; an empty dict for every other group."""
    if group.role != "size" or len(group.options) < 2:
        return {}
    sizes: dict[str, Size] = {option.name: "middle" for option in group.options}
    return sizes | {group.options[0].name: "small", group.options[-1].name: "large"}


def made_of_said(made_of: tuple[str, ...]) -> str:
    """Return one line about the contents of the cup, such as "Espresso, lots of milk, milk foam"."""
    most = max((made_of.count(layer) for layer in made_of), default=0)
    words = []
    for layer in dict.fromkeys(made_of):
        count = made_of.count(layer)
        is_much = count > 1 and count == most and len(set(made_of)) > 1
        words.append(_MUCH.get(layer, _PLAIN[layer])() if is_much else _PLAIN[layer]())
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


_PLAIN = {
    "espresso": lambda: _("espresso"),
    "coffee": lambda: _("filter coffee"),
    "water": lambda: _("hot water"),
    "milk": lambda: _("milk"),
    "foam": lambda: _("milk foam"),
    "cream": lambda: _("cream"),
    "chocolate": lambda: _("chocolate"),
    "tea": lambda: _("black tea"),
    "herbs": lambda: _("herbal tea"),
    "matcha": lambda: _("matcha"),
    "juice": lambda: _("juice"),
    "ice": lambda: _("ice"),
}
_MUCH = {
    "espresso": lambda: _("double espresso"),
    "water": lambda: _("plenty of hot water"),
    "milk": lambda: _("lots of milk"),
    "foam": lambda: _("lots of milk foam"),
}


def _chosen(menu: Menu, drink: MenuDrink, item: Item, role: str) -> tuple[str, str] | None:
    """Return (group, option) for the drink's option group with this role, such as "milk": the chosen or else the
    default option.

    Return None if the drink has no such group, or if nothing was chosen and there is no default."""
    for name in drink.groups:
        group = menu.group_by_name[name]
        if group.role == role:
            said = (c.option for c in item.choices if c.group == name and c.amount != "no")
            option = next(said, None) or menu.default_option(drink, group)
            return (name, option) if option else None
    return None


def _size(menu: Menu, drink: MenuDrink, item: Item) -> Size:
    if not any(menu.group_by_name[name].role == "size" for name in drink.groups):
        # Some drinks on the menu have sizes, but this one has none. It is usually an espresso or the like, so it is
        # drawn small.
        return "small" if any(group.role == "size" for group in menu.groups) else "middle"
    chosen = _chosen(menu, drink, item, "size")
    return sizes_of(menu.group_by_name[chosen[0]]).get(chosen[1], "middle") if chosen else "middle"


@lru_cache(maxsize=512)
def _drawn(made_of: tuple[str, ...], has_milk: bool, size: Size, milk_chip: str) -> Cup:
    vessel = GLASS if "ice" in made_of else CUP
    poured = [(kind, float(len(list(same)))) for kind, same in groupby(layer for layer in made_of if layer != "ice")]
    if has_milk and poured and not {"milk", "foam"} & set(made_of):
        poured.append(("splash", sum(share for _kind, share in poured) * SPLASH))
    layers = _layers(vessel, poured)
    if "ice" in made_of:
        layers.append(Layer("ice", ICE))
    is_tea = bool(made_of) and set(made_of) <= TEAS
    outline: Outline = "cup-glass" if vessel is GLASS else "cup-tea" if is_tea else "cup"
    return Cup(tuple(layers), outline, size, milk_chip)


def _layers(vessel: Vessel, poured: list[tuple[str, float]]) -> list[Layer]:
    room = (vessel.bottom - vessel.rim) * FULL
    # With a splash of milk the cup is not fuller than without: the other layers get less room.
    whole = sum(share for kind, share in poured if kind != "splash") or 1
    splash = sum(share for kind, share in poured if kind == "splash")
    layers, y = [], vessel.bottom
    for at, (kind, share) in enumerate(poured):
        top = y - room * share / (whole + splash)
        layers.append(Layer(kind, _slice(vessel, y, top, is_foamy=kind in {"foam", "cream"} and at == len(poured) - 1)))
        y = top
    return layers


def _slice(vessel: Vessel, bottom: float, top: float, *, is_foamy: bool) -> str:
    """Return the path of a layer from the height `bottom` up to `top`. If it is foamy, its upper edge is drawn as
    bubbles."""
    above, below = vessel.half(top), vessel.half(bottom)
    left, width = vessel.centre - above, 2 * above
    over = f"q{_n(width / 8)}-3 {_n(width / 4)} 0" * 4 if is_foamy else f"h{_n(width)}"
    return f"M{_n(left)} {_n(top)}{over}L{_n(vessel.centre + below)} {_n(bottom)}h{_n(-2 * below)}z"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
