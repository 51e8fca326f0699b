"""Compiles a language module: its phrases into a table, its patterns into regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.reading import Intent
from orders.parser.words import fold, folded

Phrase = tuple[str, ...]
#: They keep a word from matching a part of a longer one.
_WORD_BEGINS, _WORD_ENDS = r"(?<![^ ])", r"(?![^ ])"


class PhraseTable:
    """The words and phrases of one language, apart from the menu's."""

    def __init__(self, code: str) -> None:
        language = LANGUAGES[code]
        self.code = code
        self.phrases: dict[Phrase, tuple[Kind, float]] = {}
        for kind, text in language.phrases.items():
            for phrase in phrases_in(text):
                self.phrases.setdefault(phrase, (kind, 1.0))
        for phrase, (kind, _) in self.phrases.items():
            if kind is Kind.NTH:
                place = next(language.ordinals[word] for word in phrase if word in language.ordinals)
                self.phrases[phrase] = (kind, float(place))
        self.numbers = {folded(words): float(value) for words, value in language.numbers.items()}
        self.phrases.update({words: (Kind.NUMBER, value) for words, value in self.numbers.items()})
        self.ordinals = language.ordinals
        self.longest = longest_by_first_word(self.phrases)
        self.things = frozenset(language.things.split())
        # The words in patterns are words of the language, even the rare ones.
        patterns = " ".join(pattern for _, pattern in (*language.intents, *language.topics.items()))
        looked_for = frozenset(re.findall(r"[a-z]{2,}(?![a-z]|[?])", patterns))
        self.looked_for = looked_for
        #: Words of its phrases: an unknown word may be a misspelling of one.
        self.doing = {word for phrase in self.phrases for word in phrase}
        #: Words with a role in a sentence.
        self.spoken = (looked_for - self.things) | self.doing
        #: Its function words. They stay words of the language even if an alias of the menu contains them ("with ice").
        self.small = frozenset(phrase[0] for phrase in self.phrases if len(phrase) == 1)
        #: Correctly spelt words of this language, which are never corrected.
        self.words = (self.spoken | frozenset(language.common.split())) - self.things
        #: Words by which the language is detected. Names and drinks are the same in all languages.
        self.telling = self.spoken | frozenset(language.common.split())
        self.linking = frozenset(language.linking.split())
        self.of_the = frozenset(language.of_the.split())
        self.several_the = frozenset(language.several_the.split())
        self.before_name = frozenset(language.before_name.split())
        self.several_cups = frozenset(language.several_cups.split())
        self.cups = frozenset(language.cups.split()) | self.several_cups
        #: Articles of what was named before: "the".
        self.the = frozenset(phrase[0] for phrase, (kind, _) in self.phrases.items() if kind is Kind.THE)
        #: Asking phrases that also read as the beginning of "for my son": "para mí".
        self.for_me = frozenset(
            " ".join(phrase)
            for phrase, (kind, _) in self.phrases.items()
            if kind is Kind.ASK and [self.kind((word,)) for word in phrase] == [Kind.FOR, Kind.THE]
        )
        self.inside = frozenset(language.inside.split())
        self.pronouns = frozenset(language.pronouns.split())
        self.elided = tuple(f"{word[:-1]}'" for word in language.elided.split())
        self.mine = frozenset(" ".join(phrase) for phrase in phrases_in(language.mine))
        self.myself = frozenset(" ".join(phrase) for phrase in phrases_in(language.myself))
        self.then = frozenset(language.then.split())
        self.fewer = frozenset(" ".join(phrase) for phrase in phrases_in(language.fewer))
        self.everything = frozenset(language.everything.split())
        self.digit_for = language.digit_for
        self.options_first = language.options_first
        self.article_counts = language.article_counts
        self.verb_last = language.verb_last
        self.doubtful = frozenset(map(fold, language.doubtful.split()))
        self.describing = frozenset(map(fold, language.describing.split()))
        self.inflections = tuple(language.inflections.split())
        #: Words for a portion ("shot"), so "an extra shot" is no cup.
        self.units = {words[0] for words, (kind, _) in self.phrases.items() if kind is Kind.UNIT}
        self.degrees = frozenset(map(fold, language.degrees.split()))
        self.normal = frozenset(map(fold, language.normal.split()))
        self.multipliers = frozenset(map(fold, language.multipliers.split()))
        self.aside = frozenset(" ".join(phrase) for phrase in phrases_in(language.aside))
        self.allergens = frozenset(phrase for words in language.allergens.values() for phrase in phrases_in(words))
        self.praise = frozenset(language.praise.split())
        #: First names of all languages, because guests come from everywhere, without words of this language.
        everybody = {name for other in LANGUAGES.values() for name in other.names.split()}
        self.names = frozenset(language.names.split()) | (everybody - self.words - self.things)
        self.intents = tuple((intent, compile_pattern(pattern)) for intent, pattern in language.intents)
        #: Any of these patterns. Most sentences match none, and one search is much quicker than one for each.
        self.any_intent = any_pattern(pattern for _, pattern in language.intents)
        self.messages: dict[Phrase, Intent] = {}
        for intent, text in language.messages:
            for raw in text.split(","):
                self.messages.setdefault(folded(raw) or tuple(raw.split()), intent)
        self.indifferent = frozenset(phrases_in(language.indifferent))
        for phrase in self.indifferent:
            self.messages.setdefault(phrase, Intent.NO)
        self.topics = tuple((topic, compile_pattern(pattern)) for topic, pattern in language.topics.items())

    def says_same(self, text: str) -> bool:
        """Whether the phrase says that something is the same: "and the same but"."""
        words = tuple(text.split())
        parts = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
        return any(self.kind(part) is Kind.SAME for part in parts)

    def kind(self, phrase: Phrase) -> Kind | None:
        return self.phrases.get(phrase, (None, 0.0))[0]

    def is_amount(self, text: str) -> bool:
        return self.kind(tuple(text.split())) in (Kind.LIGHT, Kind.EXTRA, Kind.NUMBER)


@cache
def phrase_table(code: str) -> PhraseTable:
    return PhraseTable(code)


def every_table() -> list[PhraseTable]:
    return [phrase_table(code) for code in LANGUAGES]


def phrases_in(text: str) -> list[Phrase]:
    return [phrase for raw in text.split(",") if (phrase := folded(raw))]


def longest_by_first_word(phrases: Iterable[Phrase]) -> dict[str, int]:
    """The number of words of the longest of these phrases, by its first word."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return longest


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a language module for sentences whose words are separated by blanks.

    All repeats are bounded, so the time grows in proportion to the length of the text."""
    return re.compile(_WORD_BEGINS + _regex_of(pattern) + _WORD_ENDS)


def any_pattern(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile a pattern that is found where one of these is found."""
    return re.compile(f"{_WORD_BEGINS}(?:{'|'.join(map(_regex_of, patterns)) or '(?!)'}){_WORD_ENDS}")


def _regex_of(pattern: str) -> str:
    regex = re.sub(r" *\.\.\. *", r"(?: [^ .?]+){0,5} ", pattern.strip(" "))
    return regex.replace("MENU", "(?:DRINK|OPTION|GROUP|CATEGORY)").replace("(", "(?:").replace("(?:?:", "(?:")
