"""The interface by which the bar's pages text a customer and learn whether the customer can be texted.

`sms` implements this interface. The app `orders` must not import `sms`, so `sms` registers its implementation at start
(`set_texting`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from orders.models import Channel, Order
from orders.requirements import Part
from stations.models import Station

#: The value of `ToSay.about` for a message that is not about a particular drink or option.
NOTHING = Part("")


class Reach(StrEnum):
    SMS = "sms"
    WHATSAPP = "whatsapp"
    RCS = "rcs"
    #: The customer opted out by texting STOP.
    STOPPED = "stopped"
    #: The last message of the customer is too old: WhatsApp delivers free text only within 24 hours of it.
    DAY_OVER = "day_over"
    NO_NUMBER = "no_number"

    @property
    def by_text(self) -> bool:
        return self in (Reach.SMS, Reach.WHATSAPP, Reach.RCS)


@dataclass(frozen=True, slots=True)
class ToSay:
    """A message to a customer: either the key of a ready-made message (`template`), or typed `text`."""

    template: str = ""
    text: str = ""
    #: The drink or option that the bar is out of, or the option group from which the customer has to choose again.
    about: Part = NOTHING
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderText:
    """A text that was sent or received about an order."""

    at: dt.datetime
    body: str
    from_customer: bool = False
    #: Whether the text was delivered, in words; "" for a received text, and for a reply that was sent directly in the
    #: response to Twilio's request.
    delivery: str = ""
    failed: bool = False
    #: Pk of the OrderEvent that caused the text.
    fact: int | None = None


@dataclass(frozen=True, slots=True)
class PersonCall:
    """A customer who asked for a person, and whom nobody at the support desk has answered yet."""

    conversation: int
    called: str
    #: Codes of the customer's open orders, as one text.
    codes: str
    #: The customer's last text, as it was typed.
    says: str
    since: dt.datetime


class Texting(Protocol):
    def reach(self, order: Order, /) -> Reach: ...

    def message_words(self, order: Order, say: ToSay, /) -> str:
        """Return the message's text in the customer's language; "" if the message is empty or cannot be sent."""

    def texts(self, order: Order, /) -> list[OrderText]: ...

    def calls(self, station: Station, /) -> list[PersonCall]:
        """Return the customers who have waited for a person so long that the baristas of this station have to help.

        These customers have an open order at this station, or no open order at all."""


_texting: Texting | None = None


def set_texting(texting: Texting) -> None:
    global _texting
    _texting = texting


def texting() -> Texting:
    if _texting is None:
        raise RuntimeError("No Texting is registered: the app sms calls set_texting() when it is ready.")
    return _texting


def has_page(order: Order) -> bool:
    """Return whether the order was placed on the order page or at the kiosk.

    The customer of such an order knows the order's own page, and can read messages from the bar there."""
    return order.channel in (Channel.WEB, Channel.KIOSK)


def correspondence(order: Order) -> list[OrderText]:
    """Return all texts and messages about the order, sorted by time, the oldest first."""
    texts = texting().texts(order)
    told, heard = {text.fact for text in texts}, {text.body for text in texts if text.from_customer}
    # Some messages are not among the texts: those that the bar showed only on the order's page, and answers that the
    # customer wrote there. Add them.
    more = [m for m in order.messages.all() if (m.text not in heard if m.from_customer else m.event_id not in told)]
    return sorted(
        [*texts, *(OrderText(m.at, m.text, m.from_customer, fact=m.event_id) for m in more)], key=lambda text: text.at
    )
