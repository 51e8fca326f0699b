"""Finds the customer's name before or after all drinks, so that it is not corrected to a similar menu word."""

from __future__ import annotations

from collections.abc import Sequence

from orders.parser.atoms import Atom, Kind
from orders.parser.words import Token

#: Word kinds allowed before the customer's own name at the beginning of a text, as in "hi, Lati, large latte".
_GREETING = frozenset({Kind.FILLER, Kind.COMMA, Kind.STOP, Kind.DASH})
#: Maximum number of letters of a name that is not corrected to a similar menu word: "Lati" in "Lati, large latte".
_LONGEST_NEAR = 6
#: Maximum number of words of a name before its last word, if the name ends the text: "Mei Ling" has one, "Mei".
_LONGEST_NAME = 2
#: Kinds of tokens that separate a name from the order.
_SIGNS = frozenset({"comma", "stop", "dash"})


def looks_like_name(token: Token) -> bool:
    return len(token.raw) <= _LONGEST_NEAR and token.raw[0].isupper() and not token.raw.isupper()


def ends(tokens: Sequence[Token], at: int, edges: Sequence[Sequence[Atom]]) -> bool:
    """Return whether a short capitalized word after all drinks is the customer's name: "Lotte" in "large latte, thanks
    Lotte"."""
    if not at or not looks_like_name(tokens[at]) or any(token.kind not in _SIGNS for token in tokens[at + 1 :]):
        return False
    first = at
    while first > 1 and at - first < _LONGEST_NAME and looks_like_name(tokens[first - 1]):
        first -= 1
    thanked = any(atom.kind is Kind.FILLER and atom.end == first for starting in edges[:first] for atom in starting)
    ordered = any(atom.kind is Kind.DRINK for starting in edges[:first] for atom in starting)
    return ordered and (thanked or tokens[first - 1].kind in _SIGNS)


def heads(tokens: Sequence[Token], at: int, edges: Sequence[Sequence[Atom]]) -> bool:
    """Return whether a short capitalized word before all drinks is the customer's name: "Lati" in "Lati, large
    latte"."""
    if not looks_like_name(tokens[at]):
        return False
    if at + 1 == len(tokens) or tokens[at + 1].kind not in _SIGNS:
        return False
    greeted = all(any(atom.kind in _GREETING for atom in starting) for starting in edges[:at])
    return greeted and any(atom.kind is Kind.DRINK for starting in edges[at + 1 :] for atom in starting)
