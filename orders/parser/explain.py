"""Explains how a text is read: `explain` returns what each stage of the parser found.

The stages are those of docs/reading.md. The text is read by the same functions as any other text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from inventory.menu import Menu
from orders.items import Amount, Item
from orders.parser.atoms import Atom, Kind, Meaning
from orders.parser.clause import Clause, ClauseVerb
from orders.parser.names import NAMES
from orders.parser.reader import MOST_WORDS, read_closely, tokens_of
from orders.parser.reading import Question, Reading
from orders.parser.spans import Way
from orders.parser.understanding import Candidates, CloseReading, cost, understand
from orders.parser.words import clean, pieces, stem

#: Kinds of atoms that can stand between a refusal and the refused thing, as "the" in "leave out the sugar".
_BEFORE_REFUSED = frozenset({Kind.THE, Kind.ARTICLE, Kind.NUMBER, Kind.FILLER, Kind.COMMON, Kind.UNIT, Kind.LIGHT})
_REFUSED = frozenset({Kind.OPTION, Kind.DRINK, Kind.CATEGORY, Kind.GROUP, Kind.UNKNOWN})


@dataclass(frozen=True, slots=True)
class SaidWords:
    """Words of the text that were read together, and what they stand for."""

    #: The words as they were typed.
    text: str
    kind: Kind
    #: What the words can mean on the menu, such as "Milk: Oat" or "Latte"; empty for other words.
    means: tuple[str, ...] = ()
    cost: float = 0.0
    #: The menu's spelling, if the words were corrected; otherwise "".
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One way to read all words of a text."""

    said: tuple[SaidWords, ...]
    #: The cost of the words, with the costs that the later stages add. The interpretation with the lowest cost wins.
    cost: float


@dataclass(frozen=True, slots=True)
class Joined:
    """Words that are one thing together: "oat" and "milk"."""

    parts: tuple[str, ...]
    whole: SaidWords


@dataclass(frozen=True, slots=True)
class SaidClause:
    """A part of the text that is about one drink or one change. `clause.Clause` explains the fields."""

    verb: ClauseVerb | None
    #: The number that was said; None without a number.
    count: int | None
    drinks: tuple[str, ...]
    #: The options, each with what it can mean and its amount: (("Sweetener: Sugar",), 2.0).
    options: tuple[tuple[tuple[str, ...], Amount], ...]
    names: tuple[str, ...]
    every: bool
    rest: bool
    another: bool
    place: int
    twice: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each stage found in a text."""

    #: The words, numbers and signs of the text, as they were typed.
    words: tuple[str, ...]
    #: Words that are not read, such as a telephone number, the signature of a mail, or the end of a very long text.
    skipped: tuple[str, ...]
    #: The interpretations that were compared. The first one won.
    ways: tuple[Interpretation, ...]
    #: Words that say when the order is wanted.
    time: tuple[str, ...]
    #: Sentences that order nothing, beside an order in the same text.
    beside: tuple[str, ...]
    #: Notes for the barista, as they were typed.
    notes: tuple[str, ...]
    #: The words for each name, with the names.
    names: tuple[tuple[str, str], ...]
    #: Options and drinks that the text refuses.
    refused: tuple[SaidWords, ...]
    #: Options that somebody cannot have, so they are left out of every cup.
    avoided: tuple[SaidWords, ...]
    #: Options that the text perhaps refuses. They are not made, and the barista gets the words as a note.
    doubtful: tuple[str, ...]
    joined: tuple[Joined, ...]
    clauses: tuple[SaidClause, ...]
    #: Words that are not known, as the parser compares them: in lower case and without accents.
    unknown: tuple[str, ...]
    reading: Reading


def explain(
    text: str,
    menu: Menu,
    *,
    order: tuple[Item, ...] = (),
    asked: Question | None = None,
    language: str | None = None,
    owner: str = "",
    together: bool = False,
    before: tuple[Item, ...] = (),
) -> Explanation:
    """Read a text as `reader.read` does, and return what each stage found."""
    found = read_closely(
        text, menu, order=order, asked=asked, language=language, owner=owner, together=together, before=before
    )
    cleaned, read = tokens_of(text)
    end = read[-1].end if len(read) >= MOST_WORDS else len(cleaned)
    best, words = found.best, found.words
    sorted_out = best.sorted_out if best else None
    atoms = sorted_out.atoms if sorted_out else []
    ways = _ways(found, order, asked)
    return Explanation(
        words=tuple(pieces(cleaned[:end])),
        skipped=missing_parts(clean(text, with_list_numbers=True), cleaned[:end]),
        ways=tuple(Interpretation(_said(_whole(way, words), words), round(price, 2)) for way, price in ways),
        time=missing_parts(cleaned[:end], found.words.clean),
        beside=_beside(ways[0][0], best.way, words) if best else (),
        notes=_notes(found),
        names=tuple((_typed(atom, words), ", ".join(atom.phrase)) for atom in atoms if atom.kind in NAMES),
        refused=_refused(atoms, words),
        avoided=_said(sorted_out.refused, words) if sorted_out else (),
        doubtful=tuple(sorted_out.doubtful) if sorted_out else (),
        joined=_joined(sorted_out.single, atoms, words) if sorted_out else (),
        clauses=tuple(map(_said_clause, best.clauses)) if best else (),
        unknown=_unknown(atoms if best else ways[0][0]),
        reading=found.reading,
    )


def _ways(found: CloseReading, order: tuple[Item, ...], asked: Question | None) -> list[tuple[Way, float]]:
    """Return the interpretations that were compared, with their costs. The first one is the winner.

    If some sentences of the text order nothing, only the interpretation with the cheapest words was read further."""
    words, best = found.words, found.best
    if best is None or all(best.way is not way for way in words.ways):
        return [(way, cost(way)) for way in words.ways]
    others = [understand(words, way, found.lexicon, order, asked) for way in words.ways if way is not best.way]
    return [(best.way, best.price), *sorted(((one.way, one.price) for one in others), key=lambda one: one[1])]


def _whole(way: Way, words: Candidates) -> list[Atom]:
    """Return the atoms in the sequence of the text, with an atom for each word that an earlier step left out.

    In "in the small one" the step that finds cups leaves out the "in"."""
    read = {at for atom in way for at in range(atom.start, atom.end)}
    left_out = (
        Atom(Kind.COMMON, at, at + 1, token.text, 0.0) for at, token in enumerate(words.tokens) if at not in read
    )
    return sorted((*filter(lambda atom: atom.text, way), *left_out), key=lambda atom: atom.start)


def _notes(found: CloseReading) -> tuple[str, ...]:
    """Return the notes without the doubtful refusals."""
    if found.best is None:
        return (found.reading.note,) if found.reading.note else ()
    items = found.reading.items
    # A note about one cup, such as "half oat, half soy", is found only when its options are chosen.
    own = (item.note.removesuffix(found.best.note).strip(", ") for item in items)
    doubtful = found.best.sorted_out.doubtful
    return tuple(note for note in dict.fromkeys((*found.best.notes, *own)) if note and note not in doubtful)


def _said(atoms: Iterable[Atom], words: Candidates) -> tuple[SaidWords, ...]:
    return tuple(_said_by(atom, words) for atom in atoms)


def _said_by(atom: Atom, words: Candidates) -> SaidWords:
    meant = " ".join(atom.phrase)
    corrected = meant if atom.meanings and " ".join(map(stem, atom.text.split())) != meant else ""
    means = tuple(dict.fromkeys(map(menu_name, atom.meanings)))
    return SaidWords(_typed(atom, words), atom.kind, means, round(atom.cost, 2), corrected)


def menu_name(meaning: Meaning) -> str:
    return f"{meaning.group}: {meaning.name}" if meaning.group else meaning.name


def _typed(atom: Atom, words: Candidates) -> str:
    """Return the words of an atom as they were typed. Words that the parser adds are in brackets."""
    return _between(atom.start, atom.end, words) or f"({atom.text})"


def _between(start: int, end: int, words: Candidates) -> str:
    """Return the part of the text from the token at index `start` up to, but not including, the one at `end`."""
    return words.clean[words.tokens[start].start : words.tokens[end - 1].end] if start < end else ""


def missing_parts(before: str, after: str) -> tuple[str, ...]:
    """Return the parts of the text `before` that the text `after` lacks."""
    had, has = before.split(), after.split()
    compared = SequenceMatcher(None, [_bare(word) for word in had], [_bare(word) for word in has], autojunk=False)
    ends = [0, *(at for block in compared.get_matching_blocks() for at in (block.a, block.a + block.size))]
    parts = (" ".join(had[start:end]) for start, end in list(pairwise(ends))[::2])
    return tuple(part.strip(" ,.;") for part in parts if _bare(part))


def _bare(words: str) -> str:
    return re.sub(r"\W", "", words)


def _beside(whole: Way, ordering: Way, words: Candidates) -> tuple[str, ...]:
    """Return the parts of the text that belong to no atom of the sentences that order something."""
    read = {at for atom in ordering for at in range(atom.start, atom.end)}
    rest = [atom for atom in whole if read.isdisjoint(range(atom.start, atom.end))]
    runs: list[list[Atom]] = []
    for atom in sorted(rest, key=lambda atom: atom.start):
        if runs and runs[-1][-1].end == atom.start:
            runs[-1].append(atom)
        else:
            runs.append([atom])
    said = (_between(run[0].start, run[-1].end, words) for run in runs)
    return tuple(part for part in said if _bare(part))


def _unknown(atoms: Sequence[Atom]) -> tuple[str, ...]:
    runs = groupby(atoms, key=lambda atom: atom.kind is Kind.UNKNOWN)
    return tuple(dict.fromkeys(" ".join(atom.text for atom in run) for unknown, run in runs if unknown))


def _refused(atoms: Sequence[Atom], words: Candidates) -> tuple[SaidWords, ...]:
    """Return each thing that follows a refusal, with the words of the refusal: "avoid sugar"."""
    found = []
    for at, atom in enumerate(atoms):
        if atom.kind not in (Kind.NO, Kind.DROP):
            continue
        thing = next((one for one in atoms[at + 1 :] if one.kind not in _BEFORE_REFUSED), None)
        if thing is not None and thing.kind in _REFUSED:
            found.append(_said_by(replace(thing, start=min(atom.start, thing.start)), words))
    return tuple(found)


def _said_clause(clause: Clause) -> SaidClause:
    return SaidClause(
        clause.verb,
        clause.count,
        tuple(meaning.name for meaning in clause.drink),
        tuple((tuple(dict.fromkeys(map(menu_name, wish.meanings))), wish.amount) for wish in clause.wishes),
        clause.names or ((clause.name,) if clause.name else ()),
        clause.every,
        clause.rest,
        clause.another,
        clause.place,
        clause.twice,
    )


def _joined(single: Sequence[Atom], atoms: Sequence[Atom], words: Candidates) -> tuple[Joined, ...]:
    found = []
    for atom in atoms:
        parts = [one for one in single if atom.start <= one.start < one.end <= atom.end]
        if len(parts) > 1 and (atom.meanings or atom.kind in (Kind.UNKNOWN, Kind.NUMBER)):
            texts = tuple(_typed(one, words) for one in parts)
            found.append(Joined(texts, _said_by(replace(atom, phrase=()), words)))
    return tuple(found)
