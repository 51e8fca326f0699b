"""Finds words that say by a person's name which ordered cup is meant: "Sam's", "the one for Zoe"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from orders.items import Item
from orders.parser.atoms import Kind
from orders.parser.lookahead import BREAKS
from orders.parser.ordered_drinks import ON_MENU, OrderedDrinks
from orders.parser.words import folded

#: Kinds of words that say how an ordered cup changes.
_SAYS = frozenset(
    {Kind.DRINK, Kind.OPTION, Kind.NO, Kind.DROP, Kind.LIGHT, Kind.EXTRA, Kind.PLAIN, Kind.OUT, Kind.ONLY, Kind.SWAP}
)
_INTRODUCE = frozenset({Kind.CALLED, Kind.BEING})
#: Kinds of words after which a name belongs to a further cup: "another one for Sam".
_FURTHER = frozenset({Kind.DRINK, Kind.ANOTHER, Kind.ADD, Kind.SAME})


class CupOwners(OrderedDrinks):
    """Finds cups by the names of their owners.

    `_owned` and `_kept_for` return how many words (atoms) mean the cup, and the cup's position in the order, from 1.
    They return (0, 0) if the words mean no cup."""

    def _owned(self, at: int) -> tuple[int, int]:
        """Find a cup by its owner's name: "Sam's", "Sam's one", "Sam's latte", or the Spanish "el de Sam" (Sam's)."""
        for place, item, name in self._owners:
            length = self._named(at, name)
            if not length or not self._means_cup(at) or self._is_of_another(at + length - 1):
                continue
            after = self.atoms[at + length : at + length + 1]
            drinks = [meaning.name for atom in after for meaning in atom.meanings if meaning.kind is Kind.DRINK]
            if drinks and item.drink not in drinks:
                continue
            return length + (bool(drinks) or any(map(self._stands_for_cup, after))), place
        return 0, 0

    def _is_of_another(self, at: int) -> bool:
        """Return whether the name only tells who another person is: "Sam's mate Will wants a tea"."""
        possessive = self.tokens[self.atoms[at].end - 1].raw.lower().endswith("'s")
        wants = [atom.kind for atom in self.atoms[at + 1 : at + 4]]
        return possessive and wants[:1] in ([Kind.COMMON], [Kind.UNKNOWN], [Kind.FILLER]) and Kind.WANTS in wants

    @cached_property
    def _owners(self) -> Sequence[tuple[int, Item, tuple[str, ...]]]:
        """The cups that have a name: for each, its position in the order, its item, and the words of the name."""
        owned = ((place, item, item.name or self.owner) for place, item in enumerate(self.cups, start=1))
        return [(place, item, folded(name)) for place, item, name in owned if name]

    def _denied_owner(self, at: int) -> int:
        """Return the number of words (atoms) of the owner's name in "not Max", if all cups are Max's; 0 for other
        words.

        Such a text corrects the name, as "wrong name" does, and drops no cup."""
        if self._kind(at) is not Kind.NO or not self.owner or any(item.name for item in self.order):
            return 0
        orders = any(atom.kind in ON_MENU or atom.kind is Kind.WANTS for atom in self.atoms)
        names = any(atom.kind in _INTRODUCE for atom in self.kept)
        return 0 if orders or names else self._named(at + 1, folded(self.owner))

    def _named(self, at: int, name: tuple[str, ...]) -> int:
        """Return the number of words (atoms) that spell this name, with or without a possessive "s"; 0 if they spell
        something else."""
        end = at + len(name)
        tokens = [token for atom in self.atoms[at:end] for token in self.tokens[atom.start : atom.end]]
        said, spelt = " ".join(token.text for token in tokens), " ".join(name)
        if said == f"{spelt}s":
            return len(name)
        if " ".join(token.raw for token in tokens).lower().startswith(self.lexicon.table.elided):
            # Cut off the preposition that is glued to the name: "d'" in the French "celui d'Inès" (Inès's).
            said = said[1:]
        return len(name) if said == spelt and self._kind(at) not in ON_MENU else 0

    def _kept_for(self, at: int, start: int) -> tuple[int, int]:
        """Find the cup in "the one for Zoe". The owner's name begins at `start`."""
        for place, item in enumerate(self.cups, start=1):
            length = self._named(start, folded(item.name or ""))
            if length:
                return start + length - at, place
        return 0, 0

    def _means_cup(self, at: int) -> bool:
        """Return whether the name at `at` stands for a cup. It does in "Sam's with oat", but not in "a mocha for Sam"
        or "it's Sam"."""
        before = self.kept[-1].kind if self.kept else None
        if any(atom.kind in _INTRODUCE for atom in self.kept):
            # After words that introduce a name, no name means a cup: "My name is Ava, not Ada" drops nothing.
            return False
        if self.is_dropping:
            return True
        begins = next((n for n in range(len(self.kept), 0, -1) if self.kept[n - 1].kind in BREAKS), 0)
        since = {atom.kind for atom in self.kept[begins:]}
        if before is Kind.FOR:
            return Kind.OPTION in since and since.isdisjoint(_FURTHER)
        return self._says_more(at + 1)

    def _is_mine(self, text: str) -> bool:
        return text in self.lexicon.table.mine

    def _nameless(self) -> int:
        """Return the position of the only cup without a name, if all other cups have names; 0 otherwise."""
        without = [place for place, item in enumerate(self.cups, start=1) if not item.name]
        return without[0] if len(without) == 1 < len(self.cups) else 0

    def _says_more(self, end: int) -> bool:
        """Return whether the text says how the cup changes, as "with oat" does in "Sam's with oat". `end`: the position
        after the words that mean the cup ("Sam's")."""
        return any(atom.kind in _SAYS for atom in (*self.kept, *self.atoms[end:]))
