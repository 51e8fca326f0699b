"""Defines the result of reading a text, as plain values that the parser hands to the conversation."""

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
    #: The customer wants to take the last change back.
    UNDO = "undo"
    #: The text says when the order is wanted, and nothing else.
    TIME = "time"
    #: Small talk that needs no answer: "haha", "wow".
    CHAT = "chat"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the customer. The customer's next text is first read as an answer to this question.

    `Reading.missing` lists the open questions. Ask one, store it, and pass it to `read` as `asked`."""

    #: What is asked. "drop" asks which of the ordered drinks the customer does not want.
    about: Literal["drink", "option", "name", "confirm", "time", "drop"]
    #: For "option": the index of the item in the order, and the name of the option group.
    item: int = 0
    group: str = ""
    #: For "drink": the number of cups and the options of an order such as "two large with oat", which names no drink.
    quantity: int = 1
    choices: tuple[Choice, ...] = ()
    #: What the customer can choose from, in the sequence of our question, so that "the second" or "2" picks one: option
    #: names, or drinks for "drop".
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misfit:
    """An option that its drink cannot have. `said` is the customer's word for the option, which is also in
    `Reading.unknown`."""

    drink: str
    group: str
    option: str
    said: str
    #: The options of the group that the drink can have; empty if the drink has no such group.
    fits: tuple[str, ...] = ()


#: What a question is about. "drink", "option", "group" and "category" are things on the menu. Two more topics can stand
#: beside such a thing: "unknown" if the question also has words that are not on the menu, and "detail" if it does not
#: ask whether we have the thing. "open": whether we are open. "hours": when we open or close. "pay": where and how to
#: pay. "inside": whether a drink contains something. "free": which drinks are without something ("what's vegan?").
#: "who": who answers the texts. "place": where the bars are. "made": what a drink is made of. "other": what no menu
#: says (wifi, toilets, calories).
TopicKind = Literal[
    "drink",
    "option",
    "group",
    "category",
    "open",
    "hours",
    "detail",
    "unknown",
    "price",
    "pay",
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
    #: The name of the option group, if the subject is an option; otherwise empty.
    group: str = ""


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """A time as the customer said it: minutes from now, or a time of day and perhaps a day.

    If all fields are empty, the order is wanted at once."""

    #: Minutes from now; negative for "an hour ago".
    minutes: int | None = None
    hour: int | None = None
    minute: int = 0
    #: True if the hour can be in the morning or in the evening ("at 9").
    either_half: bool = False
    #: The day that was said: `days` from today, or `weekday` (Monday is 0).
    days: int | None = None
    weekday: int | None = None
    #: True if the order is wanted later, and neither a time nor a day was said.
    later: bool = False

    @property
    def lacks_clock(self) -> bool:
        """True if a day or "later" was said without a time of day."""
        dated = self.later or self.days is not None or self.weekday is not None
        return dated and self.hour is None and self.minutes is None

    @property
    def is_past(self) -> bool:
        return (self.days or 0) < 0 or (self.minutes or 0) < 0


@dataclass(frozen=True, slots=True)
class Reading:
    intent: Intent
    #: For ORDER, the ordered items. For CHANGE, all items of the changed order. Otherwise empty.
    items: tuple[Item, ...] = ()
    #: Words that are not on the menu, or that name an option which the drink cannot have. The reply must mention them.
    unknown: tuple[str, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    #: The name of the whole order; None if the text gives no such name.
    name: str | None = None
    #: The open questions about `items`, in the sequence in which they should be asked.
    missing: tuple[Question, ...] = ()
    #: Options without a drink. They change the customer's usual order, or begin an order whose drink is not named yet.
    choices: tuple[Choice, ...] = ()
    quantity: int = 1
    #: A note for the barista, word for word ("allergic to nuts"). If there are items, the note is in the items instead.
    note: str = ""
    #: What the questions in the text are about.
    topics: tuple[Topic, ...] = ()
    #: For CHANGE: True if the text says which of the ordered drinks it is about ("the first one large", "latte large").
    picks: bool = False
    #: When the order is wanted; None if no time was said.
    time: TimeSaid | None = None
    #: The code of the language that was detected ("en"); None if it is not clear.
    language: str | None = None
