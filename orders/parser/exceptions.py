"""Moves an exception to the end, behind the words about all other drinks: "everything but the mocha with oat" is read
as "everything with oat but the mocha"."""

from __future__ import annotations

from dataclasses import replace

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.phrases import PhraseTable
from orders.parser.spans import Way

_ENDS = frozenset({Kind.STOP, Kind.DASH})
#: Kinds of words which separate an "all" from a "but" after them: in "all of them with oat but vanilla in one", "oat"
#: shows that "but" makes no exception from "all".
_ANEW = _ENDS | {Kind.COMMA, Kind.OPTION}


def with_exceptions_last(way: Way, lexicon: Lexicon) -> Way:
    """Return the text with its exception moved to the end: "all but the mocha with oat" becomes "all with oat but the
    mocha", and "but the mocha cancel everything" becomes "cancel everything but the mocha"."""
    table = lexicon.table
    for at, atom in enumerate(way):
        if atom.text in table.exceptions:
            if _leaves_out(way, at, lexicon):
                return (*way[:at], replace(atom, kind=Kind.NO), *way[at + 1 :])
            return _moved(way, at, table) or way
    return way


def _leaves_out(way: Way, at: int, lexicon: Lexicon) -> bool:
    """Return whether the "but" at `at` refuses an option: "everything on it but the olives", "all toppings but onions".

    In "all of them with oat but vanilla in one", it refuses nothing: one cup gets vanilla too."""
    option = at + 1 + (_kind(way, at + 1) is Kind.THE)
    if not any(map(Ahead(way, lexicon).countable, way[option : option + 1])):
        return False
    start = next((place + 1 for place in range(at - 1, -1, -1) if way[place].kind in _ANEW), 0)
    everything = lexicon.table.everything
    return any(one.kind is Kind.ALL or not everything.isdisjoint(one.text.split()) for one in way[start:at])


def _moved(way: Way, at: int, table: PhraseTable) -> Way:
    """Return the words (atoms) with the exception at `at` moved behind the words about the other drinks; () if nothing
    has to move."""
    drink = at + 1 + (_kind(way, at + 1) is Kind.THE)
    if _kind(way, drink) is not Kind.DRINK:
        return ()
    said = [atom.kind for atom in way[:at]]
    if said[-2:] == [Kind.ALL, Kind.DROP]:
        # In German the verb can stand between "all" and "but": "alles streichen bis auf den Tee" (cancel all but the
        # tea).
        return (*way[: at - 2], way[at - 1], way[at - 2], *way[at:])
    every, exception = _parted(way[at], table)
    start = drink + 1 + (_kind(way, drink + 1) is Kind.COMMA)
    end = next((place for place in range(start, len(way)) if way[place].kind in _ENDS), len(way))
    rest = way[start:end]
    kinds = {atom.kind for atom in rest}
    if Kind.DRINK in kinds or kinds.isdisjoint((Kind.OPTION, Kind.DROP)):
        return ()
    told = bool(every) or said[-1:] == [Kind.ALL]
    if told == (Kind.ALL in kinds) or (told and Kind.DROP in kinds):
        return ()
    # Put the verb first, as in "cancel everything but the tea".
    rest = tuple(sorted(rest, key=lambda atom: atom.kind is not Kind.DROP))
    return (*way[:at], *every, *rest, *exception, *way[at + 1 : drink + 1], *way[end:])


def _parted(atom: Atom, table: PhraseTable) -> tuple[list[Atom], list[Atom]]:
    """Split a phrase such as "all but" into its word for "all" and its words for "but". The first list is empty if the
    phrase has no word for "all"."""
    first, _, rest = atom.text.partition(" ")
    if first in table.excepting:
        return [], [atom]
    return (
        [replace(atom, kind=Kind.ALL, end=atom.start + 1, text=first)],
        [replace(atom, start=atom.start + 1, text=rest)],
    )


def _kind(way: Way, at: int) -> Kind | None:
    return way[at].kind if at < len(way) else None
