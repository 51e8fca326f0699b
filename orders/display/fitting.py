"""Choose font sizes with which the texts of a poster fit its width.

The width of a text is estimated a little too large, because a print shop may print it in another, wider font."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width

#: Width between the margins of an A4 sheet, in millimetres.
WIDTH = 186.0
#: If a title fits on one line only in a font smaller than this share of its full size, it is set on two lines.
SMALLEST = 0.6
_NARROW, _WIDE = frozenset(" !'(),-./:;I[]fijlrt|‘’“”"), frozenset("%@MWmw—…ŒÆœæ")


@dataclass(frozen=True, slots=True)
class FittedLine:
    text: str
    #: `y` is the distance from the top of the sheet to the foot of the line, and `size` is the font size, in
    #: millimetres.
    y: float
    size: float


def fitted(text: str, *, size: float, y: float, wraps: bool = False) -> list[FittedLine]:
    """Return the text as one line at height `y`, in the font size `size`, or in a smaller one if it would be too wide.

    With `wraps`, return two lines if one line would need a font smaller than SMALLEST times `size`."""
    one = _size_of([text], size)
    halves = _halves(text) if wraps and one < size * SMALLEST else []
    if not halves:
        return [FittedLine(text, y, one)]
    two = _size_of(halves, size * SMALLEST)
    return [FittedLine(half, round(y + two * shift, 1), two) for half, shift in zip(halves, (-0.75, 0.45), strict=True)]


def _size_of(lines: Iterable[str], size: float) -> float:
    return round(min(size, *(WIDTH / max(_ems(line), 1) for line in lines)), 1)


def _ems(text: str) -> float:
    """Estimate the text's width as a multiple of the font size.

    The estimate uses the letter widths of DejaVu Sans Bold, which is wider than usual fonts."""
    return sum(map(_em, text))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.52
    if letter in _WIDE or east_asian_width(letter) in "WF":
        return 1.12
    return 0.74 if letter.islower() or letter.isdigit() else 0.87


def _halves(text: str) -> list[str]:
    """Split the text at the space nearest to the middle. Return an empty list if the text has no space."""
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if not spaces:
        return []
    at = min(spaces, key=lambda each: abs(each - len(text) / 2))
    return [text[:at], text[at + 1 :]]
