"""Decides whether a clause of the text is about a drink of the order, or orders one more drink."""

from __future__ import annotations

from dataclasses import dataclass

from orders.parser import meant_lines
from orders.parser.clause import Clause, ClauseVerb
from orders.parser.lines import OrderLine
from orders.parser.picked_cups import PickedCups


@dataclass(slots=True)
class AboutOrder(PickedCups):
    def _is_about(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the clause names a drink only to say which order line it changes, and orders no further
        drink."""
        if not have or clause.another:
            return False
        if clause.verb in (ClauseVerb.MAKE, ClauseVerb.CORRECT):
            return True
        if clause.definite and (clause.count is None or have[-1].old):
            # "Add vanilla to the latte" changes the latte and adds no second one. "My 2 lattes" after "a latte"
            # corrects the number of lattes.
            return not clause.is_bare_mention
        if self._denies(have, clause):
            return True
        if self._completes(have, clause) or self._names_cup(have, clause):
            return True
        return self.asked_about is not None and have[0].old and clause.verb is None and bool(clause.wishes)

    def _is_corrected_too(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the clause corrects a second drink of the order: the lattes in "sorry, one mocha and three
        lattes", or the flat white in "sorry, mocha small, flat white large"."""
        listed = clause.joined or bool(clause.wishes)
        return self.correcting and listed and bool(have) and self.pointed not in have and not clause.another

    def _tells_which(self, clause: Clause) -> bool:
        """Return whether the text, as the answer to a question, only says which drink the one ordered drink is.

        After "coffee please" and our question "which size?", "filter" names the coffee again and orders no second
        drink. If the text says nothing else, even "cappuccino" replaces the coffee."""
        if self.asked_about is None or len(self.lines) != 1:
            return False
        line, drink = self.lines[0], clause.drink[0].name
        bare = clause.verb is None and not (clause.another or clause.joined or clause.name)
        if not bare or line.wishes or (clause.count or line.quantity) != line.quantity:
            return False
        general = self.lexicon.is_general(line.drink)
        same_category = self.lexicon.category(drink) == self.lexicon.category(line.drink)
        return drink == line.drink or (self.alone and general and same_category)

    def _denies(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the clause first refuses an option of the ordered drink, as in "not large latte, small"."""
        refused = [wish for wish in clause.wishes[:1] if wish.amount == "no"]
        return clause.count is None and bool(meant_lines.having(have[-1:], refused))

    def _names_cup(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the clause answers the question for a name, and only says whom an ordered cup is for: "latte
        is for Tom"."""
        asked = self.asked is not None and self.asked.about == "name"
        return asked and bool(clause.name) and clause.verb is None and clause.count is None and not clause.wishes

    def _is_second_thought(self, clause: Clause) -> bool:
        """Return whether the text takes back a drink that it ordered itself: "a latte and a mocha, actually just the
        latte".

        "A latte and a tea, just tea" takes the latte back. "Latte and mocha, only the mocha with oat" takes nothing
        back: the oat is for the mocha only, and the latte stays."""
        alone = not (clause.name or clause.joined) and (len(self.lines) == 1 or not clause.wishes)
        return (clause.verb is ClauseVerb.CORRECT or alone) and not any(line.old for line in self.lines)

    def _is_number_of(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the number in "two of the lattes" is the new number of lattes.

        This is so if "only" stands before it, or if fewer lattes are ordered. Otherwise the words mean two of the
        ordered lattes."""
        return clause.only or clause.cups > sum(line.quantity for line in have)

    def _is_unlike(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the clause means another cup, because its options contradict those of the ordered cup: "pork
        tacos for me and prawn tacos for Jo"."""
        return meant_lines.contradicts(clause.wishes, have[-1], self.lexicon)

    def _says_size_of(self, line: OrderLine, clause: Clause) -> bool:
        """Return whether "a large one" after "a latte" only gives the size of the latte, because the latte has no size
        yet."""
        asked = [group for group, _ in meant_lines.options_meant(clause.wishes) if self.lexicon.groups[group].ask]
        needed = any(line in meant_lines.lacking(self.lines, group, self.lexicon) for group in asked)
        return needed and not (clause.joined or clause.name or self._is_unlike([line], clause))

    def _completes(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the clause only adds options to an ordered drink, as "large fries" does after "fries". The
        order must have exactly one line with this drink."""
        # In some languages the article is also the number one: the German "ein Tee" can mean "a tea" or "one of the
        # teas".
        one = not clause.article or self.lexicon.table.article_counts
        some = clause.count is None or (one and clause.count < have[0].quantity)
        bare = clause.verb is None and some and not (clause.joined or clause.name)
        if not (bare and clause.wishes and len(have) == 1 and have[0].old):
            return False
        said = {group for group, _ in meant_lines.options_meant(have[0].wishes)}
        told = {group for group, _ in meant_lines.options_meant(clause.wishes)}
        return not said & told
