"""Removes what surrounds the text itself: an email's signature, "Sent from my phone", a telephone number."""

from __future__ import annotations

import re
from functools import cache

from orders.parser.languages import LANGUAGES
from orders.parser.words import fold

#: A telephone number: digits after a plus or a zero, perhaps in groups.
_PHONE = re.compile(r"(?<![\w.])(?:\+|00?)\d[\d ()/.\-]{6,}\d(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: The most words of a name that is accepted as a signature.
_LONGEST_NAME = 3


def own_words(text: str) -> str:
    """Return the text without its signature and telephone numbers.

    The name in the signature stays, as "- Name" on a line of its own."""
    text = _PHONE.sub(" ", text) if any(sign in text for sign in ("+", "0")) else text
    if "\n" not in text:
        return text
    lines = text.split("\n")
    for at, line in enumerate(lines):
        said = " ".join(map(fold, _WORD.findall(line)))
        if at and (said in _farewells() or line.strip() == "--"):
            return "\n".join([*lines[:at], *_signed(lines[at + 1 :])])
        if at and said.startswith(_sent_from()):
            return "\n".join(lines[:at])
    return text


def _signed(lines: list[str]) -> list[str]:
    first = next((line.strip(" ,") for line in lines if line.strip()), "")
    words = first.split()
    is_name = 0 < len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in words)
    return [f"- {first}"] if is_name else []


@cache
def _farewells() -> frozenset[str]:
    return frozenset(_phrases("farewells"))


@cache
def _sent_from() -> tuple[str, ...]:
    return tuple(_phrases("sent_from"))


def _phrases(name: str) -> list[str]:
    every = (phrase for language in LANGUAGES.values() for phrase in getattr(language, name).split(","))
    return [" ".join(map(fold, phrase.split())) for phrase in every if phrase.strip()]
