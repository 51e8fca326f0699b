"""The parts of a reply, as data without sentences. `sms.replies` writes the sentence for each part."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from orders.items import Choice, Item
from orders.parser import Misfit, Topic
from orders.refusals import Refusal
from sms.conversation.actions import OrderProgress, QuotedWait, StoredData, WayChosen
from sms.conversation.facts import OpenOrder, Unavailable


class Phrase(StrEnum):
    """A part of a reply whose sentence is fixed, because it tells nothing about an order or the customer's text."""

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
    PAY_ONLINE = "pay_online"
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
    """Confirms that the order was placed or, if `changed` is True, that it was changed."""

    order: OpenOrder
    wait: QuotedWait
    changed: bool = False


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """Tells the customer which words are not on the menu."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoesNotFit:
    """Tells the customer which options their drinks do not have."""

    misfits: tuple[Misfit, ...]


@dataclass(frozen=True, slots=True)
class AskOption:
    """Asks "What size for the latte and the mocha?": which option of a group is wanted, for all drinks that need
    one."""

    items: tuple[Item, ...]
    group: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemsNoted:
    """Confirms that drinks were added, while a question about other drinks is still open."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class AskDrink:
    choices: tuple[Choice, ...] = ()
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskWhich:
    """Asks which of these drinks of the order to drop."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ConfirmCups:
    """Reads a large order back and asks whether it is right."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """Warns that an ordered drink contains an allergen which the customer must avoid."""

    drink: str
    allergen: str


@dataclass(frozen=True, slots=True)
class NoteKept:
    """Confirms that a diet or allergy was noted for the unfinished order."""

    note: str


@dataclass(frozen=True, slots=True)
class DietNoted:
    """Confirms that a diet or allergy is remembered for the customer's next order."""

    note: str


@dataclass(frozen=True, slots=True)
class ShowAllergens:
    """Tells whether the drinks (`cups`) or the options contain the allergens.

    If both are empty, tells which drinks of the menu are free of the allergens."""

    allergens: tuple[str, ...]
    #: The drinks that the question names, with the options that it names: "the oat latte".
    cups: tuple[Item, ...] = ()
    #: The options of a question that names no drink, such as "is oat milk gluten free?".
    options: tuple[Choice, ...] = ()
    without: Unavailable = field(default_factory=Unavailable)


@dataclass(frozen=True, slots=True)
class NothingChanged:
    """Tells the customer that the order stays as it is."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class OfferInstead:
    """Tells what cannot be made now (`missing`), and asks for one of the substitutes (`offers`)."""

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
    #: The customer's other open orders, which are not in the other three fields.
    left: tuple[OpenOrder, ...] = ()
    #: Orders that are being made, so the barista was asked to drop them.
    wished: tuple[OpenOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class TooLate:
    """Tells the customer that the order is ready, so it cannot be changed any more."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class BaristaAsked:
    """Tells the customer that the order is being made, so the barista was asked for the change and will answer by
    text."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class ShowProgress:
    orders_progress: tuple[OrderProgress, ...]


@dataclass(frozen=True, slots=True)
class ShowWait:
    """Tells how long a drink ordered now would take."""

    wait: QuotedWait


@dataclass(frozen=True, slots=True)
class OrderRefused:
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    #: The customer's open orders. The reply repeats them to show that they did not change.
    orders: tuple[OpenOrder, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftExpired:
    """Tells that an unfinished order was dropped because the customer did not answer in time."""

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
    #: If the question names a drink with options ("do you have oat lattes?"), this drink with its options; else None.
    cup: Item | None = None


@dataclass(frozen=True, slots=True)
class OnlyWithOthers:
    """Tells that the drink does not come with the option, and which drinks do."""

    drink: str
    choice: Choice
    drinks: tuple[str, ...]
    without: Unavailable = field(default_factory=Unavailable)


@dataclass(frozen=True, slots=True)
class ShowPrices:
    """Tells what the cups cost, and how much the options add. If both are empty, tells what every drink costs."""

    cups: tuple[Item, ...] = ()
    options: tuple[Choice, ...] = ()
    #: True if the cups are one order. The reply then tells the sum too.
    together: bool = False


@dataclass(frozen=True, slots=True)
class ShowContents:
    """Tells which ingredients these drinks are made of."""

    drinks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Tells whether the event takes orders, and until when. `until` is None if orders do not end today."""

    closed: Refusal | None
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """An answer that the event's organizers wrote for a frequent question."""

    text: str


@dataclass(frozen=True, slots=True)
class ToldOn:
    """Tells how the customer will be notified from now on, or on which page a device can turn on notifications."""

    chosen: WayChosen


@dataclass(frozen=True, slots=True)
class ShowStoredData:
    kept: StoredData


#: The parts that are about the customer's own orders.
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
#: The parts that are about the menu.
MenuSaying = ShowMenu | ShowDrinks | ShowAvailability | OnlyWithOthers | ShowAllergens | ShowContents | Contains
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
    | ShowPrices
    | ShowStoredData
    | ToldOn
)
