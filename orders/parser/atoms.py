"""An atom is one or more words of a text with their meaning. The later stages of the parser work with the kinds of
atoms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import Literal


class Kind(StrEnum):
    # Kinds of menu words.
    DRINK = "drink"
    OPTION = "option"
    GROUP = "group"
    CATEGORY = "category"

    # Kinds of numbers and amounts.
    NUMBER = "number"
    ARTICLE = "article"  # "a", "an": counts one of something
    THE = "the"  # "the": refers to something mentioned before
    NO = "no"  # "no", "without": refuses the next option
    DROP = "drop"  # "cancel", "remove": drops a drink, or refuses the next option as NO does
    OUT = "out"  # "leave the sugar OUT": refuses the option before this word
    LIGHT = "light"
    EXTRA = "extra"
    UNIT = "unit"  # "two PUMPS OF vanilla": the number is an amount of vanilla and counts no cups
    TIMES = "times"  # "latte X2": marks the 2 as the number of lattes
    TWICE = "twice"  # "double that": orders every drink of the order again

    # Kinds of words that join other words or point to something.
    AND = "and"
    BUT = "but"  # "no sugar BUT oat": joins as AND does, and the next option is not refused
    OR = "or"
    WITH = "with"
    ALL = "all"  # "both", "all", "each": means every drink of the order
    REST = "rest"  # "the other one", "the rest": means the cups that were not mentioned
    NTH = "nth"  # "the second one": means a cup by its position
    CUP = "cup"  # "the small one", "Sam's": means a cup that was ordered before
    SAME = "same"  # "the same for Anna" orders one more cup, "a mocha the same" repeats the options
    ANOTHER = "another"
    OF_THEM = "of them"
    IT = "it"
    PLAIN = "plain"

    # Kinds of names and of words around them.
    FOR = "for"
    CALLED = "called"  # "my name is": introduces a name
    AS_NAME = "as name"  # "put Dan AS THE NAME": the name stands before this phrase
    BEING = "being"  # "this is", "it's": can introduce a name
    NAME = "name"
    OWNER = "owner"  # "ANN'S latte": the name of the person who gets the next drink
    HERE = "here"  # "Dan HERE": the name before this word is the sender's
    WANTS = "wants"  # "Dan WANTS": begins another person's order

    # Kinds of words that change the order.
    ADD = "add"
    MAKE = "make"
    SWAP = "swap"
    TO = "to"
    ONLY = "only"  # "just the latte": removes everything else from the order
    INSTEAD = "instead"
    INSTEAD_OF = "instead of"
    CORRECT = "correct"  # "sorry, I mean": corrects what the customer said before

    # Other kinds of words.
    ASK = "ask"  # "can I get": begins an order
    FILLER = "filler"  # "please": a polite word that changes nothing
    TIME = "time"  # "minutes", "pm": the number before this word is a time
    MEASURE = "measure"  # "oz", "ml": the number before this word is a size and counts no cups
    PLACE = "place"  # "booth", "table": the number after this word is part of a place and counts no cups
    NOTE = "note"  # "vegan": becomes a note for the barista
    ALLERGY = "allergy"  # "soy ALLERGY", "allergies: soy": refuses the things beside it and becomes a note
    REFUSES = "refuses"  # "I can't have": refuses the option after it and becomes a note
    IF_NOT = "if not"  # "if no oat, then soy": becomes a note for the barista
    REMARK = "remark"  # "on the side": becomes a note, but the words around it do not
    COMMON = "common"  # an everyday word without a role in orders
    UNKNOWN = "unknown"
    COMMA = "comma"
    STOP = "stop"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A drink, option, group or category of the menu that a word can mean."""

    kind: Literal[Kind.DRINK, Kind.OPTION, Kind.GROUP, Kind.CATEGORY]
    name: str
    #: The option's group; "" if this is no option.
    group: str = ""
    #: True if the word is the name on the menu and not an alias.
    exact: bool = False


# An atom is never changed. Still, the class is not frozen: a text makes hundreds of atoms, and creating a frozen one
# takes four times as long. A named tuple is slower to create and to read.
@dataclass(slots=True)
class Atom:
    kind: Kind
    #: The atom covers the tokens from `start` up to, but not including, `end`.
    start: int
    end: int
    #: The words of the atom, folded (lower case, no accents) and joined by blanks.
    text: str
    cost: float = 1.0
    meanings: tuple[Meaning, ...] = ()
    value: float = 0.0
    #: The menu phrase that the customer means, as word stems, spelt as on the menu even if the text misspells it. In an
    #: atom for names: the single names, such as "Ann" and "Bob".
    phrase: tuple[str, ...] = ()
    plural: bool = False


def joined(before: Atom, atom: Atom) -> Atom:
    return replace(before, end=atom.end, text=f"{before.text} {atom.text}", plural=atom.plural)


def merged(atoms: Sequence[Atom], kind: Kind) -> Atom:
    """Return one atom of this kind that covers all these atoms."""
    return Atom(kind, atoms[0].start, atoms[-1].end, " ".join(atom.text for atom in atoms))


_kind = attrgetter("kind")


def kinds_of(atoms: Sequence[Atom]) -> tuple[Kind | None, ...]:
    """Return the kinds of the atoms, and None as one more kind for the end of the text.

    So `kinds[at + 1]` is None for the last atom. For the first atom, `kinds[at - 1]` is `kinds[-1]`, which is the same
    None."""
    return (*map(_kind, atoms), None)
