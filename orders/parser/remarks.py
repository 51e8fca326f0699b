"""Finds remarks for the barista, such as French "à part" (on the side) and "not too strong", which refuses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from orders.parser.atoms import Atom, Kind, kinds_of, merged
from orders.parser.lexicon import Lexicon

_ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
_ORDERED = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY})
_AFTER_COUNT: frozenset[Kind | None] = _ENDS | {Kind.AND, Kind.BUT, None}
_AFTER_DEGREE: frozenset[Kind | None] = _AFTER_COUNT | {Kind.FILLER, Kind.FOR, Kind.WITH}
_ADDING = frozenset({Kind.WITH, Kind.LIGHT, Kind.EXTRA, Kind.AND})
_REMARKING = frozenset({Kind.LIGHT, Kind.EXTRA, Kind.NO, Kind.ALL, Kind.WITH})
#: Word kinds allowed between a drink and an addition such as "all the veggies".
_PUT_ONTO = frozenset({Kind.OPTION, Kind.WITH, Kind.NO, Kind.LIGHT, Kind.EXTRA, Kind.COMMA})
_NOT_ON_MENU = frozenset({Kind.COMMON, Kind.UNKNOWN})
_ALL_THE = (Kind.ALL, Kind.THE, None)
_HALF = 0.5
_POLITE = frozenset({Kind.FILLER, Kind.CORRECT, Kind.AND, Kind.ASK})


def with_remarks(atoms: Sequence[Atom], lexicon: Lexicon) -> Sequence[Atom]:
    """Return the atoms (parsed words) with each remark for the barista merged into one atom."""
    # This check saves time, because most texts have no word that can make a remark.
    heads, remarking = lexicon.group_words, lexicon.table.remarking
    remarks = not _REMARKING.isdisjoint([atom.kind for atom in atoms])
    if remarks or [atom for atom in atoms if atom.text in remarking or atom.phrase in heads]:
        return _merge_remarks(atoms, lexicon)
    return atoms


def _merge_remarks(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    said: list[Atom] = []
    kinds = kinds_of(atoms)
    for at, atom in enumerate(atoms):
        begin = _start_of_remark(said, atom, kinds[at + 1 : at + 3], lexicon)
        if begin is not None:
            said[begin:] = [merged([*said[begin:], atom], Kind.REMARK)]
        elif atom.kind is Kind.DRINK and _is_all_of_a_drink(said):
            # "All the veggies except olives" becomes a note as a whole, and the olives are refused as well.
            said.append(replace(atom, kind=Kind.COMMON, meanings=()))
        elif said and (half := _half_of(said, atom, lexicon)):
            # "Half Hawaiian, half pepperoni" orders one pizza and not two.
            said[-1:] = half
        elif said and _is_multiplied(said[-1], atom, lexicon):
            # The "double" of "double cheese" must not choose a double patty.
            said[-1:] = [merged([said[-1], atom], Kind.REMARK), atom]
        elif len(said) > 1 and (milk := _milk_of(said, atom, lexicon)):
            # The "cold" of "a side of cold milk" must not make the drink cold.
            said[-1:] = [merged([said[-1], atom], Kind.REMARK), milk]
        else:
            said.append(atom)
    return said


def _start_of_remark(said: Sequence[Atom], atom: Atom, after: Sequence[Kind | None], lexicon: Lexicon) -> int | None:
    """Return the index of a remark's first word if `atom` is the remark's last word; None otherwise.

    `after`: the kinds of the next two words, with a None for the end of the text."""
    if not said:
        return None
    before, last = said[-1], len(said) - 1
    if atom.kind is Kind.DRINK:
        general = atom.phrase in lexicon.category_words and _is_drunk(said)
        if before.kind is Kind.LIGHT and (general or _is_named(atom, said)):
            # In "a latte but go easy on the coffee", the remark orders no second drink.
            return last
        if after[0] is not Kind.NO and _is_all_of_a_drink(said):
            # In "a turkey sub with all the veggies", "veggies" is not the name of a second sub.
            return last - 1
    elif before.text in lexicon.table.multipliers and atom.kind is Kind.UNKNOWN and _is_drunk(said):
        # In "double meat" the number counts no cups, because the meat is not on the menu.
        return last
    if before.kind is Kind.NOTE and atom.kind is Kind.OPTION and atom.phrase in lexicon.group_words:
        # "Vegan cheese" must not choose the menu's only cheese.
        return last
    if atom.kind is Kind.OPTION and _is_half_with(said):
        # "A large pizza, half with olives, half with ham" puts neither of the two on the whole pizza.
        return last - 1
    if atom.text in lexicon.table.aside:
        return len(said)
    if _is_count_of_nothing(said, atom, after, lexicon):
        # "Tea with two" probably means two sugars. The barista decides, so "with two" becomes a note.
        return last
    if atom.kind is Kind.UNKNOWN and before.kind is Kind.NO and after[0] in _AFTER_DEGREE:
        # "No ice" refuses something that is not on the menu, so the barista must know. The words can also be a text of
        # their own: "ok no ice then".
        return last if _is_drunk(said) or _POLITE.issuperset(kinds_of(said[:-1])[:-1]) else None
    return _start_of_degree(said, atom, after[0], lexicon)


def _milk_of(said: Sequence[Atom], atom: Atom, lexicon: Lexicon) -> Atom | None:
    """Return the atom of the milk or extra that an adjective describes: "milk" in "with cold milk" and "leche" in the
    Spanish "con leche fría". The "cold" is then not for the drink. Return None for other words.

    `said` has the atoms before `atom`. The adjective and its noun are the last of them and `atom`, in either order."""
    before, heads = said[-1], lexicon.group_words
    if atom.kind is not Kind.OPTION:
        return None
    of_extra = before.text in lexicon.table.describing and all(map(lexicon.amounts, atom.meanings))
    is_milk = any(lexicon.groups[meaning.group].role == "milk" for meaning in atom.meanings)
    of_milk = atom.phrase in heads or (is_milk and any((word,) in heads for word in atom.phrase))
    if before.kind is Kind.OPTION and (of_extra or of_milk):
        told, milk = before, atom
    elif before.phrase in heads and not lexicon.table.options_first:
        told, milk = atom, before
    else:
        return None
    # Milk is only added after "with", "extra" or the like. After an article, as in the Spanish "con la leche fría"
    # (with the milk cold), it is the milk that the drink has anyway.
    last = said[-2].text.split()[-1:]
    added = said[-2].kind in _ADDING and lexicon.table.kind((*last,)) is not Kind.THE
    added = added or said[-2].text in lexicon.table.linking
    groups = [lexicon.groups[meaning.group] for meaning in told.meanings]
    return milk if added and all(g.choose == "one" and not (g.role or g.ask) for g in groups) else None


def _is_count_of_nothing(said: Sequence[Atom], atom: Atom, after: Sequence[Kind | None], lexicon: Lexicon) -> bool:
    """Return whether a number stands alone after "with", as in "a tea with two". Then it counts no drinks."""
    if atom.kind is not Kind.NUMBER or said[-1].kind is not Kind.WITH or said[-1].text in lexicon.table.inside:
        return False
    several = any(one.value > 1 for one in said)
    # The words "with two" must end the phrase, apart from a polite word. In "cream on one of the mochas" the number
    # counts cups.
    ends = after[after[0] is Kind.FILLER] in _AFTER_COUNT
    return ends and not several and any(one.kind in _ORDERED for one in said[-2:-1])


def _is_multiplied(before: Atom, atom: Atom, lexicon: Lexicon) -> bool:
    """Return whether `before`, such as the "double" of "double cheese", was read as an option (a double patty),
    although it is an amount of cheese."""
    amount = before.text in lexicon.table.multipliers and atom.phrase in lexicon.group_words
    return amount and before.kind is atom.kind is Kind.OPTION


def _half_of(said: Sequence[Atom], atom: Atom, lexicon: Lexicon) -> list[Atom]:
    """Return the atoms that replace "half Hawaiian": a remark, and for the first half of a pizza also the pizza.

    After a latte, "half the coffee" becomes only a remark, because "coffee" names the latte's category there. For other
    words the list is empty."""
    if atom.kind is not Kind.DRINK or said[-1].value != _HALF:
        return []
    remark = merged([said[-1], atom], Kind.REMARK)
    if not _is_drunk(said):
        return [remark, atom]
    halves = any(one.end == two.end for one, two in pairwise(said))
    return [remark] if halves or (atom.phrase in lexicon.category_words and not atom.plural) else []


def _is_all_of_a_drink(before: Sequence[Atom]) -> bool:
    """Return whether the words end in "all the" that adds to a drink: "a turkey sub with all the" (veggies).

    Only options and small words may stand between the drink and "all the"."""
    if kinds_of(before[-2:]) != _ALL_THE:
        return False
    last = next((at for at in range(len(before), 0, -1) if before[at - 1].kind is Kind.DRINK), len(before))
    return last < len(before) and all(atom.kind in _PUT_ONTO for atom in before[last:-2])


def _is_half_with(before: Sequence[Atom]) -> bool:
    """Return whether the words end in "half with", after a drink and without a number above one: "a large pizza, half
    with" (olives)."""
    half = before[-1].kind is Kind.WITH and any(atom.value == _HALF for atom in before[-2:-1])
    return half and _is_drunk(before) and not any(atom.value > 1 for atom in before)


def _is_drunk(before: Sequence[Atom]) -> bool:
    return any(atom.kind is Kind.DRINK for atom in before)


def _is_named(atom: Atom, before: Sequence[Atom]) -> bool:
    return any(one.meanings == atom.meanings for one in before)


def _start_of_degree(before: Sequence[Atom], atom: Atom, following: Kind | None, lexicon: Lexicon) -> int | None:
    """Return the index of "not" in a remark such as "not too strong" if `atom` is the remark's last word; None
    otherwise."""
    table, last = lexicon.table, len(before) - 1
    if before[-1].kind is Kind.LIGHT and atom.kind in _NOT_ON_MENU and atom.text not in table.things:
        # French "peu épicé" (not very spicy) needs no word for "not". This is only for words that are not on the menu,
        # because "peu" before an option can refuse the option.
        return last if _is_drunk(before) and following in _AFTER_DEGREE else None
    if before[-1].kind is Kind.NO and not table.degrees.isdisjoint(atom.text.split()[:-1]):
        # The menu can have an option "very hot". Then the remark "not very hot" is "not" and this option.
        return last
    if before[-1].kind is Kind.EXTRA and atom.kind is Kind.COMMON:
        # "An extra lid" is not on the menu, but the barista has lids, so the words become a remark.
        return last if _is_drunk(before) else None
    degree = len(before) > 1 and before[-1].text in table.degrees and before[-2].kind is Kind.NO
    return last - 1 if degree else None
