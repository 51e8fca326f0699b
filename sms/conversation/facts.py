"""The facts that the conversation uses to decide about a text: about the customer, the orders and the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from orders.items import Item, names_on
from orders.parser.languages import DEFAULT
from orders.refusals import Refusal

#: The event's frequent questions, as triples: language, stems of the words that ask the question, answer.
Answers = Sequence[tuple[str, tuple[str, ...], str]]
#: The statuses of an open order. They repeat `orders.statuses`, because this package must not import Django.
OpenStatus = Literal["waiting", "making", "ready"]
TO_MAKE: tuple[OpenStatus, ...] = ("waiting", "making")
TO_COLLECT = tuple(status for status in get_args(OpenStatus) if status not in TO_MAKE)


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Drinks and options that no open station can make now. An option is a pair (group, option)."""

    drinks: frozenset[str] = frozenset()
    options: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class ToPay:
    #: The amount as the customer reads it, such as "3.50 EUR".
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
    #: The change that the customer asked the barista for: the items to make instead, an empty tuple to drop the order,
    #: or None if no change was asked for.
    wish: tuple[Item, ...] | None = None
    #: When the customer wants the order, if it is held back for a later time; None for an order that is in the queue.
    wanted_at: dt.datetime | None = None
    #: The amount to pay before the order is made; None if nothing has to be paid first.
    to_pay: ToPay | None = None

    @property
    def own_name(self) -> str:
        """Return the name that the customer gave to the whole order.

        Return "" if the order's name consists only of the names on its cups."""
        return "" if self.name == names_on(self.items) else self.name

    @property
    def changeable(self) -> bool:
        return self.status == "waiting"

    @property
    def wanted(self) -> tuple[Item, ...]:
        """Return the items to which the next change is applied: those of an open change request, else those of the
        order."""
        return self.wish or self.items


@dataclass(frozen=True, slots=True)
class RatingAsked:
    #: The primary key of the collected order.
    order: int
    #: When we asked for the rating, in seconds of Unix time.
    at: float


@dataclass(frozen=True, slots=True)
class BaristaMessage:
    """The last message of a barista that the customer's next text can answer."""

    #: The primary keys of the message and of its order.
    message: int
    order: int
    #: When the message was written, in seconds of Unix time.
    at: float
    #: The drink or option that the bar has run out of (`missing`), and the substitutes that the barista offers
    #: (`offers`).
    missing: str = ""
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision depends on besides the text, the menu and the state."""

    now: dt.datetime
    event: str = ""
    #: The customer's name for the cup; "" if it is unknown.
    name: str = ""
    #: The customer's open orders (waiting, being made or ready), oldest first.
    orders: tuple[OpenOrder, ...] = ()
    #: The items of the customer's last order that was not cancelled, for "the usual".
    usual: tuple[Item, ...] = ()
    opted_out: bool = False
    #: The largest number of cups that the event accepts in one order.
    most_cups: int = 12
    #: The reason why the event takes no orders right now (EventClosed); None if it takes orders.
    closed: Refusal | None = None
    #: Function that returns whether the event takes orders at a given moment.
    is_open: Callable[[dt.datetime], bool] = lambda moment: True
    #: `language` is the customer's language, None until a text shows it. `languages` are the languages in which the
    #: event answers.
    language: str | None = None
    languages: tuple[str, ...] = (DEFAULT,)
    #: Our latest question for a rating that the customer has not answered; None if there is none.
    rating_asked: RatingAsked | None = None
    barista_message: BaristaMessage | None = None
    #: Function that returns when today's opening hours end; None if there is no end today.
    open_until: Callable[[], dt.datetime | None] = lambda: None
    #: Function that returns what no open station can make now. It is called only for replies about the menu.
    unavailable: Callable[[], Unavailable] = Unavailable
    #: Whether this installation can send mail.
    sends_mail: bool = False
    #: The currency of the menu's prices (ISO 4217).
    currency: str = "EUR"
    #: Function that returns whether orders are paid online before they are made.
    pays_online: Callable[[], bool] = lambda: False
    #: Function that returns the event's own answers to frequent questions (`sms.wording.lookup.answers_of`).
    answers: Callable[[], Answers] = lambda: ()
    #: The event's own wording of replies, from `sms.wording.lookup.wording_of`.
    wording: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def reply_language(self) -> str:
        """Return the language of the next reply. This is the customer's language if the event answers in it, else the
        event's first language."""
        return self.language if self.language in self.languages else self.languages[0]
