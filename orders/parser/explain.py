"""Shows every stage of reading a text as plain data, so that one can see why the text was read as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from inventory.menu import Menu
from orders.items import Item
from orders.parser.atoms import Atom
from orders.parser.detect_language import language_of
from orders.parser.lexicon import lexicon_for
from orders.parser.reader import read, tokens_of, ways_of
from orders.parser.reading import Question
from orders.parser.understanding import understand
from orders.parser.words import stem


def explain(
    text: str, menu: Menu, *, order: tuple[Item, ...] = (), asked: Question | None = None, language: str | None = None
) -> dict[str, Any]:
    """Return the result of every stage, by the name of the stage. The last one, "reading", is the final `Reading`."""
    reading = read(text, menu, order=order, asked=asked, language=language)
    cleaned, tokens = tokens_of(text)
    lexicon = lexicon_for(menu, language_of(tokens, language, menu)[0])
    words = ways_of(cleaned, tokens, lexicon, order, asked)
    ways = sorted((understand(words, way, lexicon, order, asked) for way in words.ways), key=lambda u: u.price)
    best = ways[0]
    return {
        "text": words.clean,
        "words": [token.raw for token in words.tokens],
        "ways": [{"price": round(way.price, 2), "atoms": _atoms(way.way)} for way in ways],
        "atoms": _atoms(best.atoms),
        "clauses": [_without_empty(asdict(clause)) for clause in best.clauses],
        "corrected": corrections(best.way),
        "reading": _without_empty(asdict(reading)),
    }


def corrections(atoms: Sequence[Atom]) -> dict[str, str]:
    """Return the typed words that were corrected, each with its correction."""
    typed = {atom.text: " ".join(atom.phrase) for atom in atoms if atom.phrase}
    return {said: meant for said, meant in typed.items() if " ".join(map(stem, said.split())) != meant}


def _atoms(atoms: Sequence[Atom]) -> list[dict[str, Any]]:
    return [
        {"text": atom.text, "kind": atom.kind.value, "cost": round(atom.cost, 2)}
        | ({"means": [f"{m.group}: {m.name}" if m.group else m.name for m in atom.meanings]} if atom.meanings else {})
        for atom in atoms
    ]


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ((), [], "", None, False, 0)}
