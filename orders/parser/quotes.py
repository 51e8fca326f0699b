"""Quotes parts of a text as they were typed."""

from __future__ import annotations

from collections.abc import Sequence

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.words import Token

_AROUND = frozenset({Kind.AND, Kind.LIGHT, Kind.EXTRA})
#: If at least this many remarks stand after options, each remark is quoted together with its options.
_SEVERAL = 2


def typed(atoms: Sequence[Atom], tokens: Sequence[Token], text: str) -> str:
    return text[tokens[atoms[0].start].start : tokens[atoms[-1].end - 1].end]


def quoted_remarks(atoms: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon) -> list[str]:
    """Return the remarks for the barista as they were typed, such as "on the side".

    If several remarks follow options, each is quoted with its options: "ham on one half", "olives on the other
    half"."""
    ahead = Ahead(atoms, lexicon)
    found = [at for at, atom in enumerate(atoms) if atom.kind is Kind.REMARK]
    starts = [_start_of_options(ahead, at) for at in found]
    if sum(start < at for start, at in zip(starts, found, strict=True)) < _SEVERAL:
        starts = found
    return [typed(atoms[start : at + 1], tokens, text) for start, at in zip(starts, found, strict=True)]


def _start_of_options(ahead: Ahead, at: int) -> int:
    """Return the index at which the options of the remark at `at` begin: that of "ham" in "ham and olives on one half".

    Only options that can have amounts count, such as toppings. Return `at` if none stands before the remark."""
    start = at
    while start and (ahead.atoms[start - 1].kind in _AROUND or ahead.countable(ahead.atoms[start - 1])):
        start -= 1
    return start + (ahead.kind(start) is Kind.AND)
