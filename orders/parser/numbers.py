"""Finds what each number in an order counts."""

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
#: Kinds of atoms that may stand between "no" and the corrected number.
_BEFORE_CORRECTED = frozenset({Kind.COMMA, Kind.STOP, Kind.ONLY, Kind.ASK, Kind.BEING})


class Counts(StrEnum):
    """What a number in a text counts."""

    NEW = "new"  # the noun phrase that it begins: "2 lattes"
    OPTION = "option"  # the option after it: "2 sugars"
    BEFORE = "before"  # the option or drink before it: "sugar x2"
    SAME_OPTION = "same option"  # the option that was counted last: "one with 2 sugars, one with 3"
    SAME_DRINK = "same drink"  # one more of the drink: "a soy one"
    PART = "part"  # some of the cups before it: "2 lattes, vanilla in one"
    NOTHING = "nothing"  # a time or a place: "in 10 minutes", "at booth 42"


@dataclass(slots=True)
class NumberReader:
    atoms: Sequence[Atom]
    ahead: Ahead
    lexicon: Lexicon
    #: How many cups were ordered before this text.
    ordered: int = 0
    #: The last option with an amount. "One with 3" means the same option again.
    last_counted: SaidOption | None = None
    #: The positions of numbers that only repeat how many cups there are: "sugar in all 3".
    told: set[int] = field(default_factory=set)
    #: The position of the last number in a list such as "2 lattes, 1 vanilla 1 caramel"; -1 before the first list. The
    #: numbers up to this position count cups, not portions.
    _series_until: int = -1

    def half_of_the_cups(self, at: int, value: float, clauses: Sequence[Clause]) -> int:
        """Return how many cups "half" means in "4 lattes, half oat, half soy"; 0 if the half is an amount."""
        if value != 0.5 or not self._halves_cups(at):
            return 0
        definite = self.lexicon.table.kind(tuple(self.atoms[at].text.split()[:1])) is Kind.THE
        # "Half on oat" in a text of its own is about the cups of the order, "half sweet" is not.
        of_order = clauses or definite or self.atoms[at + 1].kind is not Kind.OPTION
        cups = _cups_of(clauses, self.ordered if of_order else 0)
        return 0 if cups % 2 else cups // 2

    def _halves_cups(self, at: int) -> bool:
        after = self.ahead.kind(at + 1)
        return after in (Kind.WITH, Kind.OF_THEM) or (
            after is Kind.OPTION and not self.ahead.countable(self.atoms[at + 1])
        )

    def corrects(self, at: int) -> bool:
        """Tell whether the number corrects an earlier number: "no 2", "nein, nur einen", "only one"."""
        first, *between = self.atoms[: at + 1]
        if not self.ahead.ends(at) or any(atom.kind not in _BEFORE_CORRECTED for atom in between[:-1]):
            return False
        return first.kind is Kind.ONLY or self.ahead.is_answer_no(first)

    def counts(self, at: int, phrase: OpenPhrase, clauses: Sequence[Clause]) -> Counts:
        """Return what the number or article at `at` counts, given the clauses before it and its own noun phrase."""
        atom = self.atoms[at]
        article = atom.kind is Kind.ARTICLE
        if at in self.told:
            return Counts.NOTHING
        if phrase.options and self._is_some(at):
            return Counts.PART
        if self._is_of_a_group(at) or self._is_of_people(at):
            return Counts.NOTHING
        ahead, unit = self.ahead.counted(at)
        following, previous = self.ahead.kind(ahead), self.ahead.kind(at - 1)
        ends = following in ENDS
        if ends and clauses and unit:
            # "Latte, 2 pumps" does not say of what, "latte with vanilla, 2 pumps" does.
            return Counts.NOTHING if self.last_counted is None else Counts.SAME_OPTION
        if clauses and following in (Kind.UNKNOWN, Kind.COMMON) and self._is_inside(at):
            # "2 teas in one bag" are two teas.
            return Counts.NOTHING
        if _is_word_one(atom) and (stands := self._stands_for_cup(at, phrase, clauses)):
            return stands
        if previous in (Kind.COMMON, Kind.UNKNOWN) and ends:
            # "at booth 42" names a place.
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
            # "for a kid" counts nothing, and neither does the 3 in "ordering for 3 of us: a latte, a mocha and a tea".
            several = sum(after.kind is Kind.DRINK for after in self.atoms[at:]) > 1
            return Counts.NOTHING if article or (several and not clauses) else Counts.BEFORE
        # "Den einen" (the one) is a number.
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
        # "Sugar not 2" only refuses a number.
        after_drink = ends and not phrase.fresh and phrase.amount != "no"
        return Counts.BEFORE if weighed or after_drink else Counts.NEW

    def _stands_for_cup(self, at: int, phrase: OpenPhrase, clauses: Sequence[Clause]) -> Counts | None:
        """Return what the word "one" stands for if it counts nothing ("the peppermint one"); None if it counts."""
        previous = self.ahead.kind(at - 1)
        if previous is Kind.DRINK and clauses[-1].definite:
            # In "milk in the peppermint one", the word "one" only stands for the drink.
            return Counts.NOTHING
        if previous is Kind.OPTION and self.ahead.ends(at) and not phrase.clause.says_something:
            # In "a latte, large one", the word "one" only stands for the latte. Of two ordered lattes it is one.
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
        """Tell whether the number multiplies the drink before it ("cappuccino 2x small") and no drink after it."""
        phrase = takewhile(lambda kind: kind not in BREAKS, (atom.kind for atom in self.atoms[at + 1 :]))
        return self.ahead.kind(at + 1) is Kind.TIMES and Kind.DRINK not in phrase

    def _is_in_some(self, at: int, clauses: Sequence[Clause]) -> bool:
        """Tell whether the number counts the cups that get the option after it: "in one caramel" after "2 lattes".

        A text that begins with such words is about the open order."""
        return self._is_inside(at) and (max(self.atoms[at].value, 1) < _cups_of(clauses, 1) or at == 1)

    def _is_of_a_group(self, at: int) -> bool:
        """Tell whether the number or article belongs to a whole group and counts no cups: "double beans", "a syrup"."""
        return self.ahead.kind(at + 1) is Kind.GROUP and self.ahead.drink(at + 1) is None

    def _is_of_people(self, at: int) -> bool:
        """Tell whether the number counts people, and drinks are ordered for them: "we are three now, add a tea"."""
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
            # "Double chicken" counts no bowls.
            return Counts.OPTION if fraction or (multiplies and clauses) else Counts.NEW
        if self.atoms[at].value == 0.5:
            return Counts.OPTION
        drink = self.ahead.drink(ahead)
        if drink is not None:
            # "2 sugar latte" has two sugars, "2 sugar lattes" and "2 vanilla latte" are two lattes.
            said = option.plural or option.phrase in self.lexicon.counted
            return Counts.OPTION if said and not drink.plural else Counts.NEW
        return Counts.NEW if self._in_series(at, clauses) else Counts.OPTION

    def is_portion(self, at: int) -> bool:
        """Tell whether a portion of something, without a drink, stands at `at`: "an extra shot"."""
        said = self.atoms[at].text.split() if self.ahead.kind(at) is Kind.OPTION else ()
        return not self.lexicon.table.units.isdisjoint(said) and self.ahead.drink(at) is None

    def _is_some(self, at: int) -> bool:
        """Tell whether the number says how many cups get the option: "bacon to one of the burgers", "in one of
        them"."""
        after = self.ahead.kind(at + 1)
        if self.ahead.kind(at - 1) not in (Kind.TO, Kind.WITH, Kind.FOR):
            return False
        if self.ahead.ends(at):
            # Nothing but "one" is left of "in one of them".
            return _is_word_one(self.atoms[at])
        return after is Kind.OF_THEM or (after is Kind.DRINK and self.atoms[at].kind is Kind.NUMBER)

    def is_some_of(self, at: int) -> bool:
        """Tell whether the number at `at` counts a drink of the menu: "one of the lattes", "one latte"."""
        kinds = [atom.kind for atom in self.atoms[at + 1 : at + 3]]
        return Kind.DRINK in (kinds[:1] if kinds[:1] != [Kind.OF_THEM] else kinds[1:])

    def _is_weighed(self, at: int, ahead: int) -> bool:
        """Tell whether an amount stands between the number at `at` and the option at `ahead`: "one extra pickles"."""
        return any(atom.kind in (Kind.EXTRA, Kind.LIGHT) for atom in self.atoms[at + 1 : ahead])

    def _in_series(self, at: int, clauses: Sequence[Clause]) -> bool:
        """Tell whether the number is one of a list that divides the drinks before it ("2 lattes, 1 vanilla 1
        caramel")."""
        if at <= self._series_until:
            return True
        numbers = []
        for place in range(at, len(self.atoms)):
            kind = self.atoms[place].kind
            if kind in (Kind.NUMBER, Kind.ARTICLE) and self.ahead.drink(place + 1) is None:
                numbers.append(place)
            elif kind in (Kind.NUMBER, Kind.DRINK, Kind.STOP):
                break
        # The options must be of one group, or each number 1. For 3 drinks, "2 honey, 1 vanilla" are two amounts.
        groups = [{m.group for atom in self.atoms[place + 1 : place + 2] for m in atom.meanings} for place in numbers]
        values = [max(self.atoms[place].value, 1) for place in numbers]
        alike = max(values) == 1 or set.intersection(*groups)
        if len(numbers) > 1 and alike and sum(values) == _cups_of(clauses, 1):
            self._series_until = numbers[-1]
            return True
        return False


def _cups_of(clauses: Sequence[Clause], default: int) -> int:
    """Return the number of cups of the last clause with a drink."""
    return next((clause.cups for clause in reversed(clauses) if clause.drink), default)


def _is_word_one(atom: Atom) -> bool:
    """Tell whether the number is written as the word "one" and not as a digit."""
    return atom.value == 1.0 and not atom.text[0].isdigit()


def compounds(atoms: Sequence[Atom], _lexicon: Lexicon) -> list[Atom]:
    """Merge tens and units into one number: "twenty two", "trente et un"."""
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
    """Read "double" before a single drink as the option, not as two cups: "a double macchiato"."""
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
