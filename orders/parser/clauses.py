"""Fourth stage: atoms as clauses."""

from __future__ import annotations

from collections.abc import Sequence

from orders.items import Amount
from orders.parser.atoms import Atom, Kind, Meaning
from orders.parser.clause import Clause, SaidOption, Verb
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS, Ahead
from orders.parser.sequence import hand_back

_AMOUNTS: dict[Kind, Amount] = {Kind.NO: "no", Kind.LIGHT: "light", Kind.EXTRA: "extra"}
_VERBS = {
    Kind.ADD: Verb.ADD,
    Kind.MAKE: Verb.MAKE,
    Kind.SWAP: Verb.SWAP,
    Kind.CORRECT: Verb.CORRECT,
    Kind.INSTEAD_OF: Verb.INSTEAD_OF,
}
_COUNTED = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY})


def _is_word_one(atom: Atom) -> bool:
    """The word "one", not the figure."""
    return atom.value == 1.0 and not atom.text[0].isdigit()


class ClauseBuilder:
    """Walks the atoms once, left to right."""

    def __init__(self, atoms: Sequence[Atom], lexicon: Lexicon) -> None:
        self.atoms = atoms
        self.lexicon = lexicon
        self.ahead = Ahead(atoms, lexicon)
        self.clauses: list[Clause] = []
        #: The noun phrase being read: not yet known whether it goes with the clause before or starts one.
        self.head = Clause()
        self.loose: list[SaidOption] = []
        #: A break, an article or a number since the last drink.
        self.fresh = True
        self.amount: Amount = None
        self.how_much = ""
        self.verb: Verb | None = None
        self.after_with = False
        self.swapping = False
        self.orphans = 0
        self.last_counted: SaidOption | None = None
        self.series_until = -1
        self.parts = 0
        #: As many cups were shared out by halves.
        self.halved = 0
        self.owner: str | None = None

    def build(self) -> list[Clause]:
        for at, atom in enumerate(self.atoms):
            self._take(at, atom)
        self._close()
        hand_back(self.clauses, self.lexicon)
        return [clause for clause in self.clauses if clause.says_something or clause.verb is Verb.TO]

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
        elif kind in _AMOUNTS:
            self._amount(at, atom)
        elif kind is Kind.WITH and not self.swapping:
            self.after_with = True
        elif kind in (Kind.TO, Kind.FOR, Kind.WITH) and self.swapping:
            self._close()
            self.verb, self.swapping = Verb.TO, False
        elif kind in _VERBS:
            self._verb(at, kind)
        elif kind is Kind.DROP:
            self._drop(at)
        else:
            self._mark(at, atom)

    def _mark(self, at: int, atom: Atom) -> None:
        kind = atom.kind
        if kind is Kind.CATEGORY:
            self._category(atom)
        elif kind is Kind.ALL:
            self._all(at)
        elif kind in (Kind.ANOTHER, Kind.REST):
            self._close()
            self.head.another, self.head.rest = kind is Kind.ANOTHER, kind is Kind.REST
            self.fresh = True
        elif kind is Kind.NTH:
            self._place(atom)
        elif kind is Kind.THE or (kind is Kind.IT and self._kind(at + 1) is Kind.DRINK):
            # "the latte", "oat in that latte"
            self.head.definite = True
        elif kind is Kind.ONLY:
            self.head.only = True
        elif kind is Kind.UNKNOWN:
            self.head.stranger = not self.loose
            self.amount = None
        elif kind is Kind.GROUP and self.amount == "no":
            self._without_group(atom)
        elif kind is Kind.PLAIN:
            self.head.plain = True
        elif kind is Kind.INSTEAD:
            self._close()
            if self.clauses:
                self.clauses[-1].verb = Verb.INSTEAD
        elif kind is Kind.OWNER:
            self._close()
            self.owner, self.fresh = atom.text, True
        elif kind is Kind.NAME:
            self._close()
            named = self.clauses[-1] if self.clauses else self.head
            named.name, named.names = atom.text, atom.phrase

    def _kind(self, at: int) -> Kind | None:
        return self.atoms[at].kind if at < len(self.atoms) else None

    def _place(self, atom: Atom) -> None:
        verb = Verb.NO if self.amount == "no" else self.verb
        self._close()
        self.head.place, self.verb, self.amount = int(atom.value), verb, None
        self.fresh = True

    def _without_group(self, atom: Atom) -> None:
        """ "no toppings": none of them, where some were said before."""
        self.amount = None
        group = self.lexicon.groups[atom.meanings[0].name]
        for option in group.options:
            meaning = Meaning(Kind.OPTION, option.name, group.name, exact=True)
            self.loose.append(SaidOption((meaning,), atom.text, "no", inherited=True, whole_group=True))

    def _option(self, at: int, atom: Atom) -> None:
        amount, self.amount = self.amount, None
        if amount is None and self._is_second_choice(at, atom):
            return
        if amount is None and atom.phrase in self.lexicon.counted and not atom.plural:
            amount = 1.0
        said = self.how_much if isinstance(amount, str) else ""
        wish = SaidOption(atom.meanings, atom.text, amount, said, after_with=self.after_with, at=at, part=self.parts)
        if self.ahead.countable(atom):
            self.last_counted = wish
        self.loose.append(wish)
        self.after_with = False

    def _is_second_choice(self, at: int, atom: Atom) -> bool:
        """ "oat or soy": either will do, so the first that was said is made."""
        if not at or self.atoms[at - 1].kind is not Kind.OR:
            return False
        said = self.loose or (self.clauses[-1].wishes if self.clauses else [])
        groups = {m.group for m in atom.meanings if self.lexicon.groups[m.group].choose == "one"}
        return bool(said) and said[-1].amount is None and any(m.group in groups for m in said[-1].meanings)

    def _drink(self, at: int, atom: Atom) -> None:
        before = self.clauses[-1] if self.clauses else None
        if self.head.alternative and before is not None and before.drink and before.verb is not Verb.NO:
            # "a latte or a cappuccino": either will do, so the first that was said is made.
            self.head, self.loose, self.amount, self.fresh = Clause(), [], None, False
            return
        if self.amount == "no":
            self.verb = Verb.NO
        elif self.amount is not None:
            self.orphans += 1
        if self.after_with or (before is not None and not self.fresh):
            # "with chocolate", "chocolate doughnut": more likely an option, where the word may be one.
            self.orphans += 1
        self.amount = None
        clause, self.head = self.head, Clause()
        clause.stranger = False
        if before is not None and not self.fresh and before.drink:
            clause.between = len(self.loose)
            clause.bound = max((at + 1 for at, wish in enumerate(self.loose) if wish.after_with), default=0)
        clause.drink, clause.phrase, clause.at, clause.part = atom.meanings, atom.phrase, at, self.parts
        clause.name, self.owner = self.owner or clause.name, None
        clause.verb, self.verb = self.verb, None
        clause.wishes, self.loose = self.loose, []
        self.clauses.append(clause)
        self.fresh = self.after_with = False

    def _category(self, atom: Atom) -> None:
        if self.clauses and not self.fresh and self.clauses[-1].drink:
            return
        self._close()
        self.head.category = atom.meanings[0].name

    def _break(self, at: int, kind: Kind) -> None:
        self.parts += kind is not Kind.OR
        if self.amount == "no" and kind is not Kind.OR:
            # "no, large": an answer, not an amount.
            self.verb = self.verb or Verb.CORRECT
        if not (kind is Kind.OR and self.amount is None and self.loose and self.loose[-1].amount == "no"):
            self.amount = None
        else:
            self.amount = "no"
        self._close(keep_head=not self.loose and not self.head.says_something and not self.head.stranger, apart=True)
        self.head.apart = True
        self.head.alternative = kind is Kind.OR
        self.head.joined = kind is Kind.AND
        if kind is Kind.AND and not self.clauses and self.verb is None:
            self.verb = Verb.ADD
        self.fresh = True

    def _close(self, *, keep_head: bool = False, apart: bool = False) -> None:
        """Ends a noun phrase that had no drink of its own."""
        head = self.head
        if head.stranger:
            head = self.head = Clause(apart=head.apart)
        starts = head.count or head.another or head.rest or head.place or head.every or head.category or head.plain
        starts = starts or (
            self.verb in (Verb.MAKE, Verb.SWAP, Verb.TO, Verb.CORRECT, Verb.INSTEAD_OF) and bool(self.loose)
        )
        if starts or (not self.clauses and (self.loose or head.name)):
            head.verb, self.verb = self.verb, None
            head.wishes, self.loose = self.loose, []
            self.clauses.append(head)
        elif self.clauses:
            self.clauses[-1].wishes += self.loose
            self.loose = []
        if not keep_head:
            self.head = Clause(apart=apart)
        self.after_with = False

    def _number(self, at: int, atom: Atom) -> None:
        value = 1.0 if atom.kind is Kind.ARTICLE else atom.value
        bound = self._counts(at, atom)
        cups = (self.clauses[-1].count or 1) if self.clauses and self.clauses[-1].drink else self.halved
        if value == 0.5 and cups > 1 and cups % 2 == 0 and self._halves(at):
            # "4 lattes, half oat, half soy"
            self.halved, value, bound = cups, cups / 2, "new"
        if bound == "same drink":
            self.head.same = True
        elif bound == "option":
            # "no" stays: "not a single sugar".
            self.amount = self.amount if self.amount == "no" else ("no" if value == 0 else value)
        elif bound == "before":
            self._count_before(at, value)
        elif bound == "same" and self.last_counted is not None:
            last = self.last_counted
            self.loose.append(SaidOption(last.meanings, last.said, value, after_with=True))
        elif bound == "time" or (
            self.amount == "no" and bound == "new" and atom.kind is Kind.NUMBER and self.ahead.ends(at)
        ):
            # "in 10 minutes", "not 2" count nothing.
            self.amount = None
        elif bound == "part":
            self.head.count = int(value)
            self._close()
        elif value == int(value) and value > 0:
            self._start(int(value), article=atom.kind is Kind.ARTICLE)

    def _halves(self, at: int) -> bool:
        """Cups, not amounts, are what "half" is said of."""
        after = self.atoms[at + 1] if at + 1 < len(self.atoms) else None
        if after is None:
            return False
        return after.kind in (Kind.WITH, Kind.OF_THEM) or (
            after.kind is Kind.OPTION and not self.ahead.countable(after)
        )

    def _start(self, count: int, *, article: bool) -> None:
        """A number begins a noun phrase."""
        another, alternative = self.head.another, self.head.alternative
        if self.loose or self.head.says_something:
            self._close()
        if article and self.amount == "no":
            return
        self.head.count, self.head.article, self.head.another = count, article, another
        self.head.alternative = alternative
        self.fresh = True

    def _count_before(self, at: int, value: float) -> None:
        """ "sugar x2", "latte for 2": what is before the "x" or the "for"."""
        here = at
        while here and self.atoms[here - 1].end == self.atoms[here].start and self.atoms[here].kind is not Kind.OPTION:
            here -= 1
        wish = self.loose[-1] if self.loose and self.atoms[here].kind is Kind.OPTION else None
        if wish is not None and any(self.lexicon.amounts(m) for m in wish.meanings):
            wish.amount = value
        elif value == int(value) and value > 0:
            if self.clauses and self.head.count is None:
                self.clauses[-1].count = int(value)
                self.clauses[-1].article = False
            else:
                self.head.count = int(value)

    def _counts(self, at: int, atom: Atom) -> str:
        """What a number counts: an "option", a "new" noun phrase, what stood "before", or the "same" as last time."""
        article = atom.kind is Kind.ARTICLE
        if at + 1 < len(self.atoms) and self.atoms[at + 1].kind is Kind.TIME:
            return "time"
        ahead, unit = self.ahead.counted(at)
        following = self.atoms[ahead] if ahead < len(self.atoms) else None
        previous = self.atoms[at - 1].kind if at else None
        worded = atom.kind is Kind.NUMBER and _is_word_one(atom)
        if worded and previous is Kind.OPTION and self.head.article and self.loose:
            return "same drink"
        if previous in (Kind.COMMON, Kind.UNKNOWN) and (following is None or following.kind in BREAKS):
            # "at booth 42"
            return "time"
        if following is not None and following.kind is Kind.OPTION:
            return self._counts_option(at, ahead, unit=unit, article=article)
        after_times = previous in (Kind.TIMES, Kind.FOR) and (self.clauses or self.loose)
        if after_times and (following is None or following.kind not in _COUNTED):
            return "before"
        if article or (
            following is not None and following.kind in (Kind.DRINK, Kind.CATEGORY, Kind.WITH, Kind.NO, Kind.NUMBER)
        ):
            return "new"
        if self.after_with and self.loose and self.clauses and (self.clauses[-1].count or 1) > 1:
            return "part"
        if self.after_with and self.last_counted is not None:
            return "same"
        if previous is Kind.WITH and not self.clauses and following is not None and following.kind in BREAKS:
            # "there in 5, a latte please"
            return "time"
        wish = self.loose[-1] if self.loose and previous is Kind.OPTION else None
        if wish is not None and wish.amount in (None, 1.0) and any(self.lexicon.amounts(m) for m in wish.meanings):
            return "before"
        after_drink = self.clauses and not self.fresh and self.clauses[-1].count is None and self.clauses[-1].drink
        if after_drink and (following is None or following.kind in BREAKS or following.kind is Kind.FILLER):
            return "before"
        return "new"

    def _counts_option(self, at: int, ahead: int, *, unit: bool, article: bool) -> str:
        option = self.atoms[ahead]
        if self.atoms[at - 1].kind is Kind.WITH and at:
            # "with two extra shots": not two drinks, counted or not.
            return "option" if not self.ahead.drink(ahead) or self.ahead.countable(option) else "new"
        if not self.ahead.countable(option):
            return "option" if self.atoms[at].value not in (0.0, int(self.atoms[at].value)) else "new"
        if unit or self.atoms[at].value == 0.5:
            return "option"
        drink = self.ahead.drink(ahead)
        if drink is not None:
            if article or drink.plural:
                return "new"
            return "option" if option.phrase in self.lexicon.counted or option.plural else "new"
        return "new" if self._in_series(at) else "option"

    def _in_series(self, at: int) -> bool:
        """ "2 lattes, 1 vanilla 1 caramel": numbers that share out the drinks before them."""
        if at <= self.series_until:
            return True
        total = next((c.count for c in reversed(self.clauses) if c.drink), None) or 1
        numbers = []
        groups: set[str] | None = None
        for place in range(at, len(self.atoms)):
            atom = self.atoms[place]
            if atom.kind is Kind.NUMBER and atom.value == int(atom.value) and self.ahead.drink(place + 1) is None:
                numbers.append(place)
            elif atom.kind is Kind.OPTION and self.atoms[place - 1].kind is Kind.NUMBER:
                counted = {meaning.group for meaning in atom.meanings}
                groups = counted if groups is None else groups & counted
            elif atom.kind in (Kind.NUMBER, Kind.DRINK, Kind.STOP):
                break
        # What is shared out is one kind of thing: "2 honey, 1 vanilla" for three is two amounts.
        if len(numbers) > 1 and groups and sum(self.atoms[place].value for place in numbers) == total:
            self.series_until = numbers[-1]
            return True
        return False

    def _amount(self, at: int, atom: Atom) -> None:
        if self.amount is not None and atom.kind is not Kind.NO:
            return
        if atom.kind is Kind.NO and self.verb is Verb.MAKE:
            self.verb = None
        if atom.kind is Kind.NO and self.head.place and not self.loose and self.ahead.ends(at):
            # "den zweiten bitte stornieren"
            self.verb = Verb.NO
            return
        if atom.kind is Kind.NO and self.head.count and self.ahead.ends(at):
            # "2 with milk, 1 without"
            self.head.plain = True
            return
        self.amount, self.how_much = _AMOUNTS[atom.kind], atom.text

    def _all(self, at: int) -> None:
        ahead = self.atoms[at + 1].kind if at + 1 < len(self.atoms) else None
        if ahead is None or ahead in BREAKS or (ahead is Kind.FILLER and at + 2 >= len(self.atoms)):
            self._close()
            if self.clauses:
                self.clauses[-1].shared = True
            return
        if self.verb is None or self.loose:
            self._close()
        self.head.every = True
        self.fresh = True

    def _drop(self, at: int) -> None:
        """ "cancel the oat latte", "den Latte bitte stornieren", "den zweiten stornieren"."""
        if not self.ahead.ends(at):
            self._close()
            self.verb, self.head.definite, self.fresh = Verb.NO, True, True
        elif self.head.place and not self.loose:
            self.verb = Verb.NO
        elif self.clauses and self.clauses[-1].drink and not self.fresh:
            self._close()
            self.clauses[-1].verb = Verb.NO
        else:
            self.amount = "no"

    def _verb(self, at: int, kind: Kind) -> None:
        last = at + 1 >= len(self.atoms) or self.atoms[at + 1].kind in (*BREAKS, Kind.FILLER)
        if kind is Kind.ADD and last and (self.clauses or self.loose):
            self._close()
            self.clauses[-1].verb = self.clauses[-1].verb or Verb.ADD
            return
        if kind is Kind.CORRECT and last and self.clauses and not self.fresh and not self.clauses[-1].joined:
            # "a mocha actually"
            self._close()
            self.clauses[-1].verb = self.clauses[-1].verb or Verb.CORRECT
            return
        if kind is Kind.MAKE and self.verb is Verb.CORRECT and not self.loose:
            return
        self._close()
        self.verb = _VERBS[kind]
        self.swapping = kind is Kind.SWAP
        self.fresh = True
