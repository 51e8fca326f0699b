"""Value classes of the order form: where it is used (`Desk`), what is filled in (`Slip`), and the order to place
(`SubmittedOrder`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

from accounts.models import Customer
from orders.items import Item
from orders.models import Order
from stations import features
from stations.models import Event, Station


@dataclass(frozen=True, slots=True)
class SubmittedOrder:
    """A complete order from the form, ready to be placed."""

    items: tuple[Item, ...]
    name: str
    #: The typed number in E.164, or "".
    phone: str
    #: Idempotency key: the same form with the same content always has the same key.
    key: str
    #: The time for which the order is wanted; None for as soon as possible.
    wanted_at: dt.datetime | None = None
    #: Digest of the order that the form showed, from `sent_twice.as_shown`; "" for a new order.
    seen: str = ""

    @property
    def cups(self) -> int:
        return sum(item.quantity for item in self.items)

    def owner_of_number(self) -> Customer | None:
        """Return the customer with this number, a new one if needed; None without a number.

        The order's name is not saved with the customer, because the number may belong to somebody else."""
        return Customer.objects.get_or_create(phone=self.phone)[0] if self.phone else None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One use of the order form: who orders, how the order is placed, and which page follows."""

    event: Event
    template: str
    #: Places the order. A Refusal that it raises is shown on the page.
    place: Callable[[SubmittedOrder], Order]
    after: Callable[[Order], HttpResponse]
    verb: str
    #: Language of the menu's names; "" shows the menu's own names.
    language: str = ""
    #: Stations whose supplies decide what is sold out; None: all stations that take orders.
    stations: Iterable[Station] | None = None
    #: The items of the order that is being changed; empty for a new order.
    items: tuple[Item, ...] = ()
    #: Drinks of this browser's past orders by the order's token, newest first; they can be ordered again.
    past: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    name: str = ""
    #: Digest of the order that is being changed, as it is now.
    seen: str = ""
    name_needed: bool = False
    #: Whether anybody can use the form. Then a name may have letters only, because it is called out and shown on the
    #: wall.
    is_public: bool = False
    phone_asked: bool = False
    #: Whether this form offers a later time, if the event takes orders for later.
    for_later: bool = False
    #: When the event opens, if it is closed and already takes orders for that time.
    opens: dt.datetime | None = None
    #: The wanted time of the order that is being changed, if that order is held back.
    wanted_at: dt.datetime | None = None
    #: When the form was filled in, if a tablet stored it and sends it now; None for a form that was just filled in.
    filled_at: dt.datetime | None = None
    #: Builds the response to a refused order; None shows the form again.
    refused: Callable[[Slip], HttpResponse] | None = None
    #: Additional template context.
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        """The currency in which prices are shown; "" if the event takes no payments."""
        return self.event.currency if features.has_feature(self.event, features.PAYMENTS) else ""

    @property
    def time_asked(self) -> bool:
        """Whether the form has a field for the wanted time.

        An order that already has a wanted time keeps the field, even if the event takes no more orders for later."""
        return self.for_later and (
            self.wanted_at is not None or features.has_feature(self.event, features.ORDER_FOR_LATER)
        )


@dataclass
class Slip:
    """An unfinished order, as the posted form holds it."""

    key: str
    basket: list[Item] = field(default_factory=list)
    #: The drink whose options are being chosen.
    current: Item | None = None
    name: str = ""
    phone: str = ""
    #: The wanted time of day, such as "09:15", in the event's time zone; "" for as soon as possible.
    time: str = ""
    #: Digest of the order that is being changed, as it was when the form was opened.
    seen: str = ""
    #: The typed order, and its words that the menu does not know.
    text: str = ""
    unknown: tuple[str, ...] = ()
    #: Error messages by field name; "" is for the whole form.
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def drinks(self) -> list[Item]:
        """All drinks, with the one whose options are being chosen."""
        return [*self.basket, self.current] if self.current else self.basket
