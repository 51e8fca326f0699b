"""How a customer can be told something, as far as the bar's pages need to know.

Orders know nothing of numbers and carriers: the room that texts says here what it knows (`use`), and puts what the bar
wants said into the customer's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from orders.models import Channel, Order
from orders.requirements import Part

#: A message about no part of the order.
NOTHING = Part("")


class Reach(StrEnum):
    SMS = "sms"
    WHATSAPP = "whatsapp"
    #: Said STOP.
    STOPPED = "stopped"
    #: WhatsApp takes nothing a day after the customer's last message.
    DAY_OVER = "day_over"
    NO_NUMBER = "no_number"

    @property
    def by_text(self) -> bool:
        return self in (Reach.SMS, Reach.WHATSAPP)


@dataclass(frozen=True, slots=True)
class ToSay:
    """A template by its key, or words of one's own."""

    template: str = ""
    text: str = ""
    #: What the bar is out of, or the group to choose from again.
    about: Part = NOTHING
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One that was sent or received about an order."""

    at: dt.datetime
    body: str
    from_customer: bool = False
    #: Where it is on its way, in words; "" for one that was read or answered in the same moment.
    delivery: str = ""
    failed: bool = False
    #: The OrderEvent that it tells.
    fact: int | None = None


class Texting(Protocol):
    def reach(self, order: Order, /) -> Reach: ...

    def words(self, order: Order, say: ToSay, /) -> str:
        """As the customer is to read it; "" where nothing of it can be sent."""

    def texts(self, order: Order, /) -> list[Text]: ...


_texting: Texting | None = None


def use(texting: Texting) -> None:
    global _texting
    _texting = texting


def texting() -> Texting:
    if _texting is None:
        raise RuntimeError("Nobody said how customers are texted.")
    return _texting


def has_page(order: Order) -> bool:
    """Ordered on a page of ours: the order's own page was shown, and shows what the bar writes."""
    return order.channel in (Channel.WEB, Channel.KIOSK)


def correspondence(order: Order) -> list[Text]:
    """Everything that was said about the order, the oldest first."""
    texts = texting().texts(order)
    told, heard = {text.fact for text in texts}, {text.body for text in texts if text.from_customer}
    # What was never texted stands on the order's page alone; an answer may have been an order of its own as well.
    more = [m for m in order.messages.all() if (m.text not in heard if m.from_customer else m.event_id not in told)]
    return sorted(
        [*texts, *(Text(m.at, m.text, m.from_customer, fact=m.event_id) for m in more)], key=lambda text: text.at
    )
