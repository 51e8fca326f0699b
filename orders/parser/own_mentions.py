"""Finds words for a cup that the same text orders, such as "the small one" in "one large one small, milk in the
small one"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS
from orders.parser.spans import Way

#: `_GIVING` has the kinds of words between an option and the cup that gets it, as in "milk in the small one".
#: `_PHRASE_ENDS` has the kinds of words allowed after this cup.
_GIVING = frozenset({Kind.WITH, Kind.FOR, Kind.TO})
_PHRASE_ENDS = frozenset({*BREAKS, Kind.FILLER})
#: Word kinds allowed between a cup and its new option: "should be" in "the small one should be decaf", "bitte ein
#: wenig" in German "auf den großen bitte ein wenig Zimt" (a little cinnamon on the large one, please).
_SAYING = frozenset({Kind.BEING, Kind.COMMON, Kind.ASK, Kind.MAKE, Kind.FILLER, Kind.ADD})
_BETWEEN = _SAYING | {Kind.NUMBER, Kind.ARTICLE, Kind.LIGHT, Kind.EXTRA}
_GOING_ON = frozenset({Kind.WITH, Kind.NO, Kind.LIGHT, Kind.EXTRA, Kind.FOR})


def with_own_mentions(way: Way, lexicon: Lexicon) -> Way:
    """Return the atoms (parsed words), with words for a cup of the same text merged into one `CUP` atom.

    In "one large one small, milk in the small one" these words are "the small one"."""
    drinks, kinds = [atom for atom in way if atom.kind is Kind.DRINK], kinds_of(way)
    atoms = [
        # In "2 large lattes, mine with oat, hers with soy", the words "mine" and "hers" mean one of the lattes each.
        replace(atom, kind=Kind.NUMBER, value=1.0)
        if atom.text in lexicon.table.somebodys and len(drinks) == 1 and drinks[0].end < atom.start
        else atom
        for atom in way
    ]
    for at in [at for at, kind in enumerate(kinds) if kind is Kind.THE and kinds[at + 1] is Kind.OPTION][::-1]:
        option = atoms[at + 1]
        if not is_adjective(option, lexicon) or all(atom.kind is not Kind.DRINK for atom in atoms[:at]):
            continue
        end = at + 2
        if lexicon.table.cups:
            named = any(atom.text in lexicon.table.cups for atom in atoms[end : end + 1])
            # After "1 large 2 regular", the words "the large" are enough to name a cup.
            if not named and option.meanings not in [atom.meanings for atom in atoms[: at - 2]]:
                continue
            end += named
        if _is_for_somebody(atoms[:at], option):
            continue
        after = kinds_of(atoms)[end]
        given = atoms[at - 1].kind in _GIVING and after in (None, *_PHRASE_ENDS)
        # An option after the words for a cup is for this cup: "the small one decaf", "the small one should be decaf".
        told = next((atom.kind for atom in atoms[end:] if atom.kind not in _BETWEEN), None) is Kind.OPTION
        if given or told or after in _GOING_ON:
            text = " ".join(atom.text for atom in atoms[at:end])
            cup = Atom(Kind.CUP, atoms[at].start, atoms[end - 1].end, text, value=-1, meanings=option.meanings)
            # In German "auf den großen Zimt" (cinnamon on the large one), the option follows the cup.
            atoms[at - (told and atoms[at - 1].kind is Kind.WITH) : end] = [cup]
    return tuple(atoms)


def _is_for_somebody(before: Sequence[Atom], option: Atom) -> bool:
    """Return whether "for the little one" means a child and not a cup. It does after a drink, or if no cup was called
    little before."""
    *_, drink, preposition = (None, *kinds_of(before)[:-1])
    called = any(atom.meanings == option.meanings for atom in before)
    return preposition is Kind.FOR and (drink is Kind.DRINK or not called)


def is_adjective(option: Atom, lexicon: Lexicon) -> bool:
    """Return whether the option alone can name a cup: French "le petit" (the small one) can, "le lait d'avoine" (oat
    milk) cannot."""
    groups = [lexicon.groups[meaning.group] for meaning in option.meanings]
    milk = any(group.role == "milk" for group in groups) and not _is_black(option, lexicon)
    return not milk and all(group.choose == "one" for group in groups)


def _is_black(option: Atom, lexicon: Lexicon) -> bool:
    """Return whether the option says that a drink has no milk, such as Spanish "el negro" (the black one)."""
    return all(lexicon.none_of(lexicon.groups[m.group]) == (m.group, m.name) for m in option.meanings)
