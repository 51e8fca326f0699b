"""Finds lists after a refusal, such as "no sugar, honey or cream". Every member of such a list is refused.

A list needs an "or", "nor" or "and" before its last member, so "no sugar, oat milk" is none and asks for oat milk.
"No sugar and large" is none either, because nobody refuses a size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orders.parser.atoms import Atom, Kind, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.reading import Intent
from orders.parser.words import Token

_REFUSALS = frozenset({Kind.NO, Kind.REFUSES, Kind.DROP})
#: Word kinds that join two members of a list. NO stands for "nor".
_LINKS = frozenset({Kind.COMMA, Kind.AND, Kind.OR, Kind.NO, Kind.ADD})
#: Kinds of small words allowed before a member of a list, such as "the" and French "du".
_BEFORE_MEMBER = frozenset({Kind.THE, Kind.FILLER})
#: Word kinds that join the last member to its list.
_LAST = frozenset({Kind.AND, Kind.OR, Kind.NO})
#: Word kinds allowed after "no ham, olives and onions", if it refuses all three. None stands for the end of the text.
_AFTER: frozenset[Kind | None] = frozenset({None, Kind.STOP, Kind.COMMA, Kind.DASH, Kind.FILLER, Kind.FOR, Kind.CALLED})
_MOST_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Member:
    #: The index after the previous member, where the words that join the two members begin.
    start: int
    #: The member stands from index `at` up to, but not including, index `end`.
    at: int
    end: int
    joined: Kind | None


def with_lists_refused(atoms: Sequence[Atom], tokens: Sequence[Token], lexicon: Lexicon) -> Sequence[Atom]:
    """Return the atoms (parsed words) with a refusal before each member of a refused list.

    "No sugar, honey or cream" becomes "no sugar no honey no cream". A statement must stay in one piece for the note to
    the barista, so "allergic to nuts, soy and dairy" becomes "allergic to nuts or soy or dairy"."""
    said = [*atoms]
    # Go backwards, so that the indexes before each list stay valid.
    refuses = [
        at for at, atom in enumerate(atoms) if atom.kind in _REFUSALS or (atom.phrase[1:] and is_absence(atom, lexicon))
    ]
    for at in refuses[::-1]:
        members = _members(said, at, tokens, lexicon)
        if _refuses_all(said, at, members, lexicon):
            states = said[at].kind is Kind.REFUSES
            for member in members[:0:-1]:
                first = said[member.at]
                refusal = Atom(Kind.OR if states else Kind.NO, first.start, first.start, said[at].text)
                said[member.start : member.at] = [refusal]
    return said


def is_absence(option: Atom, lexicon: Lexicon) -> bool:
    """Return whether an option means that something is left out. "Without milk" and "without lactose" do, while "not
    too hot" does not, because "too hot" is nothing on the menu and no allergen."""
    said, allergen = option.phrase, (*option.text.split()[1:],) in lexicon.table.allergens
    refused = said[1:] in lexicon.phrases or said[1:] in lexicon.group_words or allergen
    return refused and lexicon.table.kind(said[:1]) is Kind.NO


def _members(atoms: Sequence[Atom], at: int, tokens: Sequence[Token], lexicon: Lexicon) -> list[_Member]:
    """Return the members of the list after the refusing word at `at`."""
    kinds, start = kinds_of(atoms), at + 1
    # If the menu has an option "without milk", this option is itself the first member of the list.
    members = [_Member(at, at, start, None)] if kinds[at] is Kind.OPTION else []
    while True:
        place, joined = start, None
        while members and kinds[place] in _LINKS and (link := _link(atoms[place], atoms[at], tokens, lexicon)):
            joined, place = link, place + 1
        if joined and _names_another(atoms[place : place + 2], kinds[at], lexicon):
            joined, place = Kind.AND, place + 1
        while kinds[place] in _BEFORE_MEMBER or (joined and _repeats(atoms[place : place + 1], joined, lexicon)):
            place += 1
        end = _end_of_thing(atoms, place, lexicon)
        if end == place or (members and members[-1].joined in _LAST and members[-1].joined is not joined):
            return members
        members.append(_Member(start, place, end, joined))
        start = end


def _link(atom: Atom, refusal: Atom, tokens: Sequence[Token], lexicon: Lexicon) -> Kind | None:
    """Return the kind of the word if it joins two members of a list; None if it does not. A slash counts as "or"."""
    table = lexicon.table
    if atom.text in table.nor:
        return Kind.NO if atom.kind is Kind.NO or refusal.text in table.neither else None
    if tokens[atom.start].raw == "/":
        return Kind.OR
    return atom.kind if atom.kind in (Kind.COMMA, Kind.AND, Kind.OR) else None


def _repeats(atoms: Sequence[Atom], joined: Kind, lexicon: Lexicon) -> bool:
    """Return whether a preposition is said again before the next member of a list: "to" in "allergic to nuts and TO
    soy", "with" in "neither with milk nor WITH cream"."""
    return any(
        (atom.kind is Kind.WITH and joined is Kind.NO) or atom.text in lexicon.table.ends_of_statements
        for atom in atoms
    )


def _names_another(atoms: Sequence[Atom], refusal: Kind | None, lexicon: Lexicon) -> bool:
    """Return whether the words tell the allergy of a further person without a verb: "Ann to" in "Ben is allergic to
    nuts, Ann to soy"."""
    return (
        refusal is Kind.REFUSES
        and kinds_of(atoms)[:1] == (Kind.UNKNOWN,)
        and any(atom.text in lexicon.table.ends_of_statements for atom in atoms[1:])
    )


def _end_of_thing(atoms: Sequence[Atom], at: int, lexicon: Lexicon) -> int:
    """Return the index after the option or allergen at `at`.

    Return `at` itself if none is there, or if it describes a drink, such as the "oat" of "oat latte"."""
    kinds = kinds_of(atoms)
    if Ahead(atoms, lexicon).drink(at) is not None:
        return at
    if kinds[at] is Kind.OPTION:
        return at + 1 + (kinds[at + 1] is Kind.GROUP)
    for end in range(min(at + _MOST_WORDS, len(atoms)), at, -1):
        words = " ".join(atom.text for atom in atoms[at:end])
        if tuple(words.split()) in lexicon.table.allergens and kinds[at] in (Kind.COMMON, Kind.UNKNOWN):
            return end
    return at


def _refuses_all(atoms: Sequence[Atom], at: int, members: Sequence[_Member], lexicon: Lexicon) -> bool:
    if len(members) < 2:
        return False
    refusal, last = atoms[at], members[-1].joined
    first = {(meaning.group, meaning.name) for meaning in atoms[members[0].at].meanings}
    later = [lexicon.groups[m.group] for member in members[1:] for m in atoms[member.at].meanings]
    single = [group for group in later if group.choose == "one"]
    if any(group.role != "milk" for group in single):
        # Nobody refuses a size, so "no sugar and large" asks for a large cup.
        return False
    if last is Kind.NO:
        return True
    groups = {group for group, _ in first}
    said = [meaning.name for member in members[1:] for meaning in atoms[member.at].meanings]
    if first and any(group.name not in groups and group.default not in said for group in single):
        # "No sugar, oat or soy" and "no foam and oat milk" refuse one thing and ask for a milk. "No sugar or milk"
        # refuses both, because "milk" is the ordinary milk.
        return False
    if last is Kind.OR:
        # "No dairy, oat or soy" asks for oat or soy.
        no_milk = is_absence(refusal, lexicon) or any((group.name, group.default) in first for group in single)
        return not no_milk or len(single) < len(members) - 1
    word = refusal.text.partition(" ")[0]
    bare = lexicon.table.messages.get((word,)) is Intent.NO and word not in lexicon.table.without
    if last is Kind.AND and len(members) == 2:
        # "No milk and sugar" refuses both, while "no milk and oat" asks for oat milk.
        return not (bare and single) or said == [group.default for group in single]
    if bare:
        # "No cheese, spinach and mustard" asks for spinach.
        alike = all(group.name in groups for group in later)
        return alike and last is Kind.AND and kinds_of(atoms)[members[-1].end] in _AFTER
    # "Without sugar, honey" asks for honey.
    return len(members) > 2
