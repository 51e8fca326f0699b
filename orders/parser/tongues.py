"""Which language a text is in: the one that knows most of its words."""

from __future__ import annotations

from collections.abc import Sequence

from orders.parser.languages import LANGUAGES
from orders.parser.phrases import phrase_table
from orders.parser.words import Token

DEFAULT = "en"


def language_of(tokens: Sequence[Token], usual: str | None) -> tuple[str, str | None]:
    """The language to read in, and the one that the words tell of (None where several or none would do)."""
    usual = usual if usual in LANGUAGES else DEFAULT
    if len(LANGUAGES) == 1:
        return usual, usual
    words = {token.text for token in tokens if token.kind == "word"}
    known = {code: len(words & phrase_table(code).telling) for code in LANGUAGES}
    most = max(known.values())
    best = [code for code, count in known.items() if count == most]
    if most and len(best) == 1:
        return best[0], best[0]
    return (usual if usual in best else best[0]), None
