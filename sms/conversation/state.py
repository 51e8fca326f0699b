"""The state of a conversation between two texts, and its JSON form.

msgspec turns the dataclasses into plain values and back, and checks every type on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

import msgspec

from inventory.menu import Menu
from orders.items import Item
from orders.parser import Question
from orders.renaming import Renaming, keys_named
from sms.conversation.pace import Pace


class Stage(IntEnum):
    """What the customer's next text may answer. The rules table (`TABLE`) has a column for each stage."""

    IDLE = 0
    #: We asked for a drink or an option of an unfinished order.
    CHOOSING = 1
    #: We offered a substitute for something that cannot be made.
    OFFERED = 2
    #: The order is placed; we asked for the name on the cup.
    NAMING = 3
    #: The order was collected; we asked for a rating.
    RATING = 4


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """A new order, or a change to one, for which a question is still open."""

    items: tuple[Item, ...] = ()
    name: str = ""
    note: str = ""
    #: The time for which a new order is wanted; None for as soon as possible.
    wanted_at: dt.datetime | None = None
    #: True if the order is wanted later and the customer has not said when. `day` is the day, if the customer said one.
    needs_time: bool = False
    day: dt.date | None = None
    #: `changes` is the primary key of the order that this draft changes, None for a new order. `was` holds that order's
    #: items before the change.
    changes: int | None = None
    was: tuple[Item, ...] = ()
    #: The mail address that the customer named.
    mail: str = ""


#: An unfinished order is dropped after this time without a text.
EXPIRY = dt.timedelta(minutes=20)
#: How long a diet or allergy is remembered after the last text.
DIET_LASTS = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ConversationState:
    """What we remember between two texts of a customer. `Conversation.state` stores it as JSON."""

    draft: OrderDraft | None = None
    asked: Question | None = None
    #: True if `asked` offers a substitute for something that cannot be made.
    offered: bool = False
    #: The primary key of the order that was mentioned last. A name in the next text is for this order.
    order: int | None = None
    #: The items of that order before its last change, so that the change can be undone.
    before: tuple[Item, ...] = ()
    #: True if the last text asked a question, was not understood, or named something that we do not have. "Never mind"
    #: in the next text then cancels no order.
    unserved: bool = False
    #: The drink or option that our last reply said we have. "Add it" in the next text means this.
    told: str = ""
    #: True if the customer does not want to give a name, so we do not ask again.
    nameless: bool = False
    #: The primary key of the collected order for which we asked a rating.
    rating_of: int | None = None
    #: The primary key of the barista's message for which we told the customer that answers go to the barista.
    passed_on: int | None = None
    #: The diet or allergy in the customer's words. It is noted on every order until DIET_LASTS is over.
    diet: str = ""
    #: When the last text came, in seconds of Unix time.
    at: float = 0.0
    pace: Pace = field(default_factory=Pace)

    @property
    def stage(self) -> Stage:
        if self.draft is not None:
            return Stage.OFFERED if self.offered else Stage.CHOOSING
        if self.rating_of is not None:
            return Stage.RATING
        # Without a draft, our only possible question is the question for a name.
        return Stage.NAMING if self.asked else Stage.IDLE

    @property
    def unfinished(self) -> OrderDraft:
        """Return the unfinished order, or an empty draft if there is none."""
        return self.draft or OrderDraft()

    def asks(self, about: str) -> bool:
        """Tell whether the open question is of this kind."""
        return self.asked is not None and self.asked.about == about

    def has_lapsed(self, now: dt.datetime) -> bool:
        """Tell whether the last text is so old that its open question and "undo that" no longer count."""
        return now.timestamp() - self.at > EXPIRY.total_seconds()

    def to_json(self, menu: Menu) -> dict[str, Any]:
        plain: dict[str, Any] = msgspec.to_builtins(self)
        draft, asked = self.unfinished, self.asked or Question("drink")
        items = (*draft.items, *draft.was, *self.before, Item("", choices=asked.choices))
        return plain | {"keys": keys_named(menu, items, asked.offers)} if self.draft or self.before else plain

    @classmethod
    def from_json(cls, raw: object, menu: Menu) -> ConversationState:
        """Read a stored state. If this version cannot read the state, return the state of a new conversation.

        Drinks and options that were renamed since then get their new names."""
        try:
            state = msgspec.convert(raw, cls)
        except msgspec.ValidationError:
            return cls()
        renaming = Renaming.since(raw.get("keys") if isinstance(raw, dict) else None, menu)
        return state._renamed(renaming) if renaming else state

    def _renamed(self, renaming: Renaming) -> ConversationState:
        draft, asked = self.draft, self.asked
        if draft:
            draft = replace(draft, items=renaming.items(draft.items), was=renaming.items(draft.was))
        if asked:
            offers = renaming.words(asked.offers, group=asked.group)
            choices = renaming.choices(asked.choices)
            asked = replace(asked, group=renaming.group(asked.group), choices=choices, offers=offers)
        return replace(self, draft=draft, asked=asked, before=renaming.items(self.before))
