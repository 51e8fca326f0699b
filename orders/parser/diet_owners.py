"""Finds out whose cups a diet or an allergy is about: only Ben's, after "Ben has a dairy allergy"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from orders.items import Item
from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.names import NAMES
from orders.parser.notes import DietStatement
from orders.parser.words import Token


def cups_with_diet(
    statement: DietStatement, atoms: Sequence[Atom], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon
) -> Collection[int]:
    """Return the positions of the items that the statement is about. If it names nobody with a cup, these are all.

    `atoms`: the words of the text without its notes, with names read as names."""
    names = [(item.name or "").casefold() or None for item in items]
    told = {*_names_in(statement, tokens, lexicon)}
    if not told.isdisjoint(names):
        told.update(_names_joined(statement, tokens, lexicon))
    told.update(_names_beside(statement, atoms, tokens))
    return [at for at, name in enumerate(names) if name in told] or range(len(items))


def _names_in(statement: DietStatement, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[str]:
    """Yield what can be a name in the statement itself, such as "ben" in "Ben's is dairy free"."""
    about_me = not lexicon.table.persons.isdisjoint([atom.text for atom in statement.atoms])
    for atom in statement.atoms:
        # "May" is no name in "may I not have dairy".
        if atom.kind is Kind.UNKNOWN or not about_me:
            yield _spelt(atom, tokens)
    # The words between two atoms name further persons: "Ann" in "Ben is allergic to nuts, Ann to soy".
    for before, after in pairwise(statement.atoms):
        yield from (token.raw.casefold() for token in tokens[before.end : after.start])


def _names_joined(statement: DietStatement, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[str]:
    """Yield the names that "and" joins to the name in the statement: Ann in "Ann and Ben are vegan"."""
    link = statement.atoms[0].start - 1
    if link > 0 and lexicon.table.kind((tokens[link].text,)) is Kind.AND:
        yield tokens[link - 1].raw.casefold()
        while link > 2 and tokens[link - 2].raw == ",":
            link -= 2
            yield tokens[link - 1].raw.casefold()


def _names_beside(statement: DietStatement, atoms: Sequence[Atom], tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names right before or after the statement: Ben in "dairy allergy for Ben" and in "Ben (no dairy)"."""
    start, end = statement.atoms[0].start, statement.atoms[-1].end
    for atom in atoms:
        if atom.kind in NAMES:
            opens = not atom.start or tokens[atom.start - 1].kind != "word"
            in_brackets = atom.end == start - 1 and tokens[atom.end].raw == "("
            if (atom.end == start and opens) or in_brackets or atom.start == end:
                yield from (name.casefold() for name in atom.phrase)
        elif atom.kind is Kind.CUP and atom.start == end + 1:
            # In a second text, the name of a cup's owner is read as this cup: "dairy allergy for Ben".
            yield _spelt(atom, tokens)


def _spelt(atom: Atom, tokens: Sequence[Token]) -> str:
    return " ".join(token.raw for token in tokens[atom.start : atom.end]).casefold().removesuffix("'s")
