"""Gives each of several cups one option of a list, as in "2 lattes, large and small"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from orders.parser.clause import Clause, SaidOption
from orders.parser.lexicon import Lexicon
from orders.parser.lines import OrderLine

_MOST = 12


def one_each(
    wishes: Sequence[SaidOption], count: int, lexicon: Lexicon, *, drink_at: int = -1, asked: str = ""
) -> list[list[SaidOption]] | None:
    """Return the options of each cup if exactly `count` of the options exclude one another; None otherwise.

    For 2 cups, "large and small" gives [[large], [small]]. `drink_at`: the index of the drink, since all must stand on
    the same side of it. `asked`: the option group that our question was about. Its options need no comma or "and"
    between them: "small large"."""
    if not 1 < count <= min(len(wishes), _MOST):
        return None
    listed = [
        found
        for group in lexicon.groups
        if (found := _listed(wishes, group, count, lexicon, drink_at, close=group == asked))
    ]
    if not listed:
        return None
    return [[found[place] for found in listed] for place in range(count)]


def _listed(
    wishes: Sequence[SaidOption], group: str, count: int, lexicon: Lexicon, drink_at: int, *, close: bool
) -> list[SaidOption] | None:
    if lexicon.groups[group].choose != "one":
        return None
    meant = [
        (wish, narrow)
        for wish in wishes
        if wish.amount is None and (narrow := tuple([m for m in wish.meanings if m.group == group]))
    ]
    if not count == len(meant) == len({narrow[0].name for _, narrow in meant}):
        return None
    found = [replace(wish, meanings=narrow) for wish, narrow in meant]
    # "2 large lattes, small" lists no sizes, because the second size corrects the first.
    same_side = len({wish.at > drink_at for wish in found}) == 1
    parted = close or all(before.part < after.part for before, after in pairwise(found))
    return found if same_side and parted else None


def in_turn(wishes: Sequence[SaidOption], group: str) -> list[list[SaidOption]]:
    """Return the options of each cup, if the text answers a question about the option group `group` for several cups.

    After "what size?", "small, large with oat" gives [[small], [large, oat]]. The list is empty if the first option is
    of another group."""
    shares: list[list[SaidOption]] = []
    for wish in wishes:
        narrow = tuple(meaning for meaning in wish.meanings if meaning.group == group)
        if narrow and wish.amount is None:
            shares.append([replace(wish, meanings=narrow)])
        elif shares:
            shares[-1].append(wish)
        else:
            return []
    return shares


def apart(clauses: Sequence[Clause], lexicon: Lexicon, *, new: bool) -> list[Clause]:
    """Return the clauses, with each list of options replaced by one clause for each cup.

    In a new order the list can be for several drinks: "a latte and a mocha, oat and soy"."""
    found: list[Clause] = []
    drinks = 0
    _share_what_trails(clauses, lexicon)
    for clause in _joined(clauses, lexicon):
        found.append(clause)
        cups = clause.cups
        drinks = drinks + 1 if cups == 1 and new and not clause.is_bare_name else 0
        cups = max(cups, drinks)
        shares = one_each(clause.wishes, cups, lexicon, drink_at=clause.at)
        if shares is not None:
            places = {wish.at for share in shares for wish in share}
            clause.wishes = [wish for wish in clause.wishes if wish.at not in places]
            found += [Clause(count=1, wishes=share) for share in shares]
    return found


def _joined(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    """Join clauses that share a drink and a number: "2 oat" and "soy lattes" become one clause with 2 cups, for which
    `apart` then finds one option each."""
    found: list[Clause] = []
    for clause in clauses:
        before = found[-1] if found else None
        if before is not None and before.count and clause.count is None and not before.drink:
            told = [*before.wishes, *clause.wishes]
            if clause.apart and one_each(told, before.count, lexicon, drink_at=clause.at):
                clause.count, clause.wishes, clause.verb = before.count, told, before.verb
                found.pop()
        found.append(clause)
    return found


def _share_what_trails(clauses: Sequence[Clause], lexicon: Lexicon) -> None:
    """Give the options at the end of a list to all its cups: both teas of "2 teas, one large and one small, with honey"
    get honey.

    An option that every cup needs goes to all cups, too, such as the size in "2 lattes, one oat one soy, large" and in
    "2 lattes, one oat, large"."""
    for at, clause in enumerate(clauses):
        if clause.cups == 1:
            continue
        cups = _cups_after(clauses, at, most=clause.count)
        total = sum(cup.cups for cup in cups)
        if total:
            last = cups.pop()
            start = next((n for n, wish in enumerate(last.wishes) if wish.part > last.wishes[0].part), len(last.wishes))
            trailing = last.wishes[start:]
            listed = clause.wishes + [wish for cup in cups for wish in cup.wishes] + last.wishes[:start]
            groups = {meaning.group for wish in listed for meaning in wish.meanings}
            is_new = groups.isdisjoint(meaning.group for wish in trailing for meaning in wish.meanings)
            needed = not last.shared and all(
                lexicon.groups[meaning.group].ask for wish in trailing for meaning in wish.meanings
            )
            added = total == clause.count and (all(wish.amount == "no" for wish in trailing) or trailing[0].after_with)
            if is_new and (needed or added):
                del last.wishes[start:]
                clause.wishes += trailing


def _cups_after(clauses: Sequence[Clause], at: int, *, most: float | None) -> list[Clause]:
    """Return the clauses after index `at`, up to the next clause with a drink.

    The list ends early once its clauses are for more than `most` cups."""
    found: list[Clause] = []
    cups = 0
    for after in clauses[at + 1 :]:
        if after.drink or most is None or cups > most:
            break
        found.append(after)
        cups += after.cups
    return found


def kept_for_another(line: OrderLine, clause: Clause, lexicon: Lexicon) -> list[SaidOption]:
    """Return those of the line's options that another cup of the same drink also gets.

    In "one large with olives and one medium with ham" the second cup gets no olives."""
    normal = _is_normal(line, clause, lexicon)
    if normal:
        wishes = [] if _is_after_list(line, clause) else clause.wishes
        clause.wishes = [replace(wish, inherited=True) for wish in wishes]
    if normal or (line.old and clause.plain):
        return [wish for wish in line.wishes if any(lexicon.groups[m.group].ask for m in wish.meanings)]
    if clause.alike:
        # In "the same again, but with hazelnut", the hazelnut replaces the caramel of the first cup.
        own = {meaning.group for wish in clause.wishes if wish.amount is None for meaning in wish.meanings}
        return [wish for wish in line.wishes if own.isdisjoint(meaning.group for meaning in wish.meanings)]
    if clause.plain or any(wish.after_with for wish in clause.wishes):
        # In "2 large teas, sugar and one without", the size is no extra.
        needed = [all(lexicon.groups[m.group].ask for m in wish.meanings) for wish in line.wishes]
        last = needed.index(False) if clause.plain and False in needed else len(needed)
        extras = next((at for at, wish in enumerate(line.wishes) if wish.after_with), last)
        # In "one mocha with cream, medium, and one without", the second mocha gets no cream, but is medium too.
        asked = [w for w in line.wishes[extras:] if any(lexicon.groups[m.group].ask for m in w.meanings)]
        return [*line.wishes[:extras], *asked]
    return line.wishes


def _is_normal(line: OrderLine, clause: Clause, lexicon: Lexicon) -> bool:
    """Return whether "normal" asks for a cup without extras, and not for a size.

    After a regular decaf latte, "another normal one" means a latte with caffeine."""
    if len(clause.wishes) != 1 or clause.wishes[0].said not in lexicon.table.normal:
        return False
    meaning = clause.wishes[0].meanings[0]
    if not lexicon.fits(line.drink, meaning.group):
        return True
    usual = lexicon.menu.default_option(lexicon.drinks[line.drink], lexicon.groups[meaning.group]) == meaning.name
    same = any(meaning.name == m.name for wish in line.wishes for m in wish.meanings)
    return usual or same or _is_after_list(line, clause)


def _is_after_list(line: OrderLine, clause: Clause) -> bool:
    """Return whether "normal" is no size because the size was named before: "large lattes, one with oat, one normal".

    `line` has the previous cup. It must belong to this text, and its last option ("oat") must not be the size."""
    groups = {meaning.group for meaning in clause.wishes[0].meanings}
    *before, last = [set[str](), *({meaning.group for meaning in wish.meanings} for wish in line.wishes)]
    return not line.old and groups.isdisjoint(last) and any(groups & told for told in before)


def shared_options(clause: Clause) -> list[SaidOption]:
    """Return the options that "each" or "both" at the end of a clause gives to every drink, as in "with two sugars
    each"."""
    marked = [at for at, wish in enumerate(clause.wishes) if wish.after_with]
    shared = clause.wishes[marked[0] if marked else 0 :] if marked or not clause.drink else []
    shared = shared or [wish for wish in clause.wishes if wish.part > clause.part]
    # In "one oat one soy, 1 sugar each", a comma parts the soy from the sugar, so only the sugar is for every drink.
    # In "rice and beans in both", both options are.
    start = len(shared)
    while start and (start == len(shared) or shared[start].part == shared[start - 1].part or shared[start].joint):
        start -= 1
    # In "one with ranch no onions on either", only "no onions" is for both.
    refused = [at for at, wish in enumerate(shared) if wish.amount == "no"]
    return shared[max(start, refused[0]) :] if refused else shared[start:]
