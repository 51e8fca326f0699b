"""Which lines of an order a clause is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orders.parser.clause import SaidOption
from orders.parser.lexicon import Lexicon
from orders.parser.lines import OrderLine


def most_alike(lines: Sequence[OrderLine], wishes: Sequence[SaidOption]) -> OrderLine | None:
    """ "The oat latte" of several lattes: the line with most of these options, the last of equals."""
    said = options_meant(wishes)

    def alike(line: OrderLine) -> int:
        return len(said & options_meant(line.wishes))

    best = max(reversed(lines), key=alike, default=None)
    return None if best is None or (len(lines) > 1 and said and not alike(best)) else best


def replaced_by(
    drink: str,
    swapped: Sequence[OrderLine],
    target: Sequence[OrderLine],
    lines: Sequence[OrderLine],
    lexicon: Lexicon,
) -> OrderLine:
    """The line that a new drink replaces: one that the text swaps, one of its category, or the last one spoken of."""
    if swapped:
        return swapped[0]
    category = lexicon.category(drink)
    same = [line for line in lines if lexicon.category(line.drink) == category]
    if len(same) == 1 or (same and not any(line in same for line in target)):
        return same[-1]
    return [*lines[-1:], *target][-1]


def several_cups(*lists: Sequence[OrderLine]) -> OrderLine | None:
    """The last line with more than one cup, from the first list that has one."""
    return next((line for lines in lists for line in reversed(lines) if line.quantity > 1), None)


def contradicts(wishes: Sequence[SaidOption], line: OrderLine, lexicon: Lexicon) -> bool:
    """Whether one of the options excludes an option of this new line, as soy excludes oat."""
    said = {(group, name) for group, name in options_meant(line.wishes) if lexicon.groups[group].choose == "one"}
    meant = options_meant(wishes)
    excluded = {group for group, _ in said} & {group for group, _ in meant - said}
    return bool(excluded) and not line.old


def has_more(wishes: Sequence[SaidOption], line: OrderLine) -> bool:
    """Whether the line has other amounts of these options, as "with 3" is of another cup than "with 2 sugars"."""
    amounts = {tuple(meaning.name for meaning in wish.meanings): wish.amount for wish in line.wishes}
    return any(wish.amount != amounts.get(tuple(m.name for m in wish.meanings), wish.amount) for wish in wishes)


def having(lines: Sequence[OrderLine], wishes: Sequence[SaidOption]) -> list[OrderLine]:
    """The lines that have one of these options."""
    names = options_meant(wishes)
    return [line for line in lines if names & options_meant(line.wishes)]


def others(lines: Sequence[OrderLine], wishes: Sequence[SaidOption], lexicon: Lexicon) -> list[OrderLine]:
    """The lines without an option of the groups of these options. Where that is all of the lines: of two cups of one
    drink the one with fewer options, because the other one was changed before."""
    groups = {group for group, _ in options_meant(wishes)}
    found = [line for line in lines if line.old and groups.isdisjoint(g for g, _ in options_meant(line.wishes))]
    if groups and len(found) < len(lines):
        return found
    told = [_told(line, lexicon) for line in found]
    if not groups or len(found) != 2 or found[0].drink != found[1].drink or told[0] == told[1]:
        return []
    return [found[told[0] > told[1]]]


def _told(line: OrderLine, lexicon: Lexicon) -> int:
    """The number of options that the drink does not come with anyway."""
    drink = lexicon.drinks.get(line.drink)
    usual = {drink and lexicon.menu.default_option(drink, lexicon.groups[group]) for group in lexicon.groups}
    return sum(wish.meanings[0].name not in usual for wish in line.wishes)


def refused_in(lines: Sequence[OrderLine], wishes: Sequence[SaidOption]) -> list[OrderLine]:
    """The lines that "no oat" is about: those with oat. None, if more than a refusal was said."""
    return having(lines, wishes) if all(wish.amount == "no" for wish in wishes) else []


def accepting(
    lines: Sequence[OrderLine], target: Sequence[OrderLine], wishes: Sequence[SaidOption], lexicon: Lexicon
) -> list[OrderLine]:
    """The lines that were spoken of last, or, if that drink does not come with the options, one that does."""
    meant = [*target]
    if len(meant) != 1 or not meant[0].old or not wishes:
        return meant

    def takes(line: OrderLine) -> bool:
        return all(any(lexicon.fits(line.drink, m.group) for m in wish.meanings) for wish in wishes)

    return meant if takes(meant[0]) else [line for line in lines if takes(line)][-1:] or meant


def lacking(lines: Sequence[OrderLine], group: str, lexicon: Lexicon) -> list[OrderLine]:
    """The lines whose drink comes with this option group, and of which no option of the group was said."""
    return [
        line
        for line in lines
        if lexicon.fits(line.drink, group) and not any(group == said for said, _ in options_meant(line.wishes))
    ]


def of_group(wishes: Sequence[SaidOption], group: str) -> list[SaidOption]:
    return [wish for wish in wishes if all(meaning.group == group for meaning in wish.meanings)]


def options_meant(wishes: Iterable[SaidOption]) -> set[tuple[str, str]]:
    """Every option, as (group, name), that these words may mean."""
    return {(meaning.group, meaning.name) for wish in wishes for meaning in wish.meanings}
