"""Sixth stage of reading a text: changes the order as the clauses of the text say, one clause after another. If no
order is open, it begins with an empty one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orders.items import Choice
from orders.parser import meant_lines
from orders.parser.atoms import Kind, Meaning
from orders.parser.clause import Clause, ClauseVerb, SaidOption
from orders.parser.disambiguate import best_drink, decide, only_drink
from orders.parser.lines import OrderLine
from orders.parser.sequence import in_order, lacks_drink
from orders.parser.share_out import SharedOut
from orders.parser.shares import apart, shared_options

_REPLACING = frozenset({ClauseVerb.MAKE, ClauseVerb.INSTEAD, ClauseVerb.CORRECT, ClauseVerb.TO})


@dataclass(slots=True)
class OrderBuilder(SharedOut):
    """Applies the clauses of a text to the lines of the order."""

    def settle_drinkless(self) -> tuple[Choice, ...]:
        """Handle the options of a text that names no drink, such as "large with oat".

        If only one drink of the menu can have all of them, order this drink and return (). Otherwise return the options
        as choices, which are kept until the customer names a drink."""
        if self.lines or not self.leading:
            return ()
        drink = only_drink(self.leading, self.lexicon)
        if drink is None:
            return decide(None, self.leading, self.lexicon)[0]
        self.apply([Clause(drink=(Meaning(Kind.DRINK, drink),))])
        return ()

    def apply(self, clauses: Sequence[Clause]) -> None:
        new = not self.lines
        every = apart(in_order(clauses, self.lexicon, new=new), self.lexicon, new=new)
        self.told = meant_lines.options_meant(wish for clause in every if not clause.drink for wish in clause.wishes)
        self._restate(every)
        self.alone = len(every) == 1
        for at, clause in enumerate(every):
            if not self.lines and lacks_drink(every[at:]):
                self.unread.append(" ".join(wish.said for wish in clause.wishes))
            elif clause.twice:
                self._double()
            elif clause.exchanged:
                self._exchange(clause.exchanged)
            elif clause.portion and not clause.wishes:
                self._portion(clause)
            elif self._is_changed_too(clause):
                continue
            elif clause.having:
                self._wish_where(clause)
            elif clause.several:
                self._pick_all(clause)
            elif clause.place and (line := self._line_at(clause)):
                self._pick(line, clause)
            elif clause.rest and clause.verb is ClauseVerb.NO and (line := self._the_other()):
                self._drop(line)
            elif clause.drink:
                self._drink(clause)
            elif clause.verb is ClauseVerb.SWAP and self.lines and (clause.count or not clause.wishes):
                # In "change one oat to almond", one of the cups with oat changes.
                self._swapped = self._some(self._having(clause.wishes) or self.lines, clause)
            elif clause.verb is ClauseVerb.SWAP:
                self._away = clause.wishes
            elif clause.verb is ClauseVerb.INSTEAD_OF:
                # "Instead of vanilla caramel" names two options: the second one (caramel) replaces the first (vanilla).
                self._away, clause.wishes = clause.wishes[:1], clause.wishes[1:]
                self._options(clause)
            elif clause.every or (clause.shared and shared_options(clause) == clause.wishes):
                self._every(clause)
            elif clause.verb is ClauseVerb.NO and clause.count and not clause.drink:
                self._drop_cups(clause.count, clause.wishes)
            elif clause.count or clause.rest or clause.another or clause.place:
                self._share_out(clause)
            else:
                self._options(clause)
            if clause.shared:
                self._share(clause)
            self._note_change(clause)

    def _drink(self, clause: Clause) -> None:
        drink = best_drink(clause.drink, clause.wishes, self.lexicon)
        wishes = [*self._implied(drink, clause), *clause.wishes]
        meant = {meaning.name for meaning in clause.drink}
        have = [line for line in self.lines if line.drink in meant]
        if clause.verb is ClauseVerb.NO:
            self._remove(have, clause)
        elif clause.verb is ClauseVerb.SWAP:
            alike = meant_lines.most_alike(have, clause.wishes) if clause.wishes else None
            self._swapped = self._some([alike] if alike else have, clause) if have else []
        elif clause.rest and (others := self._other_lines(have) or have[1:][-1:]):
            # "The other latte" means one of several lines with lattes. If nothing tells which one, it is the last.
            self.touched = True
            self._wish(others, wishes)
        elif clause.some and have and self._is_number_of(have, clause):
            # "Make it two of the garlic bread" and "we only need one of the lattes" set the quantity.
            have[-1].quantity = clause.cups
            self._wish(have[-1:], wishes)
            self.touched = True
        elif clause.some and self.lines:
            self._swapped = self._some(have or self.lines, clause)
            if have:
                self.touched |= bool(wishes)
                self._wish(self._swapped, wishes)
            else:
                self._replace(drink, clause, wishes)
        elif have and (
            clause.every or (_names_again(clause, have[0]) and not have[0].old and not self._is_unlike(have, clause))
        ):
            self.touched |= have[0].old
            self._wish(have, wishes)
        elif clause.only and clause.count and (more := [line for line in have if clause.count < line.quantity]):
            # "Only one latte" reduces two lattes to one. The other drinks stay.
            self._adjust(more, clause, wishes)
        elif clause.only and have and (have[-1].old or self._is_second_thought(clause)):
            alike = meant_lines.most_alike(have, wishes) if wishes else None
            self._keep_only(have if alike is None else [alike])
            self._adjust(self.lines, clause, wishes)
        elif kept := [line for line in self.gone if line.drink in meant]:
            # "Just the mocha and the tea" is applied in two steps: "just the mocha" has removed the ordered tea, and
            # "the tea" now brings it back.
            self._keep_only([*self.lines, *kept])
            self._adjust(kept, clause, wishes)
        elif clause.verb is ClauseVerb.TO and have and self._away:
            # "Swap the oat to the latte" takes the oat from the drink that has it and gives it to the latte.
            self._without(self._away)
            self.touched = True
            self._wish(have[-1:], [*self._away, *wishes])
            self._away = []
        elif self._is_about(have, clause) or self._is_corrected_too(have, clause):
            self._adjust(have, clause, wishes)
        elif (clause.verb in _REPLACING and self.lines) or self._tells_which(clause):
            self._swapped = self._swapped or self._unchanged(clause)
            self._replace(drink, clause, wishes)
        else:
            self._add(drink, clause, wishes)

    def _adjust(self, have: list[OrderLine], clause: Clause, wishes: list[SaidOption]) -> None:
        self.correcting = clause.verb is ClauseVerb.CORRECT
        if clause.excepted:
            self._take_back(clause)
        line = meant_lines.most_alike(have, wishes) or have[-1]
        if self.asked_about in have:
            line = self.asked_about
        if clause.count and (self.lexicon.table.article_counts or not clause.article):
            if (wishes or clause.name) and clause.verb in (None, ClauseVerb.MAKE) and clause.count < line.quantity:
                self._split(line, clause.count, wishes, clause)
                return
            line.quantity = clause.count
        if clause.name and (not wishes or any(other.name for other in self.lines)):
            line.name, line.names = clause.name, clause.names
            self.named_cup = len(self.lines) > 1
        self.touched = True
        self.pointed = line
        self._wish([line], wishes)

    def _add(self, drink: str, clause: Clause, wishes: list[SaidOption]) -> None:
        quantity = clause.count or (self.quantity if not self.lines else 1)
        like = self.lines[-1:] if clause.alike else [line for line in self.lines if line.drink == drink]
        same = [
            replace(wish, inherited=True)
            for line in (like or self.lines)[-1:]
            for wish in line.wishes
            if clause.alike or any(meaning.group in clause.same_groups for meaning in wish.meanings)
        ]
        self._leave_out_heading(drink, quantity)
        line = OrderLine(drink, quantity, [*self._before(quantity), *same, *wishes], clause.name, clause.names)
        line.joined, line.mine, line.word = clause.joined, clause.mine, "".join(clause.phrase[-1:])
        line.category_word = clause.phrase in self.lexicon.category_words
        line.uncounted = clause.plural and clause.count is None
        line.unsure, line.begins = clause.count is None or clause.article, clause.begins
        self.lines.append(line)
        self.added = True
        self.target = [line]
        self.base, self.shared_out, self._turn = None, [], 0

    def _before(self, cups: int) -> list[SaidOption]:
        leading = self.leading
        self.announced -= cups
        self.leading = self.leading if self.leading_every or self.announced > 0 else []
        return leading

    def _remove(self, have: list[OrderLine], clause: Clause) -> None:
        line = meant_lines.plainest(have) if clause.plain else meant_lines.most_alike(have, clause.wishes)
        if line is None or meant_lines.contradicts(clause.wishes, line, self.lexicon):
            # The customer refuses a drink that was not ordered. Options after it are for the ordered drink: "small" in
            # "a flat white, not latte, small".
            self._wish(self.target, [wish for wish in clause.wishes if wish.at > clause.at])
            return
        self.touched = True
        if clause.count == sum(other.quantity for other in have):
            self.lines = [other for other in self.lines if other not in have]
        elif not (clause.wishes or clause.plain) and meant_lines.differ(have):
            # "Drop the chips" can mean several ordered dishes with chips, so the reply asks which one.
            self.dropping = [other.drink for other in have]
            return
        else:
            line.quantity -= clause.count or line.quantity
            self.lines = [other for other in self.lines if other.quantity > 0]
        self.target = self.lines[-1:]

    def _every(self, clause: Clause) -> None:
        if not self.lines:
            self.leading, self.leading_every = [*self.leading, *clause.wishes], True
            return
        self.touched = True
        if clause.name:
            self.lines[-1].name, self.lines[-1].names = clause.name, clause.names
        # All drinks under a heading copy the heading's options. In "six coffees, 2 lattes, 4 mochas, all with oat
        # except the mochas", the heading "six coffees" therefore gets no oat: the mochas would copy it.
        first = int(bool(clause.but) and self.lines[0].category_word)
        meant = [line for line in self.lines[first:] if line.drink not in clause.but]
        for wish in clause.wishes:
            self._wish(meant_lines.sharing(meant, wish, self.lexicon), [wish])
        self.target = [*self.lines]

    def _share(self, clause: Clause) -> None:
        """Give every line the options that the text says for all drinks: "with two sugars each", "large both"."""
        shared = shared_options(clause)
        # Before any drink is named, the options are for every drink that follows: "oat in everything: a latte and a
        # mocha".
        self.leading_every |= not self.lines
        for wish in shared:
            for line in meant_lines.sharing(self.lines, wish, self.lexicon):
                line.wishes += [wish] if wish not in line.wishes else []

    def _implied(self, drink: str, clause: Clause) -> list[SaidOption]:
        meanings = self.lexicon.implied.get((drink, clause.phrase), ())
        return [SaidOption((meaning,), " ".join(clause.phrase), inherited=True) for meaning in meanings]


def _names_again(clause: Clause, line: OrderLine) -> bool:
    """Return whether the clause only gives options to cups that the same text has ordered.

    "2 lattes, lattes with oat" orders two lattes, both with oat. If the clause names the drink in the singular, the
    options must follow the drink: "2 teas, tea with milk"."""
    again = bool(clause.wishes) and clause.count is None
    described = not (clause.joined or line.unsure) and all(wish.at > clause.at for wish in clause.wishes)
    return again and (clause.plural or described)
