"""Marks menu words as unknown where they belong to something that is not on the menu.

If the menu has no flat white, the "white" of "a flat white" is unknown, and so is the honey of "a kombucha with
honey"."""

from __future__ import annotations

from collections.abc import Sequence

from orders.parser.atoms import Atom, Kind, Meaning, joined
from orders.parser.lexicon import Lexicon, every_name
from orders.parser.lookahead import Ahead
from orders.parser.words import stems

_ASIDE = frozenset({Kind.WITH, Kind.EXTRA, Kind.LIGHT, Kind.NO})
_BEFORE_COUNT = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH, Kind.AND, Kind.FILLER, Kind.ASK})
_ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH, Kind.FILLER, Kind.AND})
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.ANOTHER})
_OF_THING = frozenset({Kind.WITH, Kind.FOR, Kind.NAME})
_ADDED = frozenset({Kind.OPTION, Kind.UNKNOWN, Kind.EXTRA, Kind.LIGHT})
_NAMED = frozenset({Kind.NAME, Kind.OWNER})


def mark_strangers(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Mark menu words as unknown where they belong to something that is not on the menu."""
    atoms = _lone_options_as_drinks(atoms, lexicon)
    tidied: list[Atom] = []
    kinds = {atom.kind for atom in atoms}
    drinks, swaps = Kind.DRINK in kinds, not kinds.isdisjoint((Kind.SWAP, Kind.OF_THEM))
    for at, atom in enumerate(atoms):
        before = tidied[-1].kind if tidied else None
        if atom.kind is Kind.DRINK and atom.phrase in lexicon.beginnings and before in _ASIDE:
            atom = atom._replace(kind=Kind.UNKNOWN, meanings=())
        after = atoms[at + 1] if at + 1 < len(atoms) else None
        begun = atom.kind is Kind.DRINK and atom.phrase in lexicon.beginnings
        if begun and after is not None and after.kind is Kind.DRINK and both_words(atom, after, lexicon) is None:
            # "peppermint latte" does not order a peppermint tea and a latte.
            atom = atom._replace(kind=Kind.UNKNOWN, meanings=())
        if atom.phrase in lexicon.introduced and _goes_on(tidied):
            # "un latte con leche de soja" (a latte with soy milk) orders no second latte.
            tidied += with_option(atom, lexicon)
            continue
        if atom.kind is Kind.DRINK and tidied and _is_other_kind(tidied[-1], atom, lexicon):
            while tidied and tidied[-1].kind is Kind.UNKNOWN:
                atom = joined(tidied.pop(), atom)
        if atom.kind is Kind.DRINK and (meanings := _as_option(atom, tidied, lexicon)):
            atom = atom._replace(kind=Kind.OPTION, meanings=meanings)
        if atom.kind is Kind.DRINK and not swaps and _adds_itself(atom, tidied, lexicon):
            # "a mango smoothie with mango" orders one smoothie. "swap the latte with a mocha" names two drinks.
            atom = atom._replace(kind=Kind.UNKNOWN, meanings=())
        ends = after is None or after.kind in _ENDS
        named = after is not None and after.kind in _NAMED
        whole = atom.kind is Kind.OPTION and before is Kind.UNKNOWN and len(tidied) > 1 and ends
        thing = atom.text in lexicon.table.things and after is not None and after.kind is Kind.COMMON
        if atom.kind is Kind.UNKNOWN and (ends or thing or named) and drinks and _counted_option(tidied):
            # "a latte and a small tree", "a large kombucha and a mocha": the size belongs to the unknown word.
            tidied[-1] = joined(tidied[-1], atom)._replace(kind=Kind.UNKNOWN, meanings=())
        elif whole and tidied[-2].kind in _COUNTS:
            tidied[-1] = joined(tidied[-1], atom)
        else:
            tidied.append(atom)
    return _with_their_own(tidied) if drinks else tidied


def _lone_options_as_drinks(atoms: Sequence[Atom], lexicon: Lexicon) -> Sequence[Atom]:
    """Read an option that is ordered alone as the drink with this word in its name: "a large chocolate".

    In "2 lattes, one chocolate" the chocolate stays an option, of one of the lattes."""
    found = [*atoms]
    for at, atom in enumerate(atoms):
        if atom.kind is not Kind.OPTION or not lexicon.groups[atom.meanings[0].group].amounts:
            continue
        start = at
        while start and atoms[start - 1].kind is Kind.OPTION:
            start -= 1
        # In "a Berry blast, 2 ginger" the number is an amount.
        before = atoms[start - 1] if start else atom
        counted = before.kind is Kind.ARTICLE or (atom.plural and _counts_cups(before))
        begins = start < 2 or atoms[start - 2].kind in _BEFORE_COUNT
        if not counted or not begins or Ahead(atoms, lexicon).drink(at) is not None:
            continue
        after = atoms[at + 1].kind if at + 1 < len(atoms) else None
        shared = any(one.value > 1 or one.plural for one in atoms[: start - 1])
        called = [drink for drink in lexicon.drinks if lexicon.is_called(drink, "".join(atom.phrase[-1:]))]
        if len(called) == 1 and not shared and after not in (Kind.UNKNOWN, Kind.COMMON, Kind.UNIT):
            meaning = Meaning(Kind.DRINK, called[0])
            found[at] = atom._replace(kind=Kind.DRINK, meanings=(meaning,), phrase=stems(called[0]))
    return found


def _counts_cups(atom: Atom) -> bool:
    return atom.kind is Kind.NUMBER and atom.value >= 1 and atom.value == int(atom.value)


def _with_their_own(atoms: list[Atom]) -> list[Atom]:
    """Merge an unknown thing with its options and its name into one atom.

    In "a latte and a small kombucha with honey" the honey belongs to the kombucha."""
    tidied = [*atoms]
    for at in range(len(atoms) - 2, 1, -1):
        if atoms[at].kind is not Kind.UNKNOWN or atoms[at + 1].kind not in _OF_THING:
            continue
        start = at
        while atoms[start - 1].kind is Kind.UNKNOWN:
            start -= 1
        start -= atoms[start - 1].kind is Kind.OPTION
        end = at + 1
        if start < 2 or atoms[start - 1].kind is not Kind.ARTICLE or atoms[start - 2].kind not in _ENDS:
            continue
        if atoms[end].kind is Kind.WITH:
            end = _end_of_addition(atoms, end + 1)
        for other in atoms[start + 1 : end]:
            tidied[start] = joined(tidied[start], other)
        tidied[start:end] = [tidied[start]._replace(kind=Kind.UNKNOWN, meanings=(), phrase=())]
    return tidied


def _end_of_addition(atoms: Sequence[Atom], at: int) -> int:
    """Return the position after a list of additions: "butter and honey".

    If something else is ordered after the "and", the list ends before the "and"."""
    end = at
    while end < len(atoms) and atoms[end].kind in _ADDED:
        end += 1
    is_more = [atom.kind in _ADDED for atom in atoms[end + 1 : end + 2]] == [True] and atoms[end].kind is Kind.AND
    more = _end_of_addition(atoms, end + 1) if is_more else end
    return more if more == len(atoms) or atoms[more].kind in _ENDS else end


def _is_other_kind(before: Atom, atom: Atom, lexicon: Lexicon) -> bool:
    """Tell whether the word before makes this another drink: "green tea" is no black tea, although "tea" alone is."""
    thing = before.kind is Kind.UNKNOWN and before.text in lexicon.table.things - lexicon.table.describing
    names = (name for meaning in atom.meanings for name in every_name(lexicon.drinks[meaning.name]))
    return thing and len(atom.phrase) == 1 and any(stems(name) in lexicon.category_words for name in names)


def _adds_itself(atom: Atom, tidied: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Tell whether a "with" adds this drink to a drink of its category: "with mango", "with 4 shots of espresso"."""
    portion = lexicon.table.kind(tuple(atom.text.split()[:2])) is Kind.UNIT
    added = any(other.kind is Kind.WITH for other in tidied[-3 if portion else -1 :])
    return added and _alike(atom, tidied, lexicon)


def _goes_on(tidied: Sequence[Atom]) -> bool:
    """Tell whether the noun phrase already has its drink, so that "con leche" after it orders no second drink."""
    since = next((at for at in range(len(tidied), 0, -1) if tidied[at - 1].kind is not Kind.OPTION), 0)
    return since > 0 and tidied[since - 1].kind in (Kind.DRINK, Kind.ALL)


def with_option(atom: Atom, lexicon: Lexicon) -> list[Atom]:
    """Split a drink's alias such as "con leche" into the preposition and the option."""
    preposition, _, said = atom.text.partition(" ")
    return [
        Atom(Kind.WITH, atom.start, atom.start + 1, preposition),
        atom._replace(kind=Kind.OPTION, start=atom.start + 1, text=said, meanings=lexicon.introduced[atom.phrase]),
    ]


def _as_option(atom: Atom, tidied: Sequence[Atom], lexicon: Lexicon) -> tuple[Meaning, ...]:
    """Return the options that a drink's word may mean when it is added to another drink; () otherwise.

    In "a margherita with pepperoni" the pepperoni is an option and no second pizza."""
    meanings = lexicon.option_beginnings.get(atom.phrase, ())
    last = next((other for other in reversed(tidied) if other.kind is Kind.DRINK), None)
    if not meanings or last is None:
        return ()
    kinds = [other.kind for other in tidied[-2:]]
    added = kinds[-1] in _ASIDE or kinds == [Kind.OPTION, Kind.AND] or kinds[-1] is Kind.ADD
    weighed = tidied[-1].value < 1 or tidied[-1].text in lexicon.table.multipliers
    if not added and not (kinds[-1] is Kind.NUMBER and weighed):
        return ()
    return tuple(m for m in meanings if any(lexicon.fits(drink.name, m.group) for drink in last.meanings))


def _counted_option(tidied: Sequence[Atom]) -> bool:
    """Tell whether the last atoms are a number or an article and an option: "a small"."""
    return len(tidied) > 1 and tidied[-1].kind is Kind.OPTION and tidied[-2].kind in _COUNTS


def _alike(atom: Atom, before: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Tell whether this drink and the last drink before it are of one category."""
    last = next((other for other in reversed(before) if other.kind is Kind.DRINK), None)
    categories = {lexicon.category(m.name) for m in last.meanings} if last else set()
    return any(lexicon.category(meaning.name) in categories for meaning in atom.meanings)


def both_words(first: Atom, second: Atom, lexicon: Lexicon) -> Atom | None:
    for phrase in ((*first.phrase, *second.phrase), (*second.phrase, *first.phrase)):
        meanings = tuple(m for m in lexicon.phrases.get(phrase, ()) if m.kind is Kind.DRINK)
        if meanings:
            return second._replace(meanings=meanings, phrase=phrase, text=f"{first.text} {second.text}")
    # "english brekky tea": both parts name the same drink, and the first part is only a short form of its name.
    same = tuple(m for m in second.meanings if any(m.name == other.name for other in first.meanings))
    if same and first.phrase in lexicon.beginnings:
        return second._replace(meanings=same, text=f"{first.text} {second.text}")
    return None
