"""Fourth stage: groups the atoms into clauses."""

from __future__ import annotations

from dataclasses import replace

from orders.items import Amount
from orders.parser.atoms import Atom, Kind
from orders.parser.clause import Clause, ClauseVerb, SaidOption
from orders.parser.lookahead import BREAKS
from orders.parser.numbers import Counts
from orders.parser.sequence import divide_options
from orders.parser.small_words import SmallWords

_AMOUNTS: dict[Kind, Amount] = {Kind.NO: "no", Kind.LIGHT: "light", Kind.EXTRA: "extra"}
_VERBS = {
    Kind.ADD: ClauseVerb.ADD,
    Kind.MAKE: ClauseVerb.MAKE,
    Kind.SWAP: ClauseVerb.SWAP,
    Kind.CORRECT: ClauseVerb.CORRECT,
    Kind.INSTEAD_OF: ClauseVerb.INSTEAD_OF,
}


class ClauseBuilder(SmallWords):
    """Reads the atoms once, from left to right, and builds the clauses."""

    def build(self) -> list[Clause]:
        for at, atom in enumerate(self.atoms):
            self._take(at, atom)
        self._weigh_last()
        self._close()
        divide_options(self.clauses, self.lexicon)
        return [clause for clause in self.clauses if clause.says_something]

    def _weigh_last(self) -> None:
        """Give an amount at the end of the text to the option before it: "with caramel, but only a little"."""
        last = self.clauses[-1].wishes[-1:] if self.clauses and not self.open.options else self.open.options[-1:]
        if self.open.amount not in ("light", "extra") or not last or last[0].amount is not None:
            return
        if any(self.lexicon.amounts(meaning) for meaning in last[0].meanings):
            last[0].amount, last[0].how_much = self.open.amount, self.open.how_much

    def _take(self, at: int, atom: Atom) -> None:
        kind = atom.kind
        if kind is Kind.OPTION:
            self._option(at, atom)
        elif kind is Kind.DRINK:
            self._drink(at, atom)
        elif kind in BREAKS:
            self._break(at, kind)
        elif kind in (Kind.NUMBER, Kind.ARTICLE):
            self._number(at, atom)
        elif kind is Kind.NO and (refused := self._refused_in(at)):
            self._close()
            self.open.options, self.open.fresh = refused, True
        elif kind in (Kind.NO, Kind.DROP) and self._drops_it(at):
            self._close()
            self.clauses[-1].verb = ClauseVerb.NO
        elif kind in _AMOUNTS and self._makes_exception(at):
            self._close()
            self.open.excepting = self.open.fresh = True
        elif kind in _AMOUNTS:
            self._amount(at, atom)
        elif kind is Kind.WITH and not self.open.swapping:
            self._with(at, atom)
        elif kind in (Kind.TO, Kind.FOR, Kind.WITH, Kind.TIMES) and self.open.swapping:
            self._close()
            self.open.verb, self.open.swapping, self.open.fresh = ClauseVerb.TO, False, True
        elif kind in _VERBS:
            self._verb(at, kind)
        elif kind is Kind.DROP:
            self._drop(at)
        else:
            self._mark(at, atom)

    def _with(self, at: int, atom: Atom) -> None:
        refused = self.clauses[-1].wishes[-1:] if self.clauses else []
        if self.open.clause.count and self.ahead.ends(at) and refused and refused[0].amount == "no":
            # In "one without cream and one with", the second cup gets the cream that the first one refuses.
            self.open.options.append(SaidOption(refused[0].meanings, refused[0].said, at=at, part=self.parts))
            return
        last = (atom.text.rsplit(maxsplit=1)[-1],)
        if self.clauses and self.lexicon.table.kind(last) is Kind.ARTICLE and self.ahead.drink(at + 1) is not None:
            # A phrase with "with" may end in an article that begins a drink: "a small latte to go with a | large tea".
            self._start(1, article=True, of_drink=True)
        else:
            self.open.after_with = True

    def _option(self, at: int, atom: Atom) -> None:
        amount, self.open.amount = self.open.amount, None
        if amount is None and self._is_second_choice(at, atom):
            return
        if amount is None and atom.phrase in self.lexicon.counted and not atom.plural:
            amount = 1.0
        said = self.open.how_much if amount is not None else ""
        after_with, self.open.after_with = self.open.after_with, False
        before = self.atoms[at - 1] if at else None
        joint = before.text if before is not None and before.kind is Kind.AND else ""
        wish = SaidOption(atom.meanings, atom.text, amount, said, after_with, joint, at=at, part=self.parts)
        instead = self.open.verb is ClauseVerb.INSTEAD_OF and self.open.options
        if instead and self.open.is_apart(wish, self.clauses[-1] if self.clauses else None):
            # "honey instead of sugar, medium": the exchange ends before "medium", even if the comma is missing.
            self._close()
        if self.ahead.countable(atom):
            self.numbers.last_counted = wish
        self.open.options.append(wish)

    def _is_second_choice(self, at: int, atom: Atom) -> bool:
        """Tell whether the option is the second of two alternatives. In "oat or soy" either will do: "soy" is
        ignored."""
        if self.atoms[at - 1].kind is not Kind.OR:
            return False
        said = self.clauses[-1].wishes if self.clauses else []
        groups = {m.group for m in atom.meanings if self.lexicon.groups[m.group].choose == "one"}
        return bool(said) and any(m.group in groups for m in said[-1].meanings)

    def _drink(self, at: int, atom: Atom) -> None:
        if self.open.excepting:
            self._except(at, atom)
            return
        before = self.clauses[-1] if self.clauses else None
        if self.open.clause.alternative and before is not None and before.drink:
            if before.verb is ClauseVerb.NO:
                # "no latte or mocha" refuses both drinks.
                self.open.amount = "no"
            else:
                # In "a latte or a cappuccino" either will do, so the second drink is ignored.
                self.open.clause, self.open.options, self.open.amount, self.open.fresh = Clause(), [], None, False
                return
        if self.open.amount == "no":
            self.open.verb = ClauseVerb.NO
        if self.open.after_with or not self.open.fresh:
            # In "with chocolate" and "chocolate doughnut", "chocolate" is more likely an option. Count this against the
            # drink.
            self.orphans += 1
        self.open.amount = None
        clause, self.open.clause = self.open.clause, Clause()
        clause.stranger = False
        clause.plural = atom.plural
        if before is not None and not self.open.fresh:
            clause.between = len(self.open.options)
            clause.bound = max((at + 1 for at, wish in enumerate(self.open.options) if wish.after_with), default=0)
        clause.drink, clause.phrase, clause.at, clause.part = atom.meanings, atom.phrase, at, self.parts
        clause.name, self.open.owner = self.open.owner or clause.name, None
        clause.verb, self.open.verb = self.open.verb, None
        clause.wishes, self.open.options = self.open.options, []
        self.clauses.append(clause)
        self.open.fresh = self.open.after_with = False

    def _break(self, at: int, kind: Kind) -> None:
        self.parts += kind is not Kind.OR
        if self.open.amount == "no" or self._is_answer_no(at - 1):
            # The "no" in "no, large" and "nein, groß" corrects what was said and refuses no option.
            self.open.verb = ClauseVerb.CORRECT
        clause, options = self.open.clause, self.open.options
        # "no oat or soy" refuses both options.
        still_no = kind is Kind.OR and options and options[-1].amount == "no"
        self.open.amount = "no" if still_no else None
        self._close(keep_clause=not options and not clause.says_something and not clause.stranger, apart=True)
        self.open.clause.apart = True
        self.open.clause.begins = kind is Kind.STOP
        self.open.clause.alternative, self.open.clause.joined = kind is Kind.OR, kind is Kind.AND
        if kind is Kind.AND and not self.clauses and self.open.verb is None and not self.ahead.is_about_cups(at):
            self.open.verb = ClauseVerb.ADD
        self.open.fresh = True

    def _number(self, at: int, atom: Atom) -> None:
        if self.open.swapping and not self.open.fresh and self.ahead.drink(at + 1) is not None:
            # In "mach aus dem Mokka einen Latte" (turn the mocha into a latte), the number begins the replacement.
            self._close()
            self.open.verb, self.open.swapping, self.open.fresh = ClauseVerb.TO, False, True
        value = 1.0 if atom.kind is Kind.ARTICLE else atom.value
        if (
            atom.value == 1
            and self.open.clause.count
            and self._kind(at - 1) is Kind.NUMBER
            and self.ahead.drink(at + 1)
        ):
            # "2 single espressos" are two.
            return
        if at == 1 and value > 1 and self.open.amount == "no" and self._is_answer_no(0):
            # "No 3 lattes" corrects the number.
            self.open.amount, self.open.verb = None, ClauseVerb.CORRECT
        counts = self.numbers.counts(at, self.open, self.clauses)
        half = self.numbers.half_of_the_cups(at, value, self.clauses)
        if half:
            value, counts = half, Counts.NEW
        last = self.numbers.last_counted
        if counts is Counts.SAME_DRINK:
            self.open.clause.same = True
        elif counts is Counts.OPTION:
            # The "no" in "not a single sugar" stays in force after the number.
            self.open.amount = self.open.amount if self.open.amount == "no" else value or "no"
            self.open.how_much = atom.text
        elif counts is Counts.BEFORE:
            self._count_before(at, value)
        elif counts is Counts.SAME_OPTION and last is not None:
            self.open.options.append(SaidOption(last.meanings, last.said, value, after_with=True))
        elif self.numbers.corrects(at):
            # "no 2", "nein, nur einen" (no, only one) and "nur einen" correct the number. "Not 2" corrects nothing.
            self.open.amount, self.open.verb = None, ClauseVerb.CORRECT
            self._start(int(value), article=False, of_drink=False)
        elif counts is Counts.NOTHING or (self.open.amount == "no" and self.ahead.ends(at)):
            # The numbers in "in 10 minutes" and "not 2" count nothing.
            self.open.amount = None
            if self.ahead.ends(at):
                self.open.verb = None
        elif counts is Counts.PART:
            self.open.clause.count, self.open.verb, self.open.clause.some = int(value), ClauseVerb.MAKE, True
            if not self.numbers.is_some_of(at):
                self._close()
        elif value == 0 and self.ahead.drink(at + 1) is not None:
            # "0 lattes"
            self.open.amount = "no"
        elif value == int(value) and value > 0:
            # At the end of a change the article is a number: "lieber nur einen" means "rather just one".
            only = self.open.verb in (ClauseVerb.MAKE, ClauseVerb.CORRECT) and self.ahead.ends(at)
            of_drink = self.ahead.drink(at + 1) is not None
            self._start(int(value), article=atom.kind is Kind.ARTICLE and not only, of_drink=of_drink)

    def _count_before(self, at: int, value: float) -> None:
        """Apply the number to the option or drink before it: "sugar x2", "latte for 2"."""
        here = at
        while here and self.atoms[here - 1].end == self.atoms[here].start and self.atoms[here].kind is not Kind.OPTION:
            here -= 1
        wish = self.open.options[-1] if self.open.options and self.atoms[here].kind is Kind.OPTION else None
        if wish is not None and any(self.lexicon.amounts(m) for m in wish.meanings):
            wish.amount = "no" if wish.amount == "no" else value or "no"
        elif value == int(value) and value > 0:
            if self.clauses and self.open.clause.count is None:
                self.clauses[-1].count = int(value)
                self.clauses[-1].article = False
            else:
                self.open.clause.count = int(value)

    def _amount(self, at: int, atom: Atom) -> None:
        if self.open.amount is not None and atom.kind is not Kind.NO:
            return
        if atom.kind is Kind.NO and self.open.clause.alike and self.ahead.ends(at) and self.clauses:
            # "A tea with milk and the same but without" refuses the milk.
            self.open.options += [replace(wish, amount="no") for wish in self.clauses[-1].wishes if wish.after_with]
            return
        if atom.kind is Kind.NO and (self.open.clause.count or self.open.clause.another) and self.ahead.ends(at):
            # In "2 with milk, 1 without", "without" refuses all options.
            self.open.clause.plain = True
            return
        if atom.kind is Kind.NO and self._kind(at - 1) is Kind.DRINK and self._is_without(at):
            # In "one tea with milk, one tea without", no option follows the last "without".
            return
        self.open.amount, self.open.how_much = _AMOUNTS[atom.kind], atom.text

    def _is_without(self, at: int) -> bool:
        return self._kind(at + 1) in (None, *BREAKS) and not self.ahead.is_answer_no(self.atoms[at])

    def _drop(self, at: int) -> None:
        """Drop a drink. The verb is before the drink ("cancel the latte") or, in German, after it ("den Latte
        stornieren")."""
        if not self.ahead.ends(at):
            self._close()
            self.open.verb, self.open.clause.definite, self.open.fresh = ClauseVerb.NO, True, True
        elif self.open.clause.place or self.open.clause.count:
            self.open.verb = ClauseVerb.NO
        elif self.clauses and not self.open.fresh:
            self._close()
            before = self.clauses[-1]
            if (before.verb is ClauseVerb.NO or before.excepted) and self.ahead.is_about_everything(at):
                # "alles außer dem Tee stornieren" (cancel all but the tea) keeps only the tea.
                before.verb, before.only, before.excepted = None, True, False
            else:
                before.verb = ClauseVerb.NO
        else:
            self.open.amount = "no"

    def _verb(self, at: int, kind: Kind) -> None:
        last = at + 1 >= len(self.atoms) or self.atoms[at + 1].kind in (*BREAKS, Kind.FILLER)
        if kind is Kind.ADD and last and (self.clauses or self.open.options or self.open.clause.rest):
            self._close()
            before = self.clauses[-1]
            before.also = self.atoms[at].text in self.lexicon.table.also
            if before.verb is ClauseVerb.MAKE and before.drink and before.wishes and before.count is None:
                # In "make the latte small too", the last word adds no drink.
                return
            first = self.clauses[-2] if len(self.clauses) > 1 else None
            changes = first is not None and first.verb in (ClauseVerb.MAKE, ClauseVerb.CORRECT)
            if first is not None and changes and first.drink and not before.drink:
                # In "make the latte a small too", the last word adds no drink either.
                return
            if before.verb in (None, ClauseVerb.CORRECT, ClauseVerb.MAKE):
                # In "actually a mocha too", the last word tells that the mocha is added and replaces nothing.
                self.clauses[-1].verb = ClauseVerb.ADD
            return
        if kind is Kind.CORRECT and last and self.clauses and not self.open.fresh and not self.clauses[-1].joined:
            # The correcting word may come last: "a mocha actually".
            self._close()
            self.clauses[-1].verb = self.clauses[-1].verb or ClauseVerb.CORRECT
            return
        if at and self.open.amount == "no" and self.ahead.is_answer_no(self.atoms[at - 1]):
            # The "no" in "No make it oat" refuses what was said before, not the oat.
            self.open.amount = None
        if kind is Kind.MAKE and self.open.verb is ClauseVerb.CORRECT and not self.open.options:
            # Of two verbs the second counts: "actually make the macchiato a cortado".
            self.open.verb = ClauseVerb.MAKE
            return
        some = self.open.clause.count or self.open.clause.rest or self.open.clause.place
        if kind is Kind.MAKE and some and not self.open.options:
            # The clause keeps its count in "One of them should be decaf". In "uno mejor" (better one) and "uno sea un
            # moca" (let one be a mocha), the article is a number.
            another = not last and self.atoms[at + 1].kind is Kind.ARTICLE
            self.open.clause.article = self.open.clause.article and not (last or another)
            self.open.verb = ClauseVerb.MAKE if another else self.open.verb
            return
        if kind is Kind.MAKE and self.clauses and not self.open.fresh and self.clauses[-1].is_bare_mention:
            # "Y que el capuchino sea grande": the verb stands after the drink, and "and" adds no drink.
            self.clauses[-1].verb = None
        self._close()
        self.open.verb = _VERBS[kind]
        self.open.clause.preferred = self.atoms[at].text in self.lexicon.table.preferring
        self.open.swapping = kind is Kind.SWAP
        self.open.fresh = True
