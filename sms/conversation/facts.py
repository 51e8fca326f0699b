"""What the conversation knows about the customer, the orders and the event when it decides about a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from orders.items import Item, names_on
from orders.parser.languages import DEFAULT
from orders.refusals import Refusal

#: Frequent questions, each with its language, the stems of the words that ask the question, and the answer.
Answers = Sequence[tuple[str, tuple[str, ...], str]]
#: The open statuses, and those in which an order is still to be made or stands at the bar, as in `orders.statuses`,
#: which imports Django.
OpenStatus = Literal["waiting", "making", "ready"]
TO_MAKE: tuple[OpenStatus, ...] = ("waiting", "making")
TO_COLLECT = tuple(status for status in get_args(OpenStatus) if status not in TO_MAKE)


@dataclass(frozen=True, slots=True)
class ToPay:
    #: For example "3.50 EUR".
    amount: str
    #: The address of the payment page.
    link: str


@dataclass(frozen=True, slots=True)
class OpenOrder:
    pk: int
    code: str
    status: OpenStatus
    items: tuple[Item, ...]
    name: str = ""
    #: The name of the station where the customer picks up the order.
    station: str = ""
    #: The items that the barista was asked to make instead. Empty: the barista was asked to drop the order. None: no
    #: change was asked for.
    wish: tuple[Item, ...] | None = None
    #: The time for which the order is held back; None for an order that is in the queue.
    wanted_at: dt.datetime | None = None
    #: The amount to pay before the order is made; None if nothing has to be paid first.
    to_pay: ToPay | None = None

    @property
    def own_name(self) -> str:
        """Return the name that the customer gave to the order; "" if its name is made of the names on its cups."""
        return "" if self.name == names_on(self.items) else self.name

    @property
    def changeable(self) -> bool:
        return self.status == "waiting"

    @property
    def wanted(self) -> tuple[Item, ...]:
        """Return the items that a further change starts from: the requested items, else the ordered ones."""
        return self.wish or self.items


@dataclass(frozen=True, slots=True)
class RatingAsked:
    #: The primary key of the collected order.
    order: int
    #: When we sent the question, in seconds of Unix time.
    at: float


@dataclass(frozen=True, slots=True)
class BaristaMessage:
    """The last message from a barista that the customer may still answer."""

    #: The primary keys of the message and of its order.
    message: int
    order: int
    #: When the message was written, in seconds of Unix time.
    at: float
    #: `missing` is the drink or option that the bar is out of, and `offers` are the substitutes that the bar offered.
    missing: str = ""
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that decisions use, besides the text and the menu."""

    now: dt.datetime
    event: str = ""
    #: The customer's name for the cup; "" if it is unknown.
    name: str = ""
    #: The customer's open orders (waiting, being made or ready), oldest first.
    orders: tuple[OpenOrder, ...] = ()
    #: The items of the last order that was not cancelled.
    usual: tuple[Item, ...] = ()
    opted_out: bool = False
    #: The most cups that the event takes in one order.
    most_cups: int = 12
    #: Why the event takes no orders right now (EventClosed); None if it takes orders.
    closed: Refusal | None = None
    #: Tells whether the event is open for orders at a given moment.
    is_open: Callable[[dt.datetime], bool] = lambda moment: True
    #: `language` is the customer's language, None until a text shows it. The event answers in `languages`.
    language: str | None = None
    languages: tuple[str, ...] = (DEFAULT,)
    #: The latest question for a rating that the customer has not answered; None if there is none.
    rating_asked: RatingAsked | None = None
    barista_message: BaristaMessage | None = None
    #: Returns when the event stops taking orders, by its opening hours; None if it has no hours today.
    open_until: Callable[[], dt.datetime | None] = lambda: None
    #: Whether mail can be sent.
    sends_mail: bool = False
    #: The event's own answers to frequent questions, from `sms.wording.lookup.answers_of`.
    answers: Callable[[], Answers] = lambda: ()
    #: The event's own sentences, from `sms.wording.lookup.wording_of`.
    wording: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def reply_language(self) -> str:
        """Return the language of the next reply: the customer's language if the event answers in it, else the event's
        first language."""
        return self.language if self.language in self.languages else self.languages[0]
