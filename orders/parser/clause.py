"""A clause: one drink, or a phrase such as "the other with soy", with its count, options and name."""

from __future__ import annotations

from collections.abc import Iterable
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
    """An option as it was said. The word may mean several options of the menu."""

    meanings: tuple[Meaning, ...]
    said: str
    amount: Amount = None
    #: The amount in the customer's words ("a dash of"); "" if the amount is a number.
    how_much: str = field(default="", compare=False)
    #: It follows "with", so it belongs to the drink before it.
    after_with: bool = False
    #: The "and" before it.
    joint: str = field(default="", compare=False)
    #: It was not said in this text, but kept from the earlier order. If it does not fit, nobody is told.
    inherited: bool = False
    #: It comes from refusing a whole group: "no toppings".
    whole_group: bool = False
    #: Its position in the text, and the number of commas, "and" and stops before it.
    at: int = field(default=0, compare=False)
    part: int = field(default=0, compare=False)


@dataclass(slots=True)
class Clause:
    verb: ClauseVerb | None = None
    #: The number that was said; None without one.
    count: int | None = None
    #: "a" or "an", weaker than "one".
    article: bool = False
    another: bool = False
    rest: bool = False
    #: "the second one" is 2, "the last one" -1.
    place: int = 0
    #: "one of them", "one of the lattes": some of the cups that were ordered before.
    some: bool = False
    #: "one of the others": some of the cups that have no option of this kind yet; of two cups of one drink, the one
    #: with fewer options.
    others: bool = False
    #: "two pumps": the number is of an option of the order.
    portion: bool = False
    #: "double that": twice as many of every drink.
    twice: bool = False
    #: "swap the sizes": the option group in which two drinks are exchanged.
    exchanged: str = ""
    #: The place is that of one of several cups: "the oat ones" are all that have these options.
    several: tuple[Meaning, ...] = ()
    #: The place was found in the order: "the small one".
    mentioned: bool = False
    #: The place is that of the cup in this text that has this option.
    having: tuple[Meaning, ...] = ()
    #: "both", "all": for every drink of the order.
    every: bool = False
    #: "each" at the end: the options after "with" are for every drink.
    shared: bool = False
    #: "the mocha": a drink that was ordered before.
    definite: bool = False
    plain: bool = False
    drink: tuple[Meaning, ...] = ()
    phrase: tuple[str, ...] = ()
    #: The drink was named in the plural.
    plural: bool = False
    category: str = ""
    wishes: list[SaidOption] = field(default_factory=list)
    name: str | None = None
    #: The position of the drink in the text.
    at: int = -1
    #: The number of commas, "and" and stops before it.
    part: int = 0
    #: The single names in "for Ann and Bob"; `name` is the whole list.
    names: tuple[str, ...] = ()
    #: "just the latte": the order holds nothing else.
    only: bool = False
    #: "a soy one": the same drink once more.
    same: bool = False
    #: "the same": with the options of the drink before.
    alike: bool = False
    #: It counts an unknown word.
    stranger: bool = False
    #: A comma, a stop or an "and" came before.
    apart: bool = False
    #: An "and" came before.
    joined: bool = False
    #: An "or" came before.
    alternative: bool = False
    #: The first `between` options stand between the previous drink and this one and may belong to either; the first
    #: `bound` of them certainly belong to the previous drink.
    between: int = 0
    bound: int = 0

    @property
    def says_something(self) -> bool:
        said = self.drink or self.wishes or self.category or self.name or self.count
        return bool(said or self.twice or self.exchanged or self.another or self.rest or self.place or self.plain)


@dataclass(slots=True)
class OpenPhrase:
    """The noun phrase that is being read. It may still become a new clause, or belong to the last one."""

    clause: Clause = field(default_factory=Clause)
    options: list[SaidOption] = field(default_factory=list)
    #: The amount before an option, as a number or a word, and the customer's words for it.
    amount: Amount = None
    how_much: str = ""
    verb: ClauseVerb | None = None
    #: A "with" came before.
    after_with: bool = False
    #: After "swap": the next "to" or "for" introduces the replacement.
    swapping: bool = False
    #: A break, an article or a number came since the last drink.
    fresh: bool = True
    #: The name in "Ann's latte", for the next drink.
    owner: str | None = None

    def refuse_all(self, options: Iterable[Meaning], said: str) -> None:
        """Refuse each of these options, all of a group: "no toppings"."""
        self.amount = None
        for option in options:
            wish = SaidOption((option,), said, "no", self.how_much, inherited=True, whole_group=True)
            self.options.append(wish)

    def is_apart(self, wish: SaidOption, last: Clause | None) -> bool:
        """Whether an option has nothing in common with those after "instead of" and those that replace them."""
        said = [*self.options, *(last.wishes[-1:] if last else ())]
        groups = {meaning.group for other in said for meaning in other.meanings}
        return not any(meaning.group in groups for meaning in wish.meanings)


@dataclass(slots=True)
class GroupWords:
    """What was said of groups of options, without an option of theirs."""

    #: Groups that were named ("with syrup": which one?), and the words for them.
    named: dict[str, str] = field(default_factory=dict)
    #: Groups in which any option will do: "a latte, any size".
    left_to_us: set[str] = field(default_factory=set)
    #: Amounts of a group, for the barista: "double beans".
    remarks: list[str] = field(default_factory=list)
