"""Keeps the clauses that were read so far (one for each drink or change), and the noun phrase that is being read."""

from __future__ import annotations

from collections.abc import Sequence

from orders.parser.atoms import Atom, Kind
from orders.parser.clause import Clause, ClauseVerb, GroupWords, OpenPhrase, SaidOption
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.numbers import NumberReader

#: Verbs of clauses that need no drink, as in "make it oat".
_CHANGING = frozenset({ClauseVerb.MAKE, ClauseVerb.SWAP, ClauseVerb.TO, ClauseVerb.CORRECT, ClauseVerb.INSTEAD_OF})


class OpenClauses:
    def __init__(self, atoms: Sequence[Atom], lexicon: Lexicon, ordered: int = 0) -> None:
        """`ordered` is the number of cups in the open order, before this text."""
        self.atoms = atoms
        self.lexicon = lexicon
        self.ahead = Ahead(atoms, lexicon)
        self._kind = self.ahead.kind
        self.numbers = NumberReader(atoms, self.ahead, lexicon, ordered)
        self.clauses: list[Clause] = []
        self.open = OpenPhrase()
        #: How many words were read as a drink although an option is more likely, such as "chocolate" in "with
        #: chocolate". Each makes this interpretation of the text less likely.
        self.orphans = 0
        self.groups = GroupWords()

    def _last_option(self) -> list[SaidOption]:
        """Return the last option of the last clause, as a list; an empty list if there is none."""
        return [wish for clause in self.clauses[-1:] for wish in clause.wishes[-1:]]

    def _given_to(self, at: int) -> list[SaidOption]:
        """Remove and return the options just read if they are for the cup named at `at`, as in "soy for the other".

        Return an empty list if no word such as "for" stands before this cup, or if the noun phrase goes on after the
        cup."""
        inside = self.lexicon.table.inside
        gives = self._kind(at - 1) in (Kind.FOR, Kind.WITH, Kind.TO) or self.atoms[at - 1].text in inside
        # The preposition can be part of the words for the cup: Spanish "miel al segundo" (honey to the second one).
        gives = gives or self.atoms[at].text.split()[0] in inside
        if not gives or not self.ahead.ends(at):
            return []
        given, self.open.options = self.open.options, []
        return given

    def _begin_cup_of_another(self, at: int) -> None:
        """Count a further cup if an option of the same group is said again after another person's cup, without drink
        and number: in "small latte for Ann, large for Bo", Bo gets a large latte."""
        phrase = self.open.clause
        whose = [clause for clause in self.clauses[-1:] if clause.name or clause.mine]
        said = {meaning.group for clause in whose for wish in clause.wishes for meaning in wish.meanings}
        again = any(meaning.group in said for wish in self.open.options for meaning in wish.meanings)
        # In "for Dani a latte and for Sam large", the option stands after the name. Sam gets a large latte.
        follows = phrase.joined and bool(whose) and self._kind(at + 1) is Kind.OPTION
        if (again or follows) and not phrase.says_something:
            phrase.count = 1

    def _refused_in(self, at: int) -> list[SaidOption]:
        """Return the option that "none" at `at` refuses, as a list: the sugar in "2 sugars in the latte, none in the
        mocha".

        Return an empty list if "none" refuses nothing here."""
        if self._kind(at + 1) is not Kind.WITH or self._kind(at + 2) not in (Kind.THE, Kind.DRINK):
            return []
        return [SaidOption(wish.meanings, wish.said, "no", at=at, part=self.open.part) for wish in self._last_option()]

    def _drops_it(self, at: int) -> bool:
        """Return whether the verb at `at` drops the drink named before, as in "I changed my mind about the mocha,
        remove it"."""
        verb = self.lexicon.table.kind((self.atoms[at].text,)) is Kind.DROP
        last = verb and self._kind(at + 1) is Kind.IT and self.ahead.ends(at + 1)
        return last and any(clause.drink for clause in self.clauses[-1:])

    def _makes_exception(self, at: int) -> bool:
        """Return whether an exception begins at `at`, such as "except the mocha" in "all with oat, except the mocha".

        The exception can also be a text of its own."""
        if self.lexicon.table.excepting.isdisjoint(self.atoms[at].text.split()[:1]):
            return False
        after = at + 1 + (self._kind(at + 1) is Kind.THE)
        if self._kind(after) is not Kind.DRINK:
            return False
        if at == 0:
            return True
        before = self.clauses[-1] if self.clauses and self.clauses[-1].every else self.open.clause
        # "Everything except the mocha" changes nothing about the other drinks. So these words only refuse the mocha.
        dropped = any(atom.kind is Kind.DROP for atom in self.atoms[after:])
        return bool(dropped or before.wishes or self.open.options)

    def _except(self, at: int, atom: Atom) -> None:
        names = tuple(meaning.name for meaning in atom.meanings)
        for clause in self.clauses[-1:]:
            clause.but += names
        clause = Clause(ClauseVerb.MAKE, definite=True, excepted=True, drink=atom.meanings, phrase=atom.phrase, at=at)
        clause.part = self.open.part
        self.clauses.append(clause)
        self.open.excepting = self.open.fresh = False

    def _is_another_like_it(self, at: int) -> bool:
        """Return whether "the same" at `at` orders another cup, as in "a tea, and the same without milk"."""
        said = self.atoms[at]
        joined = self.lexicon.table.kind(tuple(said.text.split()[:1])) is Kind.AND
        return joined and not said.meanings and self._kind(at + 1) in (Kind.NO, Kind.WITH, Kind.BUT, Kind.OPTION)

    def _same(self, at: int, atom: Atom) -> None:
        """Note that a drink is like the one before it, in everything ("the same") or only in its size ("the same
        size")."""
        if atom.meanings:
            alike = self.clauses[-1] if self.clauses else self.open.clause
            alike.same_groups = (*alike.same_groups, atom.meanings[0].name)
            return
        for clause in self.clauses[-1:]:
            clause.alike, clause.also = True, self.ahead.ends(at)

    def _close(self, *, keep_clause: bool = False, apart: bool = False) -> None:
        """End a noun phrase that has no drink of its own.

        It becomes a clause, or its options are added to the previous clause."""
        clause = self.open.clause
        if clause.stranger:
            clause = self.open.clause = Clause(apart=clause.apart)
        self._begin_cup_of_size()
        if self._becomes_clause(clause):
            # In "Dani's: a small one" the name stands before its cup.
            clause.name, self.open.owner = clause.name or self.open.owner, None
            clause.verb, self.open.verb = self.open.verb, None
            clause.wishes, self.open.options = self.open.options, []
            self.clauses.append(clause)
        elif self.clauses and self.clauses[-1].verb is ClauseVerb.INSTEAD_OF and self.open.options:
            # In "swiss instead of american, avocado" the avocado is added and not exchanged.
            self.clauses.append(Clause(wishes=self.open.options, apart=True))
            self.open.options = []
        elif self.clauses:
            self.clauses[-1].wishes += self.open.options
            self.open.options = []
        if not keep_clause:
            self.open.clause = Clause(apart=apart)
        self.open.after_with = False

    def _begin_cup_of_size(self) -> None:
        """Count a further cup if a second size follows "and" without drink and number: "large latte and small"."""
        phrase, sizes = self.open.clause, [one for one in self.open.options[:1] if self.lexicon.is_size(one.meanings)]
        if not (phrase.joined and sizes and self.clauses) or phrase.says_something:
            return
        before = self.clauses[-1]
        # In "a mocha and a latte, large and small", each drink gets one of the sizes.
        sized = any(self.lexicon.is_size(wish.meanings) and wish.part == before.part for wish in before.wishes)
        if before.drink and sized:
            phrase.count, sizes[0].joint = 1, ""

    def _becomes_clause(self, phrase: Clause) -> bool:
        if (
            phrase.count
            or phrase.another
            or phrase.rest
            or phrase.place
            or phrase.every
            or phrase.category
            or phrase.exchanged
        ):
            return True
        if self.open.verb in _CHANGING and self.open.options:
            return True
        return not self.clauses and bool(self.open.options or phrase.name or phrase.plain)

    def _start(self, count: int, *, article: bool, of_drink: bool) -> None:
        """Begin a noun phrase that starts with this number or article."""
        another, rest = self.open.clause.another, self.open.clause.rest
        alternative = self.open.clause.alternative
        if self.open.options or (self.open.clause.says_something and not (another or rest)):
            # "Another 2" stays one noun phrase: the number says how many more cups.
            self._close()
        if article and self.open.amount == "no" and not of_drink:
            # After a refusal, an article counts only if a drink follows: Spanish "quita un cortado" (take away a
            # cortado).
            return
        self.open.clause.count, self.open.clause.article, self.open.clause.another = count, article, another
        self.open.clause.alternative, self.open.clause.rest = alternative, rest
        self.open.fresh = True
