"""What a barista can tell a customer with one tap. In which words, `sms.replies` says, in the customer's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from inventory.menu import Menu
from inventory.snapshot import Snapshot, menu_of
from orders.items import Item
from orders.messaging.messages import MOST, NothingToSay
from orders.messaging.texting import NOTHING, ToSay
from orders.models import Order
from orders.requirements import Part, items_of
from orders.routing import in_place_of


@dataclass(frozen=True, slots=True)
class Choice:
    template: str
    label: str
    about: Part = NOTHING

    @property
    def value(self) -> str:
        return ":".join(filter(None, (self.template, self.about.group, self.about.name)))


@dataclass(frozen=True, slots=True)
class Choices:
    plain: tuple[Choice, ...]
    #: By what the bar may be out of.
    out: tuple[Choice, ...]
    #: By what the customer may be asked to choose again.
    which: tuple[Choice, ...]

    def all(self) -> Iterator[Choice]:
        yield from self.plain
        yield from self.out
        yield from self.which


def choices(order: Order) -> Choices:
    snapshot, items = menu_of(order.event), items_of(order)
    parts = dict.fromkeys(part for item in items for part in _parts(snapshot, item))
    groups = dict.fromkeys(name for item in items for name in _asked_of(snapshot.menu, item))
    return Choices(
        plain=(
            Choice("come", _("Please come to the bar")),
            Choice("longer", _("It takes a little longer")),
            Choice("here", _("It is at {station}").format(station=order.station)),
        ),
        out=tuple(Choice("out", part.name, part) for part in parts),
        which=tuple(Choice("which", name, Part(name)) for name in groups),
    )


def _parts(snapshot: Snapshot, item: Item) -> Iterator[Part]:
    """The drink, what was said of it, and what is in it unsaid that can run out: milk, but not "Hot".

    Nobody is out of a "no sugar"."""
    menu = snapshot.menu
    yield Part(item.drink)
    drink = menu.drink_by_name.get(item.drink)
    for name in drink.groups if drink else ():
        group = menu.group_by_name[name]
        said = [choice.option for choice in item.choices if choice.group == name and choice.amount != "no"]
        default = menu.default_option(drink, group) if drink and group.choose == "one" else None
        for option in said or ([default] if default and snapshot.option_uses.get((name, default)) else []):
            yield Part(option, name)


def _asked_of(menu: Menu, item: Item) -> Iterator[str]:
    """Groups of which a drink has one option."""
    drink = menu.drink_by_name.get(item.drink)
    for name in drink.groups if drink else ():
        group = menu.group_by_name[name]
        if group.choose == "one" and len(group.options) > 1:
            yield name


def to_say(order: Order, *, choice: str, text: str) -> ToSay:
    """What was tapped, or typed. Raises NothingToSay, also where the order has changed so that it fits no more."""
    if not choice:
        return ToSay(text=" ".join(text.split())[:MOST])
    chosen = next((each for each in choices(order).all() if each.value == choice), None)
    if chosen is None:
        raise NothingToSay
    offers = in_place_of(order, chosen.about) if chosen.template == "out" else ()
    return ToSay(chosen.template, about=chosen.about, offers=offers[:4])
