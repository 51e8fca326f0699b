"""Finds the names to write on cups, as in "for April", "name's Priya" and "- Basil"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.languages import LANGUAGES
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.name_words import ENDS, LONGEST_NAME, POLITE, WORDS, NameWords
from orders.parser.phrases import every_table
from orders.parser.relations import with_relations
from orders.parser.words import Token, as_name

NAMES = frozenset({Kind.NAME, Kind.OWNER})
#: Word kinds allowed before a part of the text that is about one person, such as "Ann wants tea". None is the beginning
#: of the text.
_STARTS: frozenset[Kind | None] = frozenset({None, *ENDS, Kind.AND})
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER})
#: If one of these word kinds follows, German "für den Kleinen" (for the little one) means a child.
_AFTER_CHILD = frozenset({*_STARTS, *_COUNTS})
_BEFORE_OWNER = frozenset({*_STARTS, Kind.FILLER, Kind.ASK})
_SMALL = frozenset({Kind.FILLER, Kind.COMMON})
_ORDERED = frozenset({Kind.DRINK, Kind.OPTION})
_AFTER_THANKS = WORDS | {Kind.FILLER}
_ORDERING = frozenset({Kind.DRINK, Kind.OPTION, Kind.NUMBER, Kind.ARTICLE})
#: Word kinds allowed between the owner and the drink, such as "large" in "Dan's large latte".
_OF_DRINK = frozenset({Kind.OPTION, Kind.NUMBER, Kind.GROUP, Kind.EXTRA, Kind.LIGHT, Kind.UNKNOWN, Kind.COMMON})
#: Word kinds allowed between "my name" and the name itself, as in "my name? it's Theo".
_BEFORE_NAME = frozenset({*ENDS, Kind.BEING, Kind.CALLED})
#: Word kinds that can describe a person before the name, such as "colleague" in "for my colleague Anna".
_RELATED = frozenset({Kind.COMMON, Kind.FILLER})
#: Word kinds that can mean a person before a name in brackets, such as "me" in "for me (Ivan)".
_PERSON = frozenset({Kind.FILLER, Kind.COMMON, Kind.IT})
#: Word kinds that follow a name: "here" in "Dan here", "as the name" in "put Dan as the name".
_AFTER_NAME = frozenset({Kind.HERE, Kind.AS_NAME})
#: Kinds of the verb before the name in "put Dan as the name".
_PUTTING = frozenset({Kind.COMMON, Kind.ASK, Kind.ADD, Kind.MAKE})
#: A text without a word of one of these kinds names nobody.
_NAMING = WORDS | {Kind.FOR, Kind.CALLED}
#: Kinds of words and punctuation marks that can introduce a name.
_INTRODUCING = frozenset({*ENDS, Kind.CALLED, Kind.BEING, Kind.HERE, Kind.FOR, Kind.NUMBER})
#: The kinds that "wants" and "here" get if no name stands beside them. "wants" then only asks for something, and
#: "here" is ignored.
_OTHERWISE = {Kind.WANTS: Kind.ASK, Kind.HERE: Kind.FILLER}


@dataclass(frozen=True, slots=True)
class _Reader(NameWords):
    def found(self) -> list[Atom]:
        kept: list[Atom] = []
        at, end_of_text = 0, len(self.atoms)
        while at < end_of_text:
            kind = self.atoms[at].kind
            start, length = self._introduced(at)
            if length:
                names, end = self._with_others(start, start + length)
                # A name before a colon usually belongs to the drink after the colon. But in "tea for Ann: large" it
                # belongs to the tea before it.
                heads = (self._heads(end) and not self._is_after_drink(at)) or self._precedes(at, end)
                kept.append(self._name(Kind.OWNER if heads else Kind.NAME, at, end, names))
                at = self._past_denied(end)
            elif kind in _AFTER_NAME and (length := self._named_before(at)):
                kept = kept[:-length]
                while kept and kept[-1].kind in _PUTTING:
                    kept.pop()
                kept.append(self._name(Kind.NAME, at - length, at + 1, [self._spelt(at - length, at)]))
                at += 1
            elif kind is Kind.AND and (length := self._beside_me(at)):
                kept.append(self._name(Kind.NAME, at, at + 1 + length, [self._spelt(at + 1, at + 1 + length)]))
                at += 1 + length
            elif kind is Kind.FOR and (after := self._after_somebody(at)):
                at = after
                if kept and kept[-1].kind is Kind.SAME:
                    # In "the same for my colleague, but soy", "the same" orders another cup.
                    kept[-1] = replace(kept[-1], kind=Kind.ANOTHER)
                    at += self._kind(at) is Kind.BUT
            elif kind in WORDS and (alone := self._alone(at)):
                kept.append(alone)
                at += alone.end - alone.start
            else:
                kept.append(self.atoms[at])
                at += 1
        return self._for_all(kept)

    def _beside_me(self, at: int) -> int:
        """Return the length of the name after "and" in "for me and Jo"; 0 if there is no name."""
        if not at or self.atoms[at - 1].text not in self.lexicon.table.myself:
            return 0
        length = self._length(at + 1, lower=False)
        return length if self._ends_name(at + 1 + length) else 0

    def _past_denied(self, end: int) -> int:
        """Return the index after a denied name, such as "not Ada" in "My name is Ava, not Ada".

        Return `end`, the index after the first name, if no name is denied."""
        denied = end + (self._kind(end) is Kind.COMMA)
        told = self._kind(denied) is Kind.NO
        return denied + 1 + length if told and (length := self._length(denied + 1)) else end

    def _alone(self, at: int) -> Atom | None:
        """Return the name at index `at` if no word introduces it, as in "Dan's latte"; None if there is no such
        name."""
        if length := self._follows(at):
            return self._name(Kind.NAME, at, at + length, [self._spelt(at, at + length)])
        if length := self._owner(at) or self._opens(at):
            return self._name(Kind.OWNER, at, at + length, [self._spelt(at, at + length)])
        possessor = self._possessor(at)
        return self._name(Kind.OWNER, at, at + 1, [possessor]) if possessor else None

    def _for_all(self, kept: list[Atom]) -> list[Atom]:
        """Give the whole order the name that opens the text, if it is the only name: "Rose, a latte and a tea"."""
        kinds = kinds_of(kept)
        if kinds[0] is Kind.OWNER and kinds[1] in ENDS and NAMES.isdisjoint(kinds[1:]):
            kept[0] = replace(kept[0], kind=Kind.NAME)
        return kept

    def _heads(self, at: int) -> bool:
        """Return whether a colon stands at index `at`. The name in "for Dan: latte" belongs to the drinks after the
        colon."""
        return self._raw(at) == ":"

    def _precedes(self, at: int, end: int) -> bool:
        """Return whether the name belongs to the drink after it, as in "for Dan a latte and for Sue a tea"."""
        if self._raw(at) == "(":
            # In "and for me (Ivan) a tea", the words that introduce the name stand before the bracket.
            at -= 1 + (self._kind(at - 2) is Kind.FOR)
            end += 1
        introduced = self._kind(at) is Kind.FOR or self.atoms[at].text in self.lexicon.table.myself
        if not introduced or self._kind(at - 1) not in _BEFORE_OWNER:
            return False
        counted = self._kind(end) in _COUNTS
        # After the name, a number or an article is enough, because customers leave out the drink: "and for Dani a small
        # one".
        return counted or Ahead(self.atoms, self.lexicon).drink(end) is not None

    def _named_before(self, at: int) -> int:
        """Return the number of words directly before `at` that are a name; 0 if there is no name.

        In "put Dan as the name", the name stands before "as the name". In "Dan here, flat white", it stands before
        "here"."""
        for length in range(min(LONGEST_NAME, at), 0, -1):
            if self._length(at - length, foreign=True) >= length:
                return length if self._kind(at) is Kind.AS_NAME or self._begins(at - length) else 0
        return 0

    def _begins(self, at: int) -> bool:
        return POLITE.issuperset([atom.kind for atom in self.atoms[:at]])

    def _opens(self, at: int) -> int:
        """Return the length of the name at `at` if the text begins with it, as in "Rose, large latte"; 0 otherwise.

        If the name is not in the list of first names, it must have a capital letter and be no known word."""
        end = at + self._person(at)
        opens = self._kind(end) in ENDS and self._begins(at)
        return end - at if opens and any(atom.kind is Kind.DRINK for atom in self.atoms[end:]) else 0

    def _possessor(self, at: int) -> str:
        """Return the name of the drink's owner, as in "Dan's large latte" and "annas latte"; "" if no owner is
        named."""
        token, table = self.tokens[self.atoms[at].start], self.lexicon.table
        base = token.text.removesuffix("s")
        if base == token.text:
            return ""
        marked = token.raw[-2:].lower() == "'s"
        capital = marked and token.raw[0].isupper()
        named = base in table.names or (capital and not table.knows(base))
        ahead = next((other.kind for other in self.atoms[at + 1 :] if other.kind not in _OF_DRINK), None)
        return as_name(token.raw[: -2 if marked else -1]) if named and ahead is Kind.DRINK else ""

    def _name(self, kind: Kind, at: int, end: int, names: Sequence[str]) -> Atom:
        return Atom(kind, self.atoms[at].start, self.atoms[end - 1].end, ", ".join(names), phrase=tuple(names))

    def _with_others(self, start: int, end: int) -> tuple[list[str], int]:
        """Return all names of a list such as "for Ann, Bob and Cid", and the index after the last name."""
        names = [self._spelt(start, end)]
        # If the first name has a capital letter, each unlisted name after it must have one too.
        lower = self._raw(start).islower()
        while self._kind(end) in (Kind.COMMA, Kind.AND):
            ahead = end + 1 + (self._kind(end + 1) is Kind.AND)
            length = self._length(ahead, lower=False) or int(self._one_more(ahead, lower=lower))
            if not length or not self._ends_name(ahead + length):
                break
            names.append(self._spelt(ahead, ahead + length))
            end = ahead + length
        return names, end

    def _one_more(self, at: int, *, lower: bool) -> bool:
        """Return whether the word at index `at` is one more name of a list, although it would be no name outside the
        list.

        `lower`: the first name is in small letters. Then this word can be in small letters too, unless it is
        a plural ("croissants"). Otherwise an everyday word is a name if it has a capital letter."""
        token = self._token(at)
        if not lower:
            noun = LANGUAGES[self.lexicon.table.code].capitals
            return self._kind(at) is Kind.COMMON and token.raw.istitle() and not noun
        return token.stem == token.text and self._length(at, foreign=True) > 0

    def _begins_part(self, at: int) -> bool:
        # Only small words can stand between the beginning of the text and the name: "ok so Fatima wants a chai".
        return self._kind(at - 1) in _STARTS or _SMALL.issuperset([atom.kind for atom in self.atoms[:at]])

    def _owner(self, at: int) -> int:
        """Return the length of the name at index `at` if the person's order follows, as in "Dan wants a tea" and "Sue:
        mocha".

        Return 0 otherwise."""
        described = self._kind(at - 2) is Kind.THE and self._begins_part(at - 2)
        # In "can I get Anna a large latte", the name follows words that ask for something.
        asked = self._kind(at - 1) is Kind.ASK
        if not (described or asked or self._begins_part(at)):
            return 0
        length = self._length(at, lower=False)
        following = self._kind(at + length)
        if following in _ORDERING and (described or self._listed(at)):
            # In a list such as "Anna large latte, Ben tea", neither a verb nor a colon follows the name.
            return length
        return length if following in (Kind.WANTS, Kind.DASH) or self._heads(at + length) else 0

    def _follows(self, at: int) -> int:
        """Return the length of a common first name directly after its drink, as in "large latte oat Dave"; 0 if
        there is none."""
        length = self._length(at, lower=False) if self._listed(at) else 0
        return length if self._ends_name(at + length) and self._is_after_drink(at) else 0

    def _is_after_drink(self, at: int) -> bool:
        """Return whether a drink stands before index `at`, with no comma, full stop, dash or "and" between the drink
        and the index."""
        before = (self._kind(place) for place in range(at - 1, -2, -1))
        return next(kind for kind in before if kind is Kind.DRINK or kind in _STARTS) is Kind.DRINK

    def _listed(self, at: int) -> bool:
        """Return whether the word is in the list of first names. The list has no everyday words and no things to
        order."""
        return self.tokens[self.atoms[at].start].text in self.lexicon.table.first_names

    def _person(self, at: int) -> int:
        """Return the length of the name at index `at`; 0 if there is none, or if the word can mean something else.

        An unlisted name must have a capital letter and be in no word list of any language. So "Zoltan" is a name,
        and "Babyccino" and "Bonjour" are not."""
        token = self._token(at)
        text, raw = token.text, token.raw
        foreign = not raw.isupper() and not any(table.knows(text) for table in every_table())
        return self._length(at, lower=False) if foreign or text in self.lexicon.table.names else 0

    def _introduced(self, at: int) -> tuple[int, int]:
        """Return the index and the length of the name that the words at `at` introduce; the length is 0 if they
        introduce none."""
        kind = self.atoms[at].kind
        if kind not in _INTRODUCING:
            return self._introduced_by_word(at)
        if kind is Kind.CALLED:
            # Further introducing words and signs can follow: "My name? It's Theo", "Wrong name, I'm called Theo".
            start = self._past_introduction(at + 1)
            if self._kind(start) is Kind.NO and (denied := self._length(start + 1)):
                # In "my name's not Bo, it's Al", the denied name is skipped.
                start = self._past_introduction(start + 1 + denied)
            return start, self._length(start, sure=True, foreign=True)
        if kind in (Kind.BEING, Kind.HERE):
            # The next word must look like a name, because "I'm" often introduces none: "im starving".
            return at + 1, 0 if self._owns_something(at + 1) else self._length(at + 1, lower=False)
        if kind is Kind.FOR:
            if length := self._titled(at + 1):
                return at + 1, length
            start = self._past_relation(at + 1)
            length = self._length(start, lower=start == at + 1 or self._has_article(at + 1), foreign=True)
            return start, length or int(self._is_initial(start))
        if kind is Kind.NUMBER:
            return at + 1, self._person(at + 1) if self.atoms[at].text == self.lexicon.table.digit_for else 0
        sign = self.tokens[self.atoms[at].start].raw
        if sign == "(" and (length := self._bracketed(at)):
            return at + 1, length
        if not at or at + 1 == len(self.atoms) or self._farewell(at + 1):
            return at, 0
        listing = sign == ":" and self._lists(at + 1)
        length = self._length(at + 1, lower=listing or kind is Kind.DASH, foreign=sign == ":")
        if not length:
            return at, 0
        _, end = self._with_others(at + 1, at + 1 + length)
        return at + 1, length if self._is_last(end) or self._is_of_drink(at, end) else 0

    def _introduced_by_word(self, at: int) -> tuple[int, int]:
        """Like `_introduced`, for a name after a preposition (German "auf Markus") or after a letter's closing line."""
        if self.atoms[at].text in self.lexicon.table.before_name:
            # The name must end the text or stand before a punctuation mark: German "… bitte, auf Markus" (please, under
            # Markus).
            length = self._person(at + 1)
            return at + 1, length if self._ends_name(at + 1 + length) else 0
        if end := self._farewell(at):
            length = self._length(end)
            return end, length if self._ends_name(end + length) else 0
        polite = self.atoms[at].kind is Kind.FILLER and 0 < at < len(self.atoms) - 1
        return self._after_thanks(at) if polite else (at, 0)

    def _after_thanks(self, at: int) -> tuple[int, int]:
        """Like `_introduced`, for a name that ends an order after polite words: "thx bron", "please Greta"."""
        words, table = self.atoms[at].text, self.lexicon.table
        thanks = not table.thanking.isdisjoint(words.split())
        start = at + 1 + (thanks and self.atoms[at + 1].kind in ENDS)
        if start == len(self.atoms) or self.atoms[start].kind not in _AFTER_THANKS or words in table.linking:
            return at, 0
        if _ORDERED.isdisjoint([atom.kind for atom in self.atoms[:at]]):
            # Without an order before it, "thanks Bo" gives no name, because Bo can be the barista.
            return at, 0
        start = self._farewell(start) or start
        length = self._length(start) if thanks else self._person(start)
        _, end = self._with_others(start, start + length) if length else ([], start)
        return start, length if self._is_last(end) else 0

    def _past_introduction(self, at: int) -> int:
        while self._kind(at) in _BEFORE_NAME:
            at += 1
        return at

    def _owns_something(self, at: int) -> bool:
        """Return whether the word at `at` is a possessive before a noun. In "it's Ingrid's birthday" no name is
        given."""
        return self._raw(at).lower().endswith("'s") and self._kind(at + 1) not in (None, *ENDS)

    def _farewell(self, at: int) -> int:
        """Return the index after a letter's closing line ("lg", "kind regards,"); 0 if none begins at `at`."""
        start = self.atoms[at].start
        for phrase in self.lexicon.table.farewells.get(self.tokens[start].text, ()):
            end = start + len(phrase)
            after = [place for place, atom in enumerate(self.atoms) if atom.start == end]
            if after and phrase == tuple(token.text for token in self.tokens[start:end]):
                return after[0] + (self._kind(after[0]) is Kind.COMMA)
        return 0

    def _is_of_drink(self, at: int, end: int) -> bool:
        """Return whether a name between two punctuation marks belongs to the drink before it: in "mocha, Ann; tea,
        Bob", Ann gets the mocha."""
        if not self._ends_name(end) or not any(atom.kind is Kind.DRINK for atom in self.atoms[end:]):
            return False
        first = next(at for at, atom in enumerate(self.atoms) if atom.kind is Kind.DRINK)
        return not any(self._is_name(atom, lower=False) for atom in self.atoms[:first])

    def _bracketed(self, at: int) -> int:
        """Return the length of the name in brackets, as in "for me (Ivan)"; 0 if there is none."""
        person = self._kind(at - 1) in _PERSON or self.atoms[at - 1].text in self.lexicon.table.myself
        return self._length(at + 1) if person else 0

    def _past_relation(self, at: int) -> int:
        """Return the index of the name after words for a person, such as "my colleague" in "for my colleague Anna".

        Return `at` if there are no such words."""
        start = at + (self._kind(at) is Kind.THE)
        if self._length(start, lower=self._has_article(at)):
            # No words for a person, only an article, stand before the name: German "für die Lisa".
            return start
        related = self._kind(start) in _RELATED or self._is_size(start)
        return start + 1 if related and self._length(start + 1, lower=False) else at

    def _has_article(self, at: int) -> bool:
        """Return whether an article stands at `at` before an unknown word that can be a name, as in German "für den
        Ali"."""
        kinds = [atom.kind for atom in self.atoms[at : at + 2]]
        if kinds != [Kind.THE, Kind.UNKNOWN] or self.atoms[at].text not in self.lexicon.table.pronouns:
            return False
        if self._heads(at + 2):
            # German "für die Panelisten: …" (for the panelists) names nobody.
            return False
        counted = self._kind(at + 2) in _COUNTS
        return self._ends_name(at + 2) or Ahead(self.atoms, self.lexicon).drink(at + 2 + counted) is not None

    def _after_somebody(self, at: int) -> int | None:
        """Return the index after words for a person without a name, such as "for my kid"; None if there are no such
        words."""
        if self._kind(at + 1) is not Kind.THE:
            return None
        # The word for a child can also be a size: "the little one", German "mein Kleiner".
        end = at + 2 + self._is_size(at + 2)
        named = self._kind(end) in WORDS or self._token(end).text in self.lexicon.table.cups
        alone = self._kind(end) in _AFTER_CHILD
        return end + named if named or alone else None

    def _lists(self, at: int) -> bool:
        """Return whether a comma or an "and" follows anywhere, so that "sam, alex and jo" in "3 teas: sam, alex and jo"
        can be a list of names."""
        return any(atom.kind in (Kind.COMMA, Kind.AND) for atom in self.atoms[at:])


def find_names(atoms: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon) -> list[Atom]:
    """Return the atoms (parsed words), with each name and its introducing words merged into one atom."""
    atoms = with_relations(atoms, tokens, lexicon)
    found: Sequence[Atom] = atoms
    if not _NAMING.isdisjoint([atom.kind for atom in atoms]):
        found = _Reader(atoms, tokens, text, lexicon).found()
    return [replace(atom, kind=_OTHERWISE[atom.kind]) if atom.kind in _OTHERWISE else atom for atom in found]
