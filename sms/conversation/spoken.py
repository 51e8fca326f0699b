"""Builds regular expressions from the phrases of the language modules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.words import clean, fold, stems


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words, and prefers longer phrases.

    The pattern has no accents and capitals, so search it only in text from `folded_text`."""
    words = sorted({fold(phrase.strip()) for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


@cache
def in_every_language(field: str) -> re.Pattern[str]:
    """Return a pattern for phrases in all languages.

    `field` names the attribute of a language module that lists these phrases, separated by commas."""
    return any_of(phrase for language in LANGUAGES.values() for phrase in getattr(language, field).split(","))


@cache
def in_language(field: str, code: str) -> re.Pattern[str]:
    """Return a pattern for phrases in one language.

    `field` names the attribute of the language module that lists these phrases, separated by commas."""
    return any_of(getattr(LANGUAGES[code], field).split(","))


def role_phrases(*kinds: Kind, code: str = "") -> list[str]:
    """Return the phrases that have one of these roles in a sentence, such as the phrases for "please" or for "all".

    `code` chooses one language; without it, the phrases of all languages are returned."""
    languages = [LANGUAGES[code]] if code in LANGUAGES else LANGUAGES.values()
    said = (language.phrases.get(kind, "") for language in languages for kind in kinds)
    return [phrase.strip() for phrases in said for phrase in phrases.split(",")]


@cache
def in_roles(*kinds: Kind, code: str = "") -> re.Pattern[str]:
    """Return a pattern for the phrases that have one of these roles in a sentence, such as "please", in one language or
    in all."""
    return any_of(role_phrases(*kinds, code=code))


def without_phrases(pattern: re.Pattern[str], text: str) -> str:
    """Replace each phrase that the pattern finds by a blank.

    The pattern is searched in the folded text, but the returned text keeps its accents and capitals."""
    text = clean(text)
    places = [place for place, letter in enumerate(text) for _ in fold(letter)]
    for found in reversed([*pattern.finditer(fold(text))]):
        text = f"{text[: places[found.start()]]} {text[places[found.end() - 1] + 1 :]}"
    return text


@lru_cache(maxsize=16)
def folded_text(text: str) -> str:
    """Return the text without accents, apostrophes and capitals, as the patterns of `any_of` need it.

    The last few results are cached, because several rules look at the same text."""
    return fold(clean(text))


@cache
def single_words(*kinds: Kind) -> frozenset[str]:
    """Return the one-word phrases that have one of these roles in a sentence, such as "please" or "the", in all
    languages."""
    return frozenset(words[0] for phrase in role_phrases(*kinds) if len(words := stems(phrase)) == 1)
