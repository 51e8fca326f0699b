"""Counts the segments of a text. Carriers bill and limit segments, not messages.

The alphabet is GSM 03.38 as Twilio uses it: https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding"""

from __future__ import annotations

from collections.abc import Iterable

_GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Characters that count as two, because they are sent as an escape character and a second one.
GSM_7_EXTENSION = frozenset("^{}\\[~]|€\f")
GSM_7 = _GSM_7 | GSM_7_EXTENSION


def segments(text: str) -> int:
    """Return the number of segments in which the text is sent, at least 1."""
    if GSM_7.issuperset(text):
        if len(text) <= 80:
            # A text of 80 characters fits one segment even if every character counts as two.
            return 1
        return _parts((1 + (char in GSM_7_EXTENSION) for char in text), alone=160, joined=153)
    # Other texts are sent in UCS-2, which counts UTF-16 units. An emoji has two units.
    return _parts((1 + (ord(char) > 0xFFFF) for char in text), alone=70, joined=67)


def _parts(widths: Iterable[int], *, alone: int, joined: int) -> int:
    """Return the number of segments for characters of these widths.

    A character of two units is never split, so a segment can end one unit early."""
    total, parts, used = 0, 1, 0
    for width in widths:
        total += width
        if used + width > joined:
            parts, used = parts + 1, 0
        used += width
    return 1 if total <= alone else parts
