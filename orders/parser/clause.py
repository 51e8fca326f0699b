"""A clause is one drink, or a phrase such as "the other with soy", with its count, options and name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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
    """An option in the customer's words. The word may mean several options of the menu."""

    meanings: tuple[Meaning, ...]
    said: str
    amount: Amount = None
    #: The customer's words for the amount ("a dash of"), if they stand before the option; "" otherwise.
    how_much: str = field(default="", compare=False)
    #: The option follows "with", so it belongs to the drink before it.
    after_with: bool = False
    #: The "and" before the option, as it was said; "" without one.
    joint: str = field(default="", compare=False)
    #: The customer did not name the option: it was ordered before, or another word implies it. If the option does not
    #: fit the drink, the customer is not told.
    inherited: bool = False
    #: The option was refused together with its whole group: "no toppings".
    whole_group: bool = False
    #: How much more than before there is to be of the option: -1 in "drop one sugar"; 0 if the text does not say.
    step: float = 0.0
    #: `at` is the option's position in the text, `part` the number of commas, "and" and stops before it.
    at: int = field(default=0, compare=False)
    part: int = field(default=0, compare=False)


@dataclass(slots=True)
class Clause:
    verb: ClauseVerb | None = None
    #: The number that was said; None without a number.
    count: int | None = None
    #: The number is only "a" or "an", which is weaker than "one".
    article: bool = False
    another: bool = False
    rest: bool = False
    #: The position of the cup that is meant: 2 for "the second one", -1 for "the last one"; 0 without a position.
    place: int = 0
    #: The clause is about some of the cups that were ordered before: "one of them", "one of the lattes".
    some: bool = False
    #: The clause is about "one of the others": some of the cups that have no option yet from the groups of this
    #: clause's options. Of two cups of one drink that both have none, the cup with fewer options is meant.
    others: bool = False
    #: The number is an amount of an option that was ordered, not a number of cups: "two pumps". With the verb NO, the
    #: option is refused: "actually none".
    portion: bool = False
    #: Every drink of the order is ordered once more: "double that".
    twice: bool = False
    #: The option group whose options two drinks exchange: "swap the sizes"; "" without an exchange.
    exchanged: str = ""
    #: All cups with these options are meant: "the oat ones".
    several: tuple[Meaning, ...] = ()
    #: The position was found by a description of the cup: "the small one".
    mentioned: bool = False
    #: The options that describe a cup of this text: in "one large one small, milk in the small one", the size "small".
    having: tuple[Meaning, ...] = ()
    #: The clause is for every drink of the order: "both", "all".
    every: bool = False
    #: The drinks that are left out of `every`: "all with oat, except the mocha".
    but: tuple[str, ...] = ()
    #: The drink is such an exception. Without options of its own it takes back what the previous text gave to all.
    excepted: bool = False
    #: The clause ends in "each", so the options after "with" are for every drink.
    shared: bool = False
    #: The cup gets what another cup just got: "the mocha too".
    also: bool = False
    #: The drink was ordered before: "the mocha".
    definite: bool = False
    plain: bool = False
    drink: tuple[Meaning, ...] = ()
    phrase: tuple[str, ...] = ()
    #: The drink was named in the plural.
    plural: bool = False
    category: str = ""
    wishes: list[SaidOption] = field(default_factory=list)
    name: str | None = None
    #: The position of the drink in the text; -1 without a drink.
    at: int = -1
    #: The number of commas, "and" and stops before the drink.
    part: int = 0
    #: The single names in "for Ann and Bob"; `name` is the whole list.
    names: tuple[str, ...] = ()
    #: The order is to have only this drink: "just the latte".
    only: bool = False
    #: One more cup of the previous drink is ordered: "a soy one".
    same: bool = False
    #: The cup gets the options of the previous drink: "the same".
    alike: bool = False
    #: The cup gets the previous drink's options of these groups: "the same size".
    same_groups: tuple[str, ...] = ()
    #: An unknown word stands where a drink was expected ("two croissants"), so the number is ignored.
    stranger: bool = False
    #: A comma, a stop or an "and" stands before the clause.
    apart: bool = False
    #: The clause begins a sentence.
    begins: bool = False
    #: An "and" stands before the clause.
    joined: bool = False
    #: The cup is for the customer: "one for me".
    mine: bool = False
    #: An "or" stands before the clause.
    alternative: bool = False
    #: The options replace others of their group: "lieber Vanille".
    preferred: bool = False
    #: The first `between` options stand between the previous drink and this one and may belong to either; the first
    #: `bound` of them certainly belong to the previous drink.
    between: int = 0
    bound: int = 0

    @property
    def cups(self) -> int:
        """The number of cups. A clause without a number is about one."""
        return self.count or 1

    @property
    def is_bare_mention(self) -> bool:
        """Whether the clause only mentions a drink of the order after "and": "and the latte"."""
        return self.verb is ClauseVerb.ADD and self.definite and not self.wishes

    @property
    def counts_cups(self) -> bool:
        """Whether the clause is one of a list that gives cups their options: "two large, one small"."""
        return bool(self.count and not self.drink and self.verb in (None, ClauseVerb.MAKE))

    @property
    def is_bare_count(self) -> bool:
        """Whether the clause is nothing but a number: "just one"."""
        rest = replace(self, count=None, article=False, apart=False, begins=False, joined=False, only=False)
        return self.count is not None and rest == Clause()

    @property
    def is_bare_another(self) -> bool:
        """Whether the clause is nothing but "another"."""
        return self.another and not (self.drink or self.wishes)

    @property
    def is_bare_name(self) -> bool:
        """Whether the clause gives a name and says nothing of a cup: "my name is Sam"."""
        return self.name is not None and not (self.drink or self.wishes or self.rest or self.count or self.place)

    @property
    def says_something(self) -> bool:
        said = self.drink or self.wishes or self.category or self.name or self.count or self.portion
        return bool(said or self.twice or self.exchanged or self.another or self.rest or self.place or self.plain)


@dataclass(slots=True)
class OpenPhrase:
    """The noun phrase that is being read. It may become a new clause or be added to the last clause."""

    clause: Clause = field(default_factory=Clause)
    options: list[SaidOption] = field(default_factory=list)
    #: The amount that was read for the next option, as a number or a qualifier, and the customer's words for it.
    amount: Amount = None
    how_much: str = ""
    verb: ClauseVerb | None = None
    #: The number of commas, "and" and stops before it.
    part: int = 0
    #: The next drink is an exception: "except the mocha".
    excepting: bool = False
    #: A "with" was read, and no option since.
    after_with: bool = False
    #: A "swap" was read: the next "to" or "for" introduces the replacement.
    swapping: bool = False
    #: A break, an article or a number was read since the last drink, so a new noun phrase has begun.
    fresh: bool = True
    #: The name of the person who gets the next drink, as in "Ann's latte".
    owner: str | None = None

    def refuse_all(self, options: Iterable[Meaning], said: str) -> None:
        """Refuse all these options of a group: "no toppings"."""
        self.amount = None
        for option in options:
            wish = SaidOption((option,), said, "no", self.how_much, inherited=True, whole_group=True)
            self.options.append(wish)


@dataclass(slots=True)
class GroupWords:
    """Words about a whole group of options that name none of its options."""

    #: Names of the groups, each with the customer's word for it. After "with syrup" the customer is asked which syrup.
    named: dict[str, str] = field(default_factory=dict)
    #: Groups in which the customer takes any option: "a latte, any size".
    left_to_us: set[str] = field(default_factory=set)
    #: An amount together with the name of a group ("double beans"). Becomes a note for the barista.
    remarks: list[str] = field(default_factory=list)
