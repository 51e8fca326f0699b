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
        """Return whether the drink that the clause names is one already ordered ("make the latte large"), so that no
        further drink is ordered."""
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
        """Return whether the clause continues a list of corrections that an earlier clause of the text began.

        "One mocha and two lattes" is ordered. In "sorry, one mocha and three lattes", "sorry" begins a correction of
        the mocha. "Three lattes" continues it: the two lattes become three, and no further lattes are ordered."""
        listed = clause.joined or bool(clause.wishes)
        return self.correcting and listed and bool(have) and self.pointed not in have and not clause.another

    def _tells_which(self, clause: Clause) -> bool:
        """Return whether the drink in an answer is the only ordered drink, named again or more exactly.

        A customer orders "coffee" and we ask "which size?". The answer "filter" names the ordered coffee again. The
        answer "cappuccino", with no other words, replaces the coffee, because a cappuccino is a kind of coffee. Neither
        answer orders a second drink."""
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
        """Return whether the clause begins by refusing an option that the ordered drink has.

        After "a large latte", the text "not large latte, small" changes this latte and orders no second one."""
        refused = [wish for wish in clause.wishes[:1] if wish.amount == "no"]
        return clause.count is None and bool(meant_lines.having(have[-1:], refused))

    def _names_cup(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the clause answers the question for a name, and only says whom an ordered cup is for: "latte
        is for Tom"."""
        asked = self.asked is not None and self.asked.about == "name"
        return asked and bool(clause.name) and clause.verb is None and clause.count is None and not clause.wishes

    def _is_second_thought(self, clause: Clause) -> bool:
        """Return whether this clause, which says "only" or "just", cancels drinks from the start of the same text.

        "A latte and a mocha, actually just the latte" cancels the mocha. "A latte and a tea, just tea" cancels the
        latte. "Latte and mocha, only the mocha with oat" cancels nothing: "only" says that the latte gets no oat."""
        alone = not (clause.name or clause.joined) and (len(self.lines) == 1 or not clause.wishes)
        return (clause.verb is ClauseVerb.CORRECT or alone) and not any(line.old for line in self.lines)

    def _is_number_of(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the number in "two of the lattes" is the new total of lattes.

        It is the new total after "only", and if fewer than two lattes are ordered. If three are ordered, "two of the
        lattes with oat" changes two of these three, and the total stays three."""
        return clause.only or clause.cups > sum(line.quantity for line in have)

    def _is_unlike(self, have: list[OrderLine], clause: Clause) -> bool:
        """Return whether the clause orders one more cup, because its options contradict those of the ordered cup. In
        "pork tacos for me and prawn tacos for Jo", the prawn tacos are a second dish."""
        return meant_lines.contradicts(clause.wishes, have[-1], self.lexicon)

    def _says_size_of(self, line: OrderLine, clause: Clause) -> bool:
        """Return whether the clause only gives an option that the ordered drink still needs.

        If the menu asks for a size, "a large one" after "a latte" gives the size of this latte, and orders no second
        drink."""
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
