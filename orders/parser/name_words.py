"""Decides which words of a text can be a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orders.parser.atoms import Atom, Kind
from orders.parser.languages import LANGUAGES
from orders.parser.lexicon import Lexicon
from orders.parser.words import Token, as_name

ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
#: Word kinds allowed after the last name in a list such as "for Ann and Bob". None is the end of the text.
AFTER_NAMES: frozenset[Kind | None] = frozenset({None, *ENDS, Kind.AND, Kind.FILLER, Kind.WITH, Kind.NO, Kind.ALL})
#: Words of these kinds can be a name, or a part of one, after "for": "for Big Mike".
_NAMING = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY, Kind.COMMON, Kind.FILLER})
_ON_MENU = frozenset({Kind.DRINK, Kind.OPTION})
_EXCHANGING = frozenset({Kind.SWAP, Kind.MAKE, Kind.TO, Kind.INSTEAD, Kind.INSTEAD_OF})
_NO_WORD = frozenset({*ENDS, Kind.NUMBER, Kind.FILLER, Kind.ASK, Kind.ARTICLE, Kind.THE, Kind.NO, Kind.FOR})
#: Words of these kinds can be a name without an introducing word such as "for".
WORDS = frozenset({Kind.UNKNOWN, Kind.COMMON})
_PARTICLES = frozenset({Kind.OPTION, *WORDS})
POLITE = frozenset({*ENDS, Kind.FILLER})
LONGEST_NAME = 3
_NOTHING = Token("stop", "", "", 0, 0)


@dataclass(frozen=True, slots=True)
class NameWords:
    atoms: Sequence[Atom]
    tokens: Sequence[Token]
    text: str
    lexicon: Lexicon

    def _kind(self, at: int) -> Kind | None:
        """Return the kind of the word or phrase (atom) at index `at`; None if the index is out of range."""
        return self.atoms[at].kind if 0 <= at < len(self.atoms) else None

    def _token(self, at: int) -> Token:
        """Return the first token of the word or phrase at index `at`; an empty token if the index is out of range."""
        return self.tokens[self.atoms[at].start] if 0 <= at < len(self.atoms) else _NOTHING

    def _raw(self, at: int) -> str:
        return self._token(at).raw

    def _titled(self, at: int) -> int:
        """Return the number of words of a name that begins with a menu word or an everyday word; 0 if there is no such
        name at `at`.

        The word must have a capital letter ("for Big Mike"). After a title, a capitalized menu word is a name too: "for
        Mrs Small"."""
        kind, raw = self._kind(at), self._raw(at)
        titled = self._token(at).text in self.lexicon.table.titles and self._raw(at + 1).istitle()
        if titled and self._kind(at + 1) in _ON_MENU and self._ends_name(at + 2):
            return 2
        if kind not in _NAMING or not raw.istitle() or self.atoms[at].end > self.atoms[at].start + 1:
            return 0
        # German writes every noun with a capital letter, so "Kollegin" in "für Kollegin Anna" is no part of the name.
        noun = kind is Kind.COMMON and LANGUAGES[self.lexicon.table.code].capitals
        if rest := self._length(at + 1, lower=False):
            return 0 if noun else rest + 1
        return int(kind is not Kind.COMMON and self._ends_name(at + 1) and self._small_drink(at))

    def _ends_name(self, at: int) -> bool:
        return self._kind(at) in AFTER_NAMES

    def _small_drink(self, at: int) -> bool:
        """Return whether the last drink before index `at` is typed in small letters, and the text exchanges no drinks.

        Then the capital letter in "large latte for Mocca" shows that a person is called Mocca. In "swap the latte for
        Mocca" it shows nothing."""
        before = self.atoms[:at]
        lower = [self.tokens[atom.start].raw[0].islower() for atom in before if atom.kind is Kind.DRINK]
        return lower[-1:] == [True] and _EXCHANGING.isdisjoint([atom.kind for atom in before])

    def _is_size(self, at: int) -> bool:
        return self._kind(at) is Kind.OPTION and self.lexicon.is_size(self.atoms[at].meanings)

    def _is_last_initial(self, at: int) -> bool:
        return self._kind(at) in WORDS and self._is_initial(at) and self._ends_name(at + 1)

    def _is_initial(self, at: int) -> bool:
        """Return whether the word is a single capital letter, such as "S" in "for S"."""
        raw = self._raw(at)
        return len(raw) == 1 and raw.isupper()

    def _length(self, at: int, *, sure: bool = False, lower: bool = True, foreign: bool = False) -> int:
        first = self._raw(at)
        length = words = 0
        for atom in self.atoms[at:]:
            particle = self._is_particle(at + length)
            # A second name in small letters, such as "ann" in "mary ann", is accepted only at the end of the text.
            small = lower and (not length or (first.islower() and self._is_last(at + length + 1)))
            told = sure and not length and self._may_be_name(atom)
            named = particle or told or self._hyphened(atom) or self._is_name(atom, lower=small, foreign=foreign)
            # In "Tom H", the initial belongs to the name. In "Tom L", the letter is on the menu, as the size "large".
            named |= length > 0 and self._is_last_initial(at + length)
            if words == LONGEST_NAME or not named:
                break
            length, words = length + 1, words + (not particle)
        return length

    def _is_particle(self, at: int, *, inside: bool = False) -> bool:
        """Return whether the word at `at` is a surname particle, such as "van" in "for Anna van Dyke".

        The word can be on the menu too, where "van" is short for vanilla. `inside`: the word before is already a
        particle."""
        token, after = self._token(at), self._token(at + 1)
        if token.text not in self.lexicon.table.name_particles or not (inside or self._kind(at) in _PARTICLES):
            return False
        surname = after.raw[:1].isupper() and self._kind(at + 1) in WORDS
        return token.raw.islower() and (surname or self._is_particle(at + 1, inside=True))

    def _may_be_name(self, atom: Atom) -> bool:
        """Return whether the word can be a name after "my name is".

        Menu words are accepted there, and everyday words if they have a capital letter."""
        capital = self.tokens[atom.start].raw[0].isupper()
        return capital if atom.kind is Kind.COMMON else atom.kind not in _NO_WORD

    def _hyphened(self, atom: Atom) -> bool:
        return self.text[self.tokens[atom.start - 1].end : self.tokens[atom.start].start] == "-"

    def _is_name(self, atom: Atom, *, lower: bool, foreign: bool = False) -> bool:
        """Return whether the word can be a name.

        `lower`: accept small letters also if the word is not in the list of first names. `foreign`: accept a known word
        if it belongs to another language only, such as "jo" in "for jo"."""
        token, table = self.tokens[atom.start], self.lexicon.table
        if token.kind != "word" or atom.end != atom.start + 1 or len(token.text) < 2:
            return False
        if atom.kind is Kind.UNKNOWN or (foreign and self._strange(atom)):
            return (lower and token.text not in table.things) or token.text in table.names or token.raw[0].isupper()
        return atom.kind is Kind.COMMON and token.text in table.names

    def _strange(self, atom: Atom) -> bool:
        """Return whether the word is not known in the language of the text."""
        return atom.kind in WORDS and self.tokens[atom.start].text not in self.lexicon.table.words

    def _spelt(self, start: int, end: int) -> str:
        first, last = self.tokens[self.atoms[start].start], self.tokens[self.atoms[end - 1].end - 1]
        return as_name(self.text[first.start : last.end].removesuffix("'s"))

    def _is_last(self, at: int) -> bool:
        return all(atom.kind in POLITE for atom in self.atoms[at:])
