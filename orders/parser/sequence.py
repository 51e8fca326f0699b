"""Rules for neighbouring clauses, i.e. drinks or changes that a text names one after another.

An example is an exchange ("a mocha instead of the latte"), another is a drink named once for several cups ("one
large and one small latte")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise, takewhile

from orders.parser.atoms import Kind
from orders.parser.clause import Clause, ClauseVerb, SaidOption
from orders.parser.lexicon import Lexicon

_NOTHING = Clause()


def _refuse_drink(clause: Clause, before: Clause, lexicon: Lexicon) -> None:
    """Let a "not" before an option refuse the drink instead: "not a large latte" refuses the latte.

    This is so if an article follows the "not", or if the clause before names a drink ("flat white not oat latte"). "No
    large latte" keeps the latte and corrects its size."""
    for wish in clause.wishes[:1]:
        refuses = wish.amount == "no" and wish.at < clause.at
        article = lexicon.table.kind((*wish.how_much.split()[-1:],)) is Kind.ARTICLE
        if refuses and (article or (before.drink and wish.how_much in lexicon.table.denying)):
            clause.verb, wish.amount, wish.how_much = ClauseVerb.NO, None, ""


def in_order(clauses: Sequence[Clause], lexicon: Lexicon, *, new: bool) -> list[Clause]:
    """Return the clauses, with each exchange as two clauses, and with clauses about one cup joined.

    "A mocha instead of the latte" becomes a SWAP clause with the latte and a TO clause with the mocha. "One more" and
    "a mocha" become one clause."""
    # With an empty clause at each end, every clause has two neighbours for the rules below.
    ordered = [_NOTHING]
    for clause, after in pairwise([*clauses, _NOTHING]):
        _refuse_drink(clause, ordered[-1], lexicon)
        if _shares_drink(clause, after, ordered, lexicon, new=new) and not _shares_out(ordered, clause):
            clause.drink, clause.phrase = after.drink, after.phrase
        if after.rest and _is_one_of(clause, ordered):
            # In "2 lattes and a tea, one latte large, the other small", "one latte" means one of the two lattes.
            # "One" does, too, in "2 lattes, one with glitter, the other decaf".
            clause.some = clause.others = True
        if clause.article and _is_bare_place(ordered[-1]):
            # "Make the first one" and "a mocha" are one change of the first cup.
            named = ordered.pop()
            clause.place, clause.mentioned, clause.verb = named.place, named.mentioned, ClauseVerb.MAKE
        weighed = ordered[-1].wishes[-1:]
        if weighed and _corrects_amount(clause, weighed[0]):
            weighed[0].amount, weighed[0].how_much = float(clause.cups), ""
            continue
        if clause.drink and _is_some(ordered[-1]) and not clause.apart:
            # Join "make one" and "a mocha", or "one of us wants" and "a mocha instead", to one exchange.
            ordered[-1].verb, ordered[-1].some, clause.verb = ClauseVerb.SWAP, True, ClauseVerb.TO
        if _names_further(clause, ordered[-1]):
            # "One more, a mocha" orders one mocha.
            ordered.pop()
            clause.verb = ClauseVerb.ADD
        if clause.alike and ordered[-1].is_bare_another:
            # In "and another, same but decaf", both parts mean one cup.
            clause.verb = ordered.pop().verb
        if clause.mentioned and _drops_one(ordered[-1]):
            # In "one less, the decaf one", the second part says which cup is dropped.
            ordered.pop()
            clause.verb = ClauseVerb.NO
        if clause.verb is ClauseVerb.ADD and clause.count and ordered[-1].is_bare_name:
            # Join German "für Lisa" (for Lisa) and "auch einen" (one more): the added cup is for Lisa.
            named = ordered.pop()
            clause.name, clause.names = named.name, named.names
        if _is_described(ordered[-1], clause):
            # Join "one of em" and "a double": this cup gets the option "double".
            ordered[-1].wishes = clause.wishes
        elif _describes(ordered[-1], clause):
            # Join "make the flat white" and "a large", or "change the flat white to" and "a large".
            ordered[-1].wishes = clause.wishes
            if ordered[-1].verb is ClauseVerb.SWAP:
                ordered[-1].verb = ClauseVerb.MAKE
        elif clause.drink and _exchanges_options(ordered[-1], lexicon) and new:
            # "Instead of milk oat. A small cappuccino" orders an oat cappuccino.
            exchanged = ordered.pop().wishes
            clause.wishes = [*taken_out(exchanged[:1], lexicon), *exchanged[1:], *clause.wishes]
            ordered.append(clause)
        elif (
            len(ordered) > 1
            and ordered[1].verb is ClauseVerb.INSTEAD_OF
            and not _exchanges_options(ordered[1], lexicon)
        ):
            # "Instead of the latte a tea" exchanges the latte for a tea.
            ordered[1].verb, clause.verb = ClauseVerb.SWAP, ClauseVerb.TO
            ordered.append(clause)
        elif clause.verb is ClauseVerb.INSTEAD_OF and _is_new(ordered[-1]) and not clause.drink:
            # "A hawaiian with bacon instead of ham" gets no ham. "A tea instead of sugar honey" gets no sugar, but
            # honey, because the second option takes the place of the first.
            out = clause.wishes[:1] if _are_exchanged(clause.wishes, ordered[-1].wishes, lexicon) else clause.wishes
            ordered[-1].wishes += [*taken_out(out, lexicon), *clause.wishes[len(out) :]]
        elif clause.verb is ClauseVerb.INSTEAD_OF and len(ordered) > 1:
            gained = ordered.pop()
            clause.verb, gained.verb = ClauseVerb.SWAP, ClauseVerb.TO
            ordered += [clause, gained]
        elif clause.drink and (_becomes(ordered[-1], clause) or _takes_its_place(ordered[-1], clause)):
            ordered[-1].verb, clause.verb = ClauseVerb.SWAP, ClauseVerb.TO
            ordered.append(clause)
        else:
            ordered.append(clause)
    return ordered[1:]


def _names_further(clause: Clause, before: Clause) -> bool:
    """Return whether the clause says which drink the "one more" before it means: "a mocha" in "one more, a mocha"."""
    named = bool(clause.drink) and bool(clause.count) and clause.verb in (None, ClauseVerb.MAKE) and not clause.joined
    return named and before.is_bare_another and before.name is None and before.cups == clause.cups


def _corrects_amount(clause: Clause, option: SaidOption) -> bool:
    """Return whether a number corrects the amount of the option before it, as in "less sugar, just one" and "1
    sugar, sorry 2"."""
    if clause.verb is ClauseVerb.CORRECT:
        return isinstance(option.amount, float) and replace(clause, verb=None).is_bare_count
    return option.amount == "light" and clause.is_bare_count


def _is_one_of(clause: Clause, before: Sequence[Clause]) -> bool:
    """Return whether the clause can mean some of the cups of an earlier clause: "one latte" after "2 lattes"."""
    return any(one.drink and clause.drink in ((), one.drink) and one.cups > clause.cups for one in before)


def _is_new(clause: Clause) -> bool:
    return bool(clause.drink or clause.alike)


def taken_out(wishes: Sequence[SaidOption], lexicon: Lexicon) -> list[SaidOption]:
    """Return each of these options as refused, such as "no ham" for "ham".

    Options without amounts, such as sizes, cannot be refused and are not in the result."""
    return [replace(wish, amount="no") for wish in wishes if any(lexicon.amounts(m) for m in wish.meanings)]


def _are_exchanged(wishes: Sequence[SaidOption], before: Sequence[SaidOption], lexicon: Lexicon) -> bool:
    """Return whether the second of the two options after "instead of" takes the place of the first.

    It does in "instead of sugar honey". It does not in "honey instead of vanilla sugar", because the honey right before
    "instead of" already takes that place. `before`: the options before "instead of"."""
    if len(wishes) != 2:
        return False
    gained = [meaning for wish in before if wish.at == wishes[0].at - 2 for meaning in wish.meanings]
    return lexicon.is_size(gained)


def _exchanges_options(clause: Clause, lexicon: Lexicon) -> bool:
    """Return whether the clause names no drink, but an option and its replacement: "instead of milk oat"."""
    bare = clause.verb is ClauseVerb.INSTEAD_OF and not clause.drink
    return bare and _are_exchanged(clause.wishes, (), lexicon)


def _is_bare_place(clause: Clause) -> bool:
    bare = bool(clause.place) and not (clause.wishes or clause.name)
    return bare and clause.verb not in (ClauseVerb.NO, ClauseVerb.SWAP)


def _is_some(clause: Clause) -> bool:
    """Return whether the clause only counts cups that were ordered before, as in "one of them"."""
    return clause.some and not clause.wishes


def _drops_one(clause: Clause) -> bool:
    return clause.verb is ClauseVerb.NO and clause.count == 1


def _shares_out(before: Sequence[Clause], clause: Clause) -> bool:
    """Return whether the clauses after the last drink say something about each of its cups, no more and no fewer: "1
    large 1 small" after "2 lattes". `clause` is the last of them."""
    last = next((at for at in range(len(before) - 1, -1, -1) if before[at].drink), None)
    if last is None or before[last].cups < 2:
        return False
    return sum(each.cups for each in (*before[last + 1 :], clause)) == before[last].count


def _shares_drink(clause: Clause, after: Clause, before: Sequence[Clause], lexicon: Lexicon, *, new: bool) -> bool:
    """Return whether two clauses order the same drink and only the second names it, as in "one large and one small
    latte"."""
    # No latte has two sizes. So "large and a small latte" are two lattes, although no number stands before "large".
    begins = new and after.joined and _clashes([*clause.wishes, *after.wishes], lexicon) > 0
    sized = begins and all(lexicon.is_size(wish.meanings) for wish in (*clause.wishes, *after.wishes[:1]))
    counted = (clause.count is not None or begins) and (after.count is not None or sized)
    counted = counted and after.verb in (None, ClauseVerb.ADD)
    if not counted or clause.drink or not clause.wishes or clause.verb not in (None, ClauseVerb.ADD):
        return False
    if clause.name and before[-1].name:
        # In "a small latte for Ann, medium for Bo and a large mocha for Cy", Bo gets a latte and not a mocha.
        return False
    first = not any(earlier.drink for earlier in before)
    if clause.wishes[0].after_with and (clause.verb or not first):
        # In "three large teas, one with milk, and a large mocha", the milk is for one of the teas.
        return False
    groups = {meaning.group for wish in clause.wishes for meaning in wish.meanings}
    alike = any(meaning.group in groups for wish in after.wishes for meaning in wish.meanings)
    # "A soy and a large latte" orders two lattes, because both options fit a latte.
    described = after.joined and any(wish.at < after.at for wish in after.wishes)
    # In "2 lattes, one soy, and a large tea", the soy is for one of the lattes.
    of_them = not clause.article and any(one.cups > 1 for one in before)
    fitting = described and not of_them and all(_fits(wish, after, lexicon) for wish in clause.wishes)
    return (alike or fitting) and (first or (after.joined and clause.count == 1))


def _becomes(clause: Clause, after: Clause) -> bool:
    """Return whether the second clause names the drink that replaces the first one's, as in "make the latte a mocha"
    and "the latte should be a mocha"."""
    changes = clause.verb is ClauseVerb.MAKE and after.article
    mentioned = bool(clause.drink) and clause.definite and clause.verb is None
    should_be = mentioned and after.verb is ClauseVerb.MAKE
    return (changes or should_be) and not (clause.wishes or after.apart)


def _takes_its_place(clause: Clause, after: Clause) -> bool:
    """Return whether the second clause replaces a refused drink, as in "no flat white, a cappuccino instead"."""
    replaces = after.verb is ClauseVerb.INSTEAD or (after.verb is ClauseVerb.MAKE and after.article)
    return clause.verb is ClauseVerb.NO and replaces


def lacks_drink(clauses: Sequence[Clause]) -> bool:
    """Return whether the first clause orders a cup without naming its drink: "a small decaf" in "a small decaf and a
    tea"."""
    clause, after = clauses[0], clauses[1:]
    if not clause.count or not clause.wishes or clause.drink or clause.verb not in (None, ClauseVerb.ADD):
        return False
    follows = bool(after) and bool(after[0].drink) and after[0].count is not None and after[0].verb is None
    # In "2 large: a latte and a mocha" no drink is missing, because "2 large" announces the two drinks.
    return follows and not 1 < clause.count == sum(each.cups for each in after if each.drink)


def _is_described(clause: Clause, after: Clause) -> bool:
    """Return whether the second clause gives options to cups that the first one only counts, as in "make one a
    double"."""
    follows = after.article and not (after.drink or after.apart)
    return follows and (_is_some(clause) or clause.is_bare_count)


def _describes(clause: Clause, after: Clause) -> bool:
    """Return whether the second clause gives options to the drink of the first, as in "make the flat white a large"."""
    changes = clause.verb in (ClauseVerb.MAKE, ClauseVerb.CORRECT) or clause.definite
    return changes and not clause.wishes and after.article and not after.drink


def divide_options(clauses: Sequence[Clause], lexicon: Lexicon) -> None:
    """Divide the options between two drinks. In "large latte oat small cap soy" the oat is for the latte and the soy
    for the cappuccino."""
    for before, clause in pairwise(clauses):
        _give_back_what_does_not_fit(before, clause, lexicon)
    # Begin with the last drink. In "latte small latte large latte medium" only the last two sizes show that every size
    # stands after its drink.
    for before, clause in reversed([*pairwise(clauses)]):
        if not clause.between:
            continue
        wishes = clause.wishes
        # In "a cheeseburger with large fries", "large" is for the fries, because burgers have no size.
        bound = len([*takewhile(partial(_fits, clause=before, lexicon=lexicon), wishes[: clause.bound])])
        # If the options of the first drink stood before it, those of the second drink probably do too. They begin with
        # the size: in "large latte oat small cap" the oat is for the latte.
        first = max([bound, *(at for at in range(bound, clause.between) if lexicon.is_size(wishes[at].meanings))])
        usual = first if before.wishes else max(bound, clause.between - 1)
        # The options before the previous drink can still be given to the drink before that.
        own = before.wishes[before.between :]
        cut = min(
            range(bound, clause.between + 1),
            key=lambda k: (
                _clashes(own + wishes[:k], lexicon) + _clashes(wishes[k:], lexicon),
                _misfits(wishes[:k], before, lexicon) + _misfits(wishes[k:], clause, lexicon),
                abs(k - usual),
            ),
        )
        before.wishes, clause.wishes = before.wishes + wishes[:cut], wishes[cut:]


def _give_back_what_does_not_fit(before: Clause, clause: Clause, lexicon: Lexicon) -> None:
    """Give options that fit only the previous drink back to this drink.

    In "latte with caramel and cinnamon small tea" the cinnamon belongs to the latte."""
    listed = any(wish.at > before.at for wish in before.wishes)
    if not clause.joined or clause.count is not None or not listed:
        # In "latte and iced tea" the latte is not iced.
        return
    while clause.wishes and not _fits(clause.wishes[0], clause, lexicon) and _fits(clause.wishes[0], before, lexicon):
        before.wishes.append(clause.wishes.pop(0))


def _fits(wish: SaidOption, clause: Clause, lexicon: Lexicon) -> bool:
    return any(lexicon.fits(drink.name, meaning.group) for drink in clause.drink for meaning in wish.meanings)


def _misfits(wishes: Sequence[SaidOption], clause: Clause, lexicon: Lexicon) -> int:
    return sum(not _fits(wish, clause, lexicon) for wish in wishes)


def _clashes(wishes: Sequence[SaidOption], lexicon: Lexicon) -> int:
    """Count the options that are too many: a drink takes only one size, so "small" and "large" together count 1."""
    groups = [wish.meanings[0].group for wish in wishes]
    one = [group for group in groups if lexicon.groups[group].choose == "one"]
    return len(one) - len(set(one))
