"""Splits menu words that were typed as one word: "icedlatte", "largeoatlatte"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orders.parser.lexicon import Lexicon
from orders.parser.words import Token, stem

#: The highest cost of a spelling correction that changes a single letter.
_ONE_LETTER = 0.8
#: The ending of an inflected word: a doubled letter with "ed", "er" or "ing". A word with this ending is not split:
#: "skimmed" is not "skim" and "med".
_INFLECTED = re.compile(r"([a-z])\1(ed|er|ing)$")
#: The fewest and the most letters of a word that is split into menu words.
_SHORTEST_GLUED, _LONGEST_GLUED = 6, 24


def unglued(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Return the tokens, with menu words split that were typed as one word: "icedlatte", "largeoatlatte"."""
    apart: list[Token] = []
    for token in tokens:
        start = 0
        for end in _seams(token, lexicon):
            part, raw = token.text[start:end], token.raw[start:end]
            apart.append(Token("word", part, raw, token.start + start, token.start + end, stem(part)))
            start = end
        if not start:
            apart.append(token)
    return apart


def _seams(token: Token, lexicon: Lexicon) -> tuple[int, ...]:
    """Return the end position of each menu word within a glued word; () if the word does not consist of menu words."""
    text, table = token.text, lexicon.table
    if token.raw[-2:-1] == "'" and text[:-1] in table.cups:
        # In "one's oat, one's decaf", each "one" is the number of cups, so split off the "s" (is).
        return (len(text) - 1,)
    if not _SHORTEST_GLUED <= len(text) <= _LONGEST_GLUED or text in table.words:
        return ()
    if token.stem in lexicon.words or text in table.things or len(token.raw) != len(text) or _INFLECTED.search(text):
        return ()
    ends = _ends(text, 0, lexicon)
    # A misspelt word is not split: "choclate" means "chocolate" and not "choc" and "late".
    misspelt = ends and any(price <= _ONE_LETTER for _, price in lexicon.spelling.corrections(token.stem))
    return () if misspelt else ends


def _ends(text: str, start: int, lexicon: Lexicon) -> tuple[int, ...]:
    for cut in range(start + 3, len(text) - 2):
        if (stem(text[start:cut]),) in lexicon.phrases and (rest := _ends(text, cut, lexicon)):
            return (cut, *rest)
    return (len(text),) if (stem(text[start:]),) in lexicon.phrases else ()
