"""Rewrites "one less" as "drop one", and "one oat less" as "drop one oat"."""

from __future__ import annotations

from dataclasses import replace

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS
from orders.parser.spans import Way

_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER})
#: Kinds of words that can stand between the number of cups and "less", as in "one oat less". `_AMOUNT_OF`: kinds of
#: words after "less" of which less is wanted, as in "one less sugar". Then no cup is dropped.
_OF_CUP = frozenset({Kind.WITH, Kind.OPTION})
_AMOUNT_OF = frozenset({Kind.OPTION, Kind.GROUP, Kind.UNKNOWN, Kind.UNIT})
#: Kinds of words that can follow "one latte less". Before any other word, "less" is an amount: "one latte less sweet".
_AFTER_DRINK = frozenset({None, *BREAKS, Kind.FILLER})


def with_verb_first(way: Way, lexicon: Lexicon) -> Way:
    """Return the text with "one less" rewritten as "drop one", and "one oat less" as "drop one oat".

    "One less sugar" and "one sugar less" stay unchanged if sugar can have an amount: they are about the sugar."""
    if not any(atom.text in lexicon.table.fewer for atom in way):
        return way
    found: list[Atom] = []
    kinds = kinds_of(way)
    for at, atom in enumerate(way):
        start = at
        while kinds[start - 1] in _OF_CUP:
            start -= 1
        weighed = any(lexicon.amounts(meaning) for one in way[start:at] for meaning in one.meanings)
        if kinds[start - 1] is Kind.DRINK and kinds[at + 1] in _AFTER_DRINK:
            # In "one vanilla latte less", the drink and its options stand before "less".
            start, weighed = start - 1, False
            while kinds[start - 1] is Kind.OPTION:
                start -= 1
        drops = atom.text in lexicon.table.fewer and kinds[start - 1] in _COUNTS and kinds[at + 1] not in _AMOUNT_OF
        if drops and not weighed:
            number = replace(way[start - 1], kind=Kind.NUMBER, value=way[start - 1].value or 1.0)
            drop = replace(atom, kind=Kind.DROP, start=number.start, end=number.start)
            found[start - 1 :] = [drop, number, *way[start:at]]
        else:
            found.append(atom)
    return tuple(found)
