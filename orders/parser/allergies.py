"""Finds what a customer is allergic to. It can stand before or after the word for the allergy: "soy allergy",
"allergies: milk, soy"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import ENDS, Ahead

#: Kinds of words that can name what a customer is allergic to.
_THINGS = frozenset({Kind.OPTION, Kind.DRINK, Kind.UNKNOWN, Kind.COMMON})
_NOT_ON_MENU = frozenset({Kind.UNKNOWN, Kind.COMMON})
_LISTED = _NOT_ON_MENU | {Kind.OPTION}
#: Kinds of words between the word for an allergy and the allergen: "to" in "allergy to soy", "au" in "allergie au
#: soja".
_LEADING = frozenset({Kind.DASH, Kind.TO, Kind.WITH, Kind.THE, Kind.ARTICLE})
_OPENING = frozenset({Kind.COMMA, Kind.DASH})
_LINKS = frozenset({Kind.AND, Kind.OR})
_SEPARATORS = frozenset({Kind.COMMA, Kind.DASH, *_LINKS})
_VERBS = frozenset({Kind.COMMON, Kind.UNKNOWN, Kind.ASK, Kind.ARTICLE, Kind.THE, Kind.MAKE, Kind.BEING})
_SAID_OF = (_VERBS - {Kind.BEING}) | {Kind.FILLER, Kind.NO, Kind.IT}
_ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
#: Kinds of words that can stand before the option in a sentence such as "the milk and I are not friends".
_BEFORE_SUBJECT = frozenset({Kind.THE, Kind.FILLER, Kind.CORRECT})
#: Kinds of words that show that the option after them is wanted and not refused: "with", "add", "extra", "light".
_WANTING = frozenset({Kind.WITH, Kind.ADD, Kind.EXTRA, Kind.LIGHT})
#: Kinds of words before a drink that show that the drink is ordered and not refused: "large" in "large latte, allergy".
_DESCRIBING = frozenset({Kind.OPTION, Kind.NUMBER})


def first_thing(atoms: Sequence[Atom], at: int, lexicon: Lexicon) -> int:
    """Return the position of the first allergen that stands before the allergy word at position `at`.

    The allergy word names the allergy or its effect: "allergy" in "soy and almond allergy", "migraines" in "soy gives
    me migraines". Both texts return the position of "soy". Return `at` if no allergen stands before the word."""
    if things_after(atoms, at, lexicon) > at + 1:
        return at
    kinds, end = kinds_of(atoms), at
    if kinds[at - 1] is Kind.FILLER:
        # Skip the article "des" in the French "le soja me donne des migraines" (soy gives me migraines).
        end -= 1
    while _is_crossed(atoms[end - 1] if end else None, lexicon):
        end -= 1
    if kinds[end - 1] is Kind.DRINK:
        others = end == at or sum(kind is Kind.DRINK for kind in kinds) > 1
        return end - 1 if others and kinds[end - 2] not in _DESCRIBING else at
    if kinds[end - 1] is not Kind.OPTION and kinds[at - 1] in _LISTED:
        end = at
    if kinds[end - 1] not in _LISTED:
        return at
    start = end - 1
    while kinds[start - 1] in _LINKS:
        # Skip the hyphen in the German "Hafer- und Sojaallergie" (oat and soy allergy).
        before = start - 2 - (kinds[start - 2] is Kind.DASH)
        if kinds[before] not in _LISTED or kinds[before - 1] in _WANTING:
            break
        start = before
    # "Latte with oat I have allergies" orders oat. "With oat I get a rash" refuses it.
    wanted = end < at and kinds[start - 1] in _WANTING and kinds[start - 2] not in ENDS
    return at if wanted else start


def with_doubts(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Return the atoms (words with their kind), where "milk and I are not friends" is changed to an allergy to milk.

    A sentence is changed if it begins with an option, mentions a person ("I"), and has a "not", an unknown word or a
    word of doubt. Then its last word becomes the allergy word. Such a sentence never orders the option."""
    said = [*atoms]
    for start, atom in enumerate(atoms):
        if atom.kind is not Kind.OPTION:
            continue
        before = [one.kind for one in atoms[:start] if one.kind not in _BEFORE_SUBJECT][-1:]
        if before not in ([], [Kind.COMMA], [Kind.STOP], [Kind.DASH]):
            continue
        end = next((at for at in range(start + 1, len(atoms)) if atoms[at].kind in _ENDS), len(atoms))
        joins = (
            start + 1 < end
            and atoms[start + 1].kind is Kind.AND
            and _is_about_somebody(atoms[start + 2 :][:1], lexicon)
        )
        told = atoms[start + 1 + joins : end]
        # Nobody is allergic to a size, so "large and I are not friends" is not read as an allergy.
        size = lexicon.is_size(atom.meanings)
        refusable = not size and lexicon.table.kind(atom.phrase[:1]) is not Kind.NO
        doubtful = refusable and any(_is_doubt(one, lexicon) for one in told)
        if doubtful and _SAID_OF.issuperset([one.kind for one in told]) and _is_about_somebody(told, lexicon):
            said[start + 1 : end] = [replace(one, kind=Kind.COMMON) for one in atoms[start + 1 : end]]
            said[end - 1] = replace(said[end - 1], kind=Kind.ALLERGY)
    return said


def _is_about_somebody(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    return any(not lexicon.table.persons.isdisjoint(atom.text.split()) for atom in atoms)


def _is_doubt(atom: Atom, lexicon: Lexicon) -> bool:
    return atom.kind in (Kind.UNKNOWN, Kind.NO) or atom.text in lexicon.table.doubtful


def _is_crossed(atom: Atom | None, lexicon: Lexicon) -> bool:
    """Return whether to skip the word when looking back from an effect to its allergen: "gives" and "me" in "soy gives
    me migraines"."""
    if atom is None or atom.text in lexicon.table.reasons or _is_allergen(atom, lexicon):
        return False
    return atom.kind in _VERBS or not lexicon.table.persons.isdisjoint(atom.text.split())


def things_after(atoms: Sequence[Atom], at: int, lexicon: Lexicon) -> int:
    """Return the position after the allergens that follow the word for the allergy at `at`. In "allergies: milk, soy",
    this is the position after "soy".

    Return `at + 1` if no allergen follows. In "nut allergy, oat latte", the allergen stands before the word."""
    ahead = Ahead(atoms, lexicon)
    # In "a latte, allergies: banana, peanuts", a drink was ordered before. So "peanuts" is an allergen, too, and orders
    # no peanut smoothie.
    ordered = any(atom.kind is Kind.DRINK for atom in atoms[:at])
    colon = ahead.kind(at + 1) is Kind.COMMA and atoms[at + 1].text in (":", "(")
    if at and not colon and (atoms[at - 1].kind is Kind.OPTION or _is_allergen(atoms[at - 1], lexicon)):
        return at + 1
    end = first = at + 1 + colon
    for place in range(first, len(atoms)):
        atom, drink, sure = atoms[place], ahead.drink(place), end > first
        if atom.text in lexicon.table.therefore or ahead.describes(place):
            # The list of allergens ends where an order begins: at "so" in "I have allergies so oat milk", and at
            # "large" in "allergy large latte".
            break
        if sure and drink is not None and not (ordered and drink is atom):
            # In "allergy: nuts, soy latte please", the allergy is to nuts only. The soy latte is ordered.
            break
        if atom.kind in _THINGS:
            if atom.kind not in _NOT_ON_MENU or _is_allergen(atom, lexicon):
                end = place + 1
            elif ahead.kind(at - 1) is not Kind.UNKNOWN and atoms[place - 1].kind in _OPENING and not sure:
                # An unknown word right after a comma or dash is read as an allergen too: "allergies - lupin".
                end = place + 1
        elif atom.kind not in (_LEADING if place == first else _SEPARATORS if sure else _SEPARATORS | _LEADING):
            break
    return end if end > first else at + 1


def _is_allergen(atom: Atom, lexicon: Lexicon) -> bool:
    return tuple(atom.text.split()) in lexicon.table.allergens
