"""An event's own colour, and the text colour that can be read on it."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

BLACK, WHITE = "#000000", "#ffffff"

hex_colour = RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", _("Write the colour as # and six digits, such as #0b6e5f."))


def writing_on(colour: str) -> str:
    """Return black or white, whichever is easier to read on the colour. The contrast ratio is then at least 4.5."""
    return max(BLACK, WHITE, key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
