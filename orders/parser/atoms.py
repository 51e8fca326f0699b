"""What a stretch of text can be: the alphabet of the reader's grammar."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    # found on the menu
    DRINK = "drink"
    OPTION = "option"
    GROUP = "group"
    CATEGORY = "category"
    # how many, how much
    NUMBER = "number"
    ARTICLE = "article"  # one of something
    THE = "the"  # one that is known
    NO = "no"  # without, drop, not
    DROP = "drop"  # cancel, remove: of a drink it takes the drink away, else it is NO
    OUT = "out"  # leave the sugar out: refuses what stands before it
    LIGHT = "light"
    EXTRA = "extra"
    UNIT = "unit"  # pumps of, a spoon of
    TIMES = "times"  # x2
    # what belongs together
    AND = "and"
    BUT = "but"  # joins like AND, and ends what was refused
    OR = "or"
    WITH = "with"
    ALL = "all"  # both, all, each
    REST = "rest"  # the other one, the rest
    NTH = "nth"  # the second one
    SAME = "same"  # the same for Anna: another
    ANOTHER = "another"
    OF_THEM = "of them"
    IT = "it"
    PLAIN = "plain"
    # people
    FOR = "for"
    CALLED = "called"  # my name is
    BEING = "being"  # this is, it's: a name may follow, and much else
    NAME = "name"
    OWNER = "owner"  # a name that the drink after it is for
    HERE = "here"  # after a name: who is writing
    WANTS = "wants"  # what is said of somebody else: "Dan wants"
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
    MEASURE = "measure"  # oz, ml: with its number a size, never a count
    PLACE = "place"  # booth 7, table 5: its number counts nothing
    NOTE = "note"  # allergic
    REFUSES = "refuses"  # I can't have: refuses what follows and says why
    IF_NOT = "if not"  # if no oat, then soy: for the barista
    REMARK = "remark"  # on the side: a note of its own words alone
    COMMON = "common"  # a word of the language that says nothing here
    UNKNOWN = "unknown"
    COMMA = "comma"
    STOP = "stop"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing on the menu that a word may stand for."""

    kind: Literal[Kind.DRINK, Kind.OPTION, Kind.GROUP, Kind.CATEGORY]
    name: str
    #: An option's group.
    group: str = ""
    #: The word is the name itself, not an alias.
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    kind: Kind
    #: Tokens [start, end).
    start: int
    end: int
    #: The tokens folded, as a phrase.
    text: str
    cost: float = 1.0
    meanings: tuple[Meaning, ...] = ()
    value: float = 0.0
    #: The menu's phrase that was found, in stems; differs from the text by spelling. Of a name: every one of several.
    phrase: tuple[str, ...] = ()
    plural: bool = False
