"""What the decisions may know besides the text and the menu."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from orders.items import Item
from orders.refusals import Refusal

OpenStatus = Literal["waiting", "making", "ready"]


@dataclass(frozen=True, slots=True)
class OpenOrder:
    pk: int
    code: str
    status: OpenStatus
    items: tuple[Item, ...]
    name: str = ""
    #: Where to pick it up.
    station: str = ""
    #: What the barista was asked to make of it instead; empty: to drop it; None: nothing.
    wish: tuple[Item, ...] | None = None

    @property
    def changeable(self) -> bool:
        return self.status == "waiting"

    @property
    def wanted(self) -> tuple[Item, ...]:
        """What a further change is a change of."""
        return self.wish or self.items


@dataclass(frozen=True, slots=True)
class RatingAsked:
    #: The order (pk) that was collected.
    order: int
    #: When the text went out, in seconds of Unix time.
    at: float


@dataclass(frozen=True, slots=True)
class BaristaMessage:
    """The last that a barista wrote to the customer, which may still be answered."""

    #: The message and its order (pks).
    message: int
    order: int
    #: When it was written, in seconds of Unix time.
    at: float
    #: The drink or option that the bar is out of, and what was offered in its place.
    missing: str = ""
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decisions may know besides the menu and the text."""

    now: dt.datetime
    event: str = ""
    #: The customer's name for the cup, "" where it is unknown.
    name: str = ""
    #: The customer's orders still waited for, oldest first.
    orders: tuple[OpenOrder, ...] = ()
    #: What the last order held that was not dropped.
    usual: tuple[Item, ...] = ()
    opted_out: bool = False
    #: Why no order can be taken at all right now (EventClosed); None when orders are taken.
    closed: Refusal | None = None
    #: What the customer has shown to speak, None while nothing did; and what the event answers in.
    language: str | None = None
    languages: tuple[str, ...] = ("en",)
    #: How it was has been asked, and not been answered yet.
    rating_asked: RatingAsked | None = None
    written: BaristaMessage | None = None
    #: `sms.wording.lookup.wording_of` the event.
    wording: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def tongue(self) -> str:
        """The language of the next reply."""
        return self.language if self.language and self.language in self.languages else self.languages[0]
