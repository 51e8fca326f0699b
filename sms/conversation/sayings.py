"""What is to be said. `sms.replies` words it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from orders.items import Choice, Item
from orders.parser import Misfit, Topic
from orders.refusals import Refusal
from sms.conversation.actions import OrderProgress, QuotedWait, StoredData, Unavailable
from sms.conversation.facts import OpenOrder


class Phrase(StrEnum):
    """Sentences that need no facts of this turn."""

    GREETING = "greeting"
    HELP = "help"
    THANKS = "thanks"
    NOTHING_OPEN = "nothing_open"
    NOTHING_TO_CANCEL = "nothing_to_cancel"
    NO_USUAL = "no_usual"
    NOT_ORDERED = "not_ordered"
    NAMELESS = "nameless"
    NAME_AGAIN = "name_again"
    ASK_NAME = "ask_name"
    PERSON_CALLED = "person_called"
    STOPPED = "stopped"
    FORGOTTEN = "forgotten"
    WHO = "who"
    PRICE = "price"
    ALLERGENS = "allergens"
    TOO_LONG = "too_long"
    NO_WORDS = "no_words"
    FAULT = "fault"
    RATED = "rated"
    RATED_LOW = "rated_low"
    TO_BARISTA = "to_barista"


@dataclass(frozen=True, slots=True)
class OrderTaken:
    """The order is in, or changed."""

    order: OpenOrder
    wait: QuotedWait
    changed: bool = False


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """Words that name nothing on the menu."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoesNotFit:
    misfits: tuple[Misfit, ...]


@dataclass(frozen=True, slots=True)
class AskOption:
    """One question for all items that lack the group."""

    items: tuple[Item, ...]
    group: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskDrink:
    choices: tuple[Choice, ...] = ()
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferInstead:
    """These cannot be made now; `offers` is what there is."""

    missing: tuple[str, ...]
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameTaken:
    name: str
    order: OpenOrder | None = None


@dataclass(frozen=True, slots=True)
class OrdersDropped:
    orders: tuple[OpenOrder, ...]
    too_late: tuple[OpenOrder, ...] = ()
    #: Other orders of the customer that stay.
    left: tuple[OpenOrder, ...] = ()
    #: The barista was asked about these.
    wished: tuple[OpenOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class TooLate:
    """It is ready."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class BaristaAsked:
    """About a change while it is being made; the answer comes as a text."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class ShowProgress:
    orders_progress: tuple[OrderProgress, ...]


@dataclass(frozen=True, slots=True)
class OrderRefused:
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    #: Orders that stand as they were, so that nobody wonders.
    orders: tuple[OpenOrder, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftExpired:
    """A half-finished order was let go."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ShowMenu:
    topics: tuple[Topic, ...] = ()
    without: Unavailable = field(default_factory=Unavailable)


@dataclass(frozen=True, slots=True)
class ShowAvailability:
    """To a question about one thing on the menu."""

    topic: Topic
    without: Unavailable = field(default_factory=Unavailable)


@dataclass(frozen=True, slots=True)
class OpenNow:
    closed: Refusal | None


@dataclass(frozen=True, slots=True)
class ShowStoredData:
    kept: StoredData


Saying = (
    Phrase
    | OrderTaken
    | UnknownWords
    | DoesNotFit
    | AskOption
    | AskDrink
    | OfferInstead
    | NameTaken
    | OrdersDropped
    | TooLate
    | BaristaAsked
    | ShowProgress
    | OrderRefused
    | NotUnderstood
    | DraftExpired
    | ShowMenu
    | ShowAvailability
    | OpenNow
    | ShowStoredData
)
