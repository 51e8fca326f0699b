"""Reads amounts that are more or less than before, as in "drop one sugar", "one less sugar" and "another sugar"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.spans import Way

_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER})
_MORE_OR_LESS = frozenset({Kind.EXTRA, Kind.LIGHT})
#: A text without words of these kinds asks for no more and no less than before.
_CHANGING = _MORE_OR_LESS | {Kind.DROP, Kind.OUT, Kind.ADD, Kind.ANOTHER}


def with_steps(way: Way, lexicon: Lexicon) -> Way:
    """Mark the options of which the text wants more or less than the open order has. Return all atoms (parsed words).

    In "drop one sugar" the atom of the sugar gets the `value` -1, and in "another sugar" 1. Options that cannot be
    counted, such as cinnamon, are not marked."""
    kinds = kinds_of(way)
    if _CHANGING.isdisjoint(kinds):
        return way
    found: list[Atom] = []
    for at, atom in enumerate(way):
        found.append(atom)
        if atom.kind is not Kind.OPTION or not _is_counted(atom, lexicon) or kinds[at + 1] is Kind.DRINK:
            continue
        start = at - 1
        while kinds[start] in (*_COUNTS, *_MORE_OR_LESS, Kind.ANOTHER):
            start -= 1
        said = way[start + 1 : at]
        number = next((one.value or 1.0 for one in said if one.kind in _COUNTS), 1.0)
        # The word "less" can also follow the option: "one sugar less".
        words = [*said, *way[at + 1 : at + 2]]
        counted = any(one.kind in _COUNTS for one in said)
        less = any(one.text in lexicon.table.fewer or one.kind is Kind.OUT for one in words)
        if counted and (kinds[start] is Kind.DROP or less):
            found[len(found) - len(said) - 1 :] = [replace(said[0], kind=Kind.DROP), replace(atom, value=-number)]
        elif (counted and kinds[start] is Kind.ADD) or _says_more(words, counted=counted):
            first = replace(atom, kind=Kind.NUMBER, end=atom.start, text=str(number), value=number, meanings=())
            found[len(found) - len(said) - 1 :] = [first, replace(atom, value=number)]
    return tuple(found)


def _is_counted(option: Atom, lexicon: Lexicon) -> bool:
    """Return whether the menu's words for the option can be counted. Sugars can, cinnamon cannot."""
    counted = {(m.group, m.name) for phrase in lexicon.counted for m in lexicon.phrases.get(phrase, ())}
    return any(lexicon.amounts(m) and (m.group, m.name) in counted for m in option.meanings)


def _says_more(words: Sequence[Atom], *, counted: bool) -> bool:
    """Return whether the words ask for more than before, as in "another sugar" and "two more sugars"."""
    kinds = [one.kind for one in words]
    return Kind.ANOTHER in kinds or (counted and Kind.EXTRA in kinds)
