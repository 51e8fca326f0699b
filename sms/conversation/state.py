"""The state of a customer's conversation between two texts, and its JSON form.

msgspec converts the dataclasses to plain values and back, and checks every type."""

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
    """What the customer's next text might answer. The table of rules (`table.TABLE`) has a column for each stage."""

    IDLE = 0
    #: Expresso asked something about an unfinished order, such as the drink, an option or the time.
    CHOOSING = 1
    #: Expresso offered a substitute for something that cannot be made.
    OFFERED = 2
    #: The order is placed, and Expresso asked for the name on the cup.
    NAMING = 3
    #: The order was collected, and Expresso asked for a rating.
    RATING = 4


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An unfinished order, or an unfinished change to a placed order. A question about it is still open."""

    items: tuple[Item, ...] = ()
    name: str = ""
    note: str = ""
    #: When the customer wants a new order; None means as soon as possible.
    wanted_at: dt.datetime | None = None
    #: `needs_time` is True if the customer wants the order later but gave no time of day. `day` is the day that the
    #: customer named, or None.
    needs_time: bool = False
    day: dt.date | None = None
    #: `changes` is the primary key of the order that this draft changes; None for a new order. `was` holds the items of
    #: that order before the change.
    changes: int | None = None
    was: tuple[Item, ...] = ()
    #: The mail address that must be notified about the order; "" if the customer gave none.
    mail: str = ""


#: An unfinished order is dropped if the customer sends no text for this long.
EXPIRY = dt.timedelta(minutes=20)
#: How long after the customer's last text a diet or allergy is still remembered.
DIET_LASTS = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ConversationState:
    """What Expresso remembers of a conversation between two texts of a customer. `Conversation.state` stores it as
    JSON."""

    draft: OrderDraft | None = None
    asked: Question | None = None
    #: True if the open question (`asked`) offers a substitute for something that cannot be made.
    offered: bool = False
    #: The primary key of the order that was mentioned last. A name in the next text belongs to this order.
    order: int | None = None
    #: The items that the last mentioned order had before its last change, so that the change can be undone.
    before: tuple[Item, ...] = ()
    #: True if the last text asked a question, was not understood, or named something that is not on the menu. "Never
    #: mind" in the next text then cancels no order.
    unserved: bool = False
    #: The drink or option that the last reply said is available. "Add it" in the next text orders this.
    told: str = ""
    #: True if the customer does not want to give a name, so the name is not asked for again.
    nameless: bool = False
    #: The primary key of the collected order that Expresso asked the customer to rate.
    rating_of: int | None = None
    #: The primary key of the last message of a barista that the customer answered. We told the customer that the
    #: barista reads the answer. Further answers to the same message get no such reply.
    passed_on: int | None = None
    #: The customer's diets and allergies in their own words. They are noted on every order until DIET_LASTS has passed.
    diet: str = ""
    #: When the customer's last text came, in seconds of Unix time.
    at: float = 0.0
    pace: Pace = field(default_factory=Pace)

    @property
    def stage(self) -> Stage:
        if self.draft is not None:
            return Stage.OFFERED if self.offered else Stage.CHOOSING
        if self.rating_of is not None:
            return Stage.RATING
        # Without an unfinished order, the only question that can be open is the question for a name.
        return Stage.NAMING if self.asked else Stage.IDLE

    @property
    def unfinished(self) -> OrderDraft:
        """Return the unfinished order, or an empty draft if there is none."""
        return self.draft or OrderDraft()

    def asks(self, about: str) -> bool:
        """Return whether the open question is of this kind, a value of `Question.about` such as "option"."""
        return self.asked is not None and self.asked.about == about

    def has_lapsed(self, now: dt.datetime) -> bool:
        """Return whether the customer's last text is so old that the open question and "undo that" no longer count."""
        return now.timestamp() - self.at > EXPIRY.total_seconds()

    def to_json(self, menu: Menu) -> dict[str, Any]:
        plain: dict[str, Any] = msgspec.to_builtins(self)
        draft, asked = self.unfinished, self.asked or Question("drink")
        items = (*draft.items, *draft.was, *self.before, Item("", choices=asked.choices))
        return plain | {"keys": keys_named(menu, items, asked.offers)} if self.draft or self.before else plain

    @classmethod
    def from_json(cls, raw: object, menu: Menu) -> ConversationState:
        """Build the state from stored JSON. Return an empty state if the JSON does not fit this version of the class.

        Drinks and options that were renamed since the state was stored get their new names."""
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
