"""Finds places such as "booth 7" and keeps them as notes for the barista."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.quotes import typed
from orders.parser.words import Token

#: Word kinds that can introduce a place, such as "at" and "the" in "at the booth".
_TO_PLACES = frozenset({Kind.TO, Kind.FOR, Kind.WITH, Kind.THE, Kind.COMMON})


def without_places(atoms: Sequence[Atom], tokens: Sequence[Token], text: str) -> tuple[list[Atom], list[str]]:
    """Return the atoms (parsed words) without places, and the places as notes.

    The number in "booth 7" or "B7" counts no drinks."""
    rest: list[Atom] = []
    places: list[str] = []
    at = 0
    while at < len(atoms):
        if atoms[at].kind is not Kind.PLACE:
            rest.append(atoms[at])
            at += 1
            continue
        start, end = _start_of_place(rest), _end_of_place(atoms, at, tokens)
        if start < len(rest) or end > at + 1:
            places.append(typed([*rest[start:], *atoms[at:end]], tokens, text))
            while rest and (start < len(rest) or rest[-1].kind in _TO_PLACES):
                rest.pop()
        else:
            rest.append(replace(atoms[at], kind=Kind.COMMON))
        at = end
    return rest, places


def _start_of_place(before: Sequence[Atom]) -> int:
    """Return the index at which the place begins: that of "Blue" in "in the Blue Room".

    `before`: the atoms before the word for the place ("Room"). Without a "the" among them, the place begins after
    them."""
    kinds, start = kinds_of(before), len(before)
    while kinds[start - 1] in (Kind.UNKNOWN, Kind.COMMON):
        start -= 1
    return start if kinds[start - 1] is Kind.THE else len(before)


def _end_of_place(atoms: Sequence[Atom], at: int, tokens: Sequence[Token]) -> int:
    """Return the index after the place. Its number and letter belong to it, as in "booth B7" and "desk 12A"."""
    kinds = kinds_of(atoms)
    number = at + 1 + (kinds[at + 1] is Kind.COMMON and len(atoms[at + 1].text) == 1)
    if kinds[number] is not Kind.NUMBER:
        return at + 1
    letter = atoms[number + 1 : number + 2]
    if any(atom.plural for atom in letter):
        # In "to my desk 2 sugars", the number belongs to the sugars and not to the place.
        return at + 1
    said = [token for atom in letter for token in tokens[atom.start - 1 : atom.end]]
    return number + 1 + (len(said) == 2 and said[1].kind == "word" and said[0].end == said[1].start)
