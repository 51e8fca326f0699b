"""Where a conversation stands between two texts, and how that is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any

from orders.items import Amount, Choice, Item
from orders.parser import Asked


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
