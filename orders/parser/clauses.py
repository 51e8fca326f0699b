"""Fifth stage of reading a text: groups the atoms (words with their meanings) into clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from orders.items import Amount
from orders.parser.atoms import Atom, Kind, Meaning
from orders.parser.clause import Clause, ClauseVerb, SaidOption
from orders.parser.lookahead import BREAKS
from orders.parser.numbers import Counts
from orders.parser.sequence import divide_options
from orders.parser.verb_words import VERBS, VerbWords

_AMOUNTS: dict[Kind, Amount] = {Kind.NO: "no", Kind.LIGHT: "light", Kind.EXTRA: "extra"}
_STRANGE = frozenset({Kind.UNKNOWN, Kind.COMMON})


class ClauseBuilder(VerbWords):
    """Reads the atoms once, from left to right, and groups them into clauses."""

    def build(self) -> list[Clause]:
        for at, atom in enumerate(self.atoms):
            _READERS.get(atom.kind, ClauseBuilder._mark)(self, at, atom)
        self._close()
        self._weigh_last()
        divide_options(self.clauses, self.lexicon)
        return [clause for clause in self.clauses if clause.says_something]

    def _weigh_last(self, before: Sequence[SaidOption] = ()) -> None:
        """Apply an amount that ends a phrase to the option before it: "with caramel, but only a little".

        `before`: this option, if its phrase is still being read. By default, it is the last option of all clauses."""
        last = (before or self._last_option()) if self.open.amount in ("light", "extra") else []
        if last and last[0].amount is None and self._takes_amount(last[0]):
            last[0].amount, last[0].how_much = self.open.amount, self.open.how_much

    def _refusal(self, at: int, atom: Atom) -> None:
        if refused := self._refused_in(at):
            self._close()
            self.open.options, self.open.fresh = refused, True
        elif self._drops_it(at):
            self._close()
            self.clauses[-1].verb = ClauseVerb.NO
        elif atom.kind is Kind.DROP:
            self._drop(at)
        else:
            self._amount(at, atom)

    def _towards(self, at: int, atom: Atom) -> None:
        """Read a word such as "for", which can introduce the replacement in an exchange: "swap the latte for a
        mocha"."""
        if self.open.swapping and self.open.clause.every and not self.open.options:
            # "Switch them both to small" exchanges nothing: it changes every drink.
            self.open.verb, self.open.swapping = ClauseVerb.MAKE, False
        elif self.open.swapping:
            self._close()
            self.open.verb, self.open.swapping, self.open.fresh = ClauseVerb.TO, False, True
        elif atom.kind is Kind.WITH:
            self._with(at, atom)
        else:
            self._mark(at, atom)

    def _with(self, at: int, atom: Atom) -> None:
        refused = [wish for wish in self._last_option() if wish.amount == "no"]
        if refused and self.ahead.ends(at):
            # In "one without cream and one with", the second cup gets the cream that the first one refuses.
            self.open.options.append(SaidOption(refused[0].meanings, refused[0].said, at=at, part=self.open.part))
            return
        if usual := self._usual_of_last() if self.ahead.ends(at) else ():
            # In "one without milk and one with", the second cup gets the milk that its drink comes with.
            self.open.options.append(SaidOption(usual, atom.text, inherited=True, at=at, part=self.open.part))
            return
        if self.open.verb is ClauseVerb.MAKE and self._kind(at - 1) in _STRANGE:
            # "Make it a meal with fries" must not change the dish into fries. The fries are added.
            self.open.verb = ClauseVerb.ADD
        article = self.lexicon.table.kind((atom.text.rsplit(maxsplit=1)[-1],)) is Kind.ARTICLE
        if (article or (not self.open.fresh and self._is_size(at + 1))) and self.ahead.drink(at + 1) is not None:
            # A drink after "with" is a second drink if an article or a size stands before it: "a small latte to go with
            # a large tea", "cheeseburger with large fries".
            self._start(1, article=True, of_drink=True)
        else:
            self.open.after_with = True

    def _is_size(self, at: int) -> bool:
        meanings = [meaning for atom in self.atoms[at : at + 1] for meaning in atom.meanings if meaning.group]
        return any(self.lexicon.groups[meaning.group].role == "size" for meaning in meanings)

    def _usual_of_last(self) -> tuple[Meaning, ...]:
        """Return the default option of the group whose "none" option was just said: milk after "no milk". Return () if
        no "none" option was just said."""
        meanings = [meaning for wish in self._last_option() for meaning in wish.meanings]
        groups = [self.lexicon.groups[m.group] for m in meanings]
        none = [self.lexicon.none_of(group) for group in groups] == [(m.group, m.name) for m in meanings]
        return tuple(Meaning(Kind.OPTION, group.default, group.name) for group in groups if none and group.default)

    def _option(self, at: int, atom: Atom) -> None:
        group = self.lexicon.groups.get(self.lexicon.group_words.get(atom.phrase, ""))
        if group is not None and group.ask and self.ahead.left_to_us(at):
            # "Größe egal" (any size) must not be read as the option "große" (large).
            self.groups.left_to_us.add(group.name)
            return
        amount, self.open.amount = self.open.amount, None
        if amount is None and self._is_second_choice(at, atom):
            return
        if amount is None and atom.phrase in self.lexicon.counted and not atom.plural:
            amount = 1.0
        after_with, self.open.after_with = self.open.after_with, False
        joint = self.atoms[at - 1].text if self._kind(at - 1) is Kind.AND else ""
        how_much = self.open.how_much
        wish = SaidOption(
            atom.meanings, atom.text, amount, how_much, after_with, joint, step=atom.value, at=at, part=self.open.part
        )
        if self.open.verb is ClauseVerb.INSTEAD_OF and self.open.options and self._is_apart(atom):
            # In "honey instead of sugar, medium", the exchange ends before "medium", even if the comma is missing.
            self._close()
        if self.ahead.countable(atom):
            self.numbers.last_counted = wish
        self.open.options.append(wish)

    def _is_apart(self, atom: Atom) -> bool:
        """Return whether the option belongs to another group than the options that are being exchanged."""
        groups = {meaning.group for other in (*self.open.options, *self._last_option()) for meaning in other.meanings}
        return groups.isdisjoint(meaning.group for meaning in atom.meanings)

    def _is_second_choice(self, at: int, atom: Atom) -> bool:
        """Return whether the option is the second of two alternatives. After "oat or soy" the barista can take either,
        so "soy" is ignored."""
        if self._kind(at - 1) is not Kind.OR:
            return False
        said = self._last_option()
        groups = {m.group for m in atom.meanings if self.lexicon.groups[m.group].choose == "one"}
        return any(m.group in groups for wish in said for m in wish.meanings)

    def _drink(self, at: int, atom: Atom) -> None:
        if self.open.excepting:
            self._except(at, atom)
            return
        before = self.clauses[-1] if self.clauses else None
        if self.open.clause.alternative and before is not None and before.drink:
            if before.verb is ClauseVerb.NO:
                # "No latte or mocha" refuses both drinks.
                self.open.amount = "no"
            else:
                # The customer takes either drink of "a latte or a cappuccino", so the second drink is ignored.
                self.open.clause, self.open.options, self.open.amount, self.open.fresh = Clause(), [], None, False
                return
        if self.open.amount == "no":
            self.open.verb = ClauseVerb.NO
        if self.open.after_with or not self.open.fresh:
            # After "with" or right beside another drink, "chocolate" is probably an option and no drink: "with
            # chocolate", "chocolate doughnut". So it costs extra to read it as a drink.
            self.orphans += 1
        self.open.amount = None
        clause, self.open.clause = self.open.clause, Clause()
        clause.stranger = False
        clause.plural = atom.plural
        if not self.open.fresh:
            clause.between = len(self.open.options)
            clause.bound = max((at + 1 for at, wish in enumerate(self.open.options) if wish.after_with), default=0)
        clause.drink, clause.phrase, clause.at, clause.part = atom.meanings, atom.phrase, at, self.open.part
        clause.name, self.open.owner = self.open.owner or clause.name, None
        clause.verb, self.open.verb = self.open.verb, None
        clause.wishes, self.open.options = self.open.options, []
        self.clauses.append(clause)
        self.open.fresh = self.open.after_with = False

    def _break(self, at: int, atom: Atom) -> None:
        kind = atom.kind
        if self._kind(at - 1) is Kind.IT:
            # In "spinach, lots of it, tomato", the amount is for the spinach.
            self._weigh_last(self.open.options[-1:])
        self.open.part += kind is not Kind.OR
        if self.open.amount == "no" or self._is_answer_no(at - 1):
            # The "no" in "no, large" and "nein, groß" corrects what was said and refuses no option.
            self.open.verb = ClauseVerb.CORRECT
        clause, options = self.open.clause, self.open.options
        if self.open.verb is ClauseVerb.INSTEAD_OF and clause.stranger:
            # In "oat instead of goat milk, large", the oat replaces only the unknown "goat milk", and the exchange ends
            # at the comma.
            self.open.verb = None
        # "No oat or soy" refuses both options.
        still_no = kind is Kind.OR and options and options[-1].amount == "no"
        self.open.amount = "no" if still_no else None
        self._close(keep_clause=not options and not clause.says_something, apart=True)
        self.open.clause.apart = True
        self.open.clause.begins = kind is Kind.STOP or atom.text == ":"
        self.open.clause.alternative, self.open.clause.joined = kind is Kind.OR, kind is Kind.AND
        if not self.clauses and kind is Kind.AND and self.open.verb is None and not self.ahead.is_about_cups(at):
            self.open.verb = ClauseVerb.ADD
        self.open.fresh = True

    def _number(self, at: int, atom: Atom) -> None:
        if self.open.swapping and not self.open.fresh and self.ahead.drink(at + 1) is not None:
            # In "mach aus dem Mokka einen Latte" (turn the mocha into a latte), the word "einen" (a) begins the new
            # drink.
            self._close()
            self.open.verb, self.open.swapping, self.open.fresh = ClauseVerb.TO, False, True
        value = 1.0 if atom.kind is Kind.ARTICLE else atom.value
        if self._repeats_number(at):
            # Skip "single" in "2 single espressos", and "einen" in "zweimal einen Espresso" (twice an espresso).
            return
        if value > 1 and self._is_answer_no(at - 1):
            # "No 3 lattes" corrects the number to 3 and refuses nothing.
            self.open.amount, self.open.verb = None, ClauseVerb.CORRECT
        counts = self.numbers.counts(at, self.open, self.clauses)
        half = self.numbers.half_of_the_cups(at, value, self.clauses)
        if half:
            value, counts = half, Counts.NEW
        if counts is Counts.SAME_DRINK:
            self.open.clause.same = True
        elif counts is Counts.OPTION:
            # In "not a single sugar", "a single" is not the amount: the sugar stays refused.
            self.open.amount = self.open.amount if self.open.amount == "no" else value or "no"
            self.open.how_much = atom.text
        elif counts is Counts.BEFORE:
            self._count_before(at, value)
        elif counts is Counts.SAME_OPTION and (last := self.numbers.last_counted):
            self.open.options.append(SaidOption(last.meanings, last.said, value, after_with=True))
        elif self.numbers.corrects(at):
            # "No 2", "nein, nur einen" (no, only one) and "nur einen" (only one) say how many cups are wanted. "Not 2"
            # only says how many are not.
            self.open.amount, self.open.verb = None, ClauseVerb.CORRECT
            self._start(int(value), article=False, of_drink=False)
        elif counts is Counts.NOTHING or (self.open.amount == "no" and self.ahead.ends(at)):
            # The numbers in "in 10 minutes" and "not 2" count no cups.
            self.open.amount = self.open.verb = None
        elif counts is Counts.PART:
            self.open.clause.count, self.open.verb, self.open.clause.some = int(value), ClauseVerb.MAKE, True
            if not self.numbers.is_some_of(at):
                self._close()
        elif value == 0:
            # "0 lattes" and "0 soy" are refusals.
            self.open.amount = "no"
        elif 0 < value == int(value):
            # As the last word of a change, an article is the number one: "einen" in the German "lieber nur einen"
            # (rather just one).
            only = self.open.verb in (ClauseVerb.MAKE, ClauseVerb.CORRECT) and self.ahead.ends(at)
            of_drink = self.ahead.drink(at + 1) is not None
            self._start(int(value), article=atom.kind is Kind.ARTICLE and not only, of_drink=of_drink)

    def _repeats_number(self, at: int) -> bool:
        before, atom = self.atoms[at - 1], self.atoms[at]
        single = atom.value == 1 or (before.value > 1 and before.text.isalpha() and atom.kind is Kind.ARTICLE)
        return single and self._kind(at - 1) is Kind.NUMBER and self.ahead.drink(at + 1) is not None

    def _count_before(self, at: int, value: float) -> None:
        """Apply a number to the option or drink that stands before it: "sugar x2", "latte for 2"."""
        here = at
        while self.atoms[here - 1].end == self.atoms[here].start and self.atoms[here].kind is not Kind.OPTION:
            here -= 1
        wish = self.open.options[-1] if self.open.options and self.atoms[here].kind is Kind.OPTION else None
        if wish is not None and self._takes_amount(wish) and not wish.how_much:
            wish.amount = "no" if wish.amount == "no" else value or "no"
        elif 0 < value == int(value):
            if self.clauses and self.open.clause.count is None:
                self.clauses[-1].count = int(value)
                self.clauses[-1].article = False
            else:
                self.open.clause.count = int(value)

    def _takes_amount(self, wish: SaidOption) -> bool:
        return any(self.lexicon.amounts(meaning) for meaning in wish.meanings)

    def _amount(self, at: int, atom: Atom) -> None:
        if self._makes_exception(at):
            self._close()
            self.open.excepting = self.open.fresh = True
            return
        if atom.kind is Kind.NO:
            if self._refuses_what_was_said(at):
                return
        elif self.open.amount is not None:
            return
        self.open.amount, self.open.how_much = _AMOUNTS[atom.kind], atom.text


#: For each kind of atom, the method that reads it. Atoms of all other kinds are read as small words.
_READERS: dict[Kind, Callable[[ClauseBuilder, int, Atom], None]] = {
    Kind.OPTION: ClauseBuilder._option,
    Kind.DRINK: ClauseBuilder._drink,
    Kind.NUMBER: ClauseBuilder._number,
    Kind.ARTICLE: ClauseBuilder._number,
    Kind.NO: ClauseBuilder._refusal,
    Kind.DROP: ClauseBuilder._refusal,
    Kind.LIGHT: ClauseBuilder._amount,
    Kind.EXTRA: ClauseBuilder._amount,
    **dict.fromkeys(BREAKS, ClauseBuilder._break),
    **dict.fromkeys((Kind.TO, Kind.FOR, Kind.WITH, Kind.TIMES), ClauseBuilder._towards),
    **dict.fromkeys(VERBS, ClauseBuilder._verb),
}
