"""Finds the known word that a misspelt word probably means.

Only a few known words are compared with it letter by letter: those that are equal to it without one letter, or have
the same consonants or the same beginning. They are looked up in indexes, so a long menu costs no more time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import groupby

from rapidfuzz.distance import OSA

#: The highest cost at which a word is still corrected.
_DEAREST = 2.0
_VOWELS = frozenset("aeiouy")
_SOUNDS = str.maketrans({"k": "c", "q": "c", "z": "s", "h": "", "w": "v"})


class Spelling:
    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word for word in words if len(word) > 2})
        self._by_gap: dict[str, list[str]] = {}
        self._by_sound: dict[str, list[str]] = {}
        for word in self._words:
            for gap in _gaps(word):
                self._by_gap.setdefault(gap, []).append(word)
            self._by_sound.setdefault(_sound(word), []).append(word)
        self._squeezed = {word: squeeze(word) for word in self._words}

    def corrections(self, word: str, itself: bool = True) -> list[tuple[str, float]]:
        """Return the nearest known word with its cost, or up to three words that are about equally near.

        `itself`: whether the result can be the word itself, since it can be a part of a longer known name."""
        if len(word) < 3 or len(word) > 24 or not word.isalpha():
            return []
        candidates = {*self._by_sound.get(_sound(word), ()), *self._beginning_with(word)}
        for gap in _gaps(word):
            candidates.update(self._by_gap.get(gap, ()))
        if not itself:
            candidates.discard(word)
        squeezed = squeeze(word)
        priced = [
            (target, cost)
            for target in candidates
            if (cost := _cost(word, target, alike=self._squeezed[target] == squeezed)) <= _DEAREST
        ]
        if not priced:
            return []
        best = min(cost for _, cost in priced)
        return sorted((target, cost) for target, cost in priced if cost < best + 0.05)[:3]

    def _beginning_with(self, word: str) -> list[str]:
        at = bisect_left(self._words, word)
        found = [w for w in self._words[at : at + 3] if w.startswith(word)]
        return found if len(found) < 3 else []


def _gaps(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def squeeze(word: str) -> str:
    """Return the word with repeated letters written once, so that "lattte" and "latte" become equal."""
    return "".join(letter for letter, _ in groupby(word))


def _sound(word: str) -> str:
    skeleton = word[0] + "".join(c for c in word[1:] if c not in _VOWELS)
    return squeeze(skeleton.translate(_SOUNDS))


def _cost(word: str, target: str, *, alike: bool) -> float:
    """Return how unlikely it is that somebody who typed the word meant the target. Above `_DEAREST`, the word is not
    corrected to it.

    `alike`: the two differ only in repeated letters ("lattte")."""
    if alike:
        return 0.2 + 0.1 * abs(len(word) - len(target))
    if len(word) == 3:
        return _cost_of_three(word, target)
    if target.startswith(word):
        return 0.6 if len(word) * 2 >= len(target) else _DEAREST + 1
    allowed = 1 if min(len(word), len(target)) < 6 else 2
    distance = OSA.distance(word, target, score_cutoff=allowed)
    if distance > allowed:
        return _DEAREST + 1
    cost = 0.8 * distance
    if word[0].translate(_SOUNDS) != target[0].translate(_SOUNDS):
        # People rarely mistype the first letter, so a short word with another first letter is another word.
        if len(word) < 5 and sorted(word) != sorted(target):
            return _DEAREST + 1
        cost += 0.3
    if len(word) < len(target):
        cost -= 0.2
    elif _same_consonants(word, target):
        cost -= 0.1
    return cost


def _cost_of_three(word: str, target: str) -> float:
    """Return the cost of correcting a word of three letters to the target.

    Only a wrong vowel ("soi" for "soy") and missing vowels ("lrg" for "large") are corrected. Any other cost is
    above `_DEAREST`."""
    if len(target) == 3:
        changed = [(a, b) for a, b in zip(word, target, strict=True) if a != b]
        if len(changed) == 1 and set(changed[0]) <= _VOWELS:
            return 0.9
    if len(_sound(target)) == 3 and _sound(word) == _sound(target):
        return 0.7
    return _DEAREST + 1


def _same_consonants(word: str, target: str) -> bool:
    return [c for c in word if c not in _VOWELS] == [c for c in target if c not in _VOWELS]
