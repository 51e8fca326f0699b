"""Finds names for the cup: "for April", "name's Priya", "- Basil"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.name_words import AFTER_NAMES, ENDS, LONGEST_NAME, NameWords
from orders.parser.relations import with_relations
from orders.parser.words import Token, as_name

NAMES = frozenset({Kind.NAME, Kind.OWNER})
_STARTS = frozenset({*ENDS, Kind.AND})
#: Kinds of atoms that may stand right before a name that no word introduces.
_DESCRIBED = frozenset({Kind.DRINK, Kind.OPTION, Kind.FILLER})
_SMALL = frozenset({Kind.FILLER, Kind.COMMON})
_ORDERING = frozenset({Kind.DRINK, Kind.OPTION, Kind.NUMBER, Kind.ARTICLE})
#: Kinds of atoms that may stand between "Dan's" and the drink.
_OF_DRINK = frozenset({Kind.OPTION, Kind.NUMBER, Kind.GROUP, Kind.EXTRA, Kind.LIGHT, Kind.UNKNOWN, Kind.COMMON})
#: Kinds of atoms that may stand between "name" and the name itself.
_BEFORE_NAME = frozenset({*ENDS, Kind.BEING, Kind.CALLED})
#: The most words of a line that ends a letter.
_LONGEST_CLOSING = 4
#: Kinds of words that mean a person and may stand before a name in brackets: "for me (Ivan)".
_PERSON = frozenset({Kind.FILLER, Kind.COMMON, Kind.IT})
_AFTER_HERE = frozenset({*ENDS, Kind.ASK, Kind.ARTICLE, Kind.NUMBER, Kind.FILLER, Kind.AND})
#: Kinds of verbs that may stand before "Dan as the name".
_PUTTING = frozenset({Kind.COMMON, Kind.ASK, Kind.ADD, Kind.MAKE})
#: Kinds of words that may be a name without an introduction.
_WORDS = frozenset({Kind.UNKNOWN, Kind.COMMON})
#: Kinds of atoms without which a text names nobody.
_NAMING = _WORDS | {Kind.FOR, Kind.CALLED}
#: Kinds of atoms that may introduce a name.
_INTRODUCING = frozenset({*ENDS, Kind.CALLED, Kind.BEING, Kind.HERE, Kind.FOR, Kind.NUMBER})
#: The kinds that these atoms get if they introduce no name.
_OTHERWISE = {Kind.WANTS: Kind.ASK, Kind.HERE: Kind.FILLER}


@dataclass(frozen=True, slots=True)
class _Reader(NameWords):
    def found(self) -> list[Atom]:
        kept: list[Atom] = []
        signs = any(atom.kind is Kind.HERE for atom in self.atoms)
        at = 0
        while at < len(self.atoms):
            kind = self.atoms[at].kind
            start, length = self._introduced(at)
            if length:
                names, end = self._with_others(at, start, start + length)
                # In "tea for Ann: large. mocha for Bob: small" each name belongs to the drink before it.
                heads = (self._heads(end) and not self._is_in_part(Kind.DRINK, at)) or self._precedes(at, end)
                owns = len(names) == 1 and heads
                kept.append(self._name(Kind.OWNER if owns else Kind.NAME, at, end, names))
                at = self._past_denied(at, end)
            elif signs and (length := self._signed(at)):
                kept.append(self._name(Kind.NAME, at, at + length + 1, [self._spelt(at, at + length)]))
                at += length + 1
            elif kind is Kind.AS_NAME and (length := self._labelled(at)):
                kept = kept[:-length]
                while kept and kept[-1].kind in _PUTTING:
                    kept.pop()
                kept.append(self._name(Kind.NAME, at - length, at + 1, [self._spelt(at - length, at)]))
                at += 1
            elif kind is Kind.THE and (end := self._related(at)):
                kept.append(self._name(Kind.OWNER, at, end, [self._spelt(self._past_relation(at), end)]))
                at = end
            elif kind is Kind.FOR and (after := self._after_somebody(at)):
                at = after
                if kept and kept[-1].kind is Kind.SAME:
                    # "the same for my colleague, but soy" orders another cup.
                    kept[-1] = kept[-1]._replace(kind=Kind.ANOTHER)
                    at += at < len(self.atoms) and self.atoms[at].kind is Kind.BUT
            elif kind in _WORDS and (length := self._follows(at)):
                kept.append(self._name(Kind.NAME, at, at + length, [self._spelt(at, at + length)]))
                at += length
            elif kind in _WORDS and (length := self._owner(at) or self._opens(at)):
                kept.append(self._name(Kind.OWNER, at, at + length, [self._spelt(at, at + length)]))
                at += length
            elif kind in _WORDS and (name := self._possessor(at)):
                kept.append(self._name(Kind.OWNER, at, at + 1, [name]))
                at += 1
            else:
                kept.append(self.atoms[at])
                at += 1
        return self._for_all(kept)

    def _past_denied(self, at: int, end: int) -> int:
        """Return the position after a denied name ("not Ada" in "My name is Ava, not Ada"); `end` if no name is
        denied."""
        denied = end + (end < len(self.atoms) and self.atoms[end].kind is Kind.COMMA)
        introduced = self.atoms[at].kind is not Kind.FOR or (at and self.atoms[at - 1].kind is Kind.BEING)
        told = introduced and denied < len(self.atoms) and self.atoms[denied].kind is Kind.NO
        return denied + 1 + length if told and (length := self._length(denied + 1)) else end

    def _for_all(self, kept: list[Atom]) -> list[Atom]:
        """Give the only name to the whole order if it stands before everything else: "Rose, a latte and a tea"."""
        first = next((at for at, atom in enumerate(kept) if atom.kind not in (*ENDS, Kind.FILLER)), None)
        if first is None or first + 1 >= len(kept) or kept[first].kind is not Kind.OWNER:
            return kept
        alone = not any(atom.kind in NAMES for atom in kept[first + 1 :])
        if alone and kept[first + 1].kind in ENDS:
            kept[first] = kept[first]._replace(kind=Kind.NAME)
        return kept

    def _heads(self, at: int) -> bool:
        """Tell whether a colon follows, so that the name stands before its drinks: "for Dan: latte"."""
        return at < len(self.atoms) and self.tokens[self.atoms[at].start].raw == ":"

    def _precedes(self, at: int, end: int) -> bool:
        """Tell whether the name stands before its drink: "for Dan a latte and for Sue a tea"."""
        if self.atoms[at].kind is Kind.COMMA and self.tokens[self.atoms[at].start].raw == "(":
            # "And for me (Ivan) a tea".
            at -= 1 + (at > 1 and self.atoms[at - 2].kind is Kind.FOR)
            end += 1
        begins = not at or self.atoms[at - 1].kind in (*ENDS, Kind.AND, Kind.FILLER, Kind.ASK)
        introduced = self.atoms[at].kind is Kind.FOR or self.atoms[at].text in self.lexicon.table.myself
        if not (begins and introduced) or end >= len(self.atoms):
            return False
        counted = self.atoms[end].kind in (Kind.ARTICLE, Kind.NUMBER)
        ahead = Ahead(self.atoms, self.lexicon)
        if ahead.drink(end + counted) is not None:
            return True
        # The drink may be left out: "and for Dani a small one".
        described = self.atoms[end + 1] if counted and end + 1 < len(self.atoms) else None
        return described is not None and described.kind is Kind.OPTION and not ahead.countable(described)

    def _signed(self, at: int) -> int:
        """Return the length, in atoms, of the sender's name in "Dan here, flat white"; 0 if there is none."""
        places = range(at + 1, min(at + 1 + LONGEST_NAME, len(self.atoms)))
        end = next((end for end in places if self.atoms[end].kind is Kind.HERE), None)
        if end is None or self._length(at) != end - at or not self._begins(at):
            return 0
        return end - at if end + 1 == len(self.atoms) or self.atoms[end + 1].kind in _AFTER_HERE else 0

    def _labelled(self, at: int) -> int:
        """Return the length, in atoms, of the name before `at` in "put Dan as the name"; 0 if there is none."""
        lengths = range(min(LONGEST_NAME, at), 0, -1)
        named = (n for n in lengths if self._length(at - n, foreign=True) >= n)
        return next(named, 0)

    def _begins(self, at: int) -> bool:
        return all(atom.kind in (*ENDS, Kind.FILLER) for atom in self.atoms[:at])

    def _opens(self, at: int) -> int:
        """Return the length of a name that stands before an order ("Rose, large latte"); 0 if there is none.

        A name that is not in a list must have a capital letter, and be neither a word nor a thing to order."""
        token = self.tokens[self.atoms[at].start]
        known = token.text in self.lexicon.table.names
        if not (known or self._foreign(self.atoms[at])) or not self._begins(at):
            return 0
        end = at + self._length(at, lower=True)
        ordered = any(atom.kind is Kind.DRINK for atom in self.atoms[end:])
        return end - at if ordered and self.atoms[end].kind in ENDS else 0

    def _possessor(self, at: int) -> str:
        """Return the owner's name in "Dan's large latte" and "annas latte"; "" if there is none."""
        atom, token, table = self.atoms[at], self.tokens[self.atoms[at].start], self.lexicon.table
        if not self._strange(atom) or not token.text.endswith("s"):
            return ""
        marked = token.raw[-2:].lower() == "'s"
        base = token.text[:-1]
        if base not in table.names and not (
            marked and token.raw[0].isupper() and base not in table.words | table.things
        ):
            return ""
        ahead = next((other.kind for other in self.atoms[at + 1 :] if other.kind not in _OF_DRINK), None)
        return as_name(token.raw[: -2 if marked else -1]) if ahead is Kind.DRINK else ""

    def _name(self, kind: Kind, at: int, end: int, names: Sequence[str]) -> Atom:
        return Atom(kind, self.atoms[at].start, self.atoms[end - 1].end, ", ".join(names), phrase=tuple(names))

    def _with_others(self, at: int, start: int, end: int) -> tuple[list[str], int]:
        """Return every name of a list such as "for Ann, Bob and Cid", and the position after the last name."""
        names = [self._spelt(start, end)]
        # If the first name has a capital letter, an unlisted name must have one too.
        lower = self.tokens[self.atoms[start].start].raw.islower()
        while end + 1 < len(self.atoms) and self.atoms[end].kind in (Kind.COMMA, Kind.AND):
            ahead = end + 1 + (self.atoms[end + 1].kind is Kind.AND)
            length = self._length(ahead, lower=False) or int(lower and self._one_more(ahead))
            following = self.atoms[ahead + length] if ahead + length < len(self.atoms) else None
            if not length or (following is not None and following.kind not in AFTER_NAMES):
                break
            names.append(self._spelt(ahead, ahead + length))
            end = ahead + length
        return names, end

    def _one_more(self, at: int) -> bool:
        """Tell whether one more name of a list stands at `at`. A plural such as "croissants" is no name."""
        if not self._is_name(self.atoms[at], lower=True, foreign=True):
            return False
        token = self.tokens[self.atoms[at].start]
        return token.stem == token.text

    def _begins_part(self, at: int) -> bool:
        if at <= 0 or self.atoms[at - 1].kind in _STARTS:
            return True
        # Small words may stand before the first name: "ok so Fatima wants a chai".
        small = self.atoms[at - 1].kind in _SMALL
        return small and all(atom.kind in _SMALL for atom in self.atoms[: at - 1])

    def _owner(self, at: int) -> int:
        """Return the length of the name at `at` if the person's drink follows ("Dan wants", "Sue:"); 0 otherwise."""
        described = at > 1 and self.atoms[at - 2].kind is Kind.THE and self._begins_part(at - 2)
        if not (described or self._begins_part(at)):
            return 0
        length = self._length(at, lower=False)
        following = self.atoms[at + length] if at + length < len(self.atoms) else None
        if following is None:
            return 0
        if following.kind in _ORDERING and (described or self._listed(at)):
            # A list may have neither a verb nor a colon: "Anna large latte, Ben tea".
            return length
        marked = following.kind is Kind.DASH or self.tokens[following.start].raw == ":"
        return length if following.kind is Kind.WANTS or marked else 0

    def _follows(self, at: int) -> int:
        """Return the length of a listed name right after its drink ("large latte oat Dave"); 0 if there is none."""
        if not at or self.atoms[at - 1].kind not in _DESCRIBED or not self._listed(at):
            return 0
        length = self._length(at, lower=False) or 1
        if not self._ends_name(at + length):
            return 0
        return length if self._is_in_part(Kind.DRINK, at) else 0

    def _is_in_part(self, kind: Kind, at: int) -> bool:
        """Tell whether an atom of this kind stands before `at`, after the last comma, stop, dash or "and"."""
        begins = next((place for place in range(at, 0, -1) if self.atoms[place - 1].kind in _STARTS), 0)
        return any(atom.kind is kind for atom in self.atoms[begins:at])

    def _listed(self, at: int) -> bool:
        """Tell whether the word is a listed first name, and neither a word of the language nor a thing to order."""
        token, table = self.tokens[self.atoms[at].start], self.lexicon.table
        return self.atoms[at].kind is Kind.UNKNOWN and token.text in table.names and token.text not in table.things

    def _introduced(self, at: int) -> tuple[int, int]:
        """Return the position and the length, in atoms, of the name that the words at `at` introduce. The length is 0
        if they introduce no name."""
        kind = self.atoms[at].kind
        if kind not in _INTRODUCING:
            return self._introduced_by_word(at)
        if kind is Kind.CALLED:
            # More introducing words and signs may follow: "My name? It's Theo", "Wrong name, I'm called Theo".
            start = self._past_introduction(at + 1)
            if start < len(self.atoms) and self.atoms[start].kind is Kind.NO and (denied := self._length(start + 1)):
                # "My name's not Bo, it's Al"
                start = self._past_introduction(start + 1 + denied)
            return start, self._length(start, sure=True, foreign=True)
        if kind is Kind.BEING and self._owns_something(at + 1):
            return at, 0
        if kind is Kind.BEING or (kind is Kind.HERE and self._begins(at)):
            # "im starving" introduces no name, so the next word must look like a name.
            return at + 1, self._length(at + 1, lower=False)
        if kind is Kind.FOR:
            if length := self._titled(at + 1):
                return at + 1, length
            start = self._past_relation(at + 1)
            length = self._length(start, lower=start == at + 1 or self._has_article(at + 1), foreign=True)
            return start, length or int(self._is_initial(start))
        if kind is Kind.NUMBER and at and self.atoms[at].text == self.lexicon.table.digit_for:
            return at + 1, self._person(at + 1)
        if kind is Kind.COMMA and (length := self._bracketed(at)):
            return at + 1, length
        if kind in ENDS and at and self._closes_with_name(at + 1):
            return at, 0
        if kind in ENDS and at:
            length = self._length(at + 1, lower=kind is Kind.DASH)
            if not length and self.tokens[self.atoms[at].start].raw == ":":
                length = self._length(at + 1, lower=self._lists(at + 1), foreign=True)
            _, end = self._with_others(at, at + 1, at + 1 + length) if length else ([], at + 1)
            return at + 1, length if self._is_last(end) or (length and self._is_of_drink(at, end)) else 0
        return at, 0

    def _introduced_by_word(self, at: int) -> tuple[int, int]:
        """Return the same for a preposition and for a line that ends a letter."""
        if self.atoms[at].text in self.lexicon.table.before_name and 0 < at < len(self.atoms) - 1:
            # A preposition introduces a name at the end of the text or before a sign: "… bitte, auf Markus".
            last = self._is_last(at + 2) or self.atoms[at + 2].kind in ENDS
            return at + 1, int(last and (self._foreign(self.atoms[at + 1]) or self._listed(at + 1)))
        if at and self._closes_with_name(at):
            end = self._farewell(at)
            length = self._length(end)
            return end, length if self._is_last(end + length) else 0
        return at, 0

    def _past_introduction(self, at: int) -> int:
        while at < len(self.atoms) and self.atoms[at].kind in _BEFORE_NAME:
            at += 1
        return at

    def _owns_something(self, at: int) -> bool:
        """Tell whether the word at `at` is a possessive: "it's INGRID'S birthday"."""
        said = self.tokens[self.atoms[at].start].raw.lower() if at + 1 < len(self.atoms) else ""
        return said.endswith("'s") and self.atoms[at + 1].kind not in ENDS

    def _closes_with_name(self, at: int) -> bool:
        """Tell whether a line that ends a letter stands at `at`: "Atentamente, Gonzalo"."""
        known = at < len(self.atoms) and self.tokens[self.atoms[at].start].text in self.lexicon.table.parting
        return known and self._farewell(at) > 0

    def _farewell(self, at: int) -> int:
        """Return the position after a line that ends a letter ("lg", "kind regards,"); 0 if there is none at `at`."""
        start = self.atoms[at].start
        for end in range(at + 1, len(self.atoms)):
            said = " ".join(token.text for token in self.tokens[start : self.atoms[end].start])
            if said in self.lexicon.table.farewells:
                return end + (self.atoms[end].kind is Kind.COMMA)
            if end > at + _LONGEST_CLOSING:
                break
        return 0

    def _is_of_drink(self, at: int, end: int) -> bool:
        """Tell whether the name between two signs belongs to the drink before it: "mocha, Ann; tea, Bob"."""
        goes_on = any(atom.kind is Kind.DRINK for atom in self.atoms[end:]) and self.atoms[end].kind in ENDS
        if not (goes_on and self._is_in_part(Kind.DRINK, at)):
            return False
        first = next(at for at, atom in enumerate(self.atoms) if atom.kind is Kind.DRINK)
        return not any(self._is_name(atom, lower=False) for atom in self.atoms[:first])

    def _bracketed(self, at: int) -> int:
        """Return the length of the name in brackets in "for me (Ivan)"; 0 if there is none."""
        raw = self.tokens[self.atoms[at].start].raw
        before = self.atoms[at - 1]
        person = before.kind in _PERSON or before.text in self.lexicon.table.myself
        if raw != "(" or not at or not person or at + 1 == len(self.atoms):
            return 0
        length = self._length(at + 1, lower=self.atoms[at + 1].kind is Kind.UNKNOWN)
        closes = at + length + 1 < len(self.atoms) and ")" in self.tokens[self.atoms[at + length + 1].start].raw
        return length if closes else 0

    def _past_relation(self, at: int) -> int:
        """Return the position of the name after the words for a person: "for my colleague Anna", "für die kleine Mia".
        Return `at` if there are no such words."""
        start = at + (at < len(self.atoms) and self.atoms[at].kind is Kind.THE)
        words = self.atoms[start : start + 2]
        if start > at and words and self._is_name(words[0], lower=self._has_article(at)):
            # Only an article stands before the name: "für die Lisa".
            return start
        if len(words) < 2 or not self._is_name(words[1], lower=False):
            return at
        related = words[0].kind is Kind.COMMON or (start > at and words[0].kind is Kind.FILLER)
        return start + 1 if related or self._is_size(words[0]) else at

    def _has_article(self, at: int) -> bool:
        """Tell whether a person's article and an unknown word stand at `at`: German "für DEN ALI"."""
        kinds = [atom.kind for atom in self.atoms[at : at + 2]]
        if kinds != [Kind.THE, Kind.UNKNOWN] or self.atoms[at].text not in self.lexicon.table.pronouns:
            return False
        if self._heads(at + 2):
            # "Für die Panelisten: …" names nobody.
            return False
        counted = at + 2 < len(self.atoms) and self.atoms[at + 2].kind in (Kind.ARTICLE, Kind.NUMBER)
        return self._ends_name(at + 2) or Ahead(self.atoms, self.lexicon).drink(at + 2 + counted) is not None

    def _related(self, at: int) -> int:
        """Return the position after "my colleague Sarah" in "my colleague Sarah a mocha", where the mocha is hers.

        Return 0 if no such words begin at `at`."""
        start = self._past_relation(at)
        length = self._owner(start) if self._begins_part(at) else 0
        return start + length if length else 0

    def _after_somebody(self, at: int) -> int | None:
        """Return the position after "for my kid", which contains no name; None if no such words stand at `at`."""
        words = [atom.kind for atom in self.atoms[at + 1 : at + 3]]
        if len(words) == 2 and words[0] is Kind.THE and words[1] in (Kind.UNKNOWN, Kind.COMMON):
            return at + 3
        return None

    def _lists(self, at: int) -> bool:
        """Tell whether a comma or "and" follows, so that single words may be names: "3 teas: sam, alex and jo"."""
        rest = [atom.kind for atom in self.atoms[at:]]
        return any(kind in (Kind.COMMA, Kind.AND) for kind in rest)


def find_names(atoms: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon) -> list[Atom]:
    """Return the atoms, with each name and the words that introduce it merged into one atom."""
    if lexicon.table.for_me:
        atoms = with_relations(atoms, tokens, lexicon)
    found: Sequence[Atom] = atoms
    if not _NAMING.isdisjoint([atom.kind for atom in atoms]):
        found = _Reader(atoms, tokens, text, lexicon).found()
    return [atom._replace(kind=_OTHERWISE[atom.kind]) if atom.kind in _OTHERWISE else atom for atom in found]
