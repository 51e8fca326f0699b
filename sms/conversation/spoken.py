"""Phrases of all language modules as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.words import clean, fold


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds one of the phrases as whole words, the longest first. Give it folded text."""
    words = sorted({fold(phrase.strip()) for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


@cache
def in_every_language(field: str) -> re.Pattern[str]:
    """The phrases that every language module lists under `field`, separated by commas."""
    return any_of(phrase for language in LANGUAGES.values() for phrase in getattr(language, field).split(","))


def role_phrases(*kinds: Kind, code: str = "") -> list[str]:
    """The phrases with these roles in a sentence, in one language or in all, as the language modules write them."""
    languages = [LANGUAGES[code]] if code in LANGUAGES else LANGUAGES.values()
    said = (language.phrases.get(kind, "") for language in languages for kind in kinds)
    return [phrase.strip() for phrases in said for phrase in phrases.split(",")]


@cache
def in_roles(*kinds: Kind, code: str = "") -> re.Pattern[str]:
    """The phrases with these roles, in one language or in all, as one pattern."""
    return any_of(role_phrases(*kinds, code=code))


def without_phrases(pattern: re.Pattern[str], text: str) -> str:
    """The text with a blank for each phrase that the pattern finds in its folded form. Accents and capitals stay."""
    text = clean(text)
    places = [place for place, letter in enumerate(text) for _ in fold(letter)]
    for found in reversed([*pattern.finditer(fold(text))]):
        text = f"{text[: places[found.start()]]} {text[places[found.end() - 1] + 1 :]}"
    return text


@lru_cache(maxsize=16)
def folded_text(text: str) -> str:
    """The text as `any_of` compares it. Several rules look at the same text, so the last few are kept."""
    return fold(clean(text))
