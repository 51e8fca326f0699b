"""Finds the order in a sentence that also asks a question: "large latte, how much is that"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.intents import place_of
from orders.parser.lexicon import Lexicon
from orders.parser.reading import Intent

_BREAKS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH, Kind.AND, Kind.BUT})
#: Kinds of words which show that something is ordered: "large" in "large latte, when is it ready". "Latte, when is it
#: ready" has no such word, so it only asks about a latte ordered before.
_DETAILS = frozenset({Kind.OPTION, Kind.ARTICLE, Kind.NUMBER, Kind.ASK, Kind.ADD})
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER})
_OF_DRINK = frozenset({Kind.OPTION, Kind.FILLER, Kind.UNKNOWN, Kind.EXTRA, Kind.LIGHT, *_COUNTS})


def order_beside(intent: Intent, sentence: Sequence[Atom], lexicon: Lexicon, *, going_on: bool) -> Sequence[Atom]:
    """Return the part of the sentence that orders something; () if no part does.

    `going_on`: an order is open, so "large" in "large, how much is it" can change this order."""
    if intent is Intent.THANKS and any(atom.kind is Kind.OPTION for atom in sentence):
        # "Oat would be lovely" looks like thanks, but chooses an option.
        return sentence
    start, end = place_of(intent, sentence, lexicon)
    before, after = _before_question(sentence[:start]), sentence[end:]
    if _orders(before, intent) or (going_on and _answers(before)):
        return before
    for at, atom in enumerate(after):
        if atom.kind not in (*_BREAKS, Kind.MAKE) or not _asks(after[at + 1 :], short=intent is Intent.UNCLEAR):
            continue
        if atom.kind is Kind.AND and sentence[end + at - 1].kind is Kind.DRINK:
            # "How much is a latte and a mocha" asks about both drinks.
            continue
        # The order can follow a reason: "I'm off caffeine, so make it a decaf latte".
        return after[at + 1 :]
    asked = [
        at for at, (one, two) in enumerate(pairwise(sentence), start=1) if one.kind in _BREAKS and two.kind is Kind.ASK
    ]
    return sentence[asked[0] :] if asked and _asks(sentence[asked[0] :]) else ()


def _before_question(atoms: Sequence[Atom]) -> Sequence[Atom]:
    """Return the words before a question up to their last comma or other break, because the words after it belong to
    the question: "a small mocha please," for "a small mocha please, where are the toilets".

    Return all the words if a drink or an option follows the last break."""
    last = max((at for at, atom in enumerate(atoms) if atom.kind in _BREAKS), default=None)
    if last is None or any(atom.kind in (Kind.DRINK, Kind.OPTION) for atom in atoms[last:]):
        return atoms
    return atoms[: last + 1]


def _orders(atoms: Sequence[Atom], intent: Intent) -> bool:
    kinds = {atom.kind for atom in atoms}
    if Kind.DRINK not in kinds or Kind.THE in kinds:
        return False
    return intent is not Intent.STATUS or not kinds.isdisjoint(_DETAILS)


def _answers(atoms: Sequence[Atom]) -> bool:
    """Return whether the words before the customer's question answer our own question before: "Large," in "Large, how
    much is it". They name an option and end in a comma or another break."""
    kinds = [atom.kind for atom in atoms]
    return Kind.OPTION in kinds and kinds[-1] in _BREAKS and Kind.THE not in kinds


def _asks(atoms: Sequence[Atom], *, short: bool = False) -> bool:
    """Return whether the words begin with the order of a drink, as in "a latte" and "can I get a large latte".

    `short`: fewer words are enough, such as "latte" alone, or "large latte" in "I hate honey, large latte"."""
    kinds = kinds_of(atoms)
    while kinds[0] in (Kind.ONLY, Kind.FILLER) or (short and kinds[0] is Kind.COMMON):
        # Skip words that can stand before an order: "just" in "just give me a large latte", "ok" in "ok, a large
        # latte".
        kinds = kinds[1:]
    if kinds[0] is Kind.DRINK and (short or kinds[1] is Kind.FILLER):
        # A drink with "please" is an order: "how much is a mocha, latte please".
        return True
    if kinds[0] not in (Kind.ASK, *_COUNTS, Kind.OPTION):
        return False
    at = 1
    if kinds[:2] == (Kind.ASK, Kind.THE):
        # Skip "the" in "give me the biggest latte you have", which orders a latte.
        at = 2
    while kinds[at] in _OF_DRINK:
        at += 1
    return kinds[at] is Kind.DRINK and (short or at > 1 or kinds[0] in _COUNTS)
