"""What a text was understood to say: plain values between the parser and the conversation."""

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
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Question:
    """The question that was asked last, so that the next text is read as its answer first.

    A reading's `missing` holds these ready-made: ask one, keep it, pass it back as `asked`."""

    about: Literal["drink", "option", "name", "confirm"]
    #: about "option": which item of the order (its position) and which group of the menu.
    item: int = 0
    group: str = ""
    #: about "drink": what was already said of it, to go onto the drink that the answer names.
    quantity: int = 1
    choices: tuple[Choice, ...] = ()
    #: Names that the question listed in this order, so that "the second" or "2" picks one.
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misfit:
    """An option that the drink does not come with; `said` is also in the reading's `unknown`."""

    drink: str
    group: str
    option: str
    said: str
    #: Options of the same group that the drink does come with; empty where the group does not apply at all.
    fits: tuple[str, ...] = ()


TopicKind = Literal["drink", "option", "group", "category", "open", "price", "allergens", "who", "place"]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about: something on the menu, or one of the event's facts."""

    kind: TopicKind
    #: The menu's name for it; empty for the event's facts.
    name: str = ""
    #: An option's group.
    group: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    intent: Intent
    #: ORDER: what was ordered. CHANGE: the whole order as it is to be. Otherwise empty.
    items: tuple[Item, ...] = ()
    #: Words that name nothing on the menu, or do not fit, and that the reply must mention.
    unknown: tuple[str, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    #: The name for the cup, where one name is for the whole order.
    name: str | None = None
    #: Questions still open about `items`, in the order in which to ask them.
    missing: tuple[Question, ...] = ()
    #: Options said without a drink: changes to the usual, or the start of an order without its drink.
    choices: tuple[Choice, ...] = ()
    quantity: int = 1
    #: Word for word what the barista must know and that belongs to no item here ("allergic to nuts").
    note: str = ""
    #: What a QUESTION or MENU is about.
    topics: tuple[Topic, ...] = ()
    #: The language that the text seemed to be in ("en"); None where nothing tells.
    language: str | None = None
