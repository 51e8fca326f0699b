"""The state of a conversation between two texts, and its JSON.

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
    """What the customer's next text may answer: the columns of the conversation's table."""

    IDLE = 0
    #: We asked for a drink or an option of an unfinished order.
    CHOOSING = 1
    #: We offered a substitute for something that cannot be made.
    OFFERED = 2
    #: The order is placed; we asked for the name on the cup.
    NAMING = 3
    #: The order was collected; we asked how it was.
    RATING = 4


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """A new order, or a change to one, for which a question is still open."""

    items: tuple[Item, ...] = ()
    name: str = ""
    note: str = ""
    #: The time for which a new order is wanted; None for as soon as possible.
    wanted_at: dt.datetime | None = None
    #: It is wanted later, but no time was said yet, only perhaps the day.
    needs_time: bool = False
    day: dt.date | None = None
    #: The order (pk) that these items replace, and its items before; None for a new order.
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
    """What is remembered between two texts; `Conversation.state` holds it as JSON."""

    draft: OrderDraft | None = None
    asked: Question | None = None
    #: `asked` offers a substitute for something that cannot be made.
    offered: bool = False
    #: The order (pk) that was mentioned last: a name in the next text is for its cup.
    order: int | None = None
    #: The items of that order before its last change, for taking it back.
    before: tuple[Item, ...] = ()
    #: The last reply served nothing of what the text asked for: "never mind" means that, and not the order.
    unserved: bool = False
    #: The drink or option of which the last reply said that there is one: "add it" means that.
    told: str = ""
    #: The customer does not want to give a name: do not ask again.
    nameless: bool = False
    #: The collected order (pk) that we asked a rating for.
    rating_of: int | None = None
    #: The barista's message (pk) whose answers are shown to the barista, once the customer knows this.
    passed_on: int | None = None
    #: The diet or allergy in the customer's words. It is noted on every order of the next hours.
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
        # Without a draft, a name is all that is asked for.
        return Stage.NAMING if self.asked else Stage.IDLE

    @property
    def unfinished(self) -> OrderDraft:
        """The unfinished order; an empty one where there is none."""
        return self.draft or OrderDraft()

    def asks(self, about: str) -> bool:
        """Whether the open question is of this kind."""
        return self.asked is not None and self.asked.about == about

    def has_lapsed(self, now: dt.datetime) -> bool:
        """Whether the last text is too long ago to be answered, or for "undo that"."""
        return now.timestamp() - self.at > EXPIRY.total_seconds()

    def to_json(self, menu: Menu) -> dict[str, Any]:
        plain: dict[str, Any] = msgspec.to_builtins(self)
        draft, asked = self.unfinished, self.asked or Question("drink")
        items = (*draft.items, *draft.was, *self.before, Item("", choices=asked.choices))
        return plain | {"keys": keys_named(menu, items, asked.offers)} if self.draft or self.before else plain

    @classmethod
    def from_json(cls, raw: object, menu: Menu) -> ConversationState:
        """Read a stored state. One that this version cannot read counts as a conversation that just began.

        What was renamed since it was stored has its new name."""
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
