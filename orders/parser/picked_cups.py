"""Changes the cups to which a text points, such as "the second one", "the oat ones" and "the small one"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orders.parser import meant_lines
from orders.parser.clause import Clause, ClauseVerb, SaidOption
from orders.parser.disambiguate import best_drink
from orders.parser.lines import OrderLine
from orders.parser.order_lines import OrderLines


@dataclass(slots=True)
class PickedCups(OrderLines):
    def _pick(self, line: OrderLine, clause: Clause) -> None:
        """Drop, keep, swap or change one cup, such as "the second one". `line` is the line of the order with this cup,
        perhaps together with equal cups."""
        if clause.verb is ClauseVerb.SWAP:
            if line.quantity > 1:
                line = self._cup_of(line, clause)
            self._swapped = self.target = [line]
            return
        if clause.only:
            line.quantity = 1
            # "Drop the other mocha, just keep the one with cream" keeps one mocha, and also the teas of the order.
            self._keep_only(
                [each for each in self.lines if each is line or (self.touched and each.drink != line.drink)]
            )
            return
        if clause.verb is ClauseVerb.NO and clause.drink and line.drink not in {one.name for one in clause.drink}:
            # German "Anna ohne Kakao" (Anna without cocoa) does not drop Anna's latte, because it is no cocoa.
            self.touched = True
            return
        if clause.verb is ClauseVerb.NO:
            self.touched = True
            line.quantity -= 1
            self.lines = [other for other in self.lines if other.quantity]
            self.target = self.lines[-1:]
            return
        if line.quantity > 1 and (clause.wishes or clause.drink or clause.name):
            line = self._cup_of(line, clause)
        if clause.drink:
            self._swapped = [line]
            self._replace(best_drink(clause.drink, clause.wishes, self.lexicon), clause, clause.wishes)
        elif clause.wishes or clause.name:
            line.name = clause.name or line.name
            self.touched = True
            self._wish([line], clause.wishes)
        self.target, self.pointed = [line], line

    def _cup_of(self, line: OrderLine, clause: Clause) -> OrderLine:
        """Split one cup off a line of several cups, and return the new line with this cup.

        `clause.place` is the cup's position in the order: 2 for "the second one", -1 for "the last one"."""
        place = next(at for at, other in enumerate(self.lines) if other is line)
        at_cup = clause.place - 1 if clause.place > 0 else clause.place
        is_last = not any(line is after for after in self.cups[clause.place : clause.place + 1])
        line.quantity -= 1
        cup = self.cups[at_cup] = replace(line, quantity=1)
        # The last cup of a line goes behind the line, any other cup before it. So the lines stay in the sequence in
        # which the customer named the cups.
        self.lines.insert(place + is_last, cup)
        return cup

    def _the_other(self) -> OrderLine | None:
        """Return the line that "the other one" means after the previous text changed one line.

        This is the other line of the same drink or, if there is none, of any drink. Return None if several are possible
        or none is."""
        if self.changed is None:
            return None
        others = [line for line in self.lines if line is not self.changed]
        found = [line for line in others if line.drink == self.changed.drink] or others
        return found[0] if len(found) == 1 else None

    def _note_change(self, clause: Clause) -> None:
        self.gained, self.took_off = clause.wishes, clause.verb is ClauseVerb.NO
        self.became = self.target[-1].drink if clause.drink and clause.verb is ClauseVerb.TO else ""

    def _is_changed_too(self, clause: Clause) -> bool:
        """Apply "the latte too" and "the other one too": give these cups the change that another cup just got.

        In "oat in the tea, and the latte too" the latte gets oat. Return False if the clause says something else, or
        if nothing was changed before."""
        if not clause.also or clause.wishes or clause.count:
            return False
        meant = {meaning.name for meaning in clause.drink}
        other = self._the_other() if clause.rest else None
        lines = [other] if other else [line for line in self.lines if line.drink in meant]
        changed = self.gained or self.took_off or self.became
        gained = self.gained if changed else self._asked_option_of_others()
        if not lines or not (changed or gained):
            # If the other drinks have several sizes, "the mocha too" gives none, and the mocha is not ordered again.
            return bool(lines) and clause.definite and self.asked is not None and self.asked.about == "option"
        if self.took_off:
            for line in lines:
                self._drop(line)
        else:
            self.touched = True
            for line in lines:
                line.drink = self.became or line.drink
            self._wish(lines, gained)
        return True

    def _asked_option_of_others(self) -> list[SaidOption]:
        """Return the option that answers our question as "the mocha too" does, as a list.

        When we ask for the mocha's size and all other drinks are large, it is "large". The list is empty if the text
        answers no such question, or if the others have several sizes."""
        if self.asked is None or self.asked.about != "option":
            return []
        group = self.asked.group
        lacking = meant_lines.lacking(self.lines, group, self.lexicon)
        others = [line for line in self.lines if line not in lacking]
        found = [wish for line in others for wish in meant_lines.of_group(line.wishes, group)]
        return found[:1] if len({wish.meanings for wish in found}) == 1 else []

    def _leave_to_some(self, clause: Clause) -> None:
        """Apply "only one of them gets sugar": take the sugar off the other cups."""
        some = self._some(meant_lines.having(self.lines, clause.wishes) or self.lines, clause)
        self._without(clause.wishes)
        self._wish(some, clause.wishes)
        self.touched = True

    def _other_lines(self, have: list[OrderLine]) -> list[OrderLine]:
        """Return the lines that "the other latte" means. `have`: all lines of this drink.

        If this text took a cup off one of these lines ("2 lattes, one with oat"), the result is that line with its
        remaining cups. Otherwise it is the lines that the previous text left alone, or [] if that text changed no
        latte."""
        if self.base in have:
            return [line for line in have if line is self.base]
        return [line for line in have if line is not self.changed] if self.changed in have else []

    def _drop(self, line: OrderLine) -> None:
        self.touched = True
        self.lines = [other for other in self.lines if other is not line]
        self.target = self.lines[-1:]

    def _pick_all(self, clause: Clause) -> None:
        """Drop or change all cups that have the options named by the clause, as in "the oat ones"."""
        names = {(meaning.group, meaning.name) for meaning in clause.several}
        lines = [line for line in self.lines if names <= meant_lines.options_meant(line.wishes)]
        self.touched |= bool(lines)
        if clause.verb is ClauseVerb.NO:
            self.lines = [line for line in self.lines if not any(line is dropped for dropped in lines)]
            self.target = self.lines[-1:]
            return
        drink = best_drink(clause.drink, clause.wishes, self.lexicon) if clause.drink else None
        for line in lines:
            line.drink, line.name = drink or line.drink, clause.name or line.name
        self._wish(lines, clause.wishes)

    def _some(self, lines: Sequence[OrderLine], clause: Clause) -> list[OrderLine]:
        """Return, as a list, the line with the cups that the clause counts, as in "one of them".

        If the line has more cups, the counted cups are split off into a line of their own."""
        here = [line for line in self.target if line in lines]
        base = meant_lines.several_cups(here, lines) or [*here, *lines][0]
        if clause.count and clause.count < base.quantity:
            self._split(base, clause.count, [], clause)
            return self.target
        return [base]

    def _wish_where(self, clause: Clause) -> None:
        """Give options to the cup that the text describes by an option, such as "the small one".

        In "2 teas, one large one small, milk in the small one" the small tea gets the milk."""
        told = SaidOption(clause.having, clause.having[0].name, at=-1)
        lines = meant_lines.having(self.lines, [told])[-1:]
        base = self.base if self.base in self.lines else meant_lines.several_cups(self.target, self.lines)
        if not lines and base is not None:
            # In "2 lattes, the large one with oat", no latte is large yet. One of the two becomes large.
            self._split(base, 1, [told, *clause.wishes], clause)
            return
        last = self.target[-1]
        if not lines and meant_lines.contradicts([told], last, self.lexicon):
            # "A large latte, and the small one for Kim" orders a second cup.
            self._another(replace(clause, wishes=[told, *clause.wishes]))
            return
        # If no cup has the option yet, the last cup gets it: "a latte, the large one with oat".
        self._wish(lines or self.target, clause.wishes if lines else [told, *clause.wishes])

    def _replace(self, drink: str, clause: Clause, wishes: list[SaidOption]) -> None:
        """Replace a line's drink. Options that fit the new drink are kept."""
        line = meant_lines.replaced_by(drink, self._swapped, self.target, self.lines, self.lexicon)
        if clause.count and not clause.article:
            line.quantity = clause.count
        kept = [replace(wish, inherited=True) for wish in line.wishes]
        line.drink, line.wishes = drink, [*kept, *wishes]
        line.name = clause.name or line.name
        self._swapped, self.touched, self.target = [], True, [line]
