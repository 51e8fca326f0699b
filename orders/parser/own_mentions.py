"""Finds words for a cup that the same text orders: "the small one" in "one large one small, milk in the small one"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS
from orders.parser.spans import Way

#: Kinds of words between an option and the cup that gets it, and kinds of words that may follow this cup.
_GIVING = frozenset({Kind.WITH, Kind.FOR, Kind.TO})
_COUNTED = frozenset({Kind.NUMBER, Kind.ARTICLE})
_PHRASE_ENDS = frozenset({*BREAKS, Kind.FILLER})
#: Kinds of words that may stand between a cup and the option it gets: "auf den großen BITTE EIN WENIG Zimt" (PLEASE A
#: LITTLE cinnamon on the large one).
_BEFORE_GIFT = frozenset({Kind.FILLER, Kind.ADD, Kind.NUMBER, Kind.ARTICLE, Kind.LIGHT, Kind.EXTRA})
#: Kinds of words between a cup and its new option: "the small one SHOULD BE decaf".
_BETWEEN = frozenset({Kind.BEING, Kind.COMMON, Kind.ASK, Kind.MAKE})
_GOING_ON = frozenset({Kind.WITH, Kind.NO, Kind.LIGHT, Kind.EXTRA, Kind.FOR})


def with_own_mentions(way: Way, lexicon: Lexicon) -> Way:
    """Return the atoms, with words for a cup of the same text merged into one `CUP` atom.

    In "one large one small, milk in the small one" these words are "the small one"."""
    drinks = [atom for atom in way if atom.kind is Kind.DRINK]
    somebodys = lexicon.table.mine | lexicon.table.theirs
    atoms = [
        # In "2 large lattes, mine with oat, hers with soy" these words stand for one of the cups each.
        atom._replace(kind=Kind.NUMBER, value=1.0)
        if atom.text in somebodys and len(drinks) == 1 and drinks[0].plural and drinks[0].end < atom.start
        else atom
        for atom in way
    ]
    articles = [at for at, atom in enumerate(way[:-1]) if atom.kind is Kind.THE and way[at + 1].kind is Kind.OPTION]
    for at in reversed(articles):
        option = atoms[at + 1]
        if not is_adjective(option, lexicon) or all(atom.kind is not Kind.DRINK for atom in atoms[:at]):
            continue
        end = at + 2
        if lexicon.table.cups:
            named = end < len(atoms) and atoms[end].text in lexicon.table.cups
            if not named and not _is_of_a_list(option, atoms[: at - 2]):
                continue
            end += named
        after = _kind_of(atoms[end], lexicon) if end < len(atoms) else None
        given = atoms[at - 1].kind in _GIVING and atoms[at - 2].kind is Kind.OPTION and after in (None, *_PHRASE_ENDS)
        # The next option describes the cup: "the small one decaf", "the small one should be decaf".
        said = next((atom.kind for atom in atoms[end:] if atom.kind not in _BETWEEN), None)
        told = said is Kind.OPTION and bool(lexicon.table.cups)
        gets = _gets(atoms, at, end, lexicon)
        if given or told or gets or after in _GOING_ON:
            text = " ".join(atom.text for atom in atoms[at:end])
            cup = Atom(Kind.CUP, atoms[at].start, atoms[end - 1].end, text, value=-1, meanings=option.meanings)
            atoms[at - (gets and atoms[at - 1].kind is Kind.WITH) : end] = [cup]
    return tuple(atoms)


def _gets(atoms: list[Atom], at: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether the cup at [at, end) gets the option after it: "auf den großen Zimt" (cinnamon on the large one)."""
    inside = atoms[at - 1].kind is Kind.WITH or atoms[at].text in lexicon.table.inside
    gift = next((atom for atom in atoms[end:] if atom.kind not in _BEFORE_GIFT), None)
    return inside and gift is not None and gift.kind is Kind.OPTION and not is_adjective(gift, lexicon)


def _is_of_a_list(option: Atom, before: Sequence[Atom]) -> bool:
    """Tell whether the option alone names one of the counted cups: "the large" after "1 large 2 regular"."""
    counted = (after for number, after in pairwise(before) if number.kind in _COUNTED and after.kind is Kind.OPTION)
    options = [{meaning.name for meaning in each.meanings} for each in counted]
    return len(options) > 1 and {meaning.name for meaning in option.meanings} in options


def _kind_of(atom: Atom, lexicon: Lexicon) -> Kind:
    """Return the kind of an atom, and `NO` for an option that is called "without caffeine"."""
    refuses = atom.kind is Kind.OPTION and lexicon.table.kind((atom.text.split()[0],)) is Kind.NO
    return Kind.NO if refuses else atom.kind


def is_adjective(option: Atom, lexicon: Lexicon, asked: str = "") -> bool:
    """Tell whether the option alone may name a cup, as "le petit" does, unlike "le lait d'avoine".

    Options of the group `asked` name no cup."""
    for meaning in option.meanings:
        group = lexicon.groups[meaning.group]
        if group.choose != "one" or group.name == asked or (group.role == "milk" and not _is_black(option, lexicon)):
            return False
    return True


def _is_black(option: Atom, lexicon: Lexicon) -> bool:
    """Tell whether one word says that a drink has no milk: "el negro", but not "el sin leche"."""
    none = all(lexicon.none_of(lexicon.groups[m.group]) == (m.group, m.name) for m in option.meanings)
    return none and len(option.text.split()) == 1
