"""Tells which words of a text can be a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orders.parser.atoms import Atom, Kind
from orders.parser.languages import LANGUAGES
from orders.parser.lexicon import Lexicon
from orders.parser.phrases import every_table
from orders.parser.words import Token, as_name

ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
#: Kinds of atoms that may follow the last name of a list.
AFTER_NAMES = frozenset({*ENDS, Kind.AND, Kind.FILLER, Kind.WITH, Kind.NO, Kind.ALL})
#: Kinds of atoms that may also be a name, or a part of a name, after "for".
_NAMING = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY, Kind.COMMON, Kind.FILLER})
_EXCHANGING = frozenset({Kind.SWAP, Kind.MAKE, Kind.TO, Kind.INSTEAD, Kind.INSTEAD_OF})
_NO_WORD = frozenset({*ENDS, Kind.NUMBER, Kind.FILLER, Kind.ASK, Kind.ARTICLE, Kind.THE, Kind.NO, Kind.FOR})
LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class NameWords:
    atoms: Sequence[Atom]
    tokens: Sequence[Token]
    text: str
    lexicon: Lexicon

    def _foreign(self, atom: Atom) -> bool:
        """Tell whether the word has a capital letter and is in no word list of any language: "Zoltan", unlike
        "Babyccino" and "Bonjour"."""
        token = self.tokens[atom.start]
        if atom.kind is not Kind.UNKNOWN or not token.raw[0].isupper() or token.raw.isupper():
            return False
        return not any(token.text in table.words or token.text in table.things for table in every_table())

    def _titled(self, at: int) -> int:
        """Return the length of a name that begins with a menu word or an everyday word ("for Big Mike"); 0 without
        one."""
        first = self.atoms[at : at + 1]
        if not first or first[0].kind not in _NAMING or first[0].end > first[0].start + 1 or not self._capital(at):
            return 0
        rest = self._length(at + 1, lower=False) if at + 1 < len(self.atoms) and self._capital(at + 1) else 0
        if rest:
            noun = LANGUAGES[self.lexicon.table.code].capitals and first[0].kind is Kind.COMMON
            return 0 if noun else rest + 1
        return int(first[0].kind is not Kind.COMMON and self._ends_name(at + 1) and self._small_drink(at))

    def _capital(self, at: int) -> bool:
        raw = self.tokens[self.atoms[at].start].raw
        return raw[:1].isupper() and not raw.isupper()

    def _ends_name(self, at: int) -> bool:
        return at >= len(self.atoms) or self.atoms[at].kind in AFTER_NAMES

    def _small_drink(self, at: int) -> bool:
        """Tell whether a drink in small letters stands before, so that "Mocca" is a name in "large latte for Mocca"."""
        before = self.atoms[:at]
        drinks = [atom for atom in before if atom.kind is Kind.DRINK]
        exchanges = any(atom.kind in _EXCHANGING for atom in before)
        return bool(drinks) and not exchanges and self.tokens[drinks[-1].start].raw[:1].islower()

    def _person(self, at: int) -> int:
        """Return the length of a person's name; 0 for words that may also be a thing."""
        length = self._length(at, lower=False)
        return length if length and self.tokens[self.atoms[at].start].text not in self.lexicon.table.things else 0

    def _is_size(self, atom: Atom) -> bool:
        sizes = (self.lexicon.groups[meaning.group].role == "size" for meaning in atom.meanings)
        return atom.kind is Kind.OPTION and all(sizes)

    def _is_initial(self, at: int) -> bool:
        """Tell whether a single letter is an initial, as in "for S". It may be a size elsewhere."""
        if at >= len(self.atoms):
            return False
        token = self.tokens[self.atoms[at].start]
        alone = at + 1 == len(self.atoms) or self.atoms[at + 1].kind in AFTER_NAMES
        return alone and len(token.raw) == 1 and token.raw.isupper()

    def _length(self, at: int, *, sure: bool = False, lower: bool = True, foreign: bool = False) -> int:
        length, first = 0, self.tokens[self.atoms[at].start].raw if at < len(self.atoms) else ""
        while length < LONGEST_NAME and at + length < len(self.atoms):
            atom = self.atoms[at + length]
            if length and self._hyphened(atom):
                length += 1
                continue
            # A second name in small letters ("mary ann") counts only at the end of the text.
            small = lower and (not length or (self._is_last(at + length + 1) and first.islower()))
            fits = self._is_name(atom, lower=small, foreign=foreign)
            if not fits and not (sure and not length and self._may_be_name(atom)):
                break
            length += 1
        return length

    def _may_be_name(self, atom: Atom) -> bool:
        """Tell whether the word can be a name after "my name is".

        There, menu words can be names, and so can everyday words with a capital letter."""
        if atom.kind is Kind.COMMON:
            return self.tokens[atom.start].raw[0].isupper()
        return atom.kind not in _NO_WORD

    def _hyphened(self, atom: Atom) -> bool:
        return self.text[self.tokens[atom.start - 1].end : self.tokens[atom.start].start] == "-"

    def _is_name(self, atom: Atom, *, lower: bool, foreign: bool = False) -> bool:
        """Tell whether the word is a name.

        `lower`: the word may be in small letters. `foreign`: a word of another language may be a name, as in "for
        jo"."""
        token, table = self.tokens[atom.start], self.lexicon.table
        if token.kind != "word" or atom.end != atom.start + 1 or len(token.text) < 2:
            return False
        if atom.kind is Kind.UNKNOWN or (foreign and self._strange(atom)):
            return (lower and token.text not in table.things) or token.text in table.names or token.raw[0].isupper()
        return atom.kind is Kind.COMMON and token.text in table.names

    def _strange(self, atom: Atom) -> bool:
        """Tell whether the word belongs to no language, or to another language than the text."""
        said = self.tokens[atom.start].text in self.lexicon.table.words
        return atom.kind is Kind.UNKNOWN or (atom.kind is Kind.COMMON and not said)

    def _spelt(self, start: int, end: int) -> str:
        first, last = self.tokens[self.atoms[start].start], self.tokens[self.atoms[end - 1].end - 1]
        return as_name(self.text[first.start : last.end])

    def _is_last(self, at: int) -> bool:
        return all(atom.kind in ENDS or atom.kind is Kind.FILLER for atom in self.atoms[at:])
