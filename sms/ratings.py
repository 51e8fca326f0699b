"""Recognizes ratings in texts: a number, stars, or words of praise or blame. The menu is not needed.

The words of all languages are used at once, because people mix languages even in an answer of two words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.words import clean, fold

_DIGITS = {str(score): score for score in range(1, 6)}
_OF_TEN = re.compile(r"\W*(10|[0-9])\s*/\s*10\b")
_STAR = re.compile(r"[⭐★🌟]")


@dataclass(frozen=True)
class _Patterns:
    scores: dict[str, int]
    #: Matches a text that begins with a score from 1 to 5.
    score: re.Pattern[str]
    judges: re.Pattern[str]
    #: Finds requests in a text. A text with a request is no rating, even if it praises: "another lovely latte please".
    asks: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = LANGUAGES.values()
    scores = _DIGITS | {fold(word): score for language in words for word, score in language.scores.items()}
    judging = _joined([language.rating_praise for language in words], [language.rating_blame for language in words])
    articles = [article.strip() for language in words for article in language.phrases.get(Kind.ARTICLE, "").split(",")]
    degrees = _joined([language.rating_degrees for language in words])
    asking = rf"\b(?:{_joined([language.rating_asks for language in words])})\b"
    # "A latte" begins an order, so it is no rating. But "a bit weak" is a rating.
    beginning = rf"^\W*(?:{_joined(articles)}|\d+)\s+(?!(?:{degrees})\b)[a-z]"
    return _Patterns(
        scores,
        re.compile(rf"\W*({'|'.join(scores)})\b(?:/5\b|(?![.,/]?\d))"),
        re.compile(rf"\b(?:{judging})\b"),
        re.compile(rf"\?|{asking}|{beginning}"),
    )


def _joined(*lists: list[str]) -> str:
    return "|".join(fold(pattern) for patterns in lists for pattern in patterns if pattern)


def score_in(text: str) -> int | None:
    """Return the score from 1 to 5 that the text gives. Return None if it gives none.

    The score is at the beginning of the text ("4", "5/5", "three stars", or "8/10" for 4), or it is the number of star
    symbols."""
    folded = _folded(text)
    if stars := len(_STAR.findall(text)):
        return min(stars, 5)
    if of_ten := _OF_TEN.match(folded):
        return max(1, (int(of_ten[1]) + 1) // 2)
    found = _patterns().score.match(folded)
    return _patterns().scores[found[1]] if found else None


def judges(text: str) -> bool:
    """Return whether the text praises or blames, and asks for nothing."""
    folded = _folded(text)
    return bool(_patterns().judges.search(folded)) and not _patterns().asks.search(folded)


def _folded(text: str) -> str:
    return fold(clean(text))
