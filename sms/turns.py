"""What goes into and comes out of the conversation's decisions: plain values, no Django.

`sms.conversation` decides with them, `sms.inbound` carries the acts out, `sms.replies` words the sayings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Literal

from orders.items import Amount, Choice, Item
from orders.parser import Asked, Misfit, Reading, Topic
from orders.refusals import Refusal

# what is known --------------------------------------------------------------------------------------


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
class AskedTaste:
    #: The order (pk) that was collected.
    order: int
    #: When the text went out, in seconds of Unix time.
    at: float


@dataclass(frozen=True, slots=True)
class FromTheBar:
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
    asked_taste: AskedTaste | None = None
    written: FromTheBar | None = None
    #: `sms.wording.wording_of` the event.
    wording: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def tongue(self) -> str:
        """The language of the next reply."""
        return self.language if self.language and self.language in self.languages else self.languages[0]


class Stage(IntEnum):
    """What the last thing we said leaves open; the columns of the conversation's table."""

    IDLE = 0
    #: A drink or an option of the draft was asked for.
    CHOOSING = 1
    #: Something could not be made and something else was offered.
    OFFERED = 2
    #: The order is in; the name for the cup was asked for.
    NAMING = 3
    #: It was collected; how it was has been asked.
    TASTED = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """An order, or a change to one, that lacks an answer."""

    items: tuple[Item, ...] = ()
    name: str = ""
    note: str = ""
    #: The order (pk) that these items are to replace, and what it held; None: a new one.
    changes: int | None = None
    was: tuple[Item, ...] = ()


#: A draft, or a question, that nobody came back to.
EXPIRY = dt.timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class State:
    """Where a conversation stands; `Conversation.state` holds it as JSON."""

    draft: Draft | None = None
    asked: Asked | None = None
    #: `asked` offers a substitute for what could not be made.
    offered: bool = False
    #: The order (pk) that was spoken of last: a name for the cup goes onto it.
    order: int | None = None
    #: The customer would not give a name: do not ask again.
    nameless: bool = False
    #: The order (pk) of which was asked how it was.
    tasted: int | None = None
    #: The barista's message (pk) to which answers are passed on, as the customer has been told.
    passed_on: int | None = None
    #: When the last text came, in seconds of Unix time.
    at: float = 0.0

    @property
    def stage(self) -> Stage:
        if self.draft is not None:
            return Stage.OFFERED if self.offered else Stage.CHOOSING
        if self.tasted is not None:
            return Stage.TASTED
        return Stage.NAMING if self.asked and self.asked.about == "name" else Stage.IDLE

    def lapsed(self, now: dt.datetime) -> bool:
        return self.stage is not Stage.IDLE and now.timestamp() - self.at > EXPIRY.total_seconds()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: object) -> State:
        """Whatever this version does not understand is a fresh state: a customer never meets an old format."""
        try:
            return _state(raw)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return cls()


# acts: what is to be done ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    items: tuple[Item, ...]
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    order: OpenOrder
    items: tuple[Item, ...]
    #: None leaves the name as it is.
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """What is being made is the barista's to drop: it becomes a wish."""

    orders: tuple[OpenOrder, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """Of an order in the making: to be these items instead."""

    order: OpenOrder
    items: tuple[Item, ...]
    #: None leaves the name as it is.
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """The customer's name, and the cup's where an order is open."""

    name: str
    order: OpenOrder | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """How the collected order was."""

    order: int
    score: int | None
    words: str
    #: It was bad enough for somebody to look at.
    person: bool = False


@dataclass(frozen=True, slots=True)
class CheckWaits:
    """How far the customer's open orders are."""


@dataclass(frozen=True, slots=True)
class CheckMenu:
    """What of the menu cannot be had right now."""


@dataclass(frozen=True, slots=True)
class CountData:
    """What is kept about the customer."""


@dataclass(frozen=True, slots=True)
class CallPerson:
    """The conversation is one for a person now."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete name, number and texts."""


@dataclass(frozen=True, slots=True)
class OptOut:
    pass


@dataclass(frozen=True, slots=True)
class OptIn:
    pass


Act = (
    Place
    | Change
    | Cancel
    | Wish
    | Rename
    | Rate
    | CheckWaits
    | CheckMenu
    | CountData
    | CallPerson
    | Forget
    | OptOut
    | OptIn
    | None
)


# outcomes: what came of it --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wait:
    """Minutes from now; `position` counts the orders ahead plus one, 0 when it is being made."""

    position: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class Standing:
    order: OpenOrder
    wait: Wait


@dataclass(frozen=True, slots=True)
class Ordered:
    """Placed, or changed."""

    order: OpenOrder
    wait: Wait


@dataclass(frozen=True, slots=True)
class Cancelled:
    orders: tuple[OpenOrder, ...]
    #: These are ready, or gone.
    too_late: tuple[OpenOrder, ...] = ()
    #: Somebody had begun to make these, and was asked.
    wished: tuple[OpenOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class Wished:
    """The barista sees it."""

    order: OpenOrder


@dataclass(frozen=True, slots=True)
class Waits:
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Names of drinks, and (group, option)s, that no open station can make now."""

    drinks: frozenset[str] = frozenset()
    options: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    orders: int
    texts: int


@dataclass(frozen=True, slots=True)
class Done:
    pass


Outcome = Ordered | Cancelled | Wished | Waits | Without | Kept | Done | Refusal


# sayings: what is to be said ------------------------------------------------------------------------


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
class Taken:
    """The order is in, or changed."""

    order: OpenOrder
    wait: Wait
    changed: bool = False


@dataclass(frozen=True, slots=True)
class NotHere:
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
class Instead:
    """These cannot be made now; `offers` is what there is."""

    missing: tuple[str, ...]
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    order: OpenOrder | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
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
class Standings:
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    #: Orders that stand as they were, so that nobody wonders.
    orders: tuple[OpenOrder, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A half-finished order was let go."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ShowMenu:
    topics: tuple[Topic, ...] = ()
    without: Without = field(default_factory=Without)


@dataclass(frozen=True, slots=True)
class Answer:
    """To a question about one thing on the menu."""

    topic: Topic
    without: Without = field(default_factory=Without)


@dataclass(frozen=True, slots=True)
class OpenNow:
    closed: Refusal | None


@dataclass(frozen=True, slots=True)
class WhatIsKept:
    kept: Kept


Saying = (
    Phrase
    | Taken
    | NotHere
    | DoesNotFit
    | AskOption
    | AskDrink
    | Instead
    | Named
    | Dropped
    | TooLate
    | BaristaAsked
    | Standings
    | Refused
    | NotUnderstood
    | Lapsed
    | ShowMenu
    | Answer
    | OpenNow
    | WhatIsKept
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one text: what to do, what to say besides what comes of it, and the next state."""

    reading: Reading
    act: Act
    says: tuple[Saying, ...]
    state: State
    #: The order (pk) whose barista reads the text.
    answers: int | None = None
    #: It is for the barista alone: nothing of it was understood, or had to be.
    only_answers: bool = False


# JSON -----------------------------------------------------------------------------------------------


def _state(raw: Any) -> State:
    return State(
        draft=_draft(raw["draft"]) if raw["draft"] is not None else None,
        asked=_asked(raw["asked"]) if raw["asked"] is not None else None,
        offered=bool(raw["offered"]),
        order=_whole(raw["order"]),
        nameless=bool(raw["nameless"]),
        tasted=_whole(raw["tasted"]),
        # States that were stored before there were messages know nothing of it.
        passed_on=_whole(raw.get("passed_on")),
        at=float(raw["at"]),
    )


def _draft(raw: Mapping[str, Any]) -> Draft:
    return Draft(
        items=tuple(_item(item) for item in raw["items"]),
        name=str(raw["name"]),
        note=str(raw["note"]),
        changes=_whole(raw["changes"]),
        was=tuple(_item(item) for item in raw["was"]),
    )


def _item(raw: Mapping[str, Any]) -> Item:
    name = raw["name"]
    return Item(
        drink=str(raw["drink"]),
        quantity=int(raw["quantity"]),
        choices=_choices(raw["choices"]),
        name=None if name is None else str(name),
        note=str(raw["note"]),
    )


def _choices(raw: list[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(str(each["group"]), str(each["option"]), _amount(each["amount"])) for each in raw)


def _amount(raw: Any) -> Amount:
    if raw is None or raw in ("no", "light", "extra"):
        return raw  # type: ignore[no-any-return]
    return float(raw)


def _asked(raw: Mapping[str, Any]) -> Asked:
    if raw["about"] not in ("drink", "option", "name", "confirm"):
        raise ValueError(raw["about"])
    return Asked(
        about=raw["about"],
        item=int(raw["item"]),
        group=str(raw["group"]),
        quantity=int(raw["quantity"]),
        choices=_choices(raw["choices"]),
        offers=tuple(str(offer) for offer in raw["offers"]),
    )


def _whole(raw: Any) -> int | None:
    return None if raw is None else int(raw)
