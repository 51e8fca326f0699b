"""Finds what an allergy is to: the things before or after the word for it ("soy allergy", "allergies: milk, soy")."""

from __future__ import annotations

from collections.abc import Sequence

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead

#: Kinds of words that an allergy may be to.
_THINGS = frozenset({Kind.OPTION, Kind.DRINK, Kind.UNKNOWN, Kind.COMMON})
_NOT_ON_MENU = frozenset({Kind.UNKNOWN, Kind.COMMON})
_LISTED = _NOT_ON_MENU | {Kind.OPTION}
#: Kinds of atoms between the word for an allergy and the thing: "allergy: soy", "allergie au soja".
_LEADING = frozenset({Kind.DASH, Kind.TO, Kind.WITH, Kind.THE, Kind.ARTICLE})
_LINKS = frozenset({Kind.AND, Kind.OR})
_SEPARATORS = frozenset({Kind.COMMA, Kind.DASH, *_LINKS})
#: Kinds of atoms that tell that the option after them is wanted.
_WANTING = frozenset({Kind.WITH, Kind.ADD, Kind.EXTRA, Kind.LIGHT})
#: Kinds of atoms after which a drink is one that somebody orders: "a large latte allergy".
_DESCRIBING = frozenset({Kind.OPTION, Kind.NUMBER})


def first_thing(atoms: Sequence[Atom], at: int, lexicon: Lexicon) -> int:
    """Return the position of the first thing that the word for an allergy at `at` follows: "soy" in "soy and almond
    allergy". Return `at` if there is none on the menu."""
    kinds, start = kinds_of(atoms), at
    drink = kinds[at - 1] is Kind.DRINK and kinds[at - 2] not in _DESCRIBING
    if things_after(atoms, at, lexicon) > at + 1 or not (kinds[at - 1] in _LISTED or drink):
        return at
    start -= 1
    while kinds[start - 1] in _LINKS:
        # "Hafer- und Sojaallergie"
        before = start - 2 - (kinds[start - 2] is Kind.DASH)
        if kinds[before] not in _LISTED or kinds[before - 1] in _WANTING:
            break
        start = before
    return start


def things_after(atoms: Sequence[Atom], at: int, lexicon: Lexicon) -> int:
    """Return the position after the things that follow the word for an allergy at `at`: after "soy" in
    "allergies: milk, soy".

    Return `at + 1` if none follow, or if the thing stands before the word: "nut allergy, oat latte"."""
    ahead = Ahead(atoms, lexicon)
    # After a drink, "allergies: banana, peanuts" orders no "peanut" smoothie.
    ordered = any(atom.kind is Kind.DRINK for atom in atoms[:at])
    colon = ahead.kind(at + 1) is Kind.COMMA and atoms[at + 1].text in (":", "(")
    if at and not colon and (atoms[at - 1].kind is Kind.OPTION or _is_allergen(atoms[at - 1], lexicon)):
        return at + 1
    end = first = at + 1 + colon
    for place in range(first, len(atoms)):
        atom, drink, sure = atoms[place], ahead.drink(place), end > first
        if atom.text in lexicon.table.therefore or ahead.describes(place):
            # "I have allergies so oat milk", "allergy large latte"
            break
        if sure and drink is not None and not (ordered and drink is atom):
            # "Allergy: nuts, soy latte please"
            break
        if atom.kind in _THINGS:
            if atom.kind not in _NOT_ON_MENU or _is_allergen(atom, lexicon):
                end = place + 1
        elif atom.kind not in (_LEADING if place == first else _SEPARATORS if sure else _SEPARATORS | _LEADING):
            break
    return end if end > first else at + 1


def _is_allergen(atom: Atom, lexicon: Lexicon) -> bool:
    return tuple(atom.text.split()) in lexicon.table.allergens
