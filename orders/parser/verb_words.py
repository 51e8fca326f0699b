"""Applies verbs such as "add", "make" and "cancel", and a "no" or "without" that ends a phrase, to the noun phrase that
is being read."""

from __future__ import annotations

from dataclasses import replace

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.clause import Clause, ClauseVerb
from orders.parser.lookahead import ENDS
from orders.parser.small_words import SmallWords

#: Kinds of words in a text such as "actually none". The value None stands for the end of the text.
_NONE: frozenset[Kind | None] = frozenset({Kind.CORRECT, Kind.MAKE, Kind.NO, Kind.DROP, Kind.FILLER, Kind.COMMA, None})
VERBS = {
    Kind.ADD: ClauseVerb.ADD,
    Kind.MAKE: ClauseVerb.MAKE,
    Kind.SWAP: ClauseVerb.SWAP,
    Kind.CORRECT: ClauseVerb.CORRECT,
    Kind.INSTEAD_OF: ClauseVerb.INSTEAD_OF,
}


class VerbWords(SmallWords):
    def _verb(self, at: int, atom: Atom) -> None:
        kind = atom.kind
        last = self.ahead.ends(at)
        if kind is Kind.ADD and last:
            self._close()
            if self.clauses:
                self._add_last(self.atoms[at].text)
                return
        if kind in (Kind.CORRECT, Kind.MAKE) and last and not self.open.fresh:
            # The correcting word can come last: "a mocha actually", "moca mejor" (better a mocha).
            self._close()
            self.clauses[-1].verb = self.clauses[-1].verb or ClauseVerb.CORRECT
            return
        recounts = self._kind(at + 1) is Kind.NUMBER
        if kind is Kind.CORRECT and self.open.clause.count and not (self.open.options or recounts):
            # In "un en fait" (one actually) and "one actually oat", "un" and "one" are the number one and no article.
            self.open.clause.article, self.open.verb = False, ClauseVerb.CORRECT
            return
        if self.ahead.is_answer_no(self.atoms[at - 1]):
            # The "no" in "No make it oat" refuses what was said before, not the oat.
            self.open.amount = None
        some = self.open.clause.count or self.open.clause.place
        if kind is Kind.MAKE and some and not self.open.options:
            # In "one of them should be decaf", "one" says how many cups change. In "uno mejor" (better one) and "uno
            # sea un moca" (let one be a mocha), "uno" is the number one and not the article "a".
            self.open.clause.article = False
            if self._kind(at + 1) is Kind.ARTICLE:
                self.open.verb = ClauseVerb.MAKE
            return
        if self.clauses and self.clauses[-1].is_bare_mention:
            # In "y que el capuchino sea grande" (and the cappuccino should be large), the verb stands after the drink,
            # and "and" adds no drink.
            self.clauses[-1].verb = None
        self._close()
        self.open.verb = VERBS[kind]
        self.open.clause.preferred = self.atoms[at].text in self.lexicon.table.preferring
        self.open.swapping = kind is Kind.SWAP
        self.open.fresh = True

    def _add_last(self, word: str) -> None:
        """Handle a word for "add" that ends its phrase, such as "too" in "a mocha too"."""
        before = self.clauses[-1]
        before.also = word in self.lexicon.table.also
        several = len(self.clauses) > 1 and not before.drink
        if several or (before.verb is ClauseVerb.MAKE and before.wishes):
            # In "make the latte a small too" and "make the latte small too", "too" adds no second latte.
            return
        if before.verb in (None, ClauseVerb.CORRECT, ClauseVerb.MAKE):
            # "Actually a mocha" replaces the ordered drink by a mocha. "Actually a mocha too" adds the mocha.
            before.verb = ClauseVerb.ADD

    def _refuses_what_was_said(self, at: int) -> bool:
        """Handle the "no" or "without" at `at` if it refuses what stands before it, as in "2 with milk, 1 without".
        Return False if it refuses what follows, as in "without milk"."""
        after = next((atom.kind for atom in self.atoms[at + 1 :] if atom.kind is not Kind.FILLER), None)
        if after not in ENDS:
            return False
        phrase = self.open.clause
        if phrase.alike:
            # In "a tea with milk and the same but without", "without" refuses the milk.
            before = [wish for clause in self.clauses[-1:] for wish in clause.wishes if wish.after_with]
            self.open.options += [replace(wish, amount="no") for wish in before]
        elif phrase.count or phrase.another:
            # In "2 with milk, 1 without", "without" refuses all options.
            phrase.plain = True
        elif self._is_none():
            self.clauses.append(Clause(ClauseVerb.NO, portion=True))
        else:
            # In "one tea with milk, one tea without", the second tea has no milk yet, so nothing is to be done.
            return self._kind(at - 1) is Kind.DRINK and not self.ahead.is_answer_no(self.atoms[at])
        return True

    def _is_none(self) -> bool:
        """Return whether the whole text is "actually none" or the like, which refuses the ordered amount of an
        option."""
        several = self.atoms[-1].end - self.atoms[0].start > 1
        return several and _NONE.issuperset(kinds_of(self.atoms))

    def _drop(self, at: int) -> None:
        """Drop a drink. The verb stands before the drink ("cancel the latte") or, in German, after the drink ("den
        Latte stornieren")."""
        if not self.ahead.ends(at):
            self._close()
            self.open.verb, self.open.clause.definite, self.open.fresh = ClauseVerb.NO, True, True
        elif self.open.clause.place or self.open.clause.count:
            self.open.verb = ClauseVerb.NO
        elif not self.open.fresh:
            self._close()
            before = self.clauses[-1]
            if (before.verb is ClauseVerb.NO or before.excepted) and self.ahead.is_about_everything(at):
                # "alles außer dem Tee stornieren" (cancel all but the tea) keeps only the tea.
                before.verb, before.only, before.excepted = None, True, False
            else:
                before.verb = ClauseVerb.NO
        elif self._is_none():
            self.clauses.append(Clause(ClauseVerb.NO, portion=True))
        else:
            self.open.amount = "no"
