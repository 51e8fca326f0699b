"""A clause: one drink, or "the other with soy", with all that is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from orders.items import Amount
from orders.parser.atoms import Meaning


class ClauseVerb(StrEnum):
    """What a clause does to the order."""

    ADD = "add"
    NO = "no"
    MAKE = "make"
    SWAP = "swap"
    TO = "to"
    INSTEAD = "instead"
    INSTEAD_OF = "instead of"
    CORRECT = "correct"


@dataclass(slots=True)
class SaidOption:
    """An option as it was said; the menu may have several of that name."""

    meanings: tuple[Meaning, ...]
    said: str
    amount: Amount = None
    #: The amount in the customer's words ("a dash of"), "" where it is a number.
    how_much: str = field(default="", compare=False)
    #: It follows "with", so it belongs to the drink before it.
    after_with: bool = False
    #: It was on the drink before the drink was changed: no fault of the customer's if it does not fit.
    inherited: bool = False
    #: "no toppings" refuses every one of them, and says none.
    whole_group: bool = False
    #: Its place in the text, and how many commas, "and" and stops came before it.
    at: int = field(default=0, compare=False)
    part: int = field(default=0, compare=False)


@dataclass(slots=True)
class Clause:
    verb: ClauseVerb | None = None
    #: A number, None where none was said.
    count: int | None = None
    #: "a" or "an", weaker than "one".
    article: bool = False
    another: bool = False
    rest: bool = False
    #: "the second one" is 2, "the last one" -1.
    place: int = 0
    #: "both", "all": for every drink of the order.
    every: bool = False
    #: "each" at its end: the options after "with" are for every drink.
    shared: bool = False
    #: "the mocha": one that was ordered already.
    definite: bool = False
    plain: bool = False
    drink: tuple[Meaning, ...] = ()
    phrase: tuple[str, ...] = ()
    category: str = ""
    wishes: list[SaidOption] = field(default_factory=list)
    name: str | None = None
    #: The place of the drink in the text.
    at: int = -1
    #: How many commas, "and" and stops came before it.
    part: int = 0
    #: "for Ann and Bob": several names, of which `name` is the list.
    names: tuple[str, ...] = ()
    #: "just the latte": and nothing else.
    only: bool = False
    #: "a soy one": the same drink once more.
    same: bool = False
    #: Counts something that is not on the menu.
    stranger: bool = False
    #: A comma, a stop or an "and" came before.
    apart: bool = False
    #: What came before was an "and".
    joined: bool = False
    #: What came before was an "or".
    alternative: bool = False
    #: So many of its first options stand between it and the drink before, and may be that one's;
    #: of these the first `bound` surely are.
    between: int = 0
    bound: int = 0

    @property
    def says_something(self) -> bool:
        said = self.drink or self.wishes or self.category or self.name or self.count
        return bool(said or self.plain or self.another or self.rest or self.place)


@dataclass(slots=True)
class OpenPhrase:
    """The noun phrase that is being read: not yet known whether it belongs to the clause before or starts one."""

    clause: Clause = field(default_factory=Clause)
    options: list[SaidOption] = field(default_factory=list)
    #: The amount before an option, as a number or a word, and the customer's words for it.
    amount: Amount = None
    how_much: str = ""
    verb: ClauseVerb | None = None
    #: A "with" came before.
    after_with: bool = False
    #: "swap …": the next "to" or "for" names what it is swapped for.
    swapping: bool = False
    #: A break, an article or a number came since the last drink.
    fresh: bool = True
    #: "Ann's": the name that goes with the next drink.
    owner: str | None = None
