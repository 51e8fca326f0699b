"""Keeps the lines of an order, and makes the changes that the clauses of a text ask for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from orders.items import Item
from orders.parser import meant_lines
from orders.parser.atoms import Atom
from orders.parser.clause import Clause, ClauseVerb, SaidOption
from orders.parser.disambiguate import decide
from orders.parser.lexicon import Lexicon
from orders.parser.lines import OrderLine, line_of, note_after, one_name_each, said_option_of, without_heading
from orders.parser.reading import Misfit, Question
from orders.parser.shares import kept_for_another


@dataclass(slots=True)
class OrderLines:
    lexicon: Lexicon
    lines: list[OrderLine] = field(default_factory=list)
    asked: Question | None = None
    #: The line whose option the customer was asked to choose, if any.
    asked_about: OrderLine | None = None
    #: The cups that were ordered before this text: for each cup, the line that it is on.
    cups: list[OrderLine] = field(default_factory=list)
    #: The lines that the last clause was about. If "with oat" follows, it changes the same lines.
    target: list[OrderLine] = field(default_factory=list)
    #: Options named before the first drink of the text.
    leading: list[SaidOption] = field(default_factory=list)
    leading_every: bool = False
    #: How many of the next drinks get the leading options: 2 in "2 large pizzas, a hawaiian, a pepperoni".
    announced: int = 0
    quantity: int = 1
    #: Whether the text changed lines that were ordered before.
    touched: bool = False
    added: bool = False
    missing_drinks: int = 0
    misfits: list[Misfit] = field(default_factory=list)
    #: Words that order a cup without naming its drink, such as "a decaf".
    unread: list[str] = field(default_factory=list)
    #: The drinks to choose from, if the text drops one of them without saying which.
    dropping: list[str] = field(default_factory=list)
    #: Lines removed because the text keeps only other lines ("just the latte").
    gone: list[OrderLine] = field(default_factory=list)
    shared_out: list[OrderLine] = field(default_factory=list)
    #: The options that the text gives to single cups ("one with caramel"), as (group, name).
    told: set[tuple[str, str]] = field(default_factory=set)
    base: OrderLine | None = None
    #: The line that the previous text changed. "The other one" then means another line. `weighed`: the option whose
    #: amount the previous text gave. "Actually 3" then changes this amount.
    changed: OrderLine | None = None
    weighed: SaidOption | None = None
    #: What the last change did, so that "the latte too" can repeat it: options added (`gained`), a drink removed
    #: (`took_off`), or the new drink (`became`).
    gained: list[SaidOption] = field(default_factory=list)
    took_off: bool = False
    became: str = ""
    #: The line of several cups of which the previous text changed only one: "one needs to be soy".
    parted: OrderLine | None = None
    #: The order as it was before the previous text.
    before: Sequence[Item] = ()
    #: Whether the text has only one clause.
    alone: bool = False
    #: The line of the cup to which this text pointed last.
    pointed: OrderLine | None = None
    #: Whether the last clause corrected a drink of the order.
    correcting: bool = False
    #: Whether the text says who gets one of the cups ordered before.
    named_cup: bool = False
    #: Whether all lines of the open order come from one single text.
    together: bool = False
    #: The index of the line that gets the next options of a list, as in "a latte and a mocha, one large one small".
    _turn: int = 0
    _away: list[SaidOption] = field(default_factory=list)
    _swapped: list[OrderLine] = field(default_factory=list)

    @classmethod
    def begin(cls, lexicon: Lexicon, order: Sequence[Item], asked: Question | None) -> Self:
        draft = cls(lexicon, [line_of(item, lexicon) for item in order], asked)
        draft.cups = [line for line in draft.lines for _ in range(line.quantity)]
        draft.target = draft.lines[-1:]
        if asked is not None and asked.about == "option":
            draft.asked_about = next(iter(draft.lines[asked.item :]), None)
            draft.target = [draft.asked_about] if draft.asked_about else draft.target
            draft._turn = asked.item
            # After "5 coffees" and our question "which size?", "2 lattes, 3 mochas" names these coffees.
            for line in draft.lines if len(draft.lines) == 1 else ():
                line.category_word = lexicon.is_general(line.drink)
        if asked is not None:
            on_menu = [choice for choice in asked.choices if (choice.group, choice.option) in lexicon.option_order]
            draft.leading, draft.quantity = [said_option_of(choice) for choice in on_menu], asked.quantity
        return draft

    def remember(self, order: Sequence[Item], before: Sequence[Item]) -> None:
        """Find the line and the amount that the previous text changed. `before`: the order before that text."""
        if not before:
            return
        self.before = before
        if sum(item.quantity for item in before) == sum(item.quantity for item in order):
            counts = {replace(item, quantity=1): item.quantity for item in before}
            fewer = (item.quantity < counts.get(replace(item, quantity=1), 0) for item in order)
            self.parted = next((line for line, is_fewer in zip(self.lines, fewer, strict=True) if is_fewer), None)
        changed = [at for at, item in enumerate(order) if item not in before]
        self.took_off = len(order) < len(before)
        had_before = [replace(item, quantity=1) for item in before]
        other = [at for at in changed if replace(order[at], quantity=1) not in had_before]
        # "Cream on one of them" changes one cup. The line of the remaining cups only has a lower quantity, so it does
        # not count as changed.
        changed = other or changed
        if len(changed) != 1:
            return
        item, self.changed = order[changed[0]], self.lines[changed[0]]
        if self.asked is None or self.asked.about != "option":
            self.target = [self.changed]
        were = [each.choices for each in before if each.drink == item.drink]
        same = max(were, key=lambda choices: len({*choices} & {*item.choices}), default=item.choices)
        had = [said_option_of(choice) for choice in same]
        self.gained = [wish for wish in self.changed.wishes if wish not in had]
        counted = [wish for wish in self.gained if isinstance(wish.amount, float)]
        # "Actually 3" after "make it 2 sugars" counts sugars, unless several cups were ordered.
        self.weighed = counted[0] if len(counted) == 1 and item.quantity == 1 else None

    def _to_the_others(self, clause: Clause) -> bool:
        """Apply "the other one with soy" to the lines that were not changed or pointed at before.

        Return True if this was done, False if no such line is known."""
        others = self._all_but_pointed() or self._unchanged(clause)
        if not others:
            return False
        self.touched = True
        if clause.name:
            # In "the oat one is for Leo, the other for Lou", the other cup gets the name Lou.
            others[0].name, others[0].names, self.named_cup = clause.name, clause.names, True
        if clause.verb is ClauseVerb.CORRECT and self.changed is not None:
            # "No sorry, oat in the other one" also takes the oat out of the cup that was changed before.
            moved = meant_lines.options_meant(clause.wishes)
            self.changed.wishes = [w for w in self.changed.wishes if moved.isdisjoint(meant_lines.options_meant([w]))]
        self._wish(others, clause.wishes)
        return True

    def _all_but_pointed(self) -> list[OrderLine]:
        """Return the lines that "the others" means in "the mocha large, the others small": all except the mocha's."""
        return [line for line in self.lines if line is not self.pointed] if self.pointed in self.lines else []

    def _unchanged(self, clause: Clause) -> list[OrderLine]:
        """Return the line that "the other one" means in "make the other one a tea"; [] if several are possible."""
        others = [line for line in self.lines if line is not self.changed] if self.changed in self.lines else []
        return others if clause.rest and len(others) == 1 else []

    def _line_at(self, clause: Clause) -> OrderLine | None:
        """Return the line of the cup that "the second one" means. Equal cups share a line.

        Return None if fewer cups were ordered before this text, or if the line was removed."""
        place = clause.place
        if len(self.cups) < max(place, 1 if clause.mentioned else 2):
            return None
        line = self.cups[place - 1 if place > 0 else place]
        return line if any(line is other for other in self.lines) else None

    def _keep_only(self, lines: Sequence[OrderLine]) -> None:
        self.gone = [line for line in (*self.lines, *self.gone) if not any(line is kept for kept in lines)]
        self.lines = self.target = [*lines]
        self.touched = True

    def _without_extras(self) -> None:
        """Apply "make it plain": remove the options of groups from which a drink can have several."""
        for line in self.target:
            kept = [w for w in line.wishes if any(self.lexicon.groups[m.group].choose == "one" for m in w.meanings)]
            self.touched |= len(kept) < len(line.wishes)
            line.wishes = kept

    def _wish(self, lines: Sequence[OrderLine], wishes: list[SaidOption]) -> None:
        for line in lines:
            line.wishes = [*line.wishes, *wishes]
        self.target = [*lines]

    def _give_way(self, lines: Sequence[OrderLine], clause: Clause) -> None:
        """Remove the option that a correction replaces: the vanilla of a vanilla latte in "no, hazelnut"."""
        corrects = clause.preferred or clause.verb in (ClauseVerb.INSTEAD, ClauseVerb.CORRECT)
        if not corrects or clause.joined:
            return
        for wish in clause.wishes:
            groups = {meaning.group for meaning in wish.meanings}
            for line in lines if wish.amount is None and (clause.preferred or not wish.after_with) else ():
                had = [w for w in line.wishes if w.amount != "no" and any(m.group in groups for m in w.meanings)]
                if len(had) == 1:
                    line.wishes = [other for other in line.wishes if other is not had[0]]

    def _restate(self, clauses: Sequence[Clause]) -> None:
        """Raise the only line's quantity if a list counts more cups: "two large, one small" makes 2 lattes three."""
        counts = [clause.cups for clause in clauses if clause.counts_cups]
        if len(self.lines) == 1 < len(counts) == len(clauses) and sum(counts) > self.lines[0].quantity:
            self.lines[0].quantity = sum(counts)

    def _take_back(self, clause: Clause) -> None:
        """Apply "except the mocha": give the mocha back the options that it had before the previous text."""
        drinks = {meaning.name for meaning in clause.drink}
        had = {item.drink: item for item in self.before if item.drink in drinks}
        for line in self.lines:
            if line.drink in had:
                line.wishes, self.touched = line_of(had[line.drink], self.lexicon).wishes, True

    def _keep_said(self, lines: Sequence[OrderLine], clause: Clause) -> None:
        """Apply "just caramel" to a vanilla latte: remove the other options of the same group."""
        if not clause.only or any(wish.how_much for wish in clause.wishes):
            return
        groups = {group for group, _ in meant_lines.options_meant(clause.wishes)}
        for line in lines:
            line.wishes = [wish for wish in line.wishes if groups.isdisjoint(m.group for m in wish.meanings)]

    def _portion(self, clause: Clause) -> None:
        """Apply "two pumps" to the only option of the last drink that can have an amount. "Actually none" refuses the
        only such option of the whole order."""
        refused = clause.verb is ClauseVerb.NO
        lines = self.lines if refused else self.target
        poured = [wish for line in lines for wish in line.wishes if any(map(self.lexicon.amounts, wish.meanings))]
        if len(meant_lines.options_meant(poured)) == 1:
            for wish in poured:
                wish.amount, self.touched = "no" if refused else float(clause.cups), True

    def _double(self) -> None:
        for line in self.lines:
            line.quantity *= 2
        self.touched |= bool(self.lines)

    def _exchange(self, group: str) -> None:
        """Apply "swap the sizes": exchange the options of this group between the order's two lines."""
        if len(self.lines) == 2:
            first, second = (meant_lines.of_group(line.wishes, group) for line in self.lines)
            for line, kept, other in zip(self.lines, (first, second), (second, first), strict=True):
                line.wishes = [*(wish for wish in line.wishes if wish not in kept), *other]
            self.touched = True

    def _having(self, wishes: Sequence[SaidOption]) -> list[OrderLine]:
        return meant_lines.having(self.lines, wishes)

    def _without(self, away: Sequence[SaidOption]) -> list[OrderLine]:
        """Remove these options from all lines that have them. Return these lines."""
        lines = self._having(away)
        names = meant_lines.options_meant(away)
        for line in lines:
            line.wishes = [wish for wish in line.wishes if names.isdisjoint(meant_lines.options_meant([wish]))]
        return lines

    def _split(self, base: OrderLine, count: int, wishes: list[SaidOption], clause: Clause) -> None:
        name, names = (clause.name, clause.names) if clause.name else (base.name, base.names)
        self.named_cup |= base.old and bool(clause.name)
        wishes = [wish for wish in wishes if not self._is_plain(wish, base)]
        plain = clause.plain and not self.shared_out
        kept = kept_for_another(base, clause, self.lexicon) if plain else self._kept_of(base, wishes)
        part = OrderLine(base.drink, count, [*kept, *wishes], name, names, base.note, base.old)
        part.taken_from, part.joined, part.had = base, base.joined, base.had
        self.base = base
        base.quantity -= count
        self.shared_out.append(part)
        place = next((at for at, line in enumerate(self.lines) if line is base), len(self.lines))
        if base.quantity > 0:
            self.lines.insert(place + len(self.shared_out), part)
        else:
            self.lines[place : place + 1] = []
            self.lines.insert(place + len(self.shared_out) - 1, part)
        self.touched, self.target = True, [part]

    def _kept_of(self, base: OrderLine, wishes: Sequence[SaidOption]) -> list[SaidOption]:
        """Return the options that a cup keeps when it is split off the line `base`.

        In "one with caramel, one with hazelnut" the second cup does not get the caramel."""
        own = meant_lines.options_meant(wishes)
        groups = {group for group, _ in own}
        given = {(group, option) for group, option in self.told - own if group in groups}
        return [wish for wish in base.wishes if given.isdisjoint(meant_lines.options_meant([wish]))]

    def _is_plain(self, wish: SaidOption, base: OrderLine) -> bool:
        """Return whether "normal" only repeats what the drink already has. In "3 large lattes, one with oat, one
        normal" the size is already large, so "normal" is no size."""
        if wish.said not in self.lexicon.table.normal or not self.shared_out:
            return False
        groups = {meaning.group for meaning in wish.meanings}
        shared = [one for part in self.shared_out for one in part.wishes if one not in base.wishes]
        told = any(meaning.group in groups for one in base.wishes for meaning in one.meanings)
        return told and not any(meaning.group in groups for one in shared for meaning in one.meanings)

    def _drop_cups(self, count: int, wishes: Sequence[SaidOption]) -> None:
        """Apply "drop one" to the last line, and "drop two oat" to the last line with oat.

        If the lines in question differ, list their drinks in `dropping`, and the reply asks which one."""
        lines = meant_lines.having(self.lines, wishes) or self.lines
        self.touched |= bool(lines)
        if meant_lines.differ(lines):
            self.dropping = [line.drink for line in lines]
        elif lines:
            lines[-1].quantity -= count
            self.lines = [line for line in self.lines if line.quantity > 0]

    def _is_one_more(self, clause: Clause, line: OrderLine, base: OrderLine | None) -> bool:
        """Return whether the clause orders one more cup of the line's drink and is not about a cup ordered before."""
        described = base or line
        told = [wish for wish in clause.wishes if not self._is_plain(wish, described)]
        unlike = meant_lines.contradicts(told, described, self.lexicon)
        if clause.joined:
            # "One oat latte and one soy" and "a latte and one oat" order two cups each.
            named = bool(clause.name) or not clause.article or meant_lines.is_cup_alone(clause, line)
            one_cup = base is None and len(self.lines) == 1 and not line.old and named
            return one_cup or unlike or (base is None and meant_lines.names_a_cup(clause, line, self.lexicon))
        # Lists without "and" order two cups, too: "one latte hot, one iced", "one mocha with cream, one without".
        listed = (clause.apart or not self._turn) and clause.verb is None and base is None and not line.old
        return listed and (unlike or clause.plain or meant_lines.has_more(clause.wishes, line))

    def _is_next_in_turn(self, clause: Clause) -> bool:
        """Return whether the clause is for the next drink: the second "one" in "a latte, a mocha, one oat, one soy"."""
        one = clause.count == 1 and not clause.article
        after = self.lines[self._turn : self._turn + 1] if self._turn and one else []
        return any(not (line.name and clause.name) and line.drink != self.target[-1].drink for line in after)

    def _one_each(self, clause: Clause) -> None:
        """Give the options to the next line in turn, as in "a latte and a mocha, one oat one soy".

        If no line is left, the last drink gets the options."""
        if clause.count == 1 and not clause.article and self._turn < len(self.lines):
            line = self.lines[self._turn]
            self._turn += 1
        else:
            line = self.target[-1]
        line.name = clause.name or line.name
        self.touched = True
        self._wish([line], clause.wishes)

    def _another(self, clause: Clause) -> None:
        line = self.target[-1]
        self.touched = True
        if not clause.wishes and not clause.name and not clause.plain:
            line.quantity += clause.cups
        else:
            wishes = [*kept_for_another(line, clause, self.lexicon), *clause.wishes]
            more = OrderLine(line.drink, clause.cups, wishes, clause.name)
            self.lines.append(more)
            self.target = [more]

    def _recount(self, clause: Clause) -> None:
        line = self.target[-1]
        if self.weighed is not None and not clause.some:
            # "Actually 3" after "make it 2 sugars" changes the number of sugars.
            self.weighed.amount, self.touched = float(clause.cups), True
            return
        if self.base is not None and self.base.quantity == clause.count:
            # In "3 burgers, 2 plain, 1", the last number means the one burger that is left. This burger is not changed.
            return
        if not clause.article:
            counted = [wish for wish in line.wishes if isinstance(wish.amount, float | int)]
            if line.quantity == clause.cups and len(counted) == 1:
                # "Just one" after "2 sugars" changes the number of sugars if only one latte is ordered.
                counted[0].amount = float(clause.cups)
            line.quantity = clause.cups
            self.touched = True

    def _leave_out_heading(self, drink: str, quantity: int) -> None:
        """Remove a line that only announced the drinks after it: the 3 teas in "3 teas, two black, one peppermint"."""
        heading = self.base
        if heading is None or heading.quantity != quantity:
            return
        alike = self.lexicon.category(heading.drink) == self.lexicon.category(drink)
        if alike and (heading.category_word or self.lexicon.is_called(drink, heading.word)):
            self.lines = [line for line in self.lines if line is not heading]

    def refuse(self, options: Sequence[Atom], places: Collection[int]) -> None:
        """Refuse these options in the lines at these places, including options that a drink has by default."""
        refused = [SaidOption(atom.meanings, atom.text, "no", inherited=True) for atom in options]
        for place in places:
            self.lines[place].wishes = [*self.lines[place].wishes, *refused]
        self.touched |= bool(refused) or len(places) < len(self.lines)

    def items(self) -> tuple[Item, ...]:
        self.lines = one_name_each(without_heading(self.lines, self.lexicon))
        self.misfits, items = [], []
        group = self.asked.group if self.asked is not None else ""
        for line in self.lines:
            choices, misfits = decide(line.drink, line.wishes, self.lexicon, asked_group=group)
            self.misfits += [misfit for misfit in misfits if misfit not in self.misfits]
            note = note_after(line, (*line.retired, *choices), self.lexicon)
            items.append(Item(line.drink, line.quantity, (*line.retired, *choices), line.name, note))
        return tuple(items)
