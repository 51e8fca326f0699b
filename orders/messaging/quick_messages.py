"""Ready-made messages that a barista sends with one tap. `sms.replies` has their words in the customer's language."""

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
class QuickMessage:
    template: str
    label: str
    about: Part = NOTHING

    @property
    def value(self) -> str:
        return ":".join(filter(None, (self.template, self.about.group, self.about.name)))


@dataclass(frozen=True, slots=True)
class QuickMessages:
    plain: tuple[QuickMessage, ...]
    #: "We are out of …": one message for each drink or option of the order.
    out: tuple[QuickMessage, ...]
    #: "Please choose again: …": one message for each option group.
    which: tuple[QuickMessage, ...]

    def all(self) -> Iterator[QuickMessage]:
        yield from self.plain
        yield from self.out
        yield from self.which


def quick_messages(order: Order) -> QuickMessages:
    snapshot, items = menu_of(order.event), items_of(order)
    parts = dict.fromkeys(part for item in items for part in _parts(snapshot, item))
    groups = dict.fromkeys(name for item in items for name in _asked_of(snapshot.menu, item))
    return QuickMessages(
        plain=(
            QuickMessage("come", _("Please come to the bar")),
            QuickMessage("longer", _("It takes a little longer")),
            QuickMessage("here", _("It is at {station}").format(station=order.station)),
        ),
        out=tuple(QuickMessage("out", part.name, part) for part in parts),
        which=tuple(QuickMessage("which", name, Part(name)) for name in groups),
    )


def _parts(snapshot: Snapshot, item: Item) -> Iterator[Part]:
    """Yield what the bar could be out of for this item: the drink, the chosen options, and default options that use
    stock.

    The default "Whole milk" can be used up, but the default "Hot" cannot. "No sugar" is left out: it needs no sugar."""
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
    """Yield the names of the drink's option groups from which the customer chooses one of several options, such as
    "Milk"."""
    drink = menu.drink_by_name.get(item.drink)
    for name in drink.groups if drink else ():
        group = menu.group_by_name[name]
        if group.choose == "one" and len(group.options) > 1:
            yield name


def to_say(order: Order, *, choice: str, text: str) -> ToSay:
    """Return the message to send: the ready-made message that was tapped (`choice`), or else the typed `text`.

    Raises NothingToSay if the tapped message does not fit the order any more, for example after a change of its
    drinks."""
    if not choice:
        return ToSay(text=" ".join(text.split())[:MOST])
    chosen = next((each for each in quick_messages(order).all() if each.value == choice), None)
    if chosen is None:
        raise NothingToSay
    offers = in_place_of(order, chosen.about) if chosen.template == "out" else ()
    return ToSay(chosen.template, about=chosen.about, offers=offers[:4])
