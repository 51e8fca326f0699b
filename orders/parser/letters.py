"""Removes what is not part of the customer's message: an email's signature, "Sent from my phone", telephone numbers."""

from __future__ import annotations

import re
from functools import cache

from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.phrases import phrases_in
from orders.parser.words import folded

#: A telephone number: digits after a plus or a zero, perhaps in groups. The pattern begins with the plus or zero
#: itself, because Python searches faster for a certain character than for the beginning of a word.
_PHONE = re.compile(r"[+0](?<![\w.].)0?\d[\d ()/.\-]{6,}\d(?!\w)")
#: The most words of a name that is accepted as a signature.
_LONGEST_NAME = 3


def own_words(text: str) -> str:
    """Return the customer's message without its signature and telephone numbers, and with "Dr. Patel" as "Dr Patel".

    The name in the signature is kept as a last line "- Name"."""
    text = _PHONE.sub(" ", text)
    if "." in text:
        text = _titles().sub("", text)
    lines = text.split("\n")
    for at, line in enumerate(lines[1:], start=1):
        said = folded(line)
        if said in _farewells() or line.strip() == "--":
            return "\n".join([*lines[:at], *_signed(lines[at + 1 :])])
        if any(said[: len(phrase)] == phrase for phrase in _sent_from()):
            return "\n".join(lines[:at])
    return text


def _signed(lines: list[str]) -> list[str]:
    first = next((line.strip(" ,") for line in lines if line.strip()), "")
    words = first.split()
    is_name = 0 < len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in words)
    return [f"- {first}"] if is_name else []


@cache
def _farewells() -> frozenset[tuple[str, ...]]:
    return frozenset(phrase for language in LANGUAGES.values() for phrase in phrases_in(language.farewells))


@cache
def _titles() -> re.Pattern[str]:
    """Return a pattern of the full stop after a title such as "Dr", if a letter follows, as in a name."""
    titles = {word for language in LANGUAGES.values() for word in language.titles.split()}
    # A single letter, such as the French "M", is a size more often than a title, except in "pour M. Dupont" (for him).
    before = {" ".join(phrase) for language in LANGUAGES.values() for phrase in phrases_in(language.phrases[Kind.FOR])}
    long = {title for title in titles if len(title) > 1}
    long |= {f"{word} {title}" for title in titles - long for word in before}
    stops = "|".join(rf"(?<=\b{title})" for title in sorted(long))
    return re.compile(rf"(?:{stops})\.(?= ?[^\W\d_])", re.IGNORECASE)


@cache
def _sent_from() -> frozenset[tuple[str, ...]]:
    return frozenset(phrase for language in LANGUAGES.values() for phrase in phrases_in(language.sent_from))
