"""Compiles the word lists of a language module into a table, and its patterns into regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby, product
from operator import itemgetter

from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.reading import Intent
from orders.parser.words import fold, folded

Phrase = tuple[str, ...]
#: Regular expressions for the beginning and the end of a word, so that "tea" is not found in "steak".
_WORD_BEGINS, _WORD_ENDS = r"(?<![^ ])", r"(?![^ ])"


class PhraseTable:
    """The words and phrases of one language that the parser knows. The words of the menu are not among them."""

    def __init__(self, code: str) -> None:
        language = LANGUAGES[code]
        self.code = code
        self.phrases: dict[Phrase, tuple[Kind, float]] = {}
        for kind, text in language.phrases.items():
            for phrase in phrases_in(text):
                self.phrases.setdefault(phrase, (kind, 1.0))
        for phrase in phrases_in(language.same_size):
            self.phrases[phrase] = (Kind.SAME, 1.0)
        for phrase, (kind, _) in self.phrases.items():
            if kind is Kind.NTH:
                place = next(language.ordinals[word] for word in phrase if word in language.ordinals)
                self.phrases[phrase] = (kind, float(place))
        self.numbers = {folded(words): float(value) for words, value in language.numbers.items()}
        self.phrases.update(dict.fromkeys(phrases_in(language.sparing), (Kind.COMMON, 1.0)))
        self.phrases.update({words: (Kind.NUMBER, value) for words, value in self.numbers.items()})
        self.ordinals = language.ordinals
        #: The beginnings of longer phrases: each phrase without its last word, without its last two words, and so on.
        self.begun = {phrase[:end] for phrase in self.phrases for end in range(1, len(phrase))}
        self.things = frozenset(language.things.split())
        # Words in a pattern such as "how long" are words of the language, so they are never corrected to menu words.
        patterns = " ".join(pattern for _, pattern in (*language.intents, *language.topics.items()))
        looked_for = frozenset(re.findall(r"[a-z]{2,}(?![a-z]|[?])", patterns))
        self.looked_for = looked_for
        #: All words in the phrases of this language. An unknown word can be a misspelling of one of them.
        self.doing = {word for phrase in self.phrases for word in phrase}
        #: Words of this language's phrases and patterns, such as "with" and "where". They show the language of a text
        #: more clearly than other everyday words.
        self.spoken = (looked_for - self.things) | self.doing
        #: Phrases of one word, such as "with". Such a word shows the language of a text, even if the menu also has it,
        #: as in an option "with ice".
        self.small = frozenset(phrase[0] for phrase in self.phrases if len(phrase) == 1)
        #: Words of this language that are never corrected, because they are spelt correctly.
        self.words = (self.spoken | frozenset(language.common.split())) - self.things
        #: Words that show the language of a text. Names and drinks are left out, because they are the same in all
        #: languages.
        named = {word for phrases in language.allergens.values() for phrase in phrases_in(phrases) for word in phrase}
        self.telling = self.spoken | frozenset(language.common.split()) | named
        self.linking = frozenset(language.linking.split())
        self.of_the = frozenset(language.of_the.split())
        self.several_the = frozenset(language.several_the.split())
        self.before_name = frozenset(language.before_name.split())
        self.several_cups = frozenset(language.several_cups.split())
        self.cups = frozenset(language.cups.split()) | self.several_cups
        #: Definite articles ("the"), which refer to something named before.
        self.the = frozenset(phrase[0] for phrase, (kind, _) in self.phrases.items() if kind is Kind.THE)
        #: First words of a condition, such as "if" in "if you have it" and "if no oat".
        self.conditions = frozenset(p[0] for p, (kind, _) in self.phrases.items() if kind is Kind.IF_NOT and len(p) > 1)
        #: Phrases for "for me" that can also mean "for my": Spanish "para mi" is "para mí" (for me) without its accent,
        #: or the beginning of "para mi hijo" (for my son).
        self.for_me = frozenset(
            " ".join(phrase)
            for phrase, (kind, _) in self.phrases.items()
            if kind is Kind.ASK and [self.kind((word,)) for word in phrase] == [Kind.FOR, Kind.THE]
        )
        self.inside = frozenset(language.inside.split())
        self.pronouns = frozenset(language.pronouns.split())
        #: Words that stand before a name and mean this person's cup, such as French "celui de" in "celui de Julien"
        #: (Julien's).
        self.whose = frozenset(product(language.pronouns.split(), language.of_somebody.split()))
        self.dotted = language.dotted
        self.titles = frozenset(map(fold, language.titles.split()))
        #: Short spellings of options: ["med"] for ("medium",). The full name is folded (lower case, no accents) and
        #: split into words.
        self.shortened = {folded(name): short.split() for name, short in language.shortened.items()}
        self.cup_articles = frozenset(language.cup_articles.split())
        self.elided = tuple(f"{word[:-1]}'" for word in language.elided.split())
        self.another_of_them = frozenset(" ".join(phrase) for phrase in phrases_in(language.another_of_them))
        self.mine = frozenset(" ".join(phrase) for phrase in phrases_in(language.mine))
        self.theirs = frozenset(" ".join(phrase) for phrase in phrases_in(language.theirs))
        #: `mentioning`: words such as "the" and "mine", with which a text can refer to a cup that it has just ordered:
        #: "2 teas, one large, milk in THE large one". `somebodys`: those of them for a person's cup, "mine" and "hers".
        self.somebodys = self.mine | self.theirs
        self.mentioning = self.the | self.somebodys
        self.preferring = frozenset(" ".join(phrase) for phrase in phrases_in(language.preferring))
        self.also = frozenset(" ".join(phrase) for phrase in phrases_in(language.also))
        self.with_it = frozenset(" ".join(phrase) for phrase in phrases_in(language.with_it))
        self.if_so = frozenset(phrases_in(language.if_so))
        self.myself = frozenset(" ".join(phrase) for phrase in phrases_in(language.myself))
        self.then = frozenset(language.then.split())
        self.therefore = frozenset(map(fold, language.therefore.split()))
        self.reasons = frozenset(language.reasons.split())
        self.bounding = frozenset(language.bounding.split())
        self.persons = frozenset(language.persons.split())
        self.sparing = frozenset(" ".join(phrase) for phrase in phrases_in(language.sparing))
        self.neither = frozenset(" ".join(phrase) for phrase in phrases_in(language.neither))
        #: The ends of phrases that refuse, such as "to" for "allergic to". A list can repeat such an end before its
        #: next member: "allergic to nuts and TO soy".
        self.ends_of_statements = frozenset(
            " ".join(phrase[-words:])
            for phrase, (kind, _) in self.phrases.items()
            if kind is Kind.REFUSES
            for words in range(1, len(phrase))
        )
        self.without = frozenset(language.without.split())
        self.nor = frozenset(language.nor.split())
        self.fewer = frozenset(" ".join(phrase) for phrase in phrases_in(language.fewer))
        #: Phrases that keep a drink which is being cancelled, such as "keep it" and "leave".
        self.keeping = frozenset(" ".join(p) for p in phrases_in(f"{language.keeping}, {language.keeping_it}"))
        #: Phrases before a drink that the customer does not want. In "flat white not oat latte" the "not" refuses the
        #: latte, and not only the oat.
        self.denying = frozenset(" ".join(phrase) for phrase in phrases_in(language.denying))
        self.same_size = frozenset(" ".join(phrase) for phrase in phrases_in(language.same_size))
        self.vague = frozenset(" ".join(phrase) for phrase in phrases_in(language.vague))
        self.excepting = frozenset(language.excepting.split())
        #: Words and phrases that make an exception: "except", "all but", "apart from".
        self.exceptions = self.excepting | {" ".join(p) for p in self.phrases if not self.excepting.isdisjoint(p)}
        self.everything = frozenset(language.everything.split())
        #: First words of phrases after which a drink is kept: "everything" in "cancel everything but the latte", and
        #: "except".
        self.all_but = self.everything | self.excepting
        self.alone = frozenset(language.alone.split())
        #: Closing lines of a letter, such as "kind regards", grouped by their first words.
        self.farewells = by_first_word(phrases_in(language.farewells))
        self.thanking = frozenset(map(fold, language.thanking.split()))
        self.labelling = frozenset(" ".join(phrase) for phrase in phrases_in(language.labelling))
        self.on_label = tuple(" ".join(phrase) for phrase in phrases_in(language.on_label))
        self.other_kinds = frozenset(language.other_kinds.split())
        self.people = frozenset(" ".join(phrase) for phrase in phrases_in(language.people))
        self.digit_for = language.digit_for
        self.options_first = language.options_first
        self.article_counts = language.article_counts
        self.no_negates = language.no_negates
        self.doubtful = frozenset(map(fold, language.doubtful.split()))
        self.free_of = tuple(map(fold, language.free_of.split()))
        self.describing = frozenset(map(fold, language.describing.split()))
        self.inflections = tuple(language.inflections.split())
        #: Words for a portion, such as "shot". "An extra shot" is a portion and no cup.
        self.units = {words[0] for words, (kind, _) in self.phrases.items() if kind is Kind.UNIT}
        self.degrees = frozenset(map(fold, language.degrees.split()))
        self.normal = frozenset(map(fold, language.normal.split()))
        self.multipliers = frozenset(map(fold, language.multipliers.split()))
        self.aside = frozenset(" ".join(phrase) for phrase in phrases_in(language.aside))
        #: Words that can belong to a remark for the barista, such as "double" in "double meat". The module `remarks`
        #: skips a text that has neither such a word nor a word of certain kinds.
        self.remarking = self.multipliers | self.aside
        self.allergens = frozenset(phrase for words in language.allergens.values() for phrase in phrases_in(words))
        self.praise = frozenset(language.praise.split())
        #: First names of all languages, because customers come from everywhere. A foreign name is left out if it is
        #: also a word of this language.
        everybody = {name for other in LANGUAGES.values() for name in other.names.split()}
        self.names = frozenset(language.names.split()) | (everybody - self.words - self.things)
        self.name_particles = frozenset(word for one in LANGUAGES.values() for word in one.name_particles.split())
        #: Names that are neither words of this language nor things to order.
        self.first_names = self.names - self.words - self.things
        self.intents = tuple((intent, compile_pattern(pattern)) for intent, pattern in language.intents)
        #: The same as `intents`, but faster to search: neighbouring patterns with the same intent are merged into one.
        self.merged_intents: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
            (intent, any_pattern(pattern for _, pattern in alike))
            for intent, alike in groupby(language.intents, key=itemgetter(0))
        )
        #: All patterns of `intents` in one. Most sentences match none of them, and one search with this pattern shows
        #: that.
        self.any_intent = any_pattern(pattern for _, pattern in language.intents)
        self.messages: dict[Phrase, Intent] = {}
        for intent, text in language.messages:
            for raw in text.split(","):
                self.messages.setdefault(folded(raw) or tuple(raw.split()), intent)
        self.indifferent = frozenset(phrases_in(language.indifferent))
        for phrase in self.indifferent:
            self.messages.setdefault(phrase, Intent.NO)
        self.available = compile_pattern(language.available) if language.available else None
        #: Words with which questions begin ("where", "do", "you").
        self.asking_words = frozenset(re.findall(r"(?<![\[\\a-z-])[a-z]{2,}", language.asking))
        self.asking = compile_pattern(language.asking) if language.asking else None
        self.topics = tuple((topic, compile_pattern(pattern)) for topic, pattern in language.topics.items())

    def says_same(self, text: str) -> bool:
        """Return whether the text contains a phrase for "the same", as in "and the same but"."""
        words = tuple(text.split())
        parts = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
        return any(self.kind(part) is Kind.SAME for part in parts)

    def knows(self, word: str) -> bool:
        """Return whether the word is a word of the language or a thing to order."""
        return word in self.words or word in self.things

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
    """Return, for each first word, the number of words in the longest phrase that begins with this word."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return longest


def by_first_word(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a language module. The sentences that it searches must have single blanks between words.

    "..." matches five words at most, so that the time of a search grows no faster than the length of the text."""
    return re.compile(_WORD_BEGINS + _regex_of(pattern) + _WORD_ENDS)


def any_pattern(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile one pattern that matches wherever one of the given patterns does.

    Patterns that begin with "^" are grouped, so that a search does not try them at every word."""
    regexes = [_regex_of(pattern) for pattern in patterns]
    first = "|".join(regex.removeprefix("^") for regex in regexes if regex[:1] == "^") or "(?!)"
    anywhere = "|".join(regex for regex in regexes if regex[:1] != "^") or "(?!)"
    return re.compile(f"{_WORD_BEGINS}(?:^(?:{first})|{anywhere}){_WORD_ENDS}")


def _regex_of(pattern: str) -> str:
    regex = re.sub(r" *\.\.\. *", r"(?: [^ .?]+){0,5} ", pattern.strip(" "))
    return regex.replace("MENU", "(?:DRINK|OPTION|GROUP|CATEGORY)").replace("(", "(?:").replace("(?:?:", "(?:")
