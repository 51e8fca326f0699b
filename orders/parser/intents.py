"""Finds the intent of a message that orders nothing, such as a question or a cancellation, with the patterns of its
language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.phrases import every_table
from orders.parser.reading import Intent, Topic, TopicKind
from orders.parser.words import Token

_UNKNOWN = "UNKNOWN"
_PLACES = {
    Kind.DRINK: "DRINK",
    Kind.OPTION: "OPTION",
    Kind.GROUP: "GROUP",
    Kind.CATEGORY: "CATEGORY",
    Kind.UNKNOWN: _UNKNOWN,
    Kind.CUP: "CUP",
    Kind.COMMA: ",",
}
_TOPICS: dict[Kind, TopicKind] = {
    Kind.DRINK: "drink",
    Kind.OPTION: "option",
    Kind.GROUP: "group",
    Kind.CATEGORY: "category",
}
_POLITE = frozenset({Kind.FILLER, Kind.HERE, Kind.COMMA, Kind.STOP, Kind.DASH})
#: Kinds of words that can stand in "(please, is) the latte lactose free?" besides the drink and what it is free of.
_AROUND_FREE = frozenset({Kind.FILLER, Kind.THE, Kind.STOP})
_DRINK_FREE = ((Kind.DRINK, Kind.OPTION, None), (Kind.DRINK, Kind.NOTE, None))
_CONDITIONAL = frozenset({Kind.IF_NOT, Kind.FILLER})
PARTING = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
_TELLING = frozenset({Intent.STATUS, Intent.QUESTION, Intent.UNCLEAR, Intent.SUPPORT, Intent.MENU, Intent.NO})
#: Kinds of words that can stand before "keep it", which takes a cancellation back.
_DENYING = _POLITE | {Kind.NO, Kind.CORRECT}
#: Kinds of words that speak of single cups. A text with such a word does not cancel the whole order.
_OF_ONE_CUP = frozenset({Kind.NTH, Kind.NUMBER, Kind.CUP, Kind.REST, Kind.OF_THEM, Kind.ANOTHER})
#: Intents of parts of a text that do not change a cancellation in another part, such as the thanks in "please cancel,
#: thanks". None stands for a part without an intent.
_EXCUSING = frozenset({Intent.CANCEL, Intent.THANKS, Intent.CHAT, None})
_ECHO = re.compile(r"(.)\1{2,}")
_THUMBS = frozenset({"👍", "👎"})
#: How many atoms of a sentence are compared with the patterns. Questions are shorter.
_LONGEST = 60


def sentences(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """Yield the sentences of a text. Each ends with its full stop, if it has one."""
    kinds, start = [atom.kind for atom in atoms], 0
    while Kind.STOP in kinds[start:]:
        end = kinds.index(Kind.STOP, start) + 1
        yield [*atoms[start:end]]
        start = end
    if start < len(kinds):
        yield [*atoms[start:]]


def whole_message(tokens: Sequence[Token], atoms: Sequence[Atom], lexicon: Lexicon) -> Intent | None:
    """Return the intent of a message that says only one thing ("stop", "yes", "hi") besides polite words; None for
    other messages."""
    words = tuple([token.text for token in tokens if token.kind in ("word", "number")])
    messages = lexicon.table.messages
    if not words:
        return messages.get(("?",)) if any(token.text == "?" for token in tokens) else Intent.CHAT if tokens else None
    if len(words) > 8:
        return None
    bare = tuple([w for atom in atoms if atom.kind not in _POLITE for w in atom.text.split() if w not in _THUMBS])
    found = messages.get(words) or messages.get(bare) or messages.get(_shortened(words))
    if found is None and any(atom.kind is Kind.GROUP for atom in atoms):
        # "Any size is fine" and "peu importe la taille" (any size) only say that the customer has no preference. Read
        # them like a "no" to our question for the size.
        of_group = (Kind.GROUP, Kind.THE, *_POLITE)
        rest = tuple(word for atom in atoms if atom.kind not in of_group for word in atom.text.split())
        found = Intent.NO if rest in lexicon.table.indifferent else None
    if found is None and not bare:
        polite = {messages.get(tuple(atom.text.split())) for atom in atoms}
        found = next((intent for intent in (Intent.THANKS, Intent.GREETING, Intent.YES) if intent in polite), None)
    return found


def small_talk(tokens: Sequence[Token]) -> Intent | None:
    """Return the intent of a text that is only small talk in any language ("ciao"); None for other texts."""
    words = tuple(token.text for token in tokens if token.kind == "word")
    said = (table.messages.get(words) for table in every_table())
    return next((intent for intent in said if intent in (Intent.THANKS, Intent.CHAT)), None)


def _shortened(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words, with a letter that is typed three times or more in a row reduced to one: "yes" for "yesss"."""
    return tuple(_ECHO.sub(itemgetter(1), " ".join(words)).split(" "))


def cancels(atoms: Sequence[Atom], lexicon: Lexicon) -> Intent | None:
    """Return CANCEL if a part of the text cancels and the other parts only say why: "please cancel, I won't make it".

    Return UNDO if a later part takes the cancellation back: "cancel? no, keep it". Return None for any other text."""
    parts = [[*part] for _, part in groupby(atoms, lambda atom: atom.kind in PARTING)]
    at = next((at for at, part in enumerate(parts) if cancels_all(part, lexicon)), None)
    if at is None or any(atom.kind in _OF_ONE_CUP for part in parts[at:] for atom in part):
        return None
    intents = [_meant_alone(part, lexicon) for part in parts]
    kept = any(_bare(part, _DENYING) in lexicon.table.keeping for part in parts[at + 1 :])
    if kept or Intent.UNDO in intents[at:]:
        return Intent.UNDO
    told = {*intents[at:]} <= _EXCUSING | _TELLING
    return Intent.CANCEL if told else None


def cancels_all(part: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether this part of a text cancels the whole order. "Never mind" does not, because it can also mean that
    the customer's question needs no answer any more."""
    return any(atom.kind in (Kind.DROP, Kind.IT) for atom in part) and _meant_alone(part, lexicon) is Intent.CANCEL


def _meant_alone(part: Sequence[Atom], lexicon: Lexicon) -> Intent | None:
    return intent_of(part, lexicon) or lexicon.table.messages.get((*_bare(part).split(),))


def _bare(part: Sequence[Atom], but: frozenset[Kind] = _POLITE) -> str:
    return " ".join(atom.text for atom in part if atom.kind not in but)


def asks_if_free(sentence: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether the sentence asks without a verb if a drink is free of an allergen: "latte lactose free?"."""
    if not sentence or sentence[-1].text != "?":
        return False
    said = [atom for atom in sentence if atom.kind not in _AROUND_FREE]
    if kinds_of(said) not in _DRINK_FREE:
        return False
    first, *allergen = said[1].text.split()
    without = lexicon.table.kind((first,)) is Kind.NO and tuple(allergen) in lexicon.table.allergens
    return without or said[1].text.endswith(lexicon.table.free_of)


def intent_of(sentence: Sequence[Atom], lexicon: Lexicon) -> Intent | None:
    if asks_if_free(sentence, lexicon):
        return Intent.QUESTION
    forms = [form for form in spoken_forms(sentence, lexicon) if lexicon.table.any_intent.search(form)]
    for intent, pattern in lexicon.table.merged_intents if forms else ():
        # A plain loop, because a generator for each pattern would double the number of function calls for a text.
        for form in forms:
            if pattern.search(form):
                return intent
    return None


def place_of(intent: Intent, sentence: Sequence[Atom], lexicon: Lexicon) -> tuple[int, int]:
    """Return the positions where the words that express the intent begin and end. The end is excluded.

    If no pattern matches, return the positions of the whole sentence."""
    for atoms in (sentence[:_LONGEST], [atom for atom in sentence[:_LONGEST] if atom.kind not in _POLITE]):
        text, starts = "", []
        for atom in atoms:
            starts.append(len(text))
            text += _spoken(atom, lexicon) + " "
        for meant, pattern in lexicon.table.intents:
            if meant is intent and (found := pattern.search(text.rstrip())):
                first = next(at for at in reversed(range(len(atoms))) if starts[at] <= found.start())
                last = next(at for at in reversed(range(len(atoms))) if starts[at] < max(found.end(), 1))
                return sentence.index(atoms[first]), sentence.index(atoms[last]) + 1
    return 0, len(sentence)


def spoken_forms(sentence: Sequence[Atom], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the two forms of a sentence that are compared with patterns, or one form if both are equal.

    In both forms, each menu word is replaced by its kind, such as DRINK. The second form leaves polite words out."""
    sentence = sentence[:_LONGEST]
    said = [_spoken(atom, lexicon) for atom in sentence]
    bare = " ".join([word for atom, word in zip(sentence, said, strict=True) if atom.kind not in _POLITE])
    return tuple(dict.fromkeys((" ".join(said), bare)))


def _spoken(atom: Atom, lexicon: Lexicon) -> str:
    if atom.kind in _CONDITIONAL:
        # "Si hay" (if there is any) asks nothing, although "hay" (is there) alone asks.
        first = atom.text.split()[0]
        return first if first in lexicon.table.conditions else atom.text
    place = _PLACES.get(atom.kind, atom.text)
    return atom.text if place is _UNKNOWN and atom.text in lexicon.table.looked_for else place


def topics_of(
    atoms: Sequence[Atom], lexicon: Lexicon, *, listing: bool = False, asks: bool = False, orders: bool = False
) -> tuple[Topic, ...]:
    """Return what a question is about: the menu entries that it names, and subjects such as the prices.

    `listing`: the question asks what there is, so "tea" in it means all teas. `asks`: the sentence is a question, so
    "unknown" and "detail" can be topics too. `orders`: the sentence also orders something, so its unknown words can
    belong to the order, and "unknown" is no topic."""
    topics: list[Topic] = []
    for at, atom in enumerate(atoms):
        if (atom.plural or listing) and (category := lexicon.category_words.get(atom.phrase)):
            # "What teas" asks about the category, although "tea" alone can be a drink.
            topics.append(Topic("category", category))
            continue
        # "Anything without cheese?" does not ask about cheese.
        refused = atom.phrase not in lexicon.group_words and [one.kind for one in atoms[max(at - 1, 0) : at]] == [
            Kind.NO
        ]
        for meaning in () if refused else atom.meanings:
            topics.append(Topic(_TOPICS[meaning.kind], meaning.name, meaning.group))
            if group := lexicon.group_words.get(atom.phrase):
                # "What milks" asks about the group of milks, although "milk" can be one of its options.
                topics[-1:] = [Topic("group", group)]
                break
    # Replace menu words by their kind. Otherwise a milk with the name "Lactose free" would turn the question into one
    # about allergies.
    text = " ".join(_spoken(atom, lexicon) for atom in atoms[:_LONGEST])
    for topic, pattern in lexicon.table.topics:
        if pattern.search(text):
            topics.append(Topic(topic))
    if asks_if_free(atoms, lexicon):
        topics.append(Topic("allergens"))
    if asks and topics and all(topic.name for topic in topics):
        if not orders and _UNKNOWN in text.split():
            topics.append(Topic("unknown"))
        if lexicon.table.available and not lexicon.table.available.search(text):
            topics.append(Topic("detail"))
    return tuple(dict.fromkeys(topics))


def is_question(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether a text that was not understood begins like a question."""
    asking = lexicon.table.asking
    return asking is not None and any(asking.search(form) for form in spoken_forms(atoms, lexicon))
