"""Texts that were not understood, grouped by their unknown words.

The list is made from the stored texts and today's menu, and is not stored itself. A word therefore disappears from the
list when it is added to the menu, and a text disappears when its customer is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Q, QuerySet

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from inventory.snapshot import menu_of
from orders.parser import Intent, explain
from orders.parser.lexicon import lexicon_for
from orders.parser.menu_phrases import every_name
from orders.parser.words import stems
from sms.models import Ignored, InboundMessage
from stations.models import Event

#: Maximum number of texts that are searched, newest first.
MOST = 500
EXAMPLES = 3
#: Conditions for the texts to search. Each condition is queried separately, because each has an index of its own.
_STRANGE = (Q(intent=Intent.UNCLEAR), ~Q(unknown=[]))

Phrase = tuple[str, ...]


@dataclass(slots=True)
class Puzzle:
    #: The key of the group: "Bagels" and "bagel" have the same key.
    key: str
    #: The unknown words, spelled as in the latest text. If all words of a text are known but it was still not
    #: understood, this is the text itself.
    words: str
    count: int = 0
    #: The latest texts with these words. Texts with the same body are shown once.
    examples: list[InboundMessage] = field(default_factory=list)

    def add(self, text: InboundMessage) -> None:
        self.count += 1
        if len(self.examples) < EXAMPLES and text.body not in {each.body for each in self.examples}:
            self.examples.append(text)


def puzzles_of(event: Event, *, ignored: Collection[str] = ()) -> list[Puzzle]:
    """Return the event's unknown words with their texts, the most frequent first.

    Among equally frequent words, the newest come first. Words whose key is in `ignored` are left out."""
    menu = menu_of(event).menu
    known = phrases_of(menu)
    texts = InboundMessage.objects.filter(conversation__event=event).exclude(body="").defer("reply").order_by("-pk")
    newest = {text.pk: text for strange in _STRANGE for text in texts.filter(strange)[:MOST]}
    found: dict[str, Puzzle] = {}
    for _, text in sorted(newest.items(), reverse=True)[:MOST]:
        for words in strange_in(text, menu, known):
            key = key_of(words)
            if key and key not in ignored:
                found.setdefault(key, Puzzle(key, words)).add(text)
    # Sorting is stable, so words of the same count stay in the order of their texts: newest first.
    return sorted(found.values(), key=lambda puzzle: -puzzle.count)


def strange_in(text: InboundMessage, menu: Menu, known: Collection[Phrase]) -> list[str]:
    """Return the words of the text that are not on today's menu, as one string for each run of such words.

    If all words are known but the text was still not understood, return the whole text as the only string."""
    if text.unknown:
        return [words for words in text.unknown if not any(run in known for run in _runs(stems(words)))]
    explanation = explain(text.body, menu)
    if explanation.unknown:
        return [*explanation.unknown]
    return [text.body] if explanation.reading.intent is Intent.UNCLEAR else []


def phrases_of(menu: Menu) -> set[Phrase]:
    """Return every name on the menu as a tuple of stems: names of drinks, options, groups and categories."""
    options = (option for group in menu.groups for option in group.options)
    things: Iterator[MenuDrink | MenuGroup | MenuOption] = chain(menu.drinks, menu.groups, options)
    names = {stems(name) for thing in things for name in every_name(thing)}
    return names.union(lexicon_for(menu).category_words)


def key_of(words: str) -> str:
    return " ".join(stems(words))[: Ignored.LONGEST]


def forget_ignored(texts: QuerySet[InboundMessage]) -> None:
    """Delete the hidden words (`Ignored`) that occur in these texts, because they can be personal too. The texts are
    about to be deleted.

    If other customers texted such a word too, the page "Not understood" lists the word again."""
    texted = list(texts.only("body", "unknown"))
    keys = {key_of(words) for text in texted for words in (text.body, *text.unknown)}
    bodies = [f" {' '.join(stems(text.body))} " for text in texted]
    for row in Ignored.objects.filter(event__conversations__inbound__in=texts).distinct():
        if row.key in keys or any(f" {row.key} " in body for body in bodies):
            row.delete()


def _runs(words: Phrase) -> Iterator[Phrase]:
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield words[start:end]
