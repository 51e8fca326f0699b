"""Value classes of the order form.

`Desk` describes one use of the form, `Slip` holds the values that were filled in, and `SubmittedOrder` is the order to
place."""

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
    #: The typed phone number in E.164 format, or "".
    phone: str
    #: Idempotency key, made from all that was filled in. If the same form is sent twice, both have the same key.
    key: str
    #: Time for which the order is wanted; None means as soon as possible.
    wanted_at: dt.datetime | None = None
    #: Digest of what the form showed when an order was opened to change it (`sent_twice.as_shown`); "" for a new order.
    seen: str = ""

    @property
    def cups(self) -> int:
        return sum(item.quantity for item in self.items)

    def owner_of_number(self) -> Customer | None:
        """Return the customer with the typed number, who is created if needed; None without a number.

        The order's name is not saved with this customer, because the number may belong to somebody else."""
        return Customer.objects.get_or_create(phone=self.phone)[0] if self.phone else None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One use of the order form: who places the order, how the order is placed, and which page follows."""

    event: Event
    template: str
    #: Function that places the order. If the function raises a Refusal, the page shows why.
    place: Callable[[SubmittedOrder], Order]
    after: Callable[[Order], HttpResponse]
    verb: str
    #: Language for the menu's names; "" means untranslated names.
    language: str = ""
    #: A drink counts as sold out if none of these stations has it; None means all stations that take orders.
    stations: Iterable[Station] | None = None
    #: The items of the order that is being changed; empty for a new order.
    items: tuple[Item, ...] = ()
    #: Drinks that were ordered in this browser before and can be ordered again: token of the order → items, newest
    #: first.
    past: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    name: str = ""
    #: Digest of the order to change as it is now (`sent_twice.as_shown`); "" for a new order.
    seen: str = ""
    name_needed: bool = False
    #: True if the form is open to the public. Names must then consist of letters, because they are called out and shown
    #: on the wall display.
    is_public: bool = False
    phone_asked: bool = False
    #: Whether this form asks for a wanted time, provided that the event takes orders for later.
    for_later: bool = False
    #: When the event opens, if it is closed now but already takes orders for then; else None.
    opens: dt.datetime | None = None
    #: The wanted time of the order that is being changed, if that order is held back for later; else None.
    wanted_at: dt.datetime | None = None
    #: When the barista filled the form in, if the tablet was offline and sends it only now; None if it was sent at
    #: once.
    filled_at: dt.datetime | None = None
    #: Function that builds the response to a refused order; None means that the form is shown again.
    refused: Callable[[Slip], HttpResponse] | None = None
    #: Values that are added to the template context.
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        """The currency of the prices that the form shows; "" if the event takes no payments."""
        return self.event.currency if features.has_feature(self.event, features.PAYMENTS) else ""

    @property
    def time_asked(self) -> bool:
        """Whether the form has a field for the wanted time.

        If an order that is being changed has a wanted time, the field is there even if the event takes no more orders
        for later."""
        return self.for_later and (
            self.wanted_at is not None or features.has_feature(self.event, features.ORDER_FOR_LATER)
        )


@dataclass
class Slip:
    """An unfinished order: the values of the form as they were posted."""

    key: str
    basket: list[Item] = field(default_factory=list)
    #: The drink whose options are being chosen now; None if no drink is open.
    current: Item | None = None
    name: str = ""
    phone: str = ""
    #: The wanted time of day in the event's time zone, such as "09:15"; "" for as soon as possible.
    time: str = ""
    #: Digest of the order to change, from when the form was opened. If it differs now, somebody else has changed the
    #: order.
    seen: str = ""
    #: `text` is an order that was typed as free text. `unknown` are its words that the menu does not have.
    text: str = ""
    unknown: tuple[str, ...] = ()
    #: Error messages by field name. The key "" is for errors of the form as a whole.
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def drinks(self) -> list[Item]:
        """All drinks of the order, including the drink whose options are being chosen."""
        return [*self.basket, self.current] if self.current else self.basket
