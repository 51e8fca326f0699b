"""Sizes of lines on a poster. A print shop's program may draw it with another font than the one in its file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width

#: Millimetres between the margins of an A4 sheet.
WIDTH = 186.0
#: A title on one line that would be smaller than this part of its size is set on two.
SMALLEST = 0.6
_NARROW, _WIDE = frozenset(" !'(),-./:;I[]fijlrt|‘’“”"), frozenset("%@MWmw—…ŒÆœæ")


@dataclass(frozen=True, slots=True)
class FittedLine:
    text: str
    #: Millimetres from the top of the sheet to the line's foot, and the size of its font.
    y: float
    size: float


def fitted(text: str, *, size: float, y: float, wraps: bool = False) -> list[FittedLine]:
    """The text as a line, smaller where it would be too wide; with `wraps` as two lines if they are larger."""
    one = _size_of([text], size)
    halves = _halves(text) if wraps and one < size * SMALLEST else []
    if not halves:
        return [FittedLine(text, y, one)]
    two = _size_of(halves, size * SMALLEST)
    return [FittedLine(half, round(y + two * shift, 1), two) for half, shift in zip(halves, (-0.75, 0.45), strict=True)]


def _size_of(lines: Iterable[str], size: float) -> float:
    return round(min(size, *(WIDTH / max(_ems(line), 1) for line in lines)), 1)


def _ems(text: str) -> float:
    """The text's width as a multiple of the font size. DejaVu Sans Bold is wider than usual fonts."""
    return sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.52
    if letter in _WIDE or east_asian_width(letter) in "WF":
        return 1.12
    return 0.74 if letter.islower() or letter.isdigit() else 0.87


def _halves(text: str) -> list[str]:
    """Split at the space nearest to the middle; nothing where there is none."""
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if not spaces:
        return []
    at = min(spaces, key=lambda each: abs(each - len(text) / 2))
    return [text[:at], text[at + 1 :]]
