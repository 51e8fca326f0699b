"""Applies small words such as "both", "the other one" and "for me" to the noun phrase that is being read."""

from __future__ import annotations

from orders.parser.atoms import Atom, Kind, Meaning
from orders.parser.clause import Clause, ClauseVerb
from orders.parser.lookahead import ENDS
from orders.parser.open_clauses import OpenClauses

_MEASURING = frozenset({Kind.NUMBER, Kind.LIGHT, Kind.EXTRA})
_BEFORE_PORTION = _MEASURING | {Kind.WITH}

#: Kinds of words that refer to other cups than the noun phrase that is being read, such as "both" and "another".
_OF_CUPS = frozenset({Kind.ALL, Kind.ANOTHER, Kind.REST, Kind.SAME, Kind.TWICE})


class SmallWords(OpenClauses):
    def _mark(self, at: int, atom: Atom) -> None:
        kind = atom.kind
        if kind is Kind.COMMON:
            return
        if kind is Kind.CATEGORY:
            self._category(atom)
        elif kind in _OF_CUPS:
            self._mark_cups(at, atom)
        elif kind in (Kind.NTH, Kind.CUP):
            self._place(at, atom)
        elif kind is Kind.THE or (kind is Kind.IT and self._kind(at + 1) is Kind.DRINK):
            # The word before the drink shows that the drink was ordered before: "the latte", "oat in that latte".
            self.open.clause.definite = True
        elif self._is_answered_no(at, kind):
            # The "no" of "no ok, large" and "no I want oat" corrects what was said before, and refuses nothing.
            self.open.amount, self.open.verb = None, ClauseVerb.CORRECT
        elif atom.text in self.lexicon.table.myself:
            self._begin_cup_of_another(at)
            cup = self.open.clause if self.open.clause.count or not self.clauses else self.clauses[-1]
            cup.mine = True
        elif kind is Kind.UNIT and self.ahead.ends(at):
            self._portion(at)
        elif kind is Kind.ONLY and not self._is_only_of_option(at):
            self.open.clause.only = True
            # "Only the mocha with oat" is about the mocha that was named before.
            self.open.clause.definite |= self.lexicon.table.kind(tuple(atom.text.split()[1:])) is Kind.THE
        elif kind is Kind.OF_THEM and self.open.clause.count:
            self.open.clause.some, self.open.clause.article = True, False
            if self.open.amount == "no":
                # "Cancel one of them" drops a cup and refuses no option.
                self.open.verb, self.open.amount = ClauseVerb.NO, None
            self.open.clause.others = self.lexicon.table.kind(tuple(atom.text.split()[1:])) is Kind.REST
        elif kind is Kind.UNKNOWN:
            if self.open.clause.joined and all(self.lexicon.is_size(wish.meanings) for wish in self.open.options):
                # The size in "large tea and small muffin" is the muffin's and not the tea's.
                self.open.options = []
            # The unknown word in "2 teas, one with lemon and one with milk" is no drink.
            describes = self._kind(at - 1) is Kind.WITH and self.open.clause.count and self.clauses
            self.open.clause.stranger = not (self.open.options or describes)
            self.open.amount = None
            self.open.after_with = self.open.after_with and not self.ahead.describes(at + 1)
        elif kind is Kind.GROUP:
            self._group(at, atom)
        elif kind is Kind.PLAIN:
            self._plain(at)
        elif kind is Kind.INSTEAD:
            self._close()
            dropped = [clause for clause in self.clauses[-1:] if clause.verb is ClauseVerb.NO]
            if self.clauses and (self.ahead.ends(at) or not dropped):
                # "No tea, instead a mocha" drops the tea and adds a mocha.
                self.clauses[-1].verb = ClauseVerb.INSTEAD
        elif kind is Kind.OWNER:
            self._close()
            self.open.owner, self.open.fresh = atom.text, True
        elif kind is Kind.NAME:
            self._name(at, atom)

    def _name(self, at: int, atom: Atom) -> None:
        if self._gives_to_owner(atom.text):
            return
        strange = self.open.clause.stranger
        self._begin_cup_of_another(at)
        self._close()
        named = self.clauses[-1] if self.clauses else self.open.clause
        if (named.name or named.every) and self._signs(at, named):
            # In "a latte, and for Ana a tea. Thanks, Bob", the latte is Bob's.
            for clause in self.clauses:
                if clause.drink and not clause.name:
                    clause.name, clause.names = atom.text, atom.phrase
        elif not (strange and named.name):
            # In "a latte for Ann and a kombucha for Bob", Bob's kombucha is not on the menu. The latte must stay Ann's.
            named.name, named.names = atom.text, atom.phrase

    def _gives_to_owner(self, name: str) -> bool:
        """Give the options just read to the cup that this text ordered for the same person, as in "a latte for Ann and
        a tea for Bob, oat for Ann". Return False if there is no such cup."""
        owned = [clause for clause in self.clauses if clause.name == name and clause.drink]
        if not (owned and self.open.options) or self.open.clause.says_something:
            return False
        owned[-1].wishes += self.open.options
        self.open.options = []
        return True

    def _signs(self, at: int, named: Clause) -> bool:
        """Return whether the name at `at` is the sender's signature and not the name for one cup.

        In "a latte, and for Ana a tea. Thanks, Bob" it is: the tea before "Bob" is already Ana's, and nothing but
        polite words may follow the signature. `named` is the clause before the name."""
        whose = named.name or (named.every and any(clause.name for clause in self.clauses))
        drinks = whose and any(clause.drink for clause in self.clauses)
        return bool(drinks) and all(atom.kind in (Kind.FILLER, Kind.STOP) for atom in self.atoms[at + 1 :])

    def _is_only_of_option(self, at: int) -> bool:
        """Return whether the "just" at `at` is about an option: "sugar just in the tea", "just sugar in the tea".

        Such a "just" removes no drinks, while "just the tea" removes all others from the order."""
        before = self._kind(at + 1) is Kind.OPTION and self._kind(at + 3) is Kind.THE
        given = self._kind(at + 1 + before) in (Kind.WITH, Kind.FOR, Kind.TO)
        return given and (before or bool(self.open.options))

    def _mark_cups(self, at: int, atom: Atom) -> None:
        """Apply a word that refers to other cups than the noun phrase that is being read, such as "both" or
        "another"."""
        kind = atom.kind
        one_too = atom.text.partition(" ")[2] in self.lexicon.table.also
        if kind is Kind.ALL:
            self._all(at)
        elif kind is Kind.ANOTHER and self.numbers.is_portion(at + 1):
            # German "noch einen extra Shot" (another extra shot) adds a shot and orders no further cup.
            return
        elif kind is Kind.ANOTHER and self.open.verb is ClauseVerb.TO:
            # "Swap the tea for another with milk" replaces the tea and orders no second one.
            self._start(1, article=True, of_drink=False)
        elif kind is Kind.ANOTHER and self.open.options and (self.open.clause.count or one_too):
            # In "a medium one as well" and "small one too", the options of the further cup stand before "one".
            self.open.clause.another = True
        elif kind in (Kind.ANOTHER, Kind.REST):
            given = self._given_to(at)
            self._close()
            self.open.clause.another, self.open.clause.rest = kind is Kind.ANOTHER, kind is Kind.REST
            self.open.clause.alike = self.lexicon.table.says_same(atom.text)
            self.open.clause.others = atom.text in self.lexicon.table.another_of_them
            self.open.fresh, self.open.options = True, given
        elif kind is Kind.TWICE:
            self._close()
            self.clauses.append(Clause(twice=True))
        elif self._is_another_like_it(at):
            self._close()
            self.open.clause.another = self.open.clause.alike = self.open.fresh = True
        else:
            self._same(at, atom)

    def _is_answered_no(self, at: int, kind: Kind) -> bool:
        """Return whether the "no" before `at` corrects what was said before, as in "no I want oat" and "no ok, large".

        `kind` is the kind of the word at `at` ("I want", "ok")."""
        asks = kind is Kind.ASK and not self.lexicon.table.no_negates
        return (asks or (kind is Kind.FILLER and at == 1)) and self._is_answer_no(at - 1)

    def _portion(self, at: int) -> None:
        self.open.clause.portion = not self.clauses
        if self.clauses and not self.numbers.last_counted and self._kind(at - 1) in _BEFORE_PORTION:
            # "A mocha with an extra pump" does not say of what, so these words become a note for the barista.
            start = at
            while self._kind(start - 1) in _MEASURING:
                start -= 1
            self.groups.remarks.append(" ".join(atom.text for atom in self.atoms[start : at + 1]))

    def _place(self, at: int, atom: Atom) -> None:
        verb = ClauseVerb.NO if self.open.amount == "no" else self.open.verb
        given, only = self._given_to(at), self.open.clause.only
        self._close()
        self.open.clause.only = only
        self.open.clause.place, self.open.verb, self.open.amount = int(atom.value), verb, None
        self.open.clause.mentioned = atom.kind is Kind.CUP
        if atom.plural:
            self.open.clause.several = atom.meanings
        else:
            self.open.clause.having = atom.meanings
        self.open.fresh, self.open.options = True, given

    def _plain(self, at: int) -> None:
        """Mark the drink that a word such as "plain" is about, as wanted without options.

        In "two lattes, plain, and a chai" these are the lattes, because a comma follows "plain". In "a plain latte" it
        is the drink that comes next."""
        if self.clauses and self.ahead.ends(at) and not self.open.clause.says_something:
            self.clauses[-1].plain = True
        else:
            self.open.clause.plain = True

    def _group(self, at: int, atom: Atom) -> None:
        name = atom.meanings[0].name
        if self.open.amount == "no":
            options = self.lexicon.groups[name].options
            self.open.refuse_all([Meaning(Kind.OPTION, each.name, name, exact=True) for each in options], atom.text)
        elif self.open.swapping and atom.plural and self.ahead.ends(at):
            self.open.clause.exchanged = name
        elif self.ahead.left_to_us(at):
            self.groups.left_to_us.add(name)
        else:
            if self._kind(at - 1) in _MEASURING:
                self.groups.remarks.append(f"{self.atoms[at - 1].text} {atom.text}")
            if not any(option.removes for option in self.lexicon.groups[name].options):
                # "I need caffeine" asks for none of the decaf options.
                self.groups.named[name] = atom.text
            self.open.after_with, self.open.amount = False, None

    def _category(self, atom: Atom) -> None:
        self._close()
        self.open.clause.category = atom.meanings[0].name

    def _all(self, at: int) -> None:
        last = at
        if self._kind(at + 1) is Kind.NUMBER and self.open.after_with:
            # In "sugar in all 3", the 3 orders no further cups.
            last += 1
            self.numbers.told.add(last)
        ahead = self._kind(last + 1)
        signed = ahead is Kind.NAME and bool(self.open.options)
        polite = ahead in (Kind.FILLER, Kind.ADD) and self._kind(last + 2) in (*ENDS, Kind.NAME)
        if ahead in ENDS or signed or polite:
            self._close()
            for clause in self.clauses[-1:]:
                clause.shared = not self._is_each_of(clause, self.atoms[at])
            return
        self._close()
        self.open.clause.every = True
        self.open.fresh = True

    def _is_each_of(self, clause: Clause, atom: Atom) -> bool:
        """Return whether "each" means only the cups of this clause: in "a tea and 2 lattes with a sugar each", the
        lattes get sugar and the tea does not."""
        several = clause.cups > 1 and all(wish.part == clause.part for wish in clause.wishes)
        return several and bool(clause.drink) and self.lexicon.table.everything.isdisjoint(atom.text.split())

    def _is_answer_no(self, at: int) -> bool:
        """Return whether the word at `at` is a "no" that begins a phrase."""
        return self._kind(at - 1) in ENDS and any(map(self.ahead.is_answer_no, self.atoms[at : at + 1]))
