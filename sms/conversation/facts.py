"""The facts that decisions use, besides the text and the menu."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from orders.items import Item
from orders.parser.languages import DEFAULT
from orders.refusals import Refusal

#: Frequent questions: the language, the stems of the words that ask, and the answer.
Answers = Sequence[tuple[str, tuple[str, ...], str]]
OpenStatus = Literal["waiting", "making", "ready"]


@dataclass(frozen=True, slots=True)
class ToPay:
    #: "3.50 EUR"
    amount: str
    #: The page on which it is paid.
    link: str


@dataclass(frozen=True, slots=True)
class OpenOrder:
    pk: int
    code: str
    status: OpenStatus
    items: tuple[Item, ...]
    name: str = ""
    #: Where to pick it up.
    station: str = ""
    #: The items that the barista was asked to make instead. Empty: to drop the order. None: no change was asked for.
    wish: tuple[Item, ...] | None = None
    #: It is held back for this time; None for an order that is in the queue.
    wanted_at: dt.datetime | None = None
    #: It is not made before this is paid; None where it need not be paid first.
    to_pay: ToPay | None = None

    @property
    def changeable(self) -> bool:
        return self.status == "waiting"

    @property
    def wanted(self) -> tuple[Item, ...]:
        """The items that a further change starts from."""
        return self.wish or self.items


@dataclass(frozen=True, slots=True)
class RatingAsked:
    #: The collected order (pk).
    order: int
    #: When the text went out, in seconds of Unix time.
    at: float


@dataclass(frozen=True, slots=True)
class BaristaMessage:
    """The last message from a barista that the customer may still answer."""

    #: The message and its order (pks).
    message: int
    order: int
    #: When it was written, in seconds of Unix time.
    at: float
    #: The drink or option that the bar is out of, and the substitutes that were offered.
    missing: str = ""
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that decisions use, besides the text and the menu."""

    now: dt.datetime
    event: str = ""
    #: The customer's name for the cup, "" where it is unknown.
    name: str = ""
    #: The customer's orders still waited for, oldest first.
    orders: tuple[OpenOrder, ...] = ()
    #: The items of the last order that was not cancelled.
    usual: tuple[Item, ...] = ()
    opted_out: bool = False
    #: The most cups that the event takes in one order.
    most_cups: int = 12
    #: Why no order can be taken at all right now (EventClosed); None when orders are taken.
    closed: Refusal | None = None
    #: Whether orders are taken for a moment.
    is_open: Callable[[dt.datetime], bool] = lambda moment: True
    #: The customer's language, None until a text tells; and the languages that the event answers in.
    language: str | None = None
    languages: tuple[str, ...] = (DEFAULT,)
    #: The question for a rating that was not answered yet.
    rating_asked: RatingAsked | None = None
    barista_message: BaristaMessage | None = None
    #: When orders stop being taken, as the event's hours say; None where it has none.
    open_until: Callable[[], dt.datetime | None] = lambda: None
    #: Whether mail can be sent.
    sends_mail: bool = False
    #: The event's own answers to frequent questions, from `sms.wording.lookup.answers_of`.
    answers: Callable[[], Answers] = lambda: ()
    #: The event's own sentences, from `sms.wording.lookup.wording_of`.
    wording: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def reply_language(self) -> str:
        """The language of the next reply."""
        return self.language if self.language in self.languages else self.languages[0]
