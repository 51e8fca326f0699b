"""The parts of a reply as plain facts; `sms.replies` puts them into words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from orders.items import Choice, Item
from orders.parser import Misfit, Topic
from orders.refusals import Refusal
from sms.conversation.actions import OrderProgress, QuotedWait, StoredData, Unavailable, WayChosen
from sms.conversation.facts import OpenOrder


class Phrase(StrEnum):
    """A fixed sentence that needs no data about the order or the text."""

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
    TOO_MANY_TEXTS = "too_many_texts"
    PASSED_ON = "passed_on"
    ASK_TIME = "ask_time"
    TIME_OVER = "time_over"
    NO_MAIL = "no_mail"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class OrderTaken:
    """The order was placed, or changed."""

    order: OpenOrder
    wait: QuotedWait
    changed: bool = False


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """Words of the customer that the menu does not know."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoesNotFit:
    """Options that the customer asked for, but that their drinks do not have."""

    misfits: tuple[Misfit, ...]


@dataclass(frozen=True, slots=True)
class AskOption:
    """Asks which option of the group is wanted, in one question for all items that lack such an option."""

    items: tuple[Item, ...]
    group: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemsNoted:
    """Further drinks were added while a question about other drinks stays open."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class AskDrink:
    choices: tuple[Choice, ...] = ()
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskWhich:
    """Ask which of these drinks of the order to drop."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ConfirmCups:
    """Read a large order back and ask whether it is right."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """An ordered drink contains an allergen that the customer cannot have."""

    drink: str
    allergen: str


@dataclass(frozen=True, slots=True)
class NoteKept:
    """A diet or allergy is kept for the order whose question stays open."""

    note: str


@dataclass(frozen=True, slots=True)
class DietNoted:
    """A diet or allergy is kept for the customer's next order."""

    note: str


@dataclass(frozen=True, slots=True)
class ShowAllergens:
    """Tells whether the cups, or the options alone, contain the allergens.

    Without cups and options, tells which drinks of the menu are free of the allergens."""

    allergens: tuple[str, ...]
    #: The drinks of the question, with the options that it names: "the oat latte".
    cups: tuple[Item, ...] = ()
    #: The options of a question that names no drink: "is oat milk gluten free?".
    options: tuple[Choice, ...] = ()
    without: Unavailable = field(default_factory=Unavailable)


@dataclass(frozen=True, slots=True)
class NothingChanged:
    """The order is already as the text asks."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class OfferInstead:
    """Some drinks or options cannot be made now; `offers` are the substitutes."""

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
    #: The customer's other open orders.
    left: tuple[OpenOrder, ...] = ()
    #: These orders are being made; the barista was asked to drop them.
    wished: tuple[OpenOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class TooLate:
    """The order is ready, so it cannot be changed."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class BaristaAsked:
    """The order is being made: the barista was asked for the change and answers by a text."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class ShowProgress:
    orders_progress: tuple[OrderProgress, ...]


@dataclass(frozen=True, slots=True)
class ShowWait:
    """The wait for one more drink."""

    wait: QuotedWait


@dataclass(frozen=True, slots=True)
class OrderRefused:
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    #: Open orders, which the reply repeats so that the customer knows that they did not change.
    orders: tuple[OpenOrder, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftExpired:
    """An unfinished order was dropped because no answer came in time."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ShowMenu:
    topics: tuple[Topic, ...] = ()
    without: Unavailable = field(default_factory=Unavailable)


@dataclass(frozen=True, slots=True)
class ShowDrinks:
    """Lists the drinks of one category, or the drinks with a certain word in their names."""

    drinks: tuple[str, ...]
    without: Unavailable = field(default_factory=Unavailable)


@dataclass(frozen=True, slots=True)
class ShowAvailability:
    """Tells whether one drink or option of the menu can be ordered right now."""

    topic: Topic
    without: Unavailable = field(default_factory=Unavailable)


@dataclass(frozen=True, slots=True)
class ShowContents:
    """Tells what these drinks are made of."""

    drinks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Tells whether the event takes orders, and until when. `until` is None if there is no end today."""

    closed: Refusal | None
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The event's own answer to a frequent question."""

    text: str


@dataclass(frozen=True, slots=True)
class ToldOn:
    """Tells how the customer will hear about the orders from now on, or where a device can turn on notifications."""

    chosen: WayChosen


@dataclass(frozen=True, slots=True)
class ShowStoredData:
    kept: StoredData


#: Sayings about the customer's own orders.
OrderSaying = (
    OrderTaken
    | ConfirmCups
    | NothingChanged
    | NameTaken
    | OrdersDropped
    | TooLate
    | BaristaAsked
    | ShowProgress
    | ShowWait
    | OrderRefused
    | DraftExpired
)
#: Sayings about the menu.
MenuSaying = ShowMenu | ShowDrinks | ShowAvailability | ShowAllergens | ShowContents | Contains
Saying = (
    Phrase
    | OrderSaying
    | MenuSaying
    | UnknownWords
    | DoesNotFit
    | AskOption
    | AskDrink
    | AskWhich
    | ItemsNoted
    | NoteKept
    | DietNoted
    | OfferInstead
    | NotUnderstood
    | OpenNow
    | OwnAnswer
    | ShowStoredData
    | ToldOn
)
