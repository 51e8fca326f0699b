"""Gives the options of a clause that names no drink to cups of the order: "one soy, one oat" after "two lattes"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orders.parser import meant_lines
from orders.parser.about_order import AboutOrder
from orders.parser.clause import Clause, ClauseVerb, SaidOption
from orders.parser.lines import OrderLine
from orders.parser.sequence import taken_out
from orders.parser.shares import in_turn, one_each


@dataclass(slots=True)
class SharedOut(AboutOrder):
    def _share_out(self, clause: Clause) -> None:
        """Apply a clause that names no drink, but means cups of a drink named before: "one soy, one oat" after "two
        lattes", "make that two", "another"."""
        if not self.lines:
            self.quantity = 1
            self._options(clause)
            return
        if clause.rest and self._to_the_others(clause):
            return
        if (
            clause.rest
            and not self.shared_out
            and (lines := meant_lines.others(self.lines, clause.wishes, self.lexicon))
        ):
            # After "one with skim", "the other one with almond" means the cup that has no milk yet.
            self.touched = True
            self._wish(lines, clause.wishes)
            return
        # In "one with oat and another with soy", "another" means one of the cups without options, as long as any is
        # left.
        of_them = self.base in self.lines
        if clause.verb is ClauseVerb.ADD and clause.article and not clause.wishes and not clause.name:
            # The word after "add a" is unknown, so nothing is added.
            return
        further = clause.another and not clause.others
        if (parted := self.parted) and clause.wishes and not further and clause.cups <= parted.quantity:
            # After "one needs to be soy", the text "and 1 lactose free" changes one of the remaining cups. So does the
            # Spanish "otro sin lactosa" (another lactose free), whereas the English "another" orders one more cup.
            self._split(parted, clause.cups, clause.wishes, clause)
            return
        if (clause.another and not of_them) or (clause.verb is ClauseVerb.ADD and not clause.rest):
            self._another(clause)
            return
        if not (clause.wishes or clause.plain or clause.name or clause.rest or clause.place or clause.others):
            if (clause.joined or clause.mine) and self.target[-1].is_somebodys:
                # In "one latte for Ben, one for Chloe and one for me", the last cup is a copy of Chloe's, but without
                # her name.
                self.lines.append(replace(self.target[-1], quantity=clause.cups, name=None, names=()))
                self.target = self.lines[-1:]
                return
            self._recount(clause)
            return
        # After "a sub and a cookie", "make that a six inch" changes the sub, because no cookie comes in six inches.
        self.target = meant_lines.accepting(self.lines, self.target, clause.wishes, self.lexicon)
        if clause.only and clause.some:
            self._leave_to_some(clause)
            return
        if self._is_next_in_turn(clause):
            self._one_each(clause)
            return
        line = self.target[-1]
        # "2 lattes and a soy one" orders a third cup. In "2 lattes, an oat one and a soy one", both are among the two.
        adds = self.base not in self.lines and (line.quantity == 1 or clause.joined)
        corrects = clause.verb in (ClauseVerb.CORRECT, ClauseVerb.MAKE)
        if clause.same and not (line.old or corrects) and adds and not self._says_size_of(line, clause):
            more = OrderLine(line.drink, clause.cups, [*clause.wishes], clause.name, clause.names)
            self.lines, self.target = [*self.lines, more], [more]
            return
        if clause.name and (line.name or line.mine) and line.quantity == 1 and self.base not in self.lines:
            self._another(clause)
            return
        base = self.base
        if not self.shared_out:
            base = meant_lines.several_cups(self.target, self.lines)
        if self._is_one_more(clause, line, base):
            self._another(clause)
            return
        if base is None or clause.cups > base.quantity:
            recounts = line.quantity == 1 or clause.verb in (ClauseVerb.MAKE, ClauseVerb.CORRECT)
            if recounts and not clause.name:
                # "A latte, no, make that two large" corrects the number of cups too.
                line.quantity = max(clause.cups, line.quantity)
            self._one_each(clause)
            return
        count = base.quantity if clause.rest and self.shared_out else clause.cups
        self._split(base, count, clause.wishes, clause)

    def _options(self, clause: Clause) -> None:
        if not self.lines:
            self.leading = [*self.leading, *clause.wishes]
            self.quantity = clause.count or self.quantity
            if clause.category:
                self.missing_drinks += 1
                self.announced = self.quantity
            return
        if clause.plain:
            self._without_extras()
        if not clause.wishes and not clause.name:
            return
        group = self.asked.group if self.asked is not None else ""
        if self._each_asked(clause.wishes):
            return
        shares = one_each(clause.wishes, self.target[0].quantity, self.lexicon, asked=group)
        if shares is not None:
            for share in shares:
                self._share_out(Clause(count=1, wishes=share, name=clause.name, names=clause.names))
            return
        if not self._having(self._away):
            # If every such pizza has ham, the order line does not list it as an option. So "swap the ham for bacon" is
            # read like "no ham, add bacon".
            clause.wishes = [*taken_out(self._away, self.lexicon), *clause.wishes]
        lines = self._swapped or self._without(self._away) or meant_lines.refused_in(self.lines, clause.wishes)
        # "Make the pizza thin crust" changes the pizza, even if something else was named after it.
        of_category = [line for line in self.lines if self.lexicon.category(line.drink) == clause.category]
        lines = (
            of_category[-1:]
            or lines
            or self._all_without(clause)
            or meant_lines.accepting(self.lines, self.target, clause.wishes, self.lexicon)
        )
        for line in lines:
            line.name, line.names = (clause.name, clause.names) if clause.name else (line.name, line.names)
        self._away, self._swapped, self.touched = [], [], True
        self._give_way(lines, clause)
        self._keep_said(lines, clause)
        self._wish(lines, clause.wishes)

    def _all_without(self, clause: Clause) -> list[OrderLine]:
        """Return every line if the options of this clause are for all drinks; [] otherwise.

        After "a large latte and a small mocha", "with skim" is for both, unless one has a milk or a name already."""
        named = clause.name or any(line.name for line in self.lines)
        if not self.together or named or clause.verb or not clause.wishes[0].after_with:
            return []
        groups = {meaning.group for wish in clause.wishes for meaning in wish.meanings}
        told = any(self.lexicon.groups[group].choose != "one" for group in groups)
        lacking = [meant_lines.lacking(self.lines, group, self.lexicon) for group in groups]
        return [] if told or any(len(lines) < len(self.lines) for lines in lacking) else self.lines

    def _each_asked(self, wishes: list[SaidOption]) -> bool:
        """Give each drink or cup its own option if an answer lists one for each, and return True. When we ask for the
        sizes of a latte and a mocha, "large and small" means a large latte and a small mocha.

        Return False and change nothing if the text is no such answer."""
        if self.asked is None:
            return False
        lacking = meant_lines.lacking(self.lines, self.asked.group, self.lexicon)
        shares = in_turn(wishes, self.asked.group)
        each = len(shares) == sum(line.quantity for line in lacking)
        several = len(shares) > 1 and len(lacking) > 1
        if not several or not (each or len(shares) <= len(lacking)):
            return False
        self.touched, self.target = True, lacking
        for line in lacking:
            of_line = shares[: line.quantity if each else 1]
            shares = shares[len(of_line) :]
            if meant_lines.are_unlike(of_line):
                self.shared_out = []
                for share in of_line:
                    self._split(line, 1, share, Clause())
            elif of_line:
                self._wish([line], of_line[0])
        return True
