"""Finds how far a refusal reaches in a list: "without foam, the sugar or cream"."""

from __future__ import annotations

from itertools import pairwise

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lookahead import Ahead

_JOINING = frozenset({Kind.AND, Kind.OR})
#: Kinds of atoms after a list that is wanted: "no cream, foam and cinnamon instead".
_WANTING = frozenset({Kind.INSTEAD, Kind.ONLY})


def refused_too(at: int, refusal: str, ahead: Ahead) -> tuple[list[int], bool]:
    """Return the positions of the options that the refusal of the option at `at` refuses too, and whether that is sure.

    "Without olives, pickles and onions" surely refuses all three. After "no olives, pickles and onions" the customer
    may want the pickles. "No foam and oat milk" refuses only the foam, "no milk and hot" only the milk."""
    others = _others(at, ahead)
    said = kinds_of(ahead.atoms[at : others[-1]]) if others else ()
    if len(others) < 2 or Kind.OR in said:
        return others, True
    answers = ahead.is_answer_no(Atom(Kind.NO, 0, 0, refusal))
    alike = len({meaning.group for one in (at, *others) for meaning in ahead.atoms[one].meanings}) == 1
    if alike:
        return others, not answers
    # "No sugar, cream and cinnamon" and "hold the cheese spinach and mayo" go on with what is wanted.
    goes_on = answers or Kind.COMMA not in said or not _may_be_refused(at, ahead)
    return ([], True) if goes_on else (others, False)


def _others(at: int, ahead: Ahead) -> list[int]:
    """Return the positions of the options that follow the option at `at` in a list that ends with "and" or "or"."""
    kind, found, end, last = ahead.kind, list[int](), at, False
    while not last:
        end += 1 + (kind(end + 1) is Kind.COMMA)
        last = kind(end) in _JOINING
        end += last + (kind(end + last) is Kind.THE)
        if not _may_be_refused(end, ahead):
            return []
        found.append(end)
    # A remark within the list ends the refusal: "no cheese, toasted, and mustard" wants mustard.
    apart = any(one.end != two.start for one, two in pairwise(ahead.atoms[at : end + 1]))
    return [] if apart or kind(end + 1) in _WANTING else found


def _may_be_refused(at: int, ahead: Ahead) -> bool:
    """Tell whether the atom at `at` is an option that people go without."""
    if ahead.kind(at) is not Kind.OPTION or ahead.drink(at + 1) is not None:
        return False
    meanings = ahead.atoms[at].meanings
    groups = [ahead.lexicon.groups[meaning.group] for meaning in meanings]
    return any(
        group.choose == "many" or (group.role == "milk" and group.default == meaning.name)
        for group, meaning in zip(groups, meanings, strict=True)
    )
