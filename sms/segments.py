"""Counts the segments of a text. Carriers bill and limit segments, not messages.

The alphabet is GSM 03.38 as Twilio counts it, https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding"""

from __future__ import annotations

from collections.abc import Iterable

_GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Characters that take the room of two, because they are sent as an escape and a second character.
GSM_7_EXTENSION = frozenset("^{}\\[~]|€\f")
GSM_7 = _GSM_7 | GSM_7_EXTENSION


def segments(text: str) -> int:
    """Return how many segments the text is sent in, at least one."""
    if GSM_7.issuperset(text):
        if len(text) <= 80:
            # Fits one segment even if every character counts twice.
            return 1
        return _parts((1 + (char in GSM_7_EXTENSION) for char in text), alone=160, joined=153)
    # UCS-2 counts UTF-16 units, and an emoji has two.
    return _parts((1 + (ord(char) > 0xFFFF) for char in text), alone=70, joined=67)


def _parts(widths: Iterable[int], *, alone: int, joined: int) -> int:
    """Count the segments. A character of two units is never split, so a segment may end one unit early."""
    total, parts, used = 0, 1, 0
    for width in widths:
        total += width
        if used + width > joined:
            parts, used = parts + 1, 0
        used += width
    return 1 if total <= alone else parts
