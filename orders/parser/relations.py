"""Reads Spanish "para mi hijo" as "for my son", although "para mi" is also a way to type "for me"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.words import Token


def with_relations(atoms: Sequence[Atom], tokens: Sequence[Token], lexicon: Lexicon) -> Sequence[Atom]:
    """Split Spanish "para mi" into two atoms before a word for a person, as in "para mi hijo Leo" (for my son Leo).

    With an accent, "para mí" means "for me" and stays one atom. Return all atoms (parsed words)."""
    found = [*atoms]
    for at in [at for at, atom in enumerate(atoms[:-1]) if atom.text in lexicon.table.for_me]:
        atom, after = atoms[at], atoms[at + 1]
        if after.kind in (Kind.COMMON, Kind.UNKNOWN) and tokens[atom.start + 1].raw.isascii():
            preposition, owner = atom.text.split()
            place = at + len(found) - len(atoms)
            found[place : place + 1] = [
                replace(atom, kind=Kind.FOR, end=atom.start + 1, text=preposition),
                replace(atom, kind=Kind.THE, start=atom.start + 1, text=owner),
            ]
    return found
