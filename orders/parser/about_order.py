"""Tells whether a clause is about a drink of the order, or orders a further one."""

from __future__ import annotations

from dataclasses import dataclass

from orders.parser import meant_lines
from orders.parser.clause import Clause, ClauseVerb
from orders.parser.lines import OrderLine
from orders.parser.picked_cups import PickedCups


@dataclass(slots=True)
class AboutOrder(PickedCups):
    def _is_about(self, have: list[OrderLine], clause: Clause) -> bool:
        """Tell whether the clause names the drink only to say which line it changes, and orders no further drink."""
        # "add vanilla to the latte" changes the latte and adds no second one.
        adding = clause.verb is ClauseVerb.ADD and not (clause.wishes and clause.count is None)
        if not have or clause.another or adding:
            return False
        if clause.verb in (ClauseVerb.MAKE, ClauseVerb.CORRECT) or (clause.definite and clause.count is None):
            return True
        if self._completes(have, clause) or self._names_cup(have, clause) or self._tells_which(clause):
            return True
        asked_about = self.asked is not None and self.asked.about == "option" and have[0].old
        return asked_about and clause.verb is None and bool(clause.wishes)

    def _tells_which(self, clause: Clause) -> bool:
        """Tell whether the text names the drink again: after "coffee please" and the question for the size, "filter"
        orders no second drink, and neither does "cappuccino"."""
        if not self.alone or self.asked is None or self.asked.about != "option" or len(self.lines) != 1:
            return False
        line, drink = self.lines[0], clause.drink[0].name
        bare = clause.verb is None and not (clause.another or clause.joined or clause.name)
        if not (bare and line.old and not line.wishes and (clause.count or line.quantity) == line.quantity):
            return False
        category = self.lexicon.category(line.drink)
        words = [words for words, each in self.lexicon.category_words.items() if each == category]
        general = any(self.lexicon.is_called(line.drink, each[-1]) for each in words)
        return drink == line.drink or (general and self.lexicon.category(drink) == category)

    def _names_cup(self, have: list[OrderLine], clause: Clause) -> bool:
        """Tell whether the clause only says for whom a cup is, after the question for the name: "latte is for Tom"."""
        asked = self.asked is not None and self.asked.about == "name" and have[0].old
        return asked and bool(clause.name) and clause.verb is None and clause.count is None and not clause.wishes

    def _is_second_thought(self, clause: Clause) -> bool:
        """Tell whether the text takes back what it ordered itself: "a latte and a mocha, actually just the latte"."""
        return clause.verb is ClauseVerb.CORRECT and not any(line.old for line in self.lines)

    def _is_number_of(self, have: list[OrderLine], clause: Clause) -> bool:
        """Tell whether "two of the lattes" says how many lattes there are, instead of pointing at some of them."""
        only = clause.only and not (clause.wishes or clause.name)
        return only or clause.cups > sum(line.quantity for line in have)

    def _is_unlike(self, have: list[OrderLine], clause: Clause) -> bool:
        """Tell whether the options contradict those of the ordered cup: "pork tacos for me and prawn tacos for Jo"."""
        return have[-1].quantity == 1 and meant_lines.contradicts(clause.wishes, have[-1], self.lexicon)

    def _completes(self, have: list[OrderLine], clause: Clause) -> bool:
        """Tell whether the text completes the only line of this drink: "large fries" after "fries"."""
        # In some languages the article is also a number: "ein Tee" may mean a tea or one tea of several.
        one = not clause.article or self.lexicon.table.article_counts
        some = clause.count is None or (one and len(have) == 1 and clause.count < have[0].quantity)
        bare = clause.verb is None and some and not (clause.joined or clause.name)
        if not (bare and clause.wishes and len(have) == 1 and have[0].old):
            return False
        said = {group for group, _ in meant_lines.options_meant(have[0].wishes)}
        told = {group for group, _ in meant_lines.options_meant(clause.wishes)}
        return not said & told and all(self.lexicon.fits(have[0].drink, group) for group in told)
