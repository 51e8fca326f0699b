"""Finds words that order something which is not on the menu, so that the reply can name them.

An unknown word orders something if it stands after "a", "with" or "and", or before a drink: "a kombucha", "tea with
boba". Among everyday words it orders nothing: "see you at the keynote"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from orders.parser.atoms import Atom, Kind, kinds_of

_BEFORE = frozenset(
    {
        *(Kind.ARTICLE, Kind.NUMBER, Kind.WITH, Kind.NO, Kind.LIGHT, Kind.EXTRA, Kind.UNIT, Kind.ANOTHER, Kind.ASK),
        *(Kind.ADD, Kind.ONLY),
    }
)
_BETWEEN = frozenset(
    {Kind.COMMA, Kind.AND, Kind.OR, Kind.DRINK, Kind.OPTION, Kind.CATEGORY, Kind.STOP, Kind.GROUP, Kind.FILLER}
)
_MENU = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY, Kind.GROUP})
#: An unknown word can be an order if a word of one of these kinds follows. None stands for the end of the text.
_AFTER: frozenset[Kind | None] = (
    _BETWEEN
    | _BEFORE
    | frozenset(
        {
            None,
            Kind.DASH,
            Kind.FOR,
            Kind.NAME,
            Kind.OWNER,
            Kind.INSTEAD,
            Kind.INSTEAD_OF,
            Kind.CALLED,
            Kind.BEING,
            Kind.ALL,
            Kind.CORRECT,
        }
    )
)
#: `_IN_CONTAINER` has the kinds of words between "a" and "water" in "a bottle of water". `_CONTAINER` is the maximum
#: number of such words.
_IN_CONTAINER, _CONTAINER = frozenset({Kind.COMMON, Kind.FILLER}), 3
_DESCRIBED = frozenset({Kind.COMMON, Kind.UNKNOWN, Kind.OPTION})
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER})
_BREAKS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
_POLITE = frozenset({*_BREAKS, Kind.FILLER, Kind.ASK, Kind.ONLY, Kind.ARTICLE})
#: Only words of these kinds can turn out to be unknown. A text without any is not searched.
_EVERYDAY = frozenset({Kind.COMMON, Kind.UNKNOWN})
#: Word kinds that never stand in a message to the barista: ordered things, names and times.
_READ = _MENU | {Kind.NAME, Kind.OWNER, Kind.NUMBER, Kind.TIME}
#: Minimum number of words in a message to the barista.
_SENTENCE = 3
_ASKED = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.ASK})


def unknown_words(
    atoms: Sequence[Atom],
    *,
    ordering: bool,
    praise: frozenset[str] = frozenset(),
    things: frozenset[str] = frozenset(),
) -> list[str]:
    """Return the unknown words that the reply must name.

    `ordering`: the text also orders something from the menu, so the "boba" of "a latte and boba" is an order too.
    `praise`: adjectives such as "good", which ask for nothing; other adjectives of a drink are named. `things`: words
    for things that people order elsewhere, such as "hamburger"; they are named even as the whole text."""
    if _EVERYDAY.isdisjoint([atom.kind for atom in atoms]):
        return []
    atoms = _in_phrases(_described(atoms, praise) if praise else atoms, praise)
    kinds = kinds_of(atoms)
    found: list[str] = []
    at = 0
    while at < len(atoms):
        if kinds[at] is not Kind.UNKNOWN:
            at += 1
            continue
        end = at
        while kinds[end] is Kind.UNKNOWN:
            end += 1
        thing = atoms[end - 1].text.split()[-1] in things
        # A thing such as "hamburger" is named if it is the whole text, is counted, or follows "with": "with lemon if
        # you have".
        only = thing and (_is_all(atoms, at, end) or _is_counted(kinds, at) or kinds[at - 1] is Kind.WITH)
        begins = ordering and at == 0 and (kinds[end] is Kind.AND or (thing and kinds[end] is Kind.COMMA))
        if only or begins or _ordered(kinds, at, end, ordering=ordering):
            found.append(" ".join(atom.text for atom in atoms[at:end]))
        at = end
    return found


def _is_counted(kinds: Sequence[Kind | None], at: int) -> bool:
    """Return whether a number or an article counts the word at `at`, even across "bottle of" in "a bottle of water"."""
    before = at - 1
    while kinds[before] in _IN_CONTAINER and at - before <= _CONTAINER:
        before -= 1
    return kinds[before] in _COUNTS


def message_parts(atoms: Sequence[Atom], named: Collection[str]) -> list[Sequence[Atom]]:
    """Return the parts of the text that are messages to the barista, such as "tell Quentin I said hi".

    Such a part orders nothing, and holds an unknown word that the reply does not name."""
    if Kind.UNKNOWN not in [atom.kind for atom in atoms]:
        return []
    parts: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.kind in _BREAKS:
            parts.append([])
        else:
            parts[-1].append(atom)
    said = {word for phrase in named for word in phrase.split()}
    return [
        part
        for part in parts
        if len(part) >= _SENTENCE
        and all(atom.kind not in _READ for atom in part)
        and any(atom.kind is Kind.UNKNOWN and not said.issuperset(atom.text.split()) for atom in part)
    ]


def _described(atoms: Sequence[Atom], praise: frozenset[str]) -> list[Atom]:
    """Return the atoms (parsed words), with everyday words between an article and its drink marked as unknown.

    In "a purple latte" this is "purple", so the reply will name it. Options and words of praise are not marked."""
    kept, kinds = [*atoms], kinds_of(atoms)
    for at, kind in enumerate(kinds):
        if kind is not Kind.ARTICLE:
            continue
        end = at + 1
        while kinds[end] in _DESCRIBED:
            end += 1
        if kinds[end] is Kind.DRINK:
            for place in range(at + 1, end):
                if kinds[place] is not Kind.OPTION:
                    said = Kind.COMMON if praise & {*atoms[place].text.split()} else Kind.UNKNOWN
                    kept[place] = replace(atoms[place], kind=said)
    return kept


def _in_phrases(atoms: Sequence[Atom], praise: frozenset[str]) -> list[Atom]:
    """Return the atoms (parsed words), with everyday words between an unknown word and its drink marked as unknown.

    In "upside down macchiato" the reply then names both words before the drink."""
    kept, kinds = [*atoms], kinds_of(atoms)
    for at, kind in enumerate(kinds):
        if kind is not Kind.UNKNOWN:
            continue
        end = at + 1
        while kinds[end] in _DESCRIBED:
            end += 1
        if kinds[end] is Kind.DRINK:
            for place in range(at + 1, end):
                if kinds[place] is Kind.COMMON and not praise & {*atoms[place].text.split()}:
                    kept[place] = replace(atoms[place], kind=Kind.UNKNOWN)
    return kept


def _ordered(kinds: Sequence[Kind | None], start: int, end: int, *, ordering: bool) -> bool:
    if kinds[start - 1] is Kind.ARTICLE and kinds[start - 2] is Kind.FOR:
        # In "for a toddler", the unknown word names a person and orders nothing.
        return False
    after = kinds[end]
    if after not in _AFTER:
        # "Can I get a bagel while I wait" orders the bagel, although everyday words follow.
        return kinds[start - 1] in _ASKED and _asks(kinds, start)
    while kinds[start - 1] is Kind.OPTION and start > 1:
        # Options can stand before the unknown word: "a large v60".
        start -= 1
    before = kinds[start - 1]
    if before in _BEFORE:
        return True
    if after is Kind.NAME and _POLITE.issuperset(kinds[:start]):
        # "Frappe for Zoe" orders a frappe and names the person.
        return True
    return ordering and (before in _BETWEEN or after in _MENU)


def _is_all(atoms: Sequence[Atom], start: int, end: int) -> bool:
    return all(atom.kind in _POLITE for atom in (*atoms[:start], *atoms[end:]))


def _asks(kinds: Sequence[Kind | None], at: int) -> bool:
    """Return whether a word that asks for something stands before `at` in the same part of the text."""
    return Kind.ASK in takewhile(lambda kind: kind not in _BREAKS, reversed(kinds[:at]))
