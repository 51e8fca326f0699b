"""Reads changes of mind as exchanges: "I said a latte but I want a mocha", "make the sugar honey"."""

from __future__ import annotations

from dataclasses import replace

from orders.parser.atoms import Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.spans import Way

#: Kinds of words that report an earlier order: "I SAID a latte", "I ORDERED a latte", "asked FOR a latte".
_TELLING = frozenset({Kind.CORRECT, Kind.COMMON, Kind.FOR})
#: Kinds of words between the verb and the new option: "sugar replaced BY honey".
_LINKING = frozenset({Kind.TO, Kind.WITH, Kind.FOR, Kind.COMMON, Kind.TIMES})


def with_exchange(way: Way) -> Way:
    """Return the text with "said a latte but I want a mocha" rewritten as "swap a latte to a mocha"."""
    kinds = kinds_of(way)
    if Kind.BUT not in kinds or Kind.ADD in kinds:
        return way
    but = kinds.index(Kind.BUT)
    drink = but - 1 - (kinds[but - 1] is Kind.COMMA)
    first = drink - (kinds[drink - 1] is Kind.ARTICLE)
    told = kinds[drink] is Kind.DRINK and kinds[first - 1] in _TELLING
    if not told or kinds[but + 1] is not Kind.ASK:
        return way
    swap = replace(way[drink], kind=Kind.SWAP, end=way[drink].start, text="", meanings=())
    return (*way[:first], swap, way[drink], replace(way[but], kind=Kind.TO), *way[but + 2 :])


def with_passive_exchange(way: Way) -> Way:
    """Return the text with "sugar replaced by honey" rewritten as "replace sugar by honey"."""
    # The lines below look at up to three kinds after the verb. The text can end right after the verb, so append None.
    kinds = (*kinds_of(way), None, None)
    if Kind.SWAP not in kinds:
        return way
    swap = kinds.index(Kind.SWAP)
    # Skip the French "du" in "sucre remplacé par du miel".
    second = swap + 2 + (kinds[swap + 2] is Kind.FILLER)
    if (kinds[swap - 1], kinds[second]) != (Kind.OPTION, Kind.OPTION) or kinds[swap + 1] not in _LINKING:
        return way
    verb = replace(way[swap], start=way[swap - 1].start, end=way[swap - 1].start)
    to = replace(way[swap + 1], kind=Kind.TO)
    return (*way[: swap - 1], verb, way[swap - 1], to, *way[swap + 2 :])


def with_option_exchange(way: Way, lexicon: Lexicon) -> Way:
    """Return the text with "make the sugar honey" or "the sugar should be honey" rewritten as "swap sugar to honey"."""
    if Kind.MAKE not in kinds_of(way):
        return way
    # The lines below look at up to four kinds after the verb. The text can end right after the verb, so append None.
    kinds = (*kinds_of(way), None, None, None)
    make = kinds.index(Kind.MAKE)
    first = make - 1 if kinds[make - 1] is Kind.OPTION else make + 1 + (kinds[make + 1] is Kind.THE)
    second = max(first, make) + 1
    last_word = " ".join(atom.text for atom in way[:first][-1:]).split()[-1:]
    definite = lexicon.table.kind(tuple(last_word)) is Kind.THE
    if not definite or (kinds[first], kinds[second]) != (Kind.OPTION, Kind.OPTION) or kinds[second + 1] is Kind.DRINK:
        return way
    groups = {meaning.group for meaning in way[first].meanings}
    if groups.isdisjoint(meaning.group for meaning in way[second].meanings):
        return way
    begin, end = min(first, make), way[second].start
    swap, to = (replace(way[make], kind=kind, start=end, end=end) for kind in (Kind.SWAP, Kind.TO))
    return (*way[:begin], swap, way[first], to, *way[second:])
