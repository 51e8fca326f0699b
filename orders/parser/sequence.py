"""Rules for neighbouring clauses: exchanges, and a drink that is named once for several cups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from orders.parser.atoms import Kind
from orders.parser.clause import Clause, ClauseVerb, SaidOption
from orders.parser.lexicon import Lexicon

_NOTHING = Clause()


def _refuse_drink(clause: Clause, before: Clause, lexicon: Lexicon) -> None:
    """Make "not a large latte" and "flat white not oat latte" refuse the drink. "No large latte" corrects the size."""
    for wish in clause.wishes[:1]:
        refuses = wish.amount == "no" and wish.at < clause.at
        article = lexicon.table.kind((*wish.how_much.split()[-1:],)) is Kind.ARTICLE
        if refuses and (article or (before.drink and wish.how_much in lexicon.table.denying)):
            clause.verb, wish.amount, wish.how_much = ClauseVerb.NO, None, ""


def in_order(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    """Return the clauses with each exchange as two clauses, SWAP and TO.

    "A mocha instead of the latte" becomes: swap the latte, to a mocha. Neighbors that describe one cup are joined."""
    # The empty clause at each end spares the rules below the question whether another clause is there.
    ordered = [_NOTHING]
    for clause, after in pairwise([*clauses, _NOTHING]):
        _refuse_drink(clause, ordered[-1], lexicon)
        if _shares_drink(clause, after, ordered, lexicon) and not _shares_out(ordered, clause):
            clause.drink, clause.phrase = after.drink, after.phrase
        if after.rest and _is_one_of(clause, ordered):
            # "2 lattes and a tea, one latte large, the other small": the latte is one of the two.
            clause.some = True
        if clause.article and _is_bare_place(ordered[-1]):
            # Join "make the first one | a mocha".
            named = ordered.pop()
            clause.place, clause.mentioned, clause.verb = named.place, named.mentioned, ClauseVerb.MAKE
        weighed = ordered[-1].wishes[-1:]
        if weighed and _corrects_amount(clause, weighed[0]):
            weighed[0].amount, weighed[0].how_much = float(clause.cups), ""
            continue
        if clause.drink and _is_some(ordered[-1]) and not clause.apart:
            # Join "one of us wants | a mocha instead" and "make one | a mocha" to one exchange.
            ordered[-1].verb, ordered[-1].some, clause.verb = ClauseVerb.SWAP, True, ClauseVerb.TO
        if _names_further(clause, ordered[-1]):
            # "One more, a mocha" orders one mocha.
            ordered.pop()
            clause.verb = ClauseVerb.ADD
        if clause.alike and ordered[-1].is_bare_another:
            # "and another, same but decaf": both words mean one cup.
            clause.verb = ordered.pop().verb
        if clause.mentioned and _drops_one(ordered[-1]):
            # "one less, the decaf one": the second part says which cup is dropped.
            ordered.pop()
            clause.verb = ClauseVerb.NO
        if clause.verb is ClauseVerb.ADD and clause.count and ordered[-1].is_bare_name:
            # Join "für Lisa | auch einen" (for Lisa | one more): the added cup is for Lisa.
            named = ordered.pop()
            clause.name, clause.names = named.name, named.names
        if _is_described(ordered[-1], clause):
            # Join "one of em | a double".
            ordered[-1].wishes = clause.wishes
        elif _describes(ordered[-1], clause):
            # Join "make the flat white | a large" and "change the flat white to | a large".
            ordered[-1].wishes = clause.wishes
            if ordered[-1].verb is ClauseVerb.SWAP:
                ordered[-1].verb = ClauseVerb.MAKE
        elif len(ordered) > 1 and ordered[1].verb is ClauseVerb.INSTEAD_OF:
            # "Instead of the latte a tea" exchanges the latte for a tea.
            ordered[1].verb, clause.verb = ClauseVerb.SWAP, ClauseVerb.TO
            ordered.append(clause)
        elif clause.verb is ClauseVerb.INSTEAD_OF and _is_new(ordered[-1]) and not clause.drink:
            # A new drink lacks the option after "instead of": "a hawaiian with bacon instead of ham", "the same with
            # caramel instead of vanilla".
            ordered[-1].wishes += taken_out(clause.wishes, lexicon)
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
    """Tell whether the clause says what "one more" before it is."""
    named = bool(clause.drink) and bool(clause.count) and clause.verb in (None, ClauseVerb.MAKE) and not clause.joined
    return named and before.is_bare_another and before.name is None and before.cups == clause.cups


def _corrects_amount(clause: Clause, option: SaidOption) -> bool:
    """Tell whether a number corrects the amount of the option before it: "less sugar, just one", "1 sugar, sorry 2"."""
    if clause.verb is ClauseVerb.CORRECT:
        return isinstance(option.amount, float) and replace(clause, verb=None).is_bare_count
    return option.amount == "light" and clause.is_bare_count


def _is_one_of(clause: Clause, before: Sequence[Clause]) -> bool:
    """Tell whether an earlier clause orders more cups of the drink of this one."""
    return any(one.drink == clause.drink and one.cups > clause.cups for one in before)


def _is_new(clause: Clause) -> bool:
    return bool(clause.drink or clause.alike)


def taken_out(wishes: Sequence[SaidOption], lexicon: Lexicon) -> list[SaidOption]:
    """Return these options as refused ("no ham"). Options that cannot have an amount are left out."""
    return [replace(wish, amount="no") for wish in wishes if any(lexicon.amounts(m) for m in wish.meanings)]


def _is_bare_place(clause: Clause) -> bool:
    bare = bool(clause.place) and not (clause.wishes or clause.name)
    return bare and clause.verb not in (ClauseVerb.NO, ClauseVerb.SWAP)


def _is_some(clause: Clause) -> bool:
    """Tell whether the clause only counts cups that were ordered before: "one of them"."""
    return clause.some and not clause.wishes


def _drops_one(clause: Clause) -> bool:
    return clause.verb is ClauseVerb.NO and clause.count == 1


def _shares_out(before: Sequence[Clause], clause: Clause) -> bool:
    """Tell whether the counts after the last drink add up to the number of this drink: "2 lattes, 1 large 1 small"."""
    last = next((at for at in range(len(before) - 1, -1, -1) if before[at].drink), None)
    if last is None or before[last].cups < 2:
        return False
    return sum(each.cups for each in (*before[last + 1 :], clause)) == before[last].count


def _shares_drink(clause: Clause, after: Clause, before: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Tell whether two clauses order the same drink and only the second names it: "one large and one small latte"."""
    counted = clause.count is not None and after.count is not None and after.verb in (None, ClauseVerb.ADD)
    if not counted or clause.drink or not clause.wishes or clause.verb not in (None, ClauseVerb.ADD):
        return False
    if clause.name and before[-1].name:
        # "A small latte for Ann, medium for Bo and a large mocha for Cy": Bo's is a latte.
        return False
    first = not any(earlier.drink for earlier in before)
    if clause.wishes[0].after_with and (clause.verb or not first):
        # "Three large teas, one with milk, and a large mocha": the milk is for a tea.
        return False
    groups = {meaning.group for wish in clause.wishes for meaning in wish.meanings}
    alike = any(meaning.group in groups for wish in after.wishes for meaning in wish.meanings)
    # "A soy and a large latte" orders two lattes, because both options fit a latte.
    described = after.joined and any(wish.at < after.at for wish in after.wishes)
    # "2 lattes, one soy, and a large tea": the soy is for one of the lattes.
    of_them = not clause.article and any(one.cups > 1 for one in before)
    fitting = described and not of_them and all(_fits(wish, after, lexicon) for wish in clause.wishes)
    return (alike or fitting) and (first or (after.joined and clause.count == 1))


def _becomes(clause: Clause, after: Clause) -> bool:
    """Tell whether the second clause names the drink that replaces the first: "make the latte a mocha", "the latte
    should be a mocha"."""
    changes = clause.verb is ClauseVerb.MAKE and after.article
    mentioned = bool(clause.drink) and clause.definite and clause.verb is None
    should_be = mentioned and after.verb is ClauseVerb.MAKE
    return (changes or should_be) and not (clause.wishes or after.apart)


def _takes_its_place(clause: Clause, after: Clause) -> bool:
    """Tell whether the second clause replaces a refused drink: "no flat white, a cappuccino instead", "doch keinen Flat
    White, lieber einen Cappuccino" (no flat white after all, rather a cappuccino)."""
    replaces = after.verb is ClauseVerb.INSTEAD or (after.verb is ClauseVerb.MAKE and after.article)
    return clause.verb is ClauseVerb.NO and replaces


def lacks_drink(clauses: Sequence[Clause]) -> bool:
    """Tell whether the first clause orders a cup without naming a drink: "a small decaf and a tea"."""
    clause, after = clauses[0], clauses[1:]
    if not clause.count or not clause.wishes or clause.drink or clause.verb not in (None, ClauseVerb.ADD):
        return False
    follows = bool(after) and bool(after[0].drink) and after[0].count is not None and after[0].verb is None
    # "2 large: a latte and a mocha" lacks no drink: it announces the two drinks after it.
    return follows and not 1 < clause.count == sum(each.cups for each in after if each.drink)


def _is_described(clause: Clause, after: Clause) -> bool:
    """Tell whether the second clause gives options to cups that the first only counts: "make one a double"."""
    follows = after.article and not (after.drink or after.apart)
    return follows and (_is_some(clause) or clause.is_bare_count)


def _describes(clause: Clause, after: Clause) -> bool:
    """Tell whether the second clause gives options to the drink of the first: "make the flat white a large"."""
    changes = clause.verb in (ClauseVerb.MAKE, ClauseVerb.CORRECT) or clause.definite
    return changes and not clause.wishes and after.article and not after.drink


def divide_options(clauses: Sequence[Clause], lexicon: Lexicon) -> None:
    """Divide the options between two drinks: in "large latte oat small cap soy" the oat belongs to the latte."""
    for before, clause in pairwise(clauses):
        _give_back_what_does_not_fit(before, clause, lexicon)
        if not clause.between:
            continue
        wishes = clause.wishes
        # If options came before the first drink, they probably come before the second drink too.
        bound = clause.bound
        if bound and not _fits(wishes[bound - 1], before, lexicon):
            # "A cheeseburger with large fries": burgers have no size.
            bound -= 1
        usual = bound if before.wishes else max(bound, clause.between - 1)
        cuts = range(bound, clause.between + 1)
        cut = min(
            cuts,
            key=lambda k: (
                _clashes(before.wishes + wishes[:k], lexicon) + _clashes(wishes[k:], lexicon),
                abs(k - usual),
            ),
        )
        before.wishes, clause.wishes = before.wishes + wishes[:cut], wishes[cut:]


def _give_back_what_does_not_fit(before: Clause, clause: Clause, lexicon: Lexicon) -> None:
    """Move options that fit only the previous drink back to that drink.

    In "latte with caramel and cinnamon small tea" the cinnamon belongs to the latte."""
    if not clause.joined or clause.count is not None:
        return
    while clause.wishes and not _fits(clause.wishes[0], clause, lexicon) and _fits(clause.wishes[0], before, lexicon):
        before.wishes.append(clause.wishes.pop(0))


def _fits(wish: SaidOption, clause: Clause, lexicon: Lexicon) -> bool:
    return any(lexicon.fits(drink.name, meaning.group) for drink in clause.drink for meaning in wish.meanings)


def _clashes(wishes: Sequence[SaidOption], lexicon: Lexicon) -> int:
    """Count options beyond the first in each group from which a drink takes only one."""
    groups = [wish.meanings[0].group for wish in wishes]
    one = [group for group in groups if lexicon.groups[group].choose == "one"]
    return len(one) - len(set(one))
