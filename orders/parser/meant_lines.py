"""Finds the lines of an order that a clause is about, and which clauses mean one more cup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orders.parser.clause import Clause, SaidOption
from orders.parser.lexicon import Lexicon
from orders.parser.lines import OrderLine
from orders.parser.words import stem, stems


def most_alike(lines: Sequence[OrderLine], wishes: Sequence[SaidOption]) -> OrderLine | None:
    """Return the line with most of these options, or the last of several such lines: "the oat latte" means the latte
    with oat.

    Return None if there are no lines, or if there are several and none has any of the options."""
    said = options_meant(wishes)

    def alike(line: OrderLine) -> int:
        return len(said & options_meant(line.wishes))

    likely = having(lines, wishes) if len(lines) > 1 and wishes else lines
    return max(reversed(likely), key=alike, default=None)


def are_unlike(shares: Sequence[Sequence[SaidOption]]) -> bool:
    """Return whether these lists of options differ. Each list has the options of one cup or line."""
    return len({frozenset(options_meant(share)) for share in shares}) > 1


def differ(lines: Sequence[OrderLine]) -> bool:
    """Return whether the lines differ in drink, options, name or note."""
    amounts = [
        frozenset((m.group, m.name, wish.amount) for wish in line.wishes for m in wish.meanings) for line in lines
    ]
    return len({(line.drink, line.name, line.note, said) for line, said in zip(lines, amounts, strict=True)}) > 1


def replaced_by(
    drink: str,
    swapped: Sequence[OrderLine],
    target: Sequence[OrderLine],
    lines: Sequence[OrderLine],
    lexicon: Lexicon,
) -> OrderLine:
    """Return the line that a new drink replaces: the first line to be swapped. If there is none, the only line of the
    drink's category. If there are none or several, the line that the text was about last."""
    if swapped:
        return swapped[0]
    category = lexicon.category(drink)
    same = [line for line in lines if lexicon.category(line.drink) == category]
    if len(same) == 1:
        return same[0]
    return [*lines[-1:], *target][-1]


def several_cups(*lists: Sequence[OrderLine]) -> OrderLine | None:
    """Search these lists, one after the other, for a line with more than one cup. Return the last such line of the
    first list that has one; None if no list has one."""
    return next((line for lines in lists for line in reversed(lines) if line.quantity > 1), None)


def contradicts(wishes: Sequence[SaidOption], line: OrderLine, lexicon: Lexicon) -> bool:
    """Return whether this text ordered the line and one of the options cannot be added to it, as soy cannot if the line
    already has oat: both are milks."""
    said, meant = options_meant(line.wishes), options_meant(wishes)
    excluded = {group for group, _ in said} & {group for group, _ in meant - said}
    return bool(excluded) and not line.old


def has_more(wishes: Sequence[SaidOption], line: OrderLine) -> bool:
    """Return whether the line has one of these options in another amount: the line has "2 sugars", and the text says
    "with 3"."""
    amounts = {tuple(meaning.name for meaning in wish.meanings): wish.amount for wish in line.wishes}
    return any(wish.amount != amounts.get(tuple(m.name for m in wish.meanings), wish.amount) for wish in wishes)


def having(lines: Sequence[OrderLine], wishes: Sequence[SaidOption]) -> list[OrderLine]:
    """Return the lines that have at least one of these options."""
    names = options_meant(wishes)
    return [line for line in lines if names & options_meant(line.wishes)]


def others(lines: Sequence[OrderLine], wishes: Sequence[SaidOption], lexicon: Lexicon) -> list[OrderLine]:
    """Return the lines that "the others" means: for "the others with oat", the lines without a milk.

    If no line has a milk, and there are only two lines of one drink, return the line with fewer options, because the
    line with more options was changed before. Return [] if neither rule decides."""
    groups = {group for group, _ in options_meant(wishes)}
    found = [line for line in lines if groups.isdisjoint(g for g, _ in options_meant(line.wishes))]
    if len(found) < len(lines):
        return found
    if not groups or len(lines) != 2 or lines[0].drink != lines[1].drink:
        return []
    return sorted(lines, key=lambda line: len(line.wishes))[:1]


def refused_in(lines: Sequence[OrderLine], wishes: Sequence[SaidOption]) -> list[OrderLine]:
    """Return the lines that a refusal is about: for "no oat", the lines with oat. Return [] if any of the options is
    not refused."""
    return having(lines, wishes) if all(wish.amount == "no" for wish in wishes) else []


def accepting(
    lines: Sequence[OrderLine], target: Sequence[OrderLine], wishes: Sequence[SaidOption], lexicon: Lexicon
) -> list[OrderLine]:
    """Return the lines that get the options: the lines mentioned last, if one of them has a drink that the options fit.

    Otherwise return the last line of the order whose drink they fit. If they fit no drink, return the lines mentioned
    last."""
    taking = [
        line for line in lines if all(any(lexicon.fits(line.drink, m.group) for m in wish.meanings) for wish in wishes)
    ]
    return [*target] if any(line in taking for line in target) else taking[-1:] or [*target]


def lacking(lines: Sequence[OrderLine], group: str, lexicon: Lexicon) -> list[OrderLine]:
    """Return the lines whose drink has this option group, but which have no option of the group yet."""
    return [
        line
        for line in lines
        if lexicon.fits(line.drink, group) and not any(group == said for said, _ in options_meant(line.wishes))
    ]


def of_group(wishes: Sequence[SaidOption], group: str) -> list[SaidOption]:
    return [wish for wish in wishes if all(meaning.group == group for meaning in wish.meanings)]


def plainest(lines: Sequence[OrderLine]) -> OrderLine | None:
    """Return the line with the fewest options, and the last one of several such lines; None if there are no lines."""
    return min(reversed(lines), key=lambda line: len(line.wishes), default=None)


def options_meant(wishes: Iterable[SaidOption]) -> set[tuple[str, str]]:
    """Return every option that these words can mean, as (group, name)."""
    return {(meaning.group, meaning.name) for wish in wishes for meaning in wish.meanings}


def sharing(lines: Sequence[OrderLine], wish: SaidOption, lexicon: Lexicon) -> Sequence[OrderLine]:
    """Return the lines that get an option which the text asks for in all drinks. For "milk in all", a soy latte is left
    out, because it has a milk already.

    Return all lines if the text names one option and not only the group ("whole milk in all"), or if each line already
    has an option of the group."""
    group = lexicon.group_words.get(stems(wish.said), "")
    if not group:
        return lines
    options = {(group, option.name) for option in lexicon.groups[group].options}
    others = options - {*options_meant([wish]), lexicon.none_of(lexicon.groups[group])}
    return [line for line in lines if not others & options_meant(line.wishes)] or lines


def names_a_cup(clause: Clause, line: OrderLine, lexicon: Lexicon) -> bool:
    """Return whether an article and an option name a cup, as "a triple" in "a cheeseburger and a triple".

    "An oat milk" names only an ingredient."""
    said = {stem(word) for wish in clause.wishes for word in wish.said.split()}
    ingredient = any((word,) in lexicon.group_words for word in said)
    option = not any(lexicon.amounts(meaning) for wish in clause.wishes[:1] for meaning in wish.meanings)
    return clause.article and bool(clause.wishes) and option and not ingredient and not line.old


def is_cup_alone(clause: Clause, line: OrderLine) -> bool:
    """Return whether the article stands for a cup, as in German "und einen ohne Zucker" (and one without sugar)."""
    told = any(wish.after_with or wish.amount == "no" for wish in clause.wishes[:1])
    without = clause.plain and any(wish.after_with for wish in line.wishes)
    return told or without
