"""Phone numbers as people write and read them; everywhere else they are E.164."""

from __future__ import annotations

import re

from accounts.models import e164

#: Country codes of one and of two digits (ITU-T E.164); all others have three.
_ONE, _TWO = "17", re.compile(r"2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")


def grouped(number: str) -> str:
    """ "+1 555 555 0100": to be read from a wall and typed on a phone. "" stays ""."""
    if not number.startswith("+"):
        return number
    digits = number[1:]
    length = 1 if digits[:1] in _ONE else 2 if _TWO.match(digits) else 3
    country, rest = digits[:length], digits[length:]
    groups = []
    while rest:
        # No group of one digit at the end.
        size = 4 if len(rest) == 4 else 2 if len(rest) == 2 else 3
        groups.append(rest[:size])
        rest = rest[size:]
    return " ".join([f"+{country}", *groups])


def as_e164(said: str, *, like: str = "") -> str:
    """The number that somebody typed; without a country code it is from the country of `like`, where that is +1.

    Raises ValidationError."""
    number = re.sub(r"[\s().\-/]", "", said)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif like.startswith("+1") and re.fullmatch(r"1?\d{10}", number):
        number = f"+1{number[-10:]}"
    e164(number)
    return number
