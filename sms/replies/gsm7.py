"""Keeps a text within the GSM-7 alphabet, in which a segment holds 160 characters."""

from __future__ import annotations

import unicodedata

from sms.segments import GSM_7

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


#: Variation selectors, which only say how the character before them is drawn.
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))


def plain(text: str) -> str:
    """Replace curly quotes and rare accents, and remove emoji.

    One such character would cut a segment from 160 to 70 characters. Letters of other scripts stay, because names may
    need them."""
    if GSM_7.issuperset(text):
        return text
    composed = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return " ".join("".join(_plain(char) for char in composed).split())


def _plain(char: str) -> str:
    if char in GSM_7:
        return char
    base = unicodedata.normalize("NFKD", char)[0]
    if base in GSM_7:
        return base
    if char in _VARIATIONS:
        return ""
    return char if unicodedata.category(char)[0] in "LM" else ""
