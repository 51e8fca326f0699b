"""Keeps texts within the GSM-7 alphabet. An SMS segment holds 160 characters of this alphabet, but only 70 of any
other."""

from __future__ import annotations

import unicodedata

from sms.segments import GSM_7

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


#: Variation selectors: invisible characters that only choose how the character before them is drawn.
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))


def plain(text: str) -> str:
    """Return the text with curly quotes and rare accents replaced, and without emoji.

    A single such character would shorten a segment from 160 to 70 characters. Letters of other scripts are kept,
    because names can contain them."""
    if GSM_7.issuperset(text):
        return text
    composed = unicodedata.normalize("NFC", text).translate(_PLAIN)
    lines = "".join(_plain(char) for char in composed).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def _plain(char: str) -> str:
    if char in GSM_7:
        return char
    base = unicodedata.normalize("NFKD", char)[0]
    if base in GSM_7:
        return base
    if char in _VARIATIONS:
        return ""
    return char if unicodedata.category(char)[0] in "LM" else ""
