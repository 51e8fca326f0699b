"""Atoms: words of a text with their meaning. The kinds of atoms are the alphabet of the parser's grammar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple


class Kind(StrEnum):
    # found on the menu
    DRINK = "drink"
    OPTION = "option"
    GROUP = "group"
    CATEGORY = "category"
    # how many, how much
    NUMBER = "number"
    ARTICLE = "article"  # a, an: one of something
    THE = "the"  # the: something that was mentioned before
    NO = "no"  # without, drop, not
    DROP = "drop"  # cancel, remove: drops a drink; before an option like NO
    OUT = "out"  # leave the sugar OUT: refuses the option before it
    LIGHT = "light"
    EXTRA = "extra"
    UNIT = "unit"  # pumps of, a spoon of
    TIMES = "times"  # x2
    TWICE = "twice"  # double that: every drink of the order once more
    # what belongs together
    AND = "and"
    BUT = "but"  # joins like AND, and ends a refusal
    OR = "or"
    WITH = "with"
    ALL = "all"  # both, all, each
    REST = "rest"  # the other one, the rest
    NTH = "nth"  # the second one
    CUP = "cup"  # the small one, Sam's: a cup of the order before the text
    SAME = "same"  # the same for Anna: another
    ANOTHER = "another"
    OF_THEM = "of them"
    IT = "it"
    PLAIN = "plain"
    # people
    FOR = "for"
    CALLED = "called"  # my name is
    AS_NAME = "as name"  # put Dan AS THE NAME
    BEING = "being"  # this is, it's: may introduce a name
    NAME = "name"
    OWNER = "owner"  # the name of the person for whom the next drink is
    HERE = "here"  # Dan HERE: the name before it is the sender's
    WANTS = "wants"  # Dan WANTS: another person's order follows
    # changes
    ADD = "add"
    MAKE = "make"
    SWAP = "swap"
    TO = "to"
    ONLY = "only"  # just the latte
    INSTEAD = "instead"
    INSTEAD_OF = "instead of"
    CORRECT = "correct"  # sorry, I mean
    # the rest of the sentence
    ASK = "ask"  # can I get
    FILLER = "filler"  # please
    TIME = "time"  # minutes, pm
    MEASURE = "measure"  # oz, ml: the number before it is a size, not a count
    PLACE = "place"  # booth, table: the number after it counts nothing
    NOTE = "note"  # allergic
    REFUSES = "refuses"  # I can't have: refuses the option after it and is a note
    IF_NOT = "if not"  # if no oat, then soy: for the barista
    REMARK = "remark"  # on the side: only its own words become a note
    COMMON = "common"  # a known word without a meaning here
    UNKNOWN = "unknown"
    COMMA = "comma"
    STOP = "stop"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A drink, option, group or category of the menu that a word may mean."""

    kind: Literal[Kind.DRINK, Kind.OPTION, Kind.GROUP, Kind.CATEGORY]
    name: str
    #: The option's group; "" for other things.
    group: str = ""
    #: The word is the menu's own name, not an alias.
    exact: bool = False


class Atom(NamedTuple):
    # A text makes hundreds of atoms, and a tuple is made in a quarter of the time that a frozen dataclass takes.
    kind: Kind
    #: The atom covers the tokens [start, end).
    start: int
    end: int
    #: The folded tokens, joined by blanks.
    text: str
    cost: float = 1.0
    meanings: tuple[Meaning, ...] = ()
    value: float = 0.0
    #: The stems of the menu's phrase that was found, which the text may misspell. For names: each name of a list.
    phrase: tuple[str, ...] = ()
    plural: bool = False


def joined(before: Atom, atom: Atom) -> Atom:
    return before._replace(end=atom.end, text=f"{before.text} {atom.text}", plural=atom.plural)
