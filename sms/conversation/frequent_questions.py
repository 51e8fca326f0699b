"""Finds an event's frequent question in a text, and the order that the same text contains: "wifi large latte"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain, takewhile

from inventory.menu import Menu
from orders.parser import Intent, Reading, Topic
from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.menu_phrases import every_name
from orders.parser.words import clean, stems, tokenize
from sms.conversation.facts import Facts
from sms.conversation.spoken import single_words
from sms.conversation.turn import Heard

#: Texts with these intents might ask one of the event's frequent questions. The event's own answer is used if there is
#: one.
ASKING = frozenset({Intent.QUESTION, Intent.UNCLEAR, Intent.STATUS, Intent.HELP, Intent.MENU})
#: Ends of sentences; a point before a digit is part of a time or a price.
_SENTENCE = re.compile(r"(?<=[!?\n])|(?<=\.)(?!\d)")


def own_answer(h: Heard) -> str:
    """Return the answer that the organizers wrote for this question. Return "" if there is none.

    An answer in the language of the reply is preferred to an answer that has no language."""
    found = _answers(h.text, h.facts)
    language = h.reading.language if h.reading.language in h.facts.languages else h.facts.reply_language
    return found.get(language) or found.get("", "")


def with_order_beside(
    reading: Reading, text: str, menu: Menu, facts: Facts, read_again: Callable[[str], Reading]
) -> Reading:
    """If a text has a frequent question and an order, such as "wifi large latte", return the reading of the order
    alone. Its topic is "other", so the question is answered too.

    `reading` is the reading of the whole text. It is returned unchanged if the text has no frequent question or no
    order."""
    if reading.intent not in ASKING or not _answers(text, facts):
        return reading
    rest = _beside(text, menu, facts)
    again = read_again(rest) if rest else reading
    orders = again.intent in (Intent.ORDER, Intent.CHANGE) and again.items
    return replace(again, topics=(Topic("other"),)) if orders else reading


def _answers(text: str, facts: Facts) -> Mapping[str, str]:
    """Return the answers to the frequent question in the text, by language. The first of several questions counts."""
    said = stems(text)
    return {
        language: answer
        for language, words, answer in reversed(facts.answers())
        if any(said[at : at + len(words)] == words for at in range(len(said) - len(words) + 1))
    }


def _beside(text: str, menu: Menu, facts: Facts) -> str:
    """Return the rest of the text without the frequent question: "large latte" for "my wifi is slow, large latte".

    In a sentence with a question mark, the whole sentence is the question. In any other sentence, the question is the
    part between commas. If there is no comma, the question must begin the text, and only words of an order may follow:
    "wifi large latte". Return "" if nothing is left."""
    sentences = [each for each in _SENTENCE.split(text) if each.strip()]
    parts = [part for each in sentences for part in ([each] if "?" in each else each.split(",")) if part.strip()]
    rest = [part for part in parts if not _answers(part, facts)]
    if rest or "?" in text:
        return ", ".join(part.strip(" .!") for part in rest)
    cleaned = clean(text)
    tokens = [token for token in tokenize(cleaned) if token.kind in ("word", "number")]
    said = tuple(token.stem for token in tokens)
    asking = [len(words) for _, words, _ in facts.answers() if said[: len(words)] == words]
    after = tokens[max(asking) :] if asking else []
    known = _small_words() | _menu_words(menu)
    ordering = [*takewhile(lambda token: token.stem not in single_words(Kind.FOR), after)]
    orders = ordering and all(token.kind == "number" or token.stem in known for token in ordering)
    return cleaned[after[0].start :] if orders else ""


@cache
def _small_words() -> frozenset[str]:
    """Return the small words of all languages that an order contains besides names of the menu: "a", "two", "with",
    "please"."""
    numbers = (stem for language in LANGUAGES.values() for word in language.numbers for stem in stems(word))
    return single_words(Kind.ARTICLE, Kind.AND, Kind.WITH, Kind.NO, Kind.EXTRA, Kind.LIGHT, Kind.FILLER).union(numbers)


def _menu_words(menu: Menu) -> frozenset[str]:
    options = (option for group in menu.groups for option in group.options)
    names = (*chain.from_iterable(map(every_name, menu.drinks)), *chain.from_iterable(map(every_name, options)))
    return frozenset(stem for name in names for stem in stems(name))
