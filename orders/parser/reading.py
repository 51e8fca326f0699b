"""The result of reading a text: plain values that the parser hands to the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from orders.items import Choice, Item


class Intent(StrEnum):
    ORDER = "order"
    CHANGE = "change"
    CANCEL = "cancel"
    USUAL = "usual"
    NAME = "name"
    YES = "yes"
    NO = "no"
    GREETING = "greeting"
    THANKS = "thanks"
    MENU = "menu"
    QUESTION = "question"
    STATUS = "status"
    HELP = "help"
    SUPPORT = "support"
    STOP = "stop"
    START = "start"
    FORGET = "forget"
    MY_DATA = "my_data"
    #: Take the last change back.
    UNDO = "undo"
    #: Says when the order is wanted, and nothing else.
    TIME = "time"
    #: Small talk that needs no answer: "haha", "wow".
    CHAT = "chat"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the customer. The next text is first read as the answer to it.

    `Reading.missing` lists the open questions. Ask one, store it, and pass it to `read` as `asked`."""

    #: "drop" asks which drink the customer does not want.
    about: Literal["drink", "option", "name", "confirm", "time", "drop"]
    #: For "option": the position of the item in the order, and the option group.
    item: int = 0
    group: str = ""
    #: For "drink": the number and options that were said already, for the drink that the answer names.
    quantity: int = 1
    choices: tuple[Choice, ...] = ()
    #: The names that the question listed, in this order: "the second" or "2" picks one. For "drop": the drinks
    #: whose cups the question listed.
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misfit:
    """An option that the drink does not come with. The customer's word for it, `said`, is also in `Reading.unknown`."""

    drink: str
    group: str
    option: str
    said: str
    #: Options of the group that the drink does come with; empty if the drink has no such group.
    fits: tuple[str, ...] = ()


#: What a question is about. The first four are things on the menu. "open" is the opening hours, "inside" whether a
#: drink contains something, "free" what there is without something ("what's vegan?"), "who" who we are, "place" where
#: the bars are, "made" what a drink is made of, and "other" what no menu says (wifi, toilets, calories).
TopicKind = Literal[
    "drink",
    "option",
    "group",
    "category",
    "open",
    "price",
    "allergens",
    "inside",
    "free",
    "who",
    "place",
    "made",
    "other",
]


@dataclass(frozen=True, slots=True)
class Topic:
    """The subject of a customer's question: something on the menu, or a fact about the event."""

    kind: TopicKind
    #: The name on the menu; empty for a fact about the event.
    name: str = ""
    #: The group of an option; empty for other topics.
    group: str = ""


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """A time as it was said: minutes from now, or a time of day and perhaps a day.

    Without any of these the order is wanted at once."""

    #: Minutes from now, below zero for "an hour ago".
    minutes: int | None = None
    hour: int | None = None
    minute: int = 0
    #: Whether the hour may be in the morning or in the evening ("at 9").
    either_half: bool = False
    #: Days from today, or the day of the week (Monday is 0).
    days: int | None = None
    weekday: int | None = None
    #: Whether the order is wanted later, without a time or a day.
    later: bool = False

    @property
    def lacks_clock(self) -> bool:
        """Tell whether a day or "later" was said without a time of day."""
        dated = self.later or self.days is not None or self.weekday is not None
        return dated and self.hour is None and self.minutes is None

    @property
    def is_past(self) -> bool:
        return (self.days or 0) < 0 or (self.minutes or 0) < 0


@dataclass(frozen=True, slots=True)
class Reading:
    intent: Intent
    #: ORDER: the ordered items. CHANGE: all items of the changed order. Otherwise empty.
    items: tuple[Item, ...] = ()
    #: Words that are not on the menu or do not fit the drink. The reply must mention them.
    unknown: tuple[str, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    #: The name for the cup, if one name is for the whole order.
    name: str | None = None
    #: Questions still open about `items`, in the order in which to ask them.
    missing: tuple[Question, ...] = ()
    #: Options without a drink: changes to the usual order, or the start of an order.
    choices: tuple[Choice, ...] = ()
    quantity: int = 1
    #: A note for the barista, word for word, that belongs to no item ("allergic to nuts").
    note: str = ""
    #: The subjects of a QUESTION or MENU.
    topics: tuple[Topic, ...] = ()
    #: CHANGE: whether the text says which of the ordered drinks it is about ("the first one large", "latte large").
    picks: bool = False
    #: When the order is wanted; None if no time was said.
    time: TimeSaid | None = None
    #: The code of the language that was detected ("en"); None if it is not clear.
    language: str | None = None
