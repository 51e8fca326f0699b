"""Generated dialogues for any menu. They test that a conversation ends with the intended order.

A dialogue orders a drink, then adds, changes, swaps and removes drinks. The generator keeps the intended items beside
the texts, so the expected order is known without the parser. The same menu and seed give the same dialogue."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from inventory.menu import Menu, MenuDrink, MenuGroup
from orders.items import Choice, Item
from orders.parser.words import stems
from sms.dry_run import Rehearsal

_ORDER = ("{}", "{} please", "can I get {}", "I'd like {}", "hi, could I have {}?")
_ADD = ("and {}", "can I also get {}", "add {} please", "I'd also like {}")
_REMOVE = ("remove the {}", "cancel the {} please", "no {} after all")
_CHANGE = ("make the {drink} {option}", "can you make the {drink} {option}?", "the {drink} {option} please")
_KEEP_ONLY = ("cancel everything but the {}", "just keep the {}", "drop everything except the {} please")
_KEEP = ("no wait, keep the {}", "sorry, leave the {} in", "actually put the {} back")
_UNDO = ("undo that", "sorry, change it back", "no put it back to how it was")
#: Texts that change no order. One entry has two texts: the customer asks for something unknown, and then says "never
#: mind".
_NOTHING = (
    ("thanks!",),
    ("how long will it take?",),
    ("can I add a blimsk?", "ok never mind"),
    ("Liked “Got it: your order, ready in 2-4 min.”",),
)
_SWAP = ("swap the {old} for {new}", "change the {old} to {new}", "{new} instead of the {old}")
#: Maximum number of steps after the first order.
_MOST_STEPS = 4


@dataclass
class Dialogue:
    texts: list[str] = field(default_factory=list)
    meant: list[Item] = field(default_factory=list)
    #: The intended items before the last change.
    before: list[Item] = field(default_factory=list)


def dialogues(menu: Menu, count: int, *, seed: int = 1) -> Iterator[Dialogue]:
    for number in range(count):
        yield _Writer(menu, random.Random(f"{seed}/{number}")).dialogue()


def ends_as_meant(dialogue: Dialogue, menu: Menu) -> bool:
    """Play the dialogue in a conversation where nothing is sold out. Return whether the final order is the intended
    one."""
    rehearsal = Rehearsal(menu)
    for text in dialogue.texts:
        rehearsal.text(text)
    return _cups(rehearsal.holds()) == _cups(dialogue.meant)


def _cups(items: list[Item] | tuple[Item, ...]) -> Counter[tuple[str, frozenset[Choice]]]:
    """Return the number of cups of each drink with its options, for comparing orders.

    "2 lattes" as one item and as two items give the same result."""
    cups: Counter[tuple[str, frozenset[Choice]]] = Counter()
    for item in items:
        cups[item.drink, frozenset(item.choices)] += item.quantity
    return cups


class _Writer:
    def __init__(self, menu: Menu, chance: random.Random) -> None:
        self.menu = menu
        self.chance = chance
        self.written = Dialogue()

    def dialogue(self) -> Dialogue:
        first = self.item()
        self.written.meant.append(first)
        self.say(_ORDER, self.told(first))
        for _step in range(self.chance.randint(1, _MOST_STEPS)):
            before, said = [*self.written.meant], len(self.written.texts)
            steps = (self.add, self.change, self.swap, self.remove, self.keep_only, self.take_back, self.nothing)
            step = self.chance.choice(steps)
            step()
            if self.written.meant != before:
                self.written.before = before
            elif step == self.change and len(self.written.texts) > said:
                # The drink already had this option, so the text changed nothing. "Undo that" in the next text must then
                # change nothing either.
                self.written.before = []
        return self.written

    def say(self, forms: tuple[str, ...], *words: str, **named: str) -> None:
        self.written.texts.append(self.chance.choice(forms).format(*words, **named))

    def add(self) -> None:
        item = self.item()
        self.written.meant.append(item)
        self.say(_ADD, self.told(item))

    def remove(self) -> None:
        if len(self.written.meant) > 1:
            item = self.chance.choice(self.written.meant)
            self.written.meant.remove(item)
            self.say(_REMOVE, item.drink.lower())

    def change(self) -> None:
        at = self.chance.randrange(len(self.written.meant))
        item = self.written.meant[at]
        groups = self.groups(self.menu.drink_by_name[item.drink])
        if groups:
            choice = self.choice(self.chance.choice(groups))
            kept = tuple(each for each in item.choices if each.group != choice.group)
            self.written.meant[at] = Item(item.drink, choices=(*kept, choice))
            self.say(_CHANGE, drink=item.drink.lower(), option=choice.option.lower())

    def swap(self) -> None:
        """Swap one drink for another. Only drinks without optional extras are swapped.

        The text of a swap does not say whether the new drink keeps the extras, so the intended order would be
        unknown."""
        at = self.chance.randrange(len(self.written.meant))
        old = self.written.meant[at]
        if len(old.choices) > len([group for group in self.groups(self.menu.drink_by_name[old.drink]) if group.ask]):
            return
        new = self.item(plain=True)
        self.written.meant[at] = new
        self.say(_SWAP, old=old.drink.lower(), new=self.told(new))

    def keep_only(self) -> None:
        if len(self.written.meant) > 1:
            item = self.chance.choice(self.written.meant)
            self.written.meant = [item]
            self.say(_KEEP_ONLY, item.drink.lower())

    def take_back(self) -> None:
        """Take back the last change.

        "Undo that" can take back any change. "Keep the latte" can only take back the removal of the latte."""
        before, now = self.written.before, self.written.meant
        if not before:
            return
        gone = [item for item in before if item not in now]
        only_removed = all(item in before for item in now)
        if len(gone) == 1 and only_removed and self.chance.random() < 0.5:
            self.say(_KEEP, gone[0].drink.lower())
        else:
            self.say(_UNDO)
        self.written.meant = [*before]

    def nothing(self) -> None:
        self.written.texts += self.chance.choice(_NOTHING)

    def item(self, *, plain: bool = False) -> Item:
        """Return a drink that is not yet in the dialogue, with its required options and perhaps one more."""
        ordered = {word for item in self.written.meant for word in stems(item.drink)}
        drinks = [drink for drink in self.menu.drinks if not ordered & set(stems(drink.name))]
        drink = self.chance.choice(drinks or list(self.menu.drinks))
        groups = self.groups(drink)
        picked = [group for group in groups if group.ask]
        others = [group for group in groups if not group.ask]
        if others and not plain and self.chance.random() < 0.5:
            picked.append(self.chance.choice(others))
        return Item(drink.name, choices=tuple(self.choice(group) for group in picked))

    def groups(self, drink: MenuDrink) -> list[MenuGroup]:
        groups = [self.menu.group_by_name[name] for name in drink.groups]
        return [group for group in groups if group.choose == "one" and not group.amounts]

    def choice(self, group: MenuGroup) -> Choice:
        return Choice(group.name, self.chance.choice(group.options).name)

    def told(self, item: Item) -> str:
        return " ".join(["a", *(choice.option.lower() for choice in item.choices), item.drink.lower()])
