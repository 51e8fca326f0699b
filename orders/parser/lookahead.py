"""Looks ahead in a text to find what a number or an amount belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.reading import Intent

BREAKS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH, Kind.AND, Kind.OR})
#: Kinds that can end a noun phrase: the breaks above, or None for the end of the text.
ENDS: frozenset[Kind | None] = frozenset({None, *BREAKS})
#: Kinds of small words that can stand between a number and the word that it counts.
_TRANSPARENT = frozenset(
    {Kind.UNIT, Kind.FILLER, Kind.EXTRA, Kind.LIGHT, Kind.TIMES, Kind.OF_THEM, Kind.THE, Kind.GROUP}
)
#: Kinds of adjectives that can stand between a number and the word that it counts.
_DESCRIBING = frozenset({Kind.UNKNOWN, Kind.COMMON, Kind.UNIT})
#: How many words (atoms) on each side of a group's name are searched for a phrase that means "any will do", such as the
#: Spanish "me da igual".
_LONGEST_ANY = 4
#: Kinds of words that can stand before the drink in a noun phrase.
_BEFORE_DRINK = frozenset(
    {Kind.OPTION, Kind.UNIT, Kind.UNKNOWN, Kind.EXTRA, Kind.LIGHT, Kind.FILLER, Kind.GROUP, Kind.TIMES}
)


@dataclass(slots=True)
class Ahead:
    atoms: Sequence[Atom]
    lexicon: Lexicon

    def kind(self, at: int) -> Kind | None:
        """Return the kind of the atom at `at`; None before the first atom and after the last."""
        return self.atoms[at].kind if 0 <= at < len(self.atoms) else None

    def counted(self, at: int) -> tuple[int, bool]:
        """Return the position of the word that the number at `at` can count, and whether a unit stands before that
        word: "pumps of" in "2 pumps of vanilla"."""
        ahead = at + 1
        unit = False
        while self.kind(ahead) in _TRANSPARENT:
            unit |= self.atoms[ahead].kind is Kind.UNIT
            ahead += 1
        described = ahead
        while self.kind(described) in _DESCRIBING:
            described += 1
        if any(map(self.countable, self.atoms[described : described + 1])):
            # Adjectives can stand before the counted option: "2 packets of raw sugar", "2 white sugars".
            return described, unit
        linked = self.atoms[ahead + 1 : ahead + 2]
        # A preposition can stand before the counted option: "dos de azúcar" (two sugars).
        links = any(map(self.countable, linked)) and self.atoms[ahead].text in self.lexicon.table.linking
        return ahead + links, unit

    def drink(self, at: int) -> Atom | None:
        """Return the drink at the end of the noun phrase from `at` on; None if this phrase has no drink."""
        for atom in self.atoms[at:]:
            if atom.kind is Kind.DRINK:
                return atom
            if atom.kind not in _BEFORE_DRINK:
                return None
        return None

    def describes(self, at: int) -> bool:
        """Return whether the option at `at` describes the drink after it. In "latte with lemon small tea", "small"
        does: it is the size of the tea."""
        said = self.atoms[at : at + 1]
        if not said or said[0].kind is not Kind.OPTION or self.drink(at) is None:
            return False
        groups = [self.lexicon.groups[meaning.group] for meaning in said[0].meanings]
        return all(group.choose == "one" and group.role != "milk" for group in groups)

    def left_to_us(self, at: int) -> bool:
        """Return whether the words beside the group's name at `at` say that any option will do: "any size"."""
        before = [atom.text for atom in self.atoms[max(at - _LONGEST_ANY, 0) : at]]
        after = [atom.text for atom in self.atoms[at + 1 : at + 1 + _LONGEST_ANY]]
        spoken = [before[n:] for n in range(len(before))] + [after[:n] for n in range(1, len(after) + 1)]
        return any(tuple(" ".join(words).split()) in self.lexicon.table.indifferent for words in spoken)

    def is_answer_no(self, atom: Atom) -> bool:
        """Return whether this word alone can answer no to a question. "No" can, "not" cannot."""
        return self.lexicon.table.messages.get((atom.text,)) is Intent.NO

    def ends(self, at: int) -> bool:
        """Return whether the atom at `at` ends its noun phrase: a comma, an "and", a filler word or the end of the text
        follows."""
        return self.kind(at + 1) in (*ENDS, Kind.FILLER)

    def is_about_everything(self, end: int) -> bool:
        """Return whether the words before `end` speak of all drinks: "alles außer dem Tee" (all but the tea)."""
        everything = self.lexicon.table.everything
        return any(atom.kind is Kind.ALL or atom.text.split()[0] in everything for atom in self.atoms[:end])

    def is_about_cups(self, at: int) -> bool:
        """Return whether the "and" or "but" at `at` begins words about cups that are already ordered: "and two of
        them", "and the latte", "but one"."""
        kinds = [atom.kind for atom in self.atoms[at + 1 : at + 3]]
        but = self.lexicon.table.kind((self.atoms[at].text,)) is Kind.BUT
        return kinds[1:] == [Kind.OF_THEM] or kinds == [Kind.THE, Kind.DRINK] or but

    def countable(self, atom: Atom) -> bool:
        return atom.kind is Kind.OPTION and any(self.lexicon.amounts(meaning) for meaning in atom.meanings)
