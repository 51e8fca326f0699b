"""Atoms: one or more words of a text with what they mean. The parser's grammar is written in the kinds of atoms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import Literal


class Kind(StrEnum):
    # found on the menu
    DRINK = "drink"
    OPTION = "option"
    GROUP = "group"
    CATEGORY = "category"
    # numbers and amounts
    NUMBER = "number"
    ARTICLE = "article"  # "a", "an": one of something
    THE = "the"  # "the": something that was mentioned before
    NO = "no"  # "no", "without": refuses the option after it
    DROP = "drop"  # "cancel", "remove": drops a drink; before an option it refuses the option, like NO
    OUT = "out"  # "leave the sugar OUT": refuses the option before it
    LIGHT = "light"
    EXTRA = "extra"
    UNIT = "unit"  # "two PUMPS OF vanilla": the number is an amount of the option
    TIMES = "times"  # "latte X2": marks the number as a count
    TWICE = "twice"  # "double that": orders every drink of the order once more
    # words that join or point to something
    AND = "and"
    BUT = "but"  # "no sugar BUT oat": joins like AND, and the option after it is not refused
    OR = "or"
    WITH = "with"
    ALL = "all"  # "both", "all", "each": every drink of the order
    REST = "rest"  # "the other one", "the rest": the cups that were not mentioned
    NTH = "nth"  # "the second one": a cup by its position
    CUP = "cup"  # "the small one", "Sam's": a cup that was ordered before
    SAME = "same"  # "the same for Anna": one more cup; "a mocha the same": the same options
    ANOTHER = "another"
    OF_THEM = "of them"
    IT = "it"
    PLAIN = "plain"
    # names of people
    FOR = "for"
    CALLED = "called"  # "my name is": introduces a name
    AS_NAME = "as name"  # "put Dan AS THE NAME": the name stands before it
    BEING = "being"  # "this is", "it's": may introduce a name
    NAME = "name"
    OWNER = "owner"  # the name of the person who gets the next drink
    HERE = "here"  # "Dan HERE": the name before it is the sender's
    WANTS = "wants"  # "Dan WANTS": another person's order follows
    # changes of the order
    ADD = "add"
    MAKE = "make"
    SWAP = "swap"
    TO = "to"
    ONLY = "only"  # "just the latte": the order is to have nothing else
    INSTEAD = "instead"
    INSTEAD_OF = "instead of"
    CORRECT = "correct"  # "sorry, I mean": corrects what was said before
    # other words of a sentence
    ASK = "ask"  # "can I get": begins an order
    FILLER = "filler"  # "please": a polite word that changes nothing
    TIME = "time"  # "minutes", "pm": the number before it is a time
    MEASURE = "measure"  # "oz", "ml": the number before it is a size, not a count
    PLACE = "place"  # "booth", "table": the number after it counts nothing
    NOTE = "note"  # "vegan": becomes a note for the barista
    ALLERGY = "allergy"  # "soy ALLERGY", "allergies: soy": refuses the things beside it and becomes a note
    REFUSES = "refuses"  # "I can't have": refuses the option after it and becomes a note
    IF_NOT = "if not"  # "if no oat, then soy": becomes a note for the barista
    REMARK = "remark"  # "on the side": becomes a note, without the words around it
    COMMON = "common"  # a known word that plays no role in an order
    UNKNOWN = "unknown"
    COMMA = "comma"
    STOP = "stop"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A drink, option, group or category of the menu that a word may mean."""

    kind: Literal[Kind.DRINK, Kind.OPTION, Kind.GROUP, Kind.CATEGORY]
    name: str
    #: The group of an option; "" for anything else.
    group: str = ""
    #: Whether the word is the menu's own name and not an alias.
    exact: bool = False


# An atom is never changed. The class is not frozen all the same, because a text makes hundreds of atoms and a frozen
# one takes four times as long to create. A named tuple takes longer to create and to read.
@dataclass(slots=True)
class Atom:
    kind: Kind
    #: The atom covers the tokens from `start` up to, but not including, `end`.
    start: int
    end: int
    #: The words of these tokens, folded (lower case, no accents) and joined by blanks.
    text: str
    cost: float = 1.0
    meanings: tuple[Meaning, ...] = ()
    value: float = 0.0
    #: The stems of the menu phrase that was recognized, which the text may misspell. For names, each single name.
    phrase: tuple[str, ...] = ()
    plural: bool = False


def joined(before: Atom, atom: Atom) -> Atom:
    return replace(before, end=atom.end, text=f"{before.text} {atom.text}", plural=atom.plural)


def merged(atoms: Sequence[Atom], kind: Kind) -> Atom:
    """Return one atom of this kind for all the words."""
    return Atom(kind, atoms[0].start, atoms[-1].end, " ".join(atom.text for atom in atoms))


_kind = attrgetter("kind")


def kinds_of(atoms: Sequence[Atom]) -> tuple[Kind | None, ...]:
    """Return the kinds of the atoms and a None for the end. `kinds[-1]` is this None, so it is also the kind before the
    first atom."""
    return (*map(_kind, atoms), None)
