"""A clause is a part of a text: one drink with its count, options and name, or a phrase such as "the other with
soy"."""

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
    """An option in the customer's words. These words can mean several options of the menu."""

    meanings: tuple[Meaning, ...]
    said: str
    amount: Amount = None
    #: The customer's words for the amount ("a dash of"), if they stand before the option; "" otherwise.
    how_much: str = field(default="", compare=False)
    #: Whether the option follows "with" and so belongs to the drink before it.
    after_with: bool = False
    #: The word for "and" before the option, as it was typed; "" without one.
    joint: str = field(default="", compare=False)
    #: True if this text did not name the option: it was ordered before, or another word of the text implies it. If the
    #: drink cannot have such an option, the reply does not mention it.
    inherited: bool = False
    #: Whether the option was refused together with its whole group: "no toppings".
    whole_group: bool = False
    #: The change of the amount: -1 in "drop one sugar"; 0 if the text does not change the amount.
    step: float = 0.0
    #: `at` is the option's position in the text. `part` is the number of breaks before it: commas, dashes, "and", and
    #: ends of sentences.
    at: int = field(default=0, compare=False)
    part: int = field(default=0, compare=False)


@dataclass(slots=True)
class Clause:
    verb: ClauseVerb | None = None
    #: The number that the customer said; None without a number.
    count: int | None = None
    #: Whether the number is only "a" or "an". Unlike "one", an article does not always count cups.
    article: bool = False
    another: bool = False
    rest: bool = False
    #: The position of the cup that the clause means: 2 for "the second one", -1 for "the last one"; 0 without a
    #: position.
    place: int = 0
    #: Whether the clause is about some of the cups that were ordered before: "one of them", "one of the lattes".
    some: bool = False
    #: Whether the clause is about one of the cups that are ordered already, and not about one more cup: "one of the
    #: others", or the Spanish "otro con avena" (another with oat).
    others: bool = False
    #: Whether the clause only gives the amount of an ordered option: after "latte with vanilla", "two pumps" means two
    #: of vanilla. With the verb NO, the option is refused: "actually none".
    portion: bool = False
    #: Whether every drink of the order is ordered once more: "double that".
    twice: bool = False
    #: The option group in "swap the sizes", where each of two drinks gets the size of the other; "" without such words.
    exchanged: str = ""
    #: The clause is for all cups with these options: oat in "the oat ones".
    several: tuple[Meaning, ...] = ()
    #: Whether the text describes the cup at `place` ("the small one") instead of counting to it ("the second one").
    mentioned: bool = False
    #: The clause is for the cup that the same text ordered with these options: small in "one large one small, milk in
    #: the small one".
    having: tuple[Meaning, ...] = ()
    #: Whether the clause is for every drink of the order: "both", "all".
    every: bool = False
    #: The drinks to which `every` does not apply: the mocha in "all with oat, except the mocha".
    but: tuple[str, ...] = ()
    #: Whether the drink is an exception. After the text "all with oat", the text "except the mocha" gives the mocha the
    #: options back that it had before.
    excepted: bool = False
    #: Whether the clause ends in "each". Then its options after "with" are for every drink, as in "a latte and a mocha
    #: with two sugars each".
    shared: bool = False
    #: Whether the last change is made to this cup too: "the mocha too" after "oat in the latte".
    also: bool = False
    #: Whether the clause refers to a drink that was ordered before: "the mocha".
    definite: bool = False
    plain: bool = False
    drink: tuple[Meaning, ...] = ()
    phrase: tuple[str, ...] = ()
    #: Whether the drink was named in the plural.
    plural: bool = False
    category: str = ""
    wishes: list[SaidOption] = field(default_factory=list)
    name: str | None = None
    #: The position of the drink in the text; -1 without a drink.
    at: int = -1
    #: The number of breaks (commas, dashes, "and", ends of sentences) before the drink.
    part: int = 0
    #: The single names in "for Ann and Bob"; `name` holds the whole list.
    names: tuple[str, ...] = ()
    #: Whether only this drink is to stay in the order: "just the latte".
    only: bool = False
    #: Whether one more cup of the previous drink is ordered: "a soy one".
    same: bool = False
    #: Whether the cup gets the same options as the previous drink: "the same".
    alike: bool = False
    #: The option groups that the cup copies from the previous drink: the sizes in "the same size".
    same_groups: tuple[str, ...] = ()
    #: Whether an unknown word stands where a drink was expected ("two croissants"). The number is then ignored.
    stranger: bool = False
    #: Whether a comma, the end of a sentence or an "and" stands before the clause.
    apart: bool = False
    #: Whether the clause begins a sentence.
    begins: bool = False
    #: Whether an "and" stands before the clause.
    joined: bool = False
    #: Whether the cup is for the customer: "one for me".
    mine: bool = False
    #: Whether an "or" stands before the clause.
    alternative: bool = False
    #: Whether the options replace earlier options of their group: "lieber Vanille" (rather vanilla).
    preferred: bool = False
    #: How many options stand between the previous drink and this one, and can belong to either: 2 in "latte with oat
    #: small mocha", oat and small. The first `bound` of them belong to the previous drink: 1, because of "with oat".
    between: int = 0
    bound: int = 0

    @property
    def cups(self) -> int:
        """The number of cups; 1 if the clause says no number."""
        return self.count or 1

    @property
    def is_bare_mention(self) -> bool:
        """Whether the clause only names an ordered drink after "and" or "add": "and the latte"."""
        return self.verb is ClauseVerb.ADD and self.definite and not self.wishes

    @property
    def counts_cups(self) -> bool:
        """Whether the clause can be part of a list that gives options to cups: "two large, one small"."""
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
        """Whether the clause gives a name and says nothing about a cup: "my name is Sam"."""
        return self.name is not None and not (self.drink or self.wishes or self.rest or self.count or self.place)

    @property
    def says_something(self) -> bool:
        said = self.drink or self.wishes or self.category or self.name or self.count or self.portion
        return bool(said or self.twice or self.exchanged or self.another or self.rest or self.place or self.plain)


@dataclass(slots=True)
class OpenPhrase:
    """The noun phrase that is being read. At its end it becomes a new clause or is added to the last clause."""

    clause: Clause = field(default_factory=Clause)
    options: list[SaidOption] = field(default_factory=list)
    #: The amount that was read for the next option, as a number or a word such as "extra", and the customer's words for
    #: it.
    amount: Amount = None
    how_much: str = ""
    verb: ClauseVerb | None = None
    #: The number of breaks (commas, dashes, "and", ends of sentences) before the phrase.
    part: int = 0
    #: Whether the next drink is an exception: "except the mocha".
    excepting: bool = False
    #: Whether a "with" was read, and no option since.
    after_with: bool = False
    #: Whether a "swap" was read. The next "to" or "for" then introduces the replacement.
    swapping: bool = False
    #: Whether a break, an article or a number was read since the last drink, so that a new noun phrase has begun.
    fresh: bool = True
    #: The name of the person who gets the next drink, as in "Ann's latte".
    owner: str | None = None

    def refuse_all(self, options: Iterable[Meaning], said: str) -> None:
        """Refuse each of these options, because the text refuses their whole group: "no toppings"."""
        self.amount = None
        for option in options:
            wish = SaidOption((option,), said, "no", self.how_much, inherited=True, whole_group=True)
            self.options.append(wish)


@dataclass(slots=True)
class GroupWords:
    """Words of a text that name a whole group of options and no single option."""

    #: The groups' names, each with the customer's word for it. After "with syrup" the reply asks which syrup.
    named: dict[str, str] = field(default_factory=dict)
    #: Groups of which the customer takes any option: "a latte, any size".
    left_to_us: set[str] = field(default_factory=set)
    #: Amounts of a whole group ("double beans"). Each becomes a note for the barista.
    remarks: list[str] = field(default_factory=list)
