"""Finds out what each number in a text counts: cups, portions of an option, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise, takewhile

from orders.parser.atoms import Atom, Kind
from orders.parser.clause import Clause, OpenPhrase, SaidOption
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS, ENDS, Ahead
from orders.parser.words import stems

_MENU_THINGS = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY})
_STARTING = frozenset({Kind.DRINK, Kind.CATEGORY, Kind.WITH, Kind.NO, Kind.NUMBER})
_COUNTING = frozenset({Kind.NUMBER, Kind.ARTICLE})
_AFTER_TOTAL = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
#: Used as the number of cups if no order is open. It is so large that no number in a text is greater.
_MOST = 10_000
#: Word kinds allowed between "no" and the new number in a correction, as in "no, only one".
_BEFORE_CORRECTED = frozenset({Kind.COMMA, Kind.STOP, Kind.ONLY, Kind.ASK, Kind.BEING})


class Counts(StrEnum):
    """What a number in a text counts."""

    NEW = "new"  # the number counts cups of a new noun phrase: "2 lattes"
    OPTION = "option"  # the number counts portions of the option after it: "2 sugars"
    BEFORE = "before"  # the number counts the option or the drink before it: "sugar x2"
    SAME_OPTION = "same option"  # the number counts the last counted option again: "one with 2 sugars, one with 3"
    SAME_DRINK = "same drink"  # the number means one more cup of the drink named before: "a soy one"
    PART = "part"  # the number counts some of the cups named before: "2 lattes, vanilla in one"
    NOTHING = "nothing"  # the number counts neither cups nor portions: "in 10 minutes", "at booth 42"


@dataclass(slots=True)
class NumberReader:
    atoms: Sequence[Atom]
    ahead: Ahead
    lexicon: Lexicon
    #: The number of cups in the open order, before this text.
    ordered: int = 0
    #: The last option with an amount. After "one with 2 sugars", the 3 of "one with 3" counts sugars too.
    last_counted: SaidOption | None = None
    #: Indexes of numbers that only repeat the number of ordered cups, as in "sugar in all 3". They count nothing.
    told: set[int] = field(default_factory=set)
    #: Index of the last number in a list such as "2 lattes, 1 vanilla 1 caramel"; -1 before the first list. Numbers up
    #: to this index count cups, not portions.
    _series_until: int = -1

    def half_of_the_cups(self, at: int, value: float, clauses: Sequence[Clause]) -> int:
        """Return how many cups "half" means: 2 in "4 lattes, half oat, half soy". Return 0 if "half" is an amount."""
        if value != 0.5 or not self._halves_cups(at):
            return 0
        definite = self.lexicon.table.kind(tuple(self.atoms[at].text.split()[:1])) is Kind.THE
        # If the text names no drink before "half", "half on oat" means half of the ordered cups, and "half sweet" is an
        # amount.
        of_order = clauses or definite or self.atoms[at + 1].kind is not Kind.OPTION
        cups = _cups_of(clauses, self.ordered if of_order else 0)
        return 0 if cups % 2 else cups // 2

    def _halves_cups(self, at: int) -> bool:
        after = self.ahead.kind(at + 1)
        return after in (Kind.WITH, Kind.OF_THEM) or (
            after is Kind.OPTION and not self.ahead.countable(self.atoms[at + 1])
        )

    def corrects(self, at: int) -> bool:
        """Return whether the number replaces an earlier one, as in "no 2", "only one" and German "nein, nur einen"
        (no, only one)."""
        first, *between = self.atoms[: at + 1]
        if not self.ahead.ends(at) or any(atom.kind not in _BEFORE_CORRECTED for atom in between[:-1]):
            return False
        return first.kind is Kind.ONLY or self.ahead.is_answer_no(first)

    def counts(self, at: int, phrase: OpenPhrase, clauses: Sequence[Clause]) -> Counts:
        """Return what the number or article at `at` counts. `phrase` is the noun phrase of this number, `clauses` are
        the clauses before this phrase."""
        atom = self.atoms[at]
        article = atom.kind is Kind.ARTICLE
        if at in self.told:
            return Counts.NOTHING
        if phrase.options and self._is_some(at):
            return Counts.PART
        if self._is_of_a_group(at) or self._is_of_people(at) or (atom.value > 1 and not clauses and self._is_total(at)):
            return Counts.NOTHING
        ahead, unit = self.ahead.counted(at)
        following, previous = self.ahead.kind(ahead), self.ahead.kind(at - 1)
        ends = following in ENDS
        if ends and clauses and unit:
            # In "latte with vanilla, 2 pumps" the number counts pumps of vanilla. In "latte, 2 pumps" it counts
            # nothing, because no option to pump was named.
            return Counts.NOTHING if self.last_counted is None else Counts.SAME_OPTION
        if clauses and following in (Kind.UNKNOWN, Kind.COMMON) and self._is_inside(at):
            # In "2 teas in one bag", the word "one" counts no cups.
            return Counts.NOTHING
        if _is_word_one(atom) and (stands := self._stands_for_cup(at, phrase, clauses)):
            return stands
        if previous in (Kind.COMMON, Kind.UNKNOWN) and ends:
            # In "at booth 42", the number belongs to a place.
            return Counts.NOTHING
        if previous is Kind.DRINK and self._is_times(at):
            return Counts.BEFORE
        if previous is Kind.TIMES and self.ahead.kind(at - 2) is Kind.DRINK:
            # In "cappuccino x2 small" the number counts the drink before it.
            return Counts.BEFORE
        if following is Kind.OPTION and self._is_in_some(at, clauses):
            return Counts.NEW
        if following is Kind.OPTION:
            return self._counts_option(at, ahead, clauses, unit=unit, article=article, after=previous)
        if previous in (Kind.TIMES, Kind.FOR) and following not in _MENU_THINGS:
            # In "for a kid", the "a" counts no cups. In "for 3 of us: a latte, a mocha and a tea", the 3 counts people.
            several = sum(after.kind is Kind.DRINK for after in self.atoms[at:]) > 1
            return Counts.NOTHING if article or (several and not clauses) else Counts.BEFORE
        # In German "den einen" (the one), "einen" is a number and not an article.
        definite = self.lexicon.table.kind(tuple(atom.text.split()[:1])) is Kind.THE
        if (article and not definite) or following in _STARTING:
            return Counts.NEW
        if phrase.options and ends and clauses and clauses[-1].cups > 1:
            return Counts.PART
        if atom.value > 1 and self._is_inside(at):
            # In "two sweeteners. Be there in 10", the 10 counts minutes.
            return Counts.NOTHING
        if phrase.after_with:
            # In "one with 2 sugars, one with 3", the 3 counts sugars too.
            return Counts.SAME_OPTION
        last = phrase.options[-1:] if previous is Kind.OPTION else []
        weighed = any(self.lexicon.amounts(meaning) for wish in last for meaning in wish.meanings)
        # In "latte, sugar not 2" the customer denies the 2, so the 2 does not count lattes.
        after_drink = ends and not phrase.fresh and phrase.amount != "no"
        return Counts.BEFORE if weighed or after_drink else Counts.NEW

    def _stands_for_cup(self, at: int, phrase: OpenPhrase, clauses: Sequence[Clause]) -> Counts | None:
        """Return how to read a "one" that stands for a drink and counts nothing, as in "the peppermint one".

        Return None if the word is a real number."""
        previous = self.ahead.kind(at - 1)
        if previous is Kind.DRINK and clauses[-1].definite:
            # In "milk in the peppermint one", the word "one" only stands for the drink and counts nothing.
            return Counts.NOTHING
        if previous is Kind.OPTION and self.ahead.ends(at) and not phrase.clause.says_something:
            # In "a latte, large one", the word "one" only stands for the latte. After two ordered lattes it means one
            # of them.
            several = Counts.PART if not clauses else None
            return several if _cups_of(clauses, self.ordered) > 1 else Counts.NOTHING
        counted = phrase.clause.count is not None
        told = any(option.after_with or option.amount == "no" for option in phrase.options)
        describes = counted and not told
        if describes and self.ahead.kind(at + 1) in (*ENDS, Kind.WITH, Kind.FOR):
            # In "one small one with marshmallows", the first "one" already counts the cup.
            return Counts.SAME_DRINK
        if phrase.clause.another:
            # In "another large one", the word "another" already counts the cup.
            return Counts.NOTHING
        return Counts.SAME_DRINK if phrase.clause.article else None

    def _is_inside(self, at: int) -> bool:
        return self.atoms[at - 1].text in self.lexicon.table.inside

    def _is_times(self, at: int) -> bool:
        """Return whether the number and "x" multiply the drink before them ("cappuccino 2x small"). If a
        drink follows, "x" does not multiply the drink before: "cappuccino 2x latte"."""
        phrase = takewhile(lambda kind: kind not in BREAKS, (atom.kind for atom in self.atoms[at + 1 :]))
        return self.ahead.kind(at + 1) is Kind.TIMES and Kind.DRINK not in phrase

    def _is_in_some(self, at: int, clauses: Sequence[Clause]) -> bool:
        """Return whether the number counts the cups that get the option after it, as in "2 lattes, in one caramel".

        If a text begins with such words, they are about the open order."""
        return self._is_inside(at) and (max(self.atoms[at].value, 1) < _cups_of(clauses, 1) or at == 1)

    def _is_of_a_group(self, at: int) -> bool:
        """Return whether the number or article stands before the name of an option group and counts no cups, as in "a
        syrup"."""
        return self.ahead.kind(at + 1) is Kind.GROUP and self.ahead.drink(at + 1) is None

    def _is_total(self, at: int) -> bool:
        """Return whether the number only announces the drinks after it: "3 drinks: a latte, a mocha and a tea"."""
        ends = at + 1
        while self.ahead.kind(ends) is Kind.FILLER:
            ends += 1
        cups = [atom.kind for atom in self.atoms[ends:]].count(Kind.DRINK)
        return self.ahead.kind(ends) in _AFTER_TOTAL and cups > 1

    def _is_of_people(self, at: int) -> bool:
        """Return whether the number counts people, who then get drinks, as in "we are three now, add a tea"."""
        near = [atom for atom in self.atoms[max(at - 2, 0) : at] if atom.kind is not Kind.MAKE]
        said = near and near[-1].text in self.lexicon.table.people
        kinds = [atom.kind for atom in self.atoms[at:]]
        return bool(said) and (Kind.ADD in kinds or Kind.ANOTHER in kinds or kinds.count(Kind.DRINK) > 1)

    def _counts_option(
        self, at: int, ahead: int, clauses: Sequence[Clause], *, unit: bool, article: bool, after: Kind | None
    ) -> Counts:
        option = self.atoms[ahead]
        if after is not Kind.WITH and self.atoms[at].value < _cups_of(clauses, 1) and self._is_weighed(at, ahead):
            # In "2 burgers, one with mayo and one extra pickles", the second "one" counts a burger.
            return Counts.NEW
        if after is Kind.WITH:
            # "with two extra shots" adds shots and orders no drinks.
            return Counts.OPTION if not self.ahead.drink(ahead) or self.ahead.countable(option) else Counts.NEW
        if self.is_portion(ahead):
            # "put an extra shot in it" adds a shot and orders no cup.
            return Counts.OPTION
        if not self.ahead.countable(option):
            multiplies = self.atoms[at].text in self.lexicon.table.multipliers and self.ahead.drink(ahead) is None
            fraction = self.atoms[at].value not in (0.0, int(self.atoms[at].value))
            # "Double chicken" is an amount of chicken and does not order two bowls.
            amount = fraction or self._is_of_milk(at, option, clauses) or (multiplies and clauses)
            return Counts.OPTION if amount else Counts.NEW
        if self.atoms[at].value == 0.5:
            return Counts.OPTION
        drink = self.ahead.drink(ahead)
        if drink is not None:
            # In "2 sugar latte" the number counts sugars. In "2 sugar lattes" and "2 vanilla latte" it counts lattes.
            said = option.plural or option.phrase in self.lexicon.counted
            return Counts.OPTION if said and not drink.plural else Counts.NEW
        return Counts.NEW if self._in_series(at, clauses) else Counts.OPTION

    def _is_of_milk(self, at: int, option: Atom, clauses: Sequence[Clause]) -> bool:
        """Return whether the number counts portions of milk: in "a coffee, two milks", it is larger than the number of
        cups."""
        group = self.lexicon.groups[option.meanings[0].group]
        milk = group.role == "milk" and option.phrase in self.lexicon.group_words
        return milk and self.atoms[at].value > _cups_of(clauses, self.ordered or _MOST)

    def is_portion(self, at: int) -> bool:
        """Return whether the words at `at` name a portion of an option without a drink, such as "an extra shot"."""
        said = self.atoms[at].text.split() if self.ahead.kind(at) is Kind.OPTION else ()
        return not self.lexicon.table.units.isdisjoint(said) and self.ahead.drink(at) is None

    def _is_some(self, at: int) -> bool:
        """Return whether the number says how many of the cups get the option, as in "bacon to one of the burgers"."""
        after = self.ahead.kind(at + 1)
        if self.ahead.kind(at - 1) not in (Kind.TO, Kind.WITH, Kind.FOR):
            return False
        if self.ahead.ends(at):
            # If nothing follows, only the word "one" can mean "one of them", as in "bacon to one". A digit cannot.
            return _is_word_one(self.atoms[at])
        return after is Kind.OF_THEM or (after is Kind.DRINK and self.atoms[at].kind is Kind.NUMBER)

    def is_some_of(self, at: int) -> bool:
        """Return whether a drink follows the number at `at`, perhaps after "of the": "one of the lattes", "one
        latte"."""
        kinds = [atom.kind for atom in self.atoms[at + 1 : at + 3]]
        return Kind.DRINK in (kinds[:1] if kinds[:1] != [Kind.OF_THEM] else kinds[1:])

    def _is_weighed(self, at: int, ahead: int) -> bool:
        """Return whether a word such as "extra" stands between the number at `at` and the option at `ahead`: "one
        extra pickles", "one of them extra shot"."""
        return any(atom.kind in (Kind.EXTRA, Kind.LIGHT, Kind.OF_THEM) for atom in self.atoms[at + 1 : ahead])

    def _in_series(self, at: int, clauses: Sequence[Clause]) -> bool:
        """Return whether the number belongs to a list that divides the cups before it, as in "2 lattes, 1 vanilla 1
        caramel"."""
        if at <= self._series_until:
            return True
        numbers = []
        for place in range(at, len(self.atoms)):
            kind = self.atoms[place].kind
            if kind in (Kind.NUMBER, Kind.ARTICLE) and self.ahead.drink(place + 1) is None:
                numbers.append(place)
            elif kind in (Kind.NUMBER, Kind.DRINK, Kind.STOP):
                break
        # In such a list, all options are of one group, or every number is 1. In "3 lattes, 2 honey, 1 vanilla", honey
        # and vanilla are of different groups, so both numbers are amounts.
        groups = [{m.group for atom in self.atoms[place + 1 : place + 2] for m in atom.meanings} for place in numbers]
        values = [max(self.atoms[place].value, 1) for place in numbers]
        alike = max(values) == 1 or set.intersection(*groups)
        if len(numbers) > 1 and alike and sum(values) == _cups_of(clauses, 1):
            self._series_until = numbers[-1]
            return True
        return False


def _cups_of(clauses: Sequence[Clause], default: int) -> int:
    """Return the number of cups of the last clause that names a drink; `default` if no clause does."""
    return next((clause.cups for clause in reversed(clauses) if clause.drink), default)


def _is_word_one(atom: Atom) -> bool:
    """Return whether the number is written as a word for one, and not as a digit."""
    return atom.value == 1.0 and not atom.text[0].isdigit()


def compounds(atoms: Sequence[Atom], _lexicon: Lexicon) -> list[Atom]:
    """Merge tens and units into one number, as in "twenty two" and French "trente et un" (31)."""
    merged: list[Atom] = []
    for atom in atoms:
        units = atom.kind in _COUNTING
        joined = bool(merged) and merged[-1].kind is Kind.AND and len(merged) > 1 and _is_tens(merged[-2])
        if units and _is_word(atom) and (joined or (merged and _is_tens(merged[-1]))):
            tens = merged[-1 - joined]
            del merged[-1 - joined :]
            merged.append(
                replace(
                    tens,
                    end=atom.end,
                    text=f"{tens.text} {atom.text}",
                    plural=atom.plural,
                    value=tens.value + max(atom.value, 1),
                )
            )
        else:
            merged.append(atom)
    return merged


def double_drinks(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Read "double" before a single drink as an option: "a double macchiato" is one macchiato with a double shot, not
    two cups."""
    found = [*atoms]
    for at, (atom, after) in enumerate(pairwise(atoms)):
        options = [one for one in lexicon.phrases.get(stems(atom.text), ()) if one.kind is Kind.OPTION]
        one = not after.plural or [before.kind for before in found[:at][-1:]] == [Kind.NUMBER]
        if atom.text in lexicon.table.multipliers and options and after.kind is Kind.DRINK and one:
            found[at] = replace(atom, kind=Kind.OPTION, meanings=tuple(options), phrase=stems(atom.text))
    return found


def _is_tens(atom: Atom) -> bool:
    return atom.value in range(20, 100, 10) and _is_word(atom)


def _is_word(atom: Atom) -> bool:
    return not any(letter.isdigit() for letter in atom.text)
