"""Finds the words that mean a cup ordered before this text: "the small one", "Sam's", "mine".

The words for a cup become one `Kind.CUP` atom, which the later stages treat like "the second one"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from orders.items import Item
from orders.parser.atoms import Atom, Kind
from orders.parser.cup_owners import CupOwners
from orders.parser.fewer import with_verb_first
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS
from orders.parser.ordered_drinks import AFTER_CUP, ON_MENU, POLITE
from orders.parser.own_mentions import is_adjective
from orders.parser.reading import Question
from orders.parser.spans import Way
from orders.parser.strangers import with_option
from orders.parser.words import Token

_AROUND_PICKED = POLITE | {Kind.THE, Kind.ARTICLE}
_ARTICLES = frozenset({Kind.THE, Kind.ARTICLE, Kind.NUMBER})
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER})
#: Kinds of words that can stand between a number and the cups that it counts: "of the" in "one of the oat ones".
_OF = frozenset({Kind.THE, Kind.FILLER, Kind.OF_THEM})
#: Kinds of words after "drop one oat" which show that "one oat" means no cup. "Drop one oat for soy" exchanges the
#: milk, and "drop two oat lattes" names the drink.
_BEYOND_CUP = frozenset({Kind.TO, Kind.FOR, Kind.DRINK})


def with_mentions(
    way: Way, tokens: Sequence[Token], lexicon: Lexicon, order: Sequence[Item], asked: Question | None, owner: str
) -> Way:
    """Return the text's atoms, with the words for each cup of the order merged into one atom."""
    finder = _Finder(with_verb_first(way, lexicon), tokens, lexicon, order, asked)
    finder.owner = owner
    if finder.is_dropping and (picked := finder.picked()) is not None:
        return picked
    return tuple(finder.found())


class _Finder(CupOwners):
    def found(self) -> list[Atom]:
        at = 0
        while at < len(self.atoms):
            if length := self._denied_owner(at):
                denied = Atom(Kind.CALLED, self.atoms[at].start, self.atoms[at + length].end, self.atoms[at].text)
                # "Not Max" introduces the right name, as "wrong name" does, and the parser expects such words before
                # the name. In "Tim not Max" they follow "Tim", so they are moved to the front.
                self.kept.insert(0, denied)
                at += 1 + length
                continue
            if length := self._all_but(at):
                self.kept.append(replace(self.atoms[at], kind=Kind.ONLY, end=self.atoms[at + length - 1].end))
                at += length
                continue
            article = " ".join(atom.text for atom in self.kept[-1:]).split()[-1:]
            length, place = self._mentioned(at)
            if length:
                last = at + length
                text = " ".join(atom.text for atom in self.atoms[at:last])
                cup = Atom(Kind.CUP, self.atoms[at].start, self.atoms[last - 1].end, text, value=place)
                table = self.lexicon.table
                several = self.atoms[last - 1].text in table.several_cups or not table.several_the.isdisjoint(article)
                if several and not self._is_one_of():
                    options = [meaning for atom in self.atoms[at:last] for meaning in atom.meanings]
                    cup = replace(cup, plural=True, meanings=tuple(options))
                self.kept.append(cup)
                at = last
                continue
            if end := self._not_ordered(at):
                at = end
                continue
            if self._adds_milk(at):
                self.kept += with_option(self.atoms[at], self.lexicon)
                at += 1
                continue
            if plain := self._without_milk(at):
                self.kept += plain
                at += 1
                continue
            self.kept.append(self._of_order(at))
            if self.atoms[at].kind is Kind.MAKE and self._is_mine(self.atoms[at].text.split()[-1]):
                # "Make mine" contains a word for the customer's own cup, so add an atom for this cup: "make mine oat".
                self.kept.append(replace(self.atoms[at], kind=Kind.CUP, value=self._nameless()))
            at += 1
        return self.kept

    def _is_one_of(self) -> bool:
        """Return whether "one of" stands before the words for cups, so that "one of the oat ones" means one cup. If so,
        remove "one of" from `kept`."""
        counted = [at for at, atom in enumerate(self.kept) if atom.kind not in _OF][-1:]
        if [self.kept[at].value for at in counted] != [1]:
            return False
        del self.kept[counted[0] :]
        return True

    def picked(self) -> Way | None:
        """Return the cup that the answer "large" means after our question which drink to drop; None if the text says
        more than options.

        Return () if no cup is large, or if different cups are. Then "large" must not change a size."""
        options = [atom for atom in self.atoms if atom.kind is Kind.OPTION]
        rest = [atom for atom in self.atoms if atom.kind not in _AROUND_PICKED]
        fits = self._having_all(options)
        if not options or options != rest:
            return None
        places = [place for place, item in enumerate(self.cups, start=1) if fits(item)]
        if len({id(self.cups[place - 1]) for place in places}) != 1:
            return ()
        text = " ".join(atom.text for atom in options)
        return (Atom(Kind.CUP, options[0].start, options[-1].end, text, value=places[-1]),)

    def _mentioned(self, at: int) -> tuple[int, int]:
        """Return how many words (atoms) from `at` on mean a cup of the order, and which cup, counted from 1. Return (0,
        0) if they mean no cup."""
        for find in (self._owned, self._one_dropped, self._described, self._having, self._plain):
            length, place = find(at)
            if length:
                given = self._is_given(at + length)
                self._forget_pointer()
                if given:
                    # "Decaf the large one" means decaf for the large one.
                    self.kept.append(replace(self.atoms[at], kind=Kind.FOR, end=self.atoms[at].start, meanings=()))
                return length, place
        if self._is_mine(self.atoms[at].text) and (place := self._nameless()):
            return 1, place
        return 0, 0

    def _forget_pointer(self) -> None:
        """Remove the words before a cup that only point at it: "the", and "celui de" in "celui de Julien"
        (Julien's)."""
        if tuple(atom.text for atom in self.kept[-2:]) in self.lexicon.table.whose:
            del self.kept[-2:]
        while self.kept and self.kept[-1].kind in _ARTICLES:
            self.kept.pop()

    def _all_but(self, at: int) -> int:
        """Return the number of words (atoms) in "cancel everything but", which keeps the drink after it; 0 for other
        words."""
        kinds = [atom.kind for atom in self.atoms[at : at + 3]]
        if kinds == [Kind.DROP, Kind.ALL, Kind.NO]:
            return 3
        # The Spanish "menos" (except) can have the kind LIGHT here, because it also means "less".
        excepts = kinds[:2] in ([Kind.DROP, Kind.NO], [Kind.DROP, Kind.LIGHT])
        all_but = excepts and self.atoms[at + 1].text.split()[0] in self.lexicon.table.all_but
        return 2 if all_but else 0

    # These methods find a cup by its options. `_described`, `_having` and `_plain` return the same values as
    # `_mentioned`.

    def _described(self, at: int) -> tuple[int, int]:
        """Find a cup by the options before the word for the cup: "the small one", or the German "den kleinen"."""
        end = self._end_of_description(at)
        return self._place_with(at, end, self._having_all(self._options_in(at, end))) if end else (0, 0)

    def _end_of_description(self, at: int) -> int:
        """Return the position after words such as "small one", which describe a cup by its options and begin at `at`; 0
        if there are no such words."""
        begins = len(self.cups) > 1 and (not self.kept or self.kept[-1].kind in BREAKS)
        if not (begins or self._is_definite()):
            return 0
        last = self._past_options(at)
        words = [atom for atom in self.atoms[last : last + 1] if atom.phrase not in self.lexicon.introduced]
        if last == at or any(atom.kind in ON_MENU for atom in words):
            return 0
        # In "el pequeño sin cafeína" (the small one without caffeine), only the first option tells which cup is meant.
        end = max(map(partial(self._having_first, at, last), self.order))
        if self.lexicon.table.cups:
            if self._gives_to(end) or self._is_told(at, end):
                # In "oat in the large", the option "large" alone stands for the cup.
                return end
            if end == len(self.atoms) or not self._stands_for_cup(self.atoms[end]):
                return 0
            return end + 1
        adjectives = all(is_adjective(option, self.lexicon) for option in self.atoms[at:end])
        return end if self._is_definite() and adjectives else 0

    def _having_first(self, at: int, last: int, item: Item) -> int:
        """Return the position after the options that the ordered item has. They begin at `at` and end before `last`.
        The option at `at` always counts, even if the item does not have it."""
        end = at
        while end < last and self._having_all(self.atoms[end : end + 1])(item):
            end += 1
        return max(end, at + 1)

    def _options_in(self, at: int, end: int) -> list[Atom]:
        return [atom for atom in self.atoms[at:end] if atom.kind is Kind.OPTION]

    def _not_ordered(self, at: int) -> int:
        """Handle "the small one" if several cups are ordered and none of them is small. Return the position after the
        handled words; 0 if the text says something else.

        The small one can be a cup of this text, or one of several equal cups that have no size yet. Otherwise nobody
        can tell which cup is meant: the text then changes no cup, and the reply repeats the words."""
        end = self._end_of_description(at)
        options = self._options_in(at, end)
        table = self.lexicon.table
        one = not table.cups or self.atoms[end - 1].text in table.cups - table.several_cups
        told = bool(options) and one and self._is_definite() and len(self.cups) > 1
        if not told or any(map(self._having_all(options), self.cups)):
            return 0
        the = self.kept[-1]
        self._forget_pointer()
        begins = not self.kept or self.kept[-1].kind in BREAKS
        text = " ".join(atom.text for atom in self.atoms[at:end])
        if self.asked and not self._says_more(end):
            # As the answer to the question for the size, "the large one" is for all cups.
            self.kept += options
        elif any(meaning in atom.meanings for atom in self.kept for meaning in options[0].meanings):
            # "The small one" means a cup of this text in "one large one small, the small one decaf".
            cup = replace(options[0], kind=Kind.CUP, end=self.atoms[end - 1].end, text=text, value=-1.0)
            self.kept.append(cup)
        elif begins and len(self.order) == 1 and not self._contradicts(options):
            self.kept += [replace(the, kind=Kind.NUMBER, value=1.0), *options]
        else:
            while self.kept and self.kept[-1].kind not in BREAKS:
                self.kept.pop()
            self.kept += [replace(the, kind=Kind.ARTICLE), replace(self.atoms[at], kind=Kind.UNKNOWN, text=text)]
            return next((n for n in range(end, len(self.atoms)) if self.atoms[n].kind in BREAKS), len(self.atoms))
        return end

    def _contradicts(self, options: Sequence[Atom]) -> bool:
        """Return whether an ordered cup already has an option from the same group as one of these options."""
        groups = {meaning.group for option in options for meaning in option.meanings}
        return any(choice.group in groups for item in self.order for choice in item.choices)

    def _past_options(self, at: int) -> int:
        while self._kind(at) is Kind.OPTION:
            at += 1
        return at

    def _gives_to(self, end: int) -> bool:
        """Return whether the text gives an option to a described cup: in "oat in the large", the large cup gets oat.
        `end`: the position after the description."""
        kinds = [atom.kind for atom in self.kept[-3:]]
        if kinds not in ([Kind.OPTION, Kind.WITH, Kind.THE], [Kind.OPTION, Kind.FOR, Kind.THE]):
            return False
        several = any(atom.text in self.lexicon.table.several_cups for atom in self.atoms[end:])
        return self._is_last(end - 1) and not several

    def _is_told(self, at: int, end: int) -> bool:
        """Return whether a size stands for one of several cups, because the text says how this cup changes: in "the
        large decaf", the large cup becomes decaf."""
        meanings = [meaning for one in self.atoms[at:end] for meaning in one.meanings]
        says = self._kind(end) in AFTER_CUP or self._is_given(end)
        return says and self.lexicon.is_size(meanings) and self._is_definite() and not self.asked

    def _is_given(self, end: int) -> bool:
        """Return whether an option for the cup stands right before the words for the cup: "decaf" in "decaf the large".
        `end`: the position after the words for the cup."""
        return [atom.kind for atom in self.kept[-2:]] == [Kind.OPTION, Kind.THE] and self._is_last(end - 1)

    def _having(self, at: int) -> tuple[int, int]:
        """Find a cup by the options after the word for the cup, or after the article: "the one with oat", "el de soja"
        (the soy one)."""
        atom = self.atoms[at]
        one = self._is_definite() and self._stands_for_cup(atom)
        if not (one or atom.text in self.lexicon.table.pronouns):
            return 0, 0
        start = at + 1
        joins = self._kind(start)
        if joins is Kind.FOR:
            return self._kept_for(at, start + 1)
        inside = any(atom.text in self.lexicon.table.inside for atom in self.atoms[start : start + 1])
        if joins not in (Kind.WITH, Kind.NO) and not inside:
            return 0, 0
        for last in range(self._past_options(start + 1), start + 1, -1):
            # Try all options first, then fewer: in "celui au soja sans caféine" (the one with soy without caffeine),
            # the soy tells which cup is meant, and "sans caféine" changes it.
            having = self._having_all(self.atoms[start + 1 : last])
            found = self._place_with(at, last, having if joins is not Kind.NO else _opposite(having))
            if found[0]:
                return found
        return 0, 0

    def _one_dropped(self, at: int) -> tuple[int, int]:
        """Find the cup that "drop one with oat" or "drop one decaf" means."""
        if (
            self._kind(at) not in _COUNTS
            or self.atoms[at].value > 1
            or [before.kind for before in self.kept[-1:]] != [Kind.DROP]
        ):
            return 0, 0
        start = at + 1 + (self._kind(at + 1) is Kind.WITH)
        end = self._past_options(start)
        options = self.atoms[start:end]
        end += any(map(self._stands_for_cup, self.atoms[end : end + 1]))
        told = options and self._kind(end) not in _BEYOND_CUP
        return self._place_with(at, end, self._having_all(options)) if told else (0, 0)

    def _plain(self, at: int) -> tuple[int, int]:
        """Find the cup that "drop one normal one" means: the cup with the fewest options, if only one item of the order
        has so few."""
        atom = self.atoms[at]
        if atom.kind is not Kind.PLAIN and atom.text not in self.lexicon.table.normal:
            return 0, 0
        if [one.kind for one in self.kept if one.kind not in _ARTICLES][-1:] != [Kind.DROP]:
            return 0, 0
        fewest = min(len(item.choices) for item in self.order)
        plainest = [item for item in self.order if len(item.choices) == fewest]
        after = [meaning.name for one in self.atoms[at + 1 : at + 2] for meaning in one.meanings]
        told = len(self.order) > len(plainest) == 1 and all(name == plainest[0].drink for name in after)
        places = [place for place, item in enumerate(self.cups, start=1) if item is plainest[0]]
        return (1, places[-1]) if told else (0, 0)

    def _place_with(self, at: int, end: int, fits: Callable[[Item], bool]) -> tuple[int, int]:
        places = [place for place, item in enumerate(self.cups, start=1) if fits(item)]
        told = not self.asked or self._says_more(end)
        return (end - at, places[-1]) if places and told else (0, 0)

    def _having_all(self, options: Sequence[Atom]) -> Callable[[Item], bool]:
        def fits(item: Item) -> bool:
            return all(any(self._has(item, meaning) for meaning in option.meanings) for option in options)

        return fits


def _opposite(fits: Callable[[Item], bool]) -> Callable[[Item], bool]:
    return lambda item: not fits(item)
