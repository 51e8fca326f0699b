"""What the barista must know and no menu can hold, kept word for word: "allergic to nuts"."""

from __future__ import annotations

from collections.abc import Sequence

from orders.parser.atoms import Atom, Kind
from orders.parser.words import Token

_ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
_ORDERED = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY})
_ANEW = frozenset({Kind.DRINK, Kind.ARTICLE, Kind.NUMBER, Kind.ASK, Kind.ANOTHER})


def take_note(atoms: Sequence[Atom], tokens: Sequence[Token], text: str) -> tuple[list[Atom], str]:
    """The atoms without the notes among them, and the notes as they were typed."""
    rest, notes = [*atoms], []
    while (at := next((i for i, atom in enumerate(rest) if atom.kind is Kind.NOTE), None)) is not None:
        start, end = _reach_back(rest, at), _reach_on(rest, at)
        notes.append(text[tokens[rest[start].start].start : tokens[rest[end - 1].end - 1].end])
        rest[start:end] = []
    return rest, ", ".join(notes)


def _reach_back(atoms: Sequence[Atom], at: int) -> int:
    start = at
    # "dairy allergy": the word right before is part of it, even one of the menu.
    if start and atoms[start - 1].kind is Kind.OPTION and len(atoms[at].text) > 4 and " " not in atoms[at].text:
        start -= 1
    while start and atoms[start - 1].kind not in _ENDS | _ORDERED | {Kind.AND, Kind.NAME}:
        start -= 1
    while start < at and atoms[start].kind in (Kind.FILLER, Kind.ASK):
        start += 1
    return start


def _reach_on(atoms: Sequence[Atom], at: int) -> int:
    end = at + 1
    while end < len(atoms) and atoms[end].kind not in _ENDS | {Kind.DRINK, Kind.NAME}:
        if atoms[end].kind is Kind.AND and _orders(atoms, end + 1):
            break
        end += 1
    while end > at + 1 and atoms[end - 1].kind in (Kind.FILLER, Kind.ASK):
        end -= 1
    return end


def _orders(atoms: Sequence[Atom], at: int) -> bool:
    """What comes after "and" is an order, not one more allergy."""
    for atom in atoms[at:]:
        if atom.kind in _ENDS or atom.kind is Kind.AND:
            return False
        if atom.kind in _ANEW:
            return True
    return False
