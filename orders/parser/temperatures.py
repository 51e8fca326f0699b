"""Finds times and temperatures, such as "11 am" and "65°C", and keeps them as notes for the barista."""

from __future__ import annotations

from collections.abc import Sequence

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.quotes import typed
from orders.parser.words import Token

#: The lowest number that can be a temperature without a unit, as in "large latte at 60".
_LOWEST = 40
#: Kinds of words that may stand between a drink and its temperature: "heated to 55", "not above 60 degrees".
_BEFORE = frozenset({Kind.COMMON, Kind.TO, Kind.WITH, Kind.NO})
#: Kinds of words that may stand after a temperature: German "auf 60 erhitzt" (heated to 60), "at 60 for Max".
_AFTER = frozenset({Kind.COMMON, Kind.FOR, Kind.CALLED, Kind.WITH})
#: Kinds of words after which a number counts cups: "latte x 50", "make it 50".
_COUNTING = frozenset({Kind.TIMES, Kind.MAKE, Kind.CORRECT, Kind.ONLY, Kind.ADD, Kind.AND, Kind.ASK})


def has_temperature(atoms: Sequence[Atom]) -> bool:
    """Return whether a number of the text may be a temperature without a unit."""
    return any(atom.value >= _LOWEST for atom in atoms)


def without_times(
    atoms: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon
) -> tuple[list[Atom], list[str]]:
    """Return the atoms without times and temperatures, and these as notes. Their numbers count nothing."""
    kinds, bounding = kinds_of(atoms), lexicon.table.bounding
    rest: list[Atom] = []
    notes: list[str] = []
    at = 0
    while at < len(atoms):
        unit = kinds[at : at + 2] == (Kind.NUMBER, Kind.TIME)
        if not unit and not _is_temperature(atoms, at, lexicon):
            rest.append(atoms[at])
            at += 1
            continue
        before = len(rest)
        while before and (rest[before - 1].kind in _BEFORE or rest[before - 1].text in bounding):
            before -= 1
        bounded = any(atom.kind is Kind.NO or atom.text in bounding for atom in rest[before:])
        start = before if bounded or not unit else len(rest)
        notes.append(typed([*rest[start:], *atoms[at : at + 1 + unit]], tokens, text))
        del rest[start:]
        at += 1 + unit
    return rest, notes


def _is_temperature(atoms: Sequence[Atom], at: int, lexicon: Lexicon) -> bool:
    """Return whether the number at `at` is a temperature without a unit. "Lattes 50" counts the lattes."""
    atom, ahead = atoms[at], Ahead(atoms, lexicon)
    if atom.value < _LOWEST or ahead.kind(at - 1) in _COUNTING:
        return False
    if not (ahead.ends(at) or ahead.kind(at + 1) in _AFTER):
        return False
    drinks = [place for place, before in enumerate(atoms[:at]) if before.kind is Kind.DRINK]
    if not drinks:
        # "Heat it to 60" is about a drink that was ordered before.
        return ahead.kind(at - 1) is Kind.TO
    return not atoms[drinks[-1]].plural or any(before.kind is Kind.NUMBER for before in atoms[: drinks[-1]])
