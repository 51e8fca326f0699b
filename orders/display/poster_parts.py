"""The font and the drawings of cups that are embedded in a poster's SVG file.

The poster cannot link to them: a print shop gets only the SVG file, and a browser that shows an SVG file as a picture
does not load linked fonts or stylesheets."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from inventory.menu import Menu
from orders.display.cups import Cup, cup_of
from orders.items import Item

#: Positions of the cups on the poster, in millimetres: left edges of the columns, top edges of the rows, and the size
#: of one drawing.
COLUMNS, ROWS, LARGE = (10.0, 172.0), (97.0, 137.0, 177.0), 28.0
#: Scale factor of a drawing for each cup size, as in static/css/cups.css.
SIZES = {"small": 0.76, "middle": 0.9, "large": 1.04}
FIELD = 48


@dataclass(frozen=True, slots=True)
class PosterCup:
    x: float
    y: float
    scale: float
    #: The layers of the drawing, each as (path, colour).
    layers: tuple[tuple[str, str], ...]
    outline: str


def cups_on_poster(menu: Menu) -> list[PosterCup]:
    """Return the cups for a poster. Drinks whose cups look alike get only one cup.

    Their number is even: for each cup on the left of the QR code there is one on the right."""
    drawings = dict.fromkeys(cup_of(menu, Item(drink.name)) for drink in menu.drinks if drink.made_of)
    places = [(x, y) for y in ROWS for x in COLUMNS]
    count = min(len(drawings), len(places)) // 2 * 2
    return [_placed(cup, *place) for cup, place in zip(list(drawings)[:count], places, strict=False)]


def _placed(cup: Cup, x: float, y: float) -> PosterCup:
    size = SIZES[cup.size]
    # A smaller cup is moved down, so that all cups of a row stand on the same line.
    shift = LARGE * (1 - size)
    layers = tuple((layer.path, _colour(layer.kind, cup.milk_chip)) for layer in cup.layers)
    return PosterCup(x + shift / 2, round(y + shift, 1), LARGE / FIELD * size, layers, _outlines()[cup.outline])


def _colour(kind: str, milk_chip: str) -> str:
    colours = _colours()
    if kind in {"milk", "splash"}:
        return colours.get(f"milk-{milk_chip}", colours["in-cream"] if kind == "milk" else "none")
    return colours["in-foam" if kind == "cream" else "in-water" if kind == "ice" else f"in-{kind}"]


@cache
def _colours() -> dict[str, str]:
    """Return the colours of drinks and milks by name, read from static/css/tokens.css."""
    return dict(re.findall(r"--((?:in|milk)-\w+): (#\w+);", _static("css/tokens.css").decode()))


@cache
def _outlines() -> dict[str, str]:
    return dict(re.findall(r'<symbol id="(cup[\w-]*)"[^>]*><path d="([^"]+)"', _static("icons.svg").decode()))


@cache
def font_style() -> SafeString:
    """Return a stylesheet that contains the product's font (Latin letters only) as data URLs."""
    faces = re.findall(
        r'@font-face \{[^}]*?src: url\("\.\./([^"]+)"\)[^}]*?(unicode-range: [^;]+);',
        _static("css/tokens.css").decode(),
    )
    rules = (
        '@font-face{font-family:"Atkinson Hyperlegible Next";font-weight:200 800;'
        f"src:url(data:font/woff2;base64,{b64encode(_static(file)).decode()});{letters}}}"
        for file, letters in faces
    )
    return mark_safe("".join(rules))  # noqa: S308 - from our own files


@cache
def font_style_hash() -> str:
    """Return the hash of `font_style()` in the form in which a content security policy allows a stylesheet."""
    return f"'sha256-{b64encode(sha256(font_style().encode()).digest()).decode()}'"


def _static(name: str) -> bytes:
    found: str | Sequence[str] | None = finders.find(name)
    return Path(str(found)).read_bytes()
